"""/network: the network page of the whole graph, or with ?focus= of what surrounds a name or an IRI.

A worker draws it, under the time and memory of a query; it is kept until the store changes.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.responses import Response

from claimgraph.page import policy
from claimgraph.server.answers import Problem, ask
from claimgraph.server.frames import Job
from claimgraph.server.gather import read

if TYPE_CHECKING:
    from starlette.requests import Request

    from claimgraph.server.pages import Site

KEPT = 16
"""Pages that are kept, each about a megabyte."""
LONGEST = 500
"""Characters of a focus."""


class NetworkPage:
    """The pages of one store."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._kept: OrderedDict[tuple[int, str], bytes] = OrderedDict()

    async def __call__(self, request: Request) -> Response:
        """The page.

        Raises:
            Problem: nothing is called so, or it takes too long.

        """
        focus = request.query_params.get("focus", "")
        if len(focus) > LONGEST:
            raise Problem(400, f"a focus has at most {LONGEST} characters")
        focus = focus.strip()
        key = (self.site.generation(), focus)
        body = self._kept.get(key) or read(await ask(self.site.pool, Job("", focus=focus), request.receive))
        self._keep(key, body)
        headers = {"content-security-policy": f"{policy()}; frame-ancestors 'none'", "cache-control": "no-cache"}
        return Response(body, media_type="text/html", headers=headers)

    def _keep(self, key: tuple[int, str], body: bytes) -> None:
        """Nothing; the page is kept, those of earlier states and the least asked for are not."""
        for old in [k for k in self._kept if k[0] != key[0]]:
            del self._kept[old]
        self._kept[key] = body
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
