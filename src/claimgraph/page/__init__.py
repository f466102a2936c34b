"""One self-contained HTML page of a network; it makes no request, and every statement in it shows its words.

data.py says what the page holds, layout.py where the nodes stand, scripts.py joins the styles and scripts of assets/.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from claimgraph.page.data import page_data
from claimgraph.page.scripts import ASSETS, own_script, policy, style, vis_network

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

    from claimgraph.model import Article

__all__ = ["ASSETS", "page_data", "policy", "to_html", "write_page"]

KIND_NAMES = {
    "person": ("person", "people"),
    "organization": ("organization", "organizations"),
    "group": ("group", "groups"),
    "place": ("place", "places"),
    "document": ("document", "documents"),
    "event": ("event", "events"),
    "claim": ("claim", "claims"),
    "topic": ("topic", "topics"),
}
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "keyboard": False, "hoverConnectedEdges": False, "selectConnectedEdges": False},
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.08},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
        "arrowStrikethrough": False,
        "selectionWidth": 1.5,
        "hoverWidth": 1.5,
    },
    "layout": {"improvedLayout": False},
}


def write_page(network: nx.MultiDiGraph, articles: Mapping[str, Article], path: Path, *, text: str = "full") -> None:
    """The page of `network` in the file `path`; `articles` by their IRIs, `text` as `build` has it."""
    path.write_text(to_html(network, articles, text=text), encoding="utf-8", newline="\n")


def to_html(network: nx.MultiDiGraph, articles: Mapping[str, Article], *, text: str = "full") -> str:
    """The page of `network` as one string.

    pyvis collects what is drawn first and renders; the template is ours (escaping, offline, with a content security
    policy that names each script by its hash), and so is the place of each node, so nothing moves when the page opens.
    """
    data = page_data(network, articles, text=text)
    drawing = _drawing(data)
    data["view"] |= {"nodes": drawing.nodes, "edges": drawing.edges, "options": drawing.options}
    drawing.heading = network.graph.get("focus") or _heading(data["articles"])
    drawing.templateEnv.globals.update(_surroundings(data))
    html: str = drawing.generate_html()
    return html


def _drawing(data: dict[str, Any]) -> Network:
    """The first view as pyvis holds it."""
    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.templateEnv = Environment(loader=FileSystemLoader(ASSETS), autoescape=True)
    drawing.path = "page.html"
    drawing.options = OPTIONS
    for node in data["view"]["nodes"]:
        drawing.add_node(node["id"], label=data["records"][node["id"]]["short"], x=node["x"], y=node["y"])
    for index in data["view"].pop("links"):
        link = data["links"][index]
        drawing.add_edge(link["from"], link["to"], link=index)
    return drawing


def _surroundings(data: dict[str, Any]) -> dict[str, Any]:
    """What the template needs beside pyvis's own: title, sentences about the network, scripts and their hashes."""
    shown, total = len(data["view"]["nodes"]), len(data["records"])
    many = f"{total:,} nodes" if shown == total else f"The {shown:,} most central of {total:,} nodes"
    return {
        "summary": _summary(data["records"], len(data["articles"])),
        "description": f"{many}, {len(data['view']['edges']):,} links.",
        "shown": shown,
        "total": total,
        "data": data,
        "style": Markup(style()),  # noqa: S704  our own files
        "scripts": [Markup(script) for script in (vis_network(), own_script())],  # noqa: S704  our own files
        "policy": policy(),
    }


def _heading(articles: Mapping[str, Mapping[str, Any]]) -> str:
    """The one article's title, or how many there are."""
    if len(articles) == 1:
        article = next(iter(articles.values()))
        return str(article.get("title") or article["identifier"])
    return f"{len(articles):,} articles"


def _summary(records: list[dict[str, Any]], articles: int) -> str:
    """How many nodes of each kind, out of how many articles, as one sentence."""
    counts = Counter(record["kind"] for record in records)
    parts = [f"{counts[kind]:,} {names[counts[kind] != 1]}" for kind, names in KIND_NAMES.items() if counts[kind]]
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1] if parts else "nothing"]))
    return f"{listed}, from {articles:,} article{'s' if articles != 1 else ''}.".capitalize()
