"""Which events of different articles are one happening: the same kind, place and day, the same person, the same parties.

Events are compared only with those of the same kind that share a name and were told of days close to each other: lines
are sorted by these, and a window goes over them. So the work grows with the number of events, and memory holds what is
linked alone. What excludes each other (two days, two towns, two victims) is never one happening, not even by way of a
third event. A link says why, and how sure it is; the events stay what their articles say.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from claimgraph.lexicon import load_details, load_map
from claimgraph.occurrences import ACTUAL, Occurrence, Who
from claimgraph.quads import Quad, decimal, describe, name, ref, typed, words
from claimgraph.terms import concept

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from claimgraph.iris import Iris
    from claimgraph.quads import Triple

WINDOW = 7
"""Days within which two articles tell of one happening: later ones look back at it, in other words and with other days."""
SOON = 3
"""Days from a happening to an article that tells of it without saying when."""
FEW = 4
"""Days that a time may have to say when something happened: a weekend, not a week."""
COMPARED = 40
"""Events that one is compared with under one name: of the hundred papers of a great day each meets the next ones."""
UNDATED = 0.65
"""How sure it is that two articles of one week tell of the same that happened to somebody, though neither says when."""
TWO = 2
"""Parties of a meeting."""
DATED, ONCE = "dated", "once"
MEETINGS = frozenset(("meeting", "negotiation", "diplomacy"))
BY_PLACE, BY_PERSON, BY_PARTIES = "same kind, place and day", "same kind and person", "same kind and parties"
PART = "part of it in another article"
T = TypeVar("T")


class Same(NamedTuple):
    """That two events are one happening, the later told one first: on which basis, why, and how sure."""

    source: Occurrence
    target: Occurrence
    basis: str
    rationale: str
    confidence: float


def lines_of(occurrences: Iterable[Occurrence]) -> Iterator[bytes]:
    r"""A line for each name that an event may be found by, to be sorted: kind, sort, name, day, and the event."""
    for event in occurrences:
        told = msgspec.json.encode(event, order="sorted").decode()
        for key in sorted(_keys(event)):
            yield "\t".join(
                (_compared(event.kind), event.sort, key, event.first or event.published, told, "\n")
            ).encode()


def _compared(kind: str) -> str:
    """The kind that an event is compared as: who is killed dies."""
    return load_details("happening_kinds").get(kind, kind)


def _told_by(event: Occurrence) -> list[str]:
    """By what a kind of event is known again."""
    return load_map("happening_kinds")[event.kind].split()


def _keys(event: Occurrence) -> set[str]:
    """Places, for kinds that these tell; people and bodies that take part; two countries at once."""
    told = _told_by(event)
    keys = {iri for iri, _ in event.places} if "place" in told else set()
    narrow = [who.iri for who in event.who if who.sort != "wide"]
    wide = sorted({who.iri for who in event.who if who.sort == "wide"})
    return keys | set(narrow) | {f"{a} {b}" for a in wide for b in wide if a < b and "parties" in told}


def find_same(lines: Iterable[bytes], copies: Container[str] = ()) -> list[Same]:
    """The events that are one happening, out of sorted lines; of articles that are copies of others none is compared."""
    best: dict[tuple[str, str], Same] = {}
    rows = (line.decode().split("\t") for line in lines)
    for _, group in groupby(rows, key=lambda row: row[:3]):
        before: deque[Occurrence] = deque(maxlen=COMPARED)
        for row in group:
            event = msgspec.json.decode(row[4], type=Occurrence)
            if event.article in copies:
                continue
            for other in before:
                same = compare(other, event) if other.article != event.article else None
                if same is not None:
                    best[same.source.iri, same.target.iri] = same
            before.append(event)
    return _without_conflicts(best.values())


def _without_conflicts(found: Iterable[Same]) -> list[Same]:
    """The links, the surest first, less those that would make one happening of events that exclude each other."""
    of: dict[str, list[Occurrence]] = {}
    kept = []
    for same in sorted(found, key=lambda s: (-s.confidence, s.source.iri, s.target.iri)):
        ours, theirs = (of.setdefault(e.iri, [e]) for e in (same.source, same.target))
        if ours is theirs or any(excludes(a, b) for a in ours for b in theirs):
            continue
        ours += theirs
        of.update((event.iri, ours) for event in theirs)
        kept.append(same)
    return kept


# ---- two events


def compare(a: Occurrence, b: Occurrence) -> Same | None:
    """That two events are one happening, by the first rule that says so."""
    if a.sort != b.sort or _compared(a.kind) != _compared(b.kind) or excludes(a, b):
        return None
    target, source = sorted((a, b), key=lambda event: (event.published, event.iri))
    told = set(_told_by(a)) & set(_told_by(b))
    rules = {"person": _by_person, "parties": _by_parties, "place": _by_place}
    return next((same for rule in rules if rule in told and (same := rules[rule](source, target))), None)


def excludes(a: Occurrence, b: Occurrence) -> bool:
    """Whether two events cannot be one: of one article, of other days, other towns, or done to other people."""
    if a.article == b.article or a.sort != b.sort or (a.first and b.first and (a.last < b.first or b.last < a.first)):
        return True
    if a.own_places and b.own_places and not _irises(a.own_places) & _irises(b.own_places):
        return True
    if _far(a, b) and not _is_once(a, b):
        return True
    ours, theirs = ({w.iri for w in event.who if w.person and w.side == "patient"} for event in (a, b))
    return bool(ours and theirs and not ours & theirs)


def _far(a: Occurrence, b: Occurrence) -> bool:
    """Whether the article of one event without a day appeared before the other, or long after it."""
    days = [(event.first or event.published, event.last or event.published) for event in (a, b)]
    (first, last), (other, end) = sorted(days)
    return not first or _plus(last, WINDOW) < other or _plus(first, 400) < end


def _is_once(a: Occurrence, b: Occurrence) -> bool:
    """Whether two events are of a kind that took place, and does so once for a person, and are of one person."""
    return (
        a.sort == ACTUAL and all(ONCE in _told_by(event) for event in (a, b)) and bool(_undergoers(a) & _undergoers(b))
    )


def _irises(places: Iterable[tuple[str, str]]) -> set[str]:
    return {iri for iri, _ in places}


def _plus(day: str, days: int) -> str:
    """The day that many days later; of a year or a month alone, itself."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except ValueError:
        return day


