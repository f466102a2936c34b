"""A page whose every word is hostile: what an article says is shown, never run."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

ARTICLE = "x:article"
RUN = "window.ran=(window.ran||0)+1"
OPENERS = (
    "",
    '">',
    "'>",
    "`>",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "-->",
    "]]>",
    "&lt;/b&gt;",
    "\u2028",
)
BODIES = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f'<a href="javascript:{RUN}" autofocus onfocus={RUN}>href</a>',
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<math><mi xlink:href='javascript:{RUN}'>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
)
GENERATED = tuple(f"{opener}{body}" for opener, body in itertools.product(OPENERS, BODIES))
RESEARCHED = (
    "<h1><img src=x onerror=alert(1)></h1>",
    'see href=<img src=x onerror="alert(1)">',
    "x'><script>alert(1)</script>",
    "#fff;}</style><script>alert(1)</script>",
)
ODD = (
    "\u202egnitirw derorrim\u202c",
    "שלום لعلامة",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 e\u0301\u0327",
    "long " * 2000,
    "W" * 10_000,
    "\x01\x02",
    "__proto__",
    "constructor",
)
WORDS = GENERATED + RESEARCHED + ODD


def hostile_network():
    """As many people, claims, events, places and topics as there are hostile words, all called by them."""
    text, network = "", nx.MultiDiGraph()
    for number, words in enumerate(WORDS):
        begin = len(text)
        text += f"{words} said that {words}.\n\n"
        said = begin + len(words) + 1
        spans = (
            Evidence("source", ARTICLE, begin, said - 1, words),
            Evidence("cue", ARTICLE, said, said + 4, "said"),
            Evidence("content", ARTICLE, said + 5, said + 10 + len(words), f"that {words}"),
        )
        common = {"label": words, "evidence": spans, "origin": words}
        network.add_node(
            f"x:person{words}",
            **common,
            kind="person",
            aliases=(words,),
            same_as=(f"javascript:{RUN}", words),
            roles=(words,),
        )
        network.add_node(
            f"x:claim{words}",
            **common,
            kind="claim",
            text=words,
            cue=words,
            form="direct",
            figures=(words,),
            polarity="denied",
            said_on="2025-01-02",
            inferred=(words,),
        )
        network.add_node(
            f"x:event{words}",
            **common,
            kind="event",
            event_type=words,
            time=words,
            earliest="2025-01-01",
            latest="2025-01-02",
            participants=(words,),
            voice="reported",
        )
        network.add_node(f"x:place{words}", **common, kind="place")
        network.add_node(f"x:topic{words}", kind="topic", label=words, evidence=())
        network.add_edge(f"x:person{words}", f"x:claim{words}", type="said", weight=1, evidence=spans)
        network.add_edge(f"x:claim{words}", f"x:topic{words}", type="topic", weight=1, evidence=spans)
        network.add_edge(f"x:claim{words}", f"x:event{words}", type="reports", weight=1, evidence=spans)
        network.add_edge(
            f"x:event{words}", f"x:person{words}", type="participant", role=words, weight=1, evidence=spans
        )
        network.add_edge(f"x:event{words}", f"x:place{words}", type="place", weight=1, evidence=spans)
        network.add_edge(f"x:person{words}", f"x:place{words}", type="role", role=words, weight=1, evidence=spans)
        if number:
            network.add_edge(
                f"x:claim{words}",
                f"x:claim{WORDS[number - 1]}",
                type="contradicts",
                rationale=words,
                basis=words,
                weight=1,
                evidence=(),
            )
    told = Article(
        id=WORDS[0],
        text=text,
        title=WORDS[0],
        author=WORDS[1],
        publisher=WORDS[2],
        published="2025-01-03",
        url=f"javascript:{RUN}",
    )
    return network, {ARTICLE: told}


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "network.html"
    write_page(*hostile_network(), path)
    return path


CHOSEN = """async () => {
  const lost = [];
  for (const node of claimgraph.nodes.values()) {
    claimgraph.choose(node.id);
    await claimgraph.whole; // as the panel does
    const shown = document.getElementById("evidence").textContent;
    if (!shown.includes(node.label.trim().slice(0, 60))) lost.push(node.label.slice(0, 60));
  }
  return lost;
}"""
INTRUDERS = "img, iframe, math, object, embed, [onerror], [onload], [onfocus], [ontoggle], a[href^='javascript' i]"


def test_a_hundred_hostile_words_are_shown_and_none_is_run(hostile_path, open_page):
    assert len(GENERATED) >= 100
    window = open_page(hostile_path, viewport={"width": 1280, "height": 800})
    page = window.page
    page.evaluate("claimgraph.whole")
    assert page.evaluate(CHOSEN) == []
    for name in page.evaluate("[...document.querySelectorAll('#views [role=tab]')].map((tab) => tab.dataset.view)"):
        page.evaluate("name => claimgraph.openView(name)", name)
        page.wait_for_timeout(100)
    for words in ("img", "script", "W", "proto"):
        page.fill("#search", words)
        page.wait_for_timeout(50)
    page.keyboard.press("Escape")
    page.evaluate("claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.kind === 'claim').id)")
    page.click("#evidence .where button")
    assert WORDS[0] in page.locator("#article-text").inner_text()
    assert page.evaluate("window.ran") is None
    assert page.locator(INTRUDERS).count() == 0
    assert page.locator("body script:not([type])").count() == 2
    assert window.complaints == []
    assert len(window.requests) == 1


def test_a_name_of_ten_thousand_characters_breaks_no_layout(hostile_path, open_page):
    page = open_page(hostile_path, viewport={"width": 390, "height": 780}).page
    page.evaluate("claimgraph.whole")
    page.evaluate("claimgraph.choose([...claimgraph.nodes.values()].find((node) => node.label.startsWith('WWWW')).id)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.getElementById('evidence').scrollWidth") <= 390
