"""The graph of happenings: each with its events, links between these with their reasons, and parts told by other articles."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from claimgraph.quads import Quad, decimal, describe, name, ref, typed, words
from claimgraph.subjects.happenings import CURATION, HAS_PART, PART, Decided, Same, find_same
from claimgraph.terms import concept

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from claimgraph.iris import Iris
    from claimgraph.quads import Triple
    from claimgraph.subjects.occurrences import Occurrence

T = TypeVar("T")


def happening_quads(
    lines: Iterable[bytes],
    *,
    iris: Iris,
    copies: Container[str] = (),
    decided: Decided = MappingProxyType({}),
) -> list[Quad]:
    """The graph of happenings, out of sorted lines: each with its events, and each link between two of them with its reason.

    `decided` is what people have confirmed and rejected.
    """
    found = find_same(lines, copies, decided)
    same = [each for each in found if each.basis != PART]
    clusters = list(_clusters(same))
    graph = ref(iris.graph("happenings"))
    links = [*same, *_with_decided(_parts(clusters), [each for each in found if each.basis == PART], decided)]
    triples = {triple for each in links for triple in _linked(each, iris)}
    triples.update(triple for members in clusters for triple in _described(members, same, iris))
    return [Quad(*triple, graph) for triple in sorted(triples)]


def _with_decided(parts: Iterable[Same], confirmed: Iterable[Same], decided: Decided) -> list[Same]:
    """Links to parts without those that people have rejected, and with those that they have confirmed."""
    held = {(each.source.iri, each.target.iri): each for each in parts}
    held = {ends: each for ends, each in held.items() if decided.get((*ends, HAS_PART), "") is not None}
    for each in confirmed:
        ends = each.source.iri, each.target.iri
        held[ends] = held.get(ends, each)._replace(confidence=1.0, origin=CURATION)
    return list(held.values())


def _clusters(found: Iterable[Same]) -> Iterator[list[Occurrence]]:
    """The events of each happening, the earliest told first."""
    of: dict[str, dict[str, Occurrence]] = {}
    for same in found:
        both = {event.iri: event for end in same[:2] for event in of.get(end.iri, {end.iri: end}).values()}
        of.update(dict.fromkeys(both, both))
    for members in {id(members): members for members in of.values()}.values():
        yield sorted(members.values(), key=lambda event: (event.published, event.iri))


def _linked(same: Same, iris: Iris) -> Iterator[Triple]:
    """A link as a thing of its own, so that it can be rejected, and the direct edge beside it."""
    source, target = ref(same.source.iri), ref(same.target.iri)
    yield source, name("sem:hasSubEvent" if same.basis == PART else "cg:sameHappening"), target
    yield from describe(ref(iris.hashed("happening-link", same.source.iri, same.target.iri)), {
        "rdf:type": name("cg:HappeningLink"),
        "rdfs:label": words(f"{same.source.kind}: {same.basis}", "en"),
        "cg:from": source,
        "cg:to": target,
        "cg:basis": words(same.basis),
        "cg:rationale": words(same.rationale),
        "cg:confidence": decimal(same.confidence),
        "cg:origin": words(same.origin),
    })  # fmt: skip


def _described(members: list[Occurrence], found: Iterable[Same], iris: Iris) -> Iterator[Triple]:
    """A happening, called after its kind, its people or place, and its day, and the events that tell of it."""
    me = ref(iris.hashed("happening", members[0].iri))
    held = {event.iri for event in members}
    kind = _commonest(event.kind for event in members)
    place = _commonest(place for event in members for place in event.own_places or event.places)
    days = _commonest((event.first, event.last) for event in members if event.first)
    yield from describe(me, {
        "rdf:type": name("cg:Happening"),
        "rdfs:label": words(_called(kind or "", members, place, days), "en"),
        "sem:eventType": concept("EventKind", str(kind)),
        "sem:hasPlace": ref(place[0]) if place else None,
        "sem:hasEarliestBeginTimeStamp": typed(days[0], "date") if days else None,
        "sem:hasLatestEndTimeStamp": typed(days[1], "date") if days else None,
        "cg:confidence": decimal(min(same.confidence for same in found if same.source.iri in held)),
    })  # fmt: skip
    for event in members:
        yield ref(event.iri), name("cg:happening"), me


def _commonest(values: Iterable[T]) -> T | None:
    """The value that most have, the first in order of several; None of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _called(kind: str, members: list[Occurrence], place: tuple[str, str] | None, days: tuple[str, str] | None) -> str:
    """What a happening is called: "arrest of Ada Roos, 2025-03-04"."""
    kind = kind.replace("-", " ")
    people = Counter(who.name for event in members for who in event.who if who.sort != "wide")
    named = sorted(name for name, count in people.items() if count == len(members))[:2]
    of = f" of {' and '.join(named)}" if named else f" in {place[1]}" if place else ""
    return f"{kind}{of}, {days[0] if days else f'told on {members[0].published}'}"


def _parts(clusters: Iterable[list[Occurrence]]) -> Iterator[Same]:
    """What one article tells as a part of a happening, as a part of it in the others that tell of both."""
    clusters = list(clusters)
    of = {event.iri: members for members in clusters for event in members}
    for members in clusters:
        for whole in members:
            for part in (of[iri] for iri in whole.parts if iri in of):
                there = {event.article: event for event in part}
                for other in members:
                    told = there.get(other.article)
                    if other is not whole and told is not None and told.iri not in other.parts:
                        yield Same(
                            other,
                            told,
                            PART,
                            f"Another article tells of this {told.kind} as a part of the {other.kind}.",
                            0.6,
                        )
