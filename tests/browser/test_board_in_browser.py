"""The claim board: what is disputed first, claims that meet side by side, the same filters, thousands in steps."""

from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

VIEW = {"width": 1280, "height": 900}
OPEN = "claimgraph.openView('claims')"


def told(words, *, article="x:a", at=0, **more):
    plain = {"form": "indirect", "polarity": "affirmed", "content_polarity": "affirmed", "certainty": "certain"}
    span = Evidence("content", article, at, at + len(words), words)
    return {"kind": "claim", "label": words, "text": words, "cue": "said", **plain, **more, "evidence": (span,)}


def council():
    """Two articles: a dispute and a support between them, a plain claim, a quotation, a source without a name."""
    network = nx.MultiDiGraph()
    for iri, name in (("x:ada", "Ada Roos"), ("x:bo", "Bo Ek"), ("x:cleo", "Cleo Marsh")):
        network.add_node(iri, kind="person", label=name, evidence=())
    network.add_node("x:some", kind="group", label="some officials", vague=True, evidence=())
    network.add_node("x:bridge", kind="topic", label="bridge", evidence=())
    network.add_node("x:tax", kind="topic", label="tax", evidence=())
    claims = {
        "x:c1": ("x:ada", told("the bridge is safe", said_on="2025-01-02"), "x:bridge"),
        "x:c2": ("x:bo", told("the bridge is safe", article="x:b", polarity="denied"), "x:bridge"),
        "x:c3": ("x:cleo", told("the bridge held 40 tonnes", certainty="probable", figures=("40 tonnes",)), "x:bridge"),
        "x:c4": ("x:some", told("taxes will rise", article="x:b", certainty="possible"), "x:tax"),
        "x:c5": ("x:ada", told('"Taxes are theft"', form="direct"), "x:tax"),
    }
    for iri, (who, attributes, topic) in claims.items():
        network.add_node(iri, **attributes)
        network.add_edge(who, iri, type="said", weight=1, evidence=())
        network.add_edge(iri, topic, type="topic", weight=1, evidence=())
    why = {"weight": 1, "evidence": (), "confidence": 0.6}
    network.add_edge("x:c2", "x:c1", type="contradicts", rationale="One denies what the other says.", **why)
    network.add_edge("x:c3", "x:c1", type="corroborates", rationale="A load held fits a safe bridge.", **why)
    articles = {
        "x:a": Article(id="a", text="", title="Bridge", published="2025-01-03", publisher="The Daily"),
        "x:b": Article(id="b", text="", title="Taxes", published="2025-02-03", url="https://www.post.example/1"),
    }
    return network, articles


@pytest.fixture(scope="module")
def council_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("board") / "network.html"
    write_page(*council(), path)
    return path


@pytest.fixture
def board(open_page, council_path):
    window = open_page(council_path, viewport=VIEW)
    window.page.evaluate(OPEN)
    yield window.page
    assert window.complaints == []


def by(speaker):
    """The first row of a speaker."""
    return f".told-group .told:has(.who:has-text('{speaker}'))"


def rows(page):
    """Heading and rows (speaker, words) of each group, in the order of the board."""
    return page.evaluate(
        """[...document.querySelectorAll('.told-list section')].map((group) => [
            group.querySelector('h3 bdi').textContent,
            [...group.querySelectorAll('.told')].map((row) => [row.querySelector('.who').textContent, row.querySelector('.words').textContent]),
        ])"""
    )


def test_disputed_claims_come_first_then_supported_ones(board):
    assert rows(board) == [
        [
            "bridge",
            [
                ["Ada Roos", "the bridge is safe"],
                ["Bo Ek", "the bridge is safe"],
                ["Cleo Marsh", "the bridge held 40 tonnes"],
            ],
        ],
        ["tax", [["some officials", "taxes will rise"], ["Ada Roos", "“Taxes are theft”"]]],
    ]
    assert "2 disputed, 1 supported" in board.inner_text(".board .lead")


