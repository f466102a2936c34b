"""Prints what a build costs at several sizes: seconds and peak memory of each phase, bytes on disk, and the second build.

    .venv/bin/python benchmarks/scale.py                         500 and 5,000 articles
    .venv/bin/python benchmarks/scale.py --sizes 100 300 1000    others

The articles are those of ../shared/corpora/text (CLAIMGRAPH_SHARED), the same mix at each size: in the order of the hashes of
their lines. Memory is the building process's; each worker that reads has its own models besides. Seconds are wall clock,
CPU those of this process.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from claimgraph.pipeline import build
from claimgraph.workers import COLLECT

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"
SIZES = (500, 5000)


def main() -> int:
    """The exit status, after the tables are printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--folder", type=Path, help="where the graphs are written")
    given = options.parse_args()
    if not TEXTS.is_dir():
        print(f"not measured: no texts in {TEXTS}")
        return 0
    gc.set_threshold(*COLLECT)
    lines = sorted(
        (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_bytes().splitlines(keepends=True)),
        key=lambda line: sha256(line).digest(),
    )
    print("| articles | phase | seconds | CPU | ms an article | peak MB |\n|---|---|---|---|---|---|")
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=given.folder) as place:
            measure(Path(place), lines[:size], given.workers)
    return 0


def measure(folder: Path, lines: list[bytes], workers: int) -> None:
    """Nothing; the rows of one size are printed."""
    source = folder / "articles.jsonl"
    source.write_bytes(b"".join(lines))
    phases = Phases(len(lines))
    begun = time.monotonic()
    report = build(source, folder / "out", model="fast", workers=workers, told=phases, limit=120)
    first = time.monotonic() - begun
    phases("end", 0, None)
    begun = time.monotonic()
    again = build(source, folder / "out", model="fast", workers=workers, limit=120)
    second = time.monotonic() - begun
    sizes = {path.name: path.stat().st_size for path in (folder / "out").iterdir() if path.is_file()}
    sizes["store"] = sum(path.stat().st_size for path in (folder / "out" / "store").rglob("*") if path.is_file())
    known = {"articles": report.articles, "left out": len(report.errors), "quads": report.quads}
    known |= {"violations": len(report.violations), "megabytes": {name: round(n / 1e6) for name, n in sizes.items()}}
    print(f"| {len(lines)} | all | {first:.1f} | | {1000 * first / len(lines):.0f} | {max(phases.peaks):.0f} |")
    print(f"| {len(lines)} | again, unchanged: {first / second:.0f} times faster | {second:.2f} | | | |")
    print(f"\n{json.dumps(known)}\n", flush=True)
    if again._replace(errors=()) != report._replace(errors=()):
        sys.exit("the second build reports something else")


class Phases:
    """The rows of the phases, printed as each ends."""

    def __init__(self, articles: int) -> None:
        self.articles, self.phase = articles, ""
        self.peaks: list[float] = []

    def __call__(self, phase: str, *_: int | None) -> None:
        """Nothing; where a phase ends, its row is printed."""
        if phase == self.phase:
            return
        if self.phase:
            seconds, cpu, peak = time.monotonic() - self.begun, time.process_time() - self.cpu, peak_memory()
            self.peaks.append(peak)
            each = 1000 * seconds / self.articles
            print(
                f"| {self.articles} | {self.phase} | {seconds:.1f} | {cpu:.1f} | {each:.1f} | {peak:.0f} |", flush=True
            )
        self.phase, self.begun, self.cpu = phase, time.monotonic(), time.process_time()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew


def peak_memory() -> float:
    """Megabytes that this process has held at most since the peak was last reset."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


if __name__ == "__main__":
    sys.exit(main())