def _is_dated(event: Occurrence) -> bool:
    """Whether the text says the day, give or take FEW."""
    return bool(event.first) and event.last <= _plus(event.first, FEW - 1)


def _same_day(a: Occurrence, b: Occurrence) -> bool:
    """Whether both texts say that it was on days that are the same."""
    return _is_dated(a) and _is_dated(b) and a.first <= b.last and b.first <= a.last


def _soon_after(a: Occurrence, b: Occurrence) -> bool:
    """Whether one text says the day, and the other, which says none, appeared on it or soon after."""
    dated, other = (a, b) if _is_dated(a) else (b, a)
    return _is_dated(dated) and not other.first and dated.first <= other.published <= _plus(dated.last, SOON)


def _published_within(a: Occurrence, b: Occurrence, days: int) -> bool:
    """Whether neither text says the day, and both appeared within so many days."""
    near = bool(a.published) and a.published <= _plus(b.published, days) and b.published <= _plus(a.published, days)
    return near and not _is_dated(a) and not _is_dated(b)


def _by_place(a: Occurrence, b: Occurrence) -> Same | None:
    """The same town, and the same day told by both; or by one, where they agree in a name, a figure or in whom it hit.

    A town of the same sentence, no more, is enough with the words that agree.
    """
    shared = sorted(set(a.places) & set(b.places))
    own = [bool(set(shared) & set(event.own_places)) for event in (a, b)]
    agreed = _agreed(a, b)
    confidence = 0.0
    if _same_day(a, b) and shared and (all(own) or (any(own) and agreed) or len(agreed) > 1):
        confidence = (0.7 if all(own) else 0.6) + 0.1 * bool(agreed)
    elif _soon_after(a, b) and set(agreed) - {a.lemma} and all(own):
        confidence = 0.6
    if not confidence:
        return None
    return Same(a, b, BY_PLACE, _because(f"{_both(a)} in {shared[0][1]}, {_when(a, b)}", agreed), round(confidence, 2))


