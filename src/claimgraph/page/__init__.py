"""One self-contained HTML page of a network; it makes no request, and every statement in it shows its words."""

from __future__ import annotations

import base64
import hashlib
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from claimgraph.page.layout import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from claimgraph.model import Article
    from claimgraph.things import Evidence

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("vis-network.min.js", "data.js", "text.js", "evidence.js", "drawing.js", "list.js", "main.js")
FIRST_VIEW = 300  # nodes; vis-network still draws 30 pictures a second while zooming, and labels still find room
LONGEST_LABEL = 30  # characters drawn at a node; the panel has all
LABEL_CHARACTER = 6.6  # mean width of a character of a label, in the layout's units
QUOTATION_MARKS = " \"'“”‘’"
SMALL = ("claim", "event", "topic")  # many, and met through the actors: drawn in one size
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
# The sheets that vis-network 10.1.5 adds by itself, and the empty one that each begins as; the browser's console names
# those of another version.
VIS_STYLES = """
'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-4cgFR0//m8/eHo2G/esYsuZetUHlzCUWYM59sfgE9zY='
'sha256-IY7YKNHjbzQ1NfAKrBZvBZohgXMtxrqB9PaqhAaT3vg=' 'sha256-OutIf5hnp68ctx4ThtV5J02g5HTJ5bbu/hkNfqVXWWo='
'sha256-QE7TOEDW7YIlMzvUUnm8boDWeNBN7PBbaaYJjnp34WI=' 'sha256-QuPewnJYr+SnQiTnCNHFBw99ExTsz9f8w5320PimEPw='
'sha256-gGUn/VMBXCeWm86qX/pOf+4ZDSbe0JcaXXb4rJjw1mA=' 'sha256-uepMTym1NwItBa/XV6ef6fQobLL0A0CNVDM5km5L+nQ='
"""
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

    pyvis collects what is drawn and renders; the template is ours (escaping, offline, with a content security policy
    that names each script by its hash), and so is the place of each node, so nothing moves when the page opens.
    """
    shown_articles = _articles_of(network) if network.graph.get("focus") else set(articles)
    told = {iri: _article(articles[iri], text=text) for iri in sorted(articles) if iri in shown_articles}
    numbers = {iri: number for number, iri in enumerate(sorted(network))}
    records = [_record(network, iri, number, told) for iri, number in numbers.items()]
    links = _links(network, numbers, told)
    shown = _most_central(records, links)
    drawing = _drawing(records, links, shown)
    view = {"nodes": drawing.nodes, "edges": drawing.edges, "options": drawing.options}
    data = {"articles": told, "records": records, "links": links, "view": view}
    drawing.heading = network.graph.get("focus") or _heading(told)
    drawing.templateEnv.globals.update(_surroundings(data, len(shown)))
    html: str = drawing.generate_html()
    return html


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


def _drawing(records: list[dict[str, Any]], links: list[dict[str, Any]], shown: list[int]) -> Network:
    """The first view as pyvis holds it, each node at its place."""
    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.templateEnv = Environment(loader=FileSystemLoader(ASSETS), autoescape=True)
    drawing.path = "page.html"
    drawing.options = OPTIONS
    order = {number: index for index, number in enumerate(shown)}
    drawn = [(index, link) for index, link in enumerate(links) if link["from"] in order and link["to"] in order]
    crowding = min(1.0, 80 / max(len(shown), 1))
    widths = [2 * records[i]["size"] + crowding * LABEL_CHARACTER * len(records[i]["short"]) for i in shown]
    points = place([(order[link["from"]], order[link["to"]]) for _, link in drawn], widths)
    for number, (x, y) in zip(shown, points, strict=True):
        drawing.add_node(number, label=records[number]["short"], x=x, y=y)
    for index, link in drawn:
        drawing.add_edge(link["from"], link["to"], link=index)
    return drawing


def _article(article: Article, *, text: str) -> dict[str, Any]:
    """What the page knows of one article; its text only when that may be passed on."""
    fields = ("title", "author", "publisher", "published", "url")
    known = {name: getattr(article, name) for name in fields if getattr(article, name)}
    return known | {"identifier": article.id} | ({"text": article.text} if text == "full" and article.text else {})


def _surroundings(data: dict[str, Any], shown: int) -> dict[str, Any]:
    """What the template needs beside pyvis's own: title, sentences about the network, scripts and their hashes."""
    total = len(data["records"])
    many = f"{total:,} nodes" if shown == total else f"The {shown:,} most central of {total:,} nodes"
    return {
        "summary": _summary(data["records"], len(data["articles"])),
        "description": f"{many}, {len(data['view']['edges']):,} links.",
        "shown": shown,
        "total": total,
        "data": data,
        "style": Markup(_style()),  # noqa: S704  our own file
        "scripts": [Markup(script) for script in (vis_network(), own_script())],  # noqa: S704  our own files
        "policy": policy(),
    }


def policy() -> str:
    """The content security policy of every such page: its own scripts and styles by their hashes, nothing else."""
    scripts, styles = _hashes([vis_network(), own_script()]), [_hashes([_style()]), *VIS_STYLES.split()]
    allowed = f"script-src {scripts}; style-src {' '.join(styles)}; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _style() -> str:
    return (ASSETS / "page.css").read_text(encoding="utf-8")


def vis_network() -> str:
    """The drawing library as shipped."""
    return (ASSETS / SCRIPTS[0]).read_text(encoding="utf-8")


def own_script() -> str:
    """The page's own scripts as one, in the order in which they build on each other."""
    return '"use strict";\n' + "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS[1:])


def _hashes(sources: Iterable[str]) -> str:
    """The sources of a content security policy that allow just these inline scripts or styles."""
    digests = [hashlib.sha256(source.encode()).digest() for source in sources]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


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
