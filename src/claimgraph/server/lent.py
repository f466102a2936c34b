"""A connection that is lent to a worker: what it asks is answered without the service between.

The service lends one whose client asks in quick succession, for LOAN seconds at most. It has read and judged a request
of it; only further ones of the very same head are answered here. Whatever else comes goes back with the connection, as
does an answer that is no success, or that is long. So the service still knows when each query must be over.
"""

from __future__ import annotations

import io
import os
import select
import time
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING

from claimgraph.server import frames
from claimgraph.server.frames import Job
from claimgraph.server.limits import LOAN
from claimgraph.server.plain import query_of

if TYPE_CHECKING:
    from claimgraph.server.frames import Loan
    from claimgraph.server.sink import Sink
    from claimgraph.server.worker import Asked

IDLE = 10
"""Milliseconds that a connection may be quiet until it is given back."""
READ = 1 << 16


def attend(asked: Asked, loan: Loan, client: int, service: int) -> tuple[bytes, Sink | str | bytes]:
    """The reply that gives the connection back, after any number of its requests was answered."""
    head, end = loan.head.encode("latin-1"), time.monotonic() + LOAN
    waiting = select.poll()
    waiting.register(client, select.POLLIN)
    waiting.register(service, select.POLLIN)
    while time.monotonic() < end:
        ready = [descriptor for descriptor, _ in waiting.poll(IDLE)]
        data = _read(client) if ready == [client] else b""
        query = query_of(data, head)
        if not query:
            return frames.DONE, data
        asked.follow()
        kind, said = asked.answer(Job(query, loan.rows, loan.graph, base=loan.base))
        if isinstance(said, str) or not isinstance(said.file, io.BytesIO):
            return kind, said
        begin = loan.begin_rows if kind == frames.ROWS else loan.begin_graph
        told = f"{begin}date: {_date(int(time.time()))}\r\ncontent-length: {said.length}\r\n\r\n"
        if rest := _rest(client, told.encode("latin-1") + said.file.getbuffer()):
            return frames.REST, rest
    return frames.DONE, b""


def _read(client: int) -> bytes:
    """What has come; nothing where the client is gone, which the service will see for itself."""
    try:
        return os.read(client, READ)
    except OSError:
        return b""


def _rest(client: int, answer: bytes) -> bytes:
    """What of an answer the connection does not take at once: a worker waits for no client."""
    try:
        return answer[os.write(client, answer) :]
    except BlockingIOError:
        return answer
    except OSError:
        return b""


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    """The time as HTTP has it."""
    return formatdate(second, usegmt=True)
