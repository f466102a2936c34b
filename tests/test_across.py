"""Claims of different articles that bear on each other: the same story, told by several houses."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from claimgraph.identity import identify
from claimgraph.identity import to_quads as identity_quads
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.pipeline import build
from claimgraph.quads import to_nquads
from claimgraph.rdf import to_quads
from claimgraph.reader import read
from claimgraph.relating.across import across_quads, told_in, told_of
from claimgraph.store import KnowledgeGraph
from claimgraph.vocab import PREFIXES

QUESTION = """SELECT ?type ?basis ?from ?to ?why ?confidence WHERE {
  ?r a cg:ClaimRelation ; cg:relation ?type ; cg:basis ?basis ; cg:from ?a ; cg:to ?b ; cg:rationale ?why ; cg:confidence ?confidence .
  ?a schema:appearance/rdfs:label ?from . ?b schema:appearance/rdfs:label ?to }"""
MORNING = "Mayor Ada Roos said that the northern bridge over the Elm was closed because of heavy damage to its piers."
EVENING = (
    "The bridge over the Elm has not been closed, officials at the port said late on Tuesday, while traffic went on."
)


def relations(*texts: str) -> set[tuple[str, str, str, str]]:
    """(type, basis, from which article, to which) between articles of one day after the other."""
    iris = Iris()
    articles = [
        Article(id=f"paper-{n}", text=text, title=f"paper {n}", published=f"2025-03-0{n}")
        for n, text in enumerate(texts, 1)
    ]
    readings = [read(article) for article in articles]
    links = identify(readings, iris=iris)
    quads = [quad for reading in readings for quad in to_quads(reading, iris=iris)]
    quads += identity_quads(links, readings, iris=iris)
    store = ox.Store()
    store.load(to_nquads(quads).encode(), format=ox.RdfFormat.N_QUADS)
    told = [claim for reading in readings for claim in told_of(reading, identify([reading], iris=iris), iris=iris)]
    assert {claim.iri: claim for claim in told_in(store, iris=iris)} == {claim.iri: claim for claim in told}
    found = across_quads(told, iris=iris)
    assert found == across_quads(reversed(told), iris=iris)
    store.load(to_nquads(found).encode(), format=ox.RdfFormat.N_QUADS)
    rows = store.query(QUESTION, prefixes=PREFIXES, use_default_graph_as_union=True)
    return {
        (row["type"].value.rpartition("/")[2], row["basis"].value, row["from"].value, row["to"].value) for row in rows
    }


def test_the_same_speaker_says_it_again() -> None:
    later = "The northern bridge over the Elm is closed because of the heavy damage to its piers, Mayor Ada Roos said on Tuesday."
    assert relations(MORNING, later) == {("Restates", "same speaker, same proposition", "paper 2", "paper 1")}


def test_another_source_supports_it() -> None:
    later = "Police chief Bo Lindqvist said the northern bridge over the Elm had been closed because of damage to the piers, which is heavy."
    assert relations(MORNING, later) == {("Corroborates", "same proposition", "paper 2", "paper 1")}


@pytest.mark.parametrize(
    "later",
    [
        "Police chief Bo Lindqvist denied that the northern bridge over the Elm was closed because of heavy damage to its piers.",
        "Police chief Bo Lindqvist said that the northern bridge over the Elm was not closed because of heavy damage to its piers.",
    ],
)
def test_another_source_denies_it(later: str) -> None:
    assert relations(MORNING, later) == {("Contradicts", "denial of the same content", "paper 2", "paper 1")}


COUNT = "Health minister Ada Roos said that {} people had died in the floods near the northern bridge over the Elm."
OTHER = "Police chief Bo Lindqvist said that {} people had died in the floods near the northern bridge over the Elm."


@pytest.mark.parametrize(
    ("first", "second", "type_", "basis"),
    [
        ("more than 40", "43", "Corroborates", "figures that agree"),
        ("40", "41", "Corroborates", "figures that agree"),
        ("12", "90", "Contradicts", "another figure"),
    ],
)
def test_figures_agree_within_their_bounds_or_clash(first: str, second: str, type_: str, basis: str) -> None:
    assert relations(COUNT.format(first), OTHER.format(second)) == {(type_, basis, "paper 2", "paper 1")}


@pytest.mark.parametrize(
    "later",
    [
        "Mayor Ada Roos said that the town hall of Elm would open on Friday, and that taxes would not rise this year.",
        "Police chief Bo Lindqvist said that the northern bridge over the Oder was closed because of heavy damage to its piers.",
        "Police chief Bo Lindqvist asked whether the northern bridge over the Elm was closed because of heavy damage to its piers.",
        "The northern bridge over the Elm was closed because of heavy damage to its piers.",
    ],
)
def test_what_is_of_another_matter_is_unrelated(later: str) -> None:
    assert relations(MORNING, later) == set()


def test_what_many_papers_print_is_bounded() -> None:
    assert len(relations(*[MORNING] * 9)) <= 9 * 8 / 2


def test_a_writer_leaves_what_a_build_of_all_articles_would(tmp_path) -> None:
    articles = [
        Article(id="one", text=MORNING, published="2025-03-01"),
        Article(id="two", text=MORNING + " Taxes rise.", published="2025-03-02"),
    ]
    for number, article in enumerate(articles):
        row = {"id": article.id, "published": article.published, "text": article.text}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    build([tmp_path / "0.jsonl", tmp_path / "1.jsonl"], tmp_path / "both", workers=1)
    build(tmp_path / "0.jsonl", tmp_path / "one", workers=1)
    both, one = tmp_path / "both" / "graph.nq", tmp_path / "one" / "graph.nq"
    alone = one.read_bytes()
    assert b"graph/across" in both.read_bytes()
    with KnowledgeGraph.open(tmp_path / "one", write=True) as graph:
        graph.add([read(articles[1])])
    assert one.read_bytes() == both.read_bytes()
    with KnowledgeGraph.open(tmp_path / "one", write=True) as graph:
        graph.remove(["two"])
        assert not graph.query(
            "SELECT ?r { GRAPH ?g { ?r a cg:ClaimRelation } FILTER(STRENDS(STR(?g), '/across')) }"
        ).rows
    assert one.read_bytes() == alone


def test_without_words_nothing_is_compared(tmp_path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(MORNING, encoding="utf-8")
    build([tmp_path / "1.txt", tmp_path / "2.txt"], tmp_path / "out", workers=1, text="none")
    assert b"ClaimRelation" not in (tmp_path / "out" / "graph.nq").read_bytes()
