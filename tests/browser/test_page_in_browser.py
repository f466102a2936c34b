from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

LABELS_DRAWN = """() => {
  const drawn = [];
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (words, x, y) {
    const width = this.measureText(words).width, height = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    if (words.length > 1) drawn.push({ words, left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 });
    return draw.apply(this, arguments);
  };
  claimgraph.drawing().redraw();
  CanvasRenderingContext2D.prototype.fillText = draw;
  return drawn;
}"""

CONTRASTS = """() => {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((c) => linear(c / 255));
  const light = (colour) => channels(colour).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return /, 0\\)$/.test(colour) ? ground(one.parentElement) : colour;
  };
  const shown = [...document.querySelectorAll("#evidence *, #legend *, .bar h1")];
  return shown.filter((one) => one.innerText?.trim() && one.offsetParent).map((one) => {
    const [more, less] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    return { ratio: (more + 0.05) / (less + 0.05), words: one.innerText.slice(0, 30) };
  });
}"""


def search(page, words):
    page.fill("#search", words)
    page.press("#search", "Enter")


def centre_of(page, label):
    """Where a node stands on the screen."""
    spot = page.evaluate(
        "label => { const { nodes, drawing } = claimgraph, canvas = drawing(), node = [...nodes.values()].find((node) => node.label === label);"
        "return canvas.canvasToDOM(canvas.getPosition(node.id)); }",
        label,
    )
    box = page.locator("#canvas").bounding_box()
    return box["x"] + spot["x"], box["y"] + spot["y"]


def marks(page, part):
    return page.locator(f"#evidence > .passage mark.{part}").all_inner_texts()


def test_opening_asks_for_nothing_and_complains_of_nothing(opened):
    opened.page.wait_for_timeout(200)
    assert all(url.startswith("file:") for url in opened.requests)
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_search_finds_an_actor_by_another_name_and_a_claim_by_its_words(opened):
    opened.page.fill("#search", "lindq")
    assert opened.page.locator("#suggestions [role=option]").first.inner_text().startswith("Ada Lindqvist")
    search(opened.page, "dam failed")
    assert opened.page.locator("#evidence h2").inner_text() == "that the dam had failed"
    opened.page.fill("#search", "zebra")
    assert "zebra" in opened.page.locator("#suggestions").inner_text()


def test_click_on_a_claim_shows_source_cue_and_content_at_exact_characters_after_an_emoji(opened):
    opened.page.mouse.click(*centre_of(opened.page, "that 40 bridges were closed"))
    assert marks(opened.page, "source") == ["Governor Ada Lindqvist"]
    assert marks(opened.page, "cue") == ["said"]
    assert marks(opened.page, "content") == ["that 40 bridges were closed"]
    shades = {
        opened.page.locator(f"#evidence > .passage mark.{part}").evaluate(
            "mark => getComputedStyle(mark).backgroundColor"
        )
        for part in ("source", "cue", "content")
    }
    assert len(shades) == 3
    assert "40 bridges" in opened.page.locator("#evidence .facts").inner_text()


def test_a_denial_is_told_in_words(opened):
    search(opened.page, "dam had failed")
    assert "The source denies it." in opened.page.locator("#evidence").inner_text()


def test_click_on_an_event_shows_trigger_and_voice(opened):
    opened.page.mouse.click(*centre_of(opened.page, "evacuated"))
    assert marks(opened.page, "trigger") == ["evacuated"]
    assert "own voice" in opened.page.locator("#evidence").inner_text()
    assert opened.page.locator("#evidence .chip", has_text="rescue service (agent)").count() == 1


