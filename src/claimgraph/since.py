"""What a graph has that an earlier one had not: its new claims and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.things import first, load

if TYPE_CHECKING:
    import networkx as nx

    from claimgraph.store import KnowledgeGraph


def mark_fresh(built: nx.MultiDiGraph, graph: KnowledgeGraph, earlier: KnowledgeGraph) -> None:
    """Nothing; a claim of the network is `fresh` where the earlier graph has not these words in this article.

    `built.graph["since"]` says how many `claims` the earlier graph has, and the IRIs of the `articles` that it has not.
    Where a graph holds no words, a claim is known by its characters.
    """
    before = load(earlier)
    known = {_said(iri, first(properties, "schema:text")) for iri, properties in before.of("cg:Claim").items()}
    for iri, attributes in built.nodes(data=True):
        if attributes["kind"] == "claim" and known.isdisjoint({_said(iri, attributes["text"]), iri}):
            attributes["fresh"] = True
    articles = sorted(set(load(graph).of("schema:NewsArticle")) - set(before.of("schema:NewsArticle")))
    built.graph["since"] = {"claims": len(before.of("cg:Claim")), "articles": articles}


def _said(iri: str, words: str) -> str:
    """The article and the words of a claim; its IRI where there are none."""
    return f"{iri.partition('#')[0]} {words}" if words else iri
