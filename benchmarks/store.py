"""Prints what the store costs beside Oxigraph alone, and how much it gains on rdflib, on 20,000 articles.

    make bench-store                                                    the figures of docs/store.md
    .venv/bin/python benchmarks/store.py --articles 90000 --no-rdflib   12 million quads, once

The articles are those of many.py. Loads are processes of their own, run in turn. Each competency question is asked of one
store, by KnowledgeGraph and by Oxigraph in turn, all solutions fetched; then of rdflib's store in memory, which is ended
when it has shown to be slow enough. The questions, the search for names and the largest pages are asked over HTTP as well.
The exit status is 1 where a figure is beyond its limit.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from math import inf
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from many import EXAMPLES, write_record
from service import served

from claimgraph.articles import load as load_articles
from claimgraph.questions import questions
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph
from claimgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARTICLES, LOADS, ROUNDS = 20_000, 2, 5
HTTP_LIMIT, PAGE_LIMIT, SHORT = 1.5, 3.0, 0.01
"""Times our own time without HTTP; seconds of a page; seconds below which a question's time is that of HTTP."""
WORDS = {
    "": "articles",
    "mexico": "a name that many have",
    "blinken": "a name of few",
    "zzzz": "a name that nothing has",
}
LOAD_LIMIT, QUERY_LIMIT, RDFLIB_LIMIT = 0.8, 1.2, 20
ENOUGH = 25
"""Times our own time after which rdflib is ended: beyond its limit, whatever it would still need."""
SHORTEST, LONG = 0.5, 2.0
"""Seconds: rdflib has at least the first; a question that takes longer than the second is asked in fewer rounds."""

LOADED = """
import resource, sys, time
from pathlib import Path
import pyoxigraph as ox
from claimgraph.store import KnowledgeGraph
record, target, ours = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "ours"
start = time.perf_counter()
if ours:
    store = KnowledgeGraph.write(target, record).store
else:
    store = ox.Store(str(target))
    store.bulk_load(path=str(record), format=ox.RdfFormat.N_QUADS)
    store.flush()
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class SlowError(Exception):
    """A question has had its time."""


def main() -> int:
    """The exit status, after the table is printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=ARTICLES)
    options.add_argument("--loads", type=int, default=LOADS)
    options.add_argument("--no-rdflib", action="store_true", help="leave rdflib out, which needs gigabytes of memory")
    options.add_argument("--folder", type=Path, help="where there is room for the stores")
    given = options.parse_args()
    print("| figure | measured | limit |\n|---|---|---|")
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        folder = Path(place)
        quads = write_record(folder / "graph.nq", given.articles)
        size = f"{quads:,} quads, {given.articles:,} articles"
        holds = [compare_loads(folder, given.loads, size)]
        change(folder)
        graph = KnowledgeGraph.open(folder)
        ours = dict(compare_questions(graph, holds))
        holds += over_http(folder, ours, most_named(graph))
        if not given.no_rdflib:
            holds += compare_rdflib(folder / "graph.nq", ours, in_memory(folder / "graph.nq"))
    return int(not all(holds))


def row(figure: str, measured: str, limit: str, *, holds: bool = True) -> bool:
    """Whether the figure holds, after its line is printed."""
    print(f"| {figure} | {measured} | {limit}{'' if holds else ' MISSED'} |", flush=True)
    return holds


# ---- loading


def compare_loads(folder: Path, runs: int, size: str) -> bool:
    """Whether our load is fast enough; the store that it leaves is in `folder`."""
    taken: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
    for _ in range(runs):
        for whose, target in (("theirs", folder / "theirs"), ("ours", folder / "store")):
            shutil.rmtree(target, ignore_errors=True)
            taken[whose].append(load(folder / "graph.nq", target, whose))
    (ours, memory), (theirs, their_memory) = min(taken["ours"]), min(taken["theirs"])
    disk = sum(path.stat().st_size for path in (folder / "store").rglob("*") if path.is_file()) / 1e6
    shutil.rmtree(folder / "theirs")
    details = f"{ours:.1f} s / {theirs:.1f} s; peak {memory:,.0f} MB / {their_memory:,.0f} MB; {disk:,.0f} MB on disk"
    figure = f"rate of KnowledgeGraph.write / of Oxigraph's bulk_load, {size} ({details})"
    return row(figure, f"{theirs / ours:.2f}", f"{LOAD_LIMIT}", holds=theirs / ours >= LOAD_LIMIT)


def load(record: Path, target: Path, whose: str) -> tuple[float, float]:
    """Seconds and peak memory of one load."""
    command = [sys.executable, "-c", LOADED, str(record), str(target), whose]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def change(folder: Path) -> None:
    """Nothing; what it takes to change one article among these is printed."""
    readings = list(map(read, load_articles(EXAMPLES, errors=[])))
    start = time.perf_counter()
    with KnowledgeGraph.open(folder, write=True) as graph:
        opened = time.perf_counter() - start
        seconds = [timed(lambda r=reading: graph.add([r])) for reading in readings]
        start = time.perf_counter()
    closed = time.perf_counter() - start
    row(
        "opening for writing / one article added / closing, which writes graph.nq",
        f"{opened:.1f} s / {median(seconds):.2f} s / {closed:.0f} s",
        "",
    )
    with KnowledgeGraph.open(folder, write=True) as graph:
        graph.remove([reading.article.id for reading in readings])


