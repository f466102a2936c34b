"""What one query may cost, and how much is done at once."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Limits of the service; a query beyond one of them is ended and its client told which.

    `memory` is in megabytes beyond what an idle worker has; at most `workers` times that is ever taken.
    `result` and `request` are megabytes of one answer and of one request's body; `queue` is how many queries may wait.
    """

    time: float = 10.0
    memory: int = 512
    rows: int = 100_000
    workers: int = 8
    queue: int = 100
    result: int = 64
    request: int = 1


MEGABYTE = 1 << 20
LOAN = 0.1
"""Seconds that a worker has a connection for itself: a query's limits may come that much later."""
