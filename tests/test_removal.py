"""What is removed is in no file of a graph, and stays out of it; what remains is proved as before."""

from __future__ import annotations

import json

import pytest

from claimgraph.errors import UsageError
from claimgraph.model import Article, Span
from claimgraph.pipeline import FILES, build, remove
from claimgraph.reader import read
from claimgraph.removal import FILE, without
from claimgraph.store import KnowledgeGraph

FIRST = (
    "Governor Ada Lindqvist said that 40 bridges were closed. Mayor Bo Ekman told reporters that Lindqvist had been warned. "
    "“Nobody was warned,” Lindqvist said. Police arrested Lindqvist in Valmera on Monday.\n\n"
    "Ekman said that the rescue service evacuated two villages."
)
SECOND = "The rescue service evacuated two villages, Governor Ada Lindqvist said. Ekman said that roads were closed."


@pytest.fixture
def folder(tmp_path):
    rows = [("one", FIRST), ("two", SECOND)]
    lines = [
        json.dumps({"id": id_, "title": "Lindqvist under fire", "published": "2025-03-04", "text": text})
        for id_, text in rows
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    build(tmp_path / "in.jsonl", tmp_path / "out", workers=1, model="fast")
    return tmp_path / "out"


def texts(folder):
    """Everything that the folder's files hold."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def claims(folder):
    rows = KnowledgeGraph.open(folder).query("SELECT ?t { ?c a cg:Claim ; schema:text ?t } ORDER BY ?t").rows
    return [row[0].value for row in rows]


def test_a_person_is_gone_from_every_file_and_what_stays_is_proved(folder):
    assert any("bridges were closed" in text for text in claims(folder))
    report = remove(folder, ["Ada Lindqvist"])
    assert (report.articles, report.violations) == (2, ())
    assert KnowledgeGraph.open(folder).check().violations == ()
    for name, held in texts(folder).items():
        assert b"Lindqvist" not in held, name
    assert claims(folder) == ["that roads were closed", "that the rescue service evacuated two villages"]
    assert "█" in (folder / "graph.nq").read_text(encoding="utf-8")


def test_what_was_removed_stays_out_of_later_builds(folder):
    remove(folder, ["Ada Lindqvist"])
    before = (folder / "graph.nq").read_bytes()
    build(folder.parent / "in.jsonl", folder, workers=1, model="fast")
    assert (folder / "graph.nq").read_bytes() == before
    more = {
        "id": "three",
        "published": "2025-03-05",
        "text": "Ada Lindqvist said that taxes would rise. Bo Ekman said that they would not.",
    }
    (folder.parent / "more.jsonl").write_text(json.dumps(more) + "\n", encoding="utf-8")
    build(folder.parent / "more.jsonl", folder, workers=1, model="fast")
    assert "Lindqvist" not in (folder / "graph.nq").read_text(encoding="utf-8")
    assert "that they would not" in claims(folder)


def test_a_build_says_what_it_keeps_of_earlier_ones(folder):
    more = {"id": "three", "published": "2025-03-05", "text": "Bo Ekman said that taxes would rise."}
    (folder.parent / "more.jsonl").write_text(json.dumps(more) + "\n", encoding="utf-8")
    first = build(folder.parent / "more.jsonl", folder, workers=1, model="fast")
    assert (first.articles, first.earlier, first.removed) == (3, 2, 0)
    second = build(folder.parent / "more.jsonl", folder, workers=1, model="fast", sync=True)
    assert (second.articles, second.earlier, second.removed) == (1, 0, 0)


def test_an_article_is_gone_and_stays_out(folder):
    remove(folder, ["two"])
    alone = folder.parent / "alone"
    row = (folder.parent / "in.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (folder.parent / "one.jsonl").write_text(row + "\n", encoding="utf-8")
    build(folder.parent / "one.jsonl", alone, workers=1, model="fast")
    assert (folder / "graph.nq").read_bytes() == (alone / "graph.nq").read_bytes()
    again = build(folder.parent / "in.jsonl", folder, workers=1, model="fast")
    assert (folder / "graph.nq").read_bytes() == (alone / "graph.nq").read_bytes()
    assert (again.articles, again.earlier, again.removed) == (1, 0, 1)


def test_the_list_names_nobody(folder):
    remove(folder, ["Ada Lindqvist", "two"])
    kinds = [line.split("\t")[0] for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]
    assert kinds == ["article", "entity"]
    assert "indqvist" not in (folder / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("names", [["Nobody Known"], ["one", "two"]])
def test_what_is_not_there_or_would_leave_nothing_is_refused_and_nothing_changes(folder, names):
    before = {name: (folder / name).read_bytes() for name in FILES if name != "store"}
    with pytest.raises(UsageError):
        remove(folder, names)
    assert {name: (folder / name).read_bytes() for name in FILES if name != "store"} == before
    assert not (folder / FILE).exists()


def spans(value):
    if isinstance(value, Span):
        yield value
    for each in (
        value if isinstance(value, tuple) else [getattr(value, f) for f in getattr(value, "__struct_fields__", ())]
    ):
        yield from spans(each)


def test_every_span_of_what_stays_still_stands_in_the_text():
    reading = read(Article(id="a", text=FIRST, published="2025-03-04"))
    gone = {entity.id for entity in reading.entities if "Lindqvist" in entity.name}
    left = without(reading, gone)
    assert len(left.article.text) == len(FIRST)
    found = list(spans(left))
    assert found
    assert all(left.article.text[span.start : span.end] == span.text for span in found)
    assert "Lindqvist" not in repr(left)
