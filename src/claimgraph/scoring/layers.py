"""Layers of one kind of span each: names, links, times, values, events, roles.

Each function compares one gold document with the annotation of the same text. Only what begins inside the gold's
scope counts, on both sides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.scoring.counts import Counts
from claimgraph.scoring.faults import Fault, Item, Outcome, fault, find_faults
from claimgraph.scoring.spans import Annotation, Bounds, aligned, bare_name, bounds, inside, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME_TYPES = {
    "person": "PER", "per": "PER",
    "organization": "ORG", "org": "ORG",
    "place": "LOC", "location": "LOC", "loc": "LOC", "gpe": "LOC",
}  # fmt: skip
"""Types of CoNLL-2003 that the corpora share; products, groups, documents and events are no names here."""
NO_EVENTS = frozenset({"REPORTING", "SPEECH_COGNITIVE", "GRAMMATICAL", "I_STATE", "STATE", "PERCEPTION", "ASPECTUAL"})
"""Event classes of TimeML and MEANTIME left out on both sides: speech is a claim here, and states no event."""
ROLES = {"Arg0": {"agent"}, "Arg1": {"patient", "theme"}}
"""PropBank's proto-roles and what they are called here."""


def compare_names(gold: Annotation, predicted: Annotation) -> Outcome:
    """Names: a right one has the exact span (without article and 's) and, if typed, the type (CoNLL-2003)."""
    g = {Item(bare_name(gold["text"], bounds(e["span"])), NAME_TYPES[e["type"].lower()]) for e in _gold_names(gold)}
    p = {
        Item(bare_name(gold["text"], bounds(m)), NAME_TYPES[m["type"]])
        for m in _named(gold, predicted)
        if m["type"] in NAME_TYPES
    }
    counts = {
        "typed": Counts.agreeing(g, p),
        "untyped": Counts.agreeing({item.span for item in g}, {item.span for item in p}),
    }
    return Outcome(counts, tuple(find_faults(gold, "names", g, p)))


def _gold_names(gold: Annotation) -> Iterator[Annotation]:
    """The proper names among annotated entities; MEANTIME and GUM have descriptions too."""
    for entity in gold["entities"]:
        proper = entity.get("syntactic", "NAM") == "NAM" and entity.get("head_is_proper", True)
        if proper and (entity.get("type") or "").lower() in NAME_TYPES and inside(bounds(entity["span"]), gold):
            yield entity


def _named(gold: Annotation, predicted: Annotation) -> Iterator[Annotation]:
    """The predicted mentions inside the scope that name somebody or something."""
    mentions = predicted.get("mentions", [])
    return (m for m in mentions if m.get("kind", "name") == "name" and inside(bounds(m), gold))


def compare_links(gold: Annotation, predicted: Annotation) -> Outcome:
    """Links of capitalised names to Wikidata: exact span and identifier (ELEVANT's strict figure, Bast et al. 2022).

    What gold marks as optional, as a description, or leaves unlinked counts neither for nor against.
    """
    wanted, ignored = _gold_links(gold)
    right, faults, spurious = 0, list[Fault](), 0
    for item in _predicted_links(gold, predicted):
        span = next((s for s in (item.span, bare_name(gold["text"], item.span)) if s in wanted), None)
        if span is not None:
            label = wanted.pop(span)
            right += label == item.label
            spurious += label != item.label
            faults += [fault(gold, "links", "wrong-value", Item(span, label), item)] * (label != item.label)
        elif not any(overlap(item.span, other) for other in ignored):
            spurious += 1
            faults.append(fault(gold, "links", "spurious", None, item))
    faults += [fault(gold, "links", "missed", Item(*missed), None) for missed in sorted(wanted.items())]
    wrong = sum(f.kind == "wrong-value" for f in faults)
    return Outcome({"strict": Counts.paired(right, right + spurious, right + wrong + len(wanted))}, tuple(faults))


def _gold_links(gold: Annotation) -> tuple[dict[Bounds, str], list[Bounds]]:
    """Span to identifier of the names to link, and the spans that do not count."""
    wanted, ignored = dict[Bounds, str](), list[Bounds]()
    for label in gold["labels"]:
        span, identifier = bounds(label["span"]), str(label.get("qid") or label.get("wikidata") or "")
        counts = gold["text"][span[0]].isupper() and not label.get("coref") and not label.get("optional")
        if not inside(span, gold):
            continue
        if counts and re.fullmatch(r"Q\d+", identifier):
            wanted[span] = identifier
        else:
            ignored.append(span)
    return wanted, ignored


def _predicted_links(gold: Annotation, predicted: Annotation) -> Iterator[Item]:
    """The names that were linked, with their identifier."""
    known = {e["id"]: (e.get("wikidata") or "").rsplit("/", 1)[-1] for e in predicted.get("entities", [])}
    for mention in _named(gold, predicted):
        if identifier := known.get(mention.get("entity"), ""):
            yield Item(bounds(mention), identifier)


