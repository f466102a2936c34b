from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.model import Article
from claimgraph.page import write_page

SPOTS = {  # latitude, longitude, and how many events are there
    "Lisbon": (38.72, -9.14, 9),
    "Quito": (0.0, -78.5, 4),
    "Accra": (5.56, 0.0, 1),
    "Suva": (-18.14, 178.44, 1),
    "Oslo": (59.91, 10.75, 0),
}


def world():
    """Events in cities on every side of the equator and the meridian, and one in a place that no register knows."""
    network = nx.MultiDiGraph()
    for name, (latitude, longitude, events) in SPOTS.items():
        network.add_node(f"x:{name}", kind="place", label=name, latitude=latitude, longitude=longitude, evidence=())
        for number in range(events):
            network.add_node(f"x:{name}{number}", kind="event", label=f"flood {number}", voice="narrated", evidence=())
            network.add_edge(f"x:{name}{number}", f"x:{name}", type="place", weight=1, evidence=())
    network.add_node("x:upland", kind="place", label="the upland", evidence=())
    network.add_edge("x:Suva0", "x:upland", type="place", weight=1, evidence=())
    network.add_node("x:claim", kind="claim", label="that Suva is dry", evidence=())
    network.add_edge("x:claim", "x:Suva", type="about", weight=1, evidence=())
    network.add_node("x:ada", kind="person", label="Ada Lindqvist", evidence=())
    network.add_edge("x:Quito0", "x:ada", type="participant", role="agent", weight=1, evidence=())
    return network, {"x:a": Article(id="a", text="It rained.", published="2022-12-31")}


@pytest.fixture
def page(open_page, tmp_path):
    write_page(*world(), tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800})
    window.page.click("#tab-map")
    window.page.wait_for_selector(".scene-list .row")
    yield window.page
    assert window.complaints == []
    assert len(window.requests) == 1


SPOTS_DRAWN = """() => Object.fromEntries([...document.querySelectorAll('.spot')].map((spot) => [
  claimgraph.nodes.get(Number(spot.dataset.node)).label, ['cx', 'cy', 'r'].map((name) => Number(spot.getAttribute(name))),
]))"""
LABELS = """() => [...document.querySelectorAll('.spot-name')].map((one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return [left, right, top + 2, bottom - 2];
})"""
LONGEST_LINES = """() => document.querySelector('.land').getAttribute('d').split('Z').map((ring) => {
  const all = ring.slice(1).split('L').map((point) => point.split(' ').map(Number));
  return Math.max(0, ...all.slice(1).map(([x, y], i) => (Math.abs(y) < 1200 ? Math.abs(x - all[i][0]) : 0)));
})"""


def spots(page):
    """x, y and radius of each circle by the name of its place."""
    return page.evaluate(SPOTS_DRAWN)


def test_places_lie_as_on_the_earth_and_are_as_large_as_what_happened_there(page):
    found = spots(page)
    assert set(found) == set(SPOTS)
    assert sorted(found, key=lambda name: found[name][0]) == ["Quito", "Lisbon", "Accra", "Oslo", "Suva"]
    assert sorted(found, key=lambda name: found[name][1]) == ["Oslo", "Lisbon", "Accra", "Quito", "Suva"]
    assert found["Lisbon"][2] / found["Quito"][2] == pytest.approx(3 / 2, abs=0.05)  # areas as 9 to 4
    assert page.locator("#view-map .map .land").get_attribute("d").count("Z") > 100


def test_no_land_stretches_across_the_whole_map(page):
    """A ring that crosses the 180th meridian is cut there."""
    assert max(page.evaluate(LONGEST_LINES)) < 900  # of some 5,400 that the world is wide


def test_labels_do_not_pile_up(page):
    boxes = page.evaluate(LABELS)
    assert len(boxes) == len(SPOTS)
    for number, (left, right, top, bottom) in enumerate(boxes):
        assert not [b for b in boxes[:number] if left < b[1] and b[0] < right and top < b[3] and b[2] < bottom]


def test_click_chooses_a_place_and_who_acts_there_lights_it_up(page):
    page.locator(".spot").first.click()
    assert page.locator("#evidence h2").inner_text() == "Lisbon"
    page.evaluate("claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.label === 'Ada Lindqvist').id)")
    page.wait_for_function("() => document.querySelectorAll('.spot.near').length === 1")
    lit = page.evaluate("claimgraph.nodes.get(Number(document.querySelector('.spot.near').dataset.node)).label")
    assert lit == "Quito"


def test_list_has_what_the_map_cannot_show_and_numbers_follow_the_filters(page):
    assert page.locator(".scene-list section").first.inner_text().split("\n")[1:3] == ["Lisbon", "9 events"]
    unknown = page.locator(".scene-list section").nth(1).inner_text()
    assert "1 place whose position is not known" in unknown
    assert "the upland" in unknown
    assert page.locator(".scene-status").inner_text() == "4 places with events or statements"
    page.evaluate("claimgraph.setFilters({ hide: ['event'] })")
    page.wait_for_function("() => document.querySelector('#view-map .scene-status').textContent.startsWith('1 place ')")


def test_wheel_and_keys_zoom_and_move(page):
    before = spots(page)["Lisbon"]
    plot = page.locator(".map-plot")
    plot.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    moved = spots(page)["Lisbon"]
    assert moved[0] == pytest.approx(before[0] + 60, abs=1)
    box = plot.bounding_box()
    page.mouse.move(box["x"] + moved[0], box["y"] + moved[1])
    page.mouse.wheel(0, -500)
    page.wait_for_timeout(150)
    assert spots(page)["Lisbon"][:2] == pytest.approx(moved[:2], abs=2)  # the wheel keeps what is under the pointer
    assert len(spots(page)) < len(SPOTS)  # others are out of view
    page.keyboard.press("0")
    page.wait_for_timeout(100)
    assert len(spots(page)) == len(SPOTS)


def test_without_positions_there_is_no_outline_and_the_view_says_why(opened):
    assert opened.page.locator("#outline").inner_text() == ""
    opened.page.click("#tab-map")
    assert "The only place in this network" in opened.page.locator("#view-map .empty").inner_text()
