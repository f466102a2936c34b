"""Figures, times, days of events and roles in twelve reports full of them: what comes out, measured against floors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from claimgraph.evaluate import evaluate

GOLD = Path(__file__).parent / "gold" / "figures"
FLOORS = {
    "times": 0.95,
    "quantities": 0.97,
    "counted": 0.88,
    "event kinds": 0.87,
    "event days": 0.75,
    "event places": 0.33,
    "participants": 0.66,
    "roles": 0.60,
}
"""What `claimgraph evaluate tests/gold/figures --model fast` reaches; a floor only rises."""


@lru_cache
def present() -> dict[str, float]:
    return {row.measure: row.figure for row in evaluate([GOLD], model="fast", workers=1).rows}


@pytest.mark.parametrize("measure", FLOORS)
def test_figures_of_news_reach_their_floors(measure: str) -> None:
    assert present()[measure] >= FLOORS[measure]
