"""Where all nodes of a large network stand in the overview: forces on ever finer pictures of it, in O(n log n).

Neighbours are merged round the best linked nodes again and again (Walshaw 2003); the coarsest network is laid out first,
then each finer one from there. A node is pushed by those near it one cell of a grid at a time and by those further off as
ever larger squares (Barnes and Hut 1986; the squares of Greengard and Rokhlin 1987), and drawn by its links, with the
forces of Fruchterman and Reingold (1991), as in layout.py.

As in layout.py only operations that IEEE 754 defines exactly are used, and sums run in a fixed order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Integers: TypeAlias = NDArray[np.intp]

LENGTH = 30.0  # of a link between two nodes that have no other
GRAVITY = 0.1  # keeps arms from growing so long that the rest becomes small
PUSH = 0.3  # of what Fruchterman and Reingold have; a larger one draws leaves further from their node
COARSEST = 60  # nodes; fewer need no coarser picture
STEPS = 60  # of the finest level, and up to five times as many of coarser ones, where each costs less
TURN = (-0.7373688780783197, 0.6754902942615238)  # cosine and sine of the golden angle
LEAST = 4.0  # of a distance: nodes in one place do not burst apart
MOVED = 0.3  # of its side: how far the grid moves at most
FINEST = 8  # halvings of the square: 65,536 cells


class Level(NamedTuple):
    """A network: how many nodes, and the links, each once, from the lower to the higher number."""

    number: int
    start: Integers
    end: Integers


def spread(number: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A point for each of `number` nodes; `links` are pairs of node numbers.

    >>> [(x1, y1), (x2, y2)] = spread(2, [(0, 1)])
    >>> 10 < ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 < 60
    True

    Parts without a link to each other lie in rows, the largest above.
    """
    points = np.zeros((number, 2))
    below = _Rows()
    for part in _parts(number, links):
        points[part] = below.put(_of_part(part, links) if len(part) > COARSEST else _sunflower(len(part)))
    return [(round(x), round(y)) for x, y in points.tolist()]


