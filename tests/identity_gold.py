"""Whom the names of some articles mean, judged by hand, and how well identity tells it: pairs of names of one person.

`python tests/identity_gold.py` prints the figures and each wrong pair. namesakes.jsonl are short articles of our own in
which names are shared; corpus.jsonl points at names in ../shared/corpora/text by article and characters.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from claimgraph.identity import identify
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.reader import read
from claimgraph.terms import entity_iris

GOLD = Path(__file__).parent / "gold" / "identity"
SHARED = Path(os.environ.get("CLAIMGRAPH_SHARED", Path(__file__).parents[2] / "shared")) / "corpora" / "text"


class Named(NamedTuple):
    """A name in an article: whom it means, and whom it was held for."""

    article: str
    name: str
    means: str
    held: str


class Score(NamedTuple):
    """Of all pairs of names: wrongly one person, wrongly two, and the measures."""

    merged: list[tuple[Named, Named]]
    split: list[tuple[Named, Named]]
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@cache
def own(file: str = "namesakes") -> tuple[Named, ...]:
    """The names of our own articles."""
    records = [json.loads(line) for line in (GOLD / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = {r["id"]: Article(id=r["id"], text=r["text"], published=r["published"]) for r in records}
    rows = [(r["id"], r["text"].index(name), name, who) for r in records for name, who in r["people"].items()]
    return _named(articles, rows)


@cache
def corpus() -> tuple[Named, ...]:
    """The names in the shared corpora, read in the articles whole."""
    records = [json.loads(line) for line in (GOLD / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = {r["article"] for r in records}
    articles = {}
    for file in sorted({r["corpus"] for r in records}):
        for line in (SHARED / f"{file}.jsonl").read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            if fields["id"] in wanted:
                articles[fields["id"]] = Article(id=fields["id"], text=fields["text"], title=fields["title"])
    rows = [(r["article"], r["start"], articles[r["article"]].text[r["start"] : r["end"]], r["means"]) for r in records]
    return _named(articles, rows)


def _named(articles: dict[str, Article], rows: list[tuple[str, int, str, str]]) -> tuple[Named, ...]:
    """What identity makes of names; a name that is not read as one is held for nobody else."""
    readings = [read(article) for article in articles.values()]
    canonical = {link.local: link.canonical for link in identify(readings)}
    at = {}
    for reading in readings:
        local = entity_iris(reading, Iris().article(reading.article.id))
        for m in reading.mentions:
            if m.entity and m.kind == "name":
                at |= {(reading.article.id, place): canonical[local[m.entity]] for place in range(m.start, m.end)}
    return tuple(
        Named(article, name, means, at.get((article, start + len(name) - 1), f"unread {article} {start}"))
        for article, start, name, means in rows
    )


def score(names: tuple[Named, ...]) -> Score:
    """How the pairs of names in different articles are told."""
    pairs = [(a, b) for a, b in combinations(names, 2) if a.article != b.article]
    merged = [(a, b) for a, b in pairs if a.held == b.held and a.means != b.means]
    split = [(a, b) for a, b in pairs if a.held != b.held and a.means == b.means]
    right = sum(a.held == b.held and a.means == b.means for a, b in pairs)
    return Score(merged, split, right / (right + len(merged)), right / (right + len(split)))


def main() -> None:
    """Nothing; the figures and the wrong pairs are printed."""
    lines = []
    for title, names in (
        ("own", own()),
        ("held out", own("heldout")),
        ("second held out", own("second")),
        ("corpus", corpus()),
        ("both", own() + corpus()),
    ):
        found, people = score(names), {named.means for named in names}
        figures = f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"
        lines.append(f"{title}: {len(names)} names of {len(people)}: {figures}")
        wrong = {} if title == "both" else {"wrongly one": found.merged, "wrongly two": found.split}
        lines += [f"  {kind}: {a.name} in {a.article}, {b.article}" for kind, pairs in wrong.items() for a, b in pairs]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
