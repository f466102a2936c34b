from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.relating import joining
from claimgraph.relating.joining import alike
from claimgraph.workers import Processes

SETS = st.lists(st.tuples(st.sets(st.integers(0, 12), min_size=1, max_size=9), st.integers(0, 3)), max_size=40)


def by_hand(sets, groups, least):
    """Every two of them."""
    return [
        (i, j)
        for (i, x), (j, y) in combinations(enumerate(sets), 2)
        if groups[i] != groups[j] and len(x & y) / len(x | y) >= least
    ]


@settings(max_examples=150, deadline=None)
@given(SETS, st.sampled_from([0.5, 0.6, 0.75, 0.95]))
def test_all_pairs_that_are_alike_are_found_and_no_others(held, least):
    sets, groups = [one for one, _ in held], [group for _, group in held]
    assert alike([sorted(one) for one in sets], groups, least=least) == by_hand(sets, groups, least)


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_what_is_looked_at_together_makes_no_difference(monkeypatch, at_once):
    monkeypatch.setattr(joining, "AT_ONCE", at_once)
    sets = [{n % 5, n % 7, n % 11, n % 3} for n in range(60)]
    assert alike([sorted(one) for one in sets], range(60), least=0.6) == by_hand(sets, range(60), 0.6)


def test_workers_find_the_same(monkeypatch):
    monkeypatch.setattr(joining, "SHARE", 7)
    sets = [sorted({n % 5, n % 7, n % 11, n % 3, 20 + n % 13}) for n in range(80)]
    workers = Processes(2)
    try:
        assert alike(sets, range(80), least=0.6, workers=workers) == alike(sets, range(80), least=0.6)
    finally:
        workers.close()
