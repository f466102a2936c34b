"""The routes for people, beside those of machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from claimgraph.server.answers import Gone, Problem
from claimgraph.server.negotiation import GRAPHS, ROWS
from claimgraph.server.network_page import NetworkPage
from claimgraph.server.openapi import openapi_json
from claimgraph.server.pages import Site
from claimgraph.server.rendering import ASSETS, palette_css, problem_page, wants_html

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from claimgraph.server.workers import Pool


def routes(pool: Pool, store: Path, *, home: ASGIApp, sparql: ASGIApp) -> list[BaseRoute]:
    """The routes of all that a browser is shown; `home` and `sparql` answer machines at these addresses."""
    site = Site(pool, store)
    return [
        Route("/", ForPeople(site, home, *ROWS, *GRAPHS), methods=["GET"]),
        Route("/sparql", ForPeople(site, sparql, *ROWS, *GRAPHS)),
        Route("/id", answered(site.by_iri)),
        Route("/id/{document:path}", answered(site.thing)),
        Route("/find", answered(site.find)),
        Route("/network", answered(NetworkPage(site))),
        Route("/openapi.json", openapi_json),
        Route("/palette.css", palette_css),
        Mount("/assets", Files(directory=ASSETS / "static")),
    ]


PACKED = {path.name.removesuffix(".gz") for path in (ASSETS / "static").glob("*.gz")}
"""Files that are kept as NAME.gz: a third of the bytes, here and on the way."""


class Files(StaticFiles):
    """Files as they lie there; those of PACKED as gzip, which every browser unpacks, under their own name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, its absence, or that it has not changed."""
        response = await super().get_response(f"{path}.gz" if path in PACKED else path, scope)
        if path in PACKED:
            response.headers["content-encoding"] = "gzip"
        return response


class ForPeople:
    """An endpoint of machines that answers a browser with the query page."""

    def __init__(self, site: Site, machine: ASGIApp, *others: str) -> None:
        self.site, self.machine, self.others = site, machine, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing; the request is answered."""
        if not wants_html(scope, *self.others):
            await self.machine(scope, receive, send)
            return
        try:
            answer = await self.site.query_page(scope, receive)
        except Problem as problem:
            answer = problem_page(problem, scope)
        except Gone:
            return
        await answer(scope, receive, send)


def answered(handler: Callable[[Request], Awaitable[ASGIApp]]) -> Callable[[Request], Awaitable[Response]]:
    """The handler with its problems as answers: a page for people, a sentence for machines."""

    async def respond(request: Request) -> Response:
        """The answer."""
        try:
            return await handler(request)  # type: ignore[return-value]
        except Problem as problem:
            html = wants_html(request.scope, *GRAPHS, "text/plain")
            return problem_page(problem, request.scope) if html else problem.response()
        except Gone:
            return Response(status_code=499)

    return respond
