"""The read side of the SPARQL 1.1 Graph Store Protocol: /graphs?default and /graphs?graph=IRI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from claimgraph.server.answers import Answer, Gone, Problem, answer
from claimgraph.server.frames import Job
from claimgraph.server.negotiation import GRAPHS, negotiate

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from claimgraph.server.workers import Pool

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
"""An IRI that needs no base (RFC 3987, 2.2), as far as it can stand between < and >."""


class GraphStore:
    """The endpoint /graphs. The default graph is the union of all, as it is for queries."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing; the request is answered, unless who asked is gone."""
        try:
            response = await self._respond(scope, receive)
        except Problem as problem:
            await problem.response()(scope, receive, send)
        except Gone:
            return
        else:
            await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] not in ("GET", "HEAD"):
            raise Problem(405, "this service is read-only: GET and HEAD are allowed here", allow="GET, HEAD")
        name = _graph_name(scope["query_string"])
        accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        media = negotiate(accept, tuple(GRAPHS))
        if not media:
            raise Problem(406, f"none of the accepted media types is offered; these are: {', '.join(GRAPHS)}")
        return await answer(self.pool, Job("", "", GRAPHS[media], graph_name=name), receive, graph=media)


def _graph_name(query_string: bytes) -> str | None:
    """The IRI of the graph that is asked for; None for the default graph."""
    try:
        fields = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        raise Problem(400, "the parameters cannot be read") from None
    graphs = [value for name, value in fields if name == "graph"]
    if ("default", "") in fields and not graphs:
        return None
    if len(graphs) != 1 or len(fields) != 1:
        raise Problem(400, "one graph is asked for: ?default or ?graph=IRI")
    if not ABSOLUTE.fullmatch(graphs[0]):
        raise Problem(400, f"{graphs[0]}: is no absolute IRI")
    return graphs[0]
