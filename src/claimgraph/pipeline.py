"""The main job, on one screen: read -> identify -> relate -> write -> check.

`build` and `_write` are all of it; below is what else is done with the folder of a graph.
"""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from claimgraph import __version__
from claimgraph.building.contributions import Making
from claimgraph.building.graph_files import survey, write_graph
from claimgraph.building.intake import Chosen, collect
from claimgraph.building.readings import BuildReport, Readings
from claimgraph.building.sorting import sort_lines
from claimgraph.building.workshop import FILES, Workshop, made, state_of, unchanged
from claimgraph.changes import infers, kept_of
from claimgraph.curation.ledger import forget, load_ledger, save_ledger
from claimgraph.curation.rejecting import without_claim
from claimgraph.curation.settling import Curation, settle
from claimgraph.drawing.part import part_of
from claimgraph.drawing.since import mark_fresh
from claimgraph.drawing.things import articles as articles_of
from claimgraph.duplicates.copies import find_copies
from claimgraph.duplicates.editions import revisions
from claimgraph.duplicates.printed import copy_quads, printed_of
from claimgraph.errors import UsageError
from claimgraph.facts import Facts
from claimgraph.identity import dataset_quads, identify, relation_quads, run_quads
from claimgraph.identity import to_quads as identity_quads
from claimgraph.iris import BASE, Iris
from claimgraph.model import TAGGER
from claimgraph.network import drawn_network, write_gexf, write_graphml
from claimgraph.page import compact, page_data, write_page
from claimgraph.rdf import to_quads
from claimgraph.relating.across import across_quads, told_of
from claimgraph.removal import Removed, digest, find, load_removed, save_removed
from claimgraph.report import Found, to_report
from claimgraph.reporting.rows import across_rows
from claimgraph.reporting.text import write_report
from claimgraph.store import RECORD, STORE, KnowledgeGraph
from claimgraph.subjects.chronicle import story_rows
from claimgraph.subjects.happening_graph import happening_quads
from claimgraph.subjects.happenings import lines_of
from claimgraph.subjects.occurrences import occurrences_of
from claimgraph.subjects.storylines import steps_of, storyline_quads
from claimgraph.workers import hired, worthwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    import networkx as nx

    from claimgraph.errors import InputError
    from claimgraph.model import Article, Reading, TaggerName
    from claimgraph.quads import Quad
    from claimgraph.workers import Workers

__all__ = ["FILES", "BuildReport", "build", "remove", "to_graph", "view", "view_data"]

STORIES = 5
"""Storylines of topics, and of happenings, that the report has."""
TEXTS = ("full", "quotes", "none")


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
    console: bool = False,
    sync: bool = False,
    limit: float | None = None,
    dask: str | None = None,
    told: Callable[[str, int, int | None], None] | None = None,
) -> BuildReport:
    """The graph of some articles in the folder `out`: graph.nq, graph.trig, store, network.html, report.md and more.

    Articles that an earlier build of this folder read stay in the graph, those of the same ids replaced (duplicates/editions.py); with
    `sync` the graph holds the inputs alone. What is read is kept (building/readings.py): the same article is not read twice, even where a
    build was killed, and where nothing has changed nothing is written. With `text` other than "full" nothing is kept.
    What people have decided in this folder holds (curation/ledger.py). With `infer` there is one graph more, what follows from it;
    with `console` the page can be asked in SPARQL.

    Inputs that cannot be read, or take longer than `limit` seconds, are left out and listed in the report; the rest is
    built. Nothing half-written stays, and what an earlier build wrote stays where not one article could be read.
    `told` hears the phase, how much is done, and of how much. `workers` are processes, or with `dask` (an address) a cluster's.

    Raises:
        SurroundingsError: `out` cannot be written, or the cluster not reached.
        UsageError: an option has a value that would spoil the graph.

    """
    _check_options(base=base, now=now, text=text)
    making = Making(Iris(base if base.endswith(("/", "#")) else f"{base}/"), text, now, model, infer, console)
    folder, told, crew = Path(out), told or (lambda *_: None), _crew(workers, dask, model)
    errors: list[InputError] = []
    with Workshop(folder) as workshop, closing(Readings(folder / STORE, model=model)) as kept, crew as readers:
        removed, curation = load_removed(folder, iris=making.iris), Curation(load_ledger(folder))
        found = collect(inputs, kept, removed, workers=readers, sync=sync, errors=errors, limit=limit, told=told)
        if not found.keys:
            return BuildReport(0, 0, tuple(errors), (), removed=found.removed)
        chosen = Chosen(kept, found.keys, told, removed, curation, found.editions if text == "full" else {})
        state = state_of(chosen, making, errors)
        if (report := unchanged(folder, kept, state)) is None:
            report = _write(workshop.folder, chosen, making, errors, readers)
            workshop.move()
            kept.settle(chosen.keys, made(folder, state, report), keep=text == "full", editions=chosen.earlier)
        report = report._replace(errors=tuple(errors), replaced=found.replaced if chosen.earlier else 0)
        return report._replace(earlier=found.earlier, removed=found.removed)


