"""What is wrong, one by one: what is missed, what is spurious, what has a wrong edge, type or value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from claimgraph.scoring.spans import Annotation, Bounds, aligned, hull, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.scoring.counts import Counts

CONTEXT = 80
"""Characters on either side of an error that are shown with it: a sentence has 120 to 150."""

Kind = Literal["missed", "spurious", "wrong-edge", "wrong-type", "wrong-value"]


class Item(NamedTuple):
    """A span and what is said of it: a type, a value, an identifier."""

    span: Bounds
    label: str = ""


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item with the words that stand there."""

    start: int
    end: int
    text: str
    label: str = ""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One error: in which layer, of which kind, what gold has and what was predicted, in which surroundings."""

    layer: str
    kind: Kind
    gold: Words | None = None
    predicted: Words | None = None
    context: str = ""


class Outcome(NamedTuple):
    """One document compared: counts by measure, and each error."""

    counts: dict[str, Counts]
    faults: tuple[Fault, ...] = ()


def fault(document: Annotation, layer: str, kind: Kind, gold: Item | None, predicted: Item | None) -> Fault:
    """One error of a document."""
    sides = [None if one is None else _words(document, one) for one in (gold, predicted)]
    start, end = hull([one.span for one in (gold, predicted) if one is not None])
    around = document["text"][max(start - CONTEXT, 0) : end + CONTEXT]
    return Fault(layer=layer, kind=kind, gold=sides[0], predicted=sides[1], context=" ".join(around.split()))


def _words(document: Annotation, item: Item) -> Words:
    """The item with its words."""
    return Words(*item.span, document["text"][slice(*item.span)], item.label)


def find_faults(
    document: Annotation,
    layer: str,
    gold: Iterable[Item],
    predicted: Iterable[Item],
    *,
    differing: Kind = "wrong-type",
) -> Iterator[Fault]:
    """The errors of one layer: equal items are right, overlapping ones differ in label, else in edges.

    >>> text = {"text": "The mayor of Rome"}
    >>> [f.kind for f in find_faults(text, "names", [Item((13, 17), "LOC")], [Item((13, 17), "ORG")])]
    ['wrong-type']
    """
    g, p = set(gold), set(predicted)
    left, right = sorted(g - p), sorted(p - g)
    pairs = aligned(left, right, lambda one, other: overlap(one.span, other.span))
    for i, item in enumerate(left):
        if i not in pairs:
            yield fault(document, layer, "missed", item, None)
        else:
            other = right[pairs[i]]
            kind = differing if item.label != other.label else "wrong-edge"
            yield fault(document, layer, kind, item, other)
    taken = set(pairs.values())
    yield from (fault(document, layer, "spurious", None, item) for j, item in enumerate(right) if j not in taken)
