"""Annotations against gold: spans aligned one to one, F1 of each layer.

Both sides are JSON objects of the annotation format. A span counts without the quotation marks, punctuation and
leading "that" or "to" at its edges, a name without its article and its 's.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

EDGE = " \t\r\n\"'“”‘’.,;:!?—–-()"
SAME = 0.5
"""Overlap from which two mentions are the same one: an article or a title more or less stays above."""
CLOSE = 1e-3
"""Relative distance of two equal figures: two-thirds may be .667."""

Bounds = tuple[int, int]
Annotation = dict[str, Any]


class Counts(NamedTuple):
    """What agrees, what is predicted, what is gold."""

    right: int
    predicted: int
    gold: int

    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 1.0


def bounds(span: Annotation) -> Bounds:
    return span["start"], span["end"]


def trimmed(text: str, span: Annotation) -> Bounds:
    start, end = bounds(span)
    while True:
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip(EDGE))
        end = start + len(text[start:end].rstrip(EDGE))
        word = re.match(r"(?:that|to)\s+", text[start:end])
        if word is None:
            return start, end
        start += word.end()


def bare_name(text: str, span: Annotation) -> Bounds:
    start, end = bounds(span)
    article = re.match(r"(?:the|an?)\s+", text[start:end], re.IGNORECASE)
    start += article.end() if article else 0
    return start, end - 2 * text[start:end].endswith(("'s", "’s"))


def overlap(one: Bounds, other: Bounds) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / max(one[1] - one[0], other[1] - other[0], 1)


def pieces(text: str, claim: Annotation, part: str) -> list[Bounds]:
    found = claim.get(part) or []
    return [trimmed(text, span) for span in ([found] if isinstance(found, dict) else found)]


def hull(spans: Sequence[Bounds]) -> Bounds:
    return min(s[0] for s in spans), max(s[1] for s in spans)


def aligned(gold: Sequence[Any], predicted: Sequence[Any], score: Callable[[Any, Any], float]) -> dict[int, int]:
    """Gold index to predicted index, one to one, best scores first; nothing is paired at 0."""
    ranked = sorted((-score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    pairs: dict[int, int] = {}
    for negative, i, j in ranked:
        if negative < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def by_span(gold: Annotation, predicted: Annotation) -> float:
    return overlap(bounds(gold.get("trigger", gold)), bounds(predicted.get("trigger", predicted)))


def claim_likeness(text: str) -> Callable[[Annotation, Annotation], float]:
    """How much two claims share: 0 unless their contents overlap by half."""

    def likeness(gold: Annotation, predicted: Annotation) -> float:
        total = 0.0
        for part in ("content", "source", "cue"):
            g, p = pieces(text, gold, part), pieces(text, predicted, part)
            shared = overlap(hull(g), hull(p)) if g and p else 0.0
            if part == "content" and shared <= SAME:
                return 0.0
            total += shared
        return total

    return likeness


def entity_pairs(gold: Annotation, predicted: Annotation) -> tuple[dict[str, str], Counts]:
    """Gold entity to predicted entity by the mentions that they share, and the mentions that agree (CEAF-m).

    Predicted mentions count only where gold has one: gold annotates actors and places, not every noun phrase.
    """
    text = gold["text"]
    same = aligned(
        gold["mentions"],
        predicted["mentions"],
        lambda g, p: max(overlap(bare_name(text, g), bare_name(text, p)) - SAME, 0.0),
    )
    met = [(gold["mentions"][i]["entity"], predicted["mentions"][j]["entity"]) for i, j in same.items()]
    pairs: dict[str, str] = {}
    right = 0
    for (g, p), count in sorted(Counter(pair for pair in met if pair[1]).items(), key=lambda item: (-item[1], item[0])):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
            right += count
    return pairs, Counts(right, len(met), len(gold["mentions"]))


def agreement(gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> Counts:
    g, p = set(gold), set(predicted)
    return Counts(len(g & p), len(p), len(g))


def figure_agrees(gold: Annotation, predicted: Annotation) -> bool:
    """Whether two quantities say the same: value, upper bound, comparator, unit, rate."""
    pairs = [(gold[name], predicted.get(name)) for name in ("value", "upper")]
    near = all(g == p or (g and p and abs(g - p) <= CLOSE * abs(g)) for g, p in pairs)
    return bool(near) and all(gold[name] == predicted.get(name) for name in ("comparator", "unit", "per"))


def counts(gold: Annotation, predicted: Annotation) -> dict[str, Counts]:
    """Each layer of one article: what agrees, what was predicted, what is gold."""
    return dict(_claim_counts(gold, predicted)) | dict(_layer_counts(gold, predicted))


def _claim_counts(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    text = gold["text"]
    for part in ("source", "cue", "content"):
        sides = ({tuple(p) for c in side["claims"] if (p := pieces(text, c, part))} for side in (gold, predicted))
        yield f"claim {part}", agreement(*sides)
    pairs = aligned(gold["claims"], predicted["claims"], claim_likeness(text))
    yield "claims", Counts(len(pairs), len(predicted["claims"]), len(gold["claims"]))
    same, _ = entity_pairs(gold, predicted)
    met = [(gold["claims"][i]["source_entity"], predicted["claims"][j]["source_entity"]) for i, j in pairs.items()]
    speakers = sum(bool(g) and same.get(g) == p for g, p in met)
    yield (
        "speakers",
        Counts(speakers, sum(bool(p) for _, p in met), sum(bool(c["source_entity"]) for c in gold["claims"])),
    )


def _layer_counts(gold: Annotation, predicted: Annotation) -> Iterator[tuple[str, Counts]]:
    text, sides = gold["text"], (gold, predicted)
    names = ({(*bare_name(text, m), m["type"]) for m in s["mentions"] if m["kind"] == "name"} for s in sides)
    yield "names", agreement(*names)
    yield "actors", entity_pairs(gold, predicted)[1]
    keys = ("start", "end", "type", "value", "earliest", "latest")
    yield "times", agreement(*({tuple(t[key] for key in keys) for t in s["times"]} for s in sides))
    pairs = aligned(gold["quantities"], predicted["quantities"], by_span)
    right = sum(figure_agrees(gold["quantities"][i], predicted["quantities"][j]) for i, j in pairs.items())
    yield "quantities", Counts(right, len(predicted["quantities"]), len(gold["quantities"]))
    known = [e for e in predicted["events"] if e["type"] != "other"]
    pairs = aligned(gold["events"], known, by_span)
    yield "events", Counts(len(pairs), len(known), len(gold["events"]))
    typed = sum(gold["events"][i]["type"] == known[j]["type"] for i, j in pairs.items())
    yield "event kinds", Counts(typed, len(known), len(gold["events"]))


def figures(articles: Iterable[tuple[Annotation, Annotation]]) -> dict[str, float]:
    """F1 of each layer over all pairs of gold and prediction."""
    total: dict[str, list[int]] = {}
    for gold, predicted in articles:
        for layer, one in counts(gold, predicted).items():
            total[layer] = [a + b for a, b in zip(total.get(layer, (0, 0, 0)), one, strict=True)]
    return {layer: Counts(*three).f1() for layer, three in total.items()}
