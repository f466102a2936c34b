"""The articles of a build: read where they are not yet, and then handed out one by one in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from claimgraph.articles import count, load
from claimgraph.corpus import read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from claimgraph.building.readings import Readings
    from claimgraph.curation.settling import Curation
    from claimgraph.errors import InputError
    from claimgraph.model import Article, Reading
    from claimgraph.removal import Removed
    from claimgraph.workers import Workers

    Told = Callable[[str, int, int | None], None]
    """Hears the phase, how much of it is done, and of how much."""


class Collected(NamedTuple):
    """The articles of a graph by id; how many of them were not given, and how many given ones are removed for good.

    `editions` are what articles were before other words replaced them, the oldest first; `replaced` of them now.
    """

    keys: dict[str, bytes]
    earlier: int
    removed: int
    editions: dict[str, list[bytes]]
    replaced: int = 0


def collect(
    inputs: str | Path | Iterable[str | Path],
    kept: Readings,
    removed: Removed,
    *,
    workers: Workers | int | None,
    sync: bool,
    errors: list[InputError],
    limit: float | None,
    told: Told,
) -> Collected:
    """The articles of the graph, each read and kept; none where not one of the inputs could be read.

    They are the inputs and, without `sync`, those of the last build whose ids the inputs do not have: what another
    version or tagger has read of these is read again. What is removed stays out of all of them; without inputs the graph
    is that of the last build again.
    """
    inputs = [inputs] if isinstance(inputs, str) or not hasattr(inputs, "__iter__") else list(inputs)
    built = {} if sync else {id_: key for id_, key in kept.built().items() if not removed.has_article(id_)}
    given: dict[str, bytes] = {}
    left: set[str] = set()
    total = count(inputs)

    def _unread() -> Iterator[Article]:
        for article in load(inputs, errors=errors):
            if removed.has_article(article.id):
                left.add(article.id)
                continue
            given[article.id] = kept.key(article)
            told("reading", len(given), total)
            if not kept.has(given[article.id]):
                yield article
        for article in kept.stale(key for id_, key in built.items() if id_ not in given):
            built[article.id] = kept.key(article)
            yield article

    for reading in read_all(_unread(), workers=workers, errors=errors, model=kept.model, limit=limit):
        id_ = reading.article.id
        kept.put(given[id_] if id_ in given else built[id_], removed.applied(reading))
    kept.save()
    if inputs and not any(map(kept.has, given.values())):
        return Collected({}, 0, len(left), {})
    keys = {id_: key for id_, key in sorted((built | given).items()) if kept.has(key)}
    editions = _editions(keys, kept, removed)
    replaced = sum(map(len, editions.values())) - sum(
        len(known) for id_, known in kept.editions().items() if id_ in keys
    )
    return Collected(keys, len(keys.keys() - given.keys()) if inputs else 0, len(left), editions, replaced)


def _editions(keys: dict[str, bytes], kept: Readings, removed: Removed) -> dict[str, list[bytes]]:
    """The earlier editions of these articles, behind them what was in the last build and has other words now."""
    known, built = kept.editions(), kept.built()
    found: dict[str, list[bytes]] = {}
    for id_, key in keys.items():
        last = built.get(id_, key)
        replaced = [last] if last != key and kept.has(last) and _reworded(*kept.get([last, key])) else []
        if editions := [*known.get(id_, ()), *replaced]:
            found[id_] = [_fresh(edition, kept, removed) for edition in editions]
    kept.save()
    return found


def _reworded(old: Reading, new: Reading) -> bool:
    return (old.article.title, old.article.text) != (new.article.title, new.article.text)


def _fresh(key: bytes, kept: Readings, removed: Removed) -> bytes:
    """The key of an edition as this version reads it: what two versions read differs without any change of the article."""
    for article in kept.stale([key]):
        for reading in read_all([article], errors=[], model=kept.model):
            key = kept.key(article)
            kept.put(key, removed.applied(reading))
    return key


class Chosen(NamedTuple):
    """The readings of the articles of a graph, as often as they are asked for, as people have decided."""

    kept: Readings
    keys: dict[str, bytes]
    told: Told
    removed: Removed
    curation: Curation
    earlier: dict[str, list[bytes]] = {}  # noqa: RUF012 - nobody changes it

    def __len__(self) -> int:
        """Number of articles."""
        return len(self.keys)

    def readings(
        self, phase: str, *, key: Callable[[str], Any] | None = None, notes: dict[str, list[str]] | None = None
    ) -> Iterator[Reading]:
        """The readings in the order of a key of their ids, else of the ids; `notes` takes what to know of each, by its origin."""
        ordered = sorted(self.keys, key=key)
        for number, reading in enumerate(self.kept.get(self.keys[id_] for id_ in ordered), 1):
            if notes is not None and reading.article.notes:
                notes.setdefault(reading.article.origin, []).extend(reading.article.notes)
            self.told(phase, number, len(self.keys))
            yield self.curation.applied(self.removed.applied(reading))

    def editions(self) -> Iterator[list[Reading]]:
        """Of each article that has been another: what it was, the oldest first, and what it is."""
        for id_ in sorted(self.earlier):
            keys = [*self.earlier[id_], self.keys[id_]]
            yield [self.curation.applied(self.removed.applied(reading)) for reading in self.kept.get(keys)]

    def as_read(self, id_: str) -> Reading | None:
        """The reading of an article before anything was decided about it; None where it is not of the graph."""
        return self.removed.applied(next(self.kept.get([self.keys[id_]]))) if id_ in self.keys else None
