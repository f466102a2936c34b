"""The SPARQL console in the page: Oxigraph as WebAssembly answers from file:// what the store answers."""

from __future__ import annotations

import csv
import io

import pytest
from axe_playwright_python.sync_playwright import Axe

from claimgraph.drawing.things import articles
from claimgraph.network import network
from claimgraph.ontology_files import ontology_folder
from claimgraph.page import write_page
from claimgraph.questions import questions
from claimgraph.store import KnowledgeGraph

TRIG = ontology_folder() / "examples" / "norhaven-post.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CELLS = (
    "[...document.querySelectorAll('.ask-table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
)


def example():
    """The graph that the ontology's example describes, with the store's own answers."""
    import pyoxigraph  # noqa: PLC0415

    store = pyoxigraph.Store()
    store.load(path=TRIG, format=pyoxigraph.RdfFormat.TRIG)
    return KnowledgeGraph(store)


@pytest.fixture(scope="module")
def console_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("console") / "network.html"
    graph = example()
    write_page(network(graph), articles(graph), path, trig=TRIG)
    return path


@pytest.fixture
def page(open_page, console_path):
    window = open_page(console_path, viewport={"width": 1280, "height": 800})
    window.page.click("#tab-ask")
    window.page.wait_for_selector("#query")
    yield window.page
    assert window.complaints == []
    assert all(url.startswith(("file:", "blob:")) for url in window.requests)


def asked(page, query):
    page.fill("#query", query)
    page.click(".run")
    page.wait_for_selector(".run:enabled", timeout=60_000)
    return page.locator(".ask-status").inner_text()


def test_every_question_has_the_rows_that_the_store_gives(page):
    graph = example()
    for name in questions():
        page.click(f"[data-question='{name}']")
        page.wait_for_selector(".run:enabled", timeout=60_000)
        rows = graph.query(name).rows
        told = page.locator(".ask-status").inner_text()
        assert told.startswith(f"{len(rows)} row" if rows else "No rows"), (name, told)
    page.click("[data-question='06-rates']")
    page.wait_for_selector(".run:enabled")
    [rate] = page.evaluate(CELLS)
    assert rate == [getattr(cell, "value", "") for cell in graph.query("06-rates").rows[0]]


def test_a_name_in_the_answer_opens_its_node_and_prefixes_need_no_declaring(page):
    asked(page, "SELECT ?claim WHERE { ?claim a cg:Claim ; schema:text ?said FILTER(CONTAINS(?said, '62.5%')) }")
    page.click(".ask-table td .link")
    assert "62.5% of convicted smugglers" in page.locator("#evidence h2").inner_text()


def test_the_answer_is_saved_as_a_table_that_no_spreadsheet_runs(page):
    asked(page, "SELECT ?a ?b WHERE { VALUES (?a ?b) { ('=1+1' 5) ('a, \"b\"' UNDEF) } }")
    with page.expect_download() as download:
        page.click(".ask-result .quiet")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert rows == [["a", "b"], ["'=1+1", "5"], ['a, "b"', ""]]


def test_what_is_no_query_is_told_in_words_and_the_console_goes_on(page):
    assert asked(page, "SELECT WHERE") == "No answer."
    assert page.locator(".ask-error").inner_text().startswith("This is no query that can be read")
    assert asked(page, "ASK { ?a a cg:Claim }").startswith("Yes")
    assert asked(page, "SELECT * { SERVICE <http://example.org/sparql> { ?a ?b ?c } }") == "No answer."
    assert asked(page, "CONSTRUCT { ?c cg:said ?a } WHERE { ?c cg:claimant ?a } LIMIT 2").startswith("2 rows")


def test_an_endless_query_leaves_the_page_alive_and_can_be_stopped(page):
    asked(page, "ASK {}")
    page.fill("#query", ENDLESS)
    page.click(".run")
    page.wait_for_timeout(500)
    page.click("#tab-claims")  # the page answers meanwhile
    page.click("#tab-ask")
    page.click(".ask-buttons .quiet")
    assert page.locator(".ask-error").inner_text() == "Stopped."
    assert asked(page, "ASK {}").startswith("Yes")


def test_hostile_words_in_an_answer_are_text(page):
    asked(page, "SELECT ?a WHERE { VALUES ?a { '<img src=x onerror=alert(1)>' } }")
    assert page.evaluate(CELLS) == [["<img src=x onerror=alert(1)>"]]
    assert page.locator(".ask img").count() == 0


def test_axe_finds_nothing_wrong_with_question_answer_and_error(page):
    asked(page, "SELECT ?claim WHERE { ?claim a cg:Claim } LIMIT 3")
    answered = Axe().run(page).response["violations"]
    asked(page, "SELECT")
    assert [broken["id"] for broken in answered + Axe().run(page).response["violations"]] == []
