"""The table of figures: what is comparable stands together on one scale, what clashes says why."""

from __future__ import annotations

import csv

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import write_page

VIEW = {"width": 1280, "height": 900}
SIGNS = {"=": "equal", ">": "more than", ">=": "at least", "~": "about", "<": "less than"}


def figure(value, comparator="=", *, article, at, of="people", unit="count", **more):
    span = {"article": article, "start": at, "end": at + 5, "text": f"{value} {of}"}
    return {
        "value": value,
        "comparator": comparator,
        "comparator_words": SIGNS[comparator],
        "unit": unit,
        "of": of,
        **more,
        **span,
    }


def ferry():
    """Two articles on one sunken ferry: their tolls, what was seized, and a share."""
    network = nx.MultiDiGraph()
    for iri, kind, name in (
        ("x:ada", "person", "Ada Roos"),
        ("x:port", "place", "Port Elm"),
        ("x:far", "place", "Farholm"),
        ("x:ship", "organization", "Norna Line"),
    ):
        spans = tuple(Evidence("mention", article, 0, 4, name) for article in ("x:a", "x:b"))
        network.add_node(iri, kind=kind, label=name, evidence=spans)

    def event(iri, kind, place, *figures):
        span = Evidence("trigger", figures[0]["article"], figures[0]["start"] + 6, figures[0]["start"] + 9, "die")
        network.add_node(
            iri, kind="event", label=kind, event_type=kind, factuality="happened", quantities=figures, evidence=(span,)
        )
        if place:
            network.add_edge(iri, place, type="place", weight=1, evidence=())

    def claim(iri, who, figures, **more):
        span = Evidence("content", figures[0]["article"], figures[0]["start"], figures[0]["end"], "words")
        plain = {"polarity": "affirmed", "certainty": "certain", "label": iri, "text": iri}
        network.add_node(iri, kind="claim", **plain | more, quantities=figures, evidence=(span,))
        network.add_edge(who, iri, type="said", weight=1, evidence=())

    seven, nine = figure(7, article="x:a", at=10), figure(9, ">=", article="x:b", at=10)
    event("x:e1", "death", "x:port", seven)
    event("x:e2", "killing", "x:port", nine)
    claim("x:c1", "x:ada", (seven,))
    claim("x:c2", "x:ship", (nine,))
    event("x:e3", "death", "x:far", figure(400, article="x:b", at=30))
    event("x:e4", "seizure", "x:port", figure(2, article="x:a", at=50, unit="tonne", si=2000, of="raw cod"))
    event("x:e5", "seizure", "x:port", figure(1900, "~", article="x:b", at=50, unit="kilogram", si=1900, of="raw cod"))
    claim("x:c3", "x:ada", (figure(60, article="x:a", at=70, of="all ferry passengers", unit="percent"),))
    claim("x:c4", "x:ship", (figure(20, article="x:b", at=70, of="all ferry passengers", unit="percent"),))
    network.graph["figures"] = {"x:a": (figure(3, article="x:a", at=90, of="lighthouses"),)}
    articles = {
        "x:a": Article(id="a", text="." * 120, title="Ferry sinks", published="2025-03-04", publisher="The Post"),
        "x:b": Article(id="b", text="." * 120, title="Ferry lost", published="2025-03-04", publisher="The Echo"),
    }
    return network, articles


def opened_page(open_page, tmp_path, network, articles):
    write_page(network, articles, tmp_path / "network.html")
    window = open_page(tmp_path / "network.html", viewport=VIEW)
    window.page.evaluate("claimgraph.openView('figures')")
    assert window.complaints == []
    return window.page


@pytest.fixture
def table(open_page, tmp_path):
    return opened_page(open_page, tmp_path, *ferry())


def groups(page):
    """Heading, then figure and speaker of each row, group by group."""
    return page.evaluate(
        """[...document.querySelectorAll('#view-figures tbody')].map((part) => [
            part.querySelector('th bdi').textContent,
            [...part.querySelectorAll('tr:not(.group)')].map((row) => [row.querySelector('.value').textContent, row.children[4].textContent]),
        ])"""
    )


def test_what_measures_the_same_stands_together_across_units_and_words_for_a_toll(table):
    found = dict(groups(table))
    assert found["people, death"] == [["7", "Ada Roos"], ["at least 9", "Norna Line"], ["400", "the article"]]
    assert found["raw cod, seizure"] == [["about 1,900 kilograms", "the article"], ["2 tonnes", "the article"]]
    assert found["all ferry passengers"] == [["20%", "Norna Line"], ["60%", "Ada Roos"]]
    assert found["Measured once"] == [["3", "the article"]]


