"""`claimgraph serve`: the application behind uvicorn, until a signal."""

from __future__ import annotations

import asyncio
import socket
import sys
from functools import partial
from typing import TYPE_CHECKING, cast

import uvicorn

from claimgraph.errors import SurroundingsError
from claimgraph.server.app import create_app
from claimgraph.server.front import Front
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from claimgraph.server.limits import Limits
    from claimgraph.server.workers import Pool

LOOPBACK = ("127.0.0.1", "localhost", "::1")
GRACE = 2
"""Seconds that running queries have after a signal, and their answers to be read as well."""
BACKLOG = 1024
CONNECTIONS = 500
"""Connections at once; more are answered 503. A process may have 1,024 open files where nobody says otherwise."""


class Server(uvicorn.Server):
    """uvicorn that says where it is when it is there, and ends queries that take longer than a stop may."""

    def __init__(self, config: uvicorn.Config, pool: Pool, told: str) -> None:
        super().__init__(config)
        self.pool, self.told = pool, told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Nothing; requests are answered from here on."""
        await super().startup(sockets)
        if self.started:
            print(self.told, file=sys.stderr, flush=True)  # noqa: T201 - the command's own line

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nothing; no connection is open, no worker lives."""
        asyncio.get_running_loop().call_later(GRACE, self.pool.close)
        await super().shutdown(sockets)


def serve(
    folder: str | Path,
    *,
    host: str,
    port: int,
    limits: Limits,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> None:
    """Nothing, after a signal.

    Raises:
        SurroundingsError: there is no graph, or nothing can listen there.

    """
    if KnowledgeGraph.open(folder).folder is None:
        raise SurroundingsError(folder, "holds no store")
    listening = _listen(host, port)
    own = f"[{host}]" if ":" in host else host
    app = create_app(folder, limits=limits, hosts=(own, *hosts), origins=origins)
    config = uvicorn.Config(
        app,
        http=cast("type[Front]", partial(Front, app.state.plain)),  # it is called as the class would be
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=2 * GRACE,
    )
    told = f"claimgraph: {folder} is served at http://{own}:{listening.getsockname()[1]}/sparql (read-only; Ctrl-C ends it)"
    if host not in LOOPBACK:
        told = f"claimgraph: {host} is reachable from other machines; read docs/threat-model.md\n{told}"
    Server(config, app.state.pool, told).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the address.

    It is told that it speaks TCP: only then does asyncio send small answers without waiting for an acknowledgement.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        reason = f"cannot be listened at ({error.strerror}); choose another --port or --host"
        raise SurroundingsError(f"{host}:{port}", reason) from None
    return listening
