"""The workers of a Dask cluster, as workers.py has them: those of a scheduler, or processes that Dask starts on this machine.

Dask does a part again whose worker is lost. A part's key is the hash of what it holds and of how it is done: the same part
is the same task, whoever asks for it and however often.
"""

from __future__ import annotations

import gc
import logging
import pickle
import re
import signal
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from claimgraph import __version__
from claimgraph.building.readings import READ_BY, reader_digest
from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.workers import COLLECT, WAITING, Lost, cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from claimgraph.model import TaggerName

R = TypeVar("R")
LOCAL = "local"
"""The address of a cluster that is started for the purpose, on this machine."""
CONNECTING, STARTING = 15.0, 60.0
"""Seconds to wait for a scheduler, and for a worker where there is none, or none any more."""
LOOKING = 5.0
"""Seconds after which is looked again which workers there are."""
LOSSES = {"distributed.scheduler.allowed-failures": 1}
"""A part that has lost its worker twice is given back, of a cluster of our own: the default is four times."""
CALM = {
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
}
"""A cluster of our own observes itself less often, which by default takes a fifteenth of a core all the time, and does not
give memory back to the system at every turn, which made reading an eighth slower."""
TURN = Lock()
"""Held by the part that is done: what reads is not made for several threads of one process."""
CODE = "code, word lists or models"


class Cluster:
    """The workers of a cluster, which is reached, or started, when there is a first part to do."""

    worth = 0

    def __init__(self, address: str, *, model: TaggerName, workers: int | None = None) -> None:
        if workers and address != LOCAL:
            raise UsageError("--workers", "goes with --dask local; a scheduler has the workers that it has")
        _distributed()
        self.address, self.model, self.number = address, model, workers or cores()
        self.stack, self.looked, self.there = ExitStack(), 0.0, 0
        self.own: Any = None

    @property
    def width(self) -> int:
        """How many parts are handed out at once: some for each worker that is there now."""
        if monotonic() - self.looked > LOOKING:
            self.looked, self.there = monotonic(), len(self.client.nthreads())
        return max(1, self.there) * WAITING

    def submit(self, task: Callable[[bytes], R], part: bytes) -> _Pending[R]:
        """The part, which a worker of the cluster does."""
        expected = reader_digest(self.model)
        key = f"claimgraph-{sha256(expected + pickle.dumps(task) + part).hexdigest()}"
        return _Pending(self, self.client.submit(_do, task, part, self.model, expected, key=key))

    def close(self) -> None:
        """Nothing; what nobody waits for is not done, and a cluster of our own is gone."""
        self.stack.close()

    @cached_property
    def client(self) -> Any:
        """The connection to the scheduler, after its workers were found fit."""
        try:
            client = self.stack.enter_context(_distributed().Client(self._scheduler(), timeout=CONNECTING))
        except (OSError, ValueError) as error:
            raise SurroundingsError(
                self.address, f"no Dask scheduler answers there ({error}): start `dask scheduler`, or use --dask local"
            ) from None
        self._await_workers(client)
        for worker, threads in sorted(client.nthreads().items()):
            if threads > 1:
                raise SurroundingsError(
                    worker,
                    f"reads in {threads} threads, no quicker than in one: start `dask worker {self.address} "
                    f"--nthreads 1 --nworkers {threads}`",
                )
        for worker, theirs in sorted(client.run(_known, self.model, on_error="return").items()):
            _compare(worker, theirs, _known(self.model))
        return client

    def look(self) -> None:
        """Nothing, once there is a worker; SurroundingsError where there is none for some time."""
        self._await_workers(self.client)

    def _await_workers(self, client: Any) -> None:
        end = monotonic() + STARTING
        while monotonic() < end:
            if self.own is not None:  # a worker that is killed while it starts is not started again by itself
                self.own.scale(self.number)
            with suppress(TimeoutError):
                client.wait_for_workers(1, timeout=min(LOOKING, STARTING))
                return
        raise SurroundingsError(
            self.address,
            f"the scheduler has no workers: start some, `dask worker {self.address} --nthreads 1 --nworkers 4`",
        )

    def _scheduler(self) -> Any:
        """An address, or a cluster of processes that do one part at a time."""
        if self.address != LOCAL:
            return self.address
        distributed = _distributed()
        self.stack.enter_context(distributed.dask.config.set(LOSSES | CALM))
        self.own = self.stack.enter_context(
            distributed.LocalCluster(
                n_workers=self.number,
                threads_per_worker=1,
                dashboard_address=":0",
                silence_logs=logging.CRITICAL,
                preload=__name__,
            )
        )
        return self.own


class _Pending(Generic[R]):
    """A part that is on the cluster."""

    def __init__(self, cluster: Cluster, future: Any) -> None:
        self.cluster, self.future = cluster, future
        self.lost: Lost | None = None

    def result(self) -> R:
        """What came of it."""
        while self.lost is None:
            try:
                result: R = self.future.result(timeout=LOOKING)
            except TimeoutError:
                self.cluster.look()
            except _distributed().KilledWorker as error:
                self.lost = Lost(f"the last at {error.last_worker.address}", sure=False)
                self.future.release()  # else the scheduler would answer with the same when it is to do it again
            except CancelledError:
                raise SurroundingsError(
                    self.cluster.address, "the scheduler is gone: start it and the build again; what is read is kept"
                ) from None
            else:
                return result
        raise self.lost

    def cancel(self) -> object:
        """Whatever; nobody waits for it any more."""
        return self.future.release()


@cache
def _distributed() -> ModuleType:
    """The package, which is an extra of this one."""
    try:
        import distributed  # noqa: PLC0415 - without --dask it is not needed
    except ModuleNotFoundError as error:
        raise SurroundingsError(
            "--dask", f"{error.name} is not installed: pip install claimgraph[cluster], here and on the workers"
        ) from None
    for logger in filter(re.compile(r"distributed(\.|$)").match, logging.root.manager.loggerDict):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what there is to say is said by errors
    return distributed


# ---- on a worker


def dask_setup(_worker: object) -> None:
    """Nothing; a worker of our own leaves an interrupt to its parent. Dask calls what bears this name in a module that it preloads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(task: Callable[[bytes], R], part: bytes, model: TaggerName, expected: bytes) -> R:
    """What comes of a part, where this worker is the same as who asks; it may have come later than the others."""
    if reader_digest(model) != expected:
        raise SurroundingsError("a worker", f"has other {CODE} of claimgraph: install the same version there")
    gc.set_threshold(*COLLECT)
    with TURN:
        return task(part)


def _known(model: TaggerName) -> dict[str, str]:
    """What must be the same here and there, for the same bytes to come out."""
    versions = {name: version(name) for name in READ_BY}
    return {"claimgraph": __version__, **versions, CODE: reader_digest(model).hex()[:12]}


def _compare(worker: str, theirs: Any, ours: dict[str, str]) -> None:
    """Nothing; SurroundingsError where a worker has not what is here."""
    if not isinstance(theirs, dict):
        raise SurroundingsError(worker, f"has no claimgraph {__version__} ({theirs}): install it there")
    other = [f"{name} {theirs.get(name)} (here {told})" for name, told in ours.items() if theirs.get(name) != told]
    if other:
        raise SurroundingsError(worker, f"has {', '.join(other)}: install the same versions there")
