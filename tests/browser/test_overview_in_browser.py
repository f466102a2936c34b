"""Everything at once: the switch over a network that is larger than its first view."""

from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.page import write_page

INK = """() => {
  const canvas = document.getElementById("everything");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) drawn += data[at] > 40;
  return drawn;
}"""
PLACE = """async (label) => {
  const { nodes } = claimgraph, node = [...nodes.values()].find((each) => each.label === label);
  const all = [...nodes.values()], canvas = document.getElementById("everything"), box = canvas.getBoundingClientRect();
  const [left, right] = [Math.min(...all.map((each) => each.across)), Math.max(...all.map((each) => each.across))];
  const [top, bottom] = [Math.min(...all.map((each) => each.down)), Math.max(...all.map((each) => each.down))];
  const scale = Math.min((box.width - 56) / (right - left), (box.height - 72) / (bottom - top), 2);
  return [
    box.x + box.width / 2 + (node.across - (left + right) / 2) * scale,
    box.y + (box.height - 16) / 2 + (node.down - (top + bottom) / 2) * scale,
  ];
}"""


def large(stories=30, claims=40):
    """More nodes than a first view has: a minister and a ministry of each story, and what they say of each other."""
    network = nx.MultiDiGraph()
    for story in range(stories):
        network.add_node(f"x:{story}/a", kind="person", label=f"Minister {story}", evidence=())
        network.add_node(f"x:{story}/b", kind="organization", label=f"Ministry {story}", evidence=())
        for claim in range(claims):
            network.add_node(f"x:{story}/c{claim}", kind="claim", label=f"that {story} is {claim}", evidence=())
            network.add_edge(f"x:{story}/a", f"x:{story}/c{claim}", type="said", weight=1, evidence=())
            network.add_edge(f"x:{story}/c{claim}", f"x:{story}/b", type="about", weight=1, evidence=())
        network.add_edge(f"x:{story}/a", "x:0/a", type="role", role="aide", weight=1, evidence=())
    return network


@pytest.fixture(scope="module")
def large_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "network.html"
    write_page(large(), {}, path)
    return path


def test_a_network_that_is_drawn_whole_has_no_switch(opened):
    opened.page.evaluate("claimgraph.whole")
    assert opened.page.locator(".scope").count() == 0


def test_everything_is_drawn_and_a_node_chosen_there_leads_to_it_in_the_network(large_path, open_page):
    window = open_page(large_path, viewport={"width": 1280, "height": 800})
    page = window.page
    assert "The 300 most central of 1,260 nodes" in page.locator(".status").inner_text()
    page.locator(".scope button", has_text="Everything").click()
    page.evaluate("claimgraph.showEverything()")
    page.wait_for_timeout(100)
    assert page.evaluate(INK) > 8000
    assert "1,260 nodes, 2,430 links" in page.locator(".scope-words").inner_text()
    page.mouse.click(*page.evaluate(PLACE, "Minister 7"))
    assert page.locator("#evidence h2").inner_text() == "Minister 7"
    assert not page.locator("#everything").is_visible()
    assert page.locator(".scope [aria-pressed=true]").inner_text() == "Most central 300"
    drawn = "claimgraph.drawing().body.data.nodes.getIds().map((id) => claimgraph.nodes.get(id).label)"
    assert "Minister 7" in page.evaluate(drawn)
    assert window.complaints == []


def test_what_the_filters_hide_is_not_in_the_picture(large_path, open_page):
    page = open_page(large_path, viewport={"width": 1280, "height": 800}).page
    page.evaluate("claimgraph.showEverything()")
    page.wait_for_timeout(100)
    all_ink = page.evaluate(INK)
    page.locator("#legend [data-kind=claim]").click()
    page.evaluate("claimgraph.showEverything()")
    page.wait_for_timeout(100)
    assert page.evaluate(INK) < 0.7 * all_ink


def test_the_picture_zooms_and_moves_by_mouse_and_keyboard(large_path, open_page):
    page = open_page(large_path, viewport={"width": 1280, "height": 800}).page
    page.evaluate("claimgraph.showEverything()")
    views = [page.locator("#everything").screenshot()]
    for act in (
        lambda: page.mouse.wheel(0, -400),
        lambda: (page.mouse.down(), page.mouse.move(500, 450), page.mouse.up()),
        lambda: page.locator("#everything").press("ArrowLeft"),
        lambda: page.click("#zoom-out"),
    ):
        page.mouse.move(400, 400)
        act()
        page.wait_for_timeout(300)
        views.append(page.locator("#everything").screenshot())
    assert len(set(views)) == len(views)
    page.click("#zoom-fit")
    page.wait_for_timeout(400)
    page.mouse.move(1, 1)
    assert page.evaluate("document.getElementById('canvas').inert")
