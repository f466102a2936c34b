"""What a graph has that an earlier one had not: its new claims and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from claimgraph.store import KnowledgeGraph


def mark_fresh(built: nx.MultiDiGraph, graph: KnowledgeGraph, earlier: KnowledgeGraph) -> None:
    """Nothing; a claim of the network is `fresh` where the earlier graph has not these words in this article.

    `built.graph["since"]` says how many `claims` the earlier graph has, and the IRIs of the `articles` that it has not.
    Where a graph holds no words, a claim is known by its characters.
    """
    known = {_said(iri, words) for iri, words in _claims(earlier)}
    for iri, attributes in built.nodes(data=True):
        if attributes["kind"] == "claim" and known.isdisjoint({_said(iri, attributes["text"]), iri}):
            attributes["fresh"] = True
    articles = sorted(_articles(graph) - _articles(earlier))
    built.graph["since"] = {"claims": sum(1 for _ in _claims(earlier)), "articles": articles}


def _claims(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    """The claims that nobody has rejected, and their words."""
    question = """SELECT ?claim ?words { ?claim a cg:Claim OPTIONAL { ?claim schema:text ?words }
        FILTER NOT EXISTS { ?claim cg:status cgc:Rejected } }"""
    return ((str(claim.value), words.value if words else "") for claim, words in graph.rows(question))


def _articles(graph: KnowledgeGraph) -> set[str]:
    return {str(iri.value) for (iri,) in graph.rows("SELECT ?article { ?article a schema:NewsArticle }")}


def _said(iri: str, words: str) -> str:
    """The article and the words of a claim; its IRI where there are none."""
    return f"{iri.partition('#')[0]} {words}" if words else iri
