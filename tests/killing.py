"""What workers do in tests: they read, but end themselves by SIGKILL at articles that say so."""

from __future__ import annotations

import json
import os
import signal
import time
from functools import partial
from importlib import import_module
from pathlib import Path

PLACE = "CLAIMGRAPH_TEST_KILLED"
"""A folder with a file for each function whose process was ended once."""
ALWAYS = b"bridge number 21 "
SAID = "Prague, 3 May 2022\n\nAda Roos, the mayor of Prague, said on Monday that bridge number {} is safe.\n"
SPARED = [n for n in range(40) if n != 21]
TASKS = (
    "relating.joining._join_part",
    "corpus._read_part",
    "building.contributions._survey_part",
    "building.contributions._decide_part",
    "building.contributions._contribute_part",
)
"""What workers do in a build."""


def write(path, numbers):
    """JSON Lines of articles that differ by their number."""
    rows = (json.dumps({"id": f"n{n:03}", "published": "2022-05-03", "text": SAID.format(n)}) for n in numbers)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def prepare(tmp_path, monkeypatch):
    """The folder PLACE, after each of TASKS ends the process of its first part."""
    place = tmp_path / "killed"
    place.mkdir()
    monkeypatch.setenv(PLACE, str(place))
    for name in TASKS:
        monkeypatch.setattr(f"claimgraph.{name}", partial(once, name))
    return place


def once(name, part, **options):
    """What the function of this name makes of a part; it ends its process the first time, and always at ALWAYS."""
    try:
        (Path(os.environ[PLACE]) / name).touch(exist_ok=False)  # one process alone makes it
        is_first = True
    except FileExistsError:
        is_first = False
    if is_first or ALWAYS in part:
        os.kill(os.getpid(), signal.SIGKILL)
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"claimgraph.{module}"), function)(part, **options)


def upper(part: bytes) -> bytes:
    """The part in capitals, where the process lives."""
    if b"killer" in part:
        os.kill(os.getpid(), signal.SIGKILL)
    return part.replace(b",", b"").upper()


def refuse(part: bytes) -> bytes:
    """Nothing: it raises."""
    raise ValueError(part)


def slow(part: bytes) -> bytes:
    """The part, after a minute."""
    time.sleep(60)
    return part
