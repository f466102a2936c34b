"""What the page holds, apart from how it looks: one JSON object (docs/page-data.md), so that others can build on it.

The first block is what the first view draws; the rest follows in blocks that a page reads one after the other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from claimgraph.page.central import most_central
from claimgraph.page.layout import place
from claimgraph.page.multilevel import spread
from claimgraph.page.tables import split, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from claimgraph.drawing.things import Evidence
    from claimgraph.model import Article

FORMAT, VERSION = "claimgraph page data", 1
FIRST_VIEW = 300  # nodes; vis-network still draws 30 pictures a second while zooming, and labels still find room
NODES, LINKS, CHARACTERS = 500, 2000, 250_000  # of a block: a browser reads each in some milliseconds
LONGEST_LABEL = 30  # characters drawn at a node; the panel has all
LABEL_CHARACTER = 6.6  # mean width of a character of a label, in the layout's units
QUOTATION_MARKS = " \"'“”‘’"
SMALL = ("claim", "event", "topic")  # many, and met through the actors: drawn in one size
SAME = True  # in the place of words that are those of the label


def page_data(network: nx.MultiDiGraph, articles: Mapping[str, Article], *, text: str = "full") -> dict[str, Any]:
    """The articles, nodes, links and first view of `network`; `articles` by their IRIs, `text` as `build` has it."""
    shown = _articles_of(network) if network.graph.get("focus") else set(articles)
    own = network.graph.get("figures", {})
    before = network.graph.get("derived", {})
    told = {
        iri: _article(articles[iri], own.get(iri, ()), text=text) | before.get(iri, {})
        for iri in sorted(articles)
        if iri in shown
    }
    counts = {
        "articles": len(told),
        "nodes": _count(attributes["kind"] for _, attributes in network.nodes(data=True)),
        "links": _count(attributes["type"] for _, _, attributes in network.edges(data=True)),
    }
    held = _Held(network, told)
    view = _first_view(network, held)
    blocks = list(held.blocks())
    head = {"format": FORMAT, "version": VERSION, "counts": counts, "parts": held.parts, "view": view}
    more = {name: network.graph[name] for name in ("since", "part") if name in network.graph}
    return head | more | {"blocks": blocks}


def _articles_of(network: nx.MultiDiGraph) -> set[str]:
    """The articles that a part of a network rests on; the others need not travel with it."""
    return {span.article for span in _evidence_of(network)}


def _evidence_of(network: nx.MultiDiGraph) -> Iterator[Evidence]:
    """All evidence of nodes and edges."""
    for _, attributes in network.nodes(data=True):
        yield from attributes.get("evidence", ())
    for _, _, attributes in network.edges(data=True):
        yield from attributes.get("evidence", ())


def _count(names: Iterable[str]) -> dict[str, int]:
    """How many there are of each, by name."""
    return dict(sorted(Counter(names).items()))


def _article(article: Article, figures: Iterable[Mapping[str, Any]], *, text: str) -> dict[str, Any]:
    """What the page knows of one article; its text only when that may be passed on, and the figures of no claim or event."""
    fields = ("title", "author", "publisher", "published", "url")
    known = {name: getattr(article, name) for name in fields if getattr(article, name)}
    own = [{name: value for name, value in figure.items() if name != "article"} for figure in figures]
    told = {"text": article.text if text == "full" else "", "figures": own}
    return known | {"identifier": article.id} | {name: value for name, value in told.items() if value}


class _Held:
    """The network in numbers: its nodes in the order of the blocks, articles and parts in the order of their names."""

    def __init__(self, network: nx.MultiDiGraph, told: Mapping[str, dict[str, Any]]) -> None:
        self.network, self.told = network, told
        self.parts = sorted({span.part for span in _evidence_of(network)})
        self.part = {part: number for number, part in enumerate(self.parts)}
        self.articles = sorted(_articles_of(network) | set(told))
        self.article = {iri: number for number, iri in enumerate(self.articles)}
        self.first = set(most_central(network, FIRST_VIEW))
        self.groups = list(self._groups())
        self.number = {iri: number for number, iri in enumerate(iri for group in self.groups for iri in group)}
        self.places = self._places() if len(network) > FIRST_VIEW else []
        self.positions: dict[str, dict[Evidence, int]] = {}
        edges = sorted(network.edges(data=True), key=self._place_of)
        self.first_edges = [edge for edge in edges if edge[0] in self.first and edge[1] in self.first]
        self.other_edges = [edge for edge in edges if not (edge[0] in self.first and edge[1] in self.first)]

    def _places(self) -> list[tuple[int, int]]:
        """Where each node stands in the overview."""
        links = sorted((self.number[start], self.number[end]) for start, end in self.network.edges())
        return spread(len(self.number), links)

    def _groups(self) -> Iterator[list[str]]:
        """The nodes of each block: those of the first view, then the others; in a block by kind."""
        others = sorted(iri for iri in self.network if iri not in self.first)
        for group in (sorted(self.first), *_in_steps(others, NODES)):
            yield sorted(group, key=lambda iri: (self.network.nodes[iri]["kind"], iri))

    def _place_of(self, edge: tuple[str, str, dict[str, Any]]) -> tuple[str, int, int, str]:
        """Edges by type, then by their ends."""
        start, end, attributes = edge
        return (attributes["type"], self.number[start], self.number[end], attributes.get("role", ""))

    def blocks(self) -> Iterator[dict[str, Any]]:
        """First what the first view draws, then the articles, the other nodes, the other links."""
        yield self._nodes(self.groups[0]) | self._links(self.first_edges)
        yield from ({"articles": part} for part in self._articles())
        yield from (self._nodes(group) for group in self.groups[1:])
        yield from (self._links(edges) for edges in _in_steps(self.other_edges, LINKS))

    def _articles(self) -> Iterator[list[dict[str, Any]]]:
        """The articles in parts of some CHARACTERS of text; what evidence names without being told has its IRI alone."""
        part: list[dict[str, Any]] = []
        length = 0
        for iri in self.articles:
            part.append({"iri": iri} | self.told.get(iri, {}))
            length += len(part[-1].get("text", ""))
            if length > CHARACTERS:
                yield part
                part, length = [], 0
        yield from [part] if part else []

    def _nodes(self, group: Sequence[str]) -> dict[str, Any]:
        """The nodes of one block, a table for each kind."""
        prefixes, numbers, ends = split(group)
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for iri, prefix, end in zip(group, numbers, ends, strict=True):
            row: dict[str, Any] = {"prefix": prefix, "rest": end} | node_record(self.network, iri)
            if self.places:
                row["across"], row["down"] = self.places[self.number[iri]]
            tables[row.pop("kind")].append(row | self._spans(row.pop("evidence", ())))
        return {"prefixes": prefixes, "nodes": {kind: table(rows) for kind, rows in tables.items()}}

    def _links(self, edges: Sequence[tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
        """The links of one block, a table for each type."""
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for start, end, attributes in edges:
            row = {"from": self.number[start], "to": self.number[end]} | _filled(attributes)
            tables[row.pop("type")].append(row | self._shared(start, end, row.pop("evidence", ())))
        return {"links": {kind: table(rows) for kind, rows in tables.items()}}

    def _spans(self, spans: Sequence[Evidence]) -> dict[str, Any]:
        """Evidence as numbers, four for each piece, with the words that no text of the article can show."""
        flat = [(self.part[span.part], self.article[span.article], span.start, span.end) for span in spans]
        words = [None if "text" in self.told.get(span.article, {}) else span.text for span in spans]
        return _filled({"evidence": [number for numbers in flat for number in numbers]}) | (
            {"words": words} if any(words) else {}
        )

    def _shared(self, start: str, end: str, spans: Sequence[Evidence]) -> dict[str, Any]:
        """Evidence of a link: which pieces of its ends' own, and what else there is."""
        if not spans:
            return {}
        of_start, of_end = self._positions(start), self._positions(end)
        from_start = [of_start[span] for span in spans if span in of_start]
        from_end = [of_end[span] for span in spans if span in of_end and span not in of_start]
        rest = [span for span in spans if span not in of_start and span not in of_end]
        return _filled({"of_from": from_start, "of_to": from_end}) | self._spans(rest)

    def _positions(self, iri: str) -> dict[Evidence, int]:
        """Which piece of a node's evidence is the how manieth."""
        if iri not in self.positions:
            spans = self.network.nodes[iri].get("evidence", ())
            self.positions[iri] = {span: index for index, span in enumerate(spans)}
        return self.positions[iri]


