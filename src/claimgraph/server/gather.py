"""What a page tells, asked of the workers: the statements about one thing and its surroundings, as `things` has them.

Each page is a few queries with a bound on their answers, however large the graph is; no query has words of a request
in it but as a term that Oxigraph wrote.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from claimgraph.drawing.finding import literal
from claimgraph.drawing.things import Evidence, Things, prefixed
from claimgraph.server.answers import ask
from claimgraph.server.frames import Job
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive

    from claimgraph.drawing.things import Properties
    from claimgraph.server.frames import Reply
    from claimgraph.server.workers import Pool

MOST = 200
"""Claims, events and roles of each kind that a page about one thing shows; the page says so where there are more."""
AT_ONCE = 2000
"""Things that are asked about in one query."""
ROUNDS = 4
"""Steps from a claim or an event to the last thing that a page names: event, participation, participant, entity."""
FOLLOWED = frozenset(
    {
        *("cg:claimant", "cg:canonical", "cg:participation", "cg:participant", "cg:holder", "cg:roleOf", "cg:inside"),
        *("cg:from", "cg:to", "cg:stanceTarget", "sem:hasTime", "sem:hasPlace", "time:hasBeginning"),
        *("schema:appearance", "schema:containedInPlace", "schema:author", "cg:reportedIn"),
    }
)
PARTS = {
    "said": "?thing cg:claimant ?me",
    "about": "?thing schema:about ?me",
    "event": "?thing cg:participation/cg:participant ?me",
    "here": "?thing sem:hasPlace ?me",
    "holds": "?thing cg:holder ?me",
    "held": "?thing cg:roleOf ?me",
    "within": "?thing schema:containedInPlace ?me",
    "linked": "?thing cg:from|cg:to ?me",
}
"""How the things of a page about an actor, a place or a topic are tied to it."""


DECIDED = """CONSTRUCT { ?d ?p ?o . ?who rdfs:label ?name }
    { %s ?d cg:decides ?thing ; ?p ?o ; prov:wasAttributedTo ?who . ?who rdfs:label ?name }"""
"""The query for decisions; what of them are about which things stands before."""


class Gathered(NamedTuple):
    """Things, and what of a page's parts is more than is shown: their names."""

    things: Things
    parts: dict[str, list[str]]
    more: frozenset[str] = frozenset()


class Asking:
    """The queries of one request; who asks may go away meanwhile (answers.Gone)."""

    def __init__(self, pool: Pool, receive: Receive) -> None:
        self.pool, self.receive = pool, receive

    async def rows(self, query: str) -> list[dict[str, str]]:
        """The values of a SELECT's rows by the names of their columns."""
        answer = json.loads(read(await ask(self.pool, Job(query, rows="json"), self.receive)))
        return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]

    async def triples(self, query: str) -> list[ox.Triple]:
        """The answer to a CONSTRUCT."""
        data = read(await ask(self.pool, Job(query, graph="nt"), self.receive))
        return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]

    async def classes(self, iri: str) -> set[str]:
        """The classes of a thing under prefixed names; `rdfs:Resource` alone where the graph says anything else of it."""
        query = f"SELECT ?class {{ {term(iri)} a ?class }}"
        found = {prefixed(row["class"]) for row in await self.rows(query)}
        if found or not await self.rows(
            f"SELECT ?p {{ {{ {term(iri)} ?p ?o }} UNION {{ ?s ?p {term(iri)} }} }} LIMIT 1"
        ):
            return found
        return {"rdfs:Resource"}

    async def article(self, article: str) -> Gathered:
        """All of one article, who its actors are in the whole graph, and how its claims stand to others."""
        graph, me = term(f"{article}/graph"), term(article)
        told = await self.triples(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        identity = """CONSTRUCT { ?s cg:canonical ?e . ?e rdfs:label ?name ; a ?class }
            { GRAPH %s { ?s rdfs:label ?x } ?s cg:canonical ?e . ?e rdfs:label ?name ; a ?class }"""
        told += await self.triples(identity % graph)
        told += await self.triples(DERIVED % {"me": me})
        related = (
            f"SELECT DISTINCT ?thing {{ ?c schema:appearance {me} . ?thing cg:from|cg:to ?c ; a cg:ClaimRelation }}"
        )
        relations = [row["thing"] for row in await self.rows(f"{related} LIMIT {MOST}")]
        known = {_value(triple.subject) for triple in told}
        told += await self._around(relations, known)
        told += await self.triples(DECIDED % f"FILTER(STRSTARTS(STR(?thing), {literal(f'{article}#')}))")
        return Gathered(to_things(told), {"relations": relations})

    async def thing(self, iri: str) -> Gathered:
        """What the graph says of an actor, a place, a topic or anything else, and whatever leads to it."""
        me = f"?me cg:canonical? {term(iri)}" if _is_node(iri) else f"VALUES ?me {{ {term(iri)} }}"
        parts: dict[str, list[str]] = {}
        asked = [
            f'{{ SELECT DISTINCT ("{name}" AS ?part) ?thing {{ {me} . {pattern} }} LIMIT {MOST + 1} }}'
            for name, pattern in PARTS.items()
        ]
        for row in await self.rows(f"SELECT ?part ?thing {{ {' UNION '.join(asked)} }}"):
            parts.setdefault(row["part"], []).append(row["thing"])
        more = frozenset(name for name, found in parts.items() if len(found) > MOST)
        shown = {name: sorted(found[:MOST]) for name, found in parts.items()}
        seeds = {iri, *(thing for found in shown.values() for thing in found)}
        seeds |= {seed.partition("#")[0] for seed in seeds}
        members = await self.rows(f"SELECT ?me {{ {me} }} LIMIT {MOST}")
        told = await self._around([*seeds, *(row["me"] for row in members)], set())
        return Gathered(to_things(told), shown, more)

    async def _around(self, seeds: Iterable[str], known: set[str]) -> list[ox.Triple]:
        """The statements about the seeds and about what they lead to."""
        told: list[ox.Triple] = []
        asked = sorted({*seeds} - known)
        for _ in range(ROUNDS):
            found = [t for i in range(0, len(asked), AT_ONCE) for t in await self._about(asked[i : i + AT_ONCE])]
            told += found
            known |= {*asked}
            asked = sorted({
                t.object.value
                for t in found
                if isinstance(t.object, ox.NamedNode) and prefixed(t.predicate.value) in FOLLOWED
            } - known)  # fmt: skip
        return told

    async def _about(self, iris: list[str]) -> list[ox.Triple]:
        values = " ".join(term(iri) for iri in iris)
        told = await self.triples(
            f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ {values} }} ?s ?p ?o FILTER(?p != nif:isString) }}"
        )
        return told + await self.triples(DECIDED % f"VALUES ?thing {{ {values} }}")


