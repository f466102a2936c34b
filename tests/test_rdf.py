"""What the graph of an article says, and what it must never say."""

from __future__ import annotations

import re

import pytest

from claimgraph.iris import Iris
from claimgraph.lexicon import load_table
from claimgraph.model import Article, Event, Reading, Span
from claimgraph.rdf import to_quads
from claimgraph.terms import load_units, normalized, unit
from graphs import TEXT, UNQUOTED, graph, nquads, reading


def rows(question: str, mode: str = "full") -> list[tuple[str, ...]]:
    return [
        tuple(getattr(c, "value", "") if c is not None else "" for c in row) for row in graph(mode).query(question).rows
    ]


def test_a_claim_names_source_cue_content_and_day():
    found = rows(
        "SELECT ?who ?cue ?said ?day { ?c a cg:Claim ; cg:cue ?cue ; schema:text ?said ; cg:saidOnDate ?day ; cg:sourceSpan/nif:anchorOf ?who }"
    )
    assert (
        "Canada's trade minister",
        "said",
        "that exporters sold more than 40 tonnes of salmon to Norway in 2021",
        "2022-05-03",
    ) in found


def test_a_figure_keeps_its_comparator_and_bound():
    found = rows(
        """SELECT ?v ?low ?of ?si { ?q cg:comparator cgc:MoreThan ; qudt:numericValue ?v ; cg:lowerBound ?low ;
        cg:boundExclusive true ; cg:normalizedValue ?si ; qudt:hasUnit unit:TON_Metric ; cg:measures/nif:anchorOf ?of }"""
    )
    assert found == [("40", "40", "salmon", "40000")]


def test_what_is_said_never_becomes_a_fact():
    assert rows("SELECT ?e { ?e cg:reportedIn ?c . FILTER NOT EXISTS { ?e cg:voice cgc:Reported } }") == []
    assert rows("SELECT ?e { ?s a cg:Statement ; cg:reports ?e . ?e cg:voice cgc:Reported }") == []
    assert rows("SELECT ?e { ?c a cg:Claim ; cg:reports ?e . ?e cg:voice cgc:Narrated }") == []
    told = {
        kind.rsplit("/")[-1]
        for (kind,) in rows("SELECT ?k { ?e a sem:Event ; sem:eventType ?k ; cg:voice cgc:Narrated }")
    }
    assert "Arrest" in told


def test_a_denial_and_a_negated_content_are_told_apart():
    denial = rows("SELECT ?p ?cp { ?c cg:cue 'denied' ; cg:polarity ?p ; cg:contentPolarity ?cp }")
    assert [tuple(v.rsplit("/")[-1] for v in row) for row in denial] == [("PolarityDenied", "PolarityAffirmed")]
    quoted = rows("SELECT ?p ?cp { ?c cg:form cgc:Direct ; cg:polarity ?p ; cg:contentPolarity ?cp }")
    assert [tuple(v.rsplit("/")[-1] for v in row) for row in quoted] == [("PolarityAffirmed", "PolarityDenied")]


def test_every_span_holds_its_words():
    spans = rows("SELECT ?b ?e ?w { ?s a cg:Span ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?w }")
    assert len(spans) > 20
    assert all(TEXT[int(b) : int(e)] == w for b, e, w in spans)


def test_claims_carry_text_quote_anchors():
    exact, prefix = rows("SELECT ?x ?p { ?c cg:cue 'denied' ; cg:cueSpan ?s . ?s oa:exact ?x ; oa:prefix ?p }")[0]
    assert exact == "denied"
    assert TEXT[: TEXT.index("denied")].endswith(prefix)


@pytest.mark.parametrize("mode", ["quotes", "none"])
def test_without_the_text_no_sentence_of_it_is_in_the_graph(mode):
    assert UNQUOTED in nquads("full")
    assert UNQUOTED not in nquads(mode)
    assert ("that exporters sold" in nquads(mode)) == (mode == "quotes")
    assert graph(mode).check().violations == ()


def test_nodes_have_labels_and_none_is_blank():
    assert "_:" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", nquads())
    assert rows("SELECT DISTINCT ?s { ?s a ?class FILTER NOT EXISTS { ?s rdfs:label ?l } }") == []


def test_article_graph_does_not_depend_on_other_articles():
    alone = set(to_quads(reading()))
    assert alone == set(to_quads(reading("small")))
    assert {q.graph for q in alone} == {f"<{Iris().article('small')}/graph>"}


def test_every_unit_code_has_a_unit_or_words():
    for row in load_table("units"):
        assert set(unit(row[1])) in ({"qudt:hasUnit"}, {"cg:unitText"})
    assert unit("EUR") == {"qudt:hasUnit": "<http://qudt.org/vocab/currency/EUR>"}
    assert {code for code, (_, factor) in load_units().items() if factor} > {"kilogram", "mile"}
    assert normalized(2, "kilometre") == '"2000"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def test_an_event_that_is_part_of_another_is_found_from_it():
    text = "Storms hit Oslo, and a flood and a fire followed."
    kinds = [("Storms", "disaster"), ("flood", "disaster"), ("fire", "other")]
    spans = [Span.cut(text, text.index(w), text.index(w) + len(w)) for w, _ in kinds]
    events = tuple(
        Event(id=f"e{i}", trigger=s, type=kind, part_of="e0" if i else None)
        for i, (s, (_, kind)) in enumerate(zip(spans, kinds, strict=True))
    )
    quads = to_quads(Reading(article=Article(id="a", text=text), events=events))
    found = [(q.subject, q.object) for q in quads if q.predicate.endswith("hasSubEvent>")]
    me = Iris().article("a")
    assert found == [(f"<{me}#event-0-6>", f"<{me}#event-23-28>")], "an event of no kind is not in the graph"
