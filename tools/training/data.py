"""Annotated articles as words: what both taggers are trained on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from marked import read_marked

from claimgraph.language import Parse, parse_article
from claimgraph.model import Article
from claimgraph.speech.quotations import Quotation, find_quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Range = tuple[int, int]
FOLDS = 5


class Attribution(NamedTuple):
    """Gold source, cue and content as ranges of words."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]


class Document(NamedTuple):
    """An article, parsed, with its gold; `fold` is its place in cross-validation."""

    id: str
    fold: int
    parse: Parse
    quotations: tuple[Quotation, ...]
    gold: tuple[Attribution, ...]


def fold_of(name: str) -> int:
    """The fold of an article: the SHA-1 of its id, modulo FOLDS."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % FOLDS


def read(path: Path, texts: Iterable[Path] = ()) -> Iterator[dict[str, Any]]:
    """Annotated articles: of a folder of marked ones, or of JSON Lines with or without their text.

    Lines without text hold offsets into an article of `texts` with the same id, of which only the first `end`
    characters are annotated.
    """
    if path.is_dir():
        yield from (read_marked(file) for file in sorted(path.glob("*.txt")))
        return
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {line["id"] for line in lines if "text" not in line}
    known = {
        d["id"]: d["text"] for file in texts for d in map(json.loads, file.open(encoding="utf-8")) if d["id"] in wanted
    }
    for line in lines:
        yield line if "text" in line else line | {"text": known[line["id"]][: line["end"]]}


def load(path: Path, texts: Iterable[Path] = ()) -> list[Document]:
    """The annotated articles of a file or folder, parsed."""
    return [to_document(found) for found in read(path, texts)]


def to_document(found: dict[str, Any]) -> Document:
    """An annotated article with its gold as words; an attribution of whose content no word is left is dropped."""
    parse = parse_article(Article(id=found["id"], text=found["text"]))
    gold = []
    for claim in found["claims"]:
        content = tuple(sorted(filter(None, (words_of(parse, span) for span in claim["content"]))))
        if content:
            gold.append(Attribution(words_of(parse, claim.get("source")), words_of(parse, claim.get("cue")), content))
    return Document(found["id"], fold_of(found["id"]), parse, find_quotations(parse), tuple(gold))


def words_of(parse: Parse, span: dict[str, int] | None) -> Range | None:
    """The words that lie in a span by more than half."""
    if span is None:
        return None
    start, end = span["start"], span["end"]
    inside = [t.i for t in parse.tokens_in(start, end) if 2 * (min(t.end, end) - max(t.start, start)) > t.end - t.start]
    return (inside[0], inside[-1] + 1) if inside else None