def test_click_on_a_relation_shows_its_reason_and_both_passages(opened):
    (x1, y1), (x2, y2) = (
        centre_of(opened.page, f"that {words}") for words in ("40 bridges were closed", "the dam had failed")
    )
    opened.page.evaluate("claimgraph.chooseLink(claimgraph.links.find((link) => link.type === 'corroborates').id)")
    panel = opened.page.locator("#evidence")
    assert "both speak of what the water did" in panel.inner_text()
    assert panel.locator(".passage").count() == 2
    opened.page.keyboard.press("Escape")
    opened.page.evaluate("claimgraph.drawing().setSelection({ nodes: [], edges: [] })")
    hits = [
        (x1 + (x2 - x1) * 0.5 + dx, y1 + (y2 - y1) * 0.5 + dy) for dx in range(-16, 17, 4) for dy in range(-16, 17, 4)
    ]
    found = opened.page.evaluate(
        "spots => { const box = document.getElementById('canvas').getBoundingClientRect();"
        "const hit = ([x, y]) => claimgraph.links[claimgraph.drawing().getEdgeAt({ x: x - box.x, y: y - box.y })]?.type === 'corroborates';"
        "return spots.find(hit); }",
        hits,
    )
    assert found, "the link cannot be hit with the mouse"
    opened.page.mouse.click(*found)
    assert panel.locator("h2").inner_text() == "supports"


def test_the_article_opens_with_the_evidence_marked_and_escape_returns(opened):
    search(opened.page, "40 bridges")
    opened.page.click("#evidence .where button")
    article = opened.page.locator("#article")
    assert article.is_visible()
    assert article.locator("mark.content").inner_text() == "that 40 bridges were closed"
    assert "The rescue service evacuated" in article.inner_text()
    assert "2 April 2025" in article.inner_text()
    opened.page.keyboard.press("Escape")
    assert not article.is_visible()
    assert opened.page.locator("#evidence").is_visible()


def test_legend_hides_a_kind_on_the_canvas_and_in_the_list(opened):
    button = opened.page.locator("#legend [data-kind=claim]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    hidden = opened.page.evaluate(
        "claimgraph.drawing().body.data.nodes.get().filter((item) => item.hidden).map((item) => claimgraph.nodes.get(item.id).kind)"
    )
    assert hidden == ["claim", "claim"]
    assert not opened.page.locator("#list [role=option]", has_text="bridges").is_visible()
    button.click()
    assert opened.page.evaluate("claimgraph.drawing().body.data.nodes.get().some((item) => item.hidden)") is False


def test_keyboard_alone_opens_a_node_and_goes_back(opened):
    opened.page.locator("#list").focus()
    opened.page.keyboard.press("ArrowDown")
    first = opened.page.evaluate("document.activeElement.innerText")
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("Home")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#evidence h2").inner_text() == "Ada Lindqvist"
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#evidence").is_visible()
    assert "Ada Lindqvist" in opened.page.evaluate("document.activeElement.innerText")
    assert first


def test_everything_that_takes_the_keyboard_has_a_name_and_shows_its_focus(opened):
    nameless = opened.page.evaluate(
        "[...document.querySelectorAll('button, input, [tabindex=\"0\"]')].filter((one) => one.offsetParent"
        " && !(one.innerText.trim() || one.ariaLabel || one.title)).map((one) => one.outerHTML)"
    )
    assert nameless == []
    opened.page.keyboard.press("/")
    assert opened.page.evaluate("document.activeElement.id") == "search"
    assert opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_an_address_with_a_node_opens_it(opened, flood_path, open_page):
    search(opened.page, "Lindqvist")
    address = opened.page.evaluate("location.hash")
    again = open_page(flood_path).page
    again.goto(flood_path.as_uri() + address)
    again.reload()
    assert again.locator("#evidence h2").inner_text() == "Ada Lindqvist"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_and_canvas_follow_the_system_and_the_button(flood_path, open_page, scheme):
    page = open_page(flood_path, color_scheme=scheme).page
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)"
    assert (page.evaluate(brightness) > 380) is (scheme == "light")
    before = page.evaluate("claimgraph.colours.ink")
    page.click("#theme")
    assert (page.evaluate(brightness) > 380) is (scheme == "dark")
    assert page.evaluate("claimgraph.colours.ink") != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(flood_path, open_page, scheme):
    page = open_page(flood_path, color_scheme=scheme).page
    search(page, "40 bridges")
    assert [entry for entry in page.evaluate(CONTRASTS) if entry["ratio"] < 4.5] == []


def test_phone_width_needs_no_sideways_scrolling(flood_path, open_page):
    page = open_page(flood_path, viewport={"width": 360, "height": 740}).page
    search(page, "40 bridges")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(
        "document.getElementById('evidence').scrollWidth <= document.getElementById('evidence').clientWidth"
    )


