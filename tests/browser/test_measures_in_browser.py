"""Newsroom measures: each count as one counts by hand."""

from __future__ import annotations

import csv

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

VIEW = {"width": 1440, "height": 1000}


def newsroom():
    """Eight claims in two outlets; two stand inside another, one of these with a source of its own."""
    network = nx.MultiDiGraph()
    actors = {"x:ada": ("person", "Ada Roos", False), "x:bo": ("person", "Bo Ek", False)}
    actors |= {"x:line": ("organization", "Norna Line", False), "x:some": ("group", "some officials", True)}
    for iri, (kind, name, vague) in actors.items():
        network.add_node(iri, kind=kind, label=name, vague=vague, evidence=())
    claims = (
        ("c1", "x:a", "x:ada", "the ferry is safe", "indirect", None),
        ("c2", "x:a", "x:ada", "Bo Ek fears that it leaks badly", "indirect", None),
        ("c3", "x:a", "x:bo", "it leaks badly", "indirect", "c2"),
        ("c4", "x:a", "x:ada", '"It is a fine ship. It is new."', "direct", None),
        ("c5", "x:a", "x:ada", "It is new.", "direct", "c4"),
        ("c6", "x:b", "x:some", "the line paid late", "indirect", None),
        ("c7", "x:b", None, "the captain drank", "mixed", None),
        ("c8", "x:b", "x:line", "Ada Roos lied", "indirect", None),
    )
    for number, (iri, article, who, words, form, outer) in enumerate(claims):
        span = Evidence("content", article, 10 * number, 10 * number + 9, words)
        plain = {"polarity": "affirmed", "content_polarity": "affirmed", "certainty": "certain"}
        network.add_node(iri, kind="claim", label=words, text=words, form=form, **plain, evidence=(span,))
        if who:
            network.add_edge(who, iri, type="said", weight=1, evidence=())
        if outer:
            network.add_edge(iri, outer, type="inside", weight=1, evidence=())
    network.nodes["c8"].update(cue="accused", cue_class="accuse", stance="negative")
    network.nodes["c6"]["fresh"] = True
    network.graph["since"] = {"claims": 7, "articles": []}
    network.nodes["x:ada"]["evidence"] = (Evidence("mention", "x:b", 70, 78, "Ada Roos"),)
    network.add_edge("c8", "x:ada", type="about", weight=1, evidence=())
    network.add_edge("c2", "x:bo", type="about", weight=1, evidence=())
    network.add_edge("c8", "c1", type="contradicts", weight=1, rationale="why", confidence=0.6, evidence=())
    articles = {
        "x:a": Article(id="a", text="", published="2025-03-04", publisher="The Post"),
        "x:b": Article(id="b", text="", published="2025-03-05", publisher="The Echo"),
    }
    return network, articles


@pytest.fixture
def measured(open_page, tmp_path):
    write_page(*newsroom(), tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport=VIEW)
    window.page.evaluate("claimgraph.openView('measures')")
    yield window.page
    assert window.complaints == []


def table(page, title):
    """The rows of one measure, cell by cell, without the bars."""
    return page.evaluate(
        """(title) => [...[...document.querySelectorAll('.measure')].find((one) => one.querySelector('h2').textContent === title)
            .querySelectorAll('tbody tr')].map((row) => [...row.cells].filter((cell) => !cell.querySelector('.plot')).map((cell) => cell.innerText))""",
        title,
    )


def test_share_of_voice_counts_a_quotation_once_and_a_voice_within_a_voice_for_itself(measured):
    assert table(measured, "Share of voice, by source") == [
        ["Ada Roos", "3", "43%", "19", "59%"],
        ["Bo Ek", "1", "14%", "3", "9%"],
        ["Norna Line", "1", "14%", "3", "9%"],
    ]
    assert "7 claims counted" in measured.inner_text("#view-measures .toolbar")


def test_share_of_voice_by_kind_has_sources_without_a_name_as_a_kind(measured):
    assert table(measured, "Share of voice, by kind of source") == [
        ["People", "4", "57%", "22", "69%"],
        ["Sources without a name", "2", "29%", "7", "22%"],
        ["Organizations", "1", "14%", "3", "9%"],
    ]


def test_quoted_or_rendered_by_outlet_and_by_source(measured):
    assert table(measured, "Quoted or rendered, by outlet") == [
        ["The Post", "4", "25%", "0%", "75%"],
        ["The Echo", "3", "0%", "33%", "67%"],
    ]
    assert table(measured, "Quoted or rendered, by source")[0] == ["Ada Roos", "3", "33%", "0%", "67%"]


def test_vague_sources_by_outlet_the_vaguest_first(measured):
    assert table(measured, "Sources without a name") == [
        ["The Echo", "2 of 3", "67%", "some officials"],
        ["The Post", "0 of 4", "0%", ""],
    ]


def test_who_answers_and_who_speaks_about_whom(measured):
    assert table(measured, "Who answers whom") == [["Norna Line", "contradicts", "Ada Roos", "1"]]
    assert table(measured, "Who speaks about whom") == [
        ["Norna Line", "Ada Roos", "1", "", "1"],
        ["Ada Roos", "Bo Ek", "1", "", ""],
    ]


def test_accusations_name_who_is_accused_by_whom_and_open_their_evidence(measured):
    [[accused, words, by, where]] = table(measured, "Accusations against named people")
    assert (accused, words, by) == ("Ada Roos", "Ada Roos lied", "Norna Line")
    assert where.split() == ["5", "March", "2025", "The", "Echo"]
    measured.click(".charge")
    assert "Ada Roos lied" in measured.inner_text("#evidence h2")


def test_what_is_new_is_told_beside_what_was_there(measured):
    assert [cells[0] for cells in table(measured, "New since the earlier graph")] == [
        "some officials the line paid late"
    ]
    assert "1 beside the 7 of then" in measured.inner_text(".measure:has(h2:text('New since')) .how")


def test_measures_follow_the_filters_and_say_why_they_are_empty(measured):
    measured.evaluate("claimgraph.setFilters({ form: ['direct'] })")
    assert table(measured, "Share of voice, by source") == [["Ada Roos", "1", "100%", "8", "100%"]]
    measured.evaluate("claimgraph.setFilters({ hide: ['claim'] })")
    assert "There is nothing to measure" in measured.inner_text("#view-measures")


def test_measures_as_a_spreadsheet(measured, tmp_path):
    with measured.expect_download() as download:
        measured.click("#view-measures >> text=Save as a spreadsheet")
    download.value.save_as(tmp_path / "measures.csv")
    with (tmp_path / "measures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert ("Share of voice, by source", "Ada Roos", "Claims", "3") in rows
    assert ("Sources without a name", "The Echo", "Without a name", "2") in rows
    assert ("Quoted or rendered, by outlet", "The Post", "quoted", "1") in rows
