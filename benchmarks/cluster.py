"""Prints what a Dask cluster costs beside processes of our own: the same articles, the same number of workers, in turn.

    .venv/bin/python benchmarks/cluster.py                    200 articles, two workers, two rounds
    .venv/bin/python benchmarks/cluster.py --articles 1000    others

The articles are those of ../shared/corpora/text (CLAIMGRAPH_SHARED), as benchmarks/scale.py takes them. CPU is that of this
process and of all that it started, the start of the workers included; of the rounds the least counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from claimgraph.articles import load
from claimgraph.cluster import Cluster
from claimgraph.corpus import read_all
from claimgraph.workers import Processes

if TYPE_CHECKING:
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
    articles = chosen(given.articles)
    makers = {
        "processes of our own": lambda: Processes(given.workers),
        "dask local": lambda: Cluster("local", model="fast", workers=given.workers),
    }
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in makers}
    digests = set()
    for _ in range(given.rounds):
        for name, make in makers.items():
            digest, *cost = measured(make, articles)
            costs[name].append(tuple(cost))
            digests.add(digest)
    print(f"{len(articles)} articles, {given.workers} workers, the least of {given.rounds} rounds\n")
    print("| readers | CPU s | ms of CPU an article | wall clock s |\n|---|---|---|---|")
    least = {name: tuple(map(min, zip(*held, strict=True))) for name, held in costs.items()}
    for name, (cpu, wall) in least.items():
        print(f"| {name} | {cpu:.1f} | {1000 * cpu / len(articles):.0f} | {wall:.1f} |")
    ours, dask = least.values()
    print(f"| dask / ours | {dask[0] / ours[0]:.2f} | | {dask[1] / ours[1]:.2f} |")
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


def measured(make: object, articles: list[Article]) -> tuple[str, float, float]:
    """The hash of the readings, seconds of CPU, and of wall clock, from the start of the workers to their end."""
    cpu, begun, digest = spent(), time.monotonic(), sha256()
    with closing(make()) as workers:
        for reading in read_all(articles, workers=workers, model="fast", errors=[]):
            digest.update(msgspec.msgpack.encode(reading))
    return digest.hexdigest(), spent() - cpu, time.monotonic() - begun


def spent() -> float:
    """Seconds of CPU of this process and of those that it has ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main())
