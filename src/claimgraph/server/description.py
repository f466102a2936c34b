"""The SPARQL 1.1 Service Description of the endpoint, as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from starlette.responses import Response

from claimgraph.server.answers import Problem
from claimgraph.server.negotiation import GRAPHS, ROWS, content_type, negotiate
from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

SD, FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
FORMAT_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "TriG",
)
SYNTAXES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
}


async def describe(scope: Scope, receive: Receive, send: Send) -> None:
    """Nothing; the description is sent in the format that the request accepts."""
    headers = dict(scope["headers"])
    media = negotiate(headers.get(b"accept", b"").decode("latin-1"), tuple(GRAPHS))
    if not media:
        problem = Problem(
            406, f"the description is offered as {', '.join(GRAPHS)}; a query as ?query= answers {', '.join(ROWS)}"
        )
        await problem.response()(scope, receive, send)
        return
    endpoint = f"{scope['scheme']}://{headers[b'host'].decode('latin-1')}{scope.get('root_path', '')}/sparql"
    body = ox.serialize(_triples(endpoint), format=SYNTAXES[media], prefixes={**PREFIXES, "sd": SD, "formats": FORMATS})
    response = Response(cast("bytes", body), headers={"content-type": content_type(media), "vary": "accept"})
    await response(scope, receive, send)


def _triples(endpoint: str) -> Iterator[ox.Triple]:
    """What this service is and can: SPARQL 1.1 Service Description, 3."""
    service, dataset, graph = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("default")
    a = ox.NamedNode(full("rdf:type"))

    yield ox.Triple(service, a, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in FORMAT_NAMES:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, a, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    """The term of the service description's vocabulary."""
    return ox.NamedNode(SD + name)
