"""A reading as people have decided: rejected claims and figures are gone, speakers, names and values are the right ones.

What was read stays as it was; decisions are applied each time it is used. What somebody has decided has confidence 1 and
the origin "curation:" with the rule's end, which tells the shape of a claim's content.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar

from msgspec.structs import replace

from claimgraph.curation.ledger import Anchor, find_again, text_hash
from claimgraph.curation.rejecting import moved_names, unknown_entity, without_claim, without_figure
from claimgraph.curation.values import TYPED, link_fault, parse_claim, parse_figure
from claimgraph.model import Entity, Mention, Relation, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.curation.ledger import Decision, Kind
    from claimgraph.model import Article, Claim, EntityType, Reading

T = TypeVar("T")
Applied: TypeAlias = "Reading | str"
"""The reading as decided, or why that cannot be."""
STANDS_ON: dict[Kind, str] = {
    "claim": "claim",
    "speaker": "claim",
    "relation": "claim",
    "figure": "figure",
    "alias": "mention",
    "merge": "mention",
    "happening": "event",
}
"""What of an article the items of each kind stand on."""
GONE = "it went with what somebody rejected"
NAMED_AT_MOST = 12
"""Actors that are named to whom has written another."""


class Effect(NamedTuple):
    """What became of a decision: `conflict` and `absent` tell `why`; `target` is what it is about in the reading, by its id."""

    decision: Decision
    state: Literal["applied", "moved", "superseded", "conflict", "absent"]
    why: str = ""
    target: str = ""


def places(reading: Reading) -> dict[tuple[str, int, int, int], str]:
    """What decisions can be about in a reading: what it is, its characters, and which of several there; to its id."""
    rows = [("claim", c.id, *hull(c)) for c in reading.claims]
    rows += [("figure", q.id, q.start, q.end) for q in reading.quantities]
    rows += [("mention", m.id, m.start, m.end) for m in reading.mentions]
    rows += [("event", e.id, e.trigger.start, e.trigger.end) for e in reading.events]
    found: dict[tuple[str, int, int, int], str] = {}
    taken: dict[tuple[str, int, int], int] = {}
    for kind, id_, start, end in rows:
        taken[kind, start, end] = taken.get((kind, start, end), 0) + 1
        found[kind, start, end, taken[kind, start, end]] = id_
    return found


def hull(claim: Claim) -> tuple[int, int]:
    """The first and the last character of a claim's content."""
    return min(span.start for span in claim.content), max(span.end for span in claim.content)


def curated(reading: Reading, decisions: Iterable[Decision]) -> tuple[Reading, list[Effect]]:
    """The reading after these decisions, which come in time, and what became of each that is about this article alone.

    Of several about one item the last holds. Merges but with an entry of the authority, and links to claims and events of
    other articles, are for the graph of all (curation/settling.py): they are passed over.
    """
    place = Finder(reading)
    effects: dict[tuple[str, ...], Effect] = {}
    read, superseded = reading, []
    for decision in decisions:
        if is_own(decision) or is_of_entry(decision):
            effect = place.effect(decision)
            item: tuple[str, ...] = (
                decision.kind,
                effect.target or decision.item,
                decision.value if decision.other else "",
            )
            if item in effects:
                superseded.append(effects[item]._replace(state="superseded", why="another decision came later"))
            effects[item] = effect
    for item, effect in sorted(effects.items(), key=lambda pair: ORDER.index(pair[1].decision.kind)):
        if effect.state in {"applied", "moved"} and is_own(effect.decision):
            reading, effects[item] = _applied(reading, effect, read)
    left = set(places(reading).values())
    held = [
        effect if _is_held(effect, left) else effect._replace(state="superseded", why=GONE)
        for effect in effects.values()
    ]
    return reading, [effect for effect in (*superseded, *held) if is_own(effect.decision)]


def _is_held(effect: Effect, left: set[str]) -> bool:
    """Whether what a decision is about is there, or gone for its own sake."""
    decision = effect.decision
    own = decision.decision == "reject" and decision.kind in {"claim", "figure"}
    return own or effect.state not in {"applied", "moved"} or set(effect.target.split()) <= left


