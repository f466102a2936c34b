"""The network page as a worker makes it: of the whole graph, or of the articles that one name is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from claimgraph.errors import UsageError
from claimgraph.iris import INFERRED
from claimgraph.network import network_of
from claimgraph.page import to_html
from claimgraph.server.finding import alike, called
from claimgraph.server.gather import literal
from claimgraph.server.limits import MEGABYTE
from claimgraph.store import KnowledgeGraph
from claimgraph.things import articles_of, load
from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS, BYTES = 11e-6, 320
"""What a page costs for each quad that it draws on: measured on 100,000 to 640,000 quads of news, the processor a desk's."""
SHARE, NEAR = 0.5, 0.25
"""How much of a query's time and memory a whole page, and one round a name, may be expected to take: machines differ."""
TIED = ("#entity-", "#claim-", "#role-")
"""What of an article other graphs say something of: who it is, how it stands to others."""


def drawn(store: ox.Store, focus: str, *, time: float, memory: int) -> str:
    """The page; of a graph that is too large it draws on the articles that have the focus in them, as far as they go.

    `time` and `memory`, in megabytes, are what a query may take.

    Raises:
        UsageError: nothing is called so, or the whole is too much for one page.

    """
    entity = _entity(store, focus) if focus else None
    most, size = min(time / SECONDS, memory * MEGABYTE / BYTES), len(store)
    if size <= most * SHARE:
        return _page(store, entity, "")
    if entity is None:
        need = f"to draw {size:,} statements takes some {size * SECONDS:.0f} s and {size * BYTES / MEGABYTE:.0f} MB, too much of a query's"
        advice = "open it around an actor, place or topic: /network?focus=NAME"
        raise UsageError("the network", f"{need} {time:g} s and {memory} MB; {advice}")
    found = sorted(_articles(store, entity))
    part, taken = ox.Store(), 0
    while taken < len(found) and len(part) < most * NEAR:
        part.extend(_quads(store, found[taken]))
        taken += 1
    return _page(part, entity, f", in {taken:,} of {len(found):,} articles")


def _page(store: ox.Store, focus: str | None, told: str) -> str:
    things = load(KnowledgeGraph(store))
    shown, built = articles_of(things), network_of(things, focus=focus)
    if told:
        built.graph["focus"] += told
    return to_html(built, shown, text="full" if any(article.text for article in shown.values()) else "none")


def _entity(store: ox.Store, focus: str) -> str:
    """The entity of all articles, or the topic, that has this IRI or name."""
    if ":" in focus and " " not in focus:
        try:
            node = ox.NamedNode(focus)
        except ValueError:
            node = None
        if node and next(store.quads_for_pattern(node, None, None, None), None):
            return _canonical(store, node)
    named = _rows(store, called(literal(focus.strip())))
    if not named:
        labels = [label for (label,) in _rows(store, alike(literal(focus.strip())))]
        advice = f"; there is {', '.join(labels)}" if labels else ""
        raise UsageError(focus, f"no actor, place or topic of this graph is called so{advice}")
    return named[0][0]


def _canonical(store: ox.Store, node: ox.NamedNode) -> str:
    """What an entity of one article is in all."""
    found = next(store.quads_for_pattern(node, ox.NamedNode(full("cg:canonical")), None, None), None)
    return str((found.object if found and isinstance(found.object, ox.NamedNode) else node).value)


IN = "SELECT DISTINCT ?x {{ {{ ?x cg:canonical <{me}> }} UNION {{ ?x schema:about <{me}> }} UNION {{ BIND(<{me}> AS ?x) }} }}"


def _articles(store: ox.Store, entity: str) -> set[str]:
    """The articles that an entity or a topic is in."""
    found = {thing.partition("#")[0] for (thing,) in _rows(store, IN.format(me=entity)) if "#" in thing}
    if not found:
        raise UsageError(entity, "is no actor, place or topic of an article")
    return found


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    answer = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(query)
    return [tuple(str(getattr(cell, "value", "")) for cell in row) for row in answer]


def _quads(store: ox.Store, article: str) -> Iterator[ox.Quad]:
    """The graph of an article, and what the others say of what is in it."""
    graph = ox.NamedNode(f"{article}/graph")
    own = list(store.quads_for_pattern(None, None, None, graph))
    yield from own
    for node in dict.fromkeys(q.subject for q in own if any(part in str(q.subject) for part in TIED)):
        yield from (quad for quad in _beside(store, node) if quad.graph_name != graph)


def _beside(store: ox.Store, node: Any) -> Iterator[ox.Quad]:
    """What any graph that holds no inference says of a node: who it is, and the relations that it is an end of."""
    for quad in store.quads_for_pattern(node, None, None, None):
        if not str(quad.graph_name).endswith(f"{INFERRED}>"):
            yield quad
            if quad.predicate.value == full("cg:canonical"):
                entity: Any = quad.object
                yield from store.quads_for_pattern(entity, None, None, quad.graph_name)
    for end in ("cg:from", "cg:to"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(full(end)), node, None):
            yield from store.quads_for_pattern(quad.subject, None, None, quad.graph_name)
