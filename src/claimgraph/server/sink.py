"""Where a worker writes an answer: memory as long as it is short, a file without a name then."""

from __future__ import annotations

import io
import tempfile
from typing import IO

from claimgraph.server.limits import MEGABYTE

INLINE = MEGABYTE
"""Bytes of an answer that are sent over the socket; a longer one is in a file without a name."""


class TooLarge(Exception):
    """An answer beyond the limits; the message says which."""


class Sink:
    """Where an answer is written: memory, then a file; its rows and bytes are counted while it is written."""

    def __init__(self, *, rows: int, size: int, mark: bytes = b"", beside: int = 0) -> None:
        self.file: IO[bytes] = io.BytesIO()
        self.rows, self.size, self.mark = rows, size, mark
        self.length, self.counted, self.tail = 0, -beside, b""

    def write(self, data: bytes) -> int:
        """The number of bytes written.

        Raises:
            TooLarge: these are too many.

        """
        self.length += len(data)
        if self.length > self.size:
            raise TooLarge(f"the answer is longer than {self.size // MEGABYTE} MB")
        if self.mark:
            self._count(data)
        if self.length > INLINE and isinstance(self.file, io.BytesIO):
            file = tempfile.TemporaryFile()  # noqa: SIM115 - it outlives this call, and closes with the sink
            file.write(self.file.getbuffer())
            self.file = file
        return self.file.write(data)

    def _count(self, data: bytes) -> None:
        seen = self.tail + data
        self.counted += seen.count(self.mark)
        self.tail = seen[-len(self.mark) + 1 :] if len(self.mark) > 1 else b""
        if self.counted > self.rows:
            raise TooLarge(f"the answer has more than {self.rows} rows; LIMIT and OFFSET give a part of it")

    def flush(self) -> None:
        """Nothing: what is written is read by its length."""
        self.file.flush()
