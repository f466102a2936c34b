from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

STATEMENTS = 3000


def years_of_claims():
    """Three thousand statements on 1,000 days, three a day, an event of a year, one of a day, and one of no day."""
    network = nx.MultiDiGraph()
    network.add_node("x:ada", kind="person", label="Ada Lindqvist", evidence=())
    for number in range(STATEMENTS):
        day = 1 + number // 3
        claim = {"kind": "claim", "label": f"that it was day {day}", "evidence": ()}
        network.add_node(
            f"x:c{number:04}", **claim, said_on=f"{2020 + day // 360}-{1 + day % 360 // 30:02}-{1 + day % 28:02}"
        )
    network.add_edge("x:ada", "x:c0000", type="said", weight=1, evidence=())
    event = {"kind": "event", "event_type": "flood", "voice": "narrated", "evidence": ()}
    network.add_node("x:year", **event, label="drought", earliest="2021-01-01", latest="2021-12-31")
    network.add_node("x:day", **event, label="flood", earliest="2022-02-03", latest="2022-02-03")
    network.add_node("x:never", **event, label="frost", time="the other day")
    return network, {"x:a": Article(id="a", text="It rained.", published="2022-12-31")}


@pytest.fixture(scope="module")
def years_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("timeline") / "network.html"
    write_page(*years_of_claims(), path)
    return path


def timeline_of(window):
    window.page.click("#tab-timeline")
    window.page.wait_for_selector("#view-timeline .scene-plot svg")
    window.page.wait_for_selector("#view-timeline .scene-list .row")
    return window.page


def settled(page):
    """The list as it is when the picture has come to rest."""
    page.wait_for_timeout(400)
    return page.locator("#view-timeline .scene-list")


def test_what_has_no_day_stands_at_its_articles_day_or_below_with_the_reason(opened):
    page = timeline_of(opened)
    statements = page.locator('#view-timeline .scene-list [aria-label="In view, by day"]')
    assert statements.locator("h2").all_inner_texts() == ["2 April 2025"]
    assert [row.count("day of the article") for row in statements.locator(".row").all_inner_texts()] == [1, 1]
    assert page.locator("#view-timeline .scene-plot .mark.assumed").count() == 2
    undated = page.locator("#view-timeline .scene-list .undated")
    assert "“Monday” is no day of the calendar" in undated.inner_text()
    assert "rescue service" in undated.inner_text()


def test_click_chooses_and_whatever_is_linked_stands_out(opened):
    page = timeline_of(opened)
    page.locator("#view-timeline .scene-plot .mark").first.click()
    assert page.locator("#evidence h2").inner_text() in ("that 40 bridges were closed", "that the dam had failed")
    page.wait_for_selector("#view-timeline .scene-plot .mark.chosen")
    assert page.locator("#view-timeline .scene-plot .mark.near").count() == 1  # the claim that it corroborates
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('#view-timeline .scene-plot .choosing')")


def test_thousands_are_counted_in_columns_and_none_is_lost(open_page, years_path):
    page = timeline_of(open_page(years_path, viewport={"width": 1280, "height": 800}))
    counts = page.evaluate(
        "[...document.querySelectorAll('.lane.claim .counter')].map((one) => Number(one.dataset.count))"
    )
    assert sum(counts) == STATEMENTS
    assert page.locator("#view-timeline .scene-plot *").count() < 500
    assert page.locator("#view-timeline .scene-list .row").count() < 200
    assert page.locator(".lane.event .mark .bar-mark").count() == 1  # the year
    page.locator(".lane.claim .counter").nth(3).click()
    assert "of day" not in settled(page).inner_text()
    shown = page.locator("#view-timeline .scene-status").inner_text()
    assert int(shown.split(" statements")[0].split()[-1].replace(",", "")) < 300


def test_keys_wheel_and_drag_move_and_zoom(open_page, years_path):
    page = timeline_of(open_page(years_path, viewport={"width": 1280, "height": 800}))
    first = "document.querySelector('#view-timeline .scene-status').textContent"
    plot = page.locator("#view-timeline .scene-plot")
    plot.focus()
    for _ in range(6):
        page.keyboard.press("+")
    settled(page)
    zoomed = page.evaluate(first)
    assert page.locator(".earlier").is_visible()
    page.keyboard.press("ArrowRight")
    settled(page)
    moved = page.evaluate(first)
    assert moved != zoomed
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 420, box["y"] + 12, steps=3)
    page.mouse.up()
    settled(page)
    assert page.evaluate(first) != moved
    page.mouse.wheel(0, -400)
    settled(page)
    assert page.evaluate("claimgraph.state.chosen") is None  # a drag is no click
    page.keyboard.press("0")
    assert "3,000 statements" in settled(page).page.locator("#view-timeline .scene-status").inner_text()


def test_lanes_by_speaker_and_filters(opened):
    page = timeline_of(opened)
    page.get_by_role("button", name="Speaker").click()
    page.wait_for_selector('.lane[data-lane="Ada Lindqvist"]')
    page.evaluate("claimgraph.setFilters({ hide: ['claim'] })")
    page.wait_for_function("() => !document.querySelector('#view-timeline .scene-plot .mark')")
    assert page.locator("#view-timeline .scene-status").inner_text().startswith("Nothing in view")


def test_hostile_names_are_text_and_do_not_spill(open_page, tmp_path):
    network = nx.MultiDiGraph()
    bad = "<img src=x onerror=alert(1)>" + "w" * 10_000
    network.add_node("x:a", kind="person", label=bad, evidence=())
    network.add_node("x:c", kind="claim", label="</text><script>alert(2)</script>", said_on="2024-05-01", evidence=())
    network.add_node(
        "x:e",
        kind="event",
        label="\u202efrost",
        event_type=bad,
        earliest="2024-05-02",
        latest="2024-05-09",
        evidence=(),
    )
    network.add_edge("x:a", "x:c", type="said", weight=1, evidence=())
    write_page(network, {"x:t": Article(id="t", text="Frost.")}, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 390, "height": 800})
    page = timeline_of(window)
    assert window.complaints == []
    assert page.locator("#view-timeline img, #view-timeline script").count() == 0
    assert page.evaluate("document.querySelector('#view-timeline').scrollWidth <= innerWidth")


def test_without_any_day_the_view_says_why(open_page, tmp_path):
    network = nx.MultiDiGraph()
    network.add_node("x:e", kind="event", label="frost", evidence=(Evidence("trigger", "x:t", 0, 5, "Frost"),))
    write_page(network, {"x:t": Article(id="t", text="Frost.")}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html").page
    page.click("#tab-timeline")
    assert "Give the articles a date" in page.locator("#view-timeline .empty").inner_text()
