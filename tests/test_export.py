"""Exports: each says exactly what the graph says, to two parsers; a claim that leaves the graph stays a claim."""

from __future__ import annotations

import json
import tracemalloc
from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, Dataset, Graph, URIRef
from rdflib.compare import isomorphic, to_canonical_graph

from claimgraph import export as module
from claimgraph.building import sorting
from claimgraph.claim_export import CLAIM_FORMATS, export_claim
from claimgraph.errors import UsageError
from claimgraph.export import FORMATS, arrange, jsonld
from claimgraph.infer import infer
from claimgraph.iris import Iris
from claimgraph.ontology_files import ontology_folder
from claimgraph.pipeline import to_graph
from claimgraph.quads import Quad, integer, ref, to_nquads, truth, typed, words
from claimgraph.store import KnowledgeGraph
from claimgraph.vocab import PREFIXES
from graphs import graph, nquads, reading

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning"
)  # rdflib calls its own old names
NP = "http://www.nanopub.org/nschema#"
CG = "https://w3id.org/claimgraph/ns#"
# Format to its name in Oxigraph and in rdflib.
PARSERS = {
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
}
TRIPLES = {"turtle", "ntriples"}
KINDS = ("", "_reasoned")


@cache
def exported(kind: str) -> KnowledgeGraph:
    """A graph as it is built, and one with what is inferred."""
    quads = to_graph([reading()], iris=Iris(), text="full", now="2026-01-31T12:00:00Z")
    quads += infer(quads) if kind else []
    return KnowledgeGraph.from_nquads(to_nquads(quads).encode())


def export(asked: KnowledgeGraph, form: str) -> str:
    """The whole text of an export."""
    return "".join(module.export(asked, form))


def by_oxigraph(text: str, form: str) -> set[str]:
    return {str(quad) for quad in ox.parse(text.encode(), format=PARSERS[form][0])}


def expected(asked: KnowledgeGraph, form: str) -> set[str]:
    return {str(quad.triple) if form in TRIPLES else str(quad) for quad in asked.store}


def by_rdflib(text: str, form: str) -> dict[str, Graph]:
    """Name of each graph to the graph, as rdflib reads it."""
    if form in TRIPLES:
        return {"": Graph().parse(data=text, format=PARSERS[form][1])}
    held = Dataset()
    held.parse(data=text, format=PARSERS[form][1])
    return {str(one.identifier): one for one in held.graphs() if len(one)}


