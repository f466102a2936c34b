"""What workers do in tests: they read, but end themselves by SIGKILL at articles that say so."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

ONCE, ALWAYS = b"bridge number 5 ", b"bridge number 21 "
PLACE = "CLAIMGRAPH_TEST_KILLED"
"""A folder for a file of each process that was ended at ONCE."""
SAID = "Prague, 3 May 2022\n\nThe mayor of Prague said on Monday that bridge number {} is safe.\n"
SPARED = [n for n in range(40) if n != 21]


def write(path, numbers):
    """JSON Lines of articles that differ by their number."""
    rows = (json.dumps({"id": f"n{n:03}", "published": "2022-05-03", "text": SAID.format(n)}) for n in numbers)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def prepare(tmp_path, monkeypatch):
    """The folder for ONCE, after what workers do was replaced."""
    place = tmp_path / "killed"
    place.mkdir()
    monkeypatch.setenv(PLACE, str(place))
    monkeypatch.setattr("claimgraph.corpus._read_part", read_part)
    return place


def read_part(part: bytes, **options: object) -> object:
    """As the real one, where the process lives."""
    place = Path(os.environ[PLACE])
    if ALWAYS in part:
        os.kill(os.getpid(), signal.SIGKILL)
    if ONCE in part and not any(place.iterdir()):
        (place / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    from claimgraph import corpus  # noqa: PLC0415 - what only kills does not wait for spaCy

    return corpus._read_part(part, **options)


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
