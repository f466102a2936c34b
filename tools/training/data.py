"""Gold attributions as word labels: what both taggers are trained on."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from marked import read_marked

from claimgraph.language import Parse, parse_article
from claimgraph.model import Article
from claimgraph.quotations import find_quotations

CUE_B, CUE_I = 1, 2
SOURCE, CONTENT = 1, 2


class Attribution(NamedTuple):
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]


class Document(NamedTuple):
    id: str
    fold: int
    parse: Parse
    quotations: tuple
    gold: list[Attribution]
    weight: float = 1.0


def fold_of(name: str) -> int:
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % 5


def words_of(parse: Parse, span) -> tuple[int, int] | None:
    """Words that lie in a span by more than half."""
    start, end = span
    inside = [t.i for t in parse.tokens_in(start, end) if 2 * (min(t.end, end) - max(t.start, start)) > t.end - t.start]
    return (inside[0], inside[-1] + 1) if inside else None


def read(path: Path) -> list[dict]:
    """Annotated articles of a .jsonl file, or of a folder of marked ones."""
    if path.is_dir():
        return [read_marked(p) for p in sorted(path.glob("*.txt"))]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load(path: Path, limit: int | None = None) -> list[Document]:
    found = []
    for d in read(path)[:limit]:
        parse = parse_article(Article(id=d["id"], text=d["text"]))
        bounds = lambda x: words_of(parse, (x["start"], x["end"]) if isinstance(x, dict) else tuple(x)) if x else None
        gold = []
        for c in d["claims"] if "claims" in d else d["attributions"]:
            many = lambda x: [] if not x else (x if isinstance(x, list) and not isinstance(x[0], int) else [x])
            source, cue = (next((bounds(s) for s in many(c.get(k))), None) for k in ("source", "cue"))
            content = tuple(sorted(filter(None, (bounds(s) for s in many(c["content"])))))
            if content:
                gold.append(Attribution(source, cue, content))
        found.append(Document(d["id"], fold_of(d["id"]), parse, find_quotations(parse), gold, d.get("weight", 1.0)))
    return found
