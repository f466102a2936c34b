"""What goes back to the client: a worker's bytes, or one sentence that says what is wrong."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from claimgraph.server import frames
from claimgraph.server.limits import MEGABYTE
from claimgraph.server.negotiation import GRAPHS, ROWS, content_type
from claimgraph.server.workers import TooDeep, Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive, Scope, Send

    from claimgraph.server.frames import Job, Reply
    from claimgraph.server.workers import Pool

PATIENCE = 0.05
"""Seconds after which a waiting client is watched for going away; nearly every query is answered before."""
CHUNK = 1 << 16
PATIENT_SIZE = 16
"""Times the size of a request that are read of one before it is refused."""
STATUS = {frames.WRONG: 400, frames.MISSING: 404, frames.UNACCEPTABLE: 406, frames.TOO_LARGE: 400}


class Problem(Exception):
    """An answer other than the one that was asked for."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        self.status, self.reason = status, reason
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(reason)

    def response(self) -> PlainTextResponse:
        """The answer as text."""
        return PlainTextResponse(self.reason + "\n", self.status, {"cache-control": "no-store", **self.headers})


class Gone(Exception):
    """The client is not there any more."""


class Answer:
    """A worker's bytes with their media type, sent whole: their length is known before the first of them goes."""

    def __init__(self, reply: Reply, media: str) -> None:
        self.reply = reply
        self.headers = [
            (b"content-type", content_type(media).encode()),
            (b"content-length", str(reply.length).encode()),
            (b"vary", b"accept"),
            (b"cache-control", b"no-cache"),
        ]

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Nothing; the answer is sent."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.headers})
            if self.reply.file is None:
                await send({"type": "http.response.body", "body": self.reply.body})
            else:
                await self._send_file(self.reply.file, send, head=scope["method"] == "HEAD")
        finally:
            if self.reply.file is not None:
                os.close(self.reply.file)

    async def _send_file(self, file: int, send: Send, *, head: bool) -> None:
        for place in range(0, 0 if head else self.reply.length, CHUNK):
            await send({"type": "http.response.body", "body": os.pread(file, CHUNK, place), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def answer(pool: Pool, job: Job, receive: Receive, *, rows: str = "", graph: str = "") -> Answer:
    """The worker's answer in the media type for rows or the one for a graph.

    Raises:
        Problem: it cannot be answered, and why.
        Gone: the client went away, and its query was ended.

    """
    reply = await ask(pool, job, receive)
    return Answer(reply, rows if reply.kind == frames.ROWS else graph)


async def ask(pool: Pool, job: Job, receive: Receive) -> Reply:
    """The worker's reply: rows, a graph or a page.

    Raises:
        Problem: it cannot be answered, and why.
        Gone: the client went away, and its query was ended.

    """
    return await settled(pool, _while_there(pool, job.pack(), receive))


async def settled(pool: Pool, asked: Awaitable[Reply]) -> Reply:
    """The worker's reply that is waited for, where it is no problem.

    Raises:
        Problem: it cannot be answered, and why.

    """
    try:
        return checked(pool, await asked)
    except (Unavailable, TooDeep) as error:
        raise ended(error) from None


def checked(pool: Pool, reply: Reply) -> Reply:
    """The reply, where it is an answer.

    Raises:
        Problem: it says what is wrong.

    """
    if reply.kind not in (frames.ROWS, frames.GRAPH, frames.PAGE):
        raise _problem(reply, pool)
    return reply


def ended(error: Unavailable | TooDeep, **headers: str) -> Problem:
    """Why a query has no reply."""
    if isinstance(error, TooDeep):
        return Problem(400, str(error), **headers)
    return Problem(503, str(error), retry_after=str(error.retry), **headers)


def _problem(reply: Reply, pool: Pool) -> Problem:
    said = reply.body.decode("utf-8", "replace")
    if reply.kind == frames.UNACCEPTABLE:
        offered = ROWS if said == "rows" else GRAPHS
        return Problem(406, f"none of the accepted media types is offered; for this query are: {', '.join(offered)}")
    if reply.kind == frames.OUT_OF_MEMORY:
        reason = f"the query needed more than {pool.limits.memory} MB of memory and was ended"
        return Problem(503, reason, retry_after=str(round(pool.limits.time)))
    return Problem(STATUS[reply.kind], said)


async def _while_there(pool: Pool, frame: bytes, receive: Receive) -> Reply:
    """The reply; once the client is gone nobody waits for it any more."""
    asking = asyncio.current_task()
    assert asking
    watch: list[asyncio.Task[bool]] = []
    begin = asyncio.get_running_loop().call_later(
        PATIENCE, lambda: watch.append(asyncio.ensure_future(_cancel_when_gone(receive, asking)))
    )
    try:
        return await pool.ask(frame)
    except asyncio.CancelledError:
        if watch and watch[0].done():
            asking.uncancel()
            raise Gone from None
        raise
    finally:
        begin.cancel()
        for task in watch:
            task.cancel()


async def _cancel_when_gone(receive: Receive, asking: asyncio.Task[object]) -> bool:
    """Whether the task was cancelled, which is after the client has closed its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
    return asking.cancel()


async def read_body(receive: Receive, most: int) -> bytes:
    """The body of a request.

    One that is too long is read on for a while all the same: most clients read no answer before they have sent it all.

    Raises:
        Problem: it is too long.
        Gone: it never came whole.

    """
    body, length, more = bytearray(), 0, True
    while more and length <= most * PATIENT_SIZE:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        piece, more = message.get("body", b""), message.get("more_body", False)
        length += len(piece)
        if length <= most:
            body += piece
    if length > most:
        raise Problem(413, f"the request is longer than {most // MEGABYTE} MB", connection="close")
    return bytes(body)
