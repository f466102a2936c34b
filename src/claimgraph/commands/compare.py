"""The command `claimgraph compare`."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from claimgraph.commands.options import Graph  # noqa: TC001 - Typer reads the annotations when the command starts

Old = Annotated[str, typer.Argument(metavar="OLD", help="Identifier of an article, or of an edition in the report.")]
New = Annotated[
    str | None,
    typer.Argument(metavar="NEW", help="What OLD is compared with; without it OLD is, with what it derives from."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON instead of lines.")]


def compare(folder: Graph, old: Old, new: New = None, *, json: AsJson = False) -> None:
    """Compare two versions of an article claim by claim: what was added, removed and changed, with the characters of both."""
    from claimgraph.duplicates.comparison import compare_articles, to_lines  # noqa: PLC0415

    found = compare_articles(folder, old, new)
    typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2) if json else "\n".join(to_lines(found)))
