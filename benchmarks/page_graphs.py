"""Networks as the news makes them, of any size, and the same network as a page of plain pyvis and of sigma.js.

Half of the claims are about what a few famous actors do, the other half about those of their own story; an article has
seven claims in some 2,500 characters, as Wikinews has. Numbers come from a generator with a fixed start.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import networkx as nx
from pyvis.network import Network

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS_OF_ARTICLE = 7
STORY = 12  # actors
FAMOUS = 40
NEWS = """The government said on Monday that the price of energy for people in the city had been raised by the ministry
after talks with the union, which had asked the court for a vote on the water law as the river rose at the old bridge"""
WORDS = NEWS.lower().split()
COLOURS = {"person": "#0072b2", "organization": "#56b4e9", "place": "#009e73", "claim": "#994f88"}


def news(actors: int, claims: int) -> tuple[nx.MultiDiGraph, dict[str, Article]]:
    """A network of so many actors and claims, with the articles that it is out of."""
    chance = random.Random(5)
    network, articles = nx.MultiDiGraph(), {}
    kinds = ("person", "organization", "person", "place")
    names = [f"https://example.org/id/entity/actor-{i}" for i in range(actors)]
    for i, iri in enumerate(names):
        network.add_node(iri, kind=kinds[i % 4], label=_words(chance, 2).title(), evidence=())
    for first in range(0, claims, CLAIMS_OF_ARTICLE):
        iri = f"https://example.org/id/article/report-{first:06}"
        story = chance.randrange(max(actors // STORY, 1)) * STORY
        text, numbers = "", range(first, min(first + CLAIMS_OF_ARTICLE, claims))
        for _ in numbers:
            text = _add_claim(network, chance, iri, text, names, story)
        articles[iri] = Article(id=iri[-6:], text=text, title=_words(chance, 6), published="2025-01-02")
    return network, articles


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(number))


def _add_claim(
    network: nx.MultiDiGraph, chance: random.Random, article: str, text: str, names: list[str], story: int
) -> str:
    """The article's text with one claim more; the network has it with who says it and what it is about."""
    parts = {"source": _words(chance, 2), "cue": "said", "content": "that " + _words(chance, 20)}
    text += _words(chance, 38) + ". "
    start, spans = len(text), []
    for part, words in parts.items():
        spans.append(Evidence(part, article, len(text), len(text) + len(words), words))
        text += words + " "
    spans.append(Evidence("sentence", article, start, len(text) - 1, text[start:-1]))
    claim, content = f"{article}#claim-{start}-{len(text)}", parts["content"]
    known = {"form": "indirect", "polarity": "affirmed", "certainty": "certain", "cue": "said", "confidence": 0.9}
    network.add_node(
        claim, kind="claim", label=content, text=content, origin="rule:said", evidence=tuple(spans), **known
    )
    near = [names[(story + i) % len(names)] for i in range(STORY)]
    famous = names[:: max(len(names) // FAMOUS, 1)]
    who, about = chance.choice(near), chance.sample(near, 1) + chance.sample(famous, 1)
    network.add_edge(who, claim, type="said", weight=1, evidence=tuple(spans))
    for what in sorted({*about} - {who}):
        network.add_edge(claim, what, type="about", weight=1, evidence=tuple(spans))
    return text + "\n\n"


def write_pyvis(network: nx.MultiDiGraph, places: dict[str, tuple[int, int]] | None, path: Path) -> None:
    """The network as plain pyvis shows it: with these places and no physics, or as it comes."""
    drawing = Network(directed=True, cdn_resources="in_line", height="800px")
    order = sorted(network)
    for iri in order:
        node = network.nodes[iri]
        place = {"x": places[iri][0], "y": places[iri][1], "physics": False} if places else {}
        drawing.nodes.append(
            {
                "id": iri,
                "label": node["label"][:30],
                "color": COLOURS[node["kind"]],
                "shape": "dot",
                "size": 10,
                **place,
            }
        )
    drawing.node_ids = order
    drawing.edges = [
        {"from": start, "to": end, "arrows": "to", "title": kind} for start, end, kind in network.edges(data="type")
    ]
    drawing.toggle_physics(not places)
    path.write_text(drawing.generate_html(), encoding="utf-8")


def write_sigma(network: nx.MultiDiGraph, places: dict[str, tuple[int, int]], bundle: str, path: Path) -> None:
    """The network as sigma.js shows it, with these places."""
    nodes = [
        [iri, *places[iri], attributes["label"][:30], COLOURS[attributes["kind"]], 2 + network.degree(iri) ** 0.5]
        for iri, attributes in sorted(network.nodes(data=True))
    ]
    data = json.dumps({"nodes": nodes, "edges": [list(edge) for edge in network.edges()]}).replace("<", "\\u003c")
    path.write_text(
        '<!DOCTYPE html><html><head><meta charset="utf-8"><style>html, body, #stage { margin: 0; height: 100% }</style>'
        f'</head><body><div id="stage"></div><script type="application/json" id="data">{data}</script>'
        f"<script>{bundle}</script></body></html>",
        encoding="utf-8",
    )
