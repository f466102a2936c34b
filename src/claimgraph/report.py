"""What a build found and what it could not decide, for a person to look at: report.json, and report.md made of it.

    readings --report_rows.py--> rows, sorted on disk --> report.json, row by row
                                                      --report_text.py--> report.md, the first of them

Memory is that of one part of each table, whatever the number of articles.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from claimgraph.building.record import EMPTY
from claimgraph.building.sorting import Sorter
from claimgraph.duplicates.copies import NO_COPIES
from claimgraph.duplicates.reprints import KINDS, Reprints
from claimgraph.model import LAYERS
from claimgraph.reporting.rows import OPEN, TABLES, Row, unlinked_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claimgraph.building.record import Record
    from claimgraph.duplicates.copies import Copies, Derivation
    from claimgraph.errors import InputError
    from claimgraph.model import Reading

PART = 4_000_000
"""Bytes of the rows of each table that are sorted at once."""
QUOTING = frozenset(
    {"before", "after", "source", "cue", "content", "text", "words", "of", "from", "to", "rationale"}
    | {"read", "correction", "why"}
)
"""Columns that hold words of an article."""
QUOTES = ("claims", "unattributed", "figures", "relations", "left_out")
"""The tables with such columns."""
BREAK = re.compile(r"[\0\n]")


class Rows:
    """Rows of a table in the order of a key, on disk; equal keys keep the order in which they came."""

    def __init__(self, folder: Path, key: Callable[[Row], tuple[Any, ...]]) -> None:
        self.sorter, self.key, self.count = Sorter(folder, run=PART), key, 0
        self.hidden: frozenset[str] = frozenset()

    def add(self, rows: Iterable[Row]) -> None:
        """Nothing; these rows are among the others."""
        self.sorter.add(map(self._line, rows))

    def _line(self, row: Row) -> bytes:
        self.count += 1
        key = "\0".join(_sortable(part) for part in (*self.key(row), self.count))
        return key.encode("utf-8", "surrogatepass") + b"\0" + msgspec.json.encode(row) + b"\n"

    def __len__(self) -> int:
        """Number of rows."""
        return self.count

    def __iter__(self) -> Iterator[Row]:
        """The rows in order, with nothing where a column is `hidden`."""
        for line in self.sorter.merged():
            row: Row = msgspec.json.decode(line[line.rindex(b"\0") + 1 :])
            yield row | {name: None for name in row if name in self.hidden}


def _sortable(part: object) -> str:
    """A part of a key as characters of the same order; a number has at most twelve digits."""
    return f"{part:012d}" if isinstance(part, int) else BREAK.sub(" ", str(part))


class Found(NamedTuple):
    """What a build found beside the readings.

    Inputs that were left out and why, what the check of the graph says, what graph.nq holds (its hash tells a copy of the
    graph in any format and store from another), which articles are copies, how articles differ
    from their earlier editions, how claims of different articles bear on each other,
    what became of decisions, the largest storylines step by step.
    """

    errors: Sequence[InputError] = ()
    violations: Sequence[str] = ()
    record: Record = EMPTY
    copies: Copies = NO_COPIES
    revised: Sequence[Derivation] = ()
    across: Iterable[Row] = ()
    decisions: Sequence[Row] = ()
    stories: Sequence[Row] = ()


def to_report(readings: Iterable[Reading], found: Found, *, folder: Path, text: str = "full") -> Row:
    """The report as plain data and `Rows`, sorted, and free of paths and times: same input, same bytes.

    `folder` takes the rows, which last as long as it. What articles say that are copies is counted once. With
    `text="none"` the articles' own words are left out, their places stay.
    """
    counts = Counter(dict.fromkeys(("articles", *KINDS.values(), *LAYERS), 0))
    reprints = Reprints(found.copies, found.revised)
    tables = {name: Rows(folder / name, KEYS.get(name, lambda row: (row["article"],))) for name in TABLES}
    names = Sorter(folder / "names", run=PART)
    for reading in readings:
        counts.update(reprints.counts(reading))
        for name, rows in TABLES.items():
            tables[name].add(map(reprints.noted, rows(reading)))
        names.add(msgspec.json.encode((*key, reading.article.id)) + b"\n" for key in unlinked_names(reading))
    inside = len(tables["relations"])
    tables["relations"].add(found.across)
    counts["relations"] += len(tables["relations"]) - inside
    hidden = QUOTING if text == "none" else frozenset()
    for name in QUOTES:
        tables[name].hidden = hidden
    unlinked = Rows(folder / "unlinked", lambda row: (10**12 - 1 - row["mentions"], row["name"], row["type"]))
    unlinked.add(_unlinked(names))
    return {
        "counts": dict(counts),
        "graph": {"quads": found.record.quads, "rdfc10_sha256": found.record.digest},
        "articles": tables["articles"],
        "copies": reprints.copies(),
        "changes": [row | dict.fromkeys(row.keys() & hidden) for row in reprints.changes()],
        **{name: tables[name] for name in ("claims", "unattributed", "vague_sources")},
        "unlinked_names": unlinked,
        **{name: tables[name] for name in ("figures", "relations", "left_out", "warnings")},
        "errors": sorted(
            (_error_row(error) for error in found.errors), key=lambda row: (row["input"], row["line"] or 0)
        ),
        "violations": sorted(found.violations),
        "storylines": list(found.stories),
        "decisions": [row | dict.fromkeys(row.keys() & hidden) for row in found.decisions],
    }


def _by_speaker(row: Row) -> tuple[Any, ...]:
    """Sort key: speakers by name, those unknown last, then text order."""
    return int(row["speaker"] == OPEN), row["speaker"].casefold(), row["article"], row["start"] or 0


KEYS: dict[str, Callable[[Row], tuple[Any, ...]]] = {"claims": _by_speaker, "articles": lambda row: (row["id"],)}


def _unlinked(names: Sorter) -> Iterator[Row]:
    """Names that stand alone: the next entries of an authority list."""
    found: Iterator[tuple[str, str, int, str]] = (msgspec.json.decode(line, type=tuple) for line in names.merged())
    for (name, kind), group in groupby(found, key=lambda row: row[:2]):
        uses = [*group]
        yield {"name": name, "type": kind, "mentions": sum(u[2] for u in uses), "articles": sorted(u[3] for u in uses)}


def _error_row(error: InputError) -> Row:
    """What was left out and why; the file's name only, for folders differ between machines."""
    return {"input": Path(error.path).name, "line": error.line, "reason": error.reason}


def to_json(report: Row) -> Iterator[str]:
    """The report as indented JSON, in pieces."""
    for number, (name, value) in enumerate(report.items()):
        yield f"{',' if number else '{'}\n  {_encoded(name)}: "
        if isinstance(value, Rows):
            yield from _array(value)
        else:
            yield _indented(value, 2)
    yield "\n}\n"


def _array(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as a JSON array, one after the other."""
    before = "["
    for row in rows:
        yield f"{before}\n    {_indented(row, 4)}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _indented(value: Any, width: int) -> str:
    return msgspec.json.format(_encoded(value), indent=2).replace("\n", "\n" + " " * width)


def _encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()
