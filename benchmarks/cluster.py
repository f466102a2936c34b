"""Prints what a Dask cluster costs beside processes of our own: the same articles, the same number of workers, in turn.

    .venv/bin/python benchmarks/cluster.py                    200 articles, two workers, two rounds
    .venv/bin/python benchmarks/cluster.py --articles 1000    others

The articles are those of ../shared/corpora/text (CLAIMGRAPH_SHARED), as benchmarks/scale.py takes them. CPU is that of this
process and of all that it started. Starting ends when each worker has read a first part; of the rounds the least counts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import psutil

from claimgraph.articles import load
from claimgraph.cluster import Cluster
from claimgraph.corpus import read_all
from claimgraph.workers import BATCH, Processes

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.model import Article

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"


def main() -> int:
    """The exit status, after the table is printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, default=2)
    given = options.parse_args()
    if not TEXTS.is_dir():
        print(f"not measured: no texts in {TEXTS}")
        return 0
    first = given.workers * BATCH
    articles = chosen(first + given.articles)
    makers = {
        "processes of our own": lambda: Processes(given.workers),
        "dask local": lambda: Cluster("local", model="fast", workers=given.workers),
    }
    rounds: dict[str, list[tuple[float, ...]]] = {name: [] for name in makers}
    digests = set()
    for _ in range(given.rounds):
        for name, make in makers.items():
            digest, *cost = measured(make, articles[:first], articles[first:])
            rounds[name].append(tuple(cost))
            digests.add(digest)
    least = [tuple(map(min, zip(*held, strict=True))) for held in rounds.values()]
    print(f"{given.articles} articles, {given.workers} workers, the least of {given.rounds} rounds\n")
    print("| readers | starting: CPU s | wall clock s | reading: CPU s | ms of CPU an article | wall clock s |")
    print("|---|---|---|---|---|---|")
    for name, (cpu, wall, more, longer) in zip(makers, least, strict=True):
        print(f"| {name} | {cpu:.1f} | {wall:.1f} | {more:.1f} | {1000 * more / given.articles:.0f} | {longer:.1f} |")
    ratios = [f"{dask / ours:.2f}" for ours, dask in zip(*least, strict=True)]
    print(f"| dask / ours | {ratios[0]} | {ratios[1]} | {ratios[2]} | | {ratios[3]} |")
    if len(digests) != 1:
        sys.exit("the readings differ")
    return 0


def chosen(number: int) -> list[Article]:
    """So many articles, always the same."""
    lines = sorted(
        (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_bytes().splitlines()),
        key=lambda line: sha256(line).digest(),
    )
    source = Path(tempfile.gettempdir()) / f"claimgraph-cluster-{os.getpid()}.jsonl"
    source.write_text("".join(f"{json.dumps(json.loads(line))}\n" for line in lines[:number]), encoding="utf-8")
    try:
        return list(load([source]))
    finally:
        source.unlink()


def measured(
    make: Callable[[], Processes | Cluster], first: list[Article], articles: list[Article]
) -> tuple[str, float, float, float, float]:
    """The hash of the readings; seconds of CPU and wall clock until the workers have begun, and of the rest."""
    digest, marks = sha256(), [mark()]
    with closing(make()) as workers:
        for part in (first, articles):
            for reading in read_all(part, workers=workers, model="fast", errors=[]):
                digest.update(msgspec.msgpack.encode(reading))
            marks.append(mark())
    (cpu, at), (begun, first_at), (end, last_at) = marks
    return digest.hexdigest(), begun - cpu, first_at - at, end - begun, last_at - first_at


def mark() -> tuple[float, float]:
    """Seconds of CPU of this process and of those that it has started and not ended, and the time."""
    here = psutil.Process()
    times = [one.cpu_times() for one in (here, *here.children(recursive=True))]
    return sum(one.user + one.system for one in times), time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