# ---- asking


def compare_questions(graph: KnowledgeGraph, holds: list[bool]) -> Iterator[tuple[str, float]]:
    """Name and our seconds of each question, after its line is printed and noted."""
    for name, path in questions().items():
        text = path.read_text(encoding="utf-8")
        rows = len(graph.query(text).rows)  # also: what is read from disk once
        (ours, theirs), rounds = ([], []), ROUNDS
        while rounds > 0:
            theirs.append(timed(lambda t=text: fetch(graph, t)))
            ours.append(timed(lambda t=text: graph.query(t)))
            rounds -= 1 if ours[-1] < LONG else 2
        ratio = min(ours) / min(theirs)
        figure = f"{name}, {rows:,} rows: KnowledgeGraph.query / Oxigraph ({min(ours) * 1e3:,.1f} ms / {min(theirs) * 1e3:,.1f} ms)"
        holds.append(row(figure, f"{ratio:.2f}", f"{QUERY_LIMIT}", holds=ratio <= QUERY_LIMIT))
        yield name, min(ours)


def fetch(graph: KnowledgeGraph, text: str) -> int:
    """The number of solutions, fetched from Oxigraph as its own documentation has it."""
    return sum(1 for _ in graph.store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# ---- asking over HTTP


def over_http(folder: Path, ours: dict[str, float], actor: str) -> Iterator[bool]:
    """Whether each question is answered over HTTP in about the time that it takes here, and each page in time."""
    with served(folder) as (port, _):
        for name, path in questions().items():
            address = f"/sparql?query={quote(path.read_text(encoding='utf-8'))}"
            taken = min(page(port, address, "application/sparql-results+json") for _ in range(2))
            figure = f"{name}: over HTTP / KnowledgeGraph.query ({taken * 1e3:,.0f} ms / {ours[name] * 1e3:,.0f} ms)"
            ratio = taken / max(ours[name], SHORT)
            yield row(figure, f"{ratio:.2f}", f"{HTTP_LIMIT}", holds=ratio <= HTTP_LIMIT)
        pages = {f"/find?name={word}": f"/find, {told}" for word, told in WORDS.items()}
        pages |= {f"/id?iri={quote(actor, safe='')}": "the page of the actor that most articles have"}
        pages |= {f"/network?focus={quote(actor, safe='')}": "/network around that actor"}
        for address, told in pages.items():
            taken = min(page(port, address, "text/html") for _ in range(2))
            yield row(told, f"{taken:.2f} s", f"{PAGE_LIMIT} s", holds=taken <= PAGE_LIMIT)


def page(port: int, address: str, accept: str) -> float:
    """Seconds of one answer, redirections followed; one that is no answer takes for ever."""
    began = time.perf_counter()
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address, headers={"Accept": accept})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 303:
            return time.perf_counter() - began if answer.status == 200 else inf
        address = str(answer.getheader("location"))


def most_named(graph: KnowledgeGraph) -> str:
    """The IRI of the entity that most articles have."""
    query = "SELECT ?thing (COUNT(?each) AS ?often) { ?each cg:canonical ?thing } GROUP BY ?thing ORDER BY DESC(?often) ?thing LIMIT 1"
    return str(graph.query(query).rows[0][0].value)


def in_memory(record: Path) -> dict[str, float]:
    """Seconds of each question where the whole graph is in memory, as it is in rdflib."""
    data, start = record.read_bytes(), time.perf_counter()
    graph = KnowledgeGraph.from_nquads(data)
    row("load of KnowledgeGraph.from_nquads, in memory", f"{time.perf_counter() - start:.0f} s", "")
    return {name: min(timed(lambda n=name: graph.query(n)) for _ in range(3)) for name in questions()}


def compare_rdflib(record: Path, ours: dict[str, float], memory: dict[str, float]) -> Iterator[bool]:
    """Whether each question is so many times faster than with rdflib."""
    from rdflib import Dataset  # noqa: PLC0415

    dataset = Dataset(default_union=True)
    seconds = timed(lambda: dataset.parse(record, format="nquads"))
    row("load of rdflib's store in memory", f"{seconds:.0f} s", "")
    for name, path in questions().items():
        text, limit = path.read_text(encoding="utf-8"), max(ENOUGH * ours[name], SHORTEST)
        start = time.perf_counter()
        try:
            with at_most(limit):
                list(dataset.query(text))
            more = ""
        except SlowError:
            more = "> "
        taken = time.perf_counter() - start
        times, beside = taken / ours[name], f"{more}{taken / memory[name]:,.0f}"
        figure = f"{name}: rdflib / ours ({more}{taken:.2f} s; ours in memory {memory[name]:.3f} s, ratio {beside})"
        yield row(figure, f"{more}{times:,.1f}", f"{RDFLIB_LIMIT}", holds=times >= RDFLIB_LIMIT)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What takes longer is ended by SlowError."""

    def end(*_: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    sys.exit(main())
