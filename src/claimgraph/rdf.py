"""A reading as quads: one named graph an article, as the vocabulary's table of classes has it. Pure: no clock, no order.

Every function here describes one layer; `to_quads` strings them together and adds the spans that they stand on.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from claimgraph.duplicates.sketches import shingles, sketch
from claimgraph.iris import Iris, characters
from claimgraph.model import Span
from claimgraph.quads import Quad, day, decimal, describe, integer, name, ref, truth, typed, words
from claimgraph.relating.measures import period_of
from claimgraph.subjects.topics import topic_triples
from claimgraph.terms import classes_of, concept, entity_iris, normalized, number, part_iris, per_unit, sha256, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.model import Claim, Entity, Event, Mention, Quantity, Reading, Role, Statement, TimeSpan
    from claimgraph.quads import Term, Triple

QUOTE_CONTEXT = 32
"""Characters of prefix and suffix of a text-quote anchor (Web Annotation Data Model, 4.2.4)."""


def to_quads(reading: Reading, *, iris: Iris | None = None, text: str = "full") -> list[Quad]:
    """All quads of one article, in its own graph.

    `text` says how many of the article's words are in it: all ("full"), those of claims, names, figures and triggers
    ("quotes"), or none. Without the whole text spans carry the SHA-256 of their words: whoever owns the text can prove them, and a
    changed quotation shows without it.
    """
    graph = ArticleGraph(reading, iris or Iris(), text)
    term = ref(f"{graph.iri}/graph")
    return [Quad(*triple, term) for triple in graph.triples()]


class ArticleGraph:
    """The triples of one article; holds what each layer needs to refer to another."""

    def __init__(self, reading: Reading, iris: Iris, text: str) -> None:
        self.reading, self.iris, self.mode = reading, iris, text
        self.iri = iris.article(reading.article.id)
        self.me, self.context = ref(self.iri), ref(f"{self.iri}#text")
        self.local = entity_iris(reading, self.iri)
        self.at = part_iris(reading, self.iri)
        self.quoted: set[Span] = set()
        self.used: dict[tuple[int, int], Span] = {}

    def triples(self) -> Iterator[Triple]:
        """Everything, the spans last: the layers say which are used."""
        reading = self.reading
        yield from self._article()
        for entity in reading.entities:
            yield from self._entity(entity)
        for mention in reading.mentions:
            yield from self._mention(mention)
        for time in reading.times:
            yield from self._time(time)
        for quantity in reading.quantities:
            yield from self._quantity(quantity)
        for event in self._events():
            yield from self._event(event)
        for claim in reading.claims:
            yield from self._claim(claim)
        for statement in reading.statements:
            yield from self._statement(statement)
        for role in reading.roles:
            yield from self._role(role)
        yield from topic_triples(reading, self.iris, self.at, self._at)
        for span in sorted(self.used.values()):
            yield from self._span(span)

    # ---- words and references

    def _label(self, text: str, kind: str, span: Span) -> Term:
        """What a node is called: its words, or where it stands when the graph holds no words."""
        shown = self.mode == "full" or (self.mode == "quotes" and kind != "statement")
        return words(text if shown else f"{kind} at {span.start}-{span.end}", "en")

    def _at(self, span: Span, *, quoted: bool = True) -> Term:
        """The IRI of a span, noted to be described; `quoted` when its words may stand in a graph of quotes."""
        plain = Span(span.start, span.end, span.text)
        self.used[span.start, span.end] = plain
        if quoted:
            self.quoted.add(plain)
        return ref(characters(self.iri, span))

    def _spans(self, spans: Iterable[Span], *, quoted: bool = True) -> list[Term]:
        return [self._at(span, quoted=quoted) for span in spans]

    def _part(self, id_: str | None) -> Term | None:
        return ref(self.at[id_]) if id_ in self.at else None

    def _parts(self, ids: Iterable[str]) -> list[Term]:
        return [ref(self.at[i]) for i in ids if i in self.at]

    def _entities(self, ids: Iterable[str | None]) -> list[Term]:
        return [ref(self.local[i]) for i in ids if i in self.local]

    def _events(self) -> list[Event]:
        """The events of the ontology's kinds; `other` stays out of the graph."""
        return [e for e in self.reading.events if e.type != "other"]

    # ---- layers

    def _article(self) -> Iterator[Triple]:
        article = self.reading.article
        label = article.title or article.id
        yield from describe(self.me, {
            "rdf:type": [name("schema:NewsArticle"), name("prov:Entity")],
            "rdfs:label": words(label, "en"),
            "dcterms:identifier": words(article.id),
            "schema:headline": words(article.title) if article.title else None,
            "schema:author": words(article.author) if article.author else None,
            "schema:publisher": words(article.publisher) if article.publisher else None,
            "schema:datePublished": day(article.published) if article.published else None,
            "schema:inLanguage": words(article.language),
            "schema:url": words(article.url) if article.url else None,
        })  # fmt: skip
        yield from describe(self.context, {
            "rdf:type": name("nif:Context"),
            "rdfs:label": words(f"text of {label}", "en"),
            "nif:sourceUrl": self.me,
            "nif:beginIndex": integer(0),
            "nif:endIndex": integer(len(article.text)),
            "cg:sha256": words(sha256(article.text)),
            "cg:sketch": words(base64.b64encode(sketch(shingles(article.text))).decode()) if self.mode != "full" else None,
            "nif:isString": words(article.text) if self.mode == "full" else None,
        })  # fmt: skip

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        yield from describe(ref(self.local[entity.id]), {
            "rdf:type": [*classes_of(entity), *([name("cg:VagueSource")] if entity.vague else [])],
            "rdfs:label": words(entity.name, "en"),
            "skos:altLabel": [words(alias) for alias in entity.aliases],
            "schema:author": self._entities([entity.responsible]),
            "schema:containedInPlace": self._entities([entity.within]),
        })  # fmt: skip

    def _mention(self, mention: Mention) -> Iterator[Triple]:
        yield from describe(ref(self.at[mention.id]), {
            "rdf:type": name("cg:Mention"),
            "rdfs:label": self._label(mention.text, "mention", mention),
            "cg:evidence": self._at(mention),
            "cg:mentionKind": concept("MentionKind", mention.kind),
            "itsrdf:taIdentRef": self._entities([mention.entity]),
            "itsrdf:taConfidence": decimal(mention.confidence),
        })  # fmt: skip

    def _time(self, time: TimeSpan) -> Iterator[Triple]:
        me = ref(self.at[time.id])
        interval = time.earliest is not None and time.latest is not None
        edges = {"time:hasBeginning": ("begin", time.earliest), "time:hasEnd": ("end", time.latest)} if interval else {}
        yield from describe(me, {
            "rdf:type": [name("time:Interval"), name("sem:Time")] if interval else name("time:TemporalEntity"),
            "rdfs:label": self._label(time.text, "time", time),
            "cg:evidence": self._at(time),
            "cg:timex": words(time.value) if time.value else None,
        })  # fmt: skip
        for prefixed, (end, date) in edges.items():
            instant = ref(f"{self.at[time.id]}-{end}")
            yield me, name(prefixed), instant
            yield from describe(
                instant,
                {
                    "rdf:type": name("time:Instant"),
                    "rdfs:label": words(str(date)),
                    "time:inXSDDate": typed(str(date), "date"),
                },
            )

    def _quantity(self, quantity: Quantity) -> Iterator[Triple]:
        value = quantity.value
        lower = value if quantity.comparator in {">", ">="} or quantity.upper is not None else None
        upper = quantity.upper if quantity.upper is not None else value if quantity.comparator in {"<", "<="} else None
        period = period_of(self.reading, quantity)
        yield from describe(ref(self.at[quantity.id]), {
            "rdf:type": name("qudt:QuantityValue"),
            "rdfs:label": self._label(quantity.text, "figure", quantity),
            "cg:evidence": self._at(quantity),
            "qudt:numericValue": number(value),
            **unit(quantity.unit),
            "cg:comparator": concept("Comparator", quantity.comparator),
            "cg:lowerBound": number(lower),
            "cg:upperBound": number(upper),
            "cg:boundExclusive": truth(value=True) if quantity.comparator in {">", "<"} else None,
            "cg:measures": self._at(quantity.of) if quantity.of else None,
            "cg:comparedWith": self._at(quantity.than) if quantity.than else None,
            **per_unit(quantity.per),
            "cg:normalizedValue": normalized(value, quantity.unit),
            "cg:period": self._part(period.id if period else None),
            "cg:confidence": decimal(quantity.confidence),
            "cg:origin": words(quantity.origin or "rule"),
        })  # fmt: skip

    def _event(self, event: Event) -> Iterator[Triple]:
        me = self.at[event.id]
        times = [t for t in self.reading.times if t.id == event.time]
        actors = [p.entity for p in event.participants if p.role in {"agent", "participant", "patient", "recipient"}]
        parts = {f"{me}-{p.role}" if i == 0 else f"{me}-{p.role}{i + 1}": p for p, i in numbered(event.participants)}
        yield from describe(ref(me), {
            "rdf:type": name("sem:Event"),
            "rdfs:label": self._label(event.trigger.text, event.type, event.trigger),
            "sem:eventType": concept("EventKind", event.type),
            "cg:trigger": self._at(event.trigger),
            "cg:evidence": self._at(event.trigger),
            "cg:lemma": words(event.lemma) if event.lemma and self.mode != "none" else None,
            "cg:voice": concept("Voice", event.voice),
            "cg:factuality": concept("Factuality", event.factuality),
            "cg:polarity": concept("Polarity", event.polarity),
            "cg:reportedIn": self._part(event.reported_in),
            "cg:participation": [ref(p) for p in parts],
            "sem:hasActor": self._entities(actors),
            "sem:hasPlace": self._entities([event.place_entity]),
            "sem:hasTime": self._part(event.time),
            "sem:hasSubEvent": self._parts(e.id for e in self._events() if e.part_of == event.id),
            "sem:hasEarliestBeginTimeStamp": [typed(t.earliest, "date") for t in times if t.earliest],
            "sem:hasLatestEndTimeStamp": [typed(t.latest, "date") for t in times if t.latest],
            "cg:quantity": self._parts(event.quantities),
            "cg:confidence": decimal(event.confidence),
            "cg:origin": words(event.origin),
        })  # fmt: skip
        for iri, participant in parts.items():
            yield from describe(ref(iri), {
                "rdf:type": name("cg:Participation"),
                "rdfs:label": self._label(participant.text, participant.role, participant),
                "cg:role": concept("ParticipantRole", participant.role),
                "cg:participant": self._entities([participant.entity]),
                "cg:evidence": self._at(participant),
            })  # fmt: skip

    def _claim(self, claim: Claim) -> Iterator[Triple]:
        entities = {e.id: e for e in self.reading.entities}
        source = entities.get(claim.source_entity or "")
        content = " ".join(span.text for span in claim.content)
        said = next((t for t in self.reading.times if t.id == claim.said_on), None)
        evidence = claim.sentence or claim.content[0]
        yield from describe(ref(self.at[claim.id]), {
            "rdf:type": [name("cg:Claim"), name("schema:Claim"), name("prov:Entity")],
            "rdfs:label": self._label(content, "claim", claim.content[0]),
            "schema:text": words(content) if self.mode != "none" else None,
            "cg:evidence": self._at(evidence, quoted=False),
            "cg:sentence": self._at(evidence, quoted=False),
            "cg:claimant": self._entities([claim.source_entity]),
            "cg:responsible": self._entities([source.responsible]) if source else None,
            "cg:sourceSpan": self._at(claim.source) if claim.source else None,
            "cg:cueSpan": self._at(claim.cue) if claim.cue else None,
            "cg:cue": words(claim.cue.text) if claim.cue and self.mode != "none" else None,
            "cg:cueClass": concept("CueClass", claim.cue_class) if claim.cue_class else None,
            "cg:contentSpan": self._spans(claim.content),
            "cg:form": concept("Form", claim.form),
            "cg:polarity": concept("Polarity", claim.polarity),
            "cg:contentPolarity": concept("Polarity", "denied" if claim.negated else "affirmed"),
            "cg:certainty": concept("Certainty", claim.certainty),
            "cg:stance": concept("Stance", claim.stance) if claim.stance else None,
            "cg:stanceTarget": self._entities([claim.stance_target]),
            "cg:inside": self._part(claim.inside),
            "cg:chainDepth": integer(depth(claim, self.reading)),
            "cg:saidOn": self._part(claim.said_on),
            "cg:saidOnDate": typed(said.earliest, "date") if said and said.earliest and said.earliest == said.latest else None,
            "schema:about": [*self._entities(claim.about), *(ref(self.iris.topic(t)) for t in claim.topics)],
            "cg:reports": [ref(self.at[e.id]) for e in self._events() if e.reported_in == claim.id],
            "cg:quantity": self._parts(claim.quantities),
            "schema:appearance": self.me,
            "cg:inferred": [words(field) for field in claim.inferred],
            "cg:confidence": decimal(claim.confidence),
            "cg:origin": words(claim.origin),
        })  # fmt: skip

    def _statement(self, statement: Statement) -> Iterator[Triple]:
        narrated = {e.id for e in self._events() if e.voice == "narrated"}
        yield from describe(ref(self.at[statement.id]), {
            "rdf:type": name("cg:Statement"),
            "rdfs:label": self._label(statement.text, "statement", statement),
            "schema:text": words(statement.text) if self.mode == "full" else None,
            "cg:evidence": self._at(statement, quoted=False),
            "cg:contentSpan": self._at(statement, quoted=False),
            "cg:reports": self._parts(e for e in statement.events if e in narrated),
            "cg:quantity": self._parts(statement.quantities),
            "schema:about": self._entities(statement.about),
            "schema:appearance": self.me,
        })  # fmt: skip

    def _role(self, role: Role) -> Iterator[Triple]:
        published = (self.reading.article.published or "")[:10]
        yield from describe(ref(self.at[role.id]), {
            "rdf:type": name("cg:RoleHolding"),
            "rdfs:label": self._label(role.text, "role", role),
            "cg:holder": self._entities([role.holder]),
            "cg:roleTitle": words(role.title),
            "cg:roleOf": self._entities([role.of]),
            "cg:observedOn": day(published) if published else None,
            "cg:evidence": self._at(role),
            "cg:confidence": decimal(role.confidence),
            "cg:origin": words(role.origin or "rule"),
        })  # fmt: skip

    def _span(self, span: Span) -> Iterator[Triple]:
        shown = self.mode == "full" or (self.mode == "quotes" and span in self.quoted)
        text, me = self.reading.article.text, ref(characters(self.iri, span))
        quoted = shown and span in self._claim_spans()
        yield from describe(me, {
            "rdf:type": [name("cg:Span"), name("nif:OffsetBasedString"), *([name("oa:TextQuoteSelector")] if quoted else [])],
            "rdfs:label": words(span.text, "en") if shown else words(f"characters {span.start}-{span.end}", "en"),
            "nif:referenceContext": self.context,
            "nif:beginIndex": integer(span.start),
            "nif:endIndex": integer(span.end),
            "nif:anchorOf": words(span.text) if shown else None,
            "cg:sha256": words(sha256(span.text)) if self.mode != "full" else None,
            "oa:exact": words(span.text) if quoted else None,
            "oa:prefix": words(text[max(span.start - QUOTE_CONTEXT, 0) : span.start]) if quoted and self.mode == "full" else None,
            "oa:suffix": words(text[span.end : span.end + QUOTE_CONTEXT]) if quoted and self.mode == "full" else None,
        })  # fmt: skip

    def _claim_spans(self) -> set[Span]:
        if not hasattr(self, "_of_claims"):
            spans = (s for c in self.reading.claims for s in [*c.content, *filter(None, (c.source, c.cue))])
            self._of_claims = {Span(s.start, s.end, s.text) for s in spans}
        return self._of_claims


def depth(claim: Claim, reading: Reading) -> int:
    """How many claims this one stands in."""
    outer = {c.id: c.inside for c in reading.claims}
    steps, at = 0, claim.inside
    while at is not None and steps < len(outer):
        steps, at = steps + 1, outer.get(at)
    return steps


def numbered(participants: Iterable) -> Iterator:  # type: ignore[type-arg]
    """Each participant with how many of its role came before."""
    seen: dict[str, int] = {}
    for participant in participants:
        yield participant, seen.get(participant.role, 0)
        seen[participant.role] = seen.get(participant.role, 0) + 1