def _parts(number: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The nodes that links join, the largest part first; in each part the best linked first, then who is linked to it."""
    neighbours = _neighbours(number, links)
    seen, parts = [False] * number, []
    for node in sorted(range(number), key=lambda node: (-len(neighbours[node]), node)):
        part = [] if seen[node] else [node]
        seen[node] = True
        for member in part:  # grows meanwhile
            fresh = [other for other in neighbours[member] if not seen[other]]
            for other in fresh:
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        parts += [part] if part else []
    return sorted(parts, key=lambda part: -len(part))


def _neighbours(number: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """For each node the others that it has links to."""
    neighbours: list[list[int]] = [[] for _ in range(number)]
    for start, end in links:
        if start != end:
            neighbours[start].append(end)
            neighbours[end].append(start)
    return neighbours


class _Rows:
    """Rows of drawings, as wide as the first of them."""

    def __init__(self) -> None:
        self.width = self.x = self.y = self.height = 0.0

    def put(self, drawn: Floats) -> Floats:
        """The points of a drawing, moved to the next free place."""
        low, high = drawn.min(axis=0) - LENGTH / 2, drawn.max(axis=0) + LENGTH / 2
        wide, tall = (high - low).tolist()
        self.width = self.width or max(wide, LENGTH * 20)
        if self.x and self.x + wide > self.width:
            self.x, self.y, self.height = 0.0, self.y + self.height, 0.0
        moved: Floats = drawn - low + (self.x, self.y)
        self.x, self.height = self.x + wide, max(self.height, tall)
        return moved


def _of_part(part: Sequence[int], links: Sequence[tuple[int, int]]) -> Floats:
    """Where the nodes of one part stand."""
    inner = {node: index for index, node in enumerate(part)}
    pairs = np.array([(inner[a], inner[b]) for a, b in links if a in inner], dtype=np.intp)
    level = _once(pairs[:, 0], pairs[:, 1], len(part))
    levels, parents = [level], []
    while level.number > COARSEST:
        parents.append(_merge(level))
        level = _once(parents[-1][level.start], parents[-1][level.end], int(parents[-1].max()) + 1)
        levels.append(level)
    points = _settle(levels.pop(), _sunflower(level.number), heat=LENGTH * 4)
    while levels:
        points = _settle(levels.pop(), _unfold(points, parents.pop()), heat=LENGTH * 2)
    return points


def _once(start: Integers, end: Integers, number: int) -> Level:
    """A network with each link once, without those from a node to itself."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    codes = np.unique((low * number + high)[low != high])
    return Level(number, codes // number, codes % number)


def _merge(level: Level) -> Integers:
    """For each node the number of the merged one: the best linked takes its neighbours, then the next that is free."""
    ends = zip(level.start.tolist(), level.end.tolist(), strict=True)
    neighbours = _neighbours(level.number, ends)
    parent = [-1] * len(neighbours)
    merged = 0
    for node in sorted(range(len(neighbours)), key=lambda node: (-len(neighbours[node]), node)):
        if parent[node] < 0:
            for other in (node, *neighbours[node]):
                parent[other] = merged if parent[other] < 0 else parent[other]
            merged += 1
    return np.array(parent, dtype=np.intp)


def _unfold(points: Floats, parent: Integers) -> Floats:
    """The members of each merged node round its place."""
    order = np.argsort(parent, kind="stable")
    sizes = np.bincount(parent, minlength=len(points))
    rank = np.empty(len(parent), dtype=np.intp)
    rank[order] = np.arange(len(parent)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    room = math.sqrt(len(parent) / len(points))
    unfolded: Floats = points[parent] * room + _sunflower(int(sizes.max()))[rank]
    return unfolded


def _sunflower(number: int) -> Floats:
    """Points on a spiral, none beside another."""
    x, y, points = 1.0, 0.0, []
    for index in range(number):
        reach = LENGTH / 2 * math.sqrt(index)
        points.append((x * reach, y * reach))
        x, y = x * TURN[0] - y * TURN[1], x * TURN[1] + y * TURN[0]
    return np.array(points).reshape(-1, 2)


def _settle(level: Level, points: Floats, *, heat: float) -> Floats:
    """Where forces bring the nodes from these points; at first a node moves by `heat` at most."""
    steps = min(max(STEPS, 200_000 // len(points)), 5 * STEPS)
    for step in range(steps):
        force = PUSH * _push(points, shift=(step * 0.618034) % 1.0)
        force += _pull(points, level) - GRAVITY * points
        length = np.maximum(np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]), 1e-9)
        cooled = heat * (1 - step / steps)
        points = points + force * (np.minimum(length, cooled) / length)[:, None]
    return points


def _pull(points: Floats, level: Level) -> Floats:
    """What draws linked nodes together: the squared distance over LENGTH."""
    along = points[level.end] - points[level.start]
    along *= (np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1]) / LENGTH)[:, None]
    number = len(points)
    axes = [
        np.bincount(level.start, a, minlength=number) - np.bincount(level.end, a, minlength=number) for a in along.T
    ]
    return np.stack(axes, axis=1)


def _push(points: Floats, *, shift: float) -> Floats:
    """What pushes each node away from all others: LENGTH squared over the distance.

    `shift`, from 0 to 1, moves the grid, so that over the steps no line of it leaves a trace.
    """
    halvings = min(FINEST, max(2, (2 * len(points)).bit_length() // 2 + 1))
    side = 2**halvings
    low = points.min(axis=0)
    extent = max(float((points.max(axis=0) - low).max()), 1.0)
    moved = (points - low) / extent + (MOVED * shift, MOVED * ((shift * 3) % 1.0))
    cells = np.minimum((moved * (side / (1 + MOVED))).astype(np.intp), side - 1)
    flat = cells[:, 0] * side + cells[:, 1]
    weights = (np.ones(len(points)), points[:, 0], points[:, 1])
    counted = (np.asarray(np.bincount(flat, weight, side * side), dtype=np.float64) for weight in weights)
    sums = [count.reshape(side, side) for count in counted]
    far = np.stack([axis.ravel()[flat] for axis in _field(sums)], axis=1)
    pushed: Floats = LENGTH * LENGTH * (_near(points, cells, sums) + far)
    return pushed


def _field(sums: list[Floats]) -> tuple[Floats, Floats]:
    """For each cell the push of all that is not in it or beside it: each square that is near enough to matter at its size."""
    side = sums[0].shape[0]
    if side <= 2:
        return np.zeros((side, side)), np.zeros((side, side))
    halves = [s[0::2, 0::2] + s[1::2, 0::2] + s[0::2, 1::2] + s[1::2, 1::2] for s in sums]
    x, y = (np.repeat(np.repeat(axis, 2, axis=0), 2, axis=1) for axis in _field(halves))
    mass = np.maximum(sums[0], 1e-12)
    middle_x, middle_y = sums[1] / mass, sums[2] / mass
    for dx in range(-3, 4):
        for dy in range(-3, 4):
            if max(abs(dx), abs(dy)) > 1:
                _add_square(x, y, sums[0], middle_x, middle_y, dx, dy)
    return x, y


def _add_square(x: Floats, y: Floats, mass: Floats, middle_x: Floats, middle_y: Floats, dx: int, dy: int) -> None:
    """Nothing; each cell's push has that of the cell at (dx, dy) from it, if both are children of neighbours."""
    (to_x, from_x), (to_y, from_y) = _pairs(dx, len(x)), _pairs(dy, len(x))
    away_x = middle_x[to_x, to_y] - middle_x[from_x, from_y]
    away_y = middle_y[to_x, to_y] - middle_y[from_x, from_y]
    strength = mass[from_x, from_y] / np.maximum(away_x * away_x + away_y * away_y, 1e-9)
    x[to_x, to_y] += away_x * strength
    y[to_x, to_y] += away_y * strength


def _pairs(offset: int, side: int) -> tuple[slice, slice]:
    """The rows that have a row at `offset` whose parent is a neighbour of their own, and these rows."""
    step = 2 if abs(offset) == 3 else 1
    first = max(0, -offset)  # an odd row for -3, an even one for 3
    last = min(side, side - offset)
    return slice(first, last, step), slice(first + offset, last + offset, step)


def _near(points: Floats, cells: Integers, sums: list[Floats]) -> Floats:
    """The push of a node's own cell and of the eight round it, each as one; the node itself does not count."""
    padded = [np.pad(s, 1) for s in sums]
    push = np.zeros_like(points)
    for dx in (0, 1, 2):
        for dy in (0, 1, 2):
            mass, at_x, at_y = (s[cells[:, 0] + dx, cells[:, 1] + dy] for s in padded)
            if dx == dy == 1:
                mass, at_x, at_y = mass - 1.0, at_x - points[:, 0], at_y - points[:, 1]
            away_x, away_y = points[:, 0] * mass - at_x, points[:, 1] * mass - at_y  # from its middle, times its mass
            squared = np.maximum(away_x * away_x + away_y * away_y, mass * mass * LEAST * LEAST)
            strength = mass * mass / np.where(mass > 0, squared, 1.0)
            push += np.stack([away_x * strength, away_y * strength], axis=1)
    return push
