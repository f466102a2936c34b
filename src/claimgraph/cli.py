"""The command `claimgraph`: one function for each of its commands.

Exit status: 0 done; 1 the data is at fault (named, the rest is done); 2 wrong usage or query; 3 the surroundings;
130 interrupted. Results go to standard output, everything else to standard error, one line each.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.text import Text

from claimgraph import __version__
from claimgraph.commands.compare import compare
from claimgraph.commands.curate import curate
from claimgraph.commands.options import (  # noqa: TC001 - Typer reads the annotations when the command starts
    Address,
    All,
    Corpora,
    Dask,
    ErrorLines,
    Floors,
    Focus,
    Graph,
    Infer,
    Inputs,
    Model,
    Names,
    Origins,
    PageData,
    Predictions,
    Removals,
    Sample,
    Since,
    Sync,
    Tables,
    TaskName,
    TimeLimit,
    WithConsole,
    Workers,
)
from claimgraph.commands.output import draw, progress, stdout, tell, tell_all, tell_built
from claimgraph.errors import ClaimgraphError, SurroundingsError, UsageError
from claimgraph.iris import BASE
from claimgraph.model import TAGGER
from claimgraph.streams import results, write, writer
from claimgraph.workers import COLLECT

# pipeline, corpus and store are imported inside the commands: with them `claimgraph --help` would take a second
# instead of a quarter (rdflib, networkx and pyvis), and shells ask for it at every completion.

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimgraph.errors import InputError
    from claimgraph.evaluate import Evaluation

INTERRUPTED = 130

app = typer.Typer(
    name="claimgraph",
    help="News articles in; a graph of actors, events and claims out, every statement tied to its words in the text.",
    epilog="Begin with:  claimgraph build examples  and open output/network.html.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """The process's exit, with the status that the contract names."""
    gc.set_threshold(*COLLECT)
    try:
        status = app(args=arguments, standalone_mode=False)
        sys.stdout.flush()
    except ClaimgraphError as error:
        status = tell(str(error), error.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except OSError as error:
        status = tell(f"{error.filename or 'output'}: {error.strerror}", SurroundingsError.exit_status)
    except Exception as error:
        if not hasattr(error, "format_message"):  # what Typer raises for wrong usage has it, a mistake of ours has not
            raise
        status = tell(f"{error.format_message()} See --help.", 2) if str(error) else 2
    sys.exit(status or 0)


def _version(wanted: bool) -> None:
    """The version on standard output, when it is asked for."""
    if wanted:
        typer.echo(f"claimgraph {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take what stands before the command."""


@app.command(epilog="Example:  claimgraph build articles/ --out output --workers 4")
def build(
    inputs: Inputs,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write; articles that are in it stay.")] = Path(
        "output"
    ),
    base: Annotated[str | None, typer.Option(metavar="IRI", help="Base of the identifiers that are made.")] = None,
    now: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Record this ISO time as the time of the build; without it the same input gives the same bytes.",
        ),
    ] = None,
    text: Annotated[
        Literal["full", "quotes", "none"],
        typer.Option(
            help="How much of the articles' words the graph and the page hold; evidence stays provable with any."
        ),
    ] = "full",
    infer: Infer = False,
    console: WithConsole = False,
    sync: Sync = False,
    time_limit: TimeLimit = 120.0,
    model: Model = TAGGER,
    workers: Workers = 0,
    dask: Dask = None,
) -> None:
    """Read articles; write the graph, the network page and a report of what stays open."""
    from claimgraph import pipeline  # noqa: PLC0415
    from claimgraph.progress import Progress  # noqa: PLC0415

    with progress("building") as shown:
        report = pipeline.build(
            inputs, out, base=base or BASE, now=now, text=text, workers=workers, model=model, infer=infer,
            console=console, sync=sync, limit=time_limit or None, dask=dask,
            told=Progress(shown.update) if shown else None,
        )  # fmt: skip
    tell_built(report, out)


@app.command(epilog="Example:  claimgraph remove output 'Ada Roos'")
def remove(folder: Graph, names: Removals) -> None:
    """Take articles, or persons and others with all that is told of them, out of a graph, and keep them out of it."""
    from claimgraph import pipeline  # noqa: PLC0415
    from claimgraph.progress import Progress  # noqa: PLC0415

    with progress("removing") as shown:
        report = pipeline.remove(folder, names, told=Progress(shown.update) if shown else None)
    tell_built(report, folder)


app.command(epilog="Example:  claimgraph curate output export -o doubts.csv")(curate)


