"""What to show of much: each next that adds most to what is shown already."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEETING = 1.5  # what a claim gains for each claim that it meets: a contradiction is worth a name and a half


def gaining(
    joins: Mapping[str, set[str]], meets: Mapping[str, int], sizes: Mapping[str, int] | None = None
) -> Iterator[str]:
    """What joins some names, in the order of what each gains: each name less where others have it, and whom it meets.

    With `sizes` it is what each gains for its size. What one gains only falls as others are taken, so one that still has
    the most when it is counted again needs no comparison with the rest (the lazy greedy choice of Minoux, 1978).
    """
    told: Counter[str] = Counter()

    def gain(iri: str) -> float:
        """What one adds now."""
        names = sum(1 / (1 + told[name]) for name in sorted(joins[iri]))
        return (names + MEETING * min(meets[iri], 2)) / (sizes[iri] if sizes else 1)

    waiting = [(-gain(iri), iri) for iri, joined in joins.items() if joined]
    heapq.heapify(waiting)
    while waiting:
        _, iri = heapq.heappop(waiting)
        again = -gain(iri)
        if waiting and (again, iri) > waiting[0]:
            heapq.heappush(waiting, (again, iri))
            continue
        yield iri
        told.update(joins[iri])