def _by_person(a: Occurrence, b: Occurrence) -> Same | None:
    """The same person, whom it happens to, and days that fit; a day told by neither needs articles of one week.

    Nobody dies twice, so that what articles tell years later is the same.
    """
    people = sorted(_undergoers(a) & _undergoers(b))
    confidence = 0.85 if _same_day(a, b) else 0.75 if _soon_after(a, b) else 0.65
    loose = DATED in _told_by(a) or not _published_within(a, b, WINDOW)
    if not people or (confidence == UNDATED and loose and not _is_once(a, b)):
        return None
    return Same(a, b, BY_PERSON, _because(f"{_both(a)}, of {people[0].name}, {_when(a, b)}", ()), confidence)


def _undergoers(event: Occurrence) -> set[Who]:
    """The people whom something happens to; of what is done to nobody and nothing ("resigned") those who do it."""
    people = {who for who in event.who if who.person}
    hit = any(who.side == "patient" for who in event.who) or event.words
    return {who for who in people if who.side == "patient" or not hit}


def _by_parties(a: Occurrence, b: Occurrence) -> Same | None:
    """The same two, and days that fit; of people who meet both are named, of others one is more than a place."""
    both = sorted(set(a.who) & set(b.who))
    telling = {who.iri for who in both if who.sort in {"person", "body"}}
    parties = {who.iri for who in both}
    if (
        len(parties) < TWO
        or len(telling) < (TWO if a.kind in MEETINGS else 1)
        or (_others(a, parties) and _others(b, parties))
    ):
        return None
    confidence = 0.8 if _same_day(a, b) else 0.7 if _soon_after(a, b) else 0.6 if _published_within(a, b, 1) else 0.0
    if not confidence or (a.kind == "visit" and not any(who.person for who in both)):
        return None
    confidence = min(confidence, 0.6) if _others(a, parties) or _others(b, parties) else confidence
    names = " and ".join(dict.fromkeys(who.name for who in both))
    return Same(a, b, BY_PARTIES, _because(f"{_both(a)}, between {names}, {_when(a, b)}", ()), confidence)


def _others(event: Occurrence, parties: set[str]) -> set[str]:
    """The people who take part beside these."""
    return {who.iri for who in event.who if who.person} - parties


def _agreed(a: Occurrence, b: Occurrence) -> tuple[str, ...]:
    """What else two events have alike: names, figures, words for whom or what it hit, the word for the event itself."""
    names = {who.name for who in a.who if who.sort != "wide"} & {who.name for who in b.who if who.sort != "wide"}
    return (
        *sorted(names),
        *sorted(set(a.figures) & set(b.figures)),
        *sorted(set(a.words) & set(b.words)),
        *([a.lemma] if a.lemma == b.lemma != "" else []),
    )


def _both(event: Occurrence) -> str:
    return f"Both tell of an event of the kind {event.kind.replace('-', ' ')}"


def _when(a: Occurrence, b: Occurrence) -> str:
    """The day that they have in common, or of neither the days of both articles."""
    dated = [event.first for event in (a, b) if _is_dated(event)]
    told = " and ".join(filter(None, (b.published, a.published))) or "days that are not told"
    return f"on {max(dated)}" if dated else f"told on {told}"


def _because(reason: str, agreed: tuple[str, ...]) -> str:
    return f"{reason}; both say “{'”, “'.join(agreed[:3])}”." if agreed else f"{reason}."


# ---- the graph


def happening_quads(lines: Iterable[bytes], *, iris: Iris, copies: Container[str] = ()) -> list[Quad]:
    """The graph of happenings, out of sorted lines: each with its events, and each link between two of them with its reason."""
    found = find_same(lines, copies)
    graph = ref(iris.graph("happenings"))
    triples = {triple for same in found for triple in _linked(same, iris)}
    clusters = list(_clusters(found))
    triples.update(triple for members in clusters for triple in _described(members, found, iris))
    triples.update(triple for same in _parts(clusters) for triple in _linked(same, iris))
    return [Quad(*triple, graph) for triple in sorted(triples)]


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
        "cg:origin": words("rule"),
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
