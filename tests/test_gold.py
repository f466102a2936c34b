"""Floors: what part of the gold comes out, layer by layer. A floor only rises.

`python tests/test_gold.py` prints the present figures; `--update` raises the floors to them; lowering one needs
`--allow-regression REASON`, which is kept beside the floors.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from claimgraph.evaluate import evaluate

GOLD = Path(__file__).parent / "gold"
FLOORS = Path(__file__).parent / "floors.json"
LAYERS = (
    "claim source",
    "claim cue",
    "claim content",
    "claims",
    "speakers",
    "names",
    "actors",
    "times",
    "quantities",
    "events",
    "event kinds",
)


@lru_cache
def gold() -> tuple[dict[str, Any], ...]:
    files = sorted(GOLD.glob("*.jsonl"))
    return tuple(json.loads(line) for file in files for line in file.read_text("utf-8").splitlines())


def digest() -> str:
    texts = b"".join(file.read_bytes() for file in sorted(GOLD.glob("*.jsonl")))
    return hashlib.sha256(texts).hexdigest()


@lru_cache
def present() -> dict[str, float]:
    return scored(None)


def scored(predictions: Path | None) -> dict[str, float]:
    """Each layer's figure, of the texts as they are read or of given annotations."""
    rows = evaluate([GOLD], predictions=predictions).rows
    return {row.measure: row.figure for row in rows if row.measure in LAYERS}


def spans_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [span for item in value.values() for span in spans_in(item)]
        return [value, *inner] if {"start", "end", "text"} <= value.keys() else inner
    return [span for item in value for span in spans_in(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("article", gold(), ids=lambda article: article["id"])
def test_gold_spans_hold_their_words(article: dict[str, Any]) -> None:
    spans = spans_in([value for value in article.values() if isinstance(value, list)])
    assert len(spans) > 50
    assert [s for s in spans if article["text"][s["start"] : s["end"]] != s["text"]] == []


def test_floors_are_of_this_gold() -> None:
    assert json.loads(FLOORS.read_text("utf-8"))["gold"] == digest(), "gold changed: python tests/test_gold.py --update"


@pytest.mark.parametrize("layer", LAYERS)
def test_figure_reaches_its_floor(layer: str) -> None:
    assert present()[layer] >= json.loads(FLOORS.read_text("utf-8"))["floors"][layer]


def test_scorer_gives_full_marks_to_gold_and_takes_them_for_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "annotations.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in gold()), "utf-8")
    whole = scored(file)
    assert whole == dict.fromkeys(LAYERS, 1.0)
    spoilt = copy.deepcopy(gold()[0])
    for layer in ("times", "quantities", "events", "claims"):
        spoilt[layer].pop()
    spoilt["mentions"] = [m | {"start": m["start"] + 1, "entity": "e1"} for m in spoilt["mentions"]]
    file.write_text("".join(json.dumps(article) + "\n" for article in (spoilt, *gold()[1:])), "utf-8")
    worse = scored(file)
    assert [layer for layer in LAYERS if worse[layer] >= whole[layer]] == []


def test_a_floor_is_lowered_only_with_a_reason() -> None:
    old = {"gold": digest(), "floors": {"names": 0.9, "times": 0.5}, "lowered": []}
    now = {"names": 0.8, "times": 0.6}
    with pytest.raises(SystemExit, match="names"):
        updated(old, now, reason=None)
    new = updated(old, now, reason="stricter gold")
    assert new["floors"] == {"names": 0.8, "times": 0.6}
    assert new["lowered"] == [{"layer": "names", "from": 0.9, "to": 0.8, "reason": "stricter gold"}]


def updated(old: dict[str, Any], now: dict[str, float], *, reason: str | None) -> dict[str, Any]:
    """The floors at the present figures, rounded down; SystemExit where one would fall without a reason."""
    floors = {layer: math.floor(value * 1000) / 1000 for layer, value in now.items()}
    fallen = [layer for layer, value in floors.items() if value < old["floors"].get(layer, 0)]
    if fallen and not reason:
        raise SystemExit(f"would fall: {', '.join(fallen)}; say why with --allow-regression REASON")
    lowered = [{"layer": x, "from": old["floors"][x], "to": floors[x], "reason": reason} for x in fallen]
    return {"gold": digest(), "floors": floors, "lowered": [*old["lowered"], *lowered]}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--update", action="store_true", help="raise the floors to the present figures")
    options.add_argument("--allow-regression", metavar="REASON", help="let a floor fall, for this reason")
    chosen = options.parse_args()
    old = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"floors": {}, "lowered": []}
    for layer, value in present().items():
        print(f"{layer:14}{value:.3f}  floor {old['floors'].get(layer, 0):.3f}")  # noqa: T201 - a script's output
    if chosen.update or chosen.allow_regression:
        new = updated(old, present(), reason=chosen.allow_regression)
        FLOORS.write_text(json.dumps(new, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
