"""Makes the outline of the world for the page's map out of Natural Earth's countries at 1:110 million (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_outline.py package/countries-110m.json src/claimgraph/page/assets/vendor/world.json

The input is TopoJSON (https://github.com/topojson/topojson-specification): lines that countries share are in it once. Each
is thinned (Douglas and Peucker 1973) and written in tenths of a degree, the first point whole, the others as steps from
the one before. `land` lists the rings of the land as numbers of lines, ~n for line n backwards; `borders` lists the lines
between two countries. The same input gives the same bytes; their hash stands in src/claimgraph/vendored.tsv.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

PER_DEGREE = 10
TOLERANCE = 0.15  # degrees; half a pixel where the world is 1,200 pixels wide


def outline(topology: dict[str, Any]) -> dict[str, Any]:
    """The lines, rings of land and borders of a topology that has `countries` and `land`."""
    arcs = [_steps(_thinned(points)) for points in _points(topology)]
    rings = [ring for polygon in _polygons(topology["objects"]["land"]) for ring in polygon]
    countries = topology["objects"]["countries"]["geometries"]
    users = Counter(number for country in countries for number in sorted({_line(arc) for arc in _arcs(country)}))
    return {"arcs": arcs, "land": rings, "borders": sorted(line for line, count in users.items() if count > 1)}


def _points(topology: dict[str, Any]) -> list[list[Point]]:
    """Each line in degrees: TopoJSON has whole numbers, each the step from the one before."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * wide + left, y * high + low))
        lines.append(line)
    return lines


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each as rings of line numbers."""
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in _polygons(part)]
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry["arcs"])


def _arcs(geometry: dict[str, Any]) -> list[int]:
    return [arc for polygon in _polygons(geometry) for ring in polygon for arc in ring]


def _line(arc: int) -> int:
    """The line, whichever way it is followed."""
    return ~arc if arc < 0 else arc


def _thinned(points: list[Point]) -> list[Point]:
    """The points without those that lie nearer than TOLERANCE to the line through the others; the ends stay."""
    if len(points) < 3:
        return points
    far, at = max((_distance(points[i], points[0], points[-1]), i) for i in range(1, len(points) - 1))
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return _thinned(points[: at + 1])[:-1] + _thinned(points[at:])


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the stretch between two others."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
    return float(((x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2) ** 0.5)


def _steps(points: list[Point]) -> list[int]:
    """x, y of the first point in tenths of a degree, then steps."""
    whole = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in points]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(whole)]
    return [number for step in (whole[0], *steps) for number in step]


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    made = json.dumps(outline(json.loads(source.read_text(encoding="utf-8"))), separators=(",", ":"))
    target.write_text(made + "\n", encoding="utf-8", newline="\n")