def _applied(reading: Reading, effect: Effect, read: Reading) -> tuple[Reading, Effect]:
    """The reading after a decision, and what became of it; names in decisions are those that were `read`."""
    if not set(effect.target.split()) <= set(places(reading).values()):
        return reading, effect._replace(state="superseded", why=GONE)
    applied = APPLY[effect.decision.kind](reading, effect, read)
    if isinstance(applied, str):
        return reading, effect._replace(state="conflict", why=applied)
    return applied, effect


def is_own(decision: Decision) -> bool:
    """Whether a decision changes the reading of one article."""
    if decision.kind == "merge":
        return decision.decision == "reject" and is_of_entry(decision)
    return len(decision.articles) == 1


def is_of_entry(decision: Decision) -> bool:
    """Whether a decision is about an entity of an article being an entry of the authority."""
    return decision.kind == "merge" and isinstance(decision.other, str)


class Finder:
    """A reading asked for what stands where decisions were made."""

    def __init__(self, reading: Reading) -> None:
        self.text, self.hashed = reading.article.text, text_hash(reading.article.text)
        self.places = places(reading)

    def effect(self, decision: Decision) -> Effect:
        """What a decision is about now, before it is applied."""
        anchors = [a for a in (decision.anchor, decision.other) if isinstance(a, Anchor)]
        found = [self.find(anchor, decision.kind) for anchor in anchors]
        why = next((why for id_, _, why in found if not id_), "")
        if why:
            return Effect(decision, "conflict", why)
        moved = "; ".join(told for _, told, _ in found if told)
        return Effect(decision, "moved" if moved else "applied", moved, " ".join(id_ for id_, _, _ in found))

    def find(self, anchor: Anchor, kind: Kind) -> tuple[str, str, str]:
        """The id of what is meant, how it has moved, and where it is not found, why."""
        start, why = find_again(anchor, self.text, hashed=self.hashed)
        if start is None:
            return "", "", why
        end = start + len(anchor.words)
        id_ = self.places.get((STANDS_ON[kind], start, end, anchor.number))
        if id_ is None:
            return "", "", f"no {STANDS_ON[kind]} is read from its words any more"
        moved = f"its words stand at {start}-{end} now, not at {anchor.start}-{anchor.end}"
        return id_, moved if start != anchor.start else "", ""


def origin_of(origin: str) -> str:
    """The origin of what somebody has decided about.

    >>> origin_of("rule:verb-clause"), origin_of("")
    ('curation:verb-clause', 'curation')
    """
    return ":".join(filter(None, ["curation", origin.rpartition(":")[2]]))


# ---- one decision


def _claim(reading: Reading, effect: Effect, _: Reading) -> Applied:
    decision = effect.decision
    if decision.decision == "reject":
        return without_claim(reading, effect.target)
    said = parse_claim(decision.correction if decision.decision == "correct" else decision.value)
    if isinstance(said, str):
        return said
    claim = next(c for c in reading.claims if c.id == effect.target)
    content = _content(reading.article, claim, said.get("content", ""))
    if isinstance(content, str):
        return content
    fields: dict[str, Any] = {name: said[name] for name in ("polarity", "certainty") if name in said}
    fields |= {"negated": said["negated"] == "yes"} if "negated" in said else {}
    return _with_claim(reading, replace(claim, content=content, **fields))


def _content(article: Article, claim: Claim, words: str) -> tuple[Span, ...] | str:
    """The content of a claim, or these words of its sentence."""
    if not words:
        return claim.content
    start, end = hull(claim)
    around = claim.sentence or Span.cut(article.text, start, end)
    begin, stop = min(around.start, start), max(around.end, end)
    if article.text.count(words, begin, stop) != 1:
        return f"has the content “{words}”, which does not stand in the claim's sentence once: copy it from the context"
    at = article.text.find(words, begin, stop)
    return (Span.cut(article.text, at, at + len(words)),)


