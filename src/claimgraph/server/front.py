"""The HTTP of one connection: uvicorn's, but for plain queries, which go to a worker straight away.

A client that asks in quick succession is answered by a worker itself for a while (lent.py).
"""

from __future__ import annotations

import os
import select
from functools import partial
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from claimgraph.server import frames
from claimgraph.server.answers import CHUNK, PATIENCE, Problem, checked, ended, settled
from claimgraph.server.limits import LOAN
from claimgraph.server.plain import lines_of
from claimgraph.server.workers import TooDeep, Unavailable

if TYPE_CHECKING:
    import asyncio

    from claimgraph.server.frames import Reply
    from claimgraph.server.plain import Head, Plain

QUICK = 0.01
"""Seconds within which a client has asked again that asks in quick succession."""
GONE = getattr(select, "POLLRDHUP", 0)
"""What poll(2) tells of a connection that the other side has closed; elsewhere than on Linux POLLHUP alone, unasked."""


class Front(H11Protocol):
    """A connection; `asked` is the plain query that is being answered, `early` what came meanwhile.

    `answered` is when the last one was, `stopping` whether no further one will be.
    """

    def __init__(self, plain: Plain, **given: Any) -> None:
        super().__init__(**given)
        self.plain = plain
        self.asked: asyncio.Task[None] | None = None
        self.early, self.stopping, self.answered = b"", False, -QUICK

    def data_received(self, data: bytes) -> None:
        """Nothing; what came is being answered, or waits until it can be."""
        if self.asked:
            self.early += data
            self.transport.pause_reading()
        elif self._is_between() and (found := self.plain.read(data)):
            self._unset_keepalive_if_required()
            self.asked = self.loop.create_task(self._answer(*found))
            self.tasks.add(self.asked)
            self.asked.add_done_callback(self._over)
        else:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing; a query whose client is gone is ended, where it would not have ended by itself."""
        super().connection_lost(exc)
        if self.asked:
            self.loop.call_later(PATIENCE, self.asked.cancel)

    def shutdown(self) -> None:
        """Nothing; the connection closes, after its answer."""
        self.stopping = True
        if not self.asked:
            super().shutdown()

    def _is_between(self) -> bool:
        """Whether a request may begin, and one more may be answered."""
        idle = self.conn.our_state is self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]
        most = self.limit_concurrency or 0
        return idle and not self.transport.is_closing() and len(self.connections) < most > len(self.tasks)

    async def _answer(self, head: Head, query: str) -> None:
        """Nothing; the query is answered, and what its client asks in quick succession as well."""
        pool, is_quick = self.plain.pool, self.loop.time() < self.answered + QUICK
        await self.flow.drain()
        try:
            await self._send(head, await settled(pool, pool.ask(self.plain.job(head, query))))
            self.answered = self.loop.time()
            if is_quick and pool.has_spare() and self._may_lend():
                await self._lend(head)
        except Problem as problem:
            self._tell(problem)

    def _may_lend(self) -> bool:
        """Whether nothing is on its way that a worker's answer could overtake."""
        return not (self.stopping or self.transport.is_closing() or self.transport.get_write_buffer_size())

    async def _lend(self, head: Head) -> None:
        """Nothing; a worker had the connection for a while, and this has answered what it gave back.

        Raises:
            Problem: the last query failed.

        """
        descriptor = self.transport.get_extra_info("socket").fileno()
        self.transport.pause_reading()
        self._look(descriptor)
        try:
            reply = await self.plain.pool.lend(self.plain.loan(head), descriptor)
        except (Unavailable, TooDeep) as error:
            self.stopping = (
                True  # it may have been answered at the very end: what is told now would be one answer too many
            )
            raise ended(error, connection="close") from None
        finally:
            self.watch.cancel()
            self.transport.resume_reading()
        if self.loop.time() > self.answered + LOAN:
            self.answered = self.loop.time()
        if reply.kind == frames.DONE:
            self.early += reply.body
        elif reply.kind == frames.REST:
            self.transport.write(reply.body)
        else:
            await self._send(head, checked(self.plain.pool, reply))

    def _look(self, descriptor: int, *, gone: bool = False) -> None:
        """Nothing; a lent connection whose client has been gone for a while is closed."""
        state = select.poll()
        state.register(descriptor, GONE)
        is_gone = bool(state.poll(0))
        if gone and is_gone:
            self.transport.close()
        else:
            self.watch = self.loop.call_later(PATIENCE, partial(self._look, descriptor, gone=is_gone))

    def _tell(self, problem: Problem) -> None:
        """Nothing; the answer is one sentence."""
        response = problem.response()
        status = b"HTTP/1.1 %d %b\r\n" % (problem.status, STATUS_PHRASES[problem.status])
        headers = lines_of([*self.server_state.default_headers, *response.raw_headers, *self.plain.rules.headers])
        self.transport.write(b"".join([status, headers, b"\r\n", response.body]))

    async def _send(self, head: Head, reply: Reply) -> None:
        """Nothing; the answer is sent."""
        length = b"content-length: %d\r\n\r\n" % reply.length
        begin = self.plain.begin(head.rows if reply.kind == frames.ROWS else head.graph)
        self.transport.write(begin + lines_of(self.server_state.default_headers) + length + reply.body)
        if reply.file is None:
            return
        with os.fdopen(reply.file, "rb", buffering=0) as file:
            file.seek(0)
            while (data := file.read(CHUNK)) and not self.transport.is_closing():
                self.transport.write(data)
                await self.flow.drain()

    def _over(self, task: asyncio.Task[None]) -> None:
        """Nothing; the next request is waited for, or the connection closed."""
        self.tasks.discard(task)
        self.asked = None
        self.server_state.total_requests += 1
        early, self.early = self.early, b""
        if self.transport.is_closing():
            return
        if self.stopping or task.cancelled() or task.exception():
            self.transport.close()
        elif early:
            self.transport.resume_reading()
            self.data_received(early)
        else:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
