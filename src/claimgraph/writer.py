"""GraphWriter: a graph on disk that changes article by article, each change wholly there or wholly not.

A change is made in a copy of the store that only the writer has, and is done when its generation is named
(`generations`). Readers keep the generation that they opened. graph.nq is written again when the writer is closed; a
killed writer leaves it behind, state.json says so, and the next writer writes it.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from claimgraph.building.sorting import sort_lines
from claimgraph.changes import Change, change, held, relate_again
from claimgraph.curation.ledger import load_ledger
from claimgraph.curation.settling import Curation
from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.generations import (
    FORMAT,
    WORK,
    FormatError,
    State,
    clone,
    hash_of,
    holds_graph,
    load_state,
    lock,
    new_number,
    prune,
    settle,
    sync,
    unlock,
)
from claimgraph.store import RECORD, STORE, KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.model import Reading

WORTH_OPTIMIZING = 1_000_000
"""Quads added at once from which the store is compacted: below, RocksDB does it well enough by itself."""


class GraphWriter(KnowledgeGraph):
    """A graph opened for writing, the only one of its folder: `with KnowledgeGraph.open(folder, write=True) as graph:`.

    `add`, `replace` and `remove` return when the change is on disk. Raised errors mean that it is not there at all. What
    people have decided holds, but for who is who in articles that are new (docs/curation.md).
    """

    def __init__(self, folder: Path) -> None:
        self.place = folder / STORE
        self._lock: int | None = lock(folder)
        self._now: str | None = None  # of the last change
        try:
            self.state = _current(folder)
            prune(self.place, self.state.generation)
            super().__init__(self._copy(), folder)
        except BaseException:
            self._release()
            raise

    def add(self, readings: Iterable[Reading], *, now: str | None = None) -> Change:
        """What changed: these articles are in the graph, in the texts and under the base that it was built with.

        Raises:
            UsageError: one of them is there already; nothing is added.
            SurroundingsError: the disk is full or cannot be written; nothing is added.

        """
        new = _one_each(readings)
        if there := held(self._open(), new):
            raise UsageError(there[0], "is in the graph already; replace it")
        return self._change([], list(new.values()), now=now)

    def replace(self, readings: Iterable[Reading], *, now: str | None = None) -> Change:
        """What changed: these articles are in the graph, in place of those of the same ids where there were some."""
        new = _one_each(readings)
        return self._change(held(self._open(), new), list(new.values()), now=now)

    def remove(self, ids: Iterable[str]) -> Change:
        """What changed: the articles of these ids are gone, with all that only they said.

        Raises:
            UsageError: one of them is not in the graph; nothing is removed.

        """
        wanted = list(dict.fromkeys(ids))
        there = held(self._open(), wanted)
        for id_ in wanted:
            if id_ not in there:
                raise UsageError(id_, "is no article of the graph")
        return self._change(there, [], now=None)

    def optimize(self) -> None:
        """Nothing; the store's files are compacted, for readers who open it from now on."""
        with self._or_not_at_all():
            self._open().optimize()
            self._publish()

    def save(self) -> None:
        """Nothing; what all claims say of each other is in the store, and graph.nq says what it says. `close` does this too."""
        folder = self.place.parent
        with _told(folder):
            if self.state.record is None:
                with self._or_not_at_all():
                    if relate_again(self._open(), now=self._now, curation=self._decided()):
                        self._publish()
                unfinished = self.place / f".{RECORD}"
                write_record(self._open(), unfinished)
                unfinished.replace(folder / RECORD)
                self._settle(State(self.state.generation, hash_of(folder / RECORD)))

    def close(self) -> None:
        """Nothing; graph.nq is written, and another may write."""
        if self._lock is not None:
            try:
                self.save()
            finally:
                self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _change(self, gone: Sequence[str], readings: Sequence[Reading], *, now: str | None) -> Change:
        if not gone and not readings:
            return Change(0, 0, 0, 0)
        self._now = now
        with self._or_not_at_all():
            changed = change(self.store, gone, readings, now=now, curation=self._decided())
            if changed.quads_added > WORTH_OPTIMIZING:
                self.store.optimize()
            self._publish()
        return changed

    def _decided(self) -> Curation:
        """What people have decided in this folder."""
        return Curation(load_ledger(self.place.parent))

    @contextmanager
    def _or_not_at_all(self) -> Iterator[None]:
        """What fails within leaves no trace: the copy is thrown away for a new one of the current generation."""
        try:
            with _told(self.place):
                yield
        except BaseException:
            self._start_again()
            raise

    def _start_again(self) -> None:
        """Nothing; the copy is a new one of what is current, or the writer is closed where none can be made."""
        try:
            self.state = load_state(self.place)
            self.store = self._copy()
        except (OSError, SurroundingsError):
            self._release()

    def _publish(self) -> None:
        """Nothing; the copy's state is the current generation. This is the moment at which a change is done."""
        number = new_number(self.place)
        self.store.backup(str(self.place / str(number)))
        self._settle(State(number, None))
        with suppress(OSError):  # what cannot be removed now is removed later
            prune(self.place, number)

    def _settle(self, state: State) -> None:
        settle(self.place, state)
        self.state = state

    def _copy(self) -> ox.Store:
        """A store of the writer's own, the same as the current generation."""
        self.store = ox.Store()  # the one before is closed
        clone(self.place / str(self.state.generation), self.place / WORK)
        return ox.Store(str(self.place / WORK))

    def _open(self) -> ox.Store:
        if self._lock is None:
            raise SurroundingsError(self.place, "is closed: open it again")
        return self.store

    def _release(self) -> None:
        self.store = ox.Store()
        shutil.rmtree(self.place / WORK, ignore_errors=True)
        if self._lock is not None:
            unlock(self.place.parent, self._lock)
            self._lock = None


