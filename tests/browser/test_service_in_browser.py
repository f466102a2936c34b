"""The service's pages in a real browser: no request beyond the service, hostile text stays text, questions give rows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from claimgraph.pipeline import build
from claimgraph.server.addresses import Addresses
from claimgraph.store import KnowledgeGraph
from served import serving, store

BASE = "https://example.org/news/"
HOSTILE = '<img src="x" onerror="alert(1)">'
TEXT = (
    "Governor Ada Lindqvist said on Monday that 40 bridges were closed. She denied that the dam had failed.\n\n"
    'Lindqvist praised "<script>alert(2)</script>" on Monday. The rescue service evacuated two villages.\n'
)
# Chromium says so of markup that DOMPurify parses in a document of its own, where nothing runs (DOMParser).
INERT = (
    "Executing inline event handler violates the following Content Security Policy directive 'script-src 'self''. Either the "
    "'unsafe-inline' keyword, a hash ('sha256-...'), or a nonce ('nonce-...') is required to enable inline execution. Note that "
    "hashes do not apply to event handlers, style attributes and javascript: navigations unless the 'unsafe-hashes' keyword is "
    "present. The action has been blocked."
)
NAMELESS = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, a[href]')]
  .filter((one) => one.offsetParent && getComputedStyle(one).visibility !== 'hidden')
  .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.title || one.labels?.length || one.placeholder))
  .map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A graph of one article, with a name in it that is markup."""
    place = tmp_path_factory.mktemp("service")
    article = {"id": "flood", "title": f"River rises {HOSTILE}", "text": TEXT, "date": "2025-04-02"}
    (place / "flood.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    build([place / "flood.jsonl"], place / "out", base=BASE)
    quads = (place / "out" / "graph.nq").read_text(encoding="utf-8").replace('"Ada Lindqvist"', json.dumps(HOSTILE))
    return store(tmp_path_factory.mktemp("hostile"), quads)


@pytest.fixture(scope="module")
def service(folder):
    with serving(folder) as running:
        yield running


class Visit:
    """A page of the service, with what it complained of and what it asked of others."""

    def __init__(self, browser, service, **settings):
        self.root = f"http://127.0.0.1:{service.port}"
        self.page = browser.new_context(**settings).new_page()
        self.complaints, self.elsewhere = [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.elsewhere.append(request.url))

    def open(self, path):
        self.page.goto(self.root + path)
        self.page.wait_for_load_state("networkidle")

    def close(self):
        assert [url for url in self.elsewhere if not url.startswith((self.root, "blob:", "data:"))] == []
        assert [said for said in self.complaints if said != INERT] == []
        self.page.context.close()


@pytest.fixture
def visit(browser, service):
    opened = Visit(browser, service, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


def paths(folder):
    """The pages of one thing of each kind."""
    graph, here = KnowledgeGraph.open(folder), Addresses(BASE)
    kinds = {"article": "schema:NewsArticle", "claim": "cg:Claim", "event": "sem:Event", "span": "cg:Span"}
    found = {
        name: graph.query(f"SELECT ?x {{ ?x a {kind} }} ORDER BY ?x LIMIT 1").rows[0][0].value
        for name, kind in kinds.items()
    }
    actor = "SELECT ?e { ?e a schema:Person FILTER(!CONTAINS(STR(?e), '#')) }"
    found["actor"] = graph.query(actor).rows[0][0].value
    return {"query": "/", "find": "/find"} | {name: here.of(iri) for name, iri in found.items()}


def test_a_question_that_is_clicked_gives_rows_and_their_csv(visit):
    visit.open("/")
    visit.page.get_by_role("button", name=re.compile("^Who said what")).click()
    visit.page.wait_for_selector(".yasr table tbody tr")
    cells = visit.page.locator(".yasr table tbody td").all_inner_texts()
    assert "that 40 bridges were closed" in cells
    assert HOSTILE in cells
    assert visit.page.locator("img").count() == 0
    with visit.page.expect_download() as download:
        visit.page.locator(".yasr .yasr_downloadIcon").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8")
    assert "40 bridges" in lines
    assert "who" in lines.splitlines()[0]


def test_every_question_can_be_clicked_and_none_overwrites_the_readers_own_query(visit):
    visit.open("/")
    questions = visit.page.locator("[data-query]")
    for index in range(questions.count()):
        with visit.page.expect_response(lambda answer: urlsplit(answer.url).path == "/sparql") as answered:
            questions.nth(index).click()
        assert answered.value.status == 200
    visit.page.evaluate("() => { yasgui.getTab().setQuery('SELECT (42 AS ?mine) {}') }")
    questions.first.click()
    assert "SELECT (42 AS ?mine) {}" in visit.page.evaluate("Object.values(yasgui._tabs).map((tab) => tab.getQuery())")


def test_an_iri_of_this_graph_leads_to_its_page_and_a_query_in_the_address_is_run(visit):
    visit.open("/?query=SELECT%20%3Fc%20%7B%20%3Fc%20a%20cg%3AClaim%20%7D")
    link = visit.page.locator(".yasr table a.iri").first
    link.wait_for()
    link.click()
    visit.page.wait_for_selector("text=Who says so")
    assert urlsplit(visit.page.url).path.startswith("/id/article/flood")


def test_a_wrong_query_is_told_in_words(visit):
    visit.open("/?query=SELECT%20%3Fx%20%7B%20%3Fx")
    visit.page.get_by_text("expected").first.wait_for()
    assert any("400" in said for said in visit.complaints)
    visit.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_ask_nobody_else_run_nothing_of_the_text_and_fit_a_phone(browser, service, folder, scheme):
    for name, path in paths(folder).items():
        narrow = Visit(browser, service, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        narrow.open(path)
        page = narrow.page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.locator("h1").count() == 1
        assert page.evaluate(NAMELESS) == [], name
        assert page.locator("img[src=x]").count() == 0
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 29)"
        assert dark == (scheme == "dark")
        narrow.close()


def test_a_mark_leads_to_its_claim_and_the_keyboard_alone_gets_there(visit, folder):
    visit.open(paths(folder)["article"])
    page = visit.page
    assert HOSTILE in page.locator("h1").inner_text()
    assert "<script>alert(2)</script>" in page.locator(".text").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "mark"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.card:target') !== null")
    shades = {
        page.locator(f".text mark.{part}").first.evaluate("m => getComputedStyle(m).backgroundColor")
        for part in ("source", "cue", "content")
    }
    assert len(shades) == 3


def test_the_iri_of_a_part_leads_from_its_article_to_its_own_page(visit, folder):
    span = paths(folder)["span"]
    document, part = span.split("?part=")
    visit.open(f"{document}#{part}")
    visit.page.wait_for_url(re.compile("part="))
    assert visit.page.locator("mark.other").count() == 1


def test_the_network_page_draws_under_its_own_policy(visit):
    visit.open("/network")
    visit.page.wait_for_selector("#legend button")
    visit.page.fill("#search", "onerror")
    assert HOSTILE in visit.page.locator("#suggestions").inner_text()
