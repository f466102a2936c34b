"""What the commands write beside their results: one line each on standard error, and a moving one on a terminal."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import repeat
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.status import Status

    from claimgraph.building.readings import BuildReport
    from claimgraph.errors import InputError

MOST_VIOLATIONS = 20
"""Lines that a build writes of what its check found; the report has all."""
stderr = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
stdout = Console(highlight=False, markup=False, emoji=False)


def tell(line: str, status: int) -> int:
    """The status; the line goes to standard error."""
    stderr.print(f"claimgraph: {' '.join(line.split())}")
    return status


def tell_all(errors: Sequence[InputError]) -> None:
    """The process's exit with status 1 after naming what was left out, if anything was."""
    for error in errors:
        tell(str(error), error.exit_status)
    if errors:
        raise typer.Exit(1)


def draw(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bold: Iterable[bool] = repeat(False)) -> None:
    """Nothing; the rows are on the terminal as a table that fits it."""
    table = Table(*columns, box=None, header_style="bold")
    for cells, is_bold in zip(rows, bold, strict=False):
        table.add_row(*map(Text, cells), style="bold" if is_bold else None)
    stdout.print(table)


def progress(words: str) -> AbstractContextManager[Status | None]:
    """A moving line on a terminal; nothing where standard error goes elsewhere."""
    return stderr.status(words) if stderr.is_terminal else nullcontext()


def _articles(number: int) -> str:
    """Articles with their number."""
    return f"{number:,} article{'' if number == 1 else 's'}"


def _counted(report: BuildReport) -> str:
    """How many articles a graph has, and how many of them the input did not name."""
    earlier = f", {report.earlier:,} of them from earlier builds (--sync takes these out)" if report.earlier else ""
    return _articles(report.articles) + earlier


def tell_built(report: BuildReport, out: Path) -> None:
    """The process's exit with status 1 where something was left out of a build or its check found something; all is named."""
    if stdout.is_terminal and report.articles:
        stdout.print(f"{out}: {_counted(report)}; open {out / 'network.html'}, read {out / 'report.md'}")
    if report.removed:
        tell(f"{out}: left out {_articles(report.removed)} that `claimgraph remove` took out of this graph", 0)
    if report.replaced:
        tell(
            f"{out}: {_articles(report.replaced)} replaced by other words; `claimgraph compare {out} ID` says what changed",
            0,
        )
    if not report.articles:
        tell(f"{out}: no article could be read, so nothing was written", 0)
    for line in (*report.warnings, *report.violations[:MOST_VIOLATIONS]):
        tell(line, 0)
    if (more := len(report.violations) - MOST_VIOLATIONS) > 0:
        tell(f"and {more:,} more violations: {out / 'report.md'}", 0)
    tell_all(report.errors)
    if report.violations:
        raise typer.Exit(1)
