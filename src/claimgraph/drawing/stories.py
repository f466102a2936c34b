"""What a network draws once though copies and later versions say it again: claims with the places in all articles, events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claimgraph.drawing.things import Things, first

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from claimgraph.drawing.things import Properties

PARTS = ("cg:sourceSpan", "cg:cueSpan", "cg:contentSpan", "cg:sentence")
"""Where a claim stands."""
EDGES = {"prov:wasDerivedFrom": "copy_of", "prov:wasRevisionOf": "version_of"}


def derived(things: Things) -> dict[str, dict[str, str]]:
    """Of each article that is a copy or a later version, by IRI, the article that it is `copy_of` or `version_of`."""
    articles = things.of("schema:NewsArticle")
    return {
        iri: {EDGES[edge]: before}
        for iri, told in articles.items()
        for edge in EDGES
        for before in sorted(told[edge])
        if before in articles
    }


def once(things: Things) -> Things:
    """The things without claims that an article before has word for word, their places beside its own, and without events told again."""
    again = dict(_again(things))
    first_of = {claim: _first(claim, again) for claim in again}
    events = set(_events_again(things, first_of))
    left = {iri: told for iri, told in things.properties.items() if iri not in first_of and iri not in events}
    for claim, before in sorted(first_of.items()):
        left[before] = _with_places(left[before], things.of_one(claim))
    return things._replace(properties=left, canonical=things.canonical | first_of)


def _again(things: Things) -> Iterator[tuple[str, str]]:
    """Each claim that says what a claim before says, and that claim."""
    claims = things.of("cg:Claim")
    for iri, told in claims.items():
        for before in sorted(told["prov:wasDerivedFrom"])[:1]:
            if before in claims:
                yield iri, before


def _first(claim: str, again: dict[str, str]) -> str:
    while claim in again:
        claim = again[claim]
    return claim


def _with_places(told: Properties, again: Properties) -> Properties:
    """The properties of a claim with the places where it stands again."""
    merged = defaultdict(set, told)
    for part in PARTS:
        merged[part] = told[part] | again[part]
    return merged


def _events_again(things: Things, first_of: dict[str, str]) -> Iterator[str]:
    """Events in claims that are told again, and those of a copy or version that are called as one of the article before."""
    before = {iri: target for iri, named in derived(things).items() for target in named.values()}
    events = things.of("sem:Event")
    called = {(iri.partition("#")[0], first(told, "rdfs:label")) for iri, told in events.items()}
    for iri, told in events.items():
        target = before.get(iri.partition("#")[0])
        if told["cg:reportedIn"] & first_of.keys() or (target, first(told, "rdfs:label")) in called:
            yield iri


def originals_first(built: nx.MultiDiGraph) -> None:
    """Nothing; the evidence of each claim begins with that of its own article."""
    for iri, attributes in built.nodes(data=True):
        if attributes["kind"] == "claim":
            own = iri.partition("#")[0]
            attributes["evidence"] = tuple(sorted(attributes["evidence"], key=lambda span: span.article != own))
