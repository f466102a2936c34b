from __future__ import annotations

import importlib.util
import json
from itertools import pairwise
from pathlib import Path

from claimgraph.page.scripts import outline

TOOL = Path(__file__).parent.parent / "tools" / "make_outline.py"


def made(topology):
    spec = importlib.util.spec_from_file_location("make_outline", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.outline(topology)


def square_topology():
    """Two countries side by side, each a square of ten degrees; the line between them is in it once."""
    return {
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [
            [[1000, 0], [2, 500], [-2, 500]],  # the border, with a bend of two hundredths of a degree
            [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]],  # round the western one
            [[1000, 0], [1000, 0], [0, 1000], [-1000, 0]],  # round the eastern one
        ],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "arcs": [[[-1, 2]]]},
                ],
            },
            "land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[1, 2]]}]},
        },
    }


def test_a_line_is_thinned_and_written_in_steps_and_a_border_is_what_two_countries_share():
    assert made(square_topology()) == {
        "arcs": [[100, 0, 0, 100], [100, 100, -100, 0, 0, -100, 100, 0], [100, 0, 100, 0, 0, 100, -100, 0]],
        "land": [[1, 2]],
        "borders": [0],
    }


def test_the_outline_of_the_page_is_the_earth_and_small():
    text = outline()
    assert len(text) < 60_000
    world = json.loads(text)
    lines = [list(points(arc)) for arc in world["arcs"]]
    assert all(abs(x) <= 1800 and abs(y) <= 900 for line in lines for x, y in line)
    for ring in world["land"]:
        ends = [lines[n] if n >= 0 else lines[~n][::-1] for n in ring]
        assert all(one[-1] == other[0] for one, other in pairwise([*ends, ends[0]]))
    assert len(world["borders"]) > 200


def points(arc):
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x, y
