"""The network page as a worker makes it: of the whole graph, or of the articles that one name is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.drawing.part import part_of
from claimgraph.drawing.things import articles
from claimgraph.errors import UsageError
from claimgraph.network import drawn_network
from claimgraph.page import to_html
from claimgraph.server.limits import MEGABYTE
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    import pyoxigraph as ox

SECONDS, BYTES = 11e-6, 320
"""What a page costs for each quad that it draws on: measured on 100,000 to 640,000 quads of news, the processor a desk's."""
SHARE, NEAR = 0.5, 0.25
"""How much of a query's time and memory a whole page, and one round a name, may be expected to take: machines differ."""


def drawn(store: ox.Store, focus: str, *, time: float, memory: int) -> str:
    """The page; of a graph that is too large it draws on the articles that have the focus in them, as far as they go.

    `time` and `memory`, in megabytes, are what a query may take.

    Raises:
        UsageError: nothing is called so, or the whole is too much for one page.

    """
    most, size = min(time / SECONDS, memory * MEGABYTE / BYTES), len(store)
    fits = size <= most * SHARE
    if not fits and not focus:
        need = f"to draw {size:,} statements takes some {size * SECONDS:.0f} s and {size * BYTES / MEGABYTE:.0f} MB, too much of a query's"
        advice = "open it around an actor, place or topic: /network?focus=NAME"
        raise UsageError("the network", f"{need} {time:g} s and {memory} MB; {advice}")
    part = part_of(KnowledgeGraph(store), focus=focus or None, most=size if fits else most * NEAR)
    shown = articles(part.graph)
    return to_html(
        drawn_network(part), shown, text="full" if any(article.text for article in shown.values()) else "none"
    )
