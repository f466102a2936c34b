"""Many articles: `read_all`, in this process or over workers (workers.py, cluster.py), in order either way."""

from __future__ import annotations

import ctypes
import signal
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from threading import Event, Lock, Timer, current_thread, get_ident, main_thread
from traceback import extract_tb
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from claimgraph.errors import InputError
from claimgraph.language import parse_articles
from claimgraph.model import TAGGER, Article, Reading
from claimgraph.reader import read
from claimgraph.workers import batches, hired, spread, worthwhile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.language import Parse
    from claimgraph.model import TaggerName
    from claimgraph.workers import Lost, Workers

Results: TypeAlias = "list[bytes | InputError]"
"""What came of each article of a part, readings as MessagePack."""


class TimeLimitError(Exception):
    """An article takes too long."""


def read_all(
    articles: Iterable[Article],
    *,
    workers: Workers | int | None = None,
    errors: list[InputError] | None = None,
    model: TaggerName = TAGGER,
    limit: float | None = None,
) -> Iterator[Reading]:
    """The readings of articles, in the order of the articles whoever reads them.

    Without `workers` this process reads. With 0, a corpus of some size takes one worker a core; that is the command's
    default and not this function's, because a script that starts processes has to guard its main module. Workers that
    are there already read too, those of a cluster among them (cluster.py). An article that cannot be read, or not within
    `limit` seconds, or that ends its worker twice, is appended to `errors`; without that list its InputError is raised.
    """
    with hired(workers) as readers:
        for result in _results(iter(articles), readers, model, limit):
            if not isinstance(result, InputError):
                yield result
            elif errors is None:
                raise result
            else:
                errors.append(result)


def _results(
    articles: Iterator[Article], workers: Workers | None, model: TaggerName, limit: float | None
) -> Iterator[Reading | InputError]:
    """What came of each article; by this process where there is too little to do for others."""
    first = list(islice(articles, workers.worth)) if workers else []
    parts = batches(chain(first, articles), size=lambda article: len(article.text))
    workers = worthwhile(workers, len(first))
    if workers is None:
        return (result for batch in parts for result in _attempts(batch, model, limit))
    task = partial(_read_part, model=model, limit=limit)
    read = spread(workers, task, map(msgspec.msgpack.encode, parts), pieces=_articles_of, lost=_left_out)
    return (_decoded(result) for results in read for result in results)


def _read_part(part: bytes, *, model: TaggerName, limit: float | None) -> Results:
    """What came of each article of a part: what a worker does."""
    articles = msgspec.msgpack.decode(part, type=list[Article])
    return [
        result if isinstance(result, InputError) else msgspec.msgpack.encode(result)
        for result in _attempts(articles, model, limit)
    ]


def _articles_of(part: bytes) -> Iterator[bytes]:
    """Parts of one article each."""
    return (msgspec.msgpack.encode([article]) for article in msgspec.msgpack.decode(part, type=list[Article]))


def _left_out(part: bytes, reason: Lost) -> Results:
    """The errors of articles whose worker was lost again."""
    told = f"the process that read it was ended twice ({reason}): left out; a process without memory left is ended so"
    return [
        InputError(article.origin or article.id, told) for article in msgspec.msgpack.decode(part, type=list[Article])
    ]


def _decoded(result: bytes | InputError) -> Reading | InputError:
    """A reading, or the error that it is."""
    return result if isinstance(result, InputError) else msgspec.msgpack.decode(result, type=Reading)


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
    """What runs longer than the limit is ended by TimeLimitError: by a signal in a main thread, else (Dask) by another thread.

    Either way it is raised between two steps of Python.
    """
    if not limit:
        yield
    elif current_thread() is main_thread():
        before = signal.signal(signal.SIGALRM, _end)
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        with _timed(limit):
            yield


def _end(*_: object) -> None:
    raise TimeLimitError


@contextmanager
def _timed(limit: float) -> Iterator[None]:
    """The same for a thread that is not the main one."""
    thread, lock, over = ctypes.c_ulong(get_ident()), Lock(), Event()

    def _end_there() -> None:
        with lock:
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TimeLimitError))

    timer = Timer(limit, _end_there)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            over.set()


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