def compare_times(gold: Annotation, predicted: Annotation) -> Outcome:
    """Times: exact spans, overlapping spans, and the value of the latter (TempEval-3, UzZaman et al. 2013)."""
    times = [Item(bounds(t["span"]), _value(t)) for t in gold["timex"] if inside(bounds(t["span"]), gold)]
    found = [Item(bounds(t), _value(t)) for t in predicted.get("times", []) if inside(bounds(t), gold)]
    pairs = _pairs(times, found)
    valued = sum(times[i].label == found[j].label for i, j in pairs.items())
    counts = {
        "value": Counts.paired(valued, len(found), len(times)),
        "relaxed": Counts.paired(len(pairs), len(found), len(times)),
        "strict": Counts.agreeing({t.span for t in times}, {t.span for t in found}),
    }
    return Outcome(counts, tuple(find_faults(gold, "times", times, found, differing="wrong-value")))


def _value(time: Annotation) -> str:
    """The TIMEX3 value, in GUM the TEI attribute that says the same."""
    return str(time.get("value", time.get("when")))


def _pairs(gold: Sequence[Item], predicted: Sequence[Item]) -> dict[int, int]:
    """Which overlap, one to one."""
    return aligned(gold, predicted, lambda one, other: overlap(one.span, other.span))


def compare_values(gold: Annotation, predicted: Annotation) -> Outcome:
    """Money, percentages and other quantities: overlapping and exact spans."""
    values = [Item(bounds(v["span"])) for v in gold["values"] if inside(bounds(v["span"]), gold)]
    found = [Item(bounds(q)) for q in predicted.get("quantities", []) if inside(bounds(q), gold)]
    counts = {
        "overlap": Counts.paired(len(_pairs(values, found)), len(found), len(values)),
        "strict": Counts.agreeing(values, found),
    }
    return Outcome(counts, tuple(find_faults(gold, "values", values, found)))


def compare_events(gold: Annotation, predicted: Annotation) -> Outcome:
    """Triggers of events, speech and states left out on both sides: overlapping spans."""
    told = [e for e in gold["events"] if inside(bounds(e["span"]), gold)]
    events = [Item(bounds(e["span"])) for e in told if e.get("class") not in NO_EVENTS]
    ignored = [bounds(e["span"]) for e in gold["events"] if e.get("class") in NO_EVENTS]
    triggers = sorted({bounds(e["trigger"]) for e in predicted.get("events", [])})
    found = [Item(span) for span in triggers if inside(span, gold)]
    pairs = _pairs(events, found)
    taken = set(pairs.values())
    passed = {j for j, item in enumerate(found) if j not in taken and any(overlap(item.span, s) for s in ignored)}
    kept = [item for j, item in enumerate(found) if j not in passed]
    counts = {
        "overlap": Counts.paired(len(pairs), len(kept), len(events)),
        "strict": Counts.agreeing(events, kept),
    }
    return Outcome(counts, tuple(find_faults(gold, "events", events, kept)))


def compare_roles(gold: Annotation, predicted: Annotation) -> Outcome:
    """Who did what to whom: agent and patient with an overlapping span, of the events that gold has roles of."""
    told = [r for r in gold["roles"] if r.get("class") not in NO_EVENTS and inside(bounds(r["event"]), gold)]
    known = sorted({bounds(r["event"]) for r in told})
    wanted = [(bounds(r["event"]), Item(bounds(r["participant"]), r["role"])) for r in told if r["role"] in ROLES]
    found = [pair for pair in _participants(predicted) if any(overlap(pair[0], event) for event in known)]

    def likeness(one: tuple[Bounds, Item], other: tuple[Bounds, Item]) -> float:
        """Overlap of two participants of one event in one role."""
        same = other[1].label in ROLES[one[1].label] and overlap(one[0], other[0]) > 0
        return same * overlap(one[1].span, other[1].span)

    pairs = aligned(wanted, found, likeness)
    counts = {"overlap": Counts.paired(len(pairs), len(found), len(wanted))}
    return Outcome(counts, tuple(_role_faults(gold, wanted, found, pairs)))


def _participants(predicted: Annotation) -> Iterator[tuple[Bounds, Item]]:
    """Trigger and participant of each role that PropBank's two correspond to."""
    for event in predicted.get("events", []):
        for one in event.get("participants", []):
            if one["role"] in {"agent", "patient", "theme"} and "start" in one:
                yield bounds(event["trigger"]), Item(bounds(one), one["role"])


def _role_faults(
    gold: Annotation,
    wanted: Sequence[tuple[Bounds, Item]],
    found: Sequence[tuple[Bounds, Item]],
    pairs: dict[int, int],
) -> Iterator[Fault]:
    """Participants of no pair; those of one event and with overlapping spans have a wrong role."""
    taken = set(pairs.values())
    left = [one for i, one in enumerate(wanted) if i not in pairs]
    right = [one for j, one in enumerate(found) if j not in taken]
    crossed = aligned(left, right, lambda g, p: overlap(g[1].span, p[1].span) if overlap(g[0], p[0]) else 0.0)
    for i, (_, item) in enumerate(left):
        other = right[crossed[i]][1] if i in crossed else None
        yield fault(gold, "roles", "wrong-type" if other else "missed", item, other)
    used = set(crossed.values())
    yield from (fault(gold, "roles", "spurious", None, item) for j, (_, item) in enumerate(right) if j not in used)
