"""The folder that holds the store: generations of it, each complete and never changed, one of them named as current.

    store/state.json   {"format": 1, "generation": 7, "record": the SHA-256 of graph.nq, null while that is behind}
    store/7/           an Oxigraph store (RocksDB)
    store/work         the copy that a writer changes, thrown away when it ends
    store/readings.db  what a build has read (building/readings.py)

A change is done when state.json names its generation: one rename, so at any moment the old state or the new one is
there. A reader holds a shared lock on its generation, which is not removed before. That is needed: a RocksDB opened for
reading opens most of its files when they are asked for, and a writer's compaction removes them before. Copies are hard
links, as RocksDB never changes a file of data once it is written.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.errors import SurroundingsError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""The version of this layout and of the graph's quads in it: raised when either changes."""
STATE, WORK, LOCK, READINGS = "state.json", "work", ".writing", "readings.db"
FILES_OF_DATA = (".sst", ".blob")
"""What RocksDB never changes; its other files (manifest, log, options) are small and copied."""


class State(NamedTuple):
    """The generation that is current, and the hash of the record that tells the same (None: graph.nq is behind)."""

    generation: int
    record: str | None
    format: int = FORMAT


class FormatError(SurroundingsError):
    """The store has another format: `.format` is 0 for one from before formats were named."""

    def __init__(self, path: Path, found: int) -> None:
        self.format = found
        newer = "a newer claimgraph is needed, or build the graph again"
        older = "build the graph again, or open it once with KnowledgeGraph.open(FOLDER, write=True)"
        super().__init__(
            path, f"has format {found}, this claimgraph reads {FORMAT}: {newer if found > FORMAT else older}"
        )


def holds_graph(store: Path) -> bool:
    """Whether this is the folder of a store: more than what a first build had read when it was killed."""
    return store.is_dir() and any(not path.name.startswith(READINGS) for path in store.iterdir())


def load_state(store: Path) -> State:
    """What state.json says.

    Raises:
        FormatError: the store has another format than this claimgraph reads.
        SurroundingsError: state.json cannot be read.

    """
    try:
        told = json.loads((store / STATE).read_bytes())
        found = State(int(told["generation"]), told["record"], int(told["format"]))
    except FileNotFoundError:
        raise FormatError(store, 0) from None
    except OSError as error:
        raise SurroundingsError(store / STATE, f"cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise SurroundingsError(store / STATE, "is damaged; build the graph again") from None
    if found.format != FORMAT:
        raise FormatError(store, found.format)
    return found


def settle(store: Path, state: State) -> None:
    """Nothing; state.json says this, on disk, whatever happens next."""
    unfinished = store / f".{STATE}"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(state._asdict(), file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(store / STATE)
    sync(store)


def sync(path: Path) -> None:
    """Nothing; a file's bytes or a folder's names are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(data: bytes) -> str:
    """The hash by which a store knows its record."""
    return sha256(data).hexdigest()


def hash_of(path: Path) -> str | None:
    """The hash of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


# ---- Reading


def pin(store: Path) -> tuple[Path, int]:
    """The current generation, and the open descriptor whose shared lock keeps it until it is closed."""
    while True:
        state = load_state(store)
        folder = store / str(state.generation)
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            if load_state(store) == state:
                raise SurroundingsError(folder, "is missing; build the graph again") from None
            continue  # a writer was faster: there is a newer one
        if _locks(descriptor, fcntl.LOCK_SH) and folder.exists():
            return folder, descriptor
        os.close(descriptor)


def stamp(store: Path) -> tuple[int, int]:
    """What is another once state.json has been replaced: a look at it costs a fifth of reading it."""
    found = os.stat(f"{store}/{STATE}")  # noqa: PTH116 - half the time of a Path's, for each query
    return found.st_ino, found.st_mtime_ns


def is_past(generation: Path) -> bool:
    """Whether this folder of a generation is no longer that of the current one."""
    return generation.name != str(load_state(generation.parent).generation)


def _locks(descriptor: int, kind: int) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# ---- Writing


def lock(folder: Path) -> int:
    """The open descriptor that makes this process the one writer of a folder, until `unlock`.

    Raises:
        SurroundingsError: another process writes, or nothing can be written here.

    """
    path = folder / LOCK
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise SurroundingsError(folder, f"cannot be written ({error.strerror}); choose another folder") from None
        if not _locks(descriptor, fcntl.LOCK_EX):
            who = os.read(descriptor, 200).decode("utf-8", "replace") or "another process"
            os.close(descriptor)
            raise SurroundingsError(folder, f"is being written by {who}: wait until that is done, or end it")
        if _same(path, descriptor):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {platform.node()}".encode())
            return descriptor
        os.close(descriptor)  # its last holder removed the file meanwhile


def _same(path: Path, descriptor: int) -> bool:
    """Whether the path still names this open file."""
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def unlock(folder: Path, descriptor: int) -> None:
    """Nothing; another may write."""
    (folder / LOCK).unlink(missing_ok=True)
    os.close(descriptor)


def clone(source: Path, target: Path) -> None:
    """Nothing; `target` is a copy of a closed store, its data shared as hard links where the file system has them."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.name.startswith(("LOCK", "LOG")):  # whose it was, and what RocksDB noted for its developers
            continue
        if path.suffix in FILES_OF_DATA:
            _link(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def new_number(store: Path) -> int:
    """The number of the next generation: no folder has it, not even one that was never named."""
    return 1 + max((int(path.name) for path in store.iterdir() if path.name.isdigit()), default=0)


def prune(store: Path, current: int) -> None:
    """Nothing; generations that are neither current nor read are gone, and what killed writers left.

    The caller holds the lock of the folder.
    """
    for path in store.iterdir():
        if path.is_dir() and path.name not in {str(current), WORK}:
            descriptor = os.open(path, os.O_RDONLY)
            if _locks(descriptor, fcntl.LOCK_EX):
                shutil.rmtree(path, ignore_errors=True)
            os.close(descriptor)


def make_ready(store: Path) -> None:
    """Nothing; the store no longer vouches for graph.nq, which is about to change; one of another format is gone."""
    try:
        settle(store, load_state(store)._replace(record=None))
    except SurroundingsError:
        for path in store.iterdir() if store.is_dir() else ():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not path.name.startswith(READINGS):
                path.unlink()


def adopt(new: Path, store: Path) -> None:
    """Nothing; the current generation of the store `new` is that of `store`, and so is its record."""
    if not store.is_dir():
        new.replace(store)
        return
    made, number = load_state(new), new_number(store)
    (new / str(made.generation)).replace(store / str(number))
    settle(store, State(number, made.record))
    prune(store, number)
