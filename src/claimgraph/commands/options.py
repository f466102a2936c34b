"""Arguments and options of the commands, for those that several share or whose words are many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files (.txt, .html, .jsonl, .warc, both also .gz, and feeds: .rss, .atom, .xml), folders of them, or - for standard input.",
    ),
]
Graph = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `claimgraph build` wrote.")]
Model = Annotated[
    Literal["fast", "accurate"],
    typer.Option(
        help="Tagger that finds who said what: accurate (MiniLM, a small neural network) or fast (CRF), see the README."
    ),
]
Workers = Annotated[int, typer.Option(min=0, help="Processes that read; 0: one a core, when there are many articles.")]

# ---- build

Sync = Annotated[
    bool, typer.Option("--sync", help="Take out of the graph what an earlier build put in and INPUT no longer has.")
]
TimeLimit = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Leave out an article that takes longer to read; 0: never.")
]
Dask = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Work with a Dask cluster: the address of its scheduler, or local for one that is started here.",
    ),
]
Infer = Annotated[
    bool, typer.Option("--infer", help="Add a graph of what follows in terms of schema.org, SEM, PROV and others.")
]
WithConsole = Annotated[
    bool, typer.Option("--console", help="Put a SPARQL console into the page, and the whole graph with it (2 MB more).")
]

# ---- remove

Removals = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Identifiers of articles; names or IRIs of persons, organisations and others."),
]

# ---- view

Focus = Annotated[str | None, typer.Option(metavar="NAME", help="Only what surrounds this actor, place or topic.")]
PageData = Annotated[
    Path | None,
    typer.Option("--data", metavar="FILE", help="Write what the page holds as JSON to this file, not the page."),
]
Since = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A folder of an earlier graph: say which claims it had not.")
]

# ---- serve

Names = Annotated[list[str] | None, typer.Option(metavar="NAME", help="A further name that requests may call this by.")]
Origins = Annotated[
    list[str] | None,
    typer.Option(metavar="ORIGIN", help="A site whose pages may read the answers (CORS); without it none may."),
]

# ---- publish

Address = Annotated[
    str, typer.Argument(metavar="URL", help="The server's SPARQL 1.1 Graph Store, see docs/publish.md.")
]
All = Annotated[
    bool, typer.Option("--all", help="Send the unchanged graphs too, and replace another graph that is there.")
]

# ---- evaluate

Sample = Annotated[int | None, typer.Option(min=1, metavar="N", help="N documents of each corpus, always the same.")]
TaskName = Annotated[
    str | None,
    typer.Option(
        metavar="TASK",
        help="What to score, where the fields do not tell it: articles, figures, quotes, clauses, ner, el, coref, timex, "
        "values, events or roles.",
    ),
]
Corpora = Annotated[
    list[str] | None,
    typer.Option("--corpus", metavar="NAME", help="Only corpora whose names begin so; with commas, or given again."),
]
Predictions = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Score these annotations of `claimgraph extract` instead of reading the texts."),
]
Tables = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", metavar="FILE", help="File to write: .md, .json, else a table; may be given again."),
]
ErrorLines = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write each error as JSON Lines, the worst documents first.")
]
Floors = Annotated[
    Path | None, typer.Option(metavar="FILE", help="JSON of figures that must be reached; exit status 1 below one.")
]