def node_record(network: nx.MultiDiGraph, iri: str) -> dict[str, Any]:
    """What the page knows of one node; what is empty, or words that are its label, is left out."""
    record = _filled(network.nodes[iri])
    degree = network.degree(iri)
    record["weight"], record["size"] = degree, _size(record["kind"], degree)
    if record.get("text") == record["label"]:
        record["text"] = SAME
    short = _short(record)
    return record if short == record["label"] else record | {"short": short}


def _filled(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes without the empty ones."""
    return {name: value for name, value in attributes.items() if value not in (None, "", (), [], False)}


def _size(kind: str, degree: int) -> float:
    """Half the width of a node as it is drawn."""
    return 9.5 if kind in SMALL else round(min(9 + 2.6 * math.sqrt(degree), 22), 1)


def _short(record: Mapping[str, Any]) -> str:
    """The label that is drawn: whole words, not longer than LONGEST_LABEL, a claim's words as a quotation."""
    label = str(record["label"]).strip(QUOTATION_MARKS if record["kind"] == "claim" else " ")
    if len(label) > LONGEST_LABEL:
        label = label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    return f"“{label}”" if record["kind"] == "claim" and record.get("text") else label


def _first_view(network: nx.MultiDiGraph, held: _Held) -> dict[str, Any]:
    """How many nodes and links the first view has, and the place of each node."""
    shown = held.groups[0]
    records = [node_record(network, iri) for iri in shown]
    crowding = min(1.0, 80 / max(len(shown), 1))
    widths = [2 * one["size"] + crowding * LABEL_CHARACTER * len(one.get("short", one["label"])) for one in records]
    points = place([(held.number[start], held.number[end]) for start, end, _ in held.first_edges], widths)
    return {
        "nodes": len(shown),
        "links": len(held.first_edges),
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
    }


def _in_steps(items: Sequence[Any], step: int) -> Iterator[Sequence[Any]]:
    """The items, not more than `step` at once."""
    for start in range(0, len(items), step):
        yield items[start : start + step]
