"""Prints what the service costs beside the Oxigraph server, and whether fifty clients at once do it any harm.

    make bench-service                                          a graph of the examples, sixty seconds of fifty clients
    .venv/bin/python benchmarks/service.py --store DIR          another built graph
    .venv/bin/python benchmarks/service.py --seconds 10         a shorter look

Both servers have the same quads, and are asked the same queries in turn over connections that stay open and over new ones, by
the same client, which writes and reads plain bytes. Overhead is the median of an answer's time less the median of
pyoxigraph's own in this process. The exit status is 1 where a figure is beyond its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = (
    "SELECT ?name { ?a a <https://schema.org/Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?name } LIMIT 5 #"
)
CLAIMS = """SELECT ?name (COUNT(DISTINCT ?claim) AS ?claims) {
    ?claim <https://w3id.org/claimgraph/ns#claimant> ?actor . ?actor <http://www.w3.org/2000/01/rdf-schema#label> ?name }
    GROUP BY ?name ORDER BY DESC(?claims) ?name LIMIT 10 #"""
QUERIES = {"five names": PEOPLE, "claims per actor": CLAIMS}
ROUNDS, EACH = 5, 200
CLIENTS, WARM, GROWTH = 50, 10, 1.1
"""Clients at once, seconds until every worker has started, and how much more memory than then may be taken at the end."""


def main() -> int:
    """The exit status, after the table is printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--store", type=Path, help="a folder that `claimgraph build` wrote")
    options.add_argument("--seconds", type=float, default=60.0)
    given = options.parse_args()
    print("| figure | measured | limit |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as running:
        folder = given.store or build(Path(place) / "graph")
        quads = (folder / "graph.nq").read_bytes()
        ours, process = running.enter_context(served(folder))
        theirs = running.enter_context(oxigraph(quads, Path(place) / "oxigraph"))
        store = ox.Store.read_only(str(Path(place) / "oxigraph"))
        rows = [*compare(store, ours, theirs), *press(ours, process, given.seconds)]
    return int(not all(rows))


def row(figure: str, measured: str, limit: str, *, kept: bool) -> bool:
    """Whether the limit is kept; its line is printed."""
    print(f"| {figure} | {measured} | {limit}{'' if kept else ', missed'} |", flush=True)
    return kept


def build(folder: Path) -> Path:
    """The folder, with a graph of the examples."""
    subprocess.run([sys.executable, "-m", "claimgraph", "build", ROOT / "examples", "--out", folder], check=True)
    return folder


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port and the process of our service."""
    command = [sys.executable, "-m", "claimgraph", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            found = re.search(r":(\d+)/sparql", process.stderr.readline())
            assert found, "the service did not start"
            yield int(found[1]), process
        finally:
            process.terminate()


@contextlib.contextmanager
def oxigraph(quads: bytes, place: Path) -> Iterator[int]:
    """The port of the Oxigraph server with the same quads."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, "the package oxigraph is not installed (requirements/dev.txt)"
    store = ox.Store(str(place))
    store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "serve-read-only", "-l", str(place), "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


class Client:
    """One connection that asks and reads; `ask` gives the body, of whatever status."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, query: str) -> tuple[int, bytes]:
        """Status and body."""
        head = f"GET {self.path}?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        self.sock.sendall(f"{head}Accept: application/sparql-results+json\r\n\r\n".encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        told, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", told, re.IGNORECASE)
        while len(body) < int(length[1]) if length else not body.endswith(b"\r\n0\r\n\r\n"):
            body += self._more()
        return int(told.split()[1]), body

    def _more(self) -> bytes:
        more = self.sock.recv(1 << 16)
        if not more:
            raise ConnectionError("closed")
        return more

    def close(self) -> None:
        """Nothing; the connection is closed."""
        self.sock.close()


def compare(store: ox.Store, ours: int, theirs: int) -> Iterator[bool]:
    """Whether our overhead is at most theirs, for each query over open and over new connections."""
    for name, query in QUERIES.items():
        for new in (False, True):
            times: dict[str, list[float]] = {"alone": [], "ours": [], "theirs": []}
            for _ in range(ROUNDS):  # in turn, so that a busy machine slows all alike
                times["alone"] += ask_store(store, query)
                times["ours"] += ask_server(ours, "/sparql", query, new=new)
                times["theirs"] += ask_server(theirs, "/query", query, new=new)
            alone, own, other = (median(found) * 1e6 for found in times.values())
            yield row(
                f"overhead of “{name}”, {'a new connection each' if new else 'one connection'}: "
                f"ours / the Oxigraph server's (answers in {own:.0f} µs / {other:.0f} µs, pyoxigraph alone {alone:.0f} µs)",
                f"{own - alone:.0f} µs / {other - alone:.0f} µs",
                "1 : 1",
                kept=own <= other,
            )


def ask_store(store: ox.Store, query: str) -> list[float]:
    """Seconds of each query in this process, each a text of its own."""
    times = []
    for count in range(EACH):
        began = time.perf_counter()
        answer = store.query(f"{query}{count}", use_default_graph_as_union=True)
        answer.serialize(format=ox.QueryResultsFormat.JSON)
        times.append(time.perf_counter() - began)
    return times


def ask_server(port: int, path: str, query: str, *, new: bool) -> list[float]:
    """Seconds of each query over HTTP."""
    times, client = [], Client(port, path)
    for count in range(EACH):
        began = time.perf_counter()
        if new:
            client.close()
            client = Client(port, path)
        status, _ = client.ask(f"{query}{count}")
        times.append(time.perf_counter() - began)
        assert status == 200
    client.close()
    return times


def press(port: int, process: subprocess.Popen[str], seconds: float) -> Iterator[bool]:
    """Whether fifty clients at once are all answered rightly, and memory does not grow."""
    right = {query: sorted_rows(Client(port, "/sparql").ask(query)[1]) for query in QUERIES.values()}
    over, errors, counts, times = threading.Event(), [], [0] * CLIENTS, []

    def ask(number: int) -> None:
        client = Client(port, "/sparql")
        queries = [*QUERIES.values()]
        while not over.is_set():
            query, began = queries[counts[number] % 2], time.perf_counter()
            try:
                status, body = client.ask(query)
            except OSError as error:
                errors.append(error)
                return
            times.append(time.perf_counter() - began)
            counts[number] += 1
            if status != 200 or sorted_rows(body) != right[query]:
                errors.append(body[:200])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(WARM)
    early = memory(process.pid)
    time.sleep(seconds)
    late = memory(process.pid)
    over.set()
    for thread in threads:
        thread.join()
    p95 = sorted(times)[int(len(times) * 0.95)] * 1000
    rate = f"{sum(counts)} answers, {sum(counts) / (seconds + WARM):.0f} a second, 95% within {p95:.0f} ms"
    yield row(f"{CLIENTS} clients for {WARM + seconds:g} s: errors ({rate})", str(len(errors)), "0", kept=not errors)
    measured = f"{late / early:.2f} ({early:.0f} MB, {late:.0f} MB)"
    yield row(
        f"memory of all processes at the end / after the first {WARM} s",
        measured,
        f"{GROWTH}",
        kept=late <= early * GROWTH,
    )


def sorted_rows(body: bytes) -> list[str]:
    """The rows of an answer, in whatever order they came."""
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    return sorted(str([str(cell) for cell in solution]) for solution in answer)


def memory(pid: int) -> float:
    """Megabytes of a process and its children that are in memory."""
    told = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [[int(cell) for cell in line.split()] for line in told.splitlines()[1:]]
    return sum(size for own, parent, size in rows if pid in (own, parent)) / 1024


if __name__ == "__main__":
    sys.exit(main())
