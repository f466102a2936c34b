from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from playwright.sync_api import sync_playwright

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
IRI = "https://example.org/id/article/flood"
TEXT = (
    "River rises \U0001f30a in Valmera\n\n"
    "Governor Ada Lindqvist said that 40 bridges were closed. She denied that the dam had failed.\n\n"
    "The rescue service evacuated two villages on Monday."
)


def at(words: str, part: str, *, text: str = TEXT, article: str = IRI) -> Evidence:
    start = text.index(words)
    return Evidence(part, article, start, start + len(words), words)


def flood_network() -> tuple[nx.MultiDiGraph, dict[str, Article]]:
    """A small network as `claimgraph.network.network` makes it: two claims, one event, and who is in them."""
    network = nx.MultiDiGraph()
    said = (
        *(at("Governor Ada Lindqvist", "source"), at("said", "cue"), at("that 40 bridges were closed", "content")),
        at("Governor Ada Lindqvist said that 40 bridges were closed.", "sentence"),
    )
    denied = (at("She", "source"), at("denied", "cue"), at("that the dam had failed", "content"))
    evacuated = (at("evacuated", "trigger"), at("two villages", "participant"), at("on Monday", "time"))
    lindqvist = {"kind": "person", "label": "Ada Lindqvist", "aliases": ("Lindqvist",), "roles": ("governor",)}
    claim = {"kind": "claim", "form": "indirect", "certainty": "certain", "confidence": 0.9, "origin": "claims:said"}
    network.add_node("x:ada", **lindqvist, evidence=(at("Ada Lindqvist", "mention"),))
    network.add_node("x:valmera", kind="place", label="Valmera", evidence=(at("Valmera", "mention"),))
    network.add_node(
        "x:rescue", kind="organization", label="rescue service", evidence=(at("rescue service", "mention"),)
    )
    network.add_node(
        "x:bridges",
        **claim,
        label=said[2].text,
        text=said[2].text,
        polarity="affirmed",
        figures=("40 bridges",),
        evidence=said,
    )
    network.add_node("x:dam", **claim, label=denied[2].text, text=denied[2].text, polarity="denied", evidence=denied)
    event = {"kind": "event", "label": "evacuated", "event_type": "evacuation", "voice": "narrated", "time": "Monday"}
    network.add_node("x:evacuation", **event, factuality="happened", evidence=evacuated)
    network.add_edge("x:ada", "x:bridges", type="said", weight=1, evidence=said)
    network.add_edge("x:ada", "x:dam", type="said", weight=1, evidence=denied)
    network.add_edge("x:evacuation", "x:rescue", type="participant", role="agent", weight=1, evidence=evacuated)
    why = "both speak of what the water did"
    network.add_edge("x:bridges", "x:dam", type="corroborates", weight=1, rationale=why, confidence=0.4, evidence=())
    return network, {IRI: Article(id="flood", text=TEXT, title="River rises", published="2025-04-02", author="Bo Ek")}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail("the page is tested in Chromium, which is missing: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


class Opened:
    """A page in the browser, with what it complained of and what it asked for."""

    def __init__(self, browser: Browser, path: Path, **settings: object) -> None:
        self.page: Page = browser.new_context(**settings).new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("#legend button")


@pytest.fixture
def flood() -> tuple[nx.MultiDiGraph, dict[str, Article]]:
    return flood_network()


@pytest.fixture(scope="session")
def flood_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "network.html"
    write_page(*flood_network(), path)
    return path


@pytest.fixture
def opened(browser: Browser, flood_path: Path) -> Iterator[Opened]:
    window = Opened(browser, flood_path, viewport={"width": 1280, "height": 800})
    yield window
    assert window.complaints == []
    window.page.context.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[object]:
    windows: list[Opened] = []

    def opener(path: Path, **settings: object) -> Opened:
        windows.append(Opened(browser, path, **settings))
        return windows[-1]

    yield opener
    for window in windows:
        window.page.context.close()
