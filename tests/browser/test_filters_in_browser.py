"""Filters and search in the browser: every view obeys, and the page says in words what is filtered."""

from __future__ import annotations

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

VISIBLE = "[...claimgraph.nodes.values()].filter(({ id }) => claimgraph.drawing().body.data.nodes.get(id)?.hidden === false).map(({ label }) => label).sort()"
CLAIMS = (
    # label, speaker, outlet, day, polarity, form, certainty
    ("taxes fall", "Ada", "Herald", "2024-03-02", "affirmed", "direct", "certain"),
    ("taxes rise", "Ada", "Herald", "2024-03-09", "denied", "indirect", "certain"),
    ("the bridge holds", "Bo", "Herald", "2024-03-20", "affirmed", "indirect", "possible"),
    ("the bridge was old", "Bo", "Times", "2024-05-01", "denied", "indirect", "certain"),
    ("nobody knew", "", "Times", "", "affirmed", "indirect", "certain"),
)


def newsroom() -> tuple[nx.MultiDiGraph, dict[str, Article]]:
    network = nx.MultiDiGraph()
    articles = {f"x:{name}": Article(id=name, text="words", title=name, publisher=name) for name in ("Herald", "Times")}
    for who in ("Ada", "Bo"):
        network.add_node(f"x:{who}", kind="person", label=who, evidence=())
    network.add_node("x:river", kind="place", label="the river", evidence=())
    for index, (label, who, outlet, day, polarity, form, certainty) in enumerate(CLAIMS):
        claim, spans = f"x:claim{index}", (Evidence("content", f"x:{outlet}", 0, 5, "words"),)
        said = {"polarity": polarity, "form": form, "certainty": certainty, "said_on": day}
        network.add_node(claim, kind="claim", label=label, text=label, evidence=spans, **said)
        if who:
            network.add_edge(f"x:{who}", claim, type="said", weight=1, evidence=spans)
    fell = {"event_type": "collapse", "voice": "reported", "earliest": "2024-04-30", "latest": "2024-05-02"}
    network.add_node("x:fell", kind="event", label="fell", evidence=(), **fell)
    network.add_node("x:vote", kind="event", label="vote", event_type="election", earliest="2024-03-05", evidence=())
    network.add_edge("x:claim3", "x:fell", type="reports", weight=1, evidence=())
    network.add_edge("x:fell", "x:river", type="place", weight=1, evidence=())
    return network, articles


@pytest.fixture
def news(tmp_path, open_page):
    write_page(*newsroom(), tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800})
    yield window.page
    assert window.complaints == []


def tick(page, facet, words):
    page.locator(f"[data-facet={facet}] label", has_text=words).click()


def counts(page, facet):
    rows = page.locator(f"[data-facet={facet}] .value").all_inner_texts()
    return dict(row.rsplit("\n", 1) for row in rows)


def test_ticked_filters_narrow_every_view_and_are_said_in_words(news):
    news.click("#filter-button")
    assert counts(news, "speaker") == {"Ada": "2", "Bo": "2", "A source without a name": "1"}
    tick(news, "speaker", "Ada")
    tick(news, "polarity", "Denied")
    assert news.locator("#filter-words").inner_text() == "Claims by Ada, denied · 1 of 5"
    assert news.evaluate(VISIBLE) == ["Ada", "taxes rise"]
    assert counts(news, "polarity") == {"Affirmed": "1", "Denied": "1"}
    assert counts(news, "speaker") == {"Ada": "1", "Bo": "1", "A source without a name": "0"}
    rows = news.locator("#list [role=option]:not([hidden])")
    assert rows.count() == 2
    news.click("#filter-clear")
    assert len(news.evaluate(VISIBLE)) == 10
    assert not news.locator("#filter-words").inner_text()
    news.keyboard.press("Control+z")
    assert news.evaluate(VISIBLE) == ["Ada", "taxes rise"]


def test_a_kind_of_event_keeps_the_claims_that_tell_of_it_and_whoever_is_in_it(news):
    news.click("#filter-button")
    tick(news, "event", "Collapse")
    assert news.evaluate(VISIBLE) == ["Bo", "fell", "the bridge was old", "the river"]
    assert news.locator("#filter-words").inner_text() == "Events (collapse) · 1 of 2"


