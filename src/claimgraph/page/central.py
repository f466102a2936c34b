"""Which nodes of a large network are seen first: whom it is about, and what is said and happens between them."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from claimgraph.drawing.choosing import gaining

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

NAMES = 0.4  # share of actors, places and topics; the story is in what joins them, so they are the smaller part
TOPICS = 0.05  # share of topics, the Media Topics among them: each is of many claims, and so many would hide who speaks
EVENTS = 0.3  # share of the statements that are events; claims join more names, so that few events would be left
FOUND = 0.1  # share of those that are there because what is shown speaks of them or is said by them
MEETINGS = ("contradicts", "responds-to", "corroborates", "restates", "differs-in-scope")
STATEMENTS = ("claim", "event")


def most_central(network: nx.MultiDiGraph, number: int) -> list[str]:
    """At most `number` nodes, sorted: the names with most claims and events, and the claims and events that join these.

    A name's links to claims and events count as often as the texts say so (degree centrality with weights). A claim or
    an event counts for each of these names that it joins, less for one that has others already, so that each is shown
    with some of its story; and for each claim that it contradicts, answers or supports. Of an event that is no more
    than somewhere nothing is told, so that it needs an actor among these names or two of them.
    """
    if len(network) <= number:
        return sorted(network)
    weights = _weights(network)
    ranked = sorted(network, key=lambda iri: (*(-weight for weight in weights[iri]), iri))
    hidden = set([iri for iri in ranked if network.nodes[iri]["kind"] == "topic"][int(TOPICS * number) :])
    ranked = [iri for iri in ranked if iri not in hidden]
    names = [iri for iri in ranked if not _is_statement(network, iri)]
    shown = set(names[: int(NAMES * number)])
    shown |= set(_telling(network, shown, number - len(shown) - int(FOUND * number)))
    shown = {iri for iri in shown if _neighbours(network, iri) & shown}
    joined = Counter(
        name for iri in shown if _is_statement(network, iri) for name in _neighbours(network, iri) - shown - hidden
    )
    shown |= set(
        sorted(joined, key=lambda iri: (-joined[iri], *(-weight for weight in weights[iri]), iri))[
            : number - len(shown)
        ]
    )
    return sorted(shown | set([iri for iri in ranked if iri not in shown][: number - len(shown)]))


def _weights(network: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    """How often the texts link each node to claims and events, and then to anything."""
    told: Counter[str] = Counter()
    for start, end, weight in network.edges(data="weight"):
        if _is_statement(network, start) or _is_statement(network, end):
            told[start] += weight
            told[end] += weight
    return {iri: (told[iri], weight) for iri, weight in network.degree(weight="weight")}


def _is_statement(network: nx.MultiDiGraph, iri: str) -> bool:
    return network.nodes[iri]["kind"] in STATEMENTS


def _neighbours(network: nx.MultiDiGraph, iri: str) -> set[str]:
    """What a node is linked to, in either direction."""
    return {*network.succ[iri], *network.pred[iri]} - {iri}


def _telling(network: nx.MultiDiGraph, names: set[str], number: int) -> list[str]:
    """The events that gain most, up to their share, then the claims."""
    joins = {iri: _neighbours(network, iri) & names for iri in network if _is_statement(network, iri)}
    events = {iri: joined for iri, joined in joins.items() if network.nodes[iri]["kind"] == "event"}
    acted = {iri: joined for iri, joined in events.items() if len(joined) > 1 or _has_actor(network, joined)}
    claims = {iri: joined for iri, joined in joins.items() if iri not in events}
    meets = _meetings(network)
    taken = _gaining(acted, meets, int(EVENTS * number))
    taken += _gaining(claims, meets, number - len(taken))
    return taken + _gaining({iri: acted[iri] for iri in acted.keys() - set(taken)}, meets, number - len(taken))


def _has_actor(network: nx.MultiDiGraph, names: Iterable[str]) -> bool:
    return any(network.nodes[iri]["kind"] not in ("place", "topic") for iri in names)


def _gaining(joins: Mapping[str, set[str]], meets: Mapping[str, int], number: int) -> list[str]:
    """The statements that gain most, one after the other."""
    return list(islice(gaining(joins, meets), number))


def _meetings(network: nx.MultiDiGraph) -> Counter[str]:
    """With how many claims each claim meets."""
    edges = network.edges(data="type")
    return Counter(end for start, last, kind in edges if kind in MEETINGS for end in (start, last))
