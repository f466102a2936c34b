"""One self-contained HTML page of a network; it makes no request, and every statement in it shows its words.

data.py says what the page holds, layout.py where the nodes stand, scripts.py joins the styles and scripts of assets/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from claimgraph.page.console import console_data
from claimgraph.page.data import page_data
from claimgraph.page.scripts import ASSETS, outline, own_script, policy, style, vis_network
from claimgraph.page.tables import compact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

    from claimgraph.model import Article

__all__ = ["ASSETS", "compact", "page_data", "policy", "to_html", "write_page"]

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
CHOICE = "Most central: the names with most claims and events, and what joins them."
PART = (
    " The graph is too large for one page: these are the articles in which the names that claim most are, and claims that"
    " meet. `claimgraph view DIR --focus NAME` draws others."
)
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


def write_page(
    network: nx.MultiDiGraph,
    articles: Mapping[str, Article],
    path: Path,
    *,
    text: str = "full",
    trig: Path | None = None,
) -> None:
    """The page of `network` in the file `path`; `articles` by their IRIs, `text` as `build` has it.

    With `trig`, a file of the whole graph, the page can be asked in SPARQL.
    """
    console = console_data(trig.read_bytes()) if trig else None
    path.write_text(to_html(network, articles, text=text, console=console), encoding="utf-8", newline="\n")


def to_html(
    network: nx.MultiDiGraph, articles: Mapping[str, Article], *, text: str = "full", console: str | None = None
) -> str:
    """The page of `network` as one string; `console` is what its SPARQL console needs (console.py).

    pyvis collects what is drawn first and renders; the template is ours (escaping, offline, with a content security
    policy that names each script by its hash), and so is the place of each node, so nothing moves when the page opens.
    """
    data = page_data(network, articles, text=text)
    drawing = _drawing(data["view"])
    places = {axis: [node[axis] for node in drawing.nodes] for axis in ("x", "y")}
    data["view"] |= places | {"options": drawing.options}
    drawing.heading = _heading(network.graph, articles, data["counts"]["articles"])
    carried = Markup(console or "")  # noqa: S704  base64, and JSON without `<`
    drawing.templateEnv.globals.update(_surroundings(data), console=carried, policy=policy(console=bool(console)))
    drawing.templateEnv.globals.update(outline=Markup(_outline(network)))  # noqa: S704  numbers
    html: str = drawing.generate_html()
    return html


def _outline(network: nx.MultiDiGraph) -> str:
    """The world's outline, where the network has something to show on it."""
    located = any(attributes.get("latitude") is not None for _, attributes in network.nodes(data=True))
    return outline() if located else ""


def _drawing(view: dict[str, Any]) -> Network:
    """The first view as pyvis holds it."""
    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.templateEnv = Environment(loader=FileSystemLoader(ASSETS), autoescape=True)
    drawing.path = "page.html"
    drawing.options = OPTIONS
    for number, (x, y) in enumerate(zip(view["x"], view["y"], strict=True)):
        drawing.add_node(number, x=x, y=y)
    return drawing


def _surroundings(data: dict[str, Any]) -> dict[str, Any]:
    """What the template needs beside pyvis's own: title, sentences about the network, scripts and their hashes."""
    shown, total = data["view"]["nodes"], sum(data["counts"]["nodes"].values())
    many = f"{total:,} nodes" if shown == total else f"The {shown:,} most central of {total:,} nodes"
    first, *others = data["blocks"]
    return {
        "summary": _summary(data["counts"]) + (PART if "part" in data else ""),
        "description": f"{many}, {data['view']['links']:,} links.",
        "shown": shown,
        "total": total,
        "first": Markup(compact(data | {"blocks": [first]})),  # noqa: S704  compact leaves no `<`
        "blocks": [Markup(compact(block)) for block in others],  # noqa: S704  the same
        "choice": CHOICE,
        "style": Markup(style()),  # noqa: S704  our own files
        "scripts": [Markup(script) for script in (vis_network(), own_script())],  # noqa: S704  our own files
    }


def _heading(told: Mapping[str, Any], articles: Mapping[str, Article], number: int) -> str:
    """What the network is around, else the one article's title, or how many there are; of a part, of how many."""
    many = (
        f"{told['part']['articles']:,} of {told['part']['of']:,} articles" if "part" in told else f"{number:,} articles"
    )
    if focus := told.get("focus"):
        return f"{focus}, in {many}" if "part" in told else str(focus)
    if number == 1 and "part" not in told:
        article = next(iter(articles.values()))
        return str(article.title or article.id)
    return many


def _summary(counts: Mapping[str, Any]) -> str:
    """How many nodes of each kind, out of how many articles, as one sentence."""
    nodes, articles = counts["nodes"], counts["articles"]
    parts = [f"{nodes[kind]:,} {names[nodes[kind] != 1]}" for kind, names in KIND_NAMES.items() if nodes.get(kind)]
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1] if parts else "nothing"]))
    return f"{listed}, from {articles:,} article{'s' if articles != 1 else ''}.".capitalize()
