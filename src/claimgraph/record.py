"""The record of a graph: how many quads graph.nq holds, and the hash by which it is known."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO


class Record(NamedTuple):
    """How many quads a record has, and the SHA-256 of its bytes, which is the graph's RDFC-1.0 hash (quads.py)."""

    quads: int
    digest: str


EMPTY = Record(0, sha256().hexdigest())


def write_lines(lines: Iterable[bytes], file: BinaryIO) -> Record:
    """What the record holds, after its lines are written."""
    count, digest = 0, sha256()
    for line in lines:
        file.write(line)
        digest.update(line)
        count += 1
    return Record(count, digest.hexdigest())
