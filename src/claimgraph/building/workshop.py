"""The folder of a build: written apart and moved at the end, by one writer at a time; and how it knows that nothing changed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from claimgraph.building.readings import BuildReport, tree_digest
from claimgraph.errors import SurroundingsError
from claimgraph.generations import STATE, adopt, lock, make_ready, unlock
from claimgraph.ontology_files import ontology_folder
from claimgraph.store import STORE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.building.contributions import Making
    from claimgraph.building.intake import Chosen
    from claimgraph.building.readings import Readings
    from claimgraph.errors import InputError

FILES = ("graph.nq", "graph.trig", "graph.graphml", "graph.gexf", "network.html", "report.md", "report.json", "store")
"""What a build writes; a build replaces these in its folder and touches nothing else."""


class Made(msgspec.Struct, frozen=True):
    """What a build was made of, what it reported, and the files as it left them."""

    state: str
    report: BuildReport
    files: dict[str, tuple[int, int]]


def state_of(chosen: Chosen, making: Making, errors: Iterable[InputError]) -> str:
    """The hash of all that decides what a build writes: readings, options, what was left out, removed or decided, this package."""
    package = tree_digest(Path(__file__).parents[1], models=False) + tree_digest(ontology_folder(), models=False)
    parts = (
        sorted(chosen.keys.items()),
        tuple(making),
        sorted(map(str, errors)),
        sorted(chosen.removed.articles),
        sorted(chosen.removed.entities),
        chosen.curation.decisions,
        sorted(chosen.earlier.items()),
    )
    return sha256(package + repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def made(folder: Path, state: str, report: BuildReport) -> str:
    """What `unchanged` needs to know a build again."""
    told = Made(state, report._replace(errors=()), _stamps(folder))
    return msgspec.json.encode(told).decode()


def unchanged(folder: Path, kept: Readings, state: str) -> BuildReport | None:
    """What the last build of a folder reported, where it was made of the same and nobody has touched its files since."""
    told = kept.state()
    last = msgspec.json.decode(told, type=Made) if told else None
    return last.report if last is not None and (last.state, last.files) == (state, _stamps(folder)) else None


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file that a build writes, of the store the file that names its generation."""
    paths = {name: folder / name if name != STORE else folder / STORE / STATE for name in FILES}
    found = {name: path.stat() for name, path in paths.items() if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}


class Workshop:
    """A folder beside `out` to write in; `move` puts what is complete into `out`, else nothing is left of it.

    Whoever makes a graph is the one writer of `out`; its store becomes the next generation of the one that is there.
    """

    def __init__(self, out: Path, *, keep: tuple[str, ...] = FILES) -> None:
        self.out, self.keep = out, keep
        self.lock: int | None = None

    def __enter__(self) -> Self:
        self.is_new = not self.out.exists()
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            if STORE in self.keep:
                self.lock = lock(self.out)
                for left in self.out.glob(".unfinished-*"):  # by a build that was killed: this is the only one now
                    shutil.rmtree(left, ignore_errors=True)
            self.folder = Path(tempfile.mkdtemp(prefix=".unfinished-" if self.lock else ".page-", dir=self.out))
        except OSError as error:
            raise SurroundingsError(
                self.out, f"cannot be written ({error.strerror}); choose another folder with --out"
            ) from None
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.lock is not None:
            unlock(self.out, self.lock)
        if self.is_new:
            with suppress(OSError):  # it holds something
                self.out.rmdir()

    def move(self) -> None:
        """Nothing; the new files are in `out`. The store is named last, so that it never tells of a record that is not there."""
        try:
            self._move()
        except OSError as error:
            raise SurroundingsError(self.out, f"cannot be written ({error.strerror})") from None

    def _move(self) -> None:
        whole = (self.folder / STORE).is_dir()
        if whole:
            make_ready(self.out / STORE)
        for name in self.keep:
            if name != STORE and (self.folder / name).exists():
                (self.folder / name).replace(self.out / name)
        if whole:
            adopt(self.folder / STORE, self.out / STORE)