def _with_claim(reading: Reading, claim: Claim) -> Reading:
    """The reading with a claim as somebody has decided it: nothing hangs on it that lies outside its content."""

    def _inside(span: Span) -> bool:
        return any(content.covers(span) for content in claim.content)

    outside = {e.id for e in reading.events if e.reported_in == claim.id and not _inside(e.trigger)}
    figures = tuple(q.id for q in reading.quantities if q.id in claim.quantities and _inside(q))
    about = {m.entity for m in reading.mentions if _inside(m)}
    claim = replace(
        claim,
        quantities=figures,
        about=tuple(entity for entity in claim.about if entity in about),
        confidence=1.0,
        origin=origin_of(claim.origin),
    )
    events = (e for e in reading.events if e.id not in outside)
    return replace(
        reading,
        claims=_swapped(reading.claims, claim),
        events=tuple(replace(e, part_of=None) if e.part_of in outside else e for e in events),
    )


def _swapped(values: Iterable[T], value: T) -> tuple[T, ...]:
    """The values with one in place of that of its id."""
    return tuple(value if each.id == value.id else each for each in values)  # type: ignore[attr-defined]


def _speaker(reading: Reading, effect: Effect, read: Reading) -> Applied:
    decision = effect.decision
    claim = next(c for c in reading.claims if c.id == effect.target)
    sure = replace(claim, confidence=1.0, origin=origin_of(claim.origin))
    called = {"confirm": decision.value, "correct": decision.correction, "reject": ""}[decision.decision]
    if not called:
        source = claim.source if decision.decision == "confirm" else None
        return replace(reading, claims=_swapped(reading.claims, replace(sure, source=source, source_entity=None)))
    now = next((c.source_entity for c in read.claims if c.id == claim.id), None)
    found = _entity_called(reading, called, read, now=now)
    if isinstance(found, str):
        return found
    reading, entity = found
    source = _source(reading, claim, entity)
    inferred = tuple(dict.fromkeys([*claim.inferred, *(["source"] if source is None else [])]))
    sure = replace(sure, source=source, source_entity=entity, inferred=inferred)
    return replace(reading, claims=_swapped(reading.claims, sure))


def _source(reading: Reading, claim: Claim, entity: str) -> Span | None:
    """The words that name a speaker: the source as it was read, where they are in it, else those next to the claim in its sentence."""
    mentions = [m for m in reading.mentions if m.entity == entity]
    if claim.source is not None and any(claim.source.overlaps(m) for m in mentions):
        return claim.source
    around = claim.sentence
    near = [
        (abs(m.start - claim.content[0].start), m)
        for m in mentions
        if around is not None and around.covers(m) and not any(c.overlaps(m) for c in claim.content)
    ]
    found = min(near, key=lambda pair: pair[0], default=(0, None))[1]
    return Span(found.start, found.end, found.text) if found is not None else None


def _entity_called(reading: Reading, words: str, read: Reading, *, now: str | None) -> tuple[Reading, str] | str:
    """The one entity of an article that was `read` under this name, by its id; a new one for words of the text with a type behind.

    Of several of one name it is the one that was meant `now`.
    """
    wanted = words.casefold()
    if any(e.id == now and e.name.casefold() == wanted for e in read.entities):
        return reading, str(now)
    by_name = [e.id for e in read.entities if e.name.casefold() == wanted]
    by_alias = [e.id for e in read.entities if wanted in map(str.casefold, e.aliases)]
    for found in (by_name, by_alias):
        if len(found) == 1:
            return reading, found[0]
        if found:
            return f"several of the article are called “{words}”: write another name of the one that is meant"
    typed = TYPED.fullmatch(words)
    if typed:
        return _named(reading, typed["name"], typed["type"])  # type: ignore[arg-type]
    names = [e.name for e in read.entities if e.type != "place"]
    known = ", ".join(names[:NAMED_AT_MOST]) + (" and others" if len(names) > NAMED_AT_MOST else "")
    return f"“{words}” is no actor of the article: it has {known or 'none'}; for others write the words with their type, as in “Ada Roos (person)”"


