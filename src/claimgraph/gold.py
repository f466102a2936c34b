"""Gold files: documents as JSON Lines, the tasks that their fields tell, and a sample that is the same each time."""

from __future__ import annotations

import hashlib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from claimgraph.errors import InputError, UsageError
from claimgraph.scoring import TASKS, find_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Annotation = dict[str, Any]


class Gold(NamedTuple):
    """One document that one task has gold for."""

    task: str
    corpus: str
    document: Annotation
    path: Path

    @property
    def id(self) -> str:
        """The document's id, as an annotation has it."""
        return str(self.document["id"])


def load_gold(
    inputs: Iterable[str | Path], *, task: str | None = None, corpora: Sequence[str] = (), sample: int | None = None
) -> list[Gold]:
    """The gold in files and folders, by task in the order of files; of each corpus a sample, if one is asked for.

    A document's corpus is the field of that name, without it the file's folder. `corpora` are beginnings of names.

    Raises:
        InputError: a file cannot be read, or what it holds is no gold.
        UsageError: there is no such task, or nothing is left of what was chosen.

    """
    if task is not None and task not in TASKS:
        raise UsageError(task, f"is no task: choose {', '.join(TASKS)}")
    gold = [one for path in _files(inputs) for one in _load_file(path, task)]
    chosen = [one for one in gold if not corpora or one.corpus.startswith(tuple(corpora))]
    if not chosen:
        there = ", ".join(sorted({one.corpus for one in gold}))
        raise UsageError(", ".join(corpora), f"is no corpus of this gold: choose of {there}")
    _check_once(chosen)
    return chosen if sample is None else [one for corpus in _by_corpus(chosen) for one in _sample(corpus, sample)]


def _files(inputs: Iterable[str | Path]) -> Iterator[Path]:
    """The files of the inputs; of a folder its .jsonl files, sorted by name."""
    for path in map(Path, inputs):
        found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not found:
            raise InputError(path, "holds no .jsonl file: gold is JSON Lines, one document a line")
        yield from found


def _load_file(path: Path, task: str | None) -> list[Gold]:
    """The gold of one file, for each task that it serves."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
    documents = [parse_line(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    tasks = [task] if task else find_tasks(documents)
    if not tasks:
        fields = sorted({field for one in TASKS.values() for field in one.fields})
        raise InputError(
            path, f"is no gold that is known: documents need a field such as {', '.join(fields)}, or give --task"
        )
    return [
        Gold(name, str(d.get("corpus") or path.resolve().parent.name), d, path) for name in tasks for d in documents
    ]


def parse_line(line: bytes, path: Path, number: int) -> Annotation:
    """The document or annotation of one line; InputError where it has no id and text."""
    try:
        document = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(path, f"is no JSON object: {str(error).split(' (byte')[0]}", line=number) from None
    if not isinstance(document, dict) or "id" not in document or not isinstance(document.get("text"), str):
        raise InputError(path, 'is no document: it needs "id" and "text"', line=number)
    return document


def _check_once(gold: Sequence[Gold]) -> None:
    """Nothing where each task has each document once; InputError for the first that it has twice."""
    seen: dict[tuple[str, str], Path] = {}
    for one in gold:
        key = (one.task, one.id)
        if key in seen:
            raise InputError(one.path, f"document {one.id!r} is in {seen[key]} too: give one of them")
        seen[key] = one.path


def _by_corpus(gold: Sequence[Gold]) -> Iterator[list[Gold]]:
    """The documents of each task and corpus."""
    ordered = sorted(gold, key=lambda one: (list(TASKS).index(one.task), one.corpus))
    return (list(group) for _, group in groupby(ordered, key=lambda one: (one.task, one.corpus)))


def _sample(gold: Sequence[Gold], size: int) -> list[Gold]:
    """So many documents, those whose ids have the lowest hashes, in the order of the file."""
    lowest = sorted(gold, key=lambda one: hashlib.sha256(one.id.encode("utf-8", "surrogatepass")).digest())[:size]
    kept = {one.id for one in lowest}
    return [one for one in gold if one.id in kept]
