from __future__ import annotations

import base64
import csv
import io
import json
import re
import struct
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from claimgraph.page import write_page

HOSTILE = '=HYPERLINK("http://evil.example") <b>&amp; \x01 \U0001f30a'


@pytest.fixture
def out(tmp_path, open_page, flood):
    network, articles = flood
    hostile = {"kind": "person", "label": HOSTILE, "aliases": ("@SUM(1)", "+1"), "same_as": ("http://example.org/x",)}
    network.add_node("x:hostile", **hostile, evidence=())
    network.add_edge("x:hostile", "x:bridges", type="said", weight=2, evidence=())
    write_page(network, articles, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800}, accept_downloads=True)
    window.page.evaluate("claimgraph.whole")
    yield window.page
    assert window.complaints == []
    assert [url for url in window.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def saved(page, words, *, everything=False):
    """What a button of the menu saves."""
    page.click("#out-button")
    if everything:
        page.locator("#out input[value=all]").check()
    with page.expect_download() as download:
        page.locator("#out button", has_text=re.compile(f"^{re.escape(words)}$")).click()
    page.keyboard.press("Escape")
    return download.value.path().read_bytes()


def labels(network):
    return {attributes["label"] for _, attributes in network.nodes(data=True)}


READERS = {
    "GraphML": lambda raw: nx.read_graphml(io.BytesIO(raw), force_multigraph=True),
    "GEXF": lambda raw: nx.read_gexf(io.BytesIO(raw)),
    "JSON": lambda raw: nx.node_link_graph(json.loads(raw), edges="edges"),
}


@pytest.mark.parametrize("form", READERS)
def test_networkx_reads_what_is_saved_with_kinds_links_and_evidence(out, form):
    network = READERS[form](saved(out, form))
    assert network.is_directed()
    assert network.number_of_nodes() == 7
    assert sorted(kind for _, _, kind in network.edges(data="type")) == [
        "corroborates", "participant", "said", "said", "said",
    ]  # fmt: skip
    assert network.nodes["x:ada"]["kind"] == "person"
    evidence = network.nodes["x:bridges"]["evidence"]
    evidence = json.loads(evidence) if isinstance(evidence, str) else evidence
    assert {span["part"]: span["start"] for span in evidence}["cue"] == 49
    told = HOSTILE if form == "JSON" else HOSTILE.replace("\x01", "\ufffd")
    assert network.nodes["x:hostile"]["label"] == told
    weights = {(start, end): weight for start, end, weight in network.edges(data="weight")}
    assert weights["x:hostile", "x:bridges"] == 2


def test_only_what_the_filters_let_through_is_saved(out):
    out.evaluate("claimgraph.nodes.size")
    out.locator("#legend [data-kind=claim]").click()
    assert "that the dam had failed" not in labels(READERS["JSON"](saved(out, "JSON")))
    out.locator("#legend [data-kind=claim]").click()
    assert "that the dam had failed" in labels(READERS["JSON"](saved(out, "JSON", everything=True)))


def test_a_spreadsheet_gets_words_and_no_formula(out):
    rows = list(csv.DictReader(io.StringIO(saved(out, "Nodes (CSV)").decode("utf-8-sig"))))
    hostile = next(row for row in rows if row["identifier"] == "x:hostile")
    assert hostile["name"] == f"'{HOSTILE}"
    assert hostile["other names"].startswith("'")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    claims = list(csv.DictReader(io.StringIO(saved(out, "Claims (CSV)").decode("utf-8-sig"))))
    dam = next(row for row in claims if row["identifier"] == "x:dam")
    assert (dam["speaker"], dam["claim"], dam["polarity"]) == ("Ada Lindqvist", "that the dam had failed", "denied")
    assert dam["article"] == "River rises"


def test_the_picture_has_the_shapes_links_and_labels_that_are_drawn(out):
    root = ET.fromstring(saved(out, "SVG"))
    svg = "{http://www.w3.org/2000/svg}"
    words = {"".join(text.itertext()) for text in root.iter(f"{svg}text")}
    assert {"Ada Lindqvist", "rescue service", "evacuated"} <= words
    box = out.locator("#canvas").bounding_box()
    assert (float(root.get("width")), float(root.get("height"))) == (round(box["width"]), round(box["height"]))
    drawn = [path.get("fill") for path in root.iter(f"{svg}path")]
    assert out.evaluate("claimgraph.colours.person") in drawn
    assert out.evaluate("claimgraph.colours.event") in drawn
    lines = [
        path for path in root.iter(f"{svg}path") if path.get("fill") == "none" and path.get("d", "").count("M") == 1
    ]
    assert len(lines) >= 5
    assert "script" not in {element.tag.removeprefix(svg) for element in root.iter()}


PIXELS = """async ([first, second]) => {
  const paint = async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const sheet = Object.assign(document.createElement("canvas"), { width: 640, height: 400 });
    const ctx = sheet.getContext("2d");
    ctx.fillStyle = claimgraph.colours.paper;
    ctx.fillRect(0, 0, 640, 400);
    ctx.drawImage(image, 0, 0, 640, 400);
    return ctx.getImageData(0, 0, 640, 400).data;
  };
  const [a, b] = [await paint(first), await paint(second)];
  let far = 0, inked = 0;
  for (let at = 0; at < a.length; at += 4) {
    const dark = (data) => 765 - data[at] - data[at + 1] - data[at + 2];
    if (dark(a) > 60) inked += 1;
    if (Math.abs(dark(a) - dark(b)) > 150) far += 1;
  }
  return { far, inked };
}"""


def test_the_png_is_the_canvas_at_twice_its_size(out):
    raw = saved(out, "PNG")
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    box = out.locator("#canvas").bounding_box()
    assert struct.unpack(">II", raw[16:24]) == (2 * round(box["width"]), 2 * round(box["height"]))

    seen = out.evaluate("claimgraph.drawing().canvas.frame.canvas.toDataURL()")
    told = out.evaluate(PIXELS, [f"data:image/png;base64,{base64.b64encode(raw).decode()}", seen])
    assert told["inked"] > 1000
    assert told["far"] < 0.35 * told["inked"], "the saved picture differs from what the canvas shows"


def test_on_paper_stands_what_is_chosen_on_white_and_no_canvas(out):
    out.evaluate("document.documentElement.dataset.theme = 'dark'")
    out.fill("#search", "40 bridges")
    out.press("#search", "Enter")
    out.emulate_media(media="print")
    assert not out.locator("#canvas").is_visible()
    assert not out.locator("#legend").is_visible()
    assert not out.locator("#search").is_visible()
    assert out.locator("#evidence > .passage mark.content").is_visible()
    assert out.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert out.evaluate("document.getElementById('evidence').scrollHeight <= document.body.scrollHeight")


def test_the_menu_opens_and_closes_from_the_keyboard(out):
    out.locator("#out-button").focus()
    out.keyboard.press("Enter")
    out.wait_for_selector("#out button")
    assert out.evaluate("document.activeElement.textContent") == "PNG"
    out.keyboard.press("Escape")
    assert not out.locator("#out").is_visible()
    assert out.evaluate("document.activeElement.id") == "out-button"


def test_a_picture_that_is_asked_for_in_another_view_shows_the_network(out):
    out.evaluate("claimgraph.openView('claims')")
    root = ET.fromstring(saved(out, "SVG"))
    assert out.evaluate("claimgraph.state.view") == "network"
    assert float(root.get("width")) > 300
    assert "Ada Lindqvist" in {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
