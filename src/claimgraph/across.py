"""The graph of how claims of different articles bear on each other (meetings.py), out of readings or out of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from claimgraph.cues import shape_of
from claimgraph.meetings import Figure, Meeting, Told, meet, reason
from claimgraph.propositions import COURTESY, NO_SENTENCE, sentences_of
from claimgraph.quads import Quad, decimal, describe, name, ref, words
from claimgraph.terms import concept, entity_iris, part_iris, unit
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.identity import Link
    from claimgraph.iris import Iris
    from claimgraph.model import Quantity, Reading
    from claimgraph.propositions import Said
    from claimgraph.workers import Workers

SILENT = {*NO_SENTENCE, "inner-sentence"}
"""Shapes of contents that are not compared: no sentence, or one that stands in another claim that is."""
RDF_TYPE = ox.NamedNode(full("rdf:type"))


def across_quads(claims: Iterable[Told], *, iris: Iris, workers: Workers | None = None) -> list[Quad]:
    """The graph of these claims' relations, each with basis and reason, and the direct edge beside it."""
    graph = ref(iris.graph("across"))
    triples = {triple for meeting in meet(claims, workers=workers) for triple in _described(meeting, iris)}
    return [Quad(*triple, graph) for triple in sorted(triples)]


def _described(meeting: Meeting, iris: Iris) -> Iterator[tuple[str, str, str]]:
    source, target = meeting.source.iri, meeting.target.iri
    yield ref(source), name(f"cg:{meeting.type}"), ref(target)
    yield from describe(ref(iris.hashed("relation", source, target, meeting.type)), {
        "rdf:type": name("cg:ClaimRelation"),
        "rdfs:label": words(f"{meeting.type}: {meeting.basis}", "en"),
        "cg:from": ref(source),
        "cg:to": ref(target),
        "cg:relation": concept("RelationType", meeting.type),
        "cg:basis": words(meeting.basis),
        "cg:rationale": words(reason(meeting)),
        "cg:confidence": decimal(meeting.confidence),
        "cg:origin": words("rule"),
    })  # fmt: skip


# ---- out of a reading


def told_of(reading: Reading, links: Iterable[Link], *, iris: Iris) -> Iterator[Told]:
    """The claims of an article that say something, as those of others are compared with; `links` are its entities'."""
    article = iris.article(reading.article.id)
    local, at = entity_iris(reading, article), part_iris(reading, article)
    canonical = {link.local: link.canonical for link in links}
    names = {entity.id: entity.name for entity in reading.entities}
    days = {time.id: time.earliest for time in reading.times if time.earliest and time.earliest == time.latest}
    published = (reading.article.published or "")[:10]
    for claim in reading.claims:
        said = _sentences(" ".join(span.text for span in claim.content), claim.origin, negated=claim.negated)
        if claim.polarity == "questioned" or claim.certainty == "unknown" or not said:
            continue
        source = claim.source_entity
        yield Told(
            at[claim.id],
            article,
            canonical[local[source]] if source else "",
            names[source] if source else "",
            frozenset([*(canonical[local[each]] for each in claim.about), *map(iris.topic, claim.topics)]),
            published,
            days.get(claim.said_on or "", published),
            claim.polarity,
            said,
            _in_order(_figure(q) for q in reading.quantities if q.id in claim.quantities and q.value is not None),
        )


def _sentences(text: str, origin: str, *, negated: bool) -> tuple[Said, ...]:
    """The sentences of a claim that are compared."""
    if shape_of(origin) in SILENT:
        return ()
    return tuple(said for said in sentences_of([text], negated=negated) if not COURTESY.search(said.text))


def _in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures in an order that does not depend on where they come from."""
    return tuple(sorted(figures, key=lambda figure: (figure.text, figure.unit)))


def _figure(quantity: Quantity) -> Figure:
    """A figure with its bounds, as rdf.py writes them."""
    value = quantity.value
    lower = None if quantity.comparator in {"<", "<="} and quantity.upper is None else value
    upper = quantity.upper if quantity.upper is not None else None if quantity.comparator in {">", ">="} else value
    known = next(iter(unit(quantity.unit).values()))
    return Figure(quantity.text, known[1 : known.rindex(known[0] if known[0] == '"' else ">")], lower, upper)


# ---- out of a store


def told_in(store: ox.Store, *, iris: Iris) -> Iterator[Told]:
    """The same out of a graph: what `told_of` gives of the readings that it was made of."""
    identity = ox.NamedNode(iris.graph("identity"))
    for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(full("schema:NewsArticle")), None):
        graph = _Graph(store, ox.NamedNode(f"{_value(quad.subject)}/graph"), identity)
        for claim in sorted(graph.of("cg:Claim")):
            told = _told(graph, claim, _value(quad.subject))
            if told.sentences:
                yield told


def _told(graph: _Graph, claim: str, article: str) -> Told:
    speaker = graph.first(claim, "cg:claimant")
    polarity, certainty = (graph.first(claim, name).rpartition("/")[2] for name in ("cg:polarity", "cg:certainty"))
    asked = polarity == "PolarityQuestioned" or certainty == "CertaintyUnknown"
    negated = graph.first(claim, "cg:contentPolarity").endswith("Denied")
    said = (
        () if asked else _sentences(graph.first(claim, "schema:text"), graph.first(claim, "cg:origin"), negated=negated)
    )
    published = graph.first(article, "schema:datePublished")[:10]
    return Told(
        claim,
        article,
        graph.canonical(speaker) if speaker else "",
        graph.first(speaker, "rdfs:label") if speaker else "",
        frozenset(graph.canonical(about) for about in graph.all(claim, "schema:about")),
        published,
        graph.first(claim, "cg:saidOnDate") or published,
        "denied" if polarity.endswith("Denied") else "affirmed",
        said,
        _in_order(graph.figure(q) for q in graph.all(claim, "cg:quantity") if graph.first(q, "qudt:numericValue")),
    )


class _Graph:
    """An article's graph, asked for one property after the other."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode, identity: ox.NamedNode) -> None:
        self.store, self.graph, self.identity = store, graph, identity

    def of(self, kind: str) -> list[str]:
        """The IRIs of this class."""
        found = self.store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(full(kind)), self.graph)
        return [_value(quad.subject) for quad in found]

    def all(self, iri: str, predicate: str) -> list[str]:
        """The values of a property, in order."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full(predicate)), None, self.graph)
        return sorted(_value(quad.object) for quad in found)

    def first(self, iri: str, predicate: str) -> str:
        """The value of a property, empty where it has none."""
        return next(iter(self.all(iri, predicate)), "")

    def canonical(self, iri: str) -> str:
        """The entity of all articles, or what has none: a topic."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full("cg:canonical")), None, self.identity)
        return next((_value(quad.object) for quad in found), iri)

    def figure(self, iri: str) -> Figure:
        """A quantity with its bounds."""
        value, lower, upper = (self.first(iri, p) for p in ("qudt:numericValue", "cg:lowerBound", "cg:upperBound"))
        return Figure(
            self.first(iri, "rdfs:label"),
            self.first(iri, "qudt:hasUnit") or self.first(iri, "cg:unitText"),
            float(lower) if lower else None if upper else float(value),
            float(upper) if upper else None if lower else float(value),
        )


def _value(term: object) -> str:
    """The IRI or the characters of a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
