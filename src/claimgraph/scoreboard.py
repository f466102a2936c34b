"""The scores as a table for a terminal or a pipe, as Markdown and as JSON, each figure beside the best that is published."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from claimgraph.evaluate import count_errors
from claimgraph.scoring import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from claimgraph.evaluate import Evaluation, Row

COLUMNS = ("task", "corpus", "measure", "figure", "P", "R", "95%", "gold", "published")
"""What `cells` fills; the figure is an F1, without P and R a rate or a mean."""
KINDS = ("missed", "spurious", "wrong-edge", "wrong-type", "wrong-value")
INTRODUCTION = """\
The figure is an F1 where precision (P) and recall (R) stand beside it, else a rate, or the mean that CoNLL takes. 95% is
the interval over resampled documents. "Published" is the best that others report for this corpus; the notes say where, and
what is different there.
"""


def cells(row: Row) -> tuple[str, ...]:
    """The cells of one figure."""
    best = row.published[0] if row.published else None
    return (
        row.task,
        row.corpus,
        row.measure,
        _decimal(row.figure),
        *(_decimal(share) for share in (row.precision, row.recall)),
        f"{_decimal(row.low)}-{_decimal(row.high)}",
        "" if row.gold is None else str(row.gold),
        f"{_decimal(best.figure)} {best.system}" if best else "",
    )


def _decimal(value: float | None) -> str:
    """Three decimals without the zero before them; nothing for None.

    >>> _decimal(0.5), _decimal(1.0)
    ('.500', '1.000')
    """
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def format_of(path: Path) -> str:
    """The format that a file's ending tells."""
    return {".md": "markdown", ".json": "json"}.get(path.suffix.lower(), "table")


def to_format(evaluation: Evaluation, format: str) -> str:  # noqa: A002 - as the option
    """The scores as `table`, `markdown` or `json`."""
    return {"table": to_text, "markdown": to_markdown, "json": to_json}[format](evaluation)


def to_lines(evaluation: Evaluation) -> Iterator[bytes]:
    """Each error as a line of JSON."""
    for one in evaluation.mistakes:
        place = {"document": one.document, "task": one.task, "corpus": one.corpus}
        yield msgspec.json.encode(place | msgspec.to_builtins(one.error)) + b"\n"


def to_text(evaluation: Evaluation) -> str:
    """The figures in aligned columns, for a pipe."""
    rows = [COLUMNS, *map(cells, evaluation.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def to_json(evaluation: Evaluation) -> str:
    """Figures, counts of errors and notes as one JSON object."""
    errors = [
        dict(zip(("task", "corpus", "layer", "kind", "count"), (*key, n), strict=True))
        for key, n in count_errors(evaluation.mistakes)
    ]
    published = [
        msgspec.structs.asdict(row) | {"published": [one._asdict() for one in row.published]} for row in evaluation.rows
    ]
    whole = {"figures": published, "errors": errors, "notes": evaluation.notes}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def to_markdown(evaluation: Evaluation) -> str:
    """A page: the figures of each task with notes on what is published, then the errors by kind."""
    parts = ["# Scores", INTRODUCTION]
    for task, rows in groupby(evaluation.rows, key=lambda row: row.task):
        parts += _section(task, list(rows))
    parts += ["## Errors by kind", to_errors_table(evaluation)]
    parts += ["## Notes", "".join(f"- {note}\n" for note in evaluation.notes)] if evaluation.notes else []
    return "\n".join(parts)


def _section(task: str, rows: Sequence[Row]) -> Iterator[str]:
    """The heading, the table and the notes of one task."""
    yield f"## {TASKS[task].title} ({task})\n"
    yield _table(COLUMNS[1:], (cells(row)[1:] for row in rows))
    yield "".join(f"- {note}\n" for note in _published_notes(rows))


def _published_notes(rows: Sequence[Row]) -> Iterator[str]:
    """One line for each system beside the rows: its figures, where they stand, what differs there."""
    systems: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        for one in row.published:
            systems[one[1:]].append(f"{row.corpus} {row.measure} {_decimal(one.figure)}")
    for (system, source, differs), several in systems.items():
        yield f"{system}: {', '.join(several)}. {source}. Differs: {differs}."


def to_errors_table(evaluation: Evaluation) -> str:
    """How many errors of each kind there are in each layer, as a Markdown table."""
    counts = dict(count_errors(evaluation.mistakes))
    layers = dict.fromkeys(key[:3] for key in counts)
    rows = ((*layer, *(str(counts.get((*layer, kind), "")) for kind in KINDS)) for layer in layers)
    return _table(("task", "corpus", "layer", *KINDS), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
