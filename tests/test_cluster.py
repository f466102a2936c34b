"""Builds on a Dask cluster: its workers are killed in the middle, and what comes out is what one process writes."""

from __future__ import annotations

import sys
from contextlib import closing
from threading import current_thread

import pytest
from distributed import LocalCluster

import killing
from claimgraph import cluster
from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.pipeline import build
from claimgraph.workers import spread
from killing import write

# A cluster of Dask leaves sockets and tasks to the collector when its processes are killed.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def scheduler():
    """The address of a scheduler of this process, with a worker of one thread in it."""
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as there:
        yield there.scheduler_address


def test_killed_workers_cost_nothing(tmp_path, monkeypatch):
    killed = killing.prepare(tmp_path, monkeypatch)
    source = write(tmp_path / "a.jsonl", killing.SPARED)
    report = build(source, tmp_path / "out", model="fast", dask="local", workers=2)
    build(source, tmp_path / "plain", model="fast")
    assert (tmp_path / "out" / "graph.nq").read_bytes() == (tmp_path / "plain" / "graph.nq").read_bytes()
    assert {path.name for path in killed.iterdir()} == set(killing.TASKS)
    assert report.errors == ()


def test_what_kills_workers_again_and_again_is_left_out_and_nothing_that_stood_beside_it(monkeypatch):
    monkeypatch.setattr(cluster, "LOSSES", {"distributed.scheduler.allowed-failures": 0})
    parts = [b"a", b"b", b"c,d,killer,e", b"f", b"g", b"h", b"i", b"j", b"k"]
    with closing(cluster.Cluster("local", model="fast", workers=2)) as workers:
        done = list(
            spread(workers, killing.upper, parts, pieces=lambda part: part.split(b","), lost=lambda part, _: part)
        )
    assert b"".join(done) == b"ABCDkillerEFGHIJK"


def test_a_worker_that_nobody_starts_again_is_replaced(monkeypatch):
    monkeypatch.setattr(cluster, "LOOKING", 0.5)
    monkeypatch.setattr(cluster, "CALM", {"distributed.deploy.lost-worker-timeout": "100ms"})
    with closing(cluster.Cluster("local", model="fast", workers=1)) as workers:
        assert list(spread(workers, killing.upper, [b"a"])) == [b"A"]
        workers.own.sync(workers.own.workers[0].close)
        assert list(spread(workers, killing.upper, [b"b"])) == [b"B"]


def test_a_cluster_that_is_there_builds_the_same_graph(tmp_path, scheduler):
    source = write(tmp_path / "a.jsonl", range(20))
    build(source, tmp_path / "out", model="fast", dask=scheduler)
    build(source, tmp_path / "plain", model="fast")
    assert (tmp_path / "out" / "graph.nq").read_bytes() == (tmp_path / "plain" / "graph.nq").read_bytes()


def test_workers_of_another_version_are_refused(tmp_path, scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "_known", lambda _: {"claimgraph": current_thread().name})
    with pytest.raises(
        SurroundingsError, match=r"has claimgraph .* \(here MainThread\): install the same versions there"
    ):
        build(write(tmp_path / "a.jsonl", range(1)), tmp_path / "out", model="fast", dask=scheduler)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_comes_later_is_looked_at_too():
    with pytest.raises(SurroundingsError, match="other code, word lists or models"):
        cluster._do(bytes.upper, b"", "fast", b"of another version")


def test_workers_without_claimgraph_are_told_of():
    with pytest.raises(SurroundingsError, match=r"tcp://there: has no claimgraph .*: install it there"):
        cluster._compare("tcp://there", ModuleNotFoundError("No module named 'claimgraph'"), {})


def test_workers_of_many_threads_are_refused(tmp_path):
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=3, processes=False, protocol="tcp", dashboard_address=":0"
        ) as there,
        pytest.raises(SurroundingsError, match="--nthreads 1 --nworkers 3"),
    ):
        build(write(tmp_path / "a.jsonl", range(1)), tmp_path / "out", model="fast", dask=there.scheduler_address)


def test_a_scheduler_that_is_not_there_is_named_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    with pytest.raises(
        SurroundingsError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers .* start `dask sched"
    ):
        build(write(tmp_path / "a.jsonl", range(1)), tmp_path / "out", model="fast", dask="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "STARTING", 0.5)
    with (
        LocalCluster(n_workers=0, processes=False, protocol="tcp", dashboard_address=":0") as there,
        pytest.raises(SurroundingsError, match="no workers: start some, `dask worker tcp://"),
    ):
        build(write(tmp_path / "a.jsonl", range(1)), tmp_path / "out", model="fast", dask=there.scheduler_address)


def test_a_scheduler_that_goes_away_ends_the_build_with_what_was_read_kept():
    there = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0")
    workers = cluster.Cluster(there.scheduler_address, model="fast")
    pending = workers.submit(killing.slow, b"")
    there.close()
    with pytest.raises(SurroundingsError, match="scheduler is gone: start it and the build again"):
        pending.result()
    workers.close()


def test_without_dask_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    cluster._distributed.cache_clear()
    try:
        with pytest.raises(SurroundingsError, match=r"pip install claimgraph\[cluster\]"):
            build([], tmp_path / "out", dask="local")
    finally:
        cluster._distributed.cache_clear()


def test_the_number_of_workers_is_the_schedulers_to_say():
    with pytest.raises(UsageError, match="goes with --dask local"):
        cluster.Cluster("tcp://127.0.0.1:8786", model="fast", workers=4)
