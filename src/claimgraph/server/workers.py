"""The pool of worker processes: each query has one for itself, and is ended with it when it takes too much.

A query that has run for a while only gets what others leave of the processors, and its process is replaced afterwards,
for the kernel lets it be raised again by root alone. One that has run for a second is a long one: one worker is never
given to those, so that short ones are always answered; what grows long on the last is ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from claimgraph.server import frames
from claimgraph.server.frames import CALLED_BACK, JOB_HEAD, REPLY_HEAD, Reply
from claimgraph.server.limits import LOAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from claimgraph.server.limits import Limits

LONG = 1.0
"""Seconds after which a query is long: the competency questions take under a second on a graph of 20,000 articles."""
GENTLE = 0.2
"""Seconds after which a query runs at the idle priority (sched(7)): with nice alone the 95th percentile of short ones was
eight times what it is on a quiet machine, with this about three times."""
SPARE = 2
"""Free workers from which one is lent to a connection: the last is for who comes."""
READ = 1 << 18
TRIES = 3
"""Workers that are given a query before it is given up: one may end between two queries, or be killed from without."""
STOPPING = "the service is stopping"
RETRY = 1.0
"""Seconds until a worker that could not start is tried again."""


class Unavailable(Exception):
    """A query that was not answered for want of time, memory or workers; `retry` is the advice in seconds."""

    def __init__(self, reason: str, *, retry: float) -> None:
        self.retry = max(1, round(retry))
        super().__init__(reason)


class TooDeep(Exception):
    """A query that ended its process at once: nested beyond what a parser's stack holds."""


class Worker:
    """One process and what it is doing; `answer` is who waits for it."""

    def __init__(self, settings: bytes) -> None:
        self.sock, other = socket.socketpair()
        with other:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "claimgraph.server.worker", str(other.fileno())],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "RUST_BACKTRACE": "0"},
                process_group=0,  # Ctrl-C is the service's; a session of its own would be a scheduling group where no priority counts (sched(7))
            )
        self.sock.sendall(JOB_HEAD.pack(len(settings)) + settings)
        self.sock.setblocking(False)
        self.answer: asyncio.Future[Reply] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.long = self.low = self.ready = False
        self._read = bytearray()
        self._files: list[int] = []

    def read(self) -> Reply | None:
        """The reply when it is there whole.

        Raises:
            EOFError: the process has ended.

        """
        try:
            data, files, _, _ = socket.recv_fds(self.sock, READ, 1)
        except BlockingIOError:
            return None
        except ConnectionError:
            data, files = b"", []
        if not data:
            raise EOFError
        self._read += data
        self._files += files
        if len(self._read) < REPLY_HEAD.size:
            return None
        kind, length = REPLY_HEAD.unpack_from(self._read)
        if self._files:
            self._read.clear()
            return Reply(kind.upper(), b"", self._files.pop(), length)
        if len(self._read) < REPLY_HEAD.size + length:
            return None
        body = bytes(self._read[REPLY_HEAD.size :])
        self._read.clear()
        return Reply(kind, body, None, length)

    def settle(self, outcome: Reply | Exception) -> None:
        """Nothing; who waits has the outcome."""
        if self.timer:
            self.timer.cancel()
        answer, self.answer, self.timer = self.answer, None, None
        if answer and not answer.done():
            answer.set_exception(outcome) if isinstance(outcome, Exception) else answer.set_result(outcome)
        elif isinstance(outcome, Reply) and outcome.file is not None:
            os.close(outcome.file)


