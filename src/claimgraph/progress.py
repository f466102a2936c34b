"""How far a long job is, in words: the phase, how much of it is done, how fast, and the time left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AT_LEAST = 2.0
"""Seconds of a phase from which a rate says something."""


class Progress:
    """A line for each report of a phase, handed to `show`."""

    def __init__(self, show: Callable[[str], None], *, clock: Callable[[], float] = time.monotonic) -> None:
        self.show, self.clock = show, clock
        self.phase, self.begun = "", 0.0

    def __call__(self, phase: str, done: int, of: int | None) -> None:
        """Nothing; how far the phase is, is shown."""
        if phase != self.phase:
            self.phase, self.begun, self.first = phase, self.clock(), done
        self.show(line(phase, done, of, seconds=self.clock() - self.begun, since=self.first))


def line(phase: str, done: int, of: int | None, *, seconds: float, since: int = 0) -> str:
    """One line; `since` were done when the clock began.

    >>> line("reading", 300, 1000, seconds=10)
    'reading 300 of 1,000, 30 a second, 23 s left'
    >>> line("checking", 0, None, seconds=0)
    'checking'
    """
    parts = [f"{phase} {done:,}{f' of {of:,}' if of else ''}" if done else phase]
    rate = (done - since) / seconds if seconds >= AT_LEAST else 0.0
    if rate:
        parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        parts += [f"{_spoken((of - done) / rate)} left"] if of and of > done else []
    return ", ".join(parts)


def _spoken(seconds: float) -> str:
    """A length of time in its largest unit.

    >>> _spoken(40), _spoken(400), _spoken(8000)
    ('40 s', '7 min', '2 h 13 min')
    """
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
