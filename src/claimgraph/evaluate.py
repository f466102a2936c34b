"""Scores of the extraction on gold: reads the gold's texts, compares, sums up by task and corpus.

A figure has beside it its 95% interval over resampled documents, and the best that has been published on this corpus
(`lexicons/published_scores.tsv`), with the source and what differs in the way of scoring.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.articles import load
from claimgraph.corpus import read_all
from claimgraph.errors import InputError, UsageError
from claimgraph.gold import Annotation, Gold, load_gold, parse_line
from claimgraph.lexicon import load_table
from claimgraph.model import TAGGER, to_annotation
from claimgraph.scoring import TASKS, Fault, Outcome, figures, intervals, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from claimgraph.model import Article, TaggerName

GROUPS = {
    ("timex", "tempeval-3"): ("timebank", "aquaint"),
    ("events", "tempeval-3"): ("timebank", "aquaint"),
    ("el", "news-fair+reuters"): ("news-fair-v2", "reuters-128"),
}
"""Corpora that are scored together as well: TempEval-3 was trained on two, linking is asked for on two."""


class Published(NamedTuple):
    """A figure that others have published, by whom, and what differs in the way it was scored."""

    figure: float
    system: str
    source: str
    differs: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure: an F1 with precision and recall, a rate with neither, or the mean that CoNLL takes."""

    task: str
    corpus: str
    measure: str
    figure: float
    precision: float | None
    recall: float | None
    low: float
    high: float
    gold: int | None
    """How many there are to find."""
    documents: int
    published: tuple[Published, ...] = ()


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """An error, and the document that it is in."""

    task: str
    corpus: str
    document: str
    error: Fault


class Evaluation(NamedTuple):
    """The figures by task and corpus; the errors, worst documents first; what to know of what was not scored."""

    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...] = ()


Scored = tuple[Gold, Outcome]
Annotated = Iterator[tuple[list[Gold], Annotation]]
"""Gold that is of the same text, with the annotation of that text."""


