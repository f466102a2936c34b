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


WIDEST = 64
"""Runs that are merged at once: each is an open file, and systems allow a process a thousand."""


class Sorter:
    """Lines in any order, given back sorted and each once, as often as wanted; its runs are files in a folder of its own."""

    def __init__(self, folder: Path, *, run: int | None = None) -> None:
        self.folder, self.run = folder, run or RUN
        self.lines: list[bytes] = []
        self.held = 0
        self.levels: list[list[Path]] = [[]]
        self.written = 0
        folder.mkdir(exist_ok=True)

    def add(self, lines: Iterable[bytes]) -> None:
        """Nothing; these lines, each with its newline, are among the others."""
        for line in lines:
            self.lines.append(line)
            self.held += len(line)
            if self.held >= self.run:
                self._write()

    def merged(self) -> Iterator[bytes]:
        """All lines in the order of their bytes, each once."""
        self._write()
        yield from _merged([path for level in self.levels for path in level])

    def _write(self) -> None:
        """Nothing; what is held is a run; as many as can be merged at once are one run of the next level."""
        if not self.lines:
            return
        self._put(sorted(self.lines), 0)
        self.lines, self.held = [], 0
        for level, runs in enumerate(self.levels):
            if len(runs) == WIDEST:
                self.levels[level] = []
                self._put(_merged(runs), level + 1)
                for path in runs:
                    path.unlink()

    def _put(self, lines: Iterable[bytes], level: int) -> None:
        if level == len(self.levels):
            self.levels.append([])
        path = self.folder / str(self.written)
        with path.open("wb") as file:
            file.writelines(lines)
        self.levels[level].append(path)
        self.written += 1


def _merged(paths: Iterable[Path]) -> Iterator[bytes]:
    with ExitStack() as files:
        yield from merged([files.enter_context(path.open("rb")) for path in paths])


def merged(runs: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    r"""The lines of sorted runs in order, each once.

    >>> list(merged([[b"a\n", b"c\n"], [b"b\n", b"c\n"]]))
    [b'a\n', b'b\n', b'c\n']
    """
    return (line for line, _ in groupby(merge(*runs)))


def sort_lines(lines: Iterable[bytes], *, folder: Path | None = None) -> Iterator[bytes]:
    r"""The lines in the order of their bytes, each once; the runs are in `folder`, or where the system has its temporary files.

    >>> list(sort_lines([b"b\n", b"a\n", b"b\n"]))
    [b'a\n', b'b\n']
    """
    with TemporaryDirectory(dir=folder) as place:
        sorter = Sorter(Path(place))
        sorter.add(lines)
        yield from sorter.merged()
