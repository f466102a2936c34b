"""The graph of how claims of different articles bear on each other (relating/meetings.py), out of readings or out of a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from claimgraph.actors.authority import load_authority
from claimgraph.actors.names import folded
from claimgraph.identity import relation_triples
from claimgraph.iris import digest
from claimgraph.lexicon import load_map
from claimgraph.model import Relation
from claimgraph.quads import Quad, ref
from claimgraph.relating.measures import Figure, figure, period_of
from claimgraph.relating.meetings import Meeting, Told, meet, reason
from claimgraph.relating.propositions import COURTESY, denies, is_brief, is_said, is_silent, sentences_of
from claimgraph.relating.replies import answered, beside, less
from claimgraph.speech.cues import shape_of
from claimgraph.terms import entity_iris, part_iris
from claimgraph.vocab import full, load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.identity import Link
    from claimgraph.iris import Iris
    from claimgraph.model import Reading, RelationType
    from claimgraph.quads import Triple
    from claimgraph.relating.propositions import Said
    from claimgraph.workers import Workers

CAPITALISED = re.compile(r"\b[A-Z][\w’']{2,}")
"""A word of a name that tells it from others."""
INNER = "inner-sentence"
"""The shape of a sentence that stands in another claim, with which it is compared."""
RDF_TYPE = ox.NamedNode(full("rdf:type"))


def across_quads(claims: Iterable[Told], *, iris: Iris, workers: Workers | None = None) -> list[Quad]:
    """The graph of these claims' relations, each with basis and reason, and the direct edge beside it."""
    graph = ref(iris.graph("across"))
    triples = {triple for meeting in meet(claims, workers=workers) for triple in _described(meeting, iris)}
    return [Quad(*triple, graph) for triple in sorted(triples)]


def _described(meeting: Meeting, iris: Iris) -> Iterator[Triple]:
    """A meeting as the relations inside an article are told (identity.py)."""
    source, target, kind = meeting.source.iri, meeting.target.iri, cast("RelationType", meeting.type)
    relation = Relation(
        source=source,
        target=target,
        type=kind,
        basis=meeting.basis,
        rationale=reason(meeting),
        confidence=meeting.confidence,
    )
    return relation_triples(source, target, relation, iris)


# ---- out of a reading


def told_of(reading: Reading, links: Iterable[Link], *, iris: Iris, text: str = "full") -> Iterator[Told]:
    """The claims of an article that say something, as those of others are compared with; `links` are its entities'.

    With `text` other than "full" nothing is told of whom a claim answers: the graph holds no whole sentences.
    """
    article = iris.article(reading.article.id)
    local, at = entity_iris(reading, article), part_iris(reading, article)
    canonical = {link.local: link.canonical for link in links}
    names = {entity.id: entity.name for entity in reading.entities}
    days = {time.id: time.earliest for time in reading.times if time.earliest and time.earliest == time.latest}
    published = (reading.article.published or "")[:10]
    story = story_of((e.name, canonical[local[e.id]]) for e in reading.entities)
    for claim in reading.claims:
        source = claim.source_entity
        speaker = names[source] if source else ""
        content = " ".join(span.text for span in claim.content)
        said = _sentences(content, claim.origin, claim.cue_class or "", negated=claim.negated, speaker=speaker)
        cue = claim.cue.text if claim.cue else ""
        if claim.polarity == "questioned" or claim.certainty == "unknown" or not said or not is_said(cue, speaker):
            continue
        yield Told(
            at[claim.id],
            article,
            canonical[local[source]] if source else "",
            speaker,
            frozenset([*(canonical[local[each]] for each in claim.about), *map(iris.topic, claim.topics)]),
            published,
            days.get(claim.said_on or "", published),
            "denied" if denies(claim.polarity, claim.form, cue) else "affirmed",
            said,
            _in_order(
                figure(q, period_of(reading, q))
                for q in reading.quantities
                if q.id in claim.quantities and q.value is not None
            ),
            story,
            answered(beside(reading.article.text, claim)) if text == "full" else "",
            is_brief(said, cue),
        )


def story_of(named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Digests of the words of the names in an article, which tell its story; `named` are names, and the entities of all.

    Words, since one house writes "the Selby dam" and another "Selby"; countries and nouns for bodies are in too many.
    """
    words = {word for name, iri in named for word in CAPITALISED.findall(name) if not _is_country(iri)}
    kept = (word for word in words if word.lower() not in load_map("actor_nouns"))
    return tuple(sorted({digest(folded(word))[:6] for word in kept}))


def _is_country(iri: str) -> bool:
    entry = load_authority().find(iri)
    return entry is not None and entry.kind == "country"


def _sentences(text: str, origin: str, cue_class: str, *, negated: bool, speaker: str) -> tuple[Said, ...]:
    """The clauses of a claim that are compared."""
    if shape_of(origin) == INNER or is_silent(text, shape_of(origin), cue_class):
        return ()
    found = sentences_of([text], negated=negated, speaker=speaker)
    return tuple(said for said in found if not COURTESY.search(said.text))


def _in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures in an order that does not depend on where they come from."""
    return tuple(sorted(figures, key=lambda figure: (figure.text, figure.unit)))


# ---- out of a store


def told_in(store: ox.Store, *, iris: Iris) -> Iterator[Told]:
    """The same out of a graph: what `told_of` gives of the readings that it was made of."""
    identity = ox.NamedNode(iris.graph("identity"))
    for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(full("schema:NewsArticle")), None):
        graph = _Graph(store, ox.NamedNode(f"{_value(quad.subject)}/graph"), identity)
        story = story_of(graph.entities())
        for claim in sorted(graph.of("cg:Claim")):
            told = _told(graph, claim, _value(quad.subject), story)
            if told.sentences:
                yield told


