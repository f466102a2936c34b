"""Storylines: what articles tell of a topic or a happening, day by day, in the graph, the report and Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from claimgraph.model import Article
from claimgraph.pipeline import build
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

FLOODS = {
    "later": ("2025-05-09", "The flood in Lindby on Tuesday damaged 40 houses. The flood damage will cost millions, Mayor Ada Roos said."),
    "first": ("2025-05-07", "A flood in Lindby on Tuesday killed two people. The flooding closed three roads near the Elm."),
    "after": ("2025-05-12", "Mayor Ada Roos said that the flood victims would be paid by June. The flooding had ruined whole streets."),
    "other": ("2025-05-10", "Inflation rose to 4% in June. The inflation rate had been 3% a year before."),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("floods")
    for id_, (day, text) in FLOODS.items():
        row = {"id": id_, "published": day, "text": text}
        (folder / f"{id_}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    build([folder / f"{id_}.jsonl" for id_ in FLOODS], folder / "all", workers=1, model="fast")
    return folder


def graph(built: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(built / "all")


def test_a_topic_of_several_articles_is_a_story_in_the_order_of_days_with_its_evidence(built):
    [story] = graph(built).storylines(about="flood")
    assert (story.label, story.kind) == ("flood", "topic")
    assert [(step.day, step.id) for step in story.steps] == [
        ("2025-05-06", "first"),
        ("2025-05-06", "later"),
        ("2025-05-12", "after"),
    ]
    first = story.steps[0]
    assert FLOODS["first"][1][first.start : first.end] == "flood"
    assert first.words.startswith("A flood in Lindby")


def test_a_topic_of_one_article_is_no_story(built):
    assert graph(built).storylines(about="inflation") == []


def test_a_storyline_is_an_item_list_without_blank_nodes(built):
    asked = """SELECT ?n ?position ?day ?id WHERE { ?story a schema:ItemList ; schema:numberOfItems ?n ; schema:itemListElement ?step .
        ?step a schema:ListItem ; schema:position ?position ; dcterms:date ?day ; dcterms:source/dcterms:identifier ?id } ORDER BY ?position"""
    rows = [[term.value for term in row] for row in graph(built).query(asked).rows]
    assert [row[1:] for row in rows] == [
        ["1", "2025-05-06", "first"],
        ["2", "2025-05-06", "later"],
        ["3", "2025-05-12", "after"],
    ]
    assert {row[0] for row in rows} == {"3"}
    assert graph(built).check().violations == ()


def test_the_report_tells_the_largest_stories(built):
    report = json.loads((built / "all" / "report.json").read_text("utf-8"))
    assert [row["article"] for row in report["storylines"] if row["kind"] == "topic"] == ["first", "later", "after"]
    text = (built / "all" / "report.md").read_text("utf-8")
    assert "### flood\n\n| day | article | words |" in text


def test_a_happening_is_told_by_its_articles(built):
    told = [s for s in graph(built).storylines() if s.kind == "happening"]
    assert [(s.label, [step.id for step in s.steps]) for s in told] == [
        ("disaster in Lindby, 2025-05-06", ["first", "later"])
    ]


def test_a_writer_leaves_what_a_build_would_and_takes_away_what_is_gone(built):
    whole = (built / "all" / "graph.nq").read_bytes()
    build([built / f"{id_}.jsonl" for id_ in FLOODS if id_ != "after"], built / "some", workers=1, model="fast")
    some = (built / "some" / "graph.nq").read_bytes()
    day, text = FLOODS["after"]
    with KnowledgeGraph.open(built / "some", write=True) as writer:
        writer.add([read(Article(id="after", text=text, published=day), model="fast")])
    assert (built / "some" / "graph.nq").read_bytes() == whole
    with KnowledgeGraph.open(built / "some", write=True) as writer:
        writer.remove(["after"])
    assert (built / "some" / "graph.nq").read_bytes() == some
