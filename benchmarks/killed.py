"""Prints what writers that were killed at any moment left: each article wholly there or wholly not, nothing lost.

    make bench-store                           200 writers
    .venv/bin/python benchmarks/killed.py 30   as many as wanted

A writer adds, replaces and removes the beginnings of the articles of examples/ and reports each change that is done. It is killed (SIGKILL)
after a time between nothing and what its opening and some changes take. Then another process opens the graph and
compares every quad with what a build of the articles would write: the state must be the one last reported, or the next.
The exit status is 1 where it is neither.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from claimgraph.iris import Iris
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.model import Reading

ROOT = Path(__file__).resolve().parent.parent
LOOPS, CHANGES = 200, 4
"""Writers, and the changes in whose time one is killed."""
ARTICLES = 4
"""Articles that there are at most."""
REOPENED = 3
"""Changes after which a writer is closed and opened again, so that closing and opening are killed too."""
SEED = 4
READ_ALL = """
import msgspec, pickle, sys
from claimgraph.articles import load
from claimgraph.reader import read
articles = (msgspec.structs.replace(a, text=a.text[: a.text.rfind("\\n", 0, 700)]) for a in load(sys.argv[1], errors=[]))
sys.stdout.buffer.write(pickle.dumps([read(article) for article in articles]))
"""

State = dict[str, int]
"""Article id to the number of the reading that is in the graph under it."""
FIRST: State = {"a0": 0}
NEXT = 2


def main() -> int:
    """The exit status, after the counts are printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("writers", type=int, nargs="?", default=LOOPS)
    options.add_argument("--folder", type=Path, help="where the graph is written; memory is quicker than a disk")
    given = options.parse_args()
    read = subprocess.run([sys.executable, "-c", READ_ALL, str(ROOT / "examples")], capture_output=True, check=True)
    readings = pickle.loads(read.stdout)
    to_nquads(expected(readings, FIRST))  # what is loaded once is loaded before the processes part
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        folder = Path(place)
        apart(lambda: begin(folder, readings))
        return run(folder, readings, given.writers)


def run(folder: Path, readings: list[Reading], loops: int) -> int:
    """The exit status: writers are killed one after the other, and after each the graph is compared."""
    moments, number, state = random.Random(SEED), 0, FIRST
    reported = unreported = 0
    longest = 0.0
    for loop in range(loops + 1):
        before = number
        if loop == 0:  # one that is let do some changes says how long these take here
            number, state, longest = write_and_kill(folder, readings, number, state, changes=CHANGES)
        else:
            number, state, _ = write_and_kill(folder, readings, number, state, seconds=moments.uniform(0, longest))
        reported += number - before
        found = apart(lambda n=number, s=state: compare(folder, readings, n, s))
        if not found:
            print(f"writer {loop}: the graph is neither as reported after change {number} nor as the next leaves it")
            return 1
        if found == NEXT:
            number, state, unreported = number + 1, after(state, number), unreported + 1
    told = f"{loops} writers killed, {reported} changes reported, {unreported} more done"
    print(f"| changes lost or half done ({told}) | 0 | 0 |")
    return 0


def begin(folder: Path, readings: list[Reading]) -> int:
    """1; the folder holds a graph of one article."""
    record = to_nquads(expected(readings, FIRST)).encode()
    (folder / "graph.nq").write_bytes(record)
    KnowledgeGraph.write(folder / "store", record)
    return 1


def apart(work: Callable[[], int]) -> int:
    """What a process of its own says: this one never opens a store, whose threads would not outlive a fork."""
    child = os.fork()
    if child == 0:
        status = 0
        try:
            status = work()
        except BaseException:  # noqa: BLE001 - told, and 0 is no answer
            traceback.print_exc()
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write_and_kill(
    folder: Path,
    readings: list[Reading],
    number: int,
    state: State,
    *,
    seconds: float = 0,
    changes: int = 0,
) -> tuple[int, State, float]:
    """Number and state of the last change that a writer reported before it was killed, and how long it lived."""
    reports, report = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reports)
        try:
            write(folder, readings, number, state, report)
        except BaseException:  # noqa: BLE001 - told, and then the parent finds a writer that ended by itself
            traceback.print_exc()
        os._exit(1)
    os.close(report)
    with os.fdopen(reports) as told:
        lines = [told.readline() for _ in range(changes)]
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        lived = time.monotonic() - started
        if os.WIFEXITED(os.waitpid(child, 0)[1]):
            raise SystemExit("a writer ended by itself")
        for _ in [*lines, *told]:
            state, number = after(state, number), number + 1
    return number, state, lived


def write(folder: Path, readings: list[Reading], number: int, state: State, report: int) -> None:
    """Never returns: change after change, each reported when it is done."""
    while True:
        with KnowledgeGraph.open(folder, write=True) as graph:
            for _ in range(REOPENED):
                wanted = after(state, number)
                id_ = f"a{number % ARTICLES}"
                if id_ not in wanted:
                    graph.remove([id_])
                elif id_ in state:
                    graph.replace([named(readings, id_, wanted[id_])])
                else:
                    graph.add([named(readings, id_, wanted[id_])])
                os.write(report, b"done\n")
                state, number = wanted, number + 1


def after(state: State, number: int) -> State:
    """The state after a change: a new article is added, one that is there replaced, every fifth removed."""
    id_ = f"a{number % ARTICLES}"
    rest = {key: value for key, value in state.items() if key != id_}
    return rest if id_ in state and rest and number % 5 == 0 else rest | {id_: number}


def named(readings: list[Reading], id_: str, number: int) -> Reading:
    """A reading under another id."""
    chosen = readings[number % len(readings)]
    return msgspec.structs.replace(chosen, article=msgspec.structs.replace(chosen.article, id=id_))


def expected(readings: list[Reading], state: State) -> list:
    """The quads of a build of the articles of a state."""
    held = [named(readings, id_, number) for id_, number in sorted(state.items())]
    return to_graph(held, iris=Iris(), text="full", now=None)


def compare(folder: Path, readings: list[Reading], number: int, state: State) -> int:
    """1 where the graph is in this state, 2 where it is in the next, 0 where in none."""
    found = {f"{quad} ." for quad in KnowledgeGraph.open(folder).store}
    states = (state, after(state, number))
    return next((i for i, s in enumerate(states, 1) if set(to_nquads(expected(readings, s)).splitlines()) == found), 0)


if __name__ == "__main__":
    sys.exit(main())
