"""What the page holds, apart from how it looks: one JSON object (docs/page-data.md), so that others can build on it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from claimgraph.page.layout import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from claimgraph.model import Article
    from claimgraph.things import Evidence

FIRST_VIEW = 300  # nodes; vis-network still draws 30 pictures a second while zooming, and labels still find room
LONGEST_LABEL = 30  # characters drawn at a node; the panel has all
LABEL_CHARACTER = 6.6  # mean width of a character of a label, in the layout's units
QUOTATION_MARKS = " \"'“”‘’"
SMALL = ("claim", "event", "topic")  # many, and met through the actors: drawn in one size


def page_data(network: nx.MultiDiGraph, articles: Mapping[str, Article], *, text: str = "full") -> dict[str, Any]:
    """The articles, nodes, links and first view of `network`; `articles` by their IRIs, `text` as `build` has it."""
    shown_articles = _articles_of(network) if network.graph.get("focus") else set(articles)
    told = {iri: _article(articles[iri], text=text) for iri in sorted(articles) if iri in shown_articles}
    numbers = {iri: number for number, iri in enumerate(sorted(network))}
    records = [_record(network, iri, number, told) for iri, number in numbers.items()]
    links = _links(network, numbers, told)
    return {"articles": told, "records": records, "links": links, "view": _first_view(records, links)}


def _articles_of(network: nx.MultiDiGraph) -> set[str]:
    """The articles that a part of a network rests on; the others need not travel with it."""
    held = [*(a for _, a in network.nodes(data=True)), *(a for _, _, a in network.edges(data=True))]
    return {span.article for attributes in held for span in attributes.get("evidence", ())}


def _record(network: nx.MultiDiGraph, iri: str, number: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page knows of one node; empty values are left out."""
    attributes = network.nodes[iri]
    degree = network.degree(iri)
    kept = {name: value for name, value in attributes.items() if value not in (None, "", (), [], False)}
    small = attributes["kind"] in SMALL
    size = 9.5 if small else round(min(9 + 2.6 * math.sqrt(degree), 22), 1)
    extra = {"id": number, "iri": iri, "short": _short(attributes), "weight": degree, "size": size}
    return kept | extra | {"evidence": [_span(span, told) for span in attributes.get("evidence", ())]}


def _short(attributes: Mapping[str, Any]) -> str:
    """The label that is drawn: whole words, not longer than LONGEST_LABEL, a claim's words as a quotation."""
    label = str(attributes["label"]).strip(QUOTATION_MARKS if attributes["kind"] == "claim" else " ")
    if len(label) > LONGEST_LABEL:
        label = label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    return f"“{label}”" if attributes["kind"] == "claim" and attributes.get("text") else label


def _span(evidence: Evidence, told: Mapping[str, Any]) -> dict[str, Any]:
    """One piece of evidence as an object; its words only where the article's text is not there to show them."""
    known = evidence._asdict()
    if evidence.text is None or "text" in told.get(evidence.article, {}):
        del known["text"]
    return known


def _links(network: nx.MultiDiGraph, numbers: Mapping[str, int], told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The edges in a fixed order, ends as node numbers."""
    links = []
    for start, end, attributes in network.edges(data=True):
        kept = {name: value for name, value in attributes.items() if value not in (None, "", ())}
        spans = [_span(span, told) for span in attributes.get("evidence", ())]
        links.append(kept | {"from": numbers[start], "to": numbers[end], "evidence": spans})
    return sorted(links, key=lambda link: (link["from"], link["to"], link["type"], link.get("role", "")))


def _most_central(records: list[dict[str, Any]], links: list[dict[str, Any]]) -> list[int]:
    """The nodes of the first view: those with the most links, each counted by its weight."""
    degrees: Counter[int] = Counter()
    for link in links:
        degrees[link["from"]] += link["weight"]
        degrees[link["to"]] += link["weight"]
    ranked = sorted(records, key=lambda record: (-degrees[record["id"]], record["id"]))
    return sorted(record["id"] for record in ranked[:FIRST_VIEW])


def _first_view(records: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, Any]:
    """The nodes of the first view, each at its place, and the links between them by their numbers."""
    shown = _most_central(records, links)
    order = {number: index for index, number in enumerate(shown)}
    drawn = [(index, link) for index, link in enumerate(links) if link["from"] in order and link["to"] in order]
    crowding = min(1.0, 80 / max(len(shown), 1))
    widths = [2 * records[i]["size"] + crowding * LABEL_CHARACTER * len(records[i]["short"]) for i in shown]
    points = place([(order[link["from"]], order[link["to"]]) for _, link in drawn], widths)
    nodes = [{"id": number, "x": x, "y": y} for number, (x, y) in zip(shown, points, strict=True)]
    return {"nodes": nodes, "links": [index for index, _ in drawn]}


def _article(article: Article, *, text: str) -> dict[str, Any]:
    """What the page knows of one article; its text only when that may be passed on."""
    fields = ("title", "author", "publisher", "published", "url")
    known = {name: getattr(article, name) for name in fields if getattr(article, name)}
    return known | {"identifier": article.id} | ({"text": article.text} if text == "full" and article.text else {})
