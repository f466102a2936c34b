"""A Graph Store on loopback that keeps its graphs in memory, notes each request, and fails when a test wants it to."""

from __future__ import annotations

import base64
import re
import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNTRUSTED = Path(__file__).parent / "untrusted.pem"
USER, PASSWORD, TOKEN = "ada", "s3cret pass:word/é", "t0ken-of-ada"


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    graph: str
    authorization: str


class Answer(NamedTuple):
    """What a test lets the store say instead of doing what it is asked."""

    status: int
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    reason: str | None = None


class SmallStore(ThreadingHTTPServer):
    """`answers` are said first, one a request; None lets a request through.

    "drop" closes the connection, "lose the answer" does so after doing what was asked.
    """

    daemon_threads = True

    def __init__(self, *, wants: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.graphs: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        self.answers: list[Answer | str | None] = []
        self.wants = wants
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/store"

    def changes(self) -> list[tuple[str, str]]:
        """What was done to the graphs, without the list."""
        return [(a.method, a.graph) for a in self.asked if a.method != "GET" and not a.graph.endswith("/published")]

    def grants(self, authorization: str) -> bool:
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        right = {"": "", "Basic": f"Basic {pair}", "Bearer": f"Bearer {TOKEN}"}.get(self.wants)
        if self.wants == "Digest":
            return bool(re.match(rf'Digest username="{USER}", .*response="[0-9a-f]{{64}}"', authorization))
        return right in {"", authorization}


class Handler(BaseHTTPRequestHandler):
    server: SmallStore
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        graph = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
        self.server.asked.append(Asked(self.command, graph, self.headers.get("Authorization", "")))
        told = self.server.answers.pop(0) if self.server.answers else None
        if isinstance(told, str):
            self.close_connection = True
            if told == "lose the answer":
                self.done(graph, body)
        elif told is not None:
            self.say(told)
        elif not self.server.grants(self.headers.get("Authorization", "")):
            self.say(
                Answer(
                    401,
                    {"WWW-Authenticate": f'{self.server.wants} realm="x", nonce="1", algorithm=SHA-256, qop="auth"'},
                )
            )
        else:
            self.say(self.done(graph, body))

    do_GET = do_PUT = do_DELETE = handle_any  # noqa: N815 - the names that http.server calls

    def done(self, graph: str, body: bytes) -> Answer:
        known = graph in self.server.graphs
        if self.command == "PUT":
            self.server.graphs[graph] = body
            return Answer(204 if known else 201)
        if not known:
            return Answer(404)
        if self.command == "DELETE":
            del self.server.graphs[graph]
            return Answer(204)
        return Answer(200, {"Content-Type": "text/turtle"}, self.server.graphs[graph])

    def say(self, told: Answer) -> None:
        self.send_response(told.status, told.reason)
        for key, value in {
            **told.headers,
            **({} if told.status == 204 else {"Content-Length": str(len(told.body))}),
        }.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(told.body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@contextmanager
def small_store(*, wants: str = "", tls: bool = False) -> Iterator[SmallStore]:
    """A running store, always stopped."""
    server = SmallStore(wants=wants)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(UNTRUSTED)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
