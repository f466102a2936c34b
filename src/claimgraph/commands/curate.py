"""The command `claimgraph curate`: doubtful items out as a spreadsheet, decisions in."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotations when the command starts
from typing import Annotated, Literal

import typer

from claimgraph.commands.options import Graph  # noqa: TC001 - as above
from claimgraph.commands.output import progress, tell, tell_all, tell_built
from claimgraph.errors import UsageError
from claimgraph.streams import writer


def curate(
    folder: Graph,
    action: Annotated[Literal["export", "import"], typer.Argument(help="What to do.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="With import: the spreadsheet with decisions, as CSV.")
    ] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write instead of standard output.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="ROWS", help="Rows to export, the worst; 0: all.")] = 1000,
    every: Annotated[bool, typer.Option("--every", help="Export what is decided or not in doubt too.")] = False,
    by: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who decides, for rows without: a name, an ORCID, a mail address."),
    ] = None,
    now: Annotated[str | None, typer.Option(metavar="DAY", help="When, for rows without a day.")] = None,
) -> None:
    """Let people confirm, reject and correct what was read: doubtful items out, decisions in; every later build applies them.

    Import takes all rows or, where one is wrong, none; then the graph and the page are written again.
    """
    if (file is not None) != (action == "import"):
        raise UsageError("FILE", "goes with import: claimgraph curate DIR import FILE; export has -o FILE")
    if action == "export":
        _export(folder, output, limit=limit, every=every)
    elif file is not None:
        _import(folder, file, by=by, now=now)


def _export(folder: Path, output: Path | None, *, limit: int, every: bool) -> None:
    from claimgraph.curate import export_doubts  # noqa: PLC0415 - with the pipeline `--help` would take a second

    with progress("looking for doubtful items"):
        lines = export_doubts(folder, limit=limit, every=every)
    with writer(output) as to:
        to.writelines(lines)


def _import(folder: Path, file: Path, *, by: str | None, now: str | None) -> None:
    from claimgraph.curate import import_decisions  # noqa: PLC0415
    from claimgraph.progress import Progress  # noqa: PLC0415

    with progress("taking decisions in") as shown:
        done = import_decisions(folder, file, by=by, now=now, told=Progress(shown.update) if shown else None)
    if done.errors:
        tell(f"{file}: nothing is taken in, for rows are wrong", 1)
    tell_all(done.errors)
    known = f", {done.known:,} known before" if done.known else ""
    typer.echo(f"{folder}: {done.new:,} new decision{'' if done.new == 1 else 's'}{known}")
    if done.report is not None:
        tell_built(done.report, folder)
