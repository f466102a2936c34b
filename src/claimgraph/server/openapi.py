"""The OpenAPI 3.1 description of the service: what is not SPARQL, and as much of SPARQL's protocol as it can say."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from claimgraph.server.negotiation import GRAPHS, ROWS
from claimgraph.server.network_page import LONGEST
from claimgraph.server.pages import FORMATS, LONGEST_NAME

if TYPE_CHECKING:
    from starlette.requests import Request

HTML, PLAIN = "text/html", "text/plain"
REASONS = {
    "400": "The request cannot be answered as it is; the text says why.",
    "403": "Refused: the service is read-only.",
    "404": "There is no such thing in this graph.",
    "406": "None of the accepted media types is offered.",
    "413": "The request is too long.",
    "415": "A query is posted as a form or as application/sparql-query.",
    "503": "Time, memory or workers did not suffice; Retry-After says when to try again.",
}
IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/._~-]+$"}
GRAPH_URIS = {"type": "array", "items": IRI, "maxItems": 20}


def _answers(media: tuple[str, ...], *statuses: str, problems: tuple[str, ...] = (PLAIN,)) -> dict[str, Any]:
    """The answers of an operation: 200 in these media types, else a reason."""
    refused = {code: {"description": REASONS[code], "content": {kind: {} for kind in problems}} for code in statuses}
    return {"200": {"description": "The answer.", "content": {kind: {} for kind in media}}} | refused


def _field(
    name: str, schema: dict[str, Any], about: str, *, required: bool = False, at: str = "query"
) -> dict[str, Any]:
    return {"name": name, "in": at, "required": required, "description": about, "schema": schema}


FORMAT = _field("format", {"type": "string", "enum": list(FORMATS)}, "The format, whatever Accept says.")
QUERY = {"type": "string", "minLength": 1}
SEEN = (HTML, *GRAPHS)
DATASET = [
    _field("default-graph-uri", GRAPH_URIS, "Graphs whose union is the default graph (SPARQL 1.1 Protocol, 2.1.4)."),
    _field("named-graph-uri", GRAPH_URIS, "Named graphs of the query."),
]
FORM = {
    "type": "object",
    "properties": {"query": QUERY, "default-graph-uri": GRAPH_URIS, "named-graph-uri": GRAPH_URIS},
    "required": ["query"],
    "additionalProperties": False,
}
BOTH = (HTML, PLAIN)
PATHS: dict[str, Any] = {
    "/": {"get": {"operationId": "home", "summary": "The query page; a program is sent to /sparql.", "responses": {
        "200": {"description": "The query page.", "content": {HTML: {}}}, "307": {"description": "To /sparql."},
        "503": {"description": REASONS["503"], "content": {HTML: {}, PLAIN: {}}}}}},
    "/sparql": {
        "get": {"operationId": "query", "summary": "A query, or without one the service description; for a browser the query page.",
            "parameters": [_field("query", QUERY, "A SPARQL 1.1 query."), *DATASET],
            "responses": _answers((*ROWS, *GRAPHS, HTML), "400", "403", "406", "503", problems=BOTH)},
        "post": {"operationId": "query-by-post", "summary": "A query as a form or as the body.",
            "requestBody": {"required": True, "content": {
                "application/x-www-form-urlencoded": {"schema": FORM}, "application/sparql-query": {"schema": QUERY}}},
            "responses": _answers((*ROWS, *GRAPHS), "400", "403", "406", "413", "415", "503")},
    },
    "/graphs": {"get": {"operationId": "graph", "summary": "One graph (Graph Store Protocol, 5.2); ?default instead of ?graph= is all.",
        "parameters": [_field("graph", IRI, "The name of the graph.", required=True)],
        "responses": _answers(tuple(GRAPHS), "400", "404", "406", "503")}},
    "/id/{document}": {"get": {"operationId": "thing", "summary": "What the graph says of one of its things: a page, or data.",
        "parameters": [
            _field("document", {"type": "string", "pattern": "^[a-z]+/[A-Za-z0-9-]+$"}, "The IRI after the base of the graph.", required=True, at="path"),
            _field("part", {"type": "string", "pattern": "^[A-Za-z0-9=,-]+$"}, "The IRI after its #: a claim, event, figure, time, role or span."),
            FORMAT],
        "responses": _answers(SEEN, "400", "404", "406", "503", problems=BOTH) | {"303": {"description": "To the actor of all articles."}}}},
    "/id": {"get": {"operationId": "thing-by-iri", "summary": "The same by the whole IRI.",
        "parameters": [_field("iri", IRI, "The IRI of the thing.", required=True), FORMAT],
        "responses": _answers(SEEN, "400", "404", "406", "503", problems=BOTH) | {"303": {"description": "To its page under /id/."}}}},
    "/find": {"get": {"operationId": "find", "summary": "Articles, actors, places and topics by a part of their name; without one the articles.",
        "parameters": [_field("name", {"type": "string", "maxLength": LONGEST_NAME}, "A part of the name, in any case.")],
        "responses": _answers((HTML,), "400", "503", problems=BOTH)}},
    "/network": {"get": {"operationId": "network", "summary": "The network page of the whole graph, or of what surrounds a name.",
        "parameters": [_field("focus", {"type": "string", "maxLength": LONGEST}, "A name or an IRI of an actor, place or topic.")],
        "responses": _answers((HTML,), "400", "404", "503", problems=BOTH)}},
    "/openapi.json": {"get": {"operationId": "description", "summary": "This description.", "responses": {
        "200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object", "required": ["openapi", "info", "paths"]}}}}}}},
}  # fmt: skip


def description(number: str) -> dict[str, Any]:
    """The document."""
    told = "SPARQL 1.1 Protocol, Graph Store Protocol (read) and pages of one graph of news claims. Read-only, no authentication."
    info = {"title": "claimgraph", "version": number, "description": told, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}  # fmt: skip
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "/"}], "paths": PATHS}


async def openapi_json(_: Request) -> JSONResponse:
    """The document, served."""
    return JSONResponse(description(version("claimgraph")), headers={"cache-control": "no-cache"})