def open_writer(folder: str | Path) -> GraphWriter:
    """The graph of a folder, opened for writing.

    Raises:
        SurroundingsError: it holds no graph, another process writes, it cannot be written, or graph.nq is another one.

    """
    folder = Path(folder)
    if not holds_graph(folder / STORE) and not (folder / RECORD).is_file():
        raise SurroundingsError(
            folder, "holds no graph; run `claimgraph build ARTICLE... --out` with this folder first"
        )
    return GraphWriter(folder)


def write_record(store: ox.Store, path: Path) -> None:
    """Nothing; the file is graph.nq of a store, on disk: its quads, one a line, sorted, whatever fits into memory."""
    with TemporaryDirectory(dir=path.parent) as folder:
        whole = Path(folder) / "whole"
        store.dump(str(whole), format=ox.RdfFormat.N_QUADS)
        with whole.open("rb") as lines, path.open("wb") as record:
            record.writelines(sort_lines(lines, folder=path.parent))
    sync(path)


def _one_each(readings: Iterable[Reading]) -> dict[str, Reading]:
    """One reading for each article id, the last given."""
    by_id = {reading.article.id: reading for reading in readings}
    return {id_: by_id[id_] for id_ in sorted(by_id)}


def _current(folder: Path) -> State:
    """The state of a folder's store, made of graph.nq where there is none of this format."""
    try:
        state = load_state(folder / STORE)
    except FormatError as error:
        if error.format > FORMAT or not (folder / RECORD).is_file():
            raise
        return _migrated(folder)
    written = hash_of(folder / RECORD)
    if written is None:
        return state._replace(record=None)
    if state.record not in {None, written}:
        raise SurroundingsError(
            folder / RECORD,
            "was changed by something else than claimgraph: build the graph again, or delete it and it is written from the store",
        )
    return state


def _migrated(folder: Path) -> State:
    """The state of a new store made of graph.nq, in the place of one that has no or an older format."""
    made, old = folder / f".{STORE}", folder / STORE
    with _told(folder):
        shutil.rmtree(made, ignore_errors=True)
        KnowledgeGraph.write(made, folder / RECORD)
        shutil.rmtree(old, ignore_errors=True)
        made.replace(old)
    return load_state(old)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system refuses is told as ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SurroundingsError(path, f"cannot be written ({reason}); nothing of this change is there") from None
