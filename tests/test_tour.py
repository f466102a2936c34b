"""The questions of docs/tour.md, asked of the articles of tests/planted and of some of tests/gold/identity: their exact answers.

`python tests/test_tour.py` writes the answers anew.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import planted_stories
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests" / "planted" / "tour.json"
PART = ("stories", "denials", "turns")


def questions() -> dict[str, str]:
    """The questions of the page with their SPARQL."""
    page = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^## \d+\. (.+?)\n\n```sparql\n(.*?)```", page, re.MULTILINE | re.DOTALL))


@cache
def answers() -> dict[str, list[list[str]]]:
    """The rows of each question over the fixed part."""
    readings = [reading for file in PART for held in planted_stories.readings(file) for reading in held]
    namesakes = (ROOT / "tests" / "gold" / "identity" / "second.jsonl").read_text(encoding="utf-8").splitlines()
    records = map(json.loads, namesakes)
    readings += [read(Article(id=r["id"], text=r["text"], published=r["published"])) for r in records]
    quads = to_graph(sorted(readings, key=lambda r: r.article.id), iris=Iris(), text="full", now=None)
    with TemporaryDirectory() as folder:
        graph = KnowledgeGraph.write(Path(folder) / "store", to_nquads(quads).encode())
        return {
            title: [[str(value) for value in record.values()] for record in graph.query(query).records()]
            for title, query in questions().items()
        }


def test_the_page_asks_ten_questions() -> None:
    assert len(questions()) == 10


@pytest.mark.parametrize("title", questions())
def test_a_question_of_the_tour_has_its_answer(title: str) -> None:
    expected = json.loads(ANSWERS.read_text(encoding="utf-8"))
    assert answers()[title]
    assert answers()[title] == expected[title]


if __name__ == "__main__":
    ANSWERS.write_text(json.dumps(answers(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
