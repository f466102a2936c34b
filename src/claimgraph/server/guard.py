"""What every request and answer passes through: the Host allow-list, the size of a request, and security headers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from claimgraph.server.answers import Gone, Problem, read_body
from claimgraph.server.limits import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
HEADERS = {
    b"content-security-policy": b"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer; one that the answer has already is left as it is (a page has its own policy)."""


class Rules:
    """What the head of a request must be, and what the head of every answer has."""

    def __init__(self, *, hosts: Sequence[str], request: int, shared: bool) -> None:
        self.request = request
        self.hosts = frozenset(host.lower() for host in hosts)
        self.headers = [(k, v) for k, v in HEADERS.items() if not shared or k != b"cross-origin-resource-policy"]

    def refusal(self, headers: Iterable[tuple[bytes, bytes]]) -> Problem | None:
        """What is wrong with the head of a request."""
        headers = [*headers]
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or _name(hosts[0].decode("latin-1")) not in self.hosts:
            return Problem(421, "this service is not known by that Host; --allow-host adds a name")
        length = next((value for name, value in headers if name == b"content-length"), b"0")
        if not length.isdigit() or int(length) > self.request * MEGABYTE:
            return Problem(413, f"the request is longer than {self.request} MB", connection="close")
        return None


class Guard:
    """The application behind the checks that need no parsing.

    The Host is checked against DNS rebinding: a page of another site whose name is made to point here would else be
    of our origin for the browser.
    """

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app, self.rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing; the request is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            """Nothing; the message is sent, a head with the headers of every answer."""
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in self.rules.headers if h[0] not in present)]
            await send(message)

        refusal = self.rules.refusal(scope["headers"])
        if refusal and refusal.status == 413:
            with suppress(Gone, Problem):
                await read_body(receive, self.rules.request * MEGABYTE)
        await (refusal.response() if refusal else self.app)(scope, receive, guarded)


def _name(host: str) -> str:
    """The Host without its port.

    >>> _name("[::1]:8000"), _name("LOCALHOST:8000"), _name("example.org")
    ('[::1]', 'localhost', 'example.org')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
