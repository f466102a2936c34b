"""Topics in the graph: of articles, claims and events, with the words that tell them and IPTC's own codes."""

from __future__ import annotations

from functools import cache

from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.network import network
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

TEXT = """An earthquake struck Norhaven on Monday, destroying two schools in Port Elm.

Mayor Ada Roos said that the aftershocks had damaged the bridge. "The buses will run again on Friday," she said.

The quake had a magnitude of 6.1. The town council elects a new clerk in May.
"""


@cache
def graph() -> KnowledgeGraph:
    reading = read(
        Article(id="elm-1", text=TEXT, title="Earthquake hits Norhaven", published="2025-03-04"), model="fast"
    )
    return KnowledgeGraph.from_nquads(to_nquads(to_graph([reading], iris=Iris(), text="full", now=None)).encode())


def rows(question: str) -> list[tuple[str, ...]]:
    return sorted(tuple(term.value for term in row) for row in graph().query(question).rows)


def test_an_article_names_its_topic_with_the_code_of_iptc_and_the_words_that_tell_it():
    asked = """SELECT ?label ?code ?words WHERE { ?article a schema:NewsArticle ; dcterms:subject ?topic .
        ?given a cg:TopicAssignment ; cg:topic ?topic ; cg:evidence/nif:anchorOf ?words .
        ?topic skos:prefLabel ?label ; skos:exactMatch ?code }"""
    code = "http://cv.iptc.org/newscodes/mediatopic/20000153"
    found = {("earthquake", code, word) for word in ("earthquake", "aftershocks", "quake", "magnitude")}
    assert set(rows(asked)) == found


def test_topics_stand_below_the_same_as_those_of_iptc():
    asked = "SELECT ?label WHERE { ?topic skos:prefLabel 'earthquake'@en ; skos:broader+/skos:prefLabel ?label }"
    above = ["disaster", "disaster, accident and emergency incident", "natural disaster"]
    assert rows(asked) == [(label,) for label in above]


def test_claims_and_events_have_the_topic_that_their_own_words_tell_and_no_other():
    asked = (
        "SELECT ?said WHERE { ?claim a cg:Claim ; schema:text ?said ; dcterms:subject/skos:prefLabel 'earthquake'@en }"
    )
    assert rows(asked) == [("that the aftershocks had damaged the bridge",)] or rows(asked) == [
        ("the aftershocks had damaged the bridge",)
    ]
    events = "SELECT ?event WHERE { ?e a sem:Event ; rdfs:label ?event ; dcterms:subject ?topic }"
    assert ("earthquake",) in rows(events)
    assert ("elects",) not in rows(events)


def test_the_graph_with_topics_breaks_no_law():
    assert graph().check().violations == ()


def test_the_network_joins_claims_and_events_to_their_topic():
    built = network(graph())
    [topic] = [iri for iri, held in built.nodes(data=True) if held["kind"] == "topic" and held["label"] == "earthquake"]
    kinds = {built.nodes[iri]["kind"] for iri in built.predecessors(topic)}
    assert kinds == {"claim", "event"}
