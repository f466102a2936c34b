"""Articles annotated whole: claims, speakers, names, actors, times, quantities and events of one text.

Gold is written in the annotation format itself, or has `actors` with their mentions where no other layer of entities
is annotated.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from claimgraph.scoring.claims import PARTS, compare_claims
from claimgraph.scoring.counts import Counts
from claimgraph.scoring.faults import Fault, Item, Outcome, find_faults
from claimgraph.scoring.spans import (
    SAME,
    Annotation,
    Bounds,
    aligned,
    bare_name,
    bounds,
    hull,
    inside,
    overlap,
    spans,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CLOSE = 1e-3
"""Relative distance of two equal figures: two-thirds may be .667."""
TIME_FIELDS = ("type", "value", "earliest", "latest")


def compare_article(gold: Annotation, predicted: Annotation) -> Outcome:
    """Every layer that the gold article has."""
    claims = compare_claims(gold, predicted)
    counts = claims.counts | {"actors": entity_pairs(gold, predicted)[1]} | dict(_spans_and_values(gold, predicted))
    if "entities" not in gold:
        return Outcome(counts, claims.faults)
    counts |= dict(_exact_layers(gold, predicted))
    return Outcome(counts, (*claims.faults, *_faults(gold, predicted)))


def by_span(gold: Annotation, predicted: Annotation) -> float:
    """Overlap of two entries, of events that of their triggers."""
    return overlap(bounds(gold.get("trigger", gold)), bounds(predicted.get("trigger", predicted)))


def pieces(text: str, claim: Annotation, part: str) -> list[Bounds]:
    """The spans of a claim's part, trimmed."""
    return [trimmed(text, span) for span in spans(claim.get(part))]


def claim_likeness(text: str) -> Callable[[Annotation, Annotation], float]:
    """A function that tells how much two claims share: 0 unless their contents overlap by half."""

    def likeness(gold: Annotation, predicted: Annotation) -> float:
        """What the parts share."""
        sides = {part: (pieces(text, gold, part), pieces(text, predicted, part)) for part in PARTS}
        shared = {part: overlap(hull(g), hull(p)) if g and p else 0.0 for part, (g, p) in sides.items()}
        return sum(shared.values()) if shared["content"] > SAME else 0.0

    return likeness


def entity_pairs(gold: Annotation, predicted: Annotation) -> tuple[dict[str, str], Counts]:
    """Gold entity to predicted entity by the mentions that they share, and the mentions that agree (CEAF-m).

    Predicted mentions count only where gold has one: gold annotates actors and places, not every noun phrase.
    """
    text, ours = gold["text"], _actor_mentions(gold)
    theirs = [(bare_name(text, bounds(m)), m["entity"]) for m in predicted.get("mentions", []) if m.get("entity")]
    same = aligned(ours, theirs, lambda g, p: max(overlap(g[0], p[0]) - SAME, 0.0))
    met = Counter((ours[i][1], theirs[j][1]) for i, j in same.items())
    pairs: dict[str, str] = {}
    right = 0
    for (one, other), shared in sorted(met.items(), key=lambda item: (-item[1], item[0])):
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
            right += shared
    return pairs, Counts.paired(right, len(same), len(ours))


def _actor_mentions(gold: Annotation) -> list[tuple[Bounds, str]]:
    """Bare span and entity of each gold mention."""
    actors = [(m, str(i)) for i, actor in enumerate(gold.get("actors", [])) for m in actor["mentions"]]
    mentions = actors or [(m, m["entity"]) for m in gold.get("mentions", [])]
    return [(bare_name(gold["text"], bounds(mention)), entity) for mention, entity in mentions]


def figure_agrees(gold: Annotation, predicted: Annotation) -> bool:
    """Whether two quantities say the same: value, upper bound, comparator, unit, rate."""
    sides = [(gold[name], predicted.get(name)) for name in ("value", "upper")]
    near = all(g == p or (g and p and abs(g - p) <= CLOSE * abs(g)) for g, p in sides)
    return bool(near) and all(gold[name] == predicted.get(name) for name in ("comparator", "unit", "per"))


