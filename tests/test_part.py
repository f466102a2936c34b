"""What is drawn of a graph that is too large for one page: whole articles, those first in which most meets."""

from __future__ import annotations

from functools import cache

import pytest

from claimgraph.drawing.part import part_of
from claimgraph.drawing.things import articles
from claimgraph.errors import UsageError
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.network import drawn_network, network
from claimgraph.page import to_html
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

STORIES = {
    "a-rain": "It rained on Monday in the north of the country.",
    "b-closed": "Mayor Ada Roos said that the northern bridge over the Elm was closed because of heavy damage to its piers.",
    "c-open": "Police chief Bo Lindqvist denied that the northern bridge over the Elm was closed because of heavy damage to its piers.",
    "d-tax": "Mayor Ada Roos said that taxes rise. Bo Ek, a farmer, said that nobody asked him.",
    "e-snow": "Carl Lund said that snow is late.",
}


@cache
def whole() -> KnowledgeGraph:
    told = [
        read(Article(id=name, text=text, title=name, published=f"2025-03-0{day}"))
        for day, (name, text) in enumerate(STORIES.items(), 1)
    ]
    return KnowledgeGraph.from_nquads(to_nquads(to_graph(told, iris=Iris(), text="full", now=None)).encode())


def names(graph: KnowledgeGraph) -> list[str]:
    return sorted(article.id for article in articles(graph).values())


def test_a_graph_that_fits_is_drawn_whole():
    part = part_of(whole(), most=len(whole().store))
    assert part.graph is whole()
    assert "part" not in drawn_network(part).graph


def test_articles_whose_claims_meet_come_first_and_whole():
    part = part_of(whole(), most=len(whole().store) * 0.5)
    assert set(names(part.graph)) >= {"b-closed", "c-open"}
    assert (part.articles, part.of) == (len(names(part.graph)), 5)
    assert part.articles < 5
    drawn, all_of_it = drawn_network(part), network(whole())
    for iri, told in drawn.nodes(data=True):
        if told["kind"] in ("claim", "event"):
            assert told == all_of_it.nodes[iri]
    assert "contradicts" in {told["type"] for _, _, told in drawn.edges(data=True)}


def test_the_part_is_the_same_each_time():
    first, again = (part_of(whole(), most=900) for _ in range(2))
    assert {*first.graph.store} == {*again.graph.store}


def test_a_part_around_a_name_is_of_its_articles_alone():
    part = part_of(whole(), focus="ada roos", most=10)
    assert names(part.graph) in (["b-closed"], ["d-tax"])
    assert (part.articles, part.of) == (1, 2)
    page = to_html(drawn_network(part), articles(part.graph))
    assert ">Ada Roos, in 1 of 2 articles</h1>" in page
    assert "too large for one page" in page


def test_a_name_that_no_article_has_is_told_with_those_alike():
    with pytest.raises(UsageError, match="called so; there is Ada Roos"):
        part_of(whole(), focus="Roos", most=10)