def _is_node(iri: str) -> bool:
    """Whether an IRI is that of a thing of all articles, which those of single articles may be."""
    return "#" not in iri


def read(reply: Reply) -> bytes:
    """The bytes of a worker's answer."""
    if reply.file is None:
        return reply.body
    with os.fdopen(reply.file, "rb") as file:
        return os.pread(file.fileno(), reply.length, 0)


def term(iri: str) -> str:
    """The IRI as SPARQL has it.

    Raises:
        ValueError: it is no absolute IRI.

    >>> term("https://example.org/a")
    '<https://example.org/a>'
    """
    return str(ox.NamedNode(iri))


def to_things(triples: Iterable[ox.Triple]) -> Things:
    """The triples as `things` has them."""
    properties: dict[str, Properties] = {}
    for triple in triples:
        name, value = prefixed(triple.predicate.value), _value(triple.object)
        known = prefixed(value) if name == "rdf:type" else value
        properties.setdefault(_value(triple.subject), defaultdict(set))[name].add(known)
    spans = {iri: _span(iri, told) for iri, told in properties.items() if told["nif:beginIndex"] and "#" in iri}
    return Things(
        properties, spans, {i: min(told["cg:canonical"]) for i, told in properties.items() if told["cg:canonical"]}
    )


def _value(node: Any) -> str:
    return str(getattr(node, "value", node))


def _span(iri: str, told: Properties) -> Evidence:
    begin, end = (int(min(told[name], default="0")) for name in ("nif:beginIndex", "nif:endIndex"))
    return Evidence("span", iri.partition("#")[0], begin, end, min(told["nif:anchorOf"], default=None))


DERIVED = """CONSTRUCT { ?a ?p ?b . ?a rdfs:label ?name . ?b rdfs:label ?other } {
    VALUES ?p { prov:wasDerivedFrom prov:wasRevisionOf }
    { VALUES ?a { %(me)s } ?a ?p ?b } UNION { VALUES ?b { %(me)s } ?a ?p ?b }
    ?a rdfs:label ?name . ?b rdfs:label ?other }"""
"""What an article derives from, and what derives from it."""
RDF_OF_ARTICLE = "CONSTRUCT { ?s ?p ?o } { GRAPH %s { ?s ?p ?o } }"
RDF_OF_THING = """CONSTRUCT { ?s ?p ?o } { { VALUES ?s { %(me)s } ?s ?p ?o } UNION { ?s cg:decides %(me)s ; ?p ?o } UNION
    { SELECT ?s ?p ?o { VALUES ?o { %(me)s } ?s ?p ?o } LIMIT 5000 } }"""


def rdf_query(iri: str, *, article: bool) -> str:
    """The query for what the graph says of a thing: for an article all its graph, else what has it at one end, and what people decided about it."""
    return RDF_OF_ARTICLE % term(f"{iri}/graph") if article else RDF_OF_THING % {"me": term(iri)}


BASE_QUERY = f"SELECT ?base {{ ?dataset a <{full('dcat:Dataset')}> ; void:uriSpace ?base }} ORDER BY ?base LIMIT 1"
