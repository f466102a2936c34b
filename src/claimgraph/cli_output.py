"""What the commands write beside their results: one line each on standard error, and a moving one on a terminal."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import typer
from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.status import Status

    from claimgraph.errors import InputError
    from claimgraph.readings import BuildReport

MOST_VIOLATIONS = 20
"""Lines that a build writes of what its check found; the report has all."""
stderr = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
stdout = Console(highlight=False, markup=False)


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


def progress(words: str) -> AbstractContextManager[Status | None]:
    """A moving line on a terminal; nothing where standard error goes elsewhere."""
    return stderr.status(words) if stderr.is_terminal else nullcontext()


def tell_built(report: BuildReport, out: Path) -> None:
    """The process's exit with status 1 where something was left out of a build or its check found something; all is named."""
    if stdout.is_terminal:
        stdout.print(f"{out}: {report.articles} articles; open {out / 'network.html'}, read {out / 'report.md'}")
    for line in (*report.warnings, *report.violations[:MOST_VIOLATIONS]):
        tell(line, 0)
    if (more := len(report.violations) - MOST_VIOLATIONS) > 0:
        tell(f"and {more:,} more violations: {out / 'report.md'}", 0)
    tell_all(report.errors)
    if report.violations:
        raise typer.Exit(1)
