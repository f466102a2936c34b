"""The process: where it listens, how it starts, how it ends, what it leaves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from served import serving, soon, state, store

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DATA = "<urn:a> <urn:p> <urn:b> <urn:g> ."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return store(
        tmp_path_factory.mktemp("process"),
        DATA + "".join(f"\n<urn:a> <urn:p> <urn:{i}> <urn:g> ." for i in range(2000)),
    )


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "claimgraph", "serve", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_port_in_use_is_told(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run(folder, "--port", port)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert (
        ran.stderr
        == f"claimgraph: 127.0.0.1:{port}: cannot be listened at (Address already in use); choose another --port or --host\n"
    )


def test_a_folder_without_a_graph_is_told(tmp_path):
    ran = run(tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "holds no graph" in ran.stderr


def test_a_name_that_is_nobodys_is_told(folder):
    assert run(folder, "--host", "nowhere.invalid").returncode == 3


def test_one_line_says_where(folder):
    with serving(folder) as served:
        assert served.lines == [
            f"claimgraph: {folder} is served at http://127.0.0.1:{served.port}/sparql (read-only; Ctrl-C ends it)"
        ]


def test_other_machines_are_warned_of(folder):
    with serving(folder, "--host", "0.0.0.0") as served:
        assert served.lines[0].startswith("claimgraph: 0.0.0.0 is reachable from other machines")
        assert served.ask(query="ASK {}").status == 200


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
@pytest.mark.parametrize("busy", [False, True])
def test_a_signal_ends_it_and_its_workers(folder, sent, status, busy):
    with serving(folder) as served, ThreadPoolExecutor(1) as threads:
        if busy:
            asked = threads.submit(served.ask, query=CROSS)
            time.sleep(0.5)
        else:
            assert served.ask(query="ASK {}").status == 200
        workers = served.workers()
        assert workers
        began = time.monotonic()
        served.process.send_signal(sent)
        assert served.process.wait(15) == status
        assert time.monotonic() - began < 10
        assert [pid for pid in workers if state(pid)] == []
        assert len(served.lines) == 1, served.lines
        if busy:
            assert asked.exception() or asked.result().status == 503


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise")
def test_workers_do_not_outlive_a_service_that_is_killed(folder):
    with serving(folder) as served, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(served.ask, query=CROSS)
        time.sleep(0.5)
        workers = served.workers()
        assert workers
        os.kill(served.process.pid, signal.SIGKILL)
        assert soon(lambda: not any(state(pid) for pid in workers), 5)
        assert asked.exception() is not None
