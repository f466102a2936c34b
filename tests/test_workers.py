from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

import killing
from claimgraph import corpus
from claimgraph.errors import SurroundingsError
from claimgraph.model import Article
from claimgraph.pipeline import build
from claimgraph.workers import Processes, spread

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def two() -> Iterator[Processes]:
    processes = Processes(2)
    yield processes
    processes.close()


def test_killed_workers_cost_nothing_but_an_article_that_kills_its_reader_again(tmp_path, monkeypatch):
    killed = killing.prepare(tmp_path, monkeypatch)
    report = build(killing.write(tmp_path / "a.jsonl", range(40)), tmp_path / "out", model="fast", workers=2)
    build(killing.write(tmp_path / "b.jsonl", killing.SPARED), tmp_path / "plain", model="fast")
    assert (tmp_path / "out" / "graph.nq").read_bytes() == (tmp_path / "plain" / "graph.nq").read_bytes()
    assert {path.name for path in killed.iterdir()} == set(killing.TASKS)
    [error] = report.errors
    assert error.path == f"{tmp_path / 'a.jsonl'}:22"
    assert "the process that read it was ended twice (signal 9): left out" in str(error)


def test_what_a_worker_raises_is_raised_here_and_the_worker_goes_on(two):
    with pytest.raises(ValueError, match="one"):
        list(spread(two, killing.refuse, [b"one"]))
    assert list(spread(two, bytes.upper, [b"a", b"b", b"c"])) == [b"A", b"B", b"C"]


def test_work_that_ends_every_worker_says_what_to_do(two, tmp_path, monkeypatch):
    killing.prepare(tmp_path, monkeypatch)
    with pytest.raises(SurroundingsError, match=r"ended again and again \(signal 9\): try fewer --workers"):
        list(spread(two, partial(killing.once, ""), [killing.ALWAYS]))


def test_closing_ends_workers_that_are_in_the_middle_of_something(two):
    pending = two.submit(killing.slow, b"")
    while not active_children():
        time.sleep(0.01)
    begun = time.monotonic()
    two.close()
    assert time.monotonic() - begun < 5
    assert pending.cancel() is False
    assert not active_children()


def test_parts_are_taken_as_results_are_wanted(two):
    taken = []
    parts = (taken.append(number) or b"" for number in range(1000))
    next(spread(two, bytes.upper, parts))
    assert len(taken) == two.width


def test_the_time_limit_holds_in_threads_too(monkeypatch):
    def endless(*_, **__):
        while True:
            pass

    monkeypatch.setattr(corpus, "read", endless)
    articles = [Article(id="n1", text="Mayor Reed said it rained.")]
    with ThreadPoolExecutor(1) as thread:
        [result] = thread.submit(list, corpus._attempts(articles, "fast", 0.2)).result(timeout=20)
    assert "takes longer than 0.2 s" in str(result)
