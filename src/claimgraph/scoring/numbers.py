"""Articles annotated for their figures: times, quantities, events with day, place and participants, and roles.

Times, quantities and roles are annotated whole, so that precision counts. Of events gold has some: how many are found,
and what those that are found say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.scoring.counts import Counts
from claimgraph.scoring.faults import Fault, Item, Outcome, find_faults
from claimgraph.scoring.spans import Annotation, aligned, bounds, overlap
from claimgraph.scoring.wholes import TIME_FIELDS, by_span, figure_agrees

if TYPE_CHECKING:
    from collections.abc import Iterator


def compare_numbers(gold: Annotation, predicted: Annotation) -> Outcome:
    """Every layer that the gold article has."""
    counts = dict(_times_and_figures(gold, predicted)) | dict(_events(gold, predicted))
    return Outcome(counts | {"roles": _roles(gold, predicted)}, tuple(_faults(gold, predicted)))


def _times_and_figures(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    """Times and quantities right in value, and how many quantities are of the right thing."""
    times = (gold["times"], predicted.get("times", []))
    pairs = aligned(*times, by_span)
    right = sum(all(times[0][i][f] == times[1][j][f] for f in TIME_FIELDS) for i, j in pairs.items())
    yield "times", Counts.paired(right, len(times[1]), len(times[0]))
    figures = (gold["quantities"], predicted.get("quantities", []))
    pairs = aligned(*figures, by_span)
    right = sum(figure_agrees(figures[0][i], figures[1][j]) for i, j in pairs.items())
    yield "quantities", Counts.paired(right, len(figures[1]), len(figures[0]))
    counted = sum(_same_thing(figures[0][i]["of"], figures[1][j]["of"]) for i, j in pairs.items())
    yield "counted", Counts.rate(counted, len(figures[0]))


def _same_thing(gold: Annotation | None, predicted: Annotation | None) -> bool:
    """Whether both are of nothing told, or the words of one are within those of the other."""
    if gold is None or predicted is None:
        return gold is predicted
    one, other = (side["text"].lower().removeprefix("the ") for side in (gold, predicted))
    return one in other or other in one


def _events(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    """Events of the right kind, and what is told of those that are found: days, places, participants."""
    theirs = [e for e in predicted.get("events", []) if e["type"] != "other"]
    pairs = aligned(gold["events"], theirs, by_span)
    met = [(e, theirs[pairs[i]] if i in pairs else None) for i, e in enumerate(gold["events"])]
    yield "event kinds", Counts.rate(sum(p is not None and p["type"] == g["type"] for g, p in met), len(met))
    days = [(_day(gold, g), _day(predicted, p) if p else None) for g, p in met]
    right = sum(g is not None and g == p for g, p in days)
    yield "event days", Counts.paired(right, sum(p is not None for _, p in days), sum(g is not None for g, _ in days))
    places = [(g["place"], _mention(predicted, p)) for g, p in met if g["place"]]
    yield "event places", Counts.rate(sum(_meet(*pair) for pair in places), len(places))
    roles = [(one, p["participants"] if p else []) for g, p in met for one in g["participants"]]
    found = sum(any(o["role"] == one["role"] and _meet(one, o) for o in others) for one, others in roles)
    yield "participants", Counts.rate(found, len(roles))


def _day(document: Annotation, event: Annotation) -> tuple[str | None, str | None] | None:
    """First and last day of an event's time."""
    time = next((t for t in document["times"] if t["id"] == event["time"]), None)
    return (time["earliest"], time["latest"]) if time else None


def _mention(document: Annotation, event: Annotation | None) -> Annotation | None:
    """The mention that is an event's place."""
    return next((m for m in document["mentions"] if event and m["id"] == event["place"]), None)


def _meet(one: Annotation, other: Annotation | None) -> bool:
    """Whether two spans share characters."""
    return other is not None and overlap(bounds(one), bounds(other)) > 0


def _roles(gold: Annotation, predicted: Annotation) -> Counts:
    """Titles of the right holder, who is found by a name that gold has the title of."""
    names = [(bounds(m), m["entity"]) for m in predicted.get("mentions", []) if m["kind"] == "name"]
    theirs = {(r["holder"], r["title"].lower()) for r in predicted.get("roles", [])}
    right = {
        (entity, role["title"].lower())
        for role in gold["roles"]
        for span, entity in names
        if overlap(bounds(role), span) > 0
    }
    return Counts.paired(len(right & theirs), len(theirs), len(gold["roles"]))


def _faults(gold: Annotation, predicted: Annotation) -> Iterator[Fault]:
    """The errors of times and quantities."""
    for layer, fields in (("times", ("value",)), ("quantities", ("comparator", "value", "upper", "unit", "per"))):
        sides = (
            [Item(bounds(one), " ".join(str(one.get(field)) for field in fields)) for one in side.get(layer, [])]
            for side in (gold, predicted)
        )
        yield from find_faults(gold, layer, *sides, differing="wrong-value")
