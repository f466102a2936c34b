"""What an analyst does with the page from beginning to end: without a mouse, on a phone, enlarged, at first sight."""

from __future__ import annotations

import msgspec
import pytest

from browser.conftest import IRI, TEXT, at, flood_network
from claimgraph.page import write_page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
ENLARGED = {"width": 640, "height": 360}  # 1280 by 720 at 200%
ADA = "Ada Lindqvist"
MORE = f"{TEXT}\n\nThe rescue service accused Ms {ADA} of neglect. It blamed {ADA}'s plan. It told {ADA} so."


@pytest.fixture
def feud_path(tmp_path):
    """The rescue service accuses Ada Lindqvist, who denied that the dam failed, and blames a plan of hers."""
    network, articles = flood_network()
    common = {"kind": "claim", "form": "indirect", "certainty": "certain", "cue_class": "accuse"}
    for name, cue, words in (
        ("x:accusation", "accused", f"Ms {ADA} of neglect"),
        ("x:blame", "blamed", f"{ADA}'s plan"),
    ):
        content = at(words, "content", text=MORE)
        mention = content._replace(part="mention", start=content.start + words.index(ADA), text=ADA)
        mention = mention._replace(end=mention.start + len(ADA))
        spans = (at(cue, "cue", text=MORE), content)
        network.add_node(name, **common, label=words, text=words, polarity="affirmed", cue=cue, evidence=spans)
        network.add_edge("x:rescue", name, type="said", weight=1, evidence=spans)
        network.add_edge(name, "x:ada", type="about", weight=1, evidence=())
        network.nodes["x:ada"]["evidence"] += (mention,)
    network.add_edge("x:accusation", "x:dam", type="contradicts", weight=1, rationale="why", evidence=())
    articles[IRI] = msgspec.structs.replace(articles[IRI], text=MORE)
    write_page(network, articles, tmp_path / "network.html")
    return tmp_path / "network.html"


def press_until(page, key, condition, most=60):
    """Presses a key until what has the focus meets a condition in JavaScript; how often that was."""
    for times in range(most):
        if page.evaluate(f"({condition})(document.activeElement)"):
            return times
        page.keyboard.press(key)
    raise AssertionError(f"{key} never led to {condition}")


def test_who_accuses_whom_of_what_is_found_and_read_without_a_mouse(feud_path, open_page):
    page = open_page(feud_path, viewport=DESK).page
    press_until(page, "Tab", "one => one.getAttribute('role') === 'tab'")
    press_until(page, "ArrowRight", "one => one.dataset.view === 'measures'")
    page.wait_for_selector(".measures .charge")
    press_until(page, "Tab", "one => one.className === 'charge'", most=80)
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence:not([hidden])")
    assert page.evaluate("document.activeElement.innerText") == f"Ms {ADA} of neglect"
    press_until(page, "Tab", "one => one.textContent === 'Read it in the article'", most=6)
    page.keyboard.press("Enter")
    page.wait_for_selector("#article[open]")
    assert "".join(page.locator("#article-text mark.content").all_inner_texts()) == f"Ms {ADA} of neglect"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "charge"


def test_only_who_is_accused_stands_in_the_list_not_whose_plan_is_blamed(feud_path, open_page):
    page = open_page(feud_path, viewport=DESK).page
    page.evaluate("claimgraph.openView('measures')")
    page.wait_for_selector(".measures .charge")
    assert page.locator(".measures .charge").all_inner_texts() == [f"Ms {ADA} of neglect"]


def test_what_stands_out_begins_with_what_is_disputed_and_follows_the_filters(feud_path, open_page):
    page = open_page(feud_path, viewport=DESK).page
    first = page.locator("#outstanding .row").first
    assert first.inner_text().split("\n")[0].startswith(ADA)
    assert "is contradicted by rescue service" in first.inner_text()
    page.evaluate("claimgraph.setFilters({ polarity: ['affirmed'] })")
    assert all("dam" not in words for words in page.locator("#outstanding .row").all_inner_texts())
    page.click("#outstanding .link")
    assert page.locator("#view-claims").is_visible()


def test_a_list_has_the_whole_phone_until_something_is_chosen(feud_path, open_page):
    page = open_page(feud_path, viewport=PHONE).page
    page.evaluate("claimgraph.openView('claims')")
    assert not page.locator(".panel").is_visible()
    page.locator(".told").first.click()
    assert page.locator("#evidence h2").is_visible()
    page.locator("#evidence .back").click()
    assert not page.locator(".panel").is_visible()
    page.evaluate("claimgraph.openView('network')")
    assert page.locator("#list").is_visible()


@pytest.mark.parametrize("viewport", [PHONE, ENLARGED, DESK], ids=["phone", "enlarged", "desk"])
def test_nothing_scrolls_sideways_and_the_open_tab_is_seen(feud_path, open_page, viewport):
    page = open_page(feud_path, viewport=viewport).page
    for name in page.evaluate("[...document.querySelectorAll('#views [role=tab]')].map((tab) => tab.dataset.view)"):
        page.evaluate("name => claimgraph.openView(name)", name)
        tab = page.locator(f"#tab-{name}").bounding_box()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
        assert 0 <= tab["x"] <= viewport["width"] - tab["width"], name
        assert page.locator("header.bar").bounding_box()["height"] < (100 if viewport != PHONE else 140)


def test_names_of_groups_lie_below_the_drawing(feud_path, open_page):
    page = open_page(feud_path, viewport=DESK).page
    page.evaluate("document.getElementById('groups').hidden = false")
    box = page.locator("#canvas").bounding_box()
    assert page.locator("#groups").bounding_box()["y"] >= box["y"] + box["height"]


def test_an_outlet_without_a_name_is_called_the_same_everywhere(feud_path, open_page):
    page = open_page(feud_path, viewport=DESK).page
    page.evaluate("claimgraph.openView('measures')")
    page.wait_for_selector(".measure")
    assert "an outlet without a name" in page.locator(".measures").inner_text()
    page.evaluate("claimgraph.setFilters({ outlet: ['not told'] })")
    assert "in an outlet without a name" in page.locator("#filter-words").inner_text()
