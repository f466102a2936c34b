"""Work in parts over worker processes: results come in the order of the parts, whatever becomes of a process.

`Workers` is all that the rest knows of them: processes of this machine (`Processes`), or those of a Dask cluster
(cluster.py). A part is bytes: what is sent is what is hashed, and no two versions of a class can differ on the way.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from multiprocessing import get_context
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from claimgraph.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

R = TypeVar("R")
Thing = TypeVar("Thing")
R_co = TypeVar("R_co", covariant=True)

WORTH = 64
"""Articles: a worker takes 2 to 3 seconds to start (spaCy's import), in which one process reads about 40."""
PATIENCE = 3
"""How often more a part is tried that cannot be left out: a busy cluster loses processes that did nothing wrong."""
WAITING = 4
"""Parts in line for each worker: enough to keep it busy, few enough that a corpus is never held in memory."""
BATCH, BATCH_SIZE = 16, 100_000
"""Articles, and characters of them, that are one part: the cost of sending vanishes beside the 50 ms of reading each, and two
batches of paragraphs are full; longer ones are few, to bound memory."""
COLLECT = (50_000, 20, 20)
"""When Python looks for cycles: libraries and models make many objects that stay, and looking through them again and
again is a seventh of a build's time."""


class Lost(Exception):  # noqa: N818 - what befell, not whose mistake it was
    """The process that did a part was ended from outside; its words say how.

    Where it is not `sure`, the process may have been doing another part that was lost with this one.
    """

    def __init__(self, how: str, *, sure: bool = True) -> None:
        super().__init__(how)
        self.sure = sure


class Pending(Protocol[R_co]):
    """A part that is being done."""

    def result(self) -> R_co:
        """What came of it, once it is done; Lost is raised where its process was ended."""

    def cancel(self) -> object:
        """Whatever; a part that nobody has begun is not done."""


class Workers(Protocol):
    """Processes that do parts."""

    worth: int
    """Articles, below which this process is quicker alone."""

    @property
    def width(self) -> int:
        """How many parts are handed out before the first of their results is waited for."""

    def submit(self, task: Callable[[bytes], R], part: bytes) -> Pending[R]:
        """The part, which some worker does by `task`: a function of a module, or a partial one."""

    def close(self) -> None:
        """Nothing; no process works for this one any more."""


def batches(
    things: Iterable[Thing], *, size: Callable[[Thing], int], number: int = BATCH, most: int = BATCH_SIZE
) -> Iterator[list[Thing]]:
    """The things in lists of at most so many, each ended earlier where their sizes reach `most`."""
    batch: list[Thing] = []
    held = 0
    for thing in things:
        batch.append(thing)
        held += size(thing)
        if len(batch) == number or held >= most:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def spread(
    workers: Workers,
    task: Callable[[bytes], R],
    parts: Iterable[bytes],
    *,
    pieces: Callable[[bytes], Iterable[bytes]] = lambda part: [part],
    lost: Callable[[bytes, Lost], R] | None = None,
) -> Iterator[R]:
    """What `task` makes of the parts, in their order.

    A part whose process is ended from outside is done again, in the `pieces` that it can be done in; what comes of a piece
    that is lost twice says `lost`, without which it is a SurroundingsError.
    """
    line = _Line(workers, task, pieces, lost or _give_up)
    try:
        for part in parts:
            line.join(part)
            while len(line.waiting) >= workers.width:
                yield from line.first()
        while line.waiting:
            yield from line.first()
    finally:
        for _, pending in line.waiting:
            pending.cancel()


class _Line(Generic[R]):
    """Parts that were handed out, in order; their results are taken from the first on."""

    def __init__(
        self,
        workers: Workers,
        task: Callable[[bytes], R],
        pieces: Callable[[bytes], Iterable[bytes]],
        lost: Callable[[bytes, Lost], R],
    ) -> None:
        self.workers, self.task, self.pieces, self.lost = workers, task, pieces, lost
        self.waiting: deque[tuple[bytes, Pending[R]]] = deque()

    def join(self, part: bytes) -> None:
        """Nothing; the part is the last one."""
        self.waiting.append((part, self.workers.submit(self.task, part)))

    def first(self) -> Iterator[R]:
        """What comes of the first part, in pieces where it was lost."""
        part, pending = self.waiting.popleft()
        try:
            yield pending.result()
        except Lost:
            again = [(piece, self.workers.submit(self.task, piece)) for piece in self.pieces(part)]
            for piece, pending in again:
                yield self._again(piece, pending, beside=[*again, *self.waiting])

    def _again(self, piece: bytes, pending: Pending[R], *, beside: list[tuple[bytes, Pending[R]]]) -> R:
        """What comes of a piece, which is done once more; if it may be lost for another's sake, when nothing else is done."""
        try:
            return pending.result()
        except Lost as reason:
            is_sure = reason.sure
        for _, other in beside if not is_sure else ():
            with suppress(Exception):  # it is raised when its turn comes
                other.result()
        for _ in range(PATIENCE if self.lost is _give_up else 1):
            try:
                return self.workers.submit(self.task, piece).result()
            except Lost as reason:
                last = reason
        return self.lost(piece, last)


def _give_up(_part: bytes, reason: Lost) -> Any:
    raise SurroundingsError("workers", f"a process was ended again and again ({reason}): try fewer --workers")


@contextmanager
def hired(workers: Workers | int | None) -> Iterator[Workers | None]:
    """Those workers, or that many processes of this machine while it lasts.

    None for None and 1: this process works alone. 0 is one a core, which begin where there is enough to do.
    """
    if workers is not None and not isinstance(workers, int):
        yield workers
        return
    number = cores() if workers == 0 else workers or 1
    if number == 1:
        yield None
        return
    with closing(Processes(number, worth=0 if workers else WORTH)) as processes:
        yield processes


def worthwhile(workers: Workers | None, articles: int) -> Workers | None:
    """Those workers, where so many articles are enough for them to do."""
    return workers if workers and articles >= workers.worth else None


def cores() -> int:
    """Number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Processes of this machine, each started when there is a first part for it, and again when it was ended.

    Each has a thread here that hands it one part after the other: so it is known which part a lost process had.
    """

    def __init__(self, number: int, *, worth: int = 0) -> None:
        self.worth, self.width = worth, number * WAITING
        self.threads, self.own = ThreadPoolExecutor(number, "claimgraph-worker"), local()
        self.lock, self.running, self.closed = Lock(), set[_Process](), False

    def submit(self, task: Callable[[bytes], R], part: bytes) -> Pending[R]:
        """The part, which the next process that is free does."""
        return self.threads.submit(self._do, task, part)

    def _do(self, task: Callable[[bytes], R], part: bytes) -> R:
        if not hasattr(self.own, "process"):
            with self.lock:
                if self.closed:
                    raise Lost("interrupted")
                self.own.process = _Process()
                self.running.add(self.own.process)
        try:
            result: R = self.own.process.do(task, part)
        except (EOFError, OSError):
            how = self.own.process.end(patience=1)
            self.running.discard(self.own.process)
            del self.own.process
            raise Lost(how) from None
        return result

    def close(self) -> None:
        """Nothing; the processes are gone, also those in the middle of a part."""
        with self.lock:
            self.closed = True
            running = list(self.running)
        for process in running:
            process.end(patience=0)
        self.threads.shutdown(cancel_futures=True)


class _Process:
    """A process that does one part at a time; it ends by itself where this one does."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def do(self, task: Callable[[bytes], Any], part: bytes) -> Any:
        """The result of a part; EOFError or OSError where the process has ended."""
        self.pipe.send((task, part))
        is_done, result = self.pipe.recv()
        if not is_done:
            raise result
        return result

    def end(self, *, patience: float) -> str:
        """How the process ended, of itself within so many seconds or else now."""
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"


def _serve(pipe: Connection) -> None:
    """Nothing; parts that come through the pipe are done, one after the other, until it is closed.

    One thread a worker: the cores are taken by the other workers. An interrupt is the parent's to handle.
    """
    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*COLLECT)
    with suppress(EOFError, OSError):
        while True:
            task, part = pipe.recv()
            try:
                answer = True, task(part)
            except Exception as error:  # noqa: BLE001 - it is the parent's to raise
                answer = False, error
            pipe.send(answer)