@app.command(epilog="Example:  claimgraph extract article.txt | head -c 300")
def extract(
    inputs: Inputs,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write instead of standard output.")
    ] = None,
    model: Model = TAGGER,
    workers: Workers = 0,
) -> None:
    """Read articles; write their annotations as JSON Lines, one article a line."""
    import msgspec  # noqa: PLC0415

    from claimgraph.articles import load  # noqa: PLC0415
    from claimgraph.corpus import read_all  # noqa: PLC0415
    from claimgraph.model import to_annotation  # noqa: PLC0415

    errors: list[InputError] = []
    with progress("reading"), writer(output) as file:
        for reading in read_all(load(inputs, errors=errors), workers=workers, errors=errors, model=model):
            file.write(msgspec.json.encode(to_annotation(reading)) + b"\n")
            for note in reading.article.notes:
                tell(f"{reading.article.origin}: {note}", 0)
    tell_all(errors)


@app.command(epilog="Example:  claimgraph query output 'SELECT ?claim WHERE { ?claim a cg:Claim } LIMIT 5'")
def query(
    folder: Graph,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="SPARQL, a .rq file, or the name of a shipped question.")
    ],
    format: Annotated[  # noqa: A002 - the option's name is part of the contract
        Literal["table", "csv", "json", "xml", "turtle"], typer.Option(help="How the answer is written.")
    ] = "table",
) -> None:
    """Ask the graph a question in SPARQL; the prefixes cg:, schema:, sem: and others are declared."""
    from claimgraph.store import KnowledgeGraph  # noqa: PLC0415
    from claimgraph.vocab import unknown_terms  # noqa: PLC0415

    result = KnowledgeGraph.open(folder).query(question)
    if not result.rows:
        for line in unknown_terms(question):
            tell(line, 0)
    if format == "table" and stdout.is_terminal:
        draw(result.columns, result.cells())
        return
    with results() as file:
        file.write(result.serialize(format).encode("utf-8"))


@app.command("export", epilog="Example:  claimgraph export output --format jsonld -o graph.jsonld")
def export_(
    folder: Graph,
    *,
    format: Annotated[  # noqa: A002 - the option's name is part of the contract
        Literal["nquads", "trig", "turtle", "jsonld", "ntriples"],
        typer.Option(help="How the graph is written; turtle and ntriples drop the names of its graphs."),
    ] = "nquads",
    claim: Annotated[str | None, typer.Option(metavar="IRI", help="Only this claim.")] = None,
    claim_format: Annotated[
        Literal["nanopublication", "claimreview"] | None,
        typer.Option("--as", help="How that claim is written: TriG, or JSON-LD of schema.org."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write instead of standard output.")
    ] = None,
) -> None:
    """Write the graph in a format of RDF, or one claim as nanopublication or ClaimReview."""
    from claimgraph import claim_export, export  # noqa: PLC0415
    from claimgraph.store import KnowledgeGraph  # noqa: PLC0415

    if (claim is None) != (claim_format is None):
        raise UsageError("--claim", "goes with --as nanopublication or --as claimreview, and the other way round")
    graph = KnowledgeGraph.open(folder)
    parts = (
        [claim_export.export_claim(graph, claim, claim_format)]
        if claim and claim_format
        else export.export(graph, format)
    )
    with writer(output) as file:
        file.writelines(part.encode("utf-8") for part in parts)


@app.command(epilog="Example:  claimgraph view output --focus 'Antony Blinken'")
def view(
    folder: Graph,
    focus: Focus = None,
    data: PageData = None,
    since: Since = None,
    console: WithConsole = False,
) -> None:
    """Write the network page of a graph again, whole or round one name, with what is new since an earlier graph."""
    from claimgraph import pipeline  # noqa: PLC0415

    if data:
        write(data, pipeline.view_data(folder, focus=focus, since=since).encode("utf-8"))
        return
    typer.echo(str(pipeline.view(folder, focus=focus, since=since, console=console)))


app.command(epilog="Example:  claimgraph compare output first-report second-report")(compare)


@app.command(epilog="Example:  claimgraph check output")
def check(folder: Graph, *, workers: Workers = 0) -> None:
    """Prove every statement again: shapes, and each quoted word against the article's text."""
    from claimgraph.progress import Progress  # noqa: PLC0415
    from claimgraph.store import KnowledgeGraph  # noqa: PLC0415

    with progress("checking") as shown:
        graph = KnowledgeGraph.open(folder)
        found = graph.check(workers=workers, told=Progress(shown.update) if shown else None)
    for violation in found.violations:
        tell(str(violation), 1)
    if found.violations:
        raise typer.Exit(1)
    if stdout.is_terminal:
        stdout.print(f"{folder}: nothing to complain of")
    typer.echo(f"sha256 {graph.canonical_hash()} (RDFC-1.0)")


@app.command(epilog="Example:  claimgraph serve output --port 8000")
def serve(
    folder: Graph,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0: any that is free.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen at; others than this machine's own are warned of.")
    ] = "127.0.0.1",
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Time that a query may take.")] = 10.0,
    memory_limit: Annotated[int, typer.Option(min=16, metavar="MB", help="Memory that a query may take.")] = 512,
    row_limit: Annotated[
        int, typer.Option(min=1, metavar="ROWS", help="Rows or triples that an answer may have.")
    ] = 100_000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer queries, at most.")] = 8,
    allow_host: Names = None,
    allow_origin: Origins = None,
) -> None:
    """Serve the graph as a SPARQL endpoint, read-only, until Ctrl-C."""
    from claimgraph import server  # noqa: PLC0415
    from claimgraph.server.limits import Limits  # noqa: PLC0415

    limits = Limits(time=time_limit, memory=memory_limit, rows=row_limit, workers=workers)
    server.serve(folder, host=host, port=port, limits=limits, hosts=allow_host or (), origins=allow_origin or ())


