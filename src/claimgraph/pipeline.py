"""The main job, on one screen: read -> identify -> relate -> write -> check."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claimgraph import __version__
from claimgraph.articles import load
from claimgraph.corpus import read_all
from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.generations import adopt, lock, make_ready, unlock
from claimgraph.identity import dataset_quads, identify, relation_quads, run_quads
from claimgraph.identity import to_quads as identity_quads
from claimgraph.iris import BASE, Iris
from claimgraph.model import TAGGER
from claimgraph.network import network, write_gexf, write_graphml
from claimgraph.page import compact, page_data, write_page
from claimgraph.quads import to_nquads, to_trig
from claimgraph.rdf import to_quads
from claimgraph.report import to_json, to_markdown, to_report
from claimgraph.store import STORE, KnowledgeGraph
from claimgraph.things import articles as articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.errors import InputError
    from claimgraph.model import Article, Reading, TaggerName
    from claimgraph.quads import Quad

FILES = ("graph.nq", "graph.trig", "graph.graphml", "graph.gexf", "network.html", "report.md", "report.json", "store")
"""What a build writes; a build replaces these in its folder and touches nothing else."""

TEXTS = ("full", "quotes", "none")


class BuildReport(NamedTuple):
    """How many articles and quads were written, what was left out and why, what the check found, what to know."""

    articles: int
    quads: int
    errors: tuple[InputError, ...]
    violations: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def build(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path = "output",
    *,
    base: str = BASE,
    now: str | None = None,
    text: str = "full",
    workers: int | None = None,
    model: TaggerName = TAGGER,
    infer: bool = False,
) -> BuildReport:
    """The graph of some articles in the folder `out`: graph.nq, graph.trig, store, network.html, report.md and more.

    With `infer` it holds one graph more: what follows in terms of schema.org, SEM, PROV and others (infer.py).

    Inputs that cannot be read are left out and listed in the report; the rest is built. Nothing half-written stays,
    and what an earlier build wrote stays where not one article could be read.

    Raises:
        SurroundingsError: `out` cannot be written.
        UsageError: an option has a value that would spoil the graph.

    """
    _check_options(base=base, now=now, text=text)
    folder, iris = Path(out), Iris(base if base.endswith(("/", "#")) else f"{base}/")
    errors: list[InputError] = []
    with _Workshop(folder) as unfinished:
        readings = _one_each(read_all(load(inputs, errors=errors), workers=workers, errors=errors, model=model))
        if not readings:
            return BuildReport(0, 0, tuple(errors), ())
        quads = to_graph(readings, iris=iris, text=text, now=now, model=model)
        if infer:
            quads += _inferred(quads, iris=iris, now=now)
        record = to_nquads(quads).encode("utf-8")
        graph = _write_graph(unfinished, record, quads)
        violations = graph.quick_check().violations
        _write_network(graph, unfinished, text=text)
        report = to_report(readings, errors, violations, text=text, record=record)
        (unfinished / "report.json").write_text(to_json(report), encoding="utf-8", newline="\n")
        (unfinished / "report.md").write_text(to_markdown(report), encoding="utf-8", newline="\n")
        del graph  # closes the store before it is moved
    warnings = tuple(f"{read.article.origin}: {note}" for read in readings for note in read.article.notes)
    return BuildReport(len(readings), len(quads), tuple(errors), violations, warnings)


def _check_options(*, base: str, now: str | None, text: str) -> None:
    """Nothing for options that a graph can be built with; UsageError for the first that is none."""
    if not re.fullmatch(r"(?:https?|urn):[^\s<>\"{}|\\^`]+", base):
        raise UsageError(base, "is no base for identifiers: give an absolute IRI such as https://example.org/news/")
    if text not in TEXTS:
        raise UsageError(text, f"is no amount of text: give {', '.join(TEXTS)}")
    if now is not None and not _is_time(now):
        raise UsageError(now, "is no time: give one such as 2026-01-31T12:00:00Z")


def _is_time(words: str) -> bool:
    """Whether these words are an xsd:dateTime of the calendar."""
    try:
        datetime.fromisoformat(words)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[\d-]{10}T[\d:]{8}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", words))


def to_graph(
    readings: list[Reading], *, iris: Iris, text: str, now: str | None, model: TaggerName = TAGGER
) -> list[Quad]:
    """All quads: each article's own graph, who is who, how claims bear on each other, what made it."""
    quads = [quad for reading in readings for quad in to_quads(reading, iris=iris, text=text)]
    quads += identity_quads(identify(readings, iris=iris), readings, iris=iris)
    quads = list(dict.fromkeys(quads + relation_quads(readings, iris=iris)))
    runs = run_quads(readings, version=__version__, options=f"text={text} model={model}", now=now, iris=iris)
    return quads + runs + dataset_quads(len(quads), len(readings), iris=iris)


