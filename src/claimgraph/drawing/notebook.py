"""The network page inside a notebook: Jupyter shows an object as what its `_repr_html_` gives."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.drawing.part import part_of
from claimgraph.drawing.things import articles
from claimgraph.network import drawn_network
from claimgraph.page import to_html

if TYPE_CHECKING:
    from claimgraph.store import KnowledgeGraph

# Its scripts run, but as of an origin of their own: what stands in an article cannot reach the notebook.
SANDBOX = "allow-scripts allow-downloads allow-popups allow-modals"


class View(NamedTuple):
    """A page that a notebook shows where it is the value of a cell."""

    html: str
    height: int

    def __repr__(self) -> str:
        """What a terminal shows instead of the page."""
        return f"<page of {len(self.html):,} characters; a notebook shows it>"

    def _repr_html_(self) -> str:
        """The page in a frame, as markup."""
        page = escape(self.html, quote=True)
        frame = f'title="claimgraph network" width="100%" height="{self.height}" frameborder="0" sandbox="{SANDBOX}"'
        return f'<iframe {frame} srcdoc="{page}"></iframe>'


def show(graph: KnowledgeGraph, *, focus: str | None = None, height: int = 700) -> View:
    """The network page of a graph, or of what surrounds one name, as high as that many pixels."""
    part = part_of(graph, focus=focus)
    shown = articles(part.graph)
    text = "full" if any(article.text for article in shown.values()) else "none"
    return View(to_html(drawn_network(part), shown, text=text), height)
