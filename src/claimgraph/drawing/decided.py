"""What of a network people have decided about: who did what when, for each node and relation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claimgraph.drawing.things import code, first

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from claimgraph.drawing.things import Things


def mark_decided(built: nx.MultiDiGraph, things: Things) -> None:
    """Nothing; nodes and relations that somebody has decided about have `curated`: a line for each decision, in time."""
    told = decisions(things)
    for iri in sorted(told.keys() & built.nodes):
        built.nodes[iri]["curated"] = told[iri]
    for _, _, attributes in built.edges(data=True):
        if attributes.get("iri") in told:
            attributes["curated"] = told[attributes["iri"]]


def decisions(things: Things) -> dict[str, tuple[str, ...]]:
    """By claim, event, entity or relation, what people have decided about it or a part of it.

    A line is such as "speaker confirmed by Ada Roos on 2026-01-31".
    """
    holders = _holders(things)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for properties in things.of("cg:Decision").values():
        day = first(properties, "prov:generatedAtTime")
        who = things.label(first(properties, "prov:wasAttributedTo"))
        line = f"{first(properties, 'cg:itemKind')} {code(properties, 'cg:verdict')} by {who} on {day[:10]}"
        for about in properties["cg:decides"]:
            for iri in holders.get(about) or _nodes(things, about):
                found[iri].add((day, line))
    return {iri: tuple(line for _, line in sorted(lines)) for iri, lines in found.items()}


def _nodes(things: Things, about: str) -> Iterator[str]:
    """The nodes and relations that show what a decision is about: of a mention or a link whose it is."""
    known = things.of_one(about)
    for local in known["itsrdf:taIdentRef"]:
        yield things.entity(local)
    if "cg:IdentityLink" in known["rdf:type"]:
        yield from known["cg:to"]
    elif "cg:HappeningLink" in known["rdf:type"]:
        yield from known["cg:from"] | known["cg:to"]
    elif known["dcterms:references"]:
        yield from known["dcterms:references"]
    elif not known["itsrdf:taIdentRef"]:
        yield about


def _holders(things: Things) -> dict[str, list[str]]:
    """Figure to the claims and events that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for iri, properties in things.of("cg:Claim", "sem:Event").items():
        for figure in properties["cg:quantity"]:
            found[figure].append(iri)
    return found
