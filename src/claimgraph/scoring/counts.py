"""Counts of what agrees, the figures made of them, and how far chance in the choice of documents moves these."""

from __future__ import annotations

import hashlib
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

RESAMPLES = 400
"""Resamples of an interval: its ends move by less than .002 from 400 to 2,000 on 900 documents."""
CHAIN_MEASURES = ("MUC", "B3", "CEAF-e")
"""Measures whose mean F1 is the CoNLL figure (Pradhan et al. 2012)."""


class Counts(NamedTuple):
    """How much of the prediction is right, and how much of gold is found.

    Where things are paired `right` and `found` are the same; chains of coreference have a share of each. A rate
    (`predicted` is None) has gold alone: how often something is right, of the times that gold has it.
    """

    right: float
    predicted: float | None
    found: float
    gold: float

    @classmethod
    def paired(cls, right: float, predicted: float, gold: float) -> Counts:
        """Counts of things that are paired one to one."""
        return cls(right, predicted, right, gold)

    @classmethod
    def agreeing(cls, gold: Collection[object], predicted: Collection[object]) -> Counts:
        """Counts of two sets, whose members agree when they are equal."""
        g, p = set(gold), set(predicted)
        return cls.paired(len(g & p), len(p), len(g))

    @classmethod
    def rate(cls, right: float, gold: float) -> Counts:
        """How often something is right."""
        return cls(0, None, right, gold)

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        """The counts of both."""
        predicted = None if self.predicted is None or other.predicted is None else self.predicted + other.predicted
        return Counts(self.right + other.right, predicted, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """The part of the prediction that is right; None for a rate."""
        return None if self.predicted is None else self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The part of gold that is found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def figure(self) -> float:
        """F1, or the rate.

        >>> Counts.paired(1, 2, 4).figure, Counts.rate(1, 4).figure
        (0.3333333333333333, 0.25)
        """
        p, r = self.precision, self.recall
        if p is None:
            return r
        return 2 * p * r / (p + r) if p + r else 0.0


def total(counts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The sum of each measure over documents (micro-average), measures in the order in which they are met."""
    sums: dict[str, Counts] = {}
    for document in counts:
        for measure, one in document.items():
            sums[measure] = sums[measure] + one if measure in sums else one
    return sums


def figures(totals: Mapping[str, Counts]) -> dict[str, float]:
    """The figure of each measure, and the CoNLL figure after those of which it is the mean."""
    found = {measure: counts.figure for measure, counts in totals.items()}
    if all(measure in found for measure in CHAIN_MEASURES):
        found["CoNLL"] = sum(found[measure] for measure in CHAIN_MEASURES) / len(CHAIN_MEASURES)
    return found


def intervals(documents: Sequence[tuple[str, Mapping[str, Counts]]]) -> dict[str, tuple[float, float]]:
    """The 95% interval of each figure over resampled documents; the same documents give the same interval.

    Poisson bootstrap: in each resample a document counts 0, 1, 2 ... times, by a hash of its id. Resamples that leave
    nothing to find tell nothing of a figure.
    """
    weights = list(zip(*(_weights(name) for name, _ in documents), strict=True))
    columns = {m: _columns([counts.get(m) for _, counts in documents]) for m in total(c for _, c in documents)}
    drawn: dict[str, list[float]] = {}
    for chosen in weights:
        totals = {measure: _weighted(chosen, column) for measure, column in columns.items()}
        for measure, figure in figures({m: counts for m, counts in totals.items() if counts.gold}).items():
            drawn.setdefault(measure, []).append(figure)
    return {measure: _middle(sorted(values)) for measure, values in drawn.items()}


def _weights(name: str) -> list[int]:
    """How often a document counts in each resample: Poisson of mean 1, drawn from a hash of its id."""
    bits = hashlib.shake_256(name.encode("utf-8", "surrogatepass")).digest(2 * RESAMPLES)
    draws = (int.from_bytes(bits[i : i + 2], "big") / 65536 for i in range(0, len(bits), 2))
    return [sum(draw >= limit for limit in _POISSON) for draw in draws]


_POISSON = (0.36788, 0.73576, 0.91970, 0.98101, 0.99634, 0.99941)
"""Probability of at most 0, 1, 2 ... of a Poisson distribution of mean 1."""


def _columns(counts: Sequence[Counts | None]) -> list[tuple[float, ...]] | list[tuple[float, ...] | None]:
    """The fields of the counts of all documents, a field at a time; None for what rates have not."""
    empty = Counts(0, 0, 0, 0)
    rows = [one or empty for one in counts]
    rate = any(one is not None and one.predicted is None for one in counts)
    fields = [tuple(row[i] or 0.0 for row in rows) for i in range(len(empty))]
    return [fields[0], None, *fields[2:]] if rate else fields


def _weighted(weights: Sequence[int], columns: Sequence[tuple[float, ...] | None]) -> Counts:
    """The counts of one resample."""
    sums = [None if column is None else sum(map(mul, weights, column)) for column in columns]
    return Counts(*sums)  # type: ignore[arg-type]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """What lies between the lowest and the highest fortieth."""
    edge = len(values) // 40
    return values[edge], values[-1 - edge]
