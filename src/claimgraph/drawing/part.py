"""The part of a graph that can be drawn: the whole, or where that is too large the articles in which most meets.

graph --names that claim most, claims that meet--> articles in order --as far as they go--> a graph in memory
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from claimgraph.drawing.choosing import gaining
from claimgraph.drawing.finding import alike, called, literal
from claimgraph.errors import UsageError
from claimgraph.iris import CURATION, INFERRED
from claimgraph.store import KnowledgeGraph
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 1_000_000
"""Quads that are drawn: some 270 articles and 18,000 nodes, for which drawing takes 0.6 GB; a browser opens them at once."""
NAMES = 300
"""Names that claim most: the articles are those in which these are."""
LEAST = 15
"""Entities that an article counts as having more than it has: those of an article of half a page."""
TIED = ("#entity-", "#claim-", "#role-")
"""What of an article other graphs say something of: who it is, how it stands to others."""


class Part(NamedTuple):
    """What is drawn of a graph, out of how many of its articles where it is not all, and around which name or IRI."""

    graph: KnowledgeGraph
    focus: str | None = None
    articles: int = 0
    of: int = 0


def part_of(graph: KnowledgeGraph, *, focus: str | None = None, most: float = MOST) -> Part:
    """The whole graph where it has at most `most` quads, else articles with about as many, those first in which most meets.

    Around a focus the articles are those that it is in.

    Raises:
        UsageError: the graph is too large and nothing in it is called so.

    """
    if len(graph.store) <= most:
        return Part(graph, focus)
    entity = entity_of(graph, focus) if focus else None
    within = articles_with(graph, entity) if entity else None
    taken, part = 0, ox.Store()
    for article in _central(graph, within):
        part.extend(_quads(graph.store, article))
        taken += 1
        if len(part) >= most:
            break
    for decided in (name for name in graph.store.named_graphs() if name.value.endswith(CURATION)):
        part.extend(graph.store.quads_for_pattern(None, None, None, decided))
    of = len(within) if within is not None else _number_of_articles(graph)
    return Part(KnowledgeGraph(part), entity, taken, of)


def entity_of(graph: KnowledgeGraph, focus: str) -> str:
    """The entity of all articles, or the topic, that has this IRI or name.

    Raises:
        UsageError: nothing is called so.

    """
    if ":" in focus and " " not in focus:
        try:
            node = ox.NamedNode(focus)
        except ValueError:
            node = None
        if node and next(graph.store.quads_for_pattern(node, None, None, None), None):
            return _canonical(graph.store, node) or focus
    words = literal(focus.strip())
    named = [*graph.rows(called(words))]
    if not named:
        labels = [label.value for (label,) in graph.rows(alike(words))]
        advice = f"; there is {', '.join(labels)}" if labels else ""
        raise UsageError(focus, f"no actor, place or topic of this graph is called so{advice}")
    return str(named[0][0].value)


def articles_with(graph: KnowledgeGraph, entity: str) -> set[str]:
    """The articles that an entity or a topic is in.

    Raises:
        UsageError: it is in none.

    """
    question = f"SELECT ?x {{ {{ ?x cg:canonical <{entity}> }} UNION {{ ?x schema:about <{entity}> }} UNION {{ BIND(<{entity}> AS ?x) }} }}"
    found = {_article(thing.value) for (thing,) in graph.rows(question) if "#" in thing.value}
    if not found:
        raise UsageError(entity, "is no actor, place or topic of an article")
    return found


def _central(graph: KnowledgeGraph, within: set[str] | None) -> Iterator[str]:
    """The articles, of these alone where some are given, in the order of what each adds; then all others."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for member, entity in graph.rows(_members(graph)):
        names[_article(member.value)].add(entity.value)
    meetings: defaultdict[str, int] = defaultdict(int)
    for ends in graph.rows("SELECT ?from ?to { ?r a cg:ClaimRelation ; cg:from ?from ; cg:to ?to }"):
        articles = {_article(end.value) for end in ends}
        for article in articles if len(articles) > 1 else ():
            meetings[article] += 1
    kept = names.keys() if within is None else names.keys() & within
    yield from gaining({article: names[article] for article in kept}, meetings, _sizes(graph))
    others = (
        within
        if within is not None
        else {str(iri.value) for (iri,) in graph.rows("SELECT ?a { ?a a schema:NewsArticle }")}
    )
    yield from sorted(others - kept)


def _sizes(graph: KnowledgeGraph) -> Counter[str]:
    """How long each article is, in entities; a short one counts as one of some length, or notes of a line would come first."""
    sizes = Counter(
        _article(member.value) for (member,) in graph.rows("SELECT ?member { ?member cg:canonical ?entity }")
    )
    return Counter({article: LEAST + size for article, size in sizes.items()})


def _members(graph: KnowledgeGraph) -> str:
    """The query for what the names that claim most are in single articles."""
    often = f"""SELECT ?entity (COUNT(*) AS ?often) {{ ?claim cg:claimant ?who . ?who cg:canonical ?entity }}
        GROUP BY ?entity ORDER BY DESC(?often) ?entity LIMIT {NAMES}"""
    found = " ".join(str(entity) for entity, _ in graph.rows(often))
    return f"SELECT ?member ?entity {{ VALUES ?entity {{ {found} }} ?member cg:canonical ?entity }}"


def _number_of_articles(graph: KnowledgeGraph) -> int:
    [(number,)] = graph.rows("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a schema:NewsArticle }")
    return int(number.value)


def _article(iri: str) -> str:
    """The article that something is of: the part before the fragment."""
    return iri.partition("#")[0]


def _canonical(store: ox.Store, node: ox.NamedNode) -> str:
    """What an entity of one article is in all; nothing of another thing."""
    found = next(store.quads_for_pattern(node, ox.NamedNode(full("cg:canonical")), None, None), None)
    return found.object.value if found and isinstance(found.object, ox.NamedNode) else ""


def _quads(store: ox.Store, article: str) -> Iterator[ox.Quad]:
    """The graph of an article, and what the others say of what is in it."""
    graph = ox.NamedNode(f"{article}/graph")
    own = list(store.quads_for_pattern(None, None, None, graph))
    yield from own
    for node in _tied(own):
        yield from (quad for quad in _beside(store, node) if quad.graph_name != graph)


def _tied(quads: Iterable[ox.Quad]) -> Iterator[Any]:
    """The subjects of which other graphs say something, each once."""
    yield from dict.fromkeys(q.subject for q in quads if any(part in str(q.subject) for part in TIED))


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