def _inferred(quads: list[Quad], *, iris: Iris, now: str | None) -> list[Quad]:
    """The graph of what follows from the ontology."""
    from claimgraph.infer import infer  # noqa: PLC0415 - needed by `--infer` alone

    return infer(quads, iris=iris, version=__version__, now=now)


def view(folder: str | Path, *, focus: str | None = None) -> Path:
    """The path of the network page of a built graph, written again: whole, or what surrounds one name."""
    folder = Path(folder)
    graph = KnowledgeGraph.open(folder)
    with _Workshop(folder, keep=("network.html",)) as unfinished:
        shown = articles_of(graph)
        write_page(network(graph, focus=focus), shown, unfinished / "network.html", text=_held(shown))
    return folder / "network.html"


def view_data(folder: str | Path, *, focus: str | None = None) -> str:
    """What that page holds, as JSON (docs/page-data.md)."""
    graph = KnowledgeGraph.open(Path(folder))
    shown = articles_of(graph)
    return compact(page_data(network(graph, focus=focus), shown, text=_held(shown)))


def _held(articles: dict[str, Article]) -> str:
    """How much of the articles' words a graph holds, as `build` has it."""
    return "full" if any(article.text for article in articles.values()) else "none"


def _one_each(readings: Iterable[Reading]) -> list[Reading]:
    """One reading for each article id, the last given, in the order of ids: the graph does not depend on input order."""
    by_id = {reading.article.id: reading for reading in readings}
    return [by_id[key] for key in sorted(by_id)]


def _write_graph(folder: Path, record: bytes, quads: list[Quad]) -> KnowledgeGraph:
    """graph.nq (the record), graph.trig (for people) and the store made of the record."""
    (folder / "graph.nq").write_bytes(record)
    (folder / "graph.trig").write_bytes(to_trig(quads).encode("utf-8"))
    return KnowledgeGraph.write(folder / STORE, record)


def _write_network(graph: KnowledgeGraph, folder: Path, *, text: str) -> None:
    """network.html, and the same network for Gephi and others."""
    built = network(graph)
    write_page(built, articles_of(graph), folder / "network.html", text=text)
    write_graphml(built, folder / "graph.graphml")
    write_gexf(built, folder / "graph.gexf")


class _Workshop:
    """A folder beside `out` to write in; what is complete is moved into `out` at the end, else nothing is.

    Whoever makes a graph is the one writer of `out`; its store becomes the next generation of the one that is there.
    """

    def __init__(self, out: Path, *, keep: tuple[str, ...] = FILES) -> None:
        self.out, self.keep = out, keep
        self.lock: int | None = None

    def __enter__(self) -> Path:
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
        return self.folder

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._move()
        except OSError as error:
            raise SurroundingsError(self.out, f"cannot be written ({error.strerror})") from None
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.lock is not None:
                unlock(self.out, self.lock)

    def _move(self) -> None:
        """Nothing; the new files are in `out`. The store is named last, so that it never tells of a record that is not there."""
        whole = (self.folder / STORE).is_dir()
        if whole:
            make_ready(self.out / STORE)
        for name in self.keep:
            if name != STORE and (self.folder / name).exists():
                (self.folder / name).replace(self.out / name)
        if whole:
            adopt(self.folder / STORE, self.out / STORE)
