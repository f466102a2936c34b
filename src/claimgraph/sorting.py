"""Lines sorted, whatever fits into memory: in runs that are files, which are merged (Knuth, vol. 3, 5.4)."""

from __future__ import annotations

from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN = 64_000_000
"""Bytes that are sorted at once: with what Python adds to each line some 100 MB of memory."""


def sort_lines(lines: Iterable[bytes], *, folder: Path | None = None) -> Iterator[bytes]:
    r"""The lines in the order of their bytes, each once; the runs are in `folder`, or where the system has its temporary files.

    >>> list(sort_lines([b"b\n", b"a\n", b"b\n"]))
    [b'a\n', b'b\n']
    """
    with TemporaryDirectory(dir=folder) as place, ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        for run in _runs(lines):
            path = Path(place) / str(len(runs))
            with path.open("wb") as file:
                file.writelines(run)
            runs.append(files.enter_context(path.open("rb")))
        yield from (line for line, _ in groupby(merge(*runs)))


def _runs(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in sorted parts."""
    run, size = [], 0
    for line in lines:
        run.append(line)
        size += len(line)
        if size >= RUN:
            yield sorted(run)
            run, size = [], 0
    yield sorted(run)
