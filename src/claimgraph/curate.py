"""Curation: doubtful items of a graph out as a spreadsheet, decisions back into its ledger, and the graph built again."""

from __future__ import annotations

from contextlib import contextmanager
from heapq import nsmallest
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.actors.authority import load_authority
from claimgraph.building.intake import Chosen
from claimgraph.building.readings import Readings
from claimgraph.building.sorting import Sorter
from claimgraph.changes import infers, kept_of
from claimgraph.curation.curated import Finder, curated, is_own
from claimgraph.curation.doubts import Bearer, Doubts, merges
from claimgraph.curation.doubts_across import joints
from claimgraph.curation.happenings import type_of
from claimgraph.curation.ledger import BETWEEN, Anchor, Decision, Item, joined, load_ledger, save_ledger
from claimgraph.curation.settling import Curation, settle
from claimgraph.curation.sheet import error_at, read_sheet, to_day, to_sheet
from claimgraph.curation.values import link_fault
from claimgraph.errors import UsageError
from claimgraph.generations import lock, unlock
from claimgraph.identifying.same_name import decide, read_use, use_line
from claimgraph.identity import identify, uses_of
from claimgraph.pipeline import build
from claimgraph.removal import load_removed
from claimgraph.store import STORE, KnowledgeGraph
from claimgraph.terms import part_iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.building.intake import Told
    from claimgraph.building.readings import BuildReport
    from claimgraph.changes import Kept
    from claimgraph.curation.doubts import Doubt
    from claimgraph.curation.sheet import Row
    from claimgraph.errors import InputError
    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.identity import Link
    from claimgraph.model import Reading

ROWS = 1000
"""Rows of a spreadsheet: more than a person looks at in a week."""


class Imported(NamedTuple):
    """How many decisions are new and how many were there; what is wrong with rows, and then nothing is; the graph built again."""

    new: int
    known: int
    errors: tuple[InputError, ...] = ()
    report: BuildReport | None = None


def export_doubts(folder: str | Path, *, limit: int = ROWS, every: bool = False) -> Iterator[bytes]:
    """The spreadsheet of what is doubtful in a graph, the worst first, at most `limit` rows (0: all), line by line.

    What has been decided is left out, but with `every` it is there too, and with it what is not doubtful.

    Raises:
        UsageError: the graph keeps no texts.

    """
    with _opened(Path(folder)) as graph:
        found = (d for d in graph.doubts() if every or (d.confidence < 1 and not graph.is_decided(d)))
        rows = nsmallest(limit, found, key=attrgetter("rank")) if limit else sorted(found, key=attrgetter("rank"))
    return to_sheet(rows)


def import_decisions(
    folder: str | Path, path: str | Path, *, by: str | None = None, now: str | None = None, told: Told | None = None
) -> Imported:
    """What of a spreadsheet's decisions is new, after all are in the ledger and the graph is built again with them.

    Where a row cannot be taken none is. `by` and `now` are for rows without a name or a day.

    Raises:
        UsageError: `now` is no day, or the graph keeps no texts.
        InputError: the file is no spreadsheet of an export.
        SurroundingsError: the folder holds no graph or cannot be written.

    """
    folder, path = Path(folder), Path(path)
    if now is not None and to_day(now) is None:
        raise UsageError(now, "is no day: give one such as 2026-01-31")
    errors: list[InputError] = []
    with _opened(folder) as graph:
        rows = read_sheet(path, by=by, when=now, errors=errors)
        known = {_written(decision): decision for decision in graph.curation.decisions}
        decisions = [d for row in rows if _row_written(row) not in known for d in graph.decided(row, path, errors)]
        again = len(rows) - len(decisions)
        errors += graph.refused(decisions, {row.item: row for row in rows}, path)
        how, infer = graph.how, graph.infer
    if errors:
        return Imported(0, 0, tuple(sorted(errors, key=_row_number)))
    if not decisions:
        return Imported(0, again)
    before = _append(folder, decisions)
    try:
        report = build([], folder, base=how.iris.base, text=how.text, model=how.model, infer=infer, told=told)
    except BaseException:
        save_ledger(folder, before)  # all is as it was
        raise
    return Imported(len(decisions), again, (), report)


