"""What goes with what somebody rejects in a reading: nothing is left that rests on it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.model import Claim, Entity, Event, Mention, Reading, Role, Span


def without_claim(reading: Reading, id_: str) -> Reading:
    """The reading without a claim and what is told in it: events in it go, for whose voice tells them is open.

    A claim inside it stands inside the next outer one; without a cue of its own it goes too.
    """
    outer = next((claim.inside for claim in reading.claims if claim.id == id_), None)
    lost = {id_}
    while more := {c.id for c in reading.claims if c.inside in lost and c.cue is None} - lost:
        lost |= more
    told = {e.id for e in reading.events if e.reported_in in lost}
    claims = (c for c in reading.claims if c.id not in lost)
    return replace(
        reading,
        claims=tuple(replace(c, inside=outer) if c.inside in lost else c for c in claims),
        events=_without_events(reading.events, told),
        statements=tuple(replace(s, events=tuple(e for e in s.events if e not in told)) for s in reading.statements),
        relations=tuple(r for r in reading.relations if not {r.source, r.target} & lost),
    )


def _without_events(events: Iterable[Event], lost: set[str]) -> tuple[Event, ...]:
    kept = (event for event in events if event.id not in lost)
    return tuple(replace(e, part_of=None) if e.part_of in lost else e for e in kept)


def without_figure(reading: Reading, id_: str) -> Reading:
    """The reading without a figure."""
    kept = tuple(q for q in reading.quantities if q.id != id_)
    layers = {
        layer: tuple(
            replace(each, quantities=tuple(q for q in each.quantities if q != id_)) if id_ in each.quantities else each
            for each in getattr(reading, layer)
        )
        for layer in ("claims", "events", "statements")
    }
    return replace(reading, quantities=kept, **layers)


def moved_names(reading: Reading, mention: str, entity: str | None) -> Reading:
    """The reading in which the words of a mention name this entity of the article, or none, wherever they stand for the same one.

    With them go the claims, offices and parts in events that rest on these words.
    """
    first = next(m for m in reading.mentions if m.id == mention)
    old, words = first.entity, first.text
    moved = [m for m in reading.mentions if m.text == words and m.entity == old]
    sure = {m.id: replace(m, entity=entity, confidence=1.0, origin="curation") for m in moved}
    mentions = tuple(sure.get(m.id, m) for m in reading.mentions)
    if old == entity or old is None:
        return replace(reading, mentions=mentions)
    left = [m for m in mentions if m.entity == old]
    return replace(
        reading,
        mentions=mentions,
        entities=tuple(_renamed(e, words, old, entity, left) for e in reading.entities),
        claims=tuple(_respoken(c, moved, left, old, entity) for c in reading.claims),
        events=tuple(_recast(e, moved, old, entity) for e in reading.events),
        roles=tuple(role for each in reading.roles if (role := _reheld(each, moved, old, entity)) is not None),
    )


def _renamed(entity: Entity, words: str, old: str, new: str | None, left: list[Mention]) -> Entity:
    """An entity without a name that is not its own, or with one that is."""
    if entity.id == old:
        names = [m.text for m in left if m.kind == "name"]
        name = max(names, key=lambda n: (len(n), n)) if entity.name == words and names else entity.name
        return replace(entity, name=name, aliases=tuple(a for a in entity.aliases if a not in {words, name}))
    if entity.id == new and words not in {entity.name, *entity.aliases}:
        return replace(entity, aliases=(*entity.aliases, words))
    return entity


def _respoken(claim: Claim, moved: list[Mention], left: list[Mention], old: str, new: str | None) -> Claim:
    """A claim whose speaker or subject was known by the moved words alone."""
    if claim.source_entity == old and claim.source is not None and _rests([claim.source], moved, left):
        claim = replace(claim, source_entity=new)
    if old in claim.about and _rests(claim.content, moved, left):
        about = dict.fromkeys(new if each == old else each for each in claim.about)
        claim = replace(claim, about=tuple(each for each in about if each is not None))
    return claim


def _rests(spans: Iterable[Span], moved: list[Mention], left: list[Mention]) -> bool:
    """Whether some spans hold moved words and none that still name the one of before."""
    held = list(spans)
    return any(s.covers(m) for s in held for m in moved) and not any(s.covers(m) for s in held for m in left)


def _recast(event: Event, moved: list[Mention], old: str, new: str | None) -> Event:
    parts = tuple(
        replace(p, entity=new) if p.entity == old and any(p.overlaps(m) for m in moved) else p
        for p in event.participants
    )
    at = event.place in {m.id for m in moved} and event.place_entity == old
    return replace(event, participants=parts, place_entity=new if at else event.place_entity)


def _reheld(role: Role, moved: list[Mention], old: str, new: str | None) -> Role | None:
    if not any(role.overlaps(m) for m in moved) or old not in {role.holder, role.of}:
        return role
    if role.holder == old:
        return None if new is None else replace(role, holder=new)
    return replace(role, of=new)


def unknown_entity(reading: Reading, id_: str, iri: str) -> Reading:
    """The reading in which an entity is not the one of the authority with this IRI: it has the names that the text has."""
    names = {m.text for m in reading.mentions if m.entity == id_ and m.kind == "name"}

    def _bare(entity: Entity) -> Entity:
        if entity.id != id_ or entity.iri != iri:
            return entity
        name = max(names, key=lambda n: (len(n), n), default=entity.name)
        aliases = tuple(sorted(names - {name}))
        return replace(entity, name=name, aliases=aliases, iri=None, wikidata=None, geonames=None, authority=None)

    return replace(reading, entities=tuple(map(_bare, reading.entities)))
