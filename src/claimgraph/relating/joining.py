"""Which sets of numbers are alike, among many: pairs by Jaccard's index, exactly, without comparing each with each.

    sets -> their rarest numbers, each with the sets that have it -> pairs that can be alike -> pairs that are

Two sets that are alike have one of their rarest numbers in common (prefix filtering: Chaudhuri et al., "A Primitive
Operator for Similarity Joins in Data Cleaning", ICDE 2006); its place in both tells how many more they can share (Xiao et
al., "Efficient Similarity Joins for Near Duplicate Detection", WWW 2008), and so do short signatures of both (Sandes et
al., "Bitmap Filter", 2020). The sets of one number are compared by themselves: so workers can do it, some numbers each.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec
import numpy as np

from claimgraph.workers import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from claimgraph.workers import Workers

    Numbers: TypeAlias = NDArray[np.int64]

AT_ONCE = 500_000
"""Pairs that are looked at together: some tens of megabytes."""
SHARE = 10_000
"""Sets a worker is sent together: their pairs take it longer than the sending."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""Multiplier that spreads numbers over bits (Knuth, vol. 3, 6.4)."""
WIDTH = 4
"""Numbers of 64 bits in a signature: of thirty numbers hardly two are then on one bit."""
ROUNDED = 1e-9
"""What a product of floats may be too large by."""


class Sets(NamedTuple):
    """Sets, the smallest first: the place of each among all, its group, its size; `numbers` are what each holds, the rarest first."""

    places: Numbers
    groups: Numbers
    sizes: Numbers
    numbers: Numbers

    @property
    def starts(self) -> Numbers:
        """Where in `numbers` each set begins."""
        return np.cumsum(self.sizes) - self.sizes

    def some(self, wanted: NDArray[np.bool_]) -> Sets:
        """Only the sets that are wanted."""
        held = np.repeat(wanted, self.sizes)
        return Sets(self.places[wanted], self.groups[wanted], self.sizes[wanted], self.numbers[held])


class Entries(NamedTuple):
    """The rarest numbers of sets: the number, whose it is, and at which place of it."""

    numbers: Numbers
    owners: Numbers
    at: Numbers


def alike(
    sets: Sequence[Sequence[int]], groups: Sequence[int], *, least: float, workers: Workers | None = None
) -> list[tuple[int, int]]:
    """The places of each two sets of different groups of which Jaccard's index is at least `least`, in order.

    >>> alike([[1, 2, 3], [7, 8], [1, 2, 3, 4], [1, 2, 3]], [0, 0, 1, 0], least=0.7)
    [(0, 2), (2, 3)]
    """
    ordered = _ordered(sets, groups)
    if workers is None:
        return sorted(_pairs(ordered, _entries(ordered, least), least))
    count = len(sets) // SHARE + 1
    found = spread(workers, partial(_join_part, least=least), _parts(ordered, _entries(ordered, least), count))
    return sorted({pair for done in found for pair in done})


def _parts(sets: Sets, entries: Entries, count: int) -> Iterator[bytes]:
    """The sets for each of so many workers: those that have one of its numbers among their rarest."""
    for rest in range(count):
        wanted = np.zeros(len(sets.sizes), dtype=np.bool_)
        wanted[entries.owners[entries.numbers % count == rest]] = True
        arrays = [array.astype(np.int32).tobytes() for array in sets.some(wanted)]
        yield msgspec.msgpack.encode((arrays, count, rest))


def _join_part(part: bytes, *, least: float) -> list[tuple[int, int]]:
    arrays, count, rest = msgspec.msgpack.decode(part, type=tuple[list[bytes], int, int])
    sets = Sets(*(np.frombuffer(array, dtype=np.int32).astype(np.int64) for array in arrays))
    entries = _entries(sets, least)
    mine = entries.numbers % count == rest
    return sorted(_pairs(sets, Entries(*(array[mine] for array in entries)), least))


def _ordered(sets: Sequence[Sequence[int]], groups: Sequence[int]) -> Sets:
    """The sets in their order, their numbers replaced by ranks: the rarest is 0."""
    sizes = np.fromiter(map(len, sets), dtype=np.int64, count=len(sets))
    numbers = np.fromiter((number for held in sets for number in held), dtype=np.int64, count=int(sizes.sum()))
    often = np.bincount(numbers)
    rank = np.empty_like(often)
    rank[np.argsort(often, kind="stable")] = np.arange(len(often))
    owners = np.repeat(np.arange(len(sets)), sizes)
    inside = np.lexsort((rank[numbers], owners, sizes[owners]))
    places = np.argsort(sizes, kind="stable")
    return Sets(places, np.asarray(groups, dtype=np.int64)[places], sizes[places], rank[numbers][inside])