def test_days_are_chosen_by_slider_keys_and_by_date_and_events_count_by_all_their_days(news):
    news.click("#filter-button")
    news.fill("[aria-label='First day']", "2024-03-02")
    news.fill("[aria-label='Last day']", "2024-03-09")
    assert news.locator("#filter-words").inner_text() == "Claims and events, 2 to 9 March 2024 · 3 of 7"
    assert "1 has no day and is left out" in news.locator("#filter-days").inner_text()
    news.fill("[aria-label='First day']", "2024-05-02")
    news.fill("[aria-label='Last day']", "2024-05-02")
    assert news.evaluate(VISIBLE) == ["fell", "the river"]
    news.click("#filters .clear")
    handle = news.locator("[role=slider]").first
    handle.focus()
    news.keyboard.press("End")
    told = handle.get_attribute("aria-valuetext")
    first = news.evaluate("claimgraph.filtersAsObject().from")
    assert first >= "2024-04-25"
    assert told.startswith("from ")
    assert news.evaluate(VISIBLE) == ["Bo", "fell", "the bridge was old", "the river"]
    news.keyboard.press("Home")
    assert news.evaluate("claimgraph.filtersAsObject()") == {}


def test_the_histogram_can_be_drawn_over(news):
    news.click("#filter-button")
    box = news.locator(".bars").bounding_box()
    y = box["y"] + 20
    news.mouse.move(box["x"] + box["width"] * 0.3, y)
    news.mouse.down()
    news.mouse.move(box["x"] + box["width"] * 0.6, y, steps=5)
    news.mouse.up()
    chosen = news.evaluate("claimgraph.filtersAsObject()")
    assert "2024-03-15" < chosen["from"] < chosen["to"] < "2024-04-15"


def test_filters_are_one_plain_object_and_nonsense_is_no_filter(news):
    news.evaluate("claimgraph.setFilters({ outlet: ['Times'], hide: ['event'], from: '2024-04-01' })")
    assert news.locator("#filter-words").inner_text() == ("Claims in Times, from 1 April 2024; without events · 1 of 5")
    kept = news.evaluate("claimgraph.filtersAsObject()")
    news.evaluate("claimgraph.setFilters({})")
    news.evaluate("kept => claimgraph.setFilters(kept)", kept)
    assert news.evaluate(VISIBLE) == ["Bo", "the bridge was old"]
    news.evaluate(
        "claimgraph.setFilters({ from: '<b>', speaker: 'Ada', form: [1, null], x: {}, __proto__: { to: 5 } })"
    )
    assert news.evaluate("claimgraph.filtersAsObject()") == {}
    news.evaluate("claimgraph.setFilters(null)")
    news.evaluate("claimgraph.setFilters({ speaker: ['<img src=x onerror=alert(1)>'] })")
    assert news.locator("#filter-words").inner_text() == "Claims by <img src=x onerror=alert(1)> · 0 of 5"
    news.click("#empty button")
    assert len(news.evaluate(VISIBLE)) == 10


def test_the_legend_filters_and_follows_filters_set_elsewhere(news):
    news.click("#legend [data-way=says]")
    assert news.evaluate("claimgraph.filtersAsObject()") == {"links": ["says"]}
    hidden = news.evaluate("claimgraph.drawing().body.data.edges.get().filter((line) => line.hidden).length")
    assert hidden == 4
    news.evaluate("claimgraph.setFilters({ hide: ['claim'] })")
    assert news.locator("#legend [data-kind=claim]").get_attribute("aria-pressed") == "false"
    assert news.locator("#legend [data-way=says]").get_attribute("aria-pressed") == "true"


def test_suggestions_stand_in_groups_with_the_matching_words_marked(news):
    news.fill("#search", "bRIDGE w")
    groups = news.locator("#suggestions .heading").all_inner_texts()
    assert groups == ["Claims"]
    assert news.locator("#suggestions mark").all_inner_texts() == ["bridge", "w"]
    news.fill("#search", "the")
    assert news.locator("#suggestions .heading").all_inner_texts() == ["Names", "Claims"]
    assert news.locator("#suggestions [role=option]").first.inner_text().startswith("the river")
    news.keyboard.press("ArrowDown")
    assert news.locator("#suggestions [aria-selected=true]").count() == 1
    assert news.locator("#search").get_attribute("aria-activedescendant") == "suggestion-1"


