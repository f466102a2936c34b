"""The network in the browser: what is brought in and put away, pinned and undone, grouped, and reached by the keyboard."""

from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.page import write_page

DRAWN = "claimgraph.drawing().body.data.nodes.getIds().sort((a, b) => a - b)"
HEARD = "document.getElementById('said').textContent"
LINES = """[...document.querySelectorAll("#legend .line")].map((line) =>
  [line.firstChild.getAttribute("stroke-width"), line.firstChild.getAttribute("stroke-dasharray"), line.lastChild.getAttribute("d")].join())"""


def star(rays: int) -> nx.MultiDiGraph:
    """A company of which 130 people speak, and one who has said `rays` other things that join nobody."""
    network = nx.MultiDiGraph()
    network.add_node("x:a", kind="organization", label="Acme", evidence=())
    for index in range(300):
        network.add_node(f"x:b{index:03}", kind="claim", label=f"word {index}", evidence=())
        network.add_edge(f"x:b{index:03}", "x:a", type="about", weight=9, evidence=())
        network.add_node(f"x:p{index % 130:03}", kind="person", label=f"Person {index % 130}", evidence=())
        network.add_edge(f"x:p{index % 130:03}", f"x:b{index:03}", type="said", weight=90, evidence=())
    network.add_node("x:c", kind="person", label="Cleo", evidence=())
    network.add_edge("x:c", "x:b000", type="said", weight=9, evidence=())
    for index in range(rays):
        network.add_node(f"x:d{index:03}", kind="claim", label=f"ray {index}", evidence=())
        network.add_edge("x:c", f"x:d{index:03}", type="said", weight=1, evidence=())
    return network


@pytest.fixture
def starry(tmp_path, open_page):
    write_page(star(55), {}, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800})
    yield window.page
    assert window.complaints == []


def number(page, label):
    return page.evaluate("label => [...claimgraph.nodes.values()].find((node) => node.label === label).id", label)


def choose(page, label):
    page.evaluate("id => claimgraph.choose(id)", number(page, label))
    page.wait_for_timeout(50)


def test_neighbours_come_in_by_steps_go_away_again_and_each_step_can_be_undone(starry):
    choose(starry, "Cleo")
    first = starry.evaluate(DRAWN)
    starry.click("text=Show 40 of 55 more neighbours")
    assert len(starry.evaluate(DRAWN)) == len(first) + 40
    starry.click("text=Show 15 more neighbours")
    everything = starry.evaluate(DRAWN)
    assert len(everything) == len(first) + 55
    assert starry.evaluate("claimgraph.drawing().body.data.edges.length") >= len(everything) - 1
    starry.click("text=Put away 55")
    assert starry.evaluate(DRAWN) == first
    starry.keyboard.press("Control+z")
    assert starry.evaluate(DRAWN) == everything
    starry.keyboard.press("Control+z")
    starry.keyboard.press("Control+z")
    assert starry.evaluate(DRAWN) == first
    starry.keyboard.press("Control+Shift+Z")
    assert len(starry.evaluate(DRAWN)) == len(first) + 40
    starry.keyboard.press("Control+y")
    assert starry.evaluate(DRAWN) == everything


def test_what_comes_in_covers_nothing_and_moves_nothing(starry):
    choose(starry, "Cleo")
    places = "Object.fromEntries(claimgraph.drawing().body.data.nodes.get().map(({ id, x, y }) => [id, [x, y]]))"
    before = starry.evaluate(places)
    starry.click("text=Show 40 of 55")
    after = starry.evaluate(places)
    assert {key: after[key] for key in before} == before
    new = [point for key, point in after.items() if key not in before]
    apart = [max(abs(x - u), abs(y - v)) for x, y in new for u, v in after.values() if (u, v) != (x, y)]
    assert min(apart) > 20


def test_a_pinned_neighbour_stays_when_the_others_are_put_away(starry):
    choose(starry, "Cleo")
    starry.click("text=Show 40 of 55")
    choose(starry, "ray 3")
    starry.click("text=Pin")
    choose(starry, "Cleo")
    starry.click("text=Put away 39")
    assert number(starry, "ray 3") in starry.evaluate(DRAWN)
    assert number(starry, "ray 4") not in starry.evaluate(DRAWN)