def _entries(sets: Sets, least: float) -> Entries:
    """The numbers of each set of which it shares one with all that are as large or smaller and alike."""
    owners = np.repeat(np.arange(len(sets.sizes)), sets.sizes)
    at = np.arange(len(owners)) - sets.starts[owners]
    rarest = at < _rarest(sets.sizes, least)[owners]
    return Entries(sets.numbers[rarest], owners[rarest], at[rarest])


def _rarest(sizes: Numbers, share: float) -> Numbers:
    """How many of the rarest numbers of sets leave less than a share of the whole."""
    fewest: Numbers = np.ceil(share * sizes - ROUNDED).astype(np.int64)
    return sizes - fewest + 1


def _pairs(sets: Sets, entries: Entries, least: float) -> set[tuple[int, int]]:
    """The places of the sets that are alike and share one of these entries."""
    signatures, starts, found = _signatures(sets), sets.starts, set()
    for one, other in _promising(sets, entries, signatures, least):
        for a, b in np.unique(np.stack((one, other), axis=1), axis=0).tolist():
            x, y = (set(sets.numbers[starts[i] : starts[i] + sets.sizes[i]].tolist()) for i in (a, b))
            if len(x & y) / len(x | y) >= least:
                found.add((int(min(sets.places[a], sets.places[b])), int(max(sets.places[a], sets.places[b]))))
    return found


def _signatures(sets: Sets) -> NDArray[np.uint64]:
    """For each set the bits that its numbers are spread over."""
    bits = (sets.numbers.astype(np.uint64) * GOLDEN) >> np.uint64(64 - 8)
    signatures = np.zeros((len(sets.sizes), WIDTH), dtype=np.uint64)
    owners = np.repeat(np.arange(len(sets.sizes)), sets.sizes)
    np.bitwise_or.at(signatures, (owners, bits >> np.uint64(6)), np.uint64(1) << (bits & np.uint64(63)))
    return signatures


def _promising(
    sets: Sets, entries: Entries, signatures: NDArray[np.uint64], least: float
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of sets that can be alike by size, place of the number and signature."""
    fewer = _rarest(sets.sizes, 2 * least / (1 + least))
    for later, earlier in _together(entries):
        one, other = entries.owners[later], entries.owners[earlier]
        sizes, others = sets.sizes[one], sets.sizes[other]
        most = np.minimum(sizes - entries.at[later], others - entries.at[earlier])  # that they share, from here on
        needed = np.ceil(least / (1 + least) * (sizes + others) - ROUNDED)
        can = (others >= least * sizes - ROUNDED) & (most >= needed) & (entries.at[earlier] < fewer[other])
        can &= sets.groups[one] != sets.groups[other]
        one, other, needed = one[can], other[can], needed[can]
        apart = np.bitwise_count(signatures[one] ^ signatures[other]).sum(axis=1, dtype=np.int64)
        can = sets.sizes[one] + sets.sizes[other] - apart >= 2 * needed
        yield one[can], other[can]


def _together(entries: Entries) -> Iterator[tuple[Numbers, Numbers]]:
    """Each two entries of one number, the one of the larger set first, AT_ONCE at a time."""
    order = np.lexsort((entries.owners, entries.numbers))
    _, begins, counts = np.unique(entries.numbers[order], return_index=True, return_counts=True)
    for count in np.unique(counts[counts > 1]).tolist():
        held = begins[counts == count]
        for later, earlier in _two_of(count):
            some = max(1, AT_ONCE // len(later))
            for start in range(0, len(held), some):
                first = held[start : start + some, None]
                yield order[(first + later).ravel()], order[(first + earlier).ravel()]


def _two_of(count: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Each two of so many things, the later one first, AT_ONCE at a time."""
    step = max(1, AT_ONCE // count)
    for start in range(1, count, step):
        rows = np.arange(start, min(start + step, count))
        later = np.repeat(rows, rows)
        yield later, np.arange(len(later)) - np.repeat(np.cumsum(rows) - rows, rows)
