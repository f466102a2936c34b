"""The query operation of the SPARQL 1.1 Protocol: GET, a form, or the query itself as body; and the description."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from claimgraph.server.answers import Answer, Gone, Problem, answer, read_body
from claimgraph.server.frames import Job
from claimgraph.server.limits import MEGABYTE
from claimgraph.server.negotiation import GRAPHS, ROWS, negotiate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from claimgraph.server.workers import Pool

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
DATASET = ("default-graph-uri", "named-graph-uri")
ALL_ROWS, ALL_GRAPHS = tuple(ROWS), tuple(GRAPHS)
FIELDS = 1000
"""Parameters that a request may have: a dataset of more graphs is one for FROM."""
READ_ONLY = "this service is read-only: updates are refused"


class Sparql:
    """The endpoint /sparql; `about` answers a GET without a query (SPARQL 1.1 Service Description, 2)."""

    def __init__(self, pool: Pool, about: ASGIApp) -> None:
        self.pool, self.about = pool, about

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing; the request is answered, unless who asked is gone."""
        try:
            response = await self._respond(scope, receive)
        except Problem as problem:
            response = problem.response()
        except Gone:
            return
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> ASGIApp:
        headers = dict(scope["headers"])
        fields = _fields(scope["query_string"])
        if scope["method"] in ("GET", "HEAD"):
            if not fields:
                return self.about
        elif scope["method"] == "POST":
            fields += await self._posted(headers.get(b"content-type", b"").decode("latin-1"), receive)
        else:
            raise Problem(405, "GET and POST are allowed here", allow="GET, HEAD, POST")
        base = f"{scope['scheme']}://{headers[b'host'].decode('latin-1')}/sparql"
        return await self._query(fields, headers.get(b"accept", b"").decode("latin-1"), base, receive)

    async def _query(self, fields: list[tuple[str, str]], accept: str, base: str, receive: Receive) -> Answer:
        rows, graph = negotiate(accept, ALL_ROWS), negotiate(accept, ALL_GRAPHS)
        query = _one_query(fields)
        if not rows and not graph:
            raise Problem(406, f"none of the accepted media types is offered; these are: {', '.join((*ROWS, *GRAPHS))}")
        default, named = (_values(fields, name) for name in DATASET)
        job = Job(query, ROWS.get(rows, ""), GRAPHS.get(graph, ""), default, named, base=base)
        return await answer(self.pool, job, receive, rows=rows, graph=graph)

    async def _posted(self, content_type: str, receive: Receive) -> list[tuple[str, str]]:
        """The fields of a form, or the query that the body is."""
        media, *parameters = (part.strip().lower() for part in content_type.split(";"))
        charset = next((p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
        if media == UPDATE:
            raise Problem(403, READ_ONLY)
        if media not in (FORM, QUERY) or charset not in ("utf-8", "utf8", "us-ascii"):
            raise Problem(415, f"a query is posted as {FORM} or as {QUERY}, in UTF-8", accept_post=f"{FORM}, {QUERY}")
        body = await read_body(receive, self.pool.limits.request * MEGABYTE)
        if media == FORM:
            return _fields(body)
        try:
            return [("query", body.decode("utf-8"))]
        except UnicodeDecodeError:
            raise Problem(400, "the query is not UTF-8") from None


def _fields(data: bytes) -> list[tuple[str, str]]:
    """Names and values of a query string or a form."""
    if not data:
        return []
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError as error:  # a wrong byte is one as well
        reason = "is not UTF-8" if isinstance(error, UnicodeError) else f"has more than {FIELDS} parameters"
        raise Problem(400, f"the request {reason}") from None


def _one_query(fields: Iterable[tuple[str, str]]) -> str:
    """The one query among the fields."""
    fields = list(fields)
    queries = [value for name, value in fields if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise Problem(403 if not queries else 400, READ_ONLY)
    if len(queries) != 1 or not queries[0].strip():
        raise Problem(400, f"one query is asked for, {len(queries)} are given" if queries else "no query is given")
    return queries[0]


def _values(fields: list[tuple[str, str]], wanted: str) -> list[str] | None:
    """The values of a parameter; None where it is not there."""
    return [value for name, value in fields if name == wanted] or None