def _told(graph: _Graph, claim: str, article: str, story: tuple[str, ...]) -> Told:
    speaker = graph.first(claim, "cg:claimant")
    called = graph.first(speaker, "rdfs:label") if speaker else ""
    polarity, certainty = (graph.first(claim, name).rpartition("/")[2] for name in ("cg:polarity", "cg:certainty"))
    asked = polarity == "PolarityQuestioned" or certainty == "CertaintyUnknown"
    asked = asked or not is_said(graph.first(claim, "cg:cue"), called)
    form = "direct" if graph.first(claim, "cg:form") == load_concepts()["Form", "direct"].iri else ""
    negated = graph.first(claim, "cg:contentPolarity").endswith("Denied")
    text, origin = graph.first(claim, "schema:text"), graph.first(claim, "cg:origin")
    said = () if asked else _sentences(text, origin, _cue_class(graph, claim), negated=negated, speaker=called)
    published = graph.first(article, "schema:datePublished")[:10]
    return Told(
        claim,
        article,
        graph.canonical(speaker) if speaker else "",
        called,
        frozenset(graph.canonical(about) for about in graph.all(claim, "schema:about")),
        published,
        graph.first(claim, "cg:saidOnDate") or published,
        "denied" if denies("denied" * polarity.endswith("Denied"), form, graph.first(claim, "cg:cue")) else "affirmed",
        said,
        _in_order(graph.figure(q) for q in graph.all(claim, "cg:quantity") if graph.first(q, "qudt:numericValue")),
        story,
        answered(graph.beside(claim)),
        is_brief(said, graph.first(claim, "cg:cue")),
    )


def _cue_class(graph: _Graph, claim: str) -> str:
    """The class of a claim's cue, where it is one that makes a difference."""
    iri = graph.first(claim, "cg:cueClass")
    return next((code for code in ("deny", "accuse") if load_concepts()["CueClass", code].iri == iri), "")


class _Graph:
    """An article's graph, asked for one property after the other."""

    def __init__(self, store: ox.Store, graph: ox.NamedNode, identity: ox.NamedNode) -> None:
        self.store, self.graph, self.identity = store, graph, identity

    def of(self, kind: str) -> list[str]:
        """The IRIs of this class."""
        found = self.store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(full(kind)), self.graph)
        return [_value(quad.subject) for quad in found]

    def entities(self) -> list[tuple[str, str]]:
        """The names that the article gives, with the entities of all."""
        found = self.store.quads_for_pattern(None, RDF_TYPE, None, self.graph)
        local = {_value(quad.subject) for quad in found if "#entity-" in _value(quad.subject)}
        return [(self.first(each, "rdfs:label"), self.canonical(each)) for each in sorted(local)]

    def all(self, iri: str, predicate: str) -> list[str]:
        """The values of a property, in order."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full(predicate)), None, self.graph)
        return sorted(_value(quad.object) for quad in found)

    def first(self, iri: str, predicate: str) -> str:
        """The value of a property, empty where it has none."""
        return next(iter(self.all(iri, predicate)), "")

    def beside(self, claim: str) -> str:
        """A claim's sentence less its content; empty where the graph does not hold it."""
        said = self.first(self.first(claim, "cg:sentence"), "nif:anchorOf")
        return less(said, [self.first(span, "nif:anchorOf") for span in self.all(claim, "cg:contentSpan")])

    def canonical(self, iri: str) -> str:
        """The entity of all articles, or what has none: a topic."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full("cg:canonical")), None, self.identity)
        return next((_value(quad.object) for quad in found), iri)

    def figure(self, iri: str) -> Figure:
        """A quantity with its bounds."""
        value, lower, upper = (self.first(iri, p) for p in ("qudt:numericValue", "cg:lowerBound", "cg:upperBound"))
        period = self.first(iri, "cg:period")
        ends = (self.first(period, end) for end in ("time:hasBeginning", "time:hasEnd")) if period else ("", "")
        return Figure(
            self.first(iri, "rdfs:label"),
            self.first(iri, "qudt:hasUnit") or self.first(iri, "cg:unitText"),
            float(lower) if lower else None if upper else float(value),
            float(upper) if upper else None if lower else float(value),
            self.first(iri, "cg:per"),
            *(self.first(end, "time:inXSDDate") if end else "" for end in ends),
        )


def _value(term: object) -> str:
    """The IRI or the characters of a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