@app.command(epilog="Example:  claimgraph publish output http://127.0.0.1:7878/store --dry-run")
def publish(
    folder: Graph,
    url: Address,
    *,
    all: All = False,  # noqa: A002 - the option's name
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing; print what would be done.")] = False,
) -> None:
    """Send a graph to a server: what is new, changed or gone since the last time.

    Credentials are read from CLAIMGRAPH_USER and CLAIMGRAPH_PASSWORD, or CLAIMGRAPH_TOKEN, or ~/.netrc.
    """
    from claimgraph.publish import publish as send  # noqa: PLC0415

    with progress("comparing") as shown:
        done = send(
            folder, url, everything=all, dry_run=dry_run,
            told=lambda line: shown.update(Text(f"publishing: {line}")) if shown else None,
            warned=lambda line: tell(line, 0),
        )  # fmt: skip
    if dry_run:
        typer.echo("".join(done.plan.lines()), nl=False)
    typer.echo(f"{url}: {'would be ' if dry_run else ''}{done.summary}")
    tell_all(done.errors)


@app.command(epilog="Example:  claimgraph evaluate gold/timex.jsonl --corpus meantime --errors errors.jsonl")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files (.jsonl) and folders of them.")],
    *,
    task: TaskName = None,
    corpus: Corpora = None,
    sample: Sample = None,
    predictions: Predictions = None,
    output: Tables = None,
    format: Annotated[  # noqa: A002 - the option's name is part of the contract
        Literal["table", "markdown", "json"] | None, typer.Option(help="How the scores are written.")
    ] = None,
    errors: ErrorLines = None,
    floors: Floors = None,
    model: Model = TAGGER,
    workers: Workers = 0,
) -> None:
    """Read the texts of gold files and score what is found, beside the best figures that are published."""
    from claimgraph import evaluate, scoreboard  # noqa: PLC0415

    wanted = evaluate.load_floors(floors) if floors else {}
    corpora = [name for names in corpus or () for name in names.split(",")]
    with progress("reading") as shown:
        scores = evaluate.evaluate(
            gold, task=task, corpora=corpora, sample=sample, predictions=predictions, workers=workers,
            model=model,
            told=lambda done, of: shown.update(f"reading {done} of {of}") if shown else None,
        )  # fmt: skip
    for note in scores.notes:
        tell(note, 0)
    for path in output or ():
        write(path, scoreboard.to_format(scores, format or scoreboard.format_of(path)).encode("utf-8"))
    if not output:
        _show(scores, format or "table")
    if errors:
        write(errors, b"".join(scoreboard.to_lines(scores)))
    low = evaluate.below(scores.rows, wanted)
    for line in low:
        tell(f"below its floor: {line}", 1)
    if low:
        raise typer.Exit(1)


def _show(scores: Evaluation, format: str) -> None:  # noqa: A002 - as the option
    """Nothing; the scores are on standard output, on a terminal as a table that fits it."""
    from claimgraph import scoreboard  # noqa: PLC0415

    if format != "table" or not stdout.is_terminal:
        with results() as file:
            file.write(scoreboard.to_format(scores, format).encode("utf-8"))
        return
    draw(scoreboard.COLUMNS, map(scoreboard.cells, scores.rows), bold=[bool(row.published) for row in scores.rows])
