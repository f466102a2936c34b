"""What a page holds, read by docs/page-data.md alone."""

from __future__ import annotations

import json
import re

import networkx as nx
import pytest

from claimgraph.drawing.things import Evidence, reading_order
from claimgraph.model import Article
from claimgraph.page import compact, page_data, to_html
from claimgraph.page.tables import column, table
from page_reader import DOCUMENT, EXAMPLE, in_page, read, reader

KEPT = ("confidence", "role", "rationale", "iri", "vague")  # names of claimgraph.network
TEXT = "Mayor Ada Roos \U0001f30a said that the bridge holds. " * 40


def evidence(number, article, *parts):
    spans = [
        Evidence(part, article, number + i, number + i + 4, TEXT[number + i : number + i + 4])
        for i, part in enumerate(parts)
    ]
    return tuple(sorted(spans, key=reading_order))


def news(actors=60, claims=500, articles=7):
    """A network as `claimgraph.network` makes it: more than a first view, of several blocks."""
    network = nx.MultiDiGraph()
    told = {f"x:article/{i}": Article(id=str(i), text=TEXT, title=f"No. {i}") for i in range(articles)}
    for i in range(actors):
        spans = tuple(span for a in told for span in evidence(i, a, "mention"))
        network.add_node(
            f"x:entity/{i}",
            kind="person",
            label=f"Actor {i}",
            aliases=(f"A{i}",) if i % 3 else (),
            vague=i == 5,
            evidence=spans,
        )
    for i in range(claims):
        spans = evidence(i, f"x:article/{i % articles}", "source", "cue", "content", "sentence")
        label = f"that the bridge number {i} holds until the river rises again"
        claim = f"x:article/{i % articles}#claim-{i}"
        network.add_node(
            claim,
            kind="claim",
            label=label,
            text=label,
            polarity="affirmed" if i % 9 else "denied",
            confidence=0.9,
            evidence=spans,
        )
        network.add_edge(f"x:entity/{i % actors}", claim, type="said", weight=1, evidence=spans)
        about = f"x:entity/{i * 7 % actors}"
        named = tuple(span for span in network.nodes[about]["evidence"] if span.article == f"x:article/{i % articles}")
        network.add_edge(
            claim, about, type="about", weight=1 + i % 2, evidence=tuple(sorted({*spans, *named}, key=reading_order))
        )
        if i % 10 == 1:
            earlier = f"x:article/{(i - 1) % articles}#claim-{i - 1}"
            network.add_edge(
                claim, earlier, type="contradicts", weight=1, rationale=f"</script> {i}", confidence=0.4, evidence=()
            )
        if i % 10 == 2:
            network.add_edge(
                f"x:entity/{i % actors}",
                about,
                type="role",
                role="mayor",
                iri=f"x:r{i}",
                weight=1,
                evidence=evidence(i, "x:article/0", "role"),
            )
    return network, told


def with_words(spans):
    return [(span.part, span.article, span.start, span.end, span.text) for span in spans]


def known(attributes):
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in attributes.items()
        if value not in (None, "", (), False)
    }


@pytest.mark.parametrize("text", ["full", "quotes"])
def test_the_document_alone_gives_back_every_node_link_and_piece_of_evidence(text):
    network, told = news()
    articles, nodes, links = read(in_page(to_html(network, told, text=text)))
    assert {iri: article.get("text") for iri, article in articles.items()} == dict.fromkeys(
        told, TEXT if text == "full" else None
    )
    assert sorted(node["iri"] for node in nodes) == sorted(network)
    for node in nodes:
        attributes = network.nodes[node["iri"]]
        assert node["evidence"] == with_words(attributes["evidence"])
        assert {name: node[name] for name in known(attributes) if name != "evidence"} == known(
            {name: value for name, value in attributes.items() if name != "evidence"}
        )
        assert node["weight"] == network.degree(node["iri"])
    held = sorted(
        (
            nodes[link["from"]]["iri"],
            nodes[link["to"]]["iri"],
            link["type"],
            link["weight"],
            link["evidence"],
            link.get("rationale"),
        )
        for link in links
    )
    assert held == sorted(
        (start, end, a["type"], a["weight"], with_words(a["evidence"]), a.get("rationale"))
        for start, end, a in network.edges(data=True)
    )


def test_the_example_of_the_document_reads_as_it_says():
    articles, [claim, ada], [said] = read(json.loads(EXAMPLE))
    assert claim["iri"] == "https://example.org/id/article/bridge-37f17620#claim-20-41"
    assert claim["text"] == "that the bridge holds"
    assert [(part, words) for part, _, _, _, words in said["evidence"]] == [
        ("source", "Mayor Ada Roos"),
        ("cue", "said"),
        ("content", "that the bridge holds"),
    ]
    assert (said["from"], said["type"], ada["label"]) == (1, "said", "Ada Roos")
    assert [article["title"] for article in articles.values()] == ["Bridge"]


def test_the_document_names_what_the_data_has():
    network, told = news()
    data = page_data(network, told)
    example = json.loads(EXAMPLE)
    assert set(data) == set(example)
    assert (data["format"], data["version"]) == (example["format"], example["version"])
    assert set(data["view"]) == set(example["view"])
    columns = {
        name
        for block in data["blocks"]
        for tables in (block.get("nodes", {}), block.get("links", {}))
        for one in tables.values()
        for name in one
    }
    assert [name for name in sorted(columns - set(KEPT)) if f"`{name}`" not in DOCUMENT] == []


def test_the_first_block_is_the_first_view_and_stands_before_the_scripts():
    network, told = news()
    html = to_html(network, told)
    head = json.loads(re.search(r'id="network-data">(.*?)</script>', html, re.DOTALL)[1])
    [first] = head["blocks"]
    assert (
        sum(table["count"] for table in first["nodes"].values())
        == head["view"]["nodes"]
        == 300
        == len(head["view"]["x"])
    )
    assert sum(table["count"] for table in first["links"].values()) == head["view"]["links"]
    ends = [
        end
        for table in first["links"].values()
        for name in ("from", "to")
        for end in reader["values"](table[name], table["count"])
    ]
    assert max(ends) < 300
    assert html.index('id="network-data"') < html.index("<script>") < html.index('class="network-block"')
    assert TEXT[:50] not in html[: html.index("<script>")]
    assert head["counts"] == {
        "articles": 7, "nodes": {"claim": 500, "person": 60}, "links": {"about": 500, "contradicts": 50, "role": 50, "said": 500},
    }  # fmt: skip


def test_no_block_is_so_long_that_reading_it_would_be_felt():
    network, told = news(actors=500, claims=3000, articles=60)
    blocks = page_data(network, told)["blocks"]
    assert len(blocks) > 8
    assert max(len(compact(block)) for block in blocks) < 1_000_000


def test_a_thousand_claims_take_less_than_their_articles_and_half_a_megabyte():
    network, told = news(actors=300, claims=1000)
    assert len(compact(page_data(network, told))) < 500_000 + len(TEXT) * len(told)


COLUMNS = (
    [1, 2, 3],
    ["a"] * 5,
    [None, None, "x", None],
    ["long word", "other word"] * 9,
    [None],
    [[1], [1], None, [2]],
    [0.5, 1, True, None, "1"],
)


@pytest.mark.parametrize("values", COLUMNS)
def test_a_column_in_any_form_has_its_values(values):
    assert reader["values"](json.loads(compact(column(values))), len(values)) == values


def test_rows_keep_what_they_have_and_take_nothing_from_others():
    rows = [{"cue": "said"}, {"cue": "denied", "stance": "negative"}, {}]
    assert reader["rows"](table(rows)) == rows