def test_search_and_filters_answer_at_once_with_15_000_claims(tmp_path, open_page):
    network = nx.MultiDiGraph()
    for index in range(300):
        network.add_node(f"x:p{index:03}", kind="person", label=f"Person Number{index}", evidence=())
    for index in range(15_000):
        words = f"that the {index}th bridge of {index % 97} was closed after the flood of {index % 13}"
        said = {"polarity": ("affirmed", "denied")[index % 2], "said_on": f"2024-{index % 12 + 1:02}-10"}
        network.add_node(f"x:q{index:05}", kind="claim", label=words, text=words, evidence=(), **said)
        network.add_edge(f"x:p{index % 300:03}", f"x:q{index:05}", type="said", weight=1, evidence=())
    write_page(network, {}, tmp_path / "network.html")
    page = open_page(tmp_path / "network.html").page
    timed = page.evaluate(
        """async () => {
          await claimgraph.whole;
          const box = document.getElementById("search");
          const frame = () => new Promise(requestAnimationFrame);
          const time = async (act) => { const start = performance.now(); act(); await frame(); return performance.now() - start; };
          box.focus();
          await frame();
          const typed = [];
          for (const words of ["b", "br", "bri", "bridge", "bridge 1", "bridge of 13", "fl", "flood", "flood of 12", "person"]) {
            typed.push(await time(() => { box.value = words; box.dispatchEvent(new Event("input")); }));
          }
          const filtered = await time(() => claimgraph.setFilters({ polarity: ["denied"], from: "2024-02-01" }));
          const asked = await time(() => { for (const node of claimgraph.nodes.values()) claimgraph.shows(node); });
          return { typed: typed.sort((a, b) => a - b)[5], filtered, asked };
        }"""
    )
    assert timed["typed"] < 500
    assert timed["asked"] < 100
    assert timed["filtered"] < 3000


def test_the_sheet_makes_way_for_what_is_chosen_and_gives_the_keyboard_back(news):
    news.focus("#filter-button")
    news.keyboard.press("Enter")
    assert news.evaluate("document.activeElement.textContent") == "Filters"
    news.keyboard.press("Escape")
    assert news.evaluate("document.activeElement.id") == "filter-button"
    news.keyboard.press("Enter")
    news.evaluate("claimgraph.choose(0)")
    assert not news.locator("#filters").is_visible()
    assert news.locator("#evidence h2").is_visible()


def test_a_name_that_turns_its_surroundings_or_is_too_long_leaves_the_sentence_readable(news):
    news.evaluate("claimgraph.setFilters({ speaker: ['\\u202eadA'], polarity: ['denied'] })")
    assert news.locator("#filter-words").inner_text() == "Claims by \u2068\u202eadA\u2069, denied · 0 of 5"
    news.evaluate("claimgraph.setFilters({ speaker: ['W'.repeat(10000)] })")
    assert news.locator("#filter-words").inner_text() == f"Claims by {'W' * 60}… · 0 of 5"
    assert news.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_topic_leaves_what_is_told_of_it_and_the_timeline_shows_that_at_its_days(tmp_path, open_page):
    network, articles = newsroom()
    for topic, told in (("budget", ("claim0", "claim1", "vote")), ("bridge", ("claim2", "fell"))):
        network.add_node(f"x:{topic}", kind="topic", label=topic, evidence=())
        for named in told:
            network.add_edge(f"x:{named}", f"x:{topic}", type="topic", weight=1, evidence=())
    write_page(network, articles, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport={"width": 1280, "height": 800})
    page = window.page
    page.click("#filter-button")
    assert counts(page, "topic") == {"Budget": "3", "Bridge": "2"}
    tick(page, "topic", "Budget")
    assert page.locator("#filter-words").inner_text() == "Claims and events on budget · 3 of 7"
    assert page.evaluate(VISIBLE) == ["Ada", "budget", "taxes fall", "taxes rise", "vote"]
    page.keyboard.press("Escape")
    page.click("#tab-timeline")
    page.wait_for_selector("#view-timeline .scene-list .row")
    shown = page.locator("#view-timeline .scene-list").inner_text()
    assert all(words in shown for words in ("taxes fall", "taxes rise", "vote", "2 March 2024"))
    assert "the bridge holds" not in shown
    page.evaluate("claimgraph.choose([...claimgraph.nodes.values()].find(({ label }) => label === 'budget').id)")
    evidence = page.locator("#evidence").inner_text()
    assert "taxes fall" in evidence
    assert "vote" in evidence
    assert window.complaints == []
