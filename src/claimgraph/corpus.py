"""Many articles: `read_all`, in this process or over worker processes, in order either way."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from threading import current_thread, main_thread
from traceback import extract_tb
from typing import TYPE_CHECKING

from claimgraph.errors import InputError, SurroundingsError
from claimgraph.language import parse_articles
from claimgraph.model import TAGGER
from claimgraph.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from claimgraph.language import Parse
    from claimgraph.model import Article, Reading, TaggerName

WORTH_WORKERS = 64
"""Articles: a worker takes 2 to 3 seconds to start (spaCy's import), in which one process reads about 40."""
WAITING = 4
"""Batches in line for each worker: enough to keep it busy, few enough that a corpus is never held in memory."""
BATCH, BATCH_SIZE = 16, 100_000
"""Articles, and characters, that are parsed at once and sent to a worker together: the cost of sending vanishes beside
the 50 ms of reading each, and two batches of paragraphs are full; longer ones are few, to bound memory."""


class TimeLimitError(Exception):
    """An article takes too long."""


def read_all(
    articles: Iterable[Article],
    *,
    workers: int | None = None,
    errors: list[InputError] | None = None,
    model: TaggerName = TAGGER,
    limit: float | None = None,
) -> Iterator[Reading]:
    """The readings of articles, in the order of the articles whatever the number of workers.

    Without `workers` this process reads. With 0, a corpus of some size takes one worker a core; that is the command's
    default and not this function's, because a script that starts processes has to guard its main module. An article
    that cannot be read, or not within `limit` seconds, is appended to `errors`; without that list its InputError is raised.
    """
    stream = iter(articles)
    count = 1 if workers is None else workers
    if count == 0:
        first = list(islice(stream, WORTH_WORKERS))
        count = _cores() if len(first) == WORTH_WORKERS else 1
        stream = chain(first, stream)
    alone = (result for batch in _batches(stream) for result in _attempts(batch, model, limit))
    for result in alone if count == 1 else _spread(stream, count, model, limit):
        if not isinstance(result, InputError):
            yield result
        elif errors is None:
            raise result
        else:
            errors.append(result)


def _batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    """The articles in lists of at most BATCH, ended earlier by BATCH_SIZE characters."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH or sum(len(one.text) for one in batch) >= BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch


def _cores() -> int:
    """Number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spread(
    articles: Iterator[Article], workers: int, model: TaggerName, limit: float | None
) -> Iterator[Reading | InputError]:
    """The results of worker processes, in order; each starts fresh and keeps its model."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet) as pool:
        waiting: deque[Future[list[Reading | InputError]]] = deque()
        try:
            for batch in _batches(articles):
                waiting.append(pool.submit(_attempt_all, batch, model, limit))
                if len(waiting) >= workers * WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise SurroundingsError(
                "workers", "a process that reads was ended from outside: try fewer --workers"
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _quiet() -> None:
    """One thread a worker: the cores are taken by the other workers; an interrupt is the parent's to handle."""
    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _attempt_all(articles: list[Article], model: TaggerName, limit: float | None) -> list[Reading | InputError]:
    """What came of each article of a batch."""
    return list(_attempts(articles, model, limit))


def _attempts(articles: list[Article], model: TaggerName, limit: float | None) -> Iterator[Reading | InputError]:
    """What came of each article of a batch, which is parsed as one; a parse is let go as soon as it is read."""
    try:
        with _within(limit and limit * len(articles)):
            parses: list[Parse | None] = [*parse_articles(articles)]
    except Exception:  # noqa: BLE001 - which article it was comes out where each is read alone
        parses = [None] * len(articles)
    parses.reverse()
    for article in articles:
        parse = parses.pop()
        result = _attempt(article, model, parse, limit)
        if parse is not None:
            parse.release()
        yield result


@contextmanager
def _within(limit: float | None) -> Iterator[None]:
    """What runs longer than the limit is ended by TimeLimitError, where signals can be had: in the main thread of a process."""
    if not limit or current_thread() is not main_thread():
        yield
        return

    def _end(*_: object) -> None:
        raise TimeLimitError(limit)

    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _attempt(article: Article, model: TaggerName, parse: Parse | None, limit: float | None) -> Reading | InputError:
    """The reading, or the error that names the article: one bad article must not cost the other thousand."""
    try:
        with _within(limit):
            return read(article, model=model, parse=parse)
    except TimeLimitError:
        return InputError(
            article.origin or article.id, f"takes longer than {limit:g} s to read: left out, see --time-limit"
        )
    except InputError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a mistake of ours on one article is named, with its place, and reported
        where = extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return InputError(
            article.origin or article.id, f"left out for a mistake of claimgraph, please report it: {told}"
        )