def _crew(workers: int | None, dask: str | None, model: TaggerName) -> AbstractContextManager[Workers | None]:
    """Who works beside this process: those of a Dask cluster, as many processes here, or nobody."""
    if dask is None:
        return hired(workers)
    from claimgraph.cluster import Cluster  # noqa: PLC0415 - needed by `--dask` alone

    return closing(Cluster(dask, workers=workers, model=model))


def _write(
    folder: Path, chosen: Chosen, making: Making, errors: list[InputError], workers: Workers | None
) -> BuildReport:
    """What was built, after all files are in the folder, the store too."""
    workers = worthwhile(workers, len(chosen))
    people, copies = survey(folder, chosen.readings("telling who is who"), making, workers)
    settled = settle(chosen.curation, chosen.as_read, people, iris=making.iris)
    readings = chosen.readings("writing", key=making.graph_of)
    record = write_graph(folder, readings, making, people, copies, chosen.editions(), settled, workers)
    chosen.told("loading the store", 0, None)
    graph = KnowledgeGraph.write(folder / STORE, folder / RECORD)
    violations = graph.quick_check(
        suspect=record.suspect, told=lambda done: chosen.told("checking", done, len(chosen))
    ).violations
    chosen.told("drawing the network", 0, None)
    _write_network(graph, folder, making)
    notes: dict[str, list[str]] = {}
    readings = chosen.readings("reporting", notes=notes)
    revised = [found for editions in chosen.editions() for found in revisions(editions, iris=making.iris)]
    stories = list(story_rows(graph, most=STORIES))
    with TemporaryDirectory(dir=folder) as place:
        found = Found(errors, violations, record, copies, revised, across_rows(graph), settled.told(), stories)
        write_report(to_report(readings, found, folder=Path(place), text=making.text), folder)
    warnings = tuple(f"{origin}: {note}" for origin, found in notes.items() for note in found)
    return BuildReport(len(chosen), record.quads, (), violations, (*warnings, *settled.warnings()))


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
    articles = [to_quads(reading, iris=iris, text=text) for reading in readings]
    quads = [quad for of_one in articles for quad in of_one]
    links = identify(readings, iris=iris)
    quads += identity_quads(links, readings, iris=iris)
    copies = find_copies(printed_of(reading, iris=iris, text=text) for reading in readings)
    quads += copy_quads(copies, iris=iris)
    if text != "none":
        told = (claim for reading in readings for claim in told_of(reading, links, iris=iris, text=text))
        quads += across_quads(copies.once(told), iris=iris)
    canonical = {link.local: link.canonical for link in links}
    facts = list(map(Facts, articles))
    events = (occurrences_of(of_one, lambda local: canonical.get(local, local)) for of_one in facts)
    lines = sort_lines(line for found in events for line in lines_of(found))
    quads += happening_quads(lines, iris=iris, copies=copies.story)
    steps = sort_lines(line for of_one in facts for line in steps_of(of_one))
    quads += storyline_quads(steps, iris=iris, copies=copies.story)
    quads = list(dict.fromkeys(quads + relation_quads(readings, iris=iris)))
    runs = run_quads(readings, version=__version__, options=f"text={text} model={model}", now=now, iris=iris)
    return quads + runs + dataset_quads(len(quads), len(readings), iris=iris)