def crowd(number):
    """A network of `number` nodes: organizations in a ring, each with claims."""
    network = nx.MultiDiGraph()
    for index in range(number):
        kind = "organization" if index % 4 == 0 else "claim"
        network.add_node(f"x:{index:04}", kind=kind, label=f"a rather long label with number {index}", evidence=())
    for index in range(number):
        network.add_edge(f"x:{index - index % 4:04}", f"x:{index:04}", type="said", weight=1, evidence=())
        network.add_edge(
            f"x:{index:04}", f"x:{(index * 7 + 4) % number // 4 * 4:04}", type="about", weight=1, evidence=()
        )
    return network


@pytest.mark.parametrize("number", [20, 300])
def test_labels_do_not_cover_each_other(tmp_path, open_page, number):
    write_page(crowd(number), {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800}).page
    page.wait_for_timeout(300)
    labels = page.evaluate(LABELS_DRAWN)
    assert len(labels) >= min(number, 30) * 0.7
    overlapping = [
        (a["words"], b["words"])
        for index, a in enumerate(labels)
        for b in labels[index + 1 :]
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]
    assert overlapping == []


def test_beyond_the_first_view_the_page_says_so_and_search_brings_the_rest_in(tmp_path, open_page):
    network = crowd(900)
    network.add_node("x:far", kind="person", label="Zoe Farwell", evidence=())
    network.add_edge("x:far", "x:0899", type="said", weight=1, evidence=())
    write_page(network, {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html").page
    assert "The 300 most central of 901 nodes" in page.locator(".status").inner_text()
    drawn = (
        "[...claimgraph.nodes.values()].filter((node) => node.label === 'Zoe Farwell')"
        ".some((node) => claimgraph.drawing().body.data.nodes.get(node.id))"
    )
    assert page.evaluate(drawn) is False
    search(page, "Farwell")
    assert page.evaluate(drawn) is True


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">href</a>',
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "</style><style>body{background:url(//evil.example/x)}</style>",
    "<!--<script>",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_stay_words(tmp_path, open_page, payload):
    text = f"{payload} said that {payload} is fine."
    article = "x:article"
    spans = (
        Evidence("source", article, 0, len(payload), payload),
        Evidence("cue", article, len(payload) + 1, len(payload) + 5, "said"),
        Evidence("content", article, len(payload) + 6, len(text) - 1, text[len(payload) + 6 : -1]),
    )
    network = nx.MultiDiGraph()
    network.add_node(
        f"x:{payload}", kind="person", label=payload, aliases=(payload,), same_as=("javascript:alert(1)",), evidence=()
    )
    network.add_node(
        "x:claim",
        kind="claim",
        label=payload,
        text=payload,
        cue=payload,
        origin=payload,
        figures=(payload,),
        evidence=spans,
    )
    network.add_edge(f"x:{payload}", "x:claim", type="said", weight=1, evidence=spans)
    network.add_edge("x:claim", "x:claim", type="contradicts", rationale=payload, weight=1, evidence=())
    told = Article(id=payload, text=text, title=payload, author=payload, publisher=payload, url="javascript:alert(1)")
    write_page(network, {article: told}, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html")
    page = window.page
    page.fill("#search", "i")
    for label in ("person", "claim"):
        page.evaluate(
            "kind => claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.kind === kind).id)", label
        )
        page.wait_for_timeout(50)
    assert payload in page.locator("#evidence").inner_text()
    page.click("#evidence .where button")
    page.wait_for_timeout(100)
    assert payload in page.locator("#article-text").inner_text()
    assert page.locator("#article a, #evidence a, img, #evidence script, body style").count() == 0
    assert window.complaints == []
    assert len(window.requests) == 1


def test_without_the_text_the_page_shows_the_quoted_spans_alone(tmp_path, open_page, flood):
    network, articles = flood
    write_page(network, articles, tmp_path / "network.html", text="quotes")
    assert "evacuated two villages on Monday" not in (tmp_path / "network.html").read_text(encoding="utf-8")
    page = open_page(tmp_path / "network.html").page
    search(page, "40 bridges")
    assert marks(page, "source") == ["Governor Ada Lindqvist"]
    assert page.locator("#evidence .where button").count() == 0
