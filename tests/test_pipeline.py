"""A build: what it leaves behind, and what it must not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from claimgraph.errors import SurroundingsError
from claimgraph.pipeline import FILES, build, view
from claimgraph.store import KnowledgeGraph
from graphs import TEXT, write

if TYPE_CHECKING:
    from pathlib import Path

BYTES = tuple(name for name in FILES if name != "store")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in BYTES}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    source = write(folder, "ships", TEXT)
    other = write(folder, "calm", "Prague, 3 May 2022\n\nThe mayor of Prague said on Monday that the bridge is safe.\n")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    report = build([source, other, folder / "empty.txt"], folder / "out")
    assert (report.articles, len(report.errors), report.violations) == (2, 1, ())
    return folder


def test_all_files_are_there_and_nothing_half_written(built):
    assert {p.name for p in (built / "out").iterdir()} == set(FILES)


def test_order_of_inputs_and_building_again_change_no_byte(built):
    build([built / "calm.txt", built / "empty.txt", built / "ships.txt"], built / "again")
    first = contents(built / "again")
    assert first == contents(built / "out")
    build([built / "ships.txt", built / "calm.txt", built / "empty.txt"], built / "again")
    assert contents(built / "again") == first


def test_hash_seed_locale_and_place_change_no_byte(built, tmp_path):
    surroundings = {**os.environ, "PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    command = [
        sys.executable,
        "-m",
        "claimgraph",
        "build",
        *(str(built / f"{n}.txt") for n in ("ships", "calm", "empty")),
        "--out",
        "there",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 1, "an empty file is the data's fault, the rest is built"
    assert contents(tmp_path / "there") == contents(built / "out")


def test_one_graph_an_article_and_the_rest_apart(built):
    rows = KnowledgeGraph.open(built / "out").query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows
    names = [row[0].value.removeprefix("https://w3id.org/claimgraph/id/") for row in rows]
    assert [n.split("/")[0] for n in names] == ["article", "article", *["graph"] * (len(names) - 2)]
    assert {"graph/identity", "graph/runs", "graph/dataset"} <= set(names)


def test_the_time_is_in_it_only_when_given(built, tmp_path):
    build([built / "calm.txt"], tmp_path, now="2024-01-02T03:04:05Z")
    assert "2024-01-02T03:04:05Z" in (tmp_path / "graph.nq").read_text("utf-8")
    assert "endedAtTime" not in (built / "out" / "graph.nq").read_text("utf-8")


def test_base_is_where_identifiers_begin(built, tmp_path):
    build([built / "calm.txt"], tmp_path, base="https://example.org/kg/")
    assert "<https://example.org/kg/article/calm-" in (tmp_path / "graph.nq").read_text("utf-8")


def test_where_nothing_can_be_written_nothing_stays(built, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(SurroundingsError, match="--out"):
        build([built / "calm.txt"], blocked)
    assert blocked.read_text("utf-8") == "in the way"


def test_view_writes_the_page_again(built):
    before = (built / "out" / "network.html").read_bytes()
    page = view(built / "out")
    assert page.read_bytes() == before
    assert view(built / "out", focus="Prague").read_bytes() != before
    view(built / "out")


def test_trig_says_what_the_record_says(built):
    stores = [ox.Store(), ox.Store()]
    stores[0].bulk_load(path=str(built / "out" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    stores[1].bulk_load(path=str(built / "out" / "graph.trig"), format=ox.RdfFormat.TRIG)
    assert {str(q) for q in stores[0]} == {str(q) for q in stores[1]}
