"""Where the nodes stand: a force-directed layout that is the same at every run and on every machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

SPRING = 95.0  # length of a link at rest: two labels of four words fit side by side in the first view of 50 nodes
STEPS = 350  # beyond it nothing moves by more than a pixel on networks of 300 nodes
WIDENING = 1.12  # the stage beside the panel is wider than high; gravity pulls less along x
GRAVITY = 1.6  # parts without a link to each other come to lie beside the rest, not far out
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
LABEL_HEIGHT = 16.0
ROW = 52.0  # height of a row of nodes without links: shape, label and air
NARROWEST = 700.0  # of such rows
UNTANGLING = 80  # rounds of pushing apart what overlaps


def place(links: Sequence[tuple[int, int]], widths: Sequence[float]) -> list[tuple[int, int]]:
    """A point for each node; `links` are pairs of node numbers, `widths` how wide each is with its label.

    >>> place([(0, 1)], [20.0, 20.0]) == place([(0, 1)], [20.0, 20.0])
    True

    Nodes with links lie as forces draw them, those without stand in rows below, where they do not blur the picture.
    """
    linked = sorted({node for link in links for node in link})
    order = {node: index for index, node in enumerate(linked)}
    drawn = _settle([(order[start], order[end]) for start, end in links], [widths[node] for node in linked])
    points = dict(zip(linked, drawn, strict=True))
    alone = [node for node in range(len(widths)) if node not in order]
    points |= dict(zip(alone, _rows([widths[node] for node in alone], drawn), strict=True))
    return [points[node] for node in range(len(widths))]


def _settle(links: Sequence[tuple[int, int]], widths: Sequence[float]) -> list[tuple[int, int]]:
    """Where forces bring linked nodes.

    Fruchterman and Reingold's forces (1991), from a sunflower of seeds as start instead of random points. Only
    operations that IEEE 754 defines exactly are used, and sums run along the first axis, row by row: so the points
    do not depend on a processor's vector width.
    """
    if not widths:
        return []
    points = _sunflower(len(widths))
    ends = np.array(links, dtype=np.intp).reshape(-1, 2)
    heat = SPRING * math.sqrt(len(widths)) / 4
    for step in range(STEPS):
        force = _repulsion(points) + _attraction(points, ends) - points * (GRAVITY / WIDENING, GRAVITY * WIDENING)
        length = np.maximum(np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2), 1e-9)
        cooled = heat * (1 - step / STEPS)
        points = points + force * (np.minimum(length, cooled) / length)[:, None]
    points = _pull_apart(points, np.array(widths))
    return [(round(float(x)), round(float(y))) for x, y in points]


def _rows(widths: Sequence[float], above: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Points in rows below what is drawn above, as wide as that."""
    left, right = min((x for x, _ in above), default=0), max((x for x, _ in above), default=0)
    edge = max(right, left + NARROWEST)
    x, y = float(left), float(max((y for _, y in above), default=0)) + 1.5 * ROW
    points = []
    for width in widths:
        if x > left and x + width > edge:
            x, y = float(left), y + ROW
        points.append((round(x + width / 2), round(y)))
        x += width + LABEL_HEIGHT
    return points


def _sunflower(number: int) -> Floats:
    """Points on a spiral, none beside another."""
    turns = [i * GOLDEN_ANGLE for i in range(number)]
    reach = [SPRING * math.sqrt(i + 0.5) for i in range(number)]
    return np.array([(r * math.cos(t), r * math.sin(t)) for r, t in zip(reach, turns, strict=True)])


def _repulsion(points: Floats) -> Floats:
    """What pushes each node away from all others: SPRING squared over the distance."""
    away = points[None, :, :] - points[:, None, :]
    squared = np.maximum(away[:, :, 0] ** 2 + away[:, :, 1] ** 2, 1.0)
    push: Floats = (away * (SPRING * SPRING / squared)[:, :, None]).sum(axis=0)
    return push


def _attraction(points: Floats, ends: NDArray[np.intp]) -> Floats:
    """What draws linked nodes together: the squared distance over SPRING."""
    pull = np.zeros_like(points)
    if not len(ends):
        return pull
    along = points[ends[:, 1]] - points[ends[:, 0]]
    strength = along * (np.sqrt(along[:, 0] ** 2 + along[:, 1] ** 2) / SPRING)[:, None]
    np.add.at(pull, ends[:, 0], strength)
    np.add.at(pull, ends[:, 1], -strength)
    return pull


def _pull_apart(points: Floats, widths: Floats) -> Floats:
    """The points, moved along the shorter way until no two boxes (node and label) overlap much."""
    wide = (widths[:, None] + widths[None, :]) / 2
    high = 2 * LABEL_HEIGHT + 8.0
    for _ in range(UNTANGLING):
        away = points[None, :, :] - points[:, None, :]
        over_x, over_y = wide - np.abs(away[:, :, 0]), high - np.abs(away[:, :, 1])
        touching = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(touching, val=False)
        if not touching.any():
            break
        sideways = over_x < over_y
        push_x = np.where(touching & sideways, np.where(away[:, :, 0] < 0, -over_x, over_x), 0.0).sum(axis=0)
        push_y = np.where(touching & ~sideways, np.where(away[:, :, 1] < 0, -over_y, over_y), 0.0).sum(axis=0)
        points = points + 0.25 * np.stack([push_x, push_y], axis=1)
    return points