def _named(reading: Reading, words: str, kind: EntityType) -> tuple[Reading, str] | str:
    """The entity of this name and type: one that is there, else a new one whom the text names with these words."""
    there = next((e.id for e in reading.entities if e.name == words and e.type == kind), None)
    if there is not None:
        return reading, there
    at = reading.article.text.find(words)
    if at < 0:
        return f"“{words}” does not stand in the text: copy the words from the article"
    number = len(reading.entities) + 1
    entity = Entity(id=f"curated-e{number}", name=words, type=kind, confidence=1.0)
    mention = Mention(
        start=at,
        end=at + len(words),
        text=words,
        id=f"curated-m{number}",
        kind="name",
        type=kind,
        entity=entity.id,
        confidence=1.0,
        origin="curation",
    )
    new = replace(reading, entities=(*reading.entities, entity), mentions=(*reading.mentions, mention))
    return new, entity.id


def _figure(reading: Reading, effect: Effect, _: Reading) -> Applied:
    decision = effect.decision
    if decision.decision == "reject":
        return without_figure(reading, effect.target)
    figure = next(q for q in reading.quantities if q.id == effect.target)
    said = decision.correction if decision.decision == "correct" else decision.value
    fields = parse_figure(said, unit=figure.unit)
    if isinstance(fields, str):
        return fields
    sure = replace(figure, **fields, confidence=1.0, origin=origin_of(figure.origin))
    return replace(reading, quantities=_swapped(reading.quantities, sure))


def _alias(reading: Reading, effect: Effect, read: Reading) -> Applied:
    decision = effect.decision
    called = {"confirm": decision.value, "correct": decision.correction, "reject": ""}[decision.decision]
    if not called:
        return moved_names(reading, effect.target, None)
    now = next(m.entity for m in read.mentions if m.id == effect.target)
    found = _entity_called(reading, called, read, now=now)
    return found if isinstance(found, str) else moved_names(found[0], effect.target, found[1])


def _relation(reading: Reading, effect: Effect, _: Reading) -> Applied:
    """A relation between claims of one article; one that somebody confirms is there also where no rule finds it."""
    decision = effect.decision
    source, target = effect.target.split()
    read = [r for r in reading.relations if {r.source, r.target} == {source, target} and r.type == decision.value]
    others = tuple(r for r in reading.relations if r not in read)
    if decision.decision == "reject":
        return replace(reading, relations=others)
    type_ = decision.correction if decision.decision == "correct" else decision.value
    if fault := link_fault("relation", type_):
        return fault
    basis, rationale = (read[0].basis, read[0].rationale) if read and type_ == decision.value else decided_why(decision)
    sure = Relation(
        source=source,
        target=target,
        type=type_,  # type: ignore[arg-type]
        basis=basis,
        rationale=rationale,
        confidence=1.0,
        origin="curation",
    )
    kept = tuple(r for r in others if (r.source, r.target, r.type) != (source, target, type_))
    return replace(reading, relations=(*kept, sure))


def decided_why(decision: Decision) -> tuple[str, str]:
    """Basis and rationale of what no rule has found."""
    return "a person's decision", decision.note or f"{decision.by} decided so on {decision.when[:10]}."


def _merge(reading: Reading, effect: Effect, _: Reading) -> Applied:
    """An entity that is not the one of the authority: it goes by the names that the text has."""
    entity = next(m.entity for m in reading.mentions if m.id == effect.target)
    return unknown_entity(reading, entity or "", str(effect.decision.other))


APPLY: dict[Kind, Callable[[Reading, Effect, Reading], Applied]] = {
    "alias": _alias,
    "merge": _merge,
    "speaker": _speaker,
    "figure": _figure,
    "claim": _claim,
    "relation": _relation,
}
ORDER: list[Kind] = [*APPLY]
"""Names first, for speakers are called by them; what is rejected goes last but for relations, which it takes along."""


def absent(decisions: Iterable[Decision], articles: Iterable[str]) -> Iterator[Effect]:
    """The effect of each decision about an article that is not there: it waits."""
    there = set(articles)
    for decision in dict.fromkeys(chain(decisions)):
        if not decision.articles <= there:
            yield Effect(decision, "absent", "its article is not in the graph")
