"""The SPARQL service of one graph: SPARQL 1.1 Protocol, Graph Store Protocol (read side), read-only.

app.py holds the whole application; protocol.py and graphs.py speak HTTP; workers.py keeps the processes that worker.py
is, each with the store open; refusals.py reads a query before Oxigraph does; guard.py is what every answer passes through.
front.py, plain.py and lent.py answer plain queries sooner, and otherwise as the application does (docs/service.md).

Nothing is imported here: a worker process is a module of this package, and needs neither Starlette nor rdflib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.applications import Starlette

    from claimgraph.server.limits import Limits


def create_app(
    folder: str | Path,
    *,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> Starlette:
    """The service of the graph in `folder`, for any ASGI server (its lifespan starts and stops the worker processes).

    `hosts` are further names that a request may give as its Host, `origins` the web pages that may read the answers.
    """
    from claimgraph.server.app import create_app as create  # noqa: PLC0415 - see above

    return create(folder, limits=limits, hosts=hosts, origins=origins)


def serve(
    folder: str | Path,
    *,
    host: str,
    port: int,
    limits: Limits,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> None:
    """Nothing, after the service was stopped by a signal.

    Raises:
        SurroundingsError: there is no graph, or the port is in use.

    """
    from claimgraph.server.run import serve as run  # noqa: PLC0415 - see above

    run(folder, host=host, port=port, limits=limits, hosts=hosts, origins=origins)