def test_a_clash_is_marked_with_its_reason_and_nothing_else_is(table):
    reasons = table.locator("#view-figures .why").all_inner_texts()
    assert len(reasons) == 1
    assert "Ada Roos has 7, Norna Line has at least 9" in reasons[0]
    assert "Port Elm" in reasons[0]
    marked = table.locator("#view-figures tr.against .value").all_inner_texts()
    assert sorted(marked) == ["7", "at least 9"]
    assert "1 pair does not agree" in table.inner_text("#view-figures .lead")


@pytest.mark.parametrize(
    "change",
    [
        {"comparator": "~", "value": 7},
        {"comparator": "<", "value": 9},
        {"earliest": "2024-01-01", "latest": "2024-12-31", "period": "2024"},
    ],
    ids=["near enough", "bound that includes it", "another period"],
)
def test_figures_that_can_both_hold_do_not_clash(open_page, tmp_path, change):
    network, articles = ferry()
    for iri in ("x:e2", "x:c2"):
        network.nodes[iri]["quantities"] = tuple(one | change for one in network.nodes[iri]["quantities"])
    for iri in ("x:e1", "x:c1"):
        period = {"earliest": "2025-03-03", "latest": "2025-03-03", "period": "Monday"}
        network.nodes[iri]["quantities"] = tuple(one | period for one in network.nodes[iri]["quantities"])
    page = opened_page(open_page, tmp_path, network, articles)
    assert page.locator("#view-figures .why").count() == 0


def test_a_later_count_is_no_clash_but_said_to_be_later(open_page, tmp_path):
    network, articles = ferry()
    articles["x:b"] = Article(id="b", text="", published="2025-03-09", publisher="The Echo")
    page = opened_page(open_page, tmp_path, network, articles)
    assert "9 March 2025: it may be a newer count" in page.inner_text("#view-figures .why")
    assert page.locator("#view-figures tr.against").count() == 0


def test_bounds_are_drawn_on_one_scale(table):
    dots = table.evaluate(
        """[...document.querySelectorAll('#view-figures tbody')].find((part) => part.innerText.includes('people, death'))
            .querySelectorAll('svg').values()
            .map((svg) => [...svg.querySelectorAll('circle')].map((dot) => [Number(dot.getAttribute('cx')), dot.getAttribute('class')]))
            .toArray()"""
    )
    seven, nine, many = (row[0] for row in dots)
    assert seven[0] < nine[0] < many[0]
    assert (seven[1], nine[1]) == ("end", "end open")
    assert abs((nine[0] - 6) / (many[0] - 6) - 9 / 400) < 0.002
    assert table.locator("#view-figures .plot .arrow").count() == 1


def test_sorted_by_a_column_up_and_down(table):
    table.click("#view-figures th button:has-text('Figure')")
    assert table.get_attribute("#view-figures th:first-child", "aria-sort") == "ascending"
    assert [name for name, _ in groups(table)] == [
        "people, death",
        "all ferry passengers",
        "raw cod, seizure",
        "Measured once",
    ]
    table.click("#view-figures th button:has-text('Figure')")
    assert groups(table)[0] == [
        "raw cod, seizure",
        [["2 tonnes", "the article"], ["about 1,900 kilograms", "the article"]],
    ]


def test_a_figure_opens_its_claim_and_the_articles_own_figure_the_article(table):
    table.click("#view-figures .value:has-text('at least 9')")
    assert table.inner_text("#evidence h2") == "x:c2"
    table.keyboard.press("Escape")
    table.click("#view-figures tbody:last-of-type .value")
    table.wait_for_selector("#article[open]")
    assert "Ferry sinks" in table.inner_text("#article-title")


def test_figures_as_a_spreadsheet(open_page, tmp_path):
    network, articles = ferry()
    for iri in ("x:e2", "x:c2"):
        network.nodes[iri]["quantities"] = tuple(
            one | {"text": "=1+1", "lower": 9} for one in network.nodes[iri]["quantities"]
        )
    page = opened_page(open_page, tmp_path, network, articles)
    with page.expect_download() as download:
        page.click("#view-figures >> text=Save as a spreadsheet")
    download.value.save_as(tmp_path / "figures.csv")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    [nine] = [row for row in rows if row["value"] == "9"]
    told = {
        name: nine[name] for name in ("measured", "comparator", "lower", "upper", "of", "who", "day", "outlet", "text")
    }
    assert told == {
        "measured": "people, death",
        "comparator": "at least",
        "lower": "9",
        "upper": "",
        "of": "people",
        "who": "Norna Line",
        "day": "2025-03-04",
        "outlet": "The Echo",
        "text": "'=1+1",
    }
    assert nine["clash"].startswith("Ada Roos has 7")