class Pool:
    """The workers of one store. `ask` is the one thing to do with it between `start` and `stop`."""

    def __init__(self, store: Path, limits: Limits, prefixes: dict[str, str]) -> None:
        self.limits = limits
        self._settings = json.dumps(
            {"store": str(store), "prefixes": prefixes, "memory": limits.memory, "rows": limits.rows}
            | {"result": limits.result, "time": limits.time}
        ).encode()
        self._workers: set[Worker] = set()
        self._ending: set[Worker] = set()
        self._idle: list[Worker] = []
        self._lent: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._open = False

    # ---- for the service

    async def start(self) -> None:
        """Nothing, when the first worker is ready.

        Raises:
            Unavailable: it could not open the store.

        """
        self._loop, self._open = asyncio.get_running_loop(), True
        self._spawn()
        worker = await self._wait_for_worker(60.0)
        self._free(worker)
        self._keep_spare()

    def close(self) -> None:
        """Nothing; no query runs or will, and who waits for one is told."""
        self._open = False
        self._turn_away(STOPPING)
        for worker in [*self._workers]:
            self._end(worker, Unavailable(STOPPING, retry=5))

    async def stop(self) -> None:
        """Nothing; every worker is dead and reaped."""
        self.close()
        await asyncio.gather(*(asyncio.to_thread(worker.process.wait) for worker in self._ending))
        for worker in [*self._ending]:
            self._reap(worker)

    async def ask(self, frame: bytes) -> Reply:
        """The reply to a packed job. Cancelling this ends the query.

        Raises:
            Unavailable: time, memory or workers did not suffice.
            TooDeep: the query cannot be read.

        """
        for _ in range(TRIES):
            worker = self._idle.pop() if self._idle else await self._queue()
            if worker not in self._workers:  # it ended on the way here
                continue
            answer: asyncio.Future[Reply] = self._loop.create_future()
            worker.answer = answer
            self._later(worker, 0.0, GENTLE, self._lower)
            if not self._idle:
                self._keep_spare()
            try:
                await self._send(worker, frame)
                return await answer
            except asyncio.CancelledError:
                self._end(worker, Unavailable("the client went away", retry=1))
                raise
            except _Again:
                continue
        raise Unavailable("the workers that had this query ended", retry=RETRY)

    def has_spare(self) -> bool:
        """Whether a worker may be lent."""
        return len(self._idle) >= SPARE

    async def lend(self, frame: bytes, connection: int) -> Reply:
        """The reply of a spare worker that has answered a connection itself for a while.

        Raises:
            Unavailable: as for `ask`; so does TooDeep. Whether the last request was answered is not known then.
            ConnectionAbortedError: the worker was killed from without.

        """
        worker = self._idle.pop()
        try:
            socket.send_fds(worker.sock, [frame], [connection])
        except OSError:
            self._end(worker, _Again())
            return Reply(frames.DONE, b"")
        worker.answer = self._loop.create_future()
        self._lent.append(worker)
        self._later(worker, -LOAN, GENTLE, self._lower)
        try:
            return await worker.answer
        except asyncio.CancelledError:
            self._end(worker, Unavailable("the client went away", retry=1))
            raise
        except _Again:
            raise ConnectionAbortedError from None
        finally:
            with suppress(ValueError):
                self._lent.remove(worker)

    # ---- workers

    async def _send(self, worker: Worker, frame: bytes) -> None:
        """Nothing; the job is on its way. A process that has just ended is noticed by its reader."""
        try:
            sent = worker.sock.send(frame)
        except (BlockingIOError, ConnectionError):
            sent = 0
        if sent < len(frame):
            with suppress(ConnectionError):
                await self._loop.sock_sendall(worker.sock, frame[sent:])

    async def _queue(self) -> Worker:
        if not self._open:
            raise Unavailable(STOPPING, retry=5)
        if len(self._waiting) >= self.limits.queue:
            raise Unavailable(f"{self.limits.queue} queries are waiting already; try again later", retry=2)
        self._keep_spare()
        if self._lent:
            with suppress(OSError):
                self._lent.popleft().sock.send(CALLED_BACK)
        return await self._wait_for_worker(self.limits.time)

    async def _wait_for_worker(self, seconds: float) -> Worker:
        waiter: asyncio.Future[Worker] = self._loop.create_future()
        self._waiting.append(waiter)
        try:
            async with asyncio.timeout(seconds):
                return await waiter
        except (TimeoutError, asyncio.CancelledError) as error:
            if waiter.done() and not waiter.cancelled() and not waiter.exception():
                self._free(waiter.result())  # it came at the very moment
            if isinstance(error, asyncio.CancelledError):
                raise
            raise Unavailable(f"every worker was busy for {seconds:g} s; try again later", retry=seconds) from None
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiter)

    def _turn_away(self, reason: str) -> None:
        """Nothing; who waits for a worker is told that there is none."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_exception(Unavailable(reason, retry=5))

    def _keep_spare(self) -> None:
        """Nothing; one worker more is starting where none is free and there may be more."""
        starting = any(not worker.ready for worker in self._workers)
        if self._open and not self._idle and not starting and len(self._workers) < self.limits.workers:
            self._spawn()

    def _spawn(self) -> None:
        worker = Worker(self._settings)
        self._workers.add(worker)
        self._loop.add_reader(worker.sock, self._readable, worker)

    def _readable(self, worker: Worker) -> None:
        """Nothing; a reply, or the end of a process, is with who waits for it."""
        try:
            reply = worker.read()
        except EOFError:
            self._reap(worker)
            return
        if reply is None or worker in self._ending:
            return
        if reply.kind in (frames.READY, frames.FAILED):
            self._begin(worker, reply)
            return
        low = worker.low
        worker.long = False
        worker.settle(reply)
        if low or reply.kind == frames.OUT_OF_MEMORY:
            self._end(worker, _Again())
        else:
            self._free(worker)

    def _begin(self, worker: Worker, reply: Reply) -> None:
        """Nothing; a process that has the store open is free, one that could not open it will end."""
        worker.ready = reply.kind == frames.READY
        if worker.ready:
            self._free(worker)
        else:
            self._turn_away(f"the store cannot be opened: {reply.body.decode()}")

    def _free(self, worker: Worker) -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(worker)
                return
        self._idle.append(worker)

    # ---- ends

    def _later(self, worker: Worker, ran: float, at: float, step: Callable[[Worker], None]) -> None:
        """Nothing; after `at` seconds of its query the step is taken, or it is ended where its time is up before."""
        end = self.limits.time
        worker.timer = self._loop.call_later(min(at, end) - ran, step if at < end else self._expire, worker)

    def _lower(self, worker: Worker) -> None:
        """Nothing; a query that runs on leaves the processors to others."""
        worker.low = True
        with suppress(OSError):
            if hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(worker.process.pid, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, worker.process.pid, 19)
        self._later(worker, GENTLE, LONG, self._grow_long)

    def _grow_long(self, worker: Worker) -> None:
        """Nothing; a query has run for a second."""
        if sum(other.long for other in self._workers) >= max(1, self.limits.workers - 1):
            reason = f"{self.limits.workers - 1} long queries run already, and the last worker is kept for short ones"
            self._end(worker, Unavailable(f"{reason}; try again later", retry=self.limits.time))
            return
        worker.long = True
        self._later(worker, LONG, self.limits.time, self._expire)

    def _expire(self, worker: Worker) -> None:
        reason = f"the query took longer than {self.limits.time:g} s and was ended"
        self._end(worker, Unavailable(reason, retry=self.limits.time))

    def _end(self, worker: Worker, outcome: Exception) -> None:
        """Nothing; the process is being killed, another takes its place, who waits has the outcome."""
        if worker not in self._workers:
            return
        self._forget(worker)
        self._ending.add(worker)
        worker.process.kill()
        worker.settle(outcome)
        self._keep_spare()

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        with suppress(ValueError):
            self._idle.remove(worker)

    def _reap(self, worker: Worker) -> None:
        """Nothing; a process that has ended is gone, and who waits for it told why."""
        self._loop.remove_reader(worker.sock)
        worker.sock.close()
        status = worker.process.wait()  # its files are closed: it is as good as gone
        if worker in self._ending:
            self._ending.discard(worker)
            return
        self._forget(worker)
        worker.settle(_why(status, self.limits))
        if worker.ready:
            self._keep_spare()
        elif self._open:
            self._turn_away("no worker could be started")
            self._loop.call_later(RETRY, self._keep_spare)


class _Again(Exception):
    """A worker that ended for a reason that need not be its query's: on its own between two, or killed from without."""


def _why(status: int, limits: Limits) -> Exception:
    """Why a process ended that the pool did not kill."""
    if status == -signal.SIGSEGV:
        return TooDeep("the query is nested too deeply to be read")
    if status == -signal.SIGABRT:
        return Unavailable(f"the query needed more than {limits.memory} MB of memory and was ended", retry=limits.time)
    return _Again()
