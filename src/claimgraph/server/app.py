"""The application: what answers which path."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Route

from claimgraph.server.description import describe
from claimgraph.server.graphs import GraphStore
from claimgraph.server.guard import LOOPBACK, Guard, Rules
from claimgraph.server.limits import Limits
from claimgraph.server.plain import Plain
from claimgraph.server.protocol import Sparql
from claimgraph.server.routes import routes as pages
from claimgraph.server.workers import Pool
from claimgraph.store import STORE
from claimgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence


def create_app(
    folder: str | Path,
    *,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> Starlette:
    """The service of the graph in `folder`; `app.state` has its pool of workers and what reads plain queries for it."""
    limits = limits or Limits()
    pool = Pool(Path(folder) / STORE, limits, PREFIXES)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        """The time in which there are workers."""
        try:
            await pool.start()
            yield
        finally:
            await pool.stop()

    rules = Rules(hosts=(*LOOPBACK, *hosts), request=limits.request, shared=bool(origins))
    guard = Middleware(Guard, rules)
    cors = Middleware(
        CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["accept"]
    )
    app = Starlette(
        routes=[
            *pages(pool, Path(folder) / STORE, home=RedirectResponse("/sparql"), sparql=Sparql(pool, describe)),
            Route("/graphs", GraphStore(pool)),
        ],
        middleware=[guard, cors] if origins else [guard],
        lifespan=lifespan,
    )
    app.state.pool, app.state.plain = pool, Plain(pool, rules)
    return app
