"""Which events of different articles are one happening: the same kind, place and day, the same person, the same parties.

Events are compared only with those of the same kind that share a name and were told of days close to each other: lines
are sorted by these, and a window goes over them. So the work grows with the number of events, and memory holds what is
linked alone. What excludes each other (two days, two towns, two victims) is never one happening, not even by way of a
third event. A link says why, and how sure it is; the events stay what their articles say.
"""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from claimgraph.lexicon import load_details, load_map
from claimgraph.subjects.occurrences import ACTUAL, Occurrence, Who

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

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
PART, BY_DECISION = "part of it in another article", "a person's decision"
RULE, CURATION = "rule", "curation"
SAME, HAS_PART = "same", "has-part"
Decided: TypeAlias = "Mapping[tuple[str, str, str], str | None]"
"""What people have decided, by two events and what they are to each other (SAME, HAS_PART): why it is so; None where it is not."""


class Same(NamedTuple):
    """That two events are one happening, the later told one first: on which basis, why, and how sure."""

    source: Occurrence
    target: Occurrence
    basis: str
    rationale: str
    confidence: float
    origin: str = RULE


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


def find_same(
    lines: Iterable[bytes], copies: Container[str] = (), decided: Decided = MappingProxyType({})
) -> list[Same]:
    """The events that are one happening, out of sorted lines; of articles that are copies of others none is compared.

    What people have `decided` holds, copies or not: links that they have confirmed come first, those to parts with them.
    """
    best: dict[tuple[str, str], Same] = {}
    wanted = {iri for source, target, _ in decided for iri in (source, target)}
    ends: dict[str, Occurrence] = {}
    rows = (line.decode().split("\t") for line in lines)
    for _, group in groupby(rows, key=lambda row: row[:3]):
        before: deque[Occurrence] = deque(maxlen=COMPARED)
        for row in group:
            event = msgspec.json.decode(row[4], type=Occurrence)
            if event.iri in wanted:
                ends[event.iri] = event
            if event.article in copies:
                continue
            for other in before:
                same = compare(other, event) if other.article != event.article else None
                if same is not None:
                    best[same.source.iri, same.target.iri] = same
            before.append(event)
    apart = {frozenset(key[:2]) for key, why in decided.items() if (key[2] == SAME) == (why is None)}
    return _without_conflicts(_as_decided(best, ends, decided), apart)


def _as_decided(best: dict[tuple[str, str], Same], ends: Mapping[str, Occurrence], decided: Decided) -> Iterable[Same]:
    """The links as people have decided: those confirmed with the reason of the rule where one finds them, else with theirs."""
    for (source, target, what), why in sorted(decided.items()):
        found = None
        if what == SAME:
            found = best.pop((source, target), None) or best.pop((target, source), None)
        if why is not None and source in ends and target in ends:
            told = (found.basis, found.rationale) if found else (PART if what == HAS_PART else BY_DECISION, why)
            best[source, target] = Same(ends[source], ends[target], *told, 1.0, CURATION)
    return best.values()


def _without_conflicts(found: Iterable[Same], apart: Container[frozenset[str]]) -> list[Same]:
    """The links, those decided and then the surest first, less those that would make one of what excludes each other.

    What people have set `apart` does, too.
    """
    of: dict[str, list[Occurrence]] = {}
    kept = []
    for same in sorted(found, key=lambda s: (s.origin == RULE, -s.confidence, s.source.iri, s.target.iri)):
        if same.basis != PART:
            ours, theirs = (of.setdefault(e.iri, [e]) for e in (same.source, same.target))
            if same.origin == RULE and (ours is theirs or _is_apart(ours, theirs, apart)):
                continue
            if ours is not theirs:
                ours += theirs
                of.update((event.iri, ours) for event in theirs)
        kept.append(same)
    return kept


def _is_apart(ours: Iterable[Occurrence], theirs: Iterable[Occurrence], apart: Container[frozenset[str]]) -> bool:
    """Whether any two events of two happenings cannot be one."""
    return any(excludes(a, b) or frozenset((a.iri, b.iri)) in apart for a in ours for b in theirs)


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
