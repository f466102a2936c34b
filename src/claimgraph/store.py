"""KnowledgeGraph: an Oxigraph store on disk that is asked in SPARQL, checked, and reachable by rdflib's API.

The union of all named graphs is the default graph of every query, and the prefixes of the vocabulary are declared.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, overload
from weakref import finalize

import pyoxigraph as ox

from claimgraph import proof
from claimgraph.building.record import SCREENED
from claimgraph.errors import QueryError, SurroundingsError, UsageError
from claimgraph.generations import State, digest, hash_of, holds_graph, load_state, pin, settle
from claimgraph.ontology_files import ontology_folder
from claimgraph.quads import canonical_hash
from claimgraph.questions import text_of
from claimgraph.shapes import broken_shapes
from claimgraph.sparql import asks_others, explained, words_of
from claimgraph.vocab import PREFIXES
from claimgraph.workers import hired

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import networkx as nx
    from rdflib import Dataset

    from claimgraph.drawing.notebook import View
    from claimgraph.subjects.chronicle import Story
    from claimgraph.workers import Workers
    from claimgraph.writer import GraphWriter

STORE, RECORD = "store", "graph.nq"
FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
WORTH_OPTIMIZING = 250_000_000
"""Bytes of N-Quads, about a million, from which a new store is compacted. Oxigraph loads a million quads a file: one needs
no compaction, of three (20,000 articles) it took 6 s and the questions then took a third to a tenth of their time."""
LOADED = 32_000_000
"""Bytes of N-Quads that are loaded at once. Oxigraph sorts what it loads in memory: 170 MB at once took 650 MB, in parts of
64 MB 415 MB and in parts of 16 MB 157 MB, each in the same time."""
PROVED_AS_SPANS = "span-differs-from-text"
"""The check that the proof of the spans repeats, in a fourth of its time."""
TABLE_WIDTH = 60
"""Characters of a column in a table: wider ones break lines on a screen."""


class Result(NamedTuple):
    """Columns and rows of an answer; terms are Oxigraph's, None where a variable is unbound.

    A CONSTRUCT or DESCRIBE has subject, predicate and object as columns, an ASK one row with true or false.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    graph: bool = False

    def serialize(self, form: str = "table") -> str:
        """The answer as a table for people, or as csv, json, xml (SPARQL 1.1 results), or turtle for a graph.

        Raises:
            UsageError: turtle is asked of rows, or a table format that does not exist.

        """
        if form == "table":
            return self._table()
        if form == "turtle":
            return self._turtle()
        if form not in FORMATS:
            raise UsageError(form, "no such format; table, csv, json, xml and turtle are")
        answer = cast("ox.QuerySolutions", ox.Store().query(self._as_values() if self.rows else self._as_empty()))
        return cast("bytes", answer.serialize(format=FORMATS[form])).decode()

    def records(self) -> list[dict[str, str | int | float | bool | None]]:
        """The rows as plain Python values by column, for a DataFrame or a loop.

        Numbers and truth values are such, None is where nothing is bound, all else is text (dates as in XML Schema).
        """
        return [dict(zip(self.columns, map(_value, row), strict=True)) for row in self.rows]

    def _as_values(self) -> str:
        """A query whose answer is these rows, so that Oxigraph itself writes the standard formats."""
        cells = ("(" + " ".join("UNDEF" if c is None else str(c) for c in row) + ")" for row in self.rows)
        heads = " ".join(f"?{c}" for c in self.columns)
        return f"SELECT {heads} WHERE {{ VALUES ({heads}) {{ {' '.join(cells)} }} }}"

    def _as_empty(self) -> str:
        return f"SELECT {' '.join(f'?{c}' for c in self.columns)} WHERE {{ <urn:x> <urn:x> ?x }}"

    def _turtle(self) -> str:
        if not self.graph:
            raise UsageError("turtle", "only a CONSTRUCT or DESCRIBE gives a graph; use csv, json or xml for rows")
        triples = sorted((ox.Triple(*row) for row in self.rows), key=str)
        return cast("bytes", ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)).decode()

    def cells(self) -> list[list[str]]:
        """The rows as people read them: prefixed names, and the words of literals."""
        return [[_short(c) for c in row] for row in self.rows]

    def _table(self) -> str:
        cells = self.cells()
        widths = [
            min(max([len(head), *(len(row[i]) for row in cells)]), TABLE_WIDTH) for i, head in enumerate(self.columns)
        ]
        lines = [self.columns, tuple("-" * w for w in widths), *cells]
        return "".join(
            "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
        )


def _short(cell: object) -> str:
    """A term as people read it: a prefixed name, or the literal's words."""
    if cell is None:
        return ""
    value = str(getattr(cell, "value", cell)).replace("\n", " ")
    for prefix, namespace in PREFIXES.items():
        if isinstance(cell, ox.NamedNode) and value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value