def _spans_and_values(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    """Times and quantities by overlapping spans, how many of them say the right thing, and triggers found."""
    for layer in ("times", "quantities"):
        theirs = [one for one in predicted.get(layer, []) if inside(bounds(one), gold)]
        pairs = aligned(gold[layer], theirs, by_span)
        yield f"{layer} overlap", Counts.paired(len(pairs), len(theirs), len(gold[layer]))
        met = [(one, theirs[pairs[i]] if i in pairs else None) for i, one in enumerate(gold[layer])]
        yield from _resolved(met) if layer == "times" else _valued(met)
    triggers = [e for e in predicted.get("events", []) if inside(bounds(e["trigger"]), gold)]
    yield "event trigger", Counts.rate(len(aligned(gold["events"], triggers, by_span)), len(gold["events"]))


Met = list[tuple[Annotation, Annotation | None]]
"""Entries of gold with the prediction that overlaps."""


def _resolved(met: Met) -> Iterator[tuple[str, Counts]]:
    """How many times have the right days."""
    days = [
        [[_day(one, end) for end in ("earliest", "latest")] for one in pair if one]
        for pair in met
        if not pair[0].get("recurring")
    ]
    yield "time resolved", Counts.rate(sum(len(sides) == 2 and sides[0] == sides[1] for sides in days), len(days))


def _day(time: Annotation, end: str) -> str:
    """The ISO day of one end of a time."""
    return str(time.get(end) or "")[:10]


def _valued(met: Met) -> Iterator[tuple[str, Counts]]:
    """How many quantities have the right value, and the right comparator."""
    both = [(g, p) for g, p in met if p is not None]
    near = [(float(p["value"]), g["value"]) for g, p in both if p.get("value") is not None and g["value"] is not None]
    yield "quantity value", Counts.rate(sum(abs(p - g) <= 1e-6 * max(1, abs(g)) for p, g in near), len(met))
    signs = sum(p.get("comparator", "=") in {g["comparator"], g.get("alt_comparator")} for g, p in both)
    yield "quantity comparator", Counts.rate(signs, len(met))


def _exact_layers(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    """The layers of gold in the annotation format, nested claims and all, right only where everything agrees."""
    yield from _exact_claims(gold, predicted)
    yield "names", Counts.agreeing(_names(gold, gold), _names(gold, predicted))
    yield (
        "times",
        Counts.agreeing(*({(bounds(t), *(t[f] for f in TIME_FIELDS)) for t in s["times"]} for s in (gold, predicted))),
    )
    pairs = aligned(gold["quantities"], predicted["quantities"], by_span)
    right = sum(figure_agrees(gold["quantities"][i], predicted["quantities"][j]) for i, j in pairs.items())
    yield "quantities", Counts.paired(right, len(predicted["quantities"]), len(gold["quantities"]))
    known = [e for e in predicted["events"] if e["type"] != "other"]
    pairs = aligned(gold["events"], known, by_span)
    yield "events", Counts.paired(len(pairs), len(known), len(gold["events"]))
    typed = sum(gold["events"][i]["type"] == known[j]["type"] for i, j in pairs.items())
    yield "event kinds", Counts.paired(typed, len(known), len(gold["events"]))


def _exact_claims(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    """Each part with all its pieces, claims of the same content, and their speakers."""
    text, sides = gold["text"], (gold["claims"], predicted["claims"])
    for part in PARTS:
        yield f"claim {part}", Counts.agreeing(*({tuple(p) for c in s if (p := pieces(text, c, part))} for s in sides))
    pairs = aligned(*sides, claim_likeness(text))
    yield "claims", Counts.paired(len(pairs), len(sides[1]), len(sides[0]))
    same, _ = entity_pairs(gold, predicted)
    met = [(sides[0][i]["source_entity"], sides[1][j]["source_entity"]) for i, j in pairs.items()]
    right = sum(bool(g) and same.get(g) == p for g, p in met)
    yield (
        "speakers",
        Counts.paired(right, sum(bool(p) for _, p in met), sum(bool(c["source_entity"]) for c in sides[0])),
    )


def _names(gold: Annotation, side: Annotation) -> set[Item]:
    """Bare spans and types of the names."""
    return {Item(bare_name(gold["text"], bounds(m)), m["type"]) for m in side["mentions"] if m["kind"] == "name"}


def _faults(gold: Annotation, predicted: Annotation) -> Iterator[Fault]:
    """The errors of all layers but the claims'."""
    yield from find_faults(gold, "names", _names(gold, gold), _names(gold, predicted))
    for layer, label in (("times", _time_label), ("quantities", _figure_label)):
        sides = ([Item(bounds(one), label(one)) for one in side[layer]] for side in (gold, predicted))
        yield from find_faults(gold, layer, *sides, differing="wrong-value")
    known: list[Sequence[Annotation]] = [gold["events"], [e for e in predicted["events"] if e["type"] != "other"]]
    yield from find_faults(gold, "events", *([Item(bounds(e["trigger"]), e["type"]) for e in side] for side in known))


def _time_label(time: Annotation) -> str:
    """What a time says."""
    return str(time["value"])


def _figure_label(quantity: Annotation) -> str:
    """What a quantity says, in one line."""
    return " ".join(str(quantity.get(name)) for name in ("comparator", "value", "unit"))