def test_every_format_has_two_parsers():
    assert set(FORMATS) == set(PARSERS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", sorted(PARSERS))
def test_oxigraph_reads_the_very_quads_of_the_graph(form, kind):
    asked = exported(kind)
    assert by_oxigraph(export(asked, form), form) == expected(asked, form)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", sorted(PARSERS))
def test_rdflib_reads_a_graph_isomorphic_to_the_record(form, kind):
    asked = exported(kind)
    record = export(asked, "ntriples" if form in TRIPLES else "nquads")
    read, kept = by_rdflib(export(asked, form), form), by_rdflib(record, "ntriples" if form in TRIPLES else "nquads")
    assert read.keys() == kept.keys()
    assert all(isomorphic(read[one], kept[one]) for one in kept)


def test_the_record_is_the_export_as_it_was_built():
    assert export(graph(), "nquads") == nquads()
    assert export(graph(), "jsonld") == export(graph(), "jsonld")


@pytest.mark.parametrize("form", sorted(PARSERS))
def test_an_export_larger_than_memory_has_the_same_bytes(form, monkeypatch):
    asked = exported("_reasoned")
    whole = export(asked, form)
    monkeypatch.setattr(sorting, "RUN", 10_000)
    assert export(asked, form) == whole


@pytest.mark.parametrize("form", sorted(PARSERS))
def test_an_export_is_never_whole_in_memory(form, monkeypatch):
    many = (f'<urn:{n % 5000}> <urn:p{n}> "{n} {"word " * 50}" <urn:g{n % 7}> .\n' for n in range(20_000))
    asked, size = KnowledgeGraph.from_nquads("".join(many).encode()), 0
    monkeypatch.setattr(sorting, "RUN", 200_000)
    list(module.export(exported(""), form))  # what is made once is made before
    tracemalloc.start()
    for part in module.export(asked, form):
        size += len(part)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 5_000_000
    assert peak < size / 4


values = st.one_of(
    st.text(max_size=6).map(words),
    st.text(max_size=6).map(lambda text: words(text, "de")),
    st.sampled_from(
        [
            integer(-5), typed("007", "integer"), typed("x", "integer"), typed("123456789012345678", "integer"),
            truth(value=True), typed("1", "boolean"), typed("1e3", "double"), typed("2021-02-03", "date"), typed("0.5", "decimal"),
            ref("urn:x"), ref("https://schema.org/Person"), ref("https://schema.org/"), ref("https://schema.org/a/b"), ref("https://e.org/ä?a=b#c"),
        ]
    ),
)  # fmt: skip
properties = ["cg:claimant", "cg:confidence", "rdfs:label", "schema:text", "schema:about", "rdf:type"]


@given(st.lists(st.tuples(st.sampled_from(properties), values), min_size=1, max_size=6))
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_value_under_any_property_survives_every_format(rows):
    quads = [
        Quad(ref("https://e.org/a#b"), ref(PREFIXES[p.split(":")[0]] + p.split(":")[1]), value, ref("https://e.org/g"))
        for p, value in rows
        if p != "rdf:type" or value.startswith("<")
    ]
    kept = by_oxigraph(to_nquads(quads), "nquads")
    for form in sorted(PARSERS):
        order, write = FORMATS[form]
        read = by_oxigraph("".join(write(arrange(quads, order))), form)
        assert read == ({line.rpartition(" <")[0] for line in kept} if form in TRIPLES else kept), form


def test_json_ld_brings_its_context_along():
    told = json.loads(export(graph(), "jsonld"))
    assert (
        told["@context"] == json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    )
    claims = [node for one in told["@graph"] for node in one["@graph"] if "cg:Claim" in node.get("@type", [])]
    assert claims
    assert all(isinstance(claim["cg:confidence"], str) and claim["cg:chainDepth"] == 0 for claim in claims)


def test_the_context_knows_the_prefixes_and_our_properties_as_the_ontology_has_them():
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {key: value for key, value in context.items() if isinstance(value, str)} == PREFIXES
    ontology = Graph().parse(ontology_folder() / "claimgraph.ttl")
    links = {f"cg:{p.removeprefix(CG)}" for p in ontology.subjects(RDF.type, OWL.ObjectProperty) if p.startswith(CG)}
    assert {key for key, value in context.items() if value == {"@type": "@id"} and key.startswith("cg:")} == links


def test_no_other_format_exists():
    with pytest.raises(UsageError, match="nquads"):
        export(graph(), "rdfxml")
    with pytest.raises(UsageError, match="claimreview"):
        export_claim(graph(), claim("said"), "tweet")


# ---- single claims


def claim(cue: str, asked: KnowledgeGraph | None = None) -> str:
    """The claim with this cue."""
    (row,) = (
        (asked or graph())
        .query(f"SELECT ?c {{ ?c a cg:Claim ; cg:cue '{cue}' ; cg:cueSpan ?s }} ORDER BY ?c LIMIT 1")
        .rows
    )
    return str(row[0].value)


def parts(trig: str) -> dict[str, list[ox.Quad]]:
    """Part of a nanopublication to its quads."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(trig.encode(), format=ox.RdfFormat.TRIG):
        found.setdefault(str(quad.graph_name.value).rpartition("#")[2], []).append(quad)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_nanopublication_is_well_formed(kind):
    """The criteria of the guidelines, each."""
    asked = exported(kind)
    held = parts(export_claim(asked, claim("denied", asked), "nanopublication"))
    assert set(held) == {"Head", "assertion", "provenance", "pubinfo"}
    (whole,) = {quad.subject for quad in held["Head"]}
    assert sorted((q.predicate.value, q.object.value.removeprefix(whole.value)) for q in held["Head"]) == [
        (f"{NP}hasAssertion", "#assertion"),
        (f"{NP}hasProvenance", "#provenance"),
        (f"{NP}hasPublicationInfo", "#pubinfo"),
        (str(RDF.type), f"{NP}Nanopublication"),
    ]
    assert f"{whole.value}#assertion" in {q.subject.value for q in held["provenance"]}
    info = {q.predicate.value.rpartition("/")[2]: q.object.value for q in held["pubinfo"] if q.subject == whole}
    assert info["created"] == "2026-01-31T12:00:00Z"
    assert info["creator"].startswith("https://w3id.org/claimgraph/id/software/claimgraph-")
    everything = [term for quads in held.values() for quad in quads for term in quad]
    assert not any(isinstance(term, ox.BlankNode) for term in everything)


def test_a_nanopublication_asserts_that_somebody_claimed_and_no_more():
    held = parts(export_claim(graph(), claim("denied"), "nanopublication"))
    said = {
        (q.predicate.value.removeprefix(CG), q.object.value)
        for q in held["assertion"]
        if q.subject.value == claim("denied")
    }
    assert ("polarity", "https://w3id.org/claimgraph/concept/PolarityDenied") in said
    assert ("cue", "denied") in said
    label = next(value for key, value in said if key.endswith("label"))
    assert label == "Norwegian officials (denied): that the ships are late"
    kinds = {q.object.value for q in held["assertion"] if q.predicate.value.endswith("#type")}
    assert not any(kind.endswith(("sem/Event", "QuantityValue", "ns#Statement")) for kind in kinds)
    assert not {key for key, _ in said} & {"reports", "quantity"}
    evidence = {q.object.value for q in held["provenance"] if q.predicate.value.endswith("anchorOf")}
    assert {"denied", "that the ships are late", "Norwegian officials"} <= evidence


def test_a_nanopublication_is_the_same_to_both_parsers_and_with_what_is_inferred():
    plain, reasoned = (export_claim(exported(kind), claim("denied"), "nanopublication") for kind in KINDS)
    assert plain == reasoned
    held = Dataset()
    held.parse(data=plain, format="trig")
    for one in held.graphs():
        quads = [
            q for q in ox.parse(plain.encode(), format=ox.RdfFormat.TRIG) if q.graph_name.value == str(one.identifier)
        ]
        kept = Graph().parse(data="".join(f"{q.triple} .\n" for q in quads), format="nt")
        assert isomorphic(one, kept)
        assert set(to_canonical_graph(one)) == set(one), "without blank nodes a graph is canonical"


def review(cue: str) -> dict:
    return json.loads(export_claim(graph(), claim(cue), "claimreview"))


def test_a_claim_review_names_claim_author_and_where_it_appeared():
    told = review("said")
    assert (told["@context"], told["@type"]) == ("https://schema.org", "ClaimReview")
    item = told["itemReviewed"]
    assert item["@type"] == "Claim"
    assert item["author"]["name"] in {"Canada's trade minister", "Lena Holt"}
    assert item["appearance"]["@type"] == "NewsArticle"
    assert (item["appearance"]["headline"], item["appearance"]["datePublished"]) == ("Ships", "2022-05-05")
    assert told["claimReviewed"] in {row[0].value for row in graph().query("SELECT ?t { ?c schema:text ?t }").rows}


def test_a_claim_review_invents_no_verdict():
    assert set(review("said")) == {"@context", "@type", "claimReviewed", "itemReviewed"}


def test_what_is_denied_is_not_reviewed_as_if_it_had_been_claimed():
    assert review("denied")["claimReviewed"] == "Norwegian officials (denied): that the ships are late"


def test_both_parsers_read_a_claim_review():
    """With the vocabulary in place of schema.org's context: tests ask no network."""
    text = json.dumps(review("said") | {"@context": {"@vocab": "https://schema.org/"}})
    read = Graph().parse(data=text, format="json-ld")
    quads = list(ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD))
    assert isomorphic(read, Graph().parse(data="".join(f"{q.triple} .\n" for q in quads), format="nt"))
    assert (None, RDF.type, URIRef("https://schema.org/ClaimReview")) in read


@pytest.mark.parametrize("form", sorted(CLAIM_FORMATS))
def test_no_claim_leaves_that_is_none_or_rejected_or_without_words(form):
    with pytest.raises(UsageError, match="no claim"):
        export_claim(graph(), "urn:nothing", form)
    with pytest.raises(UsageError, match="--text"):
        export_claim(graph("none"), claim("denied"), form)
    status = Quad(
        ref(claim("denied")),
        ref(f"{CG}status"),
        ref("https://w3id.org/claimgraph/concept/Rejected"),
        ref("urn:curation"),
    )
    curated = KnowledgeGraph.from_nquads((nquads() + to_nquads([status])).encode())
    with pytest.raises(UsageError, match="rejected"):
        export_claim(curated, claim("denied"), form)


def test_json_ld_of_nothing_is_empty():
    assert json.loads("".join(jsonld([])))["@graph"] == []
