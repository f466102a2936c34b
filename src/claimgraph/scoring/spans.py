"""Spans of gold and prediction: what stands for the same words, and which of one side is which of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Bounds = tuple[int, int]
Annotation = dict[str, Any]

EDGE = " \t\n\r\"'“”‘’«».,;:!?—–-()[]`"
"""What annotators leave in or out at will at the edge of what is said."""
SAME = 0.5
"""Overlap above which two mentions are the same one: an article or a title more or less stays above."""


def bounds(span: Any) -> Bounds:
    """Start and end of a span, written as an object with these fields or as a pair."""
    return (span["start"], span["end"]) if isinstance(span, dict) else (span[0], span[1])


def spans(value: Any) -> list[Bounds]:
    """The spans of a field that holds none, one or several.

    >>> spans(None), spans([3, 5]), spans([[3, 5], [8, 9]])
    ([], [(3, 5)], [(3, 5), (8, 9)])
    """
    if not value:
        return []
    several = isinstance(value, (list, tuple)) and not isinstance(value[0], int)
    return [bounds(span) for span in (value if several else [value])]


def scope(document: Annotation) -> Bounds:
    """The part of the document inside which its gold is complete."""
    if document.get("scope_end"):
        return 0, document["scope_end"]
    start, end = document.get("scope") or (0, len(document["text"]))
    return start, end


def inside(span: Bounds, document: Annotation) -> bool:
    """Whether the span begins where gold is complete."""
    start, end = scope(document)
    return start <= span[0] < end


def trimmed(text: str, span: Bounds) -> Bounds:
    """The span without quotation marks, punctuation, white space and a leading "that" or "to", in any order.

    >>> text = 'that "it rained."'
    >>> trimmed(text, (0, len(text)))
    (6, 15)
    """
    start, end = span
    while True:
        words = text[start:end]
        start += len(words) - len(words.lstrip(EDGE))
        end = start + len(words.strip(EDGE))
        opening = re.match(r"(?:that|to)\s+", text[start:end])
        if opening is None:
            return start, end
        start += opening.end()


def bare_name(text: str, span: Bounds) -> Bounds:
    """The span of a name without its article and its 's."""
    start, end = span
    article = re.match(r"(?:the|an?)\s+", text[start:end], re.IGNORECASE)
    start += article.end() if article else 0
    return start, end - 2 * text[start:end].endswith(("'s", "’s"))


def overlap(one: Bounds, other: Bounds) -> float:
    """Shared characters over those of the longer span."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / max(one[1] - one[0], other[1] - other[0], 1)


def hull(pieces: Sequence[Bounds]) -> Bounds:
    """From the first start to the last end."""
    return min(start for start, _ in pieces), max(end for _, end in pieces)


def aligned(gold: Sequence[Any], predicted: Sequence[Any], score: Callable[[Any, Any], float]) -> dict[int, int]:
    """Index in gold to index in predicted, one to one, best scores first, then in order; nothing is paired at 0.

    >>> aligned([(0, 4), (5, 9)], [(6, 9), (0, 4)], overlap)
    {0: 1, 1: 0}
    """
    ranked = sorted(
        (-value, i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if (value := score(g, p)) > 0
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
