"""A text with the parts of claims marked in it, as pieces that follow each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RANK = {"cue": 0, "source": 1, "trigger": 2, "figure": 3, "content": 4}
"""Which of two marks of one length is seen."""


class Mark(NamedTuple):
    """Characters `[start, end)` that are a part of the statement `of`."""

    start: int
    end: int
    part: str
    of: str = ""


class Piece(NamedTuple):
    """Words that have one mark, or none."""

    text: str
    part: str = ""
    of: str = ""


def pieces(text: str, marks: Iterable[Mark], *, begin: int = 0, end: int | None = None) -> list[Piece]:
    """The characters `[begin, end)` of the text in order, each with the shortest mark that it is in.

    >>> pieces("Ada said no.", [Mark(0, 3, "source"), Mark(4, 8, "cue")])[:3]
    [Piece(text='Ada', part='source', of=''), Piece(text=' ', part='', of=''), Piece(text='said', part='cue', of='')]
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < m.end and m.start < stop and m.end > begin]
    return [
        Piece(text[a:b], mark.part if mark else "", mark.of if mark else "")
        for a, b, mark in _runs(inside, begin, stop)
    ]


def _runs(marks: list[Mark], begin: int, end: int) -> Iterator[tuple[int, int, Mark | None]]:
    """Where each piece begins and ends, and its mark: one pass over the bounds of all marks."""
    bounds = sorted({begin, end, *(min(max(at, begin), end) for m in marks for at in (m.start, m.end))})
    waiting = sorted(marks, key=lambda m: m.start, reverse=True)
    there: list[Mark] = []
    for start, stop in pairwise(bounds):
        while waiting and waiting[-1].start <= start:
            there.append(waiting.pop())
        there = [m for m in there if m.end > start]
        yield start, stop, min(there, key=lambda m: (m.end - m.start, RANK.get(m.part, 9), m), default=None)