def evaluate(
    inputs: Iterable[str | Path],
    *,
    task: str | None = None,
    corpora: Sequence[str] = (),
    sample: int | None = None,
    predictions: Path | None = None,
    workers: int | None = None,
    model: TaggerName = TAGGER,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Evaluation:
    """The scores of the extraction on gold files and folders of them.

    `predictions` is a file of annotations to score instead of reading the texts. A document without an annotation
    counts as empty. `sample` takes this many documents of each corpus, by hash of their id. `model` is the tagger of
    attributions. `told` hears how many texts are read, of how many.

    Raises:
        InputError: a gold file, or an annotation in `predictions`, cannot be used.
        UsageError: there is no such task or corpus.

    """
    gold = load_gold(inputs, task=task, corpora=corpora, sample=sample)
    errors: list[InputError] = []
    annotated = (
        _given(gold, predictions)
        if predictions
        else _read(gold, workers=workers, errors=errors, told=told, model=model)
    )
    outcomes = {(one.task, one.id): _compare(one, found) for same, found in annotated for one in same}
    scored = [(one, outcomes.get((one.task, one.id)) or _compare(one, {})) for one in gold]
    rows = tuple(_rows(scored))
    told_of = {(row.task, row.corpus) for row in rows}
    notes = (*map(str, errors), *_notes(gold, outcomes, told_of))
    return Evaluation(rows, tuple(_mistakes(scored, told_of)), notes)


def _given(gold: Sequence[Gold], path: Path) -> Annotated:
    """The annotations of a file, as far as there is gold for them."""
    by_id: defaultdict[str, list[Gold]] = defaultdict(list)
    for one in gold:
        by_id[one.id].append(one)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                found = parse_line(line, path, number) if line.strip() else {"id": ""}
                same = by_id.pop(str(found["id"]), [])
                if any(one.document["text"] != found["text"] for one in same):
                    raise InputError(
                        path, f"the text of {found['id']!r} is not the gold's: extract {same[0].path}", line=number
                    )
                yield same, found
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None


def _read(
    gold: Sequence[Gold],
    *,
    workers: int | None,
    errors: list[InputError],
    told: Callable[[int, int], None],
    model: TaggerName,
) -> Annotated:
    """What the pipeline makes of the gold's texts; the same article in several files is read once."""
    wanted: defaultdict[Article, list[Gold]] = defaultdict(list)
    by_path: defaultdict[Path, list[Gold]] = defaultdict(list)
    for one in gold:
        by_path[one.path].append(one)
    for path, there in by_path.items():
        articles = {article.id: article for article in load(path, errors=errors)}
        for one in (one for one in there if one.id in articles):
            wanted[msgspec.structs.replace(articles[one.id], origin="")].append(one)
    for done, reading in enumerate(read_all(list(wanted), workers=workers, errors=errors, model=model), 1):
        told(done, len(wanted))
        yield wanted[reading.article], to_annotation(reading)


def _compare(gold: Gold, annotation: Annotation) -> Outcome:
    """What comes of comparing one document; InputError where it is no gold for its task."""
    try:
        return TASKS[gold.task].compare(gold.document, annotation)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        told = f"document {gold.id!r} is no gold for {gold.task} ({type(error).__name__}: {error})"
        raise InputError(gold.path, f"{told}: choose another --task, or see docs/commands.md for the fields") from error


def _rows(scored: Sequence[Scored]) -> Iterator[Row]:
    """The figures of each task's corpora in order of name, groups of corpora after them."""
    corpora: defaultdict[tuple[str, str], list[Scored]] = defaultdict(list)
    for one in scored:
        corpora[one[0].task, one[0].corpus].append(one)
    for (task, group), members in GROUPS.items():
        if all((task, member) in corpora for member in members):
            corpora[task, group] = [one for member in members for one in corpora[task, member]]
    for task in TASKS:
        names = sorted((name for of, name in corpora if of == task), key=lambda name: ((task, name) in GROUPS, name))
        yield from chain.from_iterable(_corpus_rows(task, name, corpora[task, name]) for name in names)


def _corpus_rows(task: str, corpus: str, scored: Sequence[Scored]) -> Iterator[Row]:
    """The figures of one corpus, those with anything to find."""
    documents = [(gold.id, outcome.counts) for gold, outcome in scored]
    totals = {measure: counts for measure, counts in total(counts for _, counts in documents).items() if counts.gold}
    spread, published = intervals(documents), load_published()
    for measure, figure in figures(totals).items():
        counts = totals.get(measure)
        low, high = spread[measure]
        yield Row(
            task=task,
            corpus=corpus,
            measure=measure,
            figure=figure,
            precision=counts.precision if counts else None,
            recall=counts.recall if counts and counts.predicted is not None else None,
            low=low,
            high=high,
            gold=round(counts.gold) if counts else None,
            documents=len(scored),
            published=published.get((task, corpus, measure), ()),
        )


def load_published() -> dict[tuple[str, str, str], tuple[Published, ...]]:
    """Task, corpus and measure to the figures that others have published, best first."""
    found: defaultdict[tuple[str, str, str], list[Published]] = defaultdict(list)
    for task, corpus, measure, figure, *told in load_table("published_scores"):
        found[task, corpus, measure].append(Published(float(figure), *told))
    return {key: tuple(sorted(several, key=lambda one: -one.figure)) for key, several in found.items()}


def _mistakes(scored: Sequence[Scored], told: set[tuple[str, str]]) -> Iterator[Mistake]:
    """Every error of the corpora that have figures, task by task, the document with most errors first."""
    tasks = list(TASKS)
    for gold, outcome in sorted(scored, key=lambda one: (tasks.index(one[0].task), -len(one[1].faults), one[0].id)):
        if (gold.task, gold.corpus) in told:
            for error in outcome.faults:
                yield Mistake(task=gold.task, corpus=gold.corpus, document=gold.id, error=error)


def _notes(
    gold: Sequence[Gold], outcomes: Mapping[tuple[str, str], Outcome], told: set[tuple[str, str]]
) -> Iterator[str]:
    """What was not scored: documents without an annotation, corpora without gold that counts."""
    missing = sorted({one.id for one in gold if (one.task, one.id) not in outcomes})
    if missing:
        yield f"{len(missing)} documents have no annotation and count as empty: {', '.join(missing[:3])}"
    for task, corpus in sorted({(one.task, one.corpus) for one in gold} - told):
        yield f"{task} {corpus}: left out, nothing in it counts for this task"


def count_errors(mistakes: Iterable[Mistake]) -> list[tuple[tuple[str, str, str, str], int]]:
    """How many errors there are of each task, corpus, layer and kind."""
    counts = Counter((one.task, one.corpus, one.error.layer, one.error.kind) for one in mistakes)
    return sorted(counts.items(), key=lambda item: (list(TASKS).index(item[0][0]), item[0]))


def load_floors(path: Path) -> dict[str, float]:
    """Floors by name, out of a JSON object of them, or of an object that has them as `floors`.

    Raises:
        InputError: the file cannot be read or holds something else.

    """
    try:
        held = msgspec.json.decode(path.read_bytes())
        floors = held.get("floors", held) if isinstance(held, dict) else held
        return msgspec.convert(floors, dict[str, float])
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        told = 'write {"floors": {"timex/tempeval-3/value": 0.75}}'
        raise InputError(path, f"holds no floors ({error}): {told}") from None


def below(rows: Sequence[Row], floors: Mapping[str, float]) -> list[str]:
    """One line for each figure that is lower than its floor.

    A floor is named by its measure, with corpus and task before it where that is needed: "times", "ieer/typed",
    "timex/tempeval-3/value". It holds for every figure whose name ends so.

    Raises:
        UsageError: a floor is named as no figure is.

    """
    lines = []
    for name, floor in floors.items():
        parts = tuple(name.split("/"))
        meant = [row for row in rows if (row.task, row.corpus, row.measure)[-len(parts) :] == parts]
        if not meant:
            raise UsageError(name, "no figure of this gold has this floor's name: MEASURE or TASK/CORPUS/MEASURE")
        lines += [f"{r.task} {r.corpus} {r.measure} {r.figure:.4f}, floor {floor}" for r in meant if r.figure < floor]
    return lines
