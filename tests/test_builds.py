"""Builds upon builds: what is read again and what is not, what stays, what goes, and what a killed one leaves."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from claimgraph import corpus
from claimgraph.building import intake
from claimgraph.building.readings import Readings
from claimgraph.generations import READINGS
from claimgraph.iris import Iris
from claimgraph.pipeline import FILES, build
from claimgraph.removal import load_removed
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

SAID = "Prague, 3 May 2022\n\nThe mayor of Prague said on Monday that bridge number {} is safe.\n"


MANY = 200


def write(path: Path, numbers) -> Path:
    """JSON Lines of articles that differ by their number."""
    rows = (json.dumps({"id": f"n{n:03}", "published": "2022-05-03", "text": SAID.format(n)}) for n in numbers)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if name != "store"}


def present(folder: Path) -> list[str]:
    """The lines of graph.nq but those of earlier editions, and the count of all."""
    lines = (folder / "graph.nq").read_text("utf-8").splitlines()
    return [line for line in lines if "/graph/editions>" not in line and "void#triples" not in line]


def times_of(folder: Path) -> list[int]:
    """When each file was written, of the store the one that names its generation."""
    names = (*(name for name in FILES if name != "store"), "store/state.json")
    return [(folder / name).stat().st_mtime_ns for name in names]


def ids(folder: Path) -> list[str]:
    rows = KnowledgeGraph.open(folder).query(
        "SELECT ?id { ?a a schema:NewsArticle ; dcterms:identifier ?id } ORDER BY ?id"
    )
    return [row[0].value for row in rows.rows]


@pytest.fixture
def read(monkeypatch):
    """The ids of the articles that are read."""
    seen: list[str] = []
    real = corpus.read

    def noted(article, **options):
        seen.append(article.id)
        return real(article, **options)

    monkeypatch.setattr(corpus, "read", noted)
    return seen


def test_what_has_not_changed_is_neither_read_nor_written_again(tmp_path, read):
    source = write(tmp_path / "a.jsonl", range(3))
    first = build(source, tmp_path / "out", model="fast")
    times = times_of(tmp_path / "out")
    assert build(source, tmp_path / "out", model="fast") == first
    assert len(read) == 3
    assert times_of(tmp_path / "out") == times


def test_a_file_that_somebody_touched_is_written_again(tmp_path, read):
    source = write(tmp_path / "a.jsonl", range(2))
    build(source, tmp_path / "out", model="fast")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / "report.md").write_text("mine", encoding="utf-8")
    build(source, tmp_path / "out", model="fast")
    assert (contents(tmp_path / "out"), len(read)) == (before, 2)


def test_a_changed_article_alone_is_read_again_and_the_graph_is_that_of_a_new_build(tmp_path, read):
    build(write(tmp_path / "a.jsonl", range(3)), tmp_path / "out", model="fast")
    source = tmp_path / "a.jsonl"
    source.write_text(source.read_text("utf-8").replace("number 1", "number 77"), encoding="utf-8")
    read.clear()
    build(source, tmp_path / "out", model="fast")
    assert read == ["n001"]
    build(source, tmp_path / "anew", model="fast")
    assert present(tmp_path / "out") == present(tmp_path / "anew")


def test_articles_of_earlier_builds_stay_and_sync_takes_them_out(tmp_path, read):
    build(write(tmp_path / "a.jsonl", range(2)), tmp_path / "out", model="fast")
    more = write(tmp_path / "b.jsonl", [2])
    build(more, tmp_path / "out", model="fast")
    assert ids(tmp_path / "out") == ["n000", "n001", "n002"]
    assert read == ["n000", "n001", "n002"]
    build(more, tmp_path / "out", model="fast", sync=True)
    build(more, tmp_path / "anew", model="fast")
    assert ids(tmp_path / "out") == ["n002"]
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")


def test_without_the_whole_texts_no_words_are_kept_beside_the_graph(tmp_path):
    build(write(tmp_path / "a.jsonl", range(2)), tmp_path / "out", model="fast", text="none")
    kept = tmp_path / "out" / "store" / READINGS
    assert not kept.exists()
    build(write(tmp_path / "b.jsonl", [5]), tmp_path / "out", model="fast", text="none")
    assert ids(tmp_path / "out") == ["n005"]


def test_what_another_version_read_is_read_again(tmp_path, read, monkeypatch):
    build(write(tmp_path / "a.jsonl", range(2)), tmp_path / "out", model="fast")
    monkeypatch.setattr("claimgraph.building.readings.reader_digest", lambda *_, **__: b"newer")
    read.clear()
    build(write(tmp_path / "b.jsonl", [1, 2]), tmp_path / "out", model="fast")
    assert sorted(read) == ["n000", "n001", "n002"]
    assert ids(tmp_path / "out") == ["n000", "n001", "n002"]


def test_readings_that_are_damaged_are_made_again(tmp_path):
    source = write(tmp_path / "a.jsonl", range(2))
    build(source, tmp_path / "out", model="fast")
    (tmp_path / "out" / "store" / READINGS).write_bytes(b"no SQLite file" * 100)
    assert build(source, tmp_path / "out", model="fast").articles == 2


def test_an_article_that_takes_too_long_is_left_out_and_reported(tmp_path, monkeypatch):
    real = corpus.read

    def slow(article, **options):
        if article.id == "n001":
            time.sleep(5)
        return real(article, **options)

    monkeypatch.setattr(corpus, "read", slow)
    report = build(write(tmp_path / "a.jsonl", range(3)), tmp_path / "out", model="fast", limit=1)
    assert ids(tmp_path / "out") == ["n000", "n002"]
    assert "takes longer than 1 s" in str(report.errors[0])
    assert "takes longer" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_progress_names_each_phase_and_how_far_it_is(tmp_path):
    heard = []
    build(write(tmp_path / "a.jsonl", range(3)), tmp_path / "out", model="fast", told=lambda *told: heard.append(told))
    assert {phase for phase, *_ in heard} >= {"reading", "writing", "checking", "reporting"}
    assert ("reading", 3, 3) in heard
    assert ("checking", 3, 3) in heard


def test_a_killed_build_goes_on_where_it_was(tmp_path):
    source, out = write(tmp_path / "many.jsonl", range(MANY)), tmp_path / "out"
    command = [sys.executable, "-m", "claimgraph", "build", source, "--out", out, "--model", "fast", "--workers", "1"]
    process = subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE)
    try:
        kept = 0
        while not kept and process.poll() is None:
            time.sleep(0.05)
            kept = number_kept(out)
        process.send_signal(signal.SIGKILL)
    finally:
        process.communicate(timeout=60)
    assert 0 < number_kept(out) < MANY
    assert not (out / "graph.nq").exists()
    folder = Readings(out / "store", model="fast")
    nothing = load_removed(out, iris=Iris())
    waiting = intake.collect(
        str(source), folder, nothing, workers=None, sync=False, errors=[], limit=None, told=lambda *_: None
    )
    assert (len(waiting.keys), number_kept(out)) == (MANY, MANY)
    folder.close()
    build(source, out, model="fast")
    build(source, tmp_path / "anew", model="fast")
    assert contents(out) == contents(tmp_path / "anew")


def number_kept(out: Path) -> int:
    """How many readings a build has written."""
    try:
        with sqlite3.connect(f"file:{out / 'store' / READINGS}?mode=ro", uri=True) as base:
            return base.execute("SELECT COUNT(*) FROM reading").fetchone()[0]
    except sqlite3.Error:
        return 0
