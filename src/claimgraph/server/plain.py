"""Queries that need no parser of HTTP: `GET /sparql?query=...` with few and usual headers, as clients in programs send it.

One expression takes a request that came whole; whatever it does not take is the parser's, whose answers are the same.
Heads repeat, so each is judged once, by the rules that every request is judged by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from claimgraph.server.negotiation import GRAPHS, ROWS, content_type, negotiate

if TYPE_CHECKING:
    from claimgraph.server.guard import Rules
    from claimgraph.server.workers import Pool

REQUEST = re.compile(
    rb"GET /sparql\?query=([\w.~!$'()*+,;=:@/?%-]+)"  # a query of RFC 3986, 3.4, that is one field
    rb"( HTTP/1\.1\r\n(?:(?i:host|accept|accept-encoding|accept-language|user-agent|connection): [\x20-\x7e]*\r\n)+\r\n)"
)
LONGEST_HEAD = 2000
"""Bytes beside the query: of longer heads none is kept."""
ALL_ROWS, ALL_GRAPHS = tuple(ROWS), tuple(GRAPHS)


class Head(NamedTuple):
    """What a head accepts, for rows and for a graph, and what relative IRIs of its query are resolved against."""

    rows: str
    graph: str
    base: str


class Plain:
    """The reader of plain requests of one service, and what an answer to them begins with."""

    def __init__(self, pool: Pool, rules: Rules) -> None:
        self.pool, self.rules = pool, rules
        self.head = lru_cache(maxsize=256)(self._head)
        self.begin = lru_cache(maxsize=16)(self._begin)

    def read(self, data: bytes) -> tuple[Head, str] | None:
        """What is asked; nothing where that is the parser's to find out."""
        found = REQUEST.fullmatch(data)
        head = self.head(found[2]) if found and len(found[2]) < LONGEST_HEAD else None
        query = decoded(found[1]) if found and head else ""
        return (head, query) if head and query else None

    def _head(self, raw: bytes) -> Head | None:
        lines = [line.partition(b": ") for line in raw.split(b"\r\n")[1:-2]]
        headers = [(name.lower(), value.strip()) for name, _, value in lines]
        named = dict(headers)
        if len(named) < len(headers) or named.get(b"connection", b"keep-alive").lower() != b"keep-alive":
            return None
        accept = named.get(b"accept", b"").decode("ascii")
        rows, graph = negotiate(accept, ALL_ROWS), negotiate(accept, ALL_GRAPHS)
        if self.rules.refusal(headers) or not (rows or graph):
            return None
        return Head(rows, graph, f"http://{named[b'host'].decode('ascii')}/sparql")

    def _begin(self, media: str) -> bytes:
        told = [(b"content-type", content_type(media).encode()), (b"vary", b"accept"), (b"cache-control", b"no-cache")]
        return b"HTTP/1.1 200 OK\r\n" + lines_of([*told, *self.rules.headers])


def decoded(value: bytes) -> str:
    """The text of a field of a form; nothing where it is blank or no UTF-8.

    >>> decoded(b"ASK+%7B%7D"), decoded(b"%ff"), decoded(b"+")
    ('ASK {}', '', '')
    """
    try:
        text = unquote_to_bytes(value.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.strip() else ""


def lines_of(headers: list[tuple[bytes, bytes]]) -> bytes:
    """Headers as they are sent."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)