def _value(cell: object) -> str | int | float | bool | None:
    """A term as a value of Python."""
    if cell is None:
        return None
    value = str(getattr(cell, "value", cell))
    kind = cell.datatype.value.removeprefix(PREFIXES["xsd"]) if isinstance(cell, ox.Literal) else ""
    if kind == "boolean":
        return value in {"true", "1"}
    return int(value) if kind == "integer" else float(value) if kind in {"decimal", "double", "float"} else value


class CheckReport(NamedTuple):
    """What a check found: one sentence for each violation; `spans` is how many were proved."""

    violations: tuple[str, ...]
    spans: int


class KnowledgeGraph:
    """A graph of articles, opened for reading: the state at that moment, whatever is written meanwhile.

    `store` is the Oxigraph store itself, `dataset` the same as an rdflib Dataset.
    """

    def __init__(self, store: ox.Store, folder: Path | None = None) -> None:
        self.store, self.folder = store, folder

    @overload
    @classmethod
    def open(cls, folder: str | Path, *, write: Literal[False] = False) -> KnowledgeGraph: ...

    @overload
    @classmethod
    def open(cls, folder: str | Path, *, write: Literal[True]) -> GraphWriter: ...

    @classmethod
    def open(cls, folder: str | Path, *, write: bool = False) -> KnowledgeGraph:
        """The graph that `claimgraph build` wrote into a folder: its store, else its graph.nq.

        With `write` it is a GraphWriter, which adds, replaces and removes articles.

        Raises:
            SurroundingsError: the folder holds no graph, its store cannot be opened, or another process writes.

        """
        folder = Path(folder)
        if write:
            return cast("KnowledgeGraph", import_module("claimgraph.writer").open_writer(folder))  # a higher layer
        if holds_graph(folder / STORE):
            return cls._pinned(folder)
        if (folder / RECORD).is_file():
            return cls.from_nquads((folder / RECORD).read_bytes(), folder=folder)
        raise SurroundingsError(
            folder, "holds no graph; run `claimgraph build ARTICLE... --out` with this folder first"
        )

    @classmethod
    def _pinned(cls, folder: Path) -> KnowledgeGraph:
        """The current generation of a store; no writer removes it as long as this object lives."""
        current, descriptor = pin(folder / STORE)
        try:
            graph = cls(ox.Store.read_only(str(current)), folder)
        except OSError as error:
            os.close(descriptor)
            raise SurroundingsError(current, f"cannot be opened ({error}); build the graph again") from None
        finalize(graph, os.close, descriptor)
        return graph

    @classmethod
    def from_nquads(cls, data: bytes, *, folder: Path | None = None) -> KnowledgeGraph:
        """A graph in memory from N-Quads."""
        store = ox.Store()
        store.bulk_load(input=data, format=ox.RdfFormat.N_QUADS)
        return cls(store, folder)

    @classmethod
    def write(cls, path: Path, data: bytes | Path) -> KnowledgeGraph:
        """A new store in the new folder `path` from N-Quads or a file of them, the record of which these are."""
        current = path / "1"
        current.mkdir(parents=True)
        store = ox.Store(str(current))
        for part in _parts(data):
            store.bulk_load(part, format=ox.RdfFormat.N_QUADS)
        if (data.stat().st_size if isinstance(data, Path) else len(data)) > WORTH_OPTIMIZING:
            store.optimize()
        store.flush()
        settle(path, State(1, hash_of(data) if isinstance(data, Path) else digest(data)))
        return cls(store, path.parent)

    def __len__(self) -> int:
        """Number of quads."""
        return len(self.store)

    def canonical_hash(self) -> str:
        """The hash of the graph by RDFC-1.0, whatever the order in which it was written; a graph of ours has no blank nodes."""
        lines = cast("bytes", self.store.dump(format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True)
        return canonical_hash(b"".join(sorted(lines)))

    def query(self, question: str) -> Result:
        """The answer to SPARQL text, a .rq file, or a shipped question by its name ("01" or "01-who-said-what").

        Raises:
            QueryError: the query cannot be parsed, or would write, or would leave this graph.
            UsageError: no question or file has this name.

        """
        return self._ask(text_of(question))

    def rows(self, text: str) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a SELECT one by one, as they are found: for answers that are too many to hold.

        Raises:
            QueryError: as `query`.

        """
        answer = self._answer(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("no SELECT: only that has rows")
        return map(tuple, answer)

    def _rows(self, text: str) -> list[tuple[Any, ...]]:
        return self._ask(text).rows

    def _answer(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What the store answers, which may be found as it is read."""
        if asks_others(text):
            raise QueryError("SERVICE is refused: only this graph is asked")
        try:
            return self.store.query(text, prefixes=PREFIXES, use_default_graph_as_union="FROM" not in words_of(text))
        except SyntaxError as error:
            raise _query_error(str(error), text) from None
        except (ValueError, RuntimeError) as error:
            raise QueryError(str(error)) from None

    def _ask(self, text: str) -> Result:
        answer = self._answer(text)
        if isinstance(answer, ox.QueryBoolean):
            return Result(("answer",), [(ox.Literal(bool(answer)),)])
        if isinstance(answer, ox.QueryTriples):
            return Result(
                ("subject", "predicate", "object"), [(t.subject, t.predicate, t.object) for t in answer], graph=True
            )
        columns = tuple(v.value for v in answer.variables)
        return Result(columns, list(map(tuple, answer)))

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self.store.named_graphs())

    def triples(self, graph: str) -> bytes:
        """The triples of a named graph as sorted N-Triples: the same graph gives the same bytes."""
        held = (quad.triple for quad in self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        lines = cast("bytes", ox.serialize(held, format=ox.RdfFormat.N_TRIPLES)).splitlines(keepends=True)
        return b"".join(sorted(lines))

    @property
    def dataset(self) -> Dataset:
        """The same store as an rdflib Dataset, its default graph the union."""
        from oxrdflib import OxigraphStore  # noqa: PLC0415 - rdflib takes a third of a second, most commands need none
        from rdflib import Dataset  # noqa: PLC0415

        return Dataset(store=OxigraphStore(store=self.store), default_union=True)

    def storylines(self, *, about: str | None = None, most: int = 10) -> list[Story]:
        """What articles tell of topics and happenings, in the order of days: the largest, or those called `about`."""
        told: list[Story] = import_module("claimgraph.subjects.chronicle").storylines(
            self, about=about, most=most
        )  # a higher layer
        return told

    def network(self, *, focus: str | None = None) -> nx.MultiDiGraph:
        """The networkx graph of actors, places, events, claims and topics, or of what surrounds one name."""
        return import_module("claimgraph.network").network(self, focus=focus)  # a higher layer: found when asked for

    def view(self, *, focus: str | None = None, height: int = 700) -> View:
        """The network page, whole or of what surrounds one name: a notebook shows it where it is the value of a cell."""
        view: View = import_module("claimgraph.drawing.notebook").show(
            self, focus=focus, height=height
        )  # a higher layer
        return view

    # ---- checks

    def check(
        self, *, workers: Workers | int | None = None, told: Callable[[str, int, int | None], None] | None = None
    ) -> CheckReport:
        """Everything proved again: spans against the text, the checks that must find nothing, the record, SHACL shapes.

        Texts that the graph does not hold are proved by their hash where only that is there to prove. `workers` hold the
        shapes of a large graph against it; `told` hears the phase, how much of it is done, and of how much.
        """
        told = told or (lambda *_: None)
        quick = self.quick_check(told=lambda done: told("proving the spans of articles", done, None))
        with hired(workers) as crew:
            found = broken_shapes(
                self.store, workers=crew, told=lambda n, of: told("holding shapes against quads", n, of)
            )
            return CheckReport((*quick.violations, *self._record(), *found), quick.spans)

    def quick_check(
        self, *, suspect: Collection[str] = SCREENED, told: Callable[[int], None] | None = None
    ) -> CheckReport:
        """The spans and the ontology's checks: what a build can afford. `told` hears how many articles' spans are proved.

        Of the checks that look at every quad only those are asked that are `suspect` (building/record.py).
        """
        found, proved = [], 0
        for number, text in enumerate(proof.texts(self._rows), 1):
            for iri, why in proof.spans(self._rows, text):
                proved += 1
                found += [f"span {iri}: {why}"] if why else []
            if told is not None:
                told(number)
        for check in sorted((ontology_folder() / "checks").glob("*.rq")):
            if check.stem != PROVED_AS_SPANS and (check.stem in suspect or check.stem not in SCREENED):
                rows = self._rows(check.read_text(encoding="utf-8"))
                found += [f"{check.stem}: {' '.join(_short(c) for c in row)}" for row in rows]
        return CheckReport(tuple(found), proved)

    def _record(self) -> Iterator[str]:
        """What is wrong with graph.nq: nothing, where it is the one that the store was left with."""
        if self.folder is None or not (self.folder / STORE / "state.json").is_file():
            return
        record = load_state(self.folder / STORE).record
        if record is None:
            yield f"{RECORD} is behind the store: a writer is at work, or was killed; opening for writing once repairs it"
        elif record != hash_of(self.folder / RECORD):
            yield f"{RECORD} is not the one that the store was left with"


def _parts(data: bytes | Path) -> Iterator[bytes]:
    """N-Quads in parts of whole lines."""
    with data.open("rb") if isinstance(data, Path) else BytesIO(data) as file:
        while lines := file.readlines(LOADED):
            yield b"".join(lines)


def read_turtle(data: bytes) -> list[tuple[str, str, str]]:
    """The triples of a Turtle file, subject, predicate and object by their values; N-Triples are Turtle too.

    Raises:
        SyntaxError: it is none.

    """
    return [
        (str(q.subject.value), q.predicate.value, str(getattr(q.object, "value", q.object)))
        for q in ox.parse(data, format=ox.RdfFormat.TURTLE)
    ]


def _query_error(message: str, query: str) -> QueryError:
    """The parser's message, explained, with line and column as numbers."""
    match = PLACE.search(message)
    line, column, said = (int(match[1]), int(match[2]), match[3].strip()) if match else (None, None, message)
    return QueryError(explained(said, query, PREFIXES), line=line, column=column)