def remove(
    folder: str | Path, names: Iterable[str], *, told: Callable[[str, int, int | None], None] | None = None
) -> BuildReport:
    """The graph of a folder built again without these: ids of articles, names or IRIs of entities with all told of them.

    They stay out of every later build (removal.py). What was read is kept, so nothing is read again.

    Raises:
        UsageError: nothing is called so, several are, nothing would be left, or the texts were not kept (`text`).
        SurroundingsError: the folder holds no graph or cannot be written.

    """
    folder = Path(folder)
    store = KnowledgeGraph.open(folder).store
    how, infer, before = kept_of(store), infers(store), load_removed(folder, iris=kept_of(store).iris)
    del store  # closed: it is replaced
    with closing(Readings(folder / STORE, model=how.model)) as kept:
        built = kept.built()
        if not built:
            raise UsageError(
                str(folder), "keeps no texts: build it with `--text full`, or again from the inputs that are to stay"
            )
        new = find(kept.get(built.values()), names, iris=how.iris)
        if all(digest(id_) in new.articles for id_ in built):
            raise UsageError(str(folder), "would be empty: delete the folder instead")
        removed = Removed(before.articles | new.articles, before.entities | new.entities, how.iris)
        save_removed(folder, removed)
        ledger = load_ledger(folder)
        curation = Curation(ledger)
        for key in (*built.values(), *chain.from_iterable(kept.editions().values())):
            [reading] = kept.get([key])
            kept.put(key, removed.applied(_without_decided(reading, curation, removed)))
            ledger = forget(ledger, reading.article.id, removed.mask(reading))
        if ledger != curation.decisions:
            save_ledger(folder, ledger)
    return build([], folder, base=how.iris.base, text=how.text, model=how.model, infer=infer, told=told)


def _without_decided(reading: Reading, curation: Curation, removed: Removed) -> Reading:
    """The reading without the claims that only by a decision are told of what is removed."""
    decided = curation.applied(reading)
    stay = {claim.id for claim in removed.applied(decided).claims}
    for claim in decided.claims:
        reading = reading if claim.id in stay else without_claim(reading, claim.id)
    return reading


def view(
    folder: str | Path, *, focus: str | None = None, since: str | Path | None = None, console: bool = False
) -> Path:
    """The path of the network page of a built graph, written again: whole, or what surrounds one name.

    `since` is a folder of a graph built earlier: the page then says which claims that one had not. With `console` the
    page can be asked in SPARQL; it then carries the whole graph also where it shows a part.
    """
    folder = Path(folder)
    with Workshop(folder, keep=("network.html",)) as workshop:
        built, shown = _network(folder, focus=focus, since=since)
        trig = folder / "graph.trig" if console else None
        write_page(built, shown, workshop.folder / "network.html", text=_held(shown), trig=trig)
        workshop.move()
    return folder / "network.html"


def view_data(folder: str | Path, *, focus: str | None = None, since: str | Path | None = None) -> str:
    """What that page holds, as JSON (docs/page-data.md)."""
    built, shown = _network(Path(folder), focus=focus, since=since)
    return compact(page_data(built, shown, text=_held(shown)))


def _network(
    folder: Path, *, focus: str | None, since: str | Path | None
) -> tuple[nx.MultiDiGraph, dict[str, Article]]:
    """The network and its articles by IRI, compared with an earlier graph where there is one."""
    graph = KnowledgeGraph.open(folder)
    part = part_of(graph, focus=focus)
    built = drawn_network(part)
    if since is not None:
        mark_fresh(built, graph, KnowledgeGraph.open(since))
    return built, articles_of(part.graph)


def _held(articles: dict[str, Article]) -> str:
    """How much of the articles' words a graph holds, as `build` has it."""
    return "full" if any(article.text for article in articles.values()) else "none"


def _write_network(graph: KnowledgeGraph, folder: Path, making: Making) -> None:
    """network.html, and the same network for Gephi and others."""
    part = part_of(graph)
    built = drawn_network(part)
    trig = folder / "graph.trig" if making.console else None
    write_page(built, articles_of(part.graph), folder / "network.html", text=making.text, trig=trig)
    write_graphml(built, folder / "graph.graphml")
    write_gexf(built, folder / "graph.gexf")
