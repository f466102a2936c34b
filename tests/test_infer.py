"""What `--infer` adds: others' terms find our data; nothing that was asserted changes, no claim becomes a fact."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from claimgraph.articles import load
from claimgraph.infer import infer
from claimgraph.iris import Iris
from claimgraph.network import network
from claimgraph.ontology_files import ontology_folder
from claimgraph.pipeline import build, to_graph
from claimgraph.quads import Quad, name, to_nquads
from claimgraph.questions import questions
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph
from graphs import TEXT, reading, write

GRAPH = "<https://w3id.org/claimgraph/id/graph/inferred>"
SECOND = "Norwegian officials denied that the ships are late, and Lena Holt praised the Port of Oslo in Bergen.\n"


@cache
def asserted() -> tuple[Quad, ...]:
    return tuple(to_graph([reading(), reading("second", SECOND)], iris=Iris(), text="full", now=None))


@cache
def inferred() -> tuple[Quad, ...]:
    return tuple(infer(asserted(), version="1"))


@cache
def graphs() -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """Without and with what is inferred."""
    without, added = (to_nquads(quads).encode() for quads in (asserted(), (*asserted(), *inferred())))
    return KnowledgeGraph.from_nquads(without), KnowledgeGraph.from_nquads(added)


@pytest.mark.parametrize(
    ("terms", "question"),
    [
        ("schema.org", "SELECT ?name { ?who a schema:Person ; schema:name ?name }"),
        ("schema.org", "SELECT ?work { ?work a schema:CreativeWork ; schema:exampleOfWork ?claim . ?claim a schema:Claim }"),
        ("SEM", "SELECT ?thing { ?event a sem:Core ; sem:eventProperty ?thing . ?thing a sem:Core }"),
        ("SEM", "SELECT ?day { ?event sem:type ?kind ; sem:hasTimeStamp ?day }"),
        ("PROV", "SELECT ?agent { ?run prov:generated ?graph ; prov:wasAssociatedWith ?agent . ?agent a prov:Agent }"),
        ("PROV", "SELECT ?words { ?claim a prov:Entity ; prov:wasDerivedFrom ?span . ?span nif:anchorOf ?words }"),
        ("Web Annotation", "SELECT ?s { ?s a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }"),
        ("GeoSPARQL", "SELECT ?place { ?place a geo:Feature ; geo:hasGeometry ?where }"),
    ],
)  # fmt: skip
def test_a_question_in_terms_of_others_finds_our_data_with_and_not_without(terms, question):
    without, added = graphs()
    assert without.query(question).rows == [], terms
    assert added.query(question).rows, terms


def test_nothing_asserted_changes_and_one_graph_is_added():
    assert {quad.graph for quad in inferred()} == {GRAPH}
    assert {quad[:3] for quad in inferred()} & {quad[:3] for quad in asserted()} == set()


def test_inferring_twice_is_inferring_once_and_order_is_nothing():
    again = infer([*inferred(), *reversed(asserted())], version="1")
    assert again == list(inferred()) == sorted(inferred())


RULES = """
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { ?thing a ?above } WHERE { ?class rdfs:subClassOf ?above . ?thing a ?class FILTER(ISIRI(?above)) } ;
INSERT { ?s ?above ?o } WHERE { ?p rdfs:subPropertyOf ?above . ?s ?p ?o } ;
INSERT { ?o ?q ?s } WHERE { { ?p owl:inverseOf ?q } UNION { ?q owl:inverseOf ?p } ?s ?p ?o FILTER(ISIRI(?o)) }"""


def test_the_closure_is_that_of_the_rules_applied_until_nothing_is_new():
    """RDFS 1.1 (rdfs7, rdfs9) and OWL 2 RL (prp-inv1, prp-inv2), by another engine over the ontology itself."""
    store = ox.Store()
    for file in ("claimgraph.ttl", "alignments.ttl"):
        store.load(path=str(ontology_folder() / file), format=ox.RdfFormat.TURTLE)
    of_ontology = {str(quad.subject) for quad in store}
    told = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in (*asserted(), *described()))
    store.load(told.encode(), format=ox.RdfFormat.N_TRIPLES)
    sizes = [0]
    while sizes[-1] < len(store):
        sizes.append(len(store))
        store.update(RULES)
    found = {(str(q.subject), str(q.predicate), str(q.object)) for q in store if str(q.subject) not in of_ontology}
    ours = {quad[:3] for quad in (*asserted(), *inferred()) if quad.subject not in of_ontology}
    assert ours == found


def described() -> list[Quad]:
    """What the inferred graph says of itself, before anything follows from it."""
    return infer([], version="1")


def test_what_a_claim_holds_stays_in_it():
    about = {quad[:3] for quad in inferred()}
    reported = {q.subject for q in asserted() if q[1:3] == (name("cg:voice"), name("cgc:Reported"))}
    assert reported
    told_of_events = {(p, o if p == name("rdf:type") else "") for s, p, o in about if s in reported}
    assert told_of_events <= {
        (name("rdf:type"), name("sem:Core")),
        *((name(p), "") for p in ("schema:name", "sem:type", "sem:eventProperty", "sem:hasTimeStamp")),
        *((name(p), "") for p in ("sem:hasBeginTimeStamp", "sem:hasEndTimeStamp")),
    }
    own = {p for _, p, _ in about if p.startswith("<https://w3id.org/claimgraph/ns#")}
    assert own <= {name("cg:evidence")}, "no voice, factuality, claimant or content is ever inferred"
    denied = {q.subject for q in asserted() if q[1:3] == (name("cg:polarity"), name("cgc:PolarityDenied"))}
    assert denied
    assert not any(s in denied and p in {name("schema:author"), name("schema:creator")} for s, p, _ in about)


def test_checks_and_shapes_find_nothing():
    assert graphs()[1].check().violations == ()


@pytest.mark.parametrize("question", sorted(questions()))
def test_the_published_questions_have_the_same_rows(question):
    without, added = graphs()
    assert without.query(question) == added.query(question)


def test_the_network_is_that_of_what_was_asserted():
    one, other = (network(graph) for graph in graphs())
    assert sorted(one.nodes(data=True)) == sorted(other.nodes(data=True))
    assert sorted(one.edges(keys=True)) == sorted(other.edges(keys=True))


def test_the_graph_says_that_reasoning_derived_it_and_from_what():
    rows = (
        graphs()[1]
        .query(
            f"SELECT ?what ?source {{ {GRAPH} prov:wasGeneratedBy ?run ; prov:wasDerivedFrom ?source . "
            "?run a prov:Activity ; rdfs:label ?what ; prov:used ?source } ORDER BY ?source"
        )
        .rows
    )
    assert [row[1].value for row in rows] == [
        "https://w3id.org/claimgraph/alignments/0.1.0",
        "https://w3id.org/claimgraph/ns/0.1.0",
    ]
    assert {row[0].value for row in rows} == {"claimgraph 1: reasoning"}


def test_a_build_infers_only_when_asked_and_keeps_its_bytes(tmp_path):
    source = write(tmp_path, "second", SECOND)
    for out, asked in (("plain", False), ("more", True), ("again", True)):
        assert build([source], tmp_path / out, infer=asked, workers=1, now="2026-01-31T12:00:00+00:00").violations == ()
    plain, more, again = (
        (tmp_path / out / "graph.nq").read_text(encoding="utf-8") for out in ("plain", "more", "again")
    )
    kept = "".join(line for line in more.splitlines(keepends=True) if not line.endswith(f" {GRAPH} .\n"))
    assert kept == plain != more == again
    pages = [Path(tmp_path / out / "network.html").read_bytes() for out in ("plain", "more")]
    assert pages[0] == pages[1]


def test_what_is_inferred_follows_the_articles_that_come_and_go(tmp_path):
    first, second = write(tmp_path, "first", TEXT), write(tmp_path, "second", SECOND)
    build([first, second], tmp_path / "both", infer=True, workers=1)
    build([first], tmp_path / "out", infer=True, workers=1)
    with KnowledgeGraph.open(tmp_path / "out", write=True) as graph:
        graph.add([read(article) for article in load(second)])
    assert hashed(tmp_path / "out") == hashed(tmp_path / "both")
    with KnowledgeGraph.open(tmp_path / "out", write=True) as graph:
        graph.remove(["second"])
    build([first], tmp_path / "again", infer=True, workers=1)
    assert hashed(tmp_path / "out") == hashed(tmp_path / "again") != hashed(tmp_path / "both")


def hashed(folder: Path) -> str:
    return KnowledgeGraph.open(folder).canonical_hash()
