"""The HTTP of one connection: uvicorn's, but for plain queries, which go to a worker straight away."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from claimgraph.server import frames
from claimgraph.server.answers import CHUNK, PATIENCE, Problem, settled
from claimgraph.server.frames import Job
from claimgraph.server.negotiation import GRAPHS, ROWS
from claimgraph.server.plain import lines_of

if TYPE_CHECKING:
    import asyncio

    from claimgraph.server.frames import Reply
    from claimgraph.server.plain import Head, Plain


class Front(H11Protocol):
    """A connection; `asked` is the plain query that is being answered, `early` what came meanwhile."""

    def __init__(self, plain: Plain, **given: Any) -> None:
        super().__init__(**given)
        self.plain = plain
        self.asked: asyncio.Task[None] | None = None
        self.early, self.stopping = b"", False

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
        job = Job(query, ROWS.get(head.rows, ""), GRAPHS.get(head.graph, ""), base=head.base)
        try:
            reply = await settled(self.plain.pool, self.plain.pool.ask(job.pack()))
        except Problem as problem:
            self._tell(problem)
        else:
            await self._send(reply, head.rows if reply.kind == frames.ROWS else head.graph)

    def _tell(self, problem: Problem) -> None:
        """Nothing; the answer is one sentence."""
        response = problem.response()
        status = b"HTTP/1.1 %d %b\r\n" % (problem.status, STATUS_PHRASES[problem.status])
        headers = lines_of([*self.server_state.default_headers, *response.raw_headers, *self.plain.rules.headers])
        self.transport.write(b"".join([status, headers, b"\r\n", response.body]))

    async def _send(self, reply: Reply, media: str) -> None:
        """Nothing; the answer is sent."""
        length = b"content-length: %d\r\n\r\n" % reply.length
        head = self.plain.begin(media) + lines_of(self.server_state.default_headers) + length
        self.transport.write(head + reply.body)
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