def test_a_double_click_brings_in_neighbours_and_a_node_that_is_moved_stays_until_undone(starry):
    cleo = number(starry, "Cleo")
    starry.evaluate("id => claimgraph.drawing().moveTo({ position: claimgraph.nodes.get(id), scale: 1.2 })", cleo)
    box = starry.locator("#canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = starry.evaluate("id => [claimgraph.nodes.get(id).x, claimgraph.nodes.get(id).y]", cleo)
    starry.mouse.dblclick(x, y)
    starry.wait_for_selector("text=Show 15 more neighbours")
    starry.mouse.move(x, y)
    starry.mouse.down()
    starry.mouse.move(x + 40, y - 30, steps=4)
    starry.mouse.up()
    place = "id => Object.values(claimgraph.drawing().getPosition(id))"
    moved = starry.evaluate(place, cleo)
    assert moved[0] > before[0] + 20
    assert starry.locator("#tools >> text=Unpin").is_visible()
    starry.click("#tools >> text=Undo")
    assert starry.evaluate(place, cleo) == before


def test_the_keyboard_goes_to_the_nearest_node_on_a_side_opens_expands_and_pins(starry):
    starry.focus("#canvas")
    starry.keyboard.press("Home")
    assert starry.evaluate(HEARD).startswith("Acme, organization, 300 links")
    acme = number(starry, "Acme")
    starry.keyboard.press("ArrowRight")
    reached = number(starry, starry.evaluate(HEARD).split(",")[0])
    nearer = starry.evaluate(
        """([from, to]) => {
          const [start, end] = [from, to].map((id) => claimgraph.nodes.get(id));
          const ahead = [...claimgraph.nodes.values()].filter(({ x, y, id }) => id !== from && x > start.x && Math.abs(y - start.y) <= x - start.x);
          const far = ({ x, y }) => x - start.x + 2 * Math.abs(y - start.y);
          return [ahead.includes(end), ahead.every((other) => far(end) <= far(other))];
        }""",
        [acme, reached],
    )
    assert nearer == [True, True]
    choose(starry, "Cleo")
    starry.focus("#canvas")
    starry.keyboard.press("Home")
    starry.keyboard.press("p")
    assert starry.evaluate(HEARD).endswith("pinned")
    starry.keyboard.press("Enter")
    assert starry.locator("#evidence h2").inner_text() == "Acme"
    assert starry.evaluate("document.activeElement.tagName") == "H2"


def two_circles() -> nx.MultiDiGraph:
    """Two companies with twelve claims each, and one claim on both."""
    network = nx.MultiDiGraph()
    for name in ("Acme", "Bolt"):
        network.add_node(f"x:{name}", kind="organization", label=name, evidence=())
        for index in range(12):
            network.add_node(f"x:{name}{index:02}", kind="claim", label=f"{name} word {index}", evidence=())
            network.add_edge(f"x:{name}{index:02}", f"x:{name}", type="about", weight=1, evidence=())
    network.add_edge("x:Acme00", "x:Bolt", type="about", weight=1, evidence=())
    return network


def test_groups_are_named_after_their_most_central_actor_and_tinted(tmp_path, open_page):
    write_page(two_circles(), {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800}).page
    pixels = "document.querySelector('#canvas canvas').toDataURL().length"
    before = page.evaluate(pixels)
    page.click("#tools >> text=Groups")
    assert page.locator("#groups button").all_inner_texts() == ["Acme\n+12", "Bolt\n+12"]
    page.wait_for_timeout(100)
    assert page.evaluate(pixels) != before
    page.click("#tools >> text=Groups")
    assert not page.locator("#groups").is_visible()


def test_ways_of_linking_are_told_apart_without_colour(tmp_path, open_page):
    types = ["said", "about", "participant", "place", "role", "corroborates", "contradicts", "responds-to"]
    network = two_circles()
    for index, kind in enumerate(types):
        network.add_edge("x:Acme01", f"x:Bolt{index:02}", type=kind, weight=1, evidence=())
    write_page(network, {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html").page
    lines = page.evaluate(LINES)
    assert len(lines) == len(set(lines)) == len(types)
    drawn = page.evaluate(
        "claimgraph.drawing().body.data.edges.get().map(({ id, dashes, arrows, width }) =>"
        "[claimgraph.links[id].type, JSON.stringify([dashes, arrows.to.type, width > 2])])"
    )
    looks = dict(map(tuple, drawn))
    assert len(set(looks.values())) == len(types)


def test_the_header_stays_low_and_the_page_says_how_the_first_nodes_were_chosen(starry):
    starry.evaluate("claimgraph.setFilters({ hide: ['place'], speaker: ['x:c'], from: '2024-01-01' })")
    assert starry.locator(".bar").bounding_box()["height"] <= 120
    starry.evaluate("claimgraph.setFilters({})")
    assert "Most central: " in starry.locator(".status").inner_text()


def test_on_a_small_screen_the_network_keeps_room_and_the_header_wraps(tmp_path, open_page):
    write_page(star(55), {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html", viewport={"width": 390, "height": 480}).page
    page.evaluate("claimgraph.setFilters({ speaker: ['x:c'], hide: ['place', 'topic', 'document'] })")
    page.wait_for_timeout(100)
    assert page.locator("#canvas").bounding_box()["height"] > 180
    assert page.locator("#views button").first.bounding_box()["width"] > 60
    assert page.locator("#views").bounding_box()["width"] > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


BOXES = """(scale) => {
  claimgraph.drawing().moveTo({ scale });
  const drawn = [];
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (words, x, y) {
    const width = this.measureText(words).width, height = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    if (words.length > 1 && this.textAlign !== "center") drawn.push([x, x + width, y - height / 2, y + height / 2]);
    return draw.apply(this, arguments);
  };
  claimgraph.drawing().redraw();
  CanvasRenderingContext2D.prototype.fillText = draw;
  return drawn;
}"""


@pytest.mark.parametrize("scale", [0.1, 0.3, 0.8, 2.5])
def test_labels_of_what_came_in_do_not_pile_up_at_any_zoom(starry, scale):
    choose(starry, "Cleo")
    starry.click("text=Show 40 of 55")
    starry.keyboard.press("Escape")
    starry.evaluate("id => claimgraph.drawing().moveTo({ position: claimgraph.nodes.get(id) })", number(starry, "Cleo"))
    boxes = starry.evaluate(BOXES, scale)
    assert boxes
    overlapping = [
        (a, b)
        for index, a in enumerate(boxes)
        for b in boxes[index + 1 :]
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert overlapping == []
