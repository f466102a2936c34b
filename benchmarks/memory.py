"""Prints the memory of one process that extracts 1,000 articles, after each hundred of them: it must stay flat.

    make bench-memory                                       both taggers
    .venv/bin/python benchmarks/memory.py --model fast      one of them

What is read in the first 300 articles fills most of the bounded memories of words and names; from then on the process
may grow by GROWTH megabytes, and the exit status is 1 where it grows by more. Python looks for cycles as seldom as
in the command. What the allocator holds though nobody uses it is given back before each measurement (malloc_trim): it
comes and goes with the longest article. The most that the process ever held stands in the last line. Each tagger has a process of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import resource
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimgraph.model import Article

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"
ARTICLES, STEP, SETTLED = 1_000, 100, 300
GROWTH = 20
"""Megabytes: words and names that are remembered take 10; a leak of one parse an article would take 300."""


def main() -> int:
    """The exit status, after the table is printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--model", choices=("fast", "accurate"), help="measure this tagger in this process")
    model = options.parse_args().model
    if not TEXTS.is_dir():
        print(f"| memory of {ARTICLES} articles | not measured: no texts in {TEXTS.name} | {GROWTH} MB |")
        return 0
    if model:
        return int(not measure(model))
    commands = ([sys.executable, __file__, "--model", name] for name in ("fast", "accurate"))
    statuses = [subprocess.run(command, check=False).returncode for command in commands]
    return int(any(statuses))


def measure(model: str) -> bool:
    """Whether memory stays flat with this tagger; the table is printed as it comes."""
    import msgspec  # noqa: PLC0415 - none of this is needed to start the processes

    from claimgraph.corpus import read_all  # noqa: PLC0415
    from claimgraph.model import to_annotation  # noqa: PLC0415
    from claimgraph.workers import COLLECT  # noqa: PLC0415

    print(f"| articles, {model} | resident, MB |\n|---|---|")
    gc.set_threshold(*COLLECT)
    after: dict[int, float] = {}
    articles = texts()
    for first in range(0, len(articles), STEP):
        for reading in read_all(articles[first : first + STEP], model=model, errors=[]):
            msgspec.json.encode(to_annotation(reading))
        after[first + STEP] = resident()
        print(f"| {first + STEP} | {after[first + STEP]:.0f} |", flush=True)
    growth = after[max(after)] - after[SETTLED]
    holds = growth <= GROWTH
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"| {SETTLED} to {max(after)} | {growth:+.0f}, limit {GROWTH}{'' if holds else ' MISSED'} |")
    print(f"| the most ever | {peak:.0f} |", flush=True)
    return holds


def texts() -> list[Article]:
    """The first articles of each corpus of texts, mixed evenly: an article is as long at the end as at the start."""
    from claimgraph.articles import load  # noqa: PLC0415

    paths = sorted(
        TEXTS.glob("*.jsonl"), key=lambda path: path.stat().st_size
    )  # a small corpus leaves its rest to others
    placed: list[tuple[float, str, Article]] = []
    for left, path in zip(range(len(paths), 0, -1), paths, strict=True):
        some = list(islice(load(str(path), errors=[]), (ARTICLES - len(placed)) // left))
        placed += [((number + 0.5) / len(some), path.name, article) for number, article in enumerate(some)]
    return [article for *_, article in sorted(placed, key=lambda one: one[:2])]


def resident() -> float:
    """Megabytes of this process that lie in memory, less what nobody uses."""
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