def _row_number(error: InputError) -> int:
    return int(error.reason.removeprefix("row ").partition(",")[0])


def _written(decision: Decision) -> tuple[str, ...]:
    return decision.item, decision.decision, decision.correction, decision.by, decision.when, decision.note


def _row_written(row: Row) -> tuple[str, ...]:
    return row.item, row.decision, row.correction, row.by, row.when, row.note


def _append(folder: Path, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """What the ledger had before the decisions were in it; nobody else writes meanwhile."""
    held = lock(folder)
    try:
        before = load_ledger(folder)
        save_ledger(folder, joined(before, decisions))
        return before
    finally:
        unlock(folder, held)


@contextmanager
def _opened(folder: Path) -> Iterator[_Graph]:
    """A folder's graph with the readings that it was made of."""
    graph = KnowledgeGraph.open(folder)
    how = kept_of(graph.store)
    kept = Readings(folder / STORE, model=how.model)
    try:
        if not kept.built():
            raise UsageError(str(folder), "keeps no texts: build it with `--text full`")
        with TemporaryDirectory(dir=folder, prefix=".curation-") as place:
            yield _Graph(graph, how, kept, folder, Path(place))
    finally:
        kept.close()


class _Graph:
    """A graph, its readings and its ledger: what can be decided in it."""

    def __init__(self, graph: KnowledgeGraph, how: Kept, kept: Readings, folder: Path, place: Path) -> None:
        self.graph, self.how, self.infer, self.place = graph, how, infers(graph.store), place
        self.curation = Curation(load_ledger(folder))
        removed = load_removed(folder, iris=how.iris)
        self.read, self.now = (
            Chosen(kept, kept.built(), lambda *_: None, removed, curation) for curation in (Curation(), self.curation)
        )
        self.ledger = {d.item: Item(d.kind, d.anchor, d.value, d.other) for d in self.curation.decisions}
        self.known: dict[str, Item] | None = None
        self.settled: set[tuple[str, ...]] = set()
        self.done = {_spot(d.kind, d.anchor, d.other) for d in self.curation.decisions if not is_own(d)}

    def doubts(self) -> Iterator[Doubt]:
        """Every item that can be decided, as it was read; between articles as the graph has it now."""
        across = joints(self.graph, self.how.iris)
        ends: dict[str, tuple[Anchor, str]] = {}
        wanted = {iri for joint in across for iri in (joint.source, joint.target)}
        people = self._people(self.read)
        bearers = Sorter(self.place / "bearers")
        for reading in self.read.readings(""):
            doubts = Doubts(reading)
            self._settle(reading)
            yield from doubts.all()
            links = identify([reading], iris=self.how.iris, outcomes=people)
            bearers.add(msgspec.json.encode(bearer) + b"\n" for bearer in doubts.bearers(links))
            if wanted:
                parts = part_iris(self.curation.applied(reading), self.how.iris.article(reading.article.id))
                ends |= {iri: (a, context) for iri, a, context in doubts.ends(parts, wanted.__contains__)}
        yield from merges(map(_bearer, bearers.merged()))
        for joint in across:
            if joint.source in ends and joint.target in ends:
                yield joint.doubt(ends[joint.source], ends[joint.target])

    def _people(self, articles: Chosen) -> Outcomes:
        """Whom names that several articles use mean in each of them."""
        with TemporaryDirectory(dir=self.place) as place:
            uses = Sorter(Path(place))
            for reading in articles.readings(""):
                uses.add(map(use_line, uses_of(reading, iris=self.how.iris)))
            return dict(decide(map(read_use, uses.merged())))

    def is_decided(self, doubt: Doubt) -> bool:
        """Whether somebody has decided about an item, also where its text has changed since."""
        item = doubt.item
        spot = _spot(item.kind, item.anchor, item.other)
        own = (item.anchor.article, item.kind, doubt.target, item.value if item.other else "")
        return spot in self.done or own in self.settled

    def _settle(self, reading: Reading) -> None:
        """Nothing; what of an article alone has been decided is known."""
        decisions = [d for d in self.curation.of.get(reading.article.id, ()) if is_own(d)]
        finder = Finder(reading) if decisions else None
        for decision in decisions:
            if finder is not None and (target := finder.effect(decision).target):
                other = decision.value if decision.other else ""
                self.settled.add((reading.article.id, decision.kind, target, other))

    # ---- decisions

    def decided(self, row: Row, path: Path, errors: list[InputError]) -> Iterator[Decision]:
        """The decision of a row; none where its item is not there or is another by now, which is among the errors."""
        if self.known is None:
            self.known = self.ledger | {doubt.item.key: doubt.item for doubt in self.doubts()}
        item = self.known.get(row.item)
        if item is None:
            errors.append(error_at(path, row, "item", "is no item of this graph: export again and decide there"))
            return
        if row.item not in self.ledger and _same(item.value) != _same(row.value):
            why = f"is “{row.value}”, but what is read now is “{item.value}”: export again and decide there"
            errors.append(error_at(path, row, "value", why))
            return
        instead = self._entity(row.correction) if (item.kind, row.decision) == ("merge", "correct") else None
        if isinstance(instead, list):
            errors.append(error_at(path, row, "correction", _which(row.correction, instead)))
            return
        yield Decision(
            row.item, item.kind, item.anchor, item.other, item.value, row.decision, row.correction,  # type: ignore[arg-type]
            row.by, row.when, row.note, instead,
        )  # fmt: skip

    def refused(self, decisions: Iterable[Decision], rows: dict[str, Row], path: Path) -> Iterator[InputError]:
        """What is wrong with decisions that cannot be applied to what is read now."""
        for (article, own), held in groupby(sorted(decisions, key=_of_article), key=_of_article):
            reading = self.read.as_read(article) if own else None
            for decision in held:
                column = "correction" if decision.decision == "correct" else "item"
                if reading is not None:
                    for effect in curated(reading, [decision])[1]:
                        if effect.state == "conflict":
                            yield error_at(path, rows[decision.item], column, effect.why)
                elif decision.kind in BETWEEN and (fault := link_fault(decision.kind, type_of(decision))):
                    yield error_at(path, rows[decision.item], column, fault)

    def _entity(self, words: str) -> Anchor | str | list[str]:
        """The one entity of the graph that an IRI or a name means, by an article that names it; else all that it may mean."""
        if load_authority().find(words) is not None:
            return words
        found: dict[str, Bearer] = {}
        for bearer in self._bearers():
            if words == bearer.canonical or words.casefold() == bearer.name.casefold():
                found.setdefault(bearer.canonical, bearer)
        if len(found) != 1:
            return sorted(found)
        [(canonical, bearer)] = found.items()
        return canonical if load_authority().find(canonical) else bearer.anchor

    def _bearers(self) -> Iterator[Bearer]:
        """The entities of all articles as the graph has them, sorted."""
        people = self._people(self.now)
        settled = settle(self.curation, self.read.as_read, people, iris=self.how.iris)

        meant = settled.meant(people)

        def _links(reading: Reading) -> list[Link]:
            return identify([reading], iris=self.how.iris, outcomes=meant)

        return (bearer for reading in self.now.readings("") for bearer in Doubts(reading).bearers(_links(reading)))


def _of_article(decision: Decision) -> tuple[str, bool]:
    return decision.anchor.article, is_own(decision)


def _same(value: str) -> str:
    """A value without what spreadsheets change in it."""
    return " ".join(value.split()).lstrip("'")


def _which(words: str, found: list[str]) -> str:
    if not found:
        return f"“{words}” is no entity of the graph: write its IRI or its name"
    return f"“{words}” is the name of several: write one of {', '.join(found)}"


def _bearer(line: bytes) -> Bearer:
    return msgspec.json.decode(line, type=Bearer)


def _spot(kind: str, anchor: Anchor, other: Anchor | str | None) -> tuple[str, ...]:
    """What an item between articles is known by when their texts change."""
    ends = [(end.article, end.words) if isinstance(end, Anchor) else (end or "", "") for end in (anchor, other)]
    return (kind, *ends[0], *ends[1])