def test_a_row_says_how_sure_when_where_and_against_whom(board):
    row = board.inner_text(by("Bo Ek"))
    for words in ("denied", "contradicts Ada Roos", "3 February 2025", "post.example"):
        assert words in row
    assert "40 tonnes" in board.inner_text(by("Cleo Marsh"))
    assert "as probable" in board.inner_text(by("Cleo Marsh"))
    assert "2 January 2025" in board.inner_text(".told-group .told:has-text('is contradicted by Bo Ek')")
    plain = board.inner_text(".told-group .told:has-text('Taxes are theft')")
    assert not any(words in plain for words in ("certain", "affirmed", "probable", "possible"))


def test_claims_that_meet_stand_side_by_side_with_the_reason(board):
    pairs = board.query_selector_all(".pair")
    assert [pair.query_selector("strong").inner_text() for pair in pairs] == ["contradicts", "supports"]
    left, right = (side.bounding_box() for side in pairs[0].query_selector_all(".told"))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    assert "One denies what the other says." in pairs[0].inner_text()


def test_grouped_by_speaker_and_by_article_and_ordered_by_day(board):
    board.click("text='Speaker'")
    assert [name for name, _ in rows(board)] == ["Ada Roos", "Bo Ek", "Cleo Marsh", "some officials"]
    board.click("text='Article'")
    assert [[name, len(told)] for name, told in rows(board)] == [
        ["Bridge, 3 January 2025", 3],
        ["Taxes, 3 February 2025", 2],
    ]
    board.select_option("select", "newest")
    assert [name for name, _ in rows(board)] == ["Taxes, 3 February 2025", "Bridge, 3 January 2025"]


def test_a_chosen_row_opens_its_evidence_and_arrows_lead_from_row_to_row(board):
    board.click(by("Cleo Marsh"))
    assert "the bridge held 40 tonnes" in board.inner_text("#evidence h2")
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Enter")
    assert "taxes will rise" in board.inner_text("#evidence h2")
    assert board.locator(".told-group [aria-current=true]").inner_text().startswith("some officials")
    assert board.evaluate("document.querySelectorAll('.told-list [tabindex=\"0\"]').length") == 1


def test_the_filters_of_the_page_hold_on_the_board_and_an_empty_board_says_why(board):
    board.evaluate("claimgraph.setFilters({ hide: ['claim'] })")
    assert rows(board) == []
    assert "The filters hide all 5 claims" in board.inner_text("#view-claims")
    board.evaluate("claimgraph.setFilters({ polarity: ['denied'] })")
    assert [told for _, told in rows(board)] == [[["Bo Ek", "the bridge is safe"]]]
    board.evaluate("claimgraph.setFilters({})")
    assert len(rows(board)) == 2


def test_the_board_as_a_spreadsheet_holds_no_formula(open_page, tmp_path):
    network, articles = council()
    network.nodes["x:c4"].update(
        label='=HYPERLINK("http://evil.example","x")', text='=HYPERLINK("http://evil.example","x")'
    )
    write_page(network, articles, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html", viewport=VIEW).page
    page.evaluate(OPEN)
    with page.expect_download() as download:
        page.click("#view-claims >> text=Save as a spreadsheet")
    download.value.save_as(tmp_path / "claims.csv")
    lines = (tmp_path / "claims.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 6
    assert '"\'=HYPERLINK(""http://evil.example"",""x"")"' in lines[4] + lines[5]


def test_thousands_of_claims_come_in_steps(open_page, tmp_path):
    network, articles = council()
    for number in range(3000):
        network.add_node(f"x:more{number}", **told(f"it is {number}"))
        network.add_edge("x:bo", f"x:more{number}", type="said", weight=1, evidence=())
    write_page(network, articles, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html", viewport=VIEW).page
    page.evaluate(OPEN)
    assert page.locator(".told-group .told").count() == 50
    assert "3,005 claims" in page.inner_text(".board .lead")
    page.click("text=Show 50 more of 3,005 rows")
    assert page.locator(".told-group .told").count() == 100
    assert page.evaluate("document.activeElement.classList.contains('told')")


def test_filters_set_on_the_board_hold_in_the_network_when_it_is_opened_again(board):
    board.evaluate("claimgraph.setFilters({ polarity: ['denied'] })")
    assert [told for _, told in rows(board)] == [[["Bo Ek", "the bridge is safe"]]]
    board.evaluate("claimgraph.openView('network')")
    scale = board.evaluate("claimgraph.drawing().getScale()")
    assert scale > 0.1
