"""Queries that need no parser of HTTP: `GET /sparql?query=...` with few and usual headers, as clients in programs send it.

One expression takes a request that came whole; whatever it does not take is the parser's, whose answers are the same.
Heads repeat, so each is judged once, by the rules that every request is judged by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from claimgraph.server.frames import Job, Loan
from claimgraph.server.negotiation import GRAPHS, ROWS, content_type, negotiate

if TYPE_CHECKING:
    from claimgraph.server.guard import Rules
    from claimgraph.server.workers import Pool

START, VALUE = b"GET /sparql?query=", rb"[\w.~!$'()*+,;=:@/?%-]+"
"""A query of RFC 3986, 3.4, that is one field of a form."""
REQUEST = re.compile(
    re.escape(START) + rb"(" + VALUE + rb")"
    rb"( HTTP/1\.1\r\n(?:(?i:host|accept|accept-encoding|accept-language|user-agent|connection): [\x20-\x7e]*\r\n)+\r\n)"
)
ONE_FIELD = re.compile(VALUE)
LONGEST_HEAD = 2000
"""Bytes beside the query: of longer heads none is kept."""
ALL_ROWS, ALL_GRAPHS = tuple(ROWS), tuple(GRAPHS)


class Head(NamedTuple):
    """What a head accepts, for rows and for a graph, and what relative IRIs of its query are resolved against; itself."""

    rows: str
    graph: str
    base: str
    raw: bytes


class Plain:
    """The reader of plain requests of one service, and what an answer to them begins with."""

    def __init__(self, pool: Pool, rules: Rules) -> None:
        self.pool, self.rules = pool, rules
        self.head = lru_cache(maxsize=256)(self._head)
        self.loan = lru_cache(maxsize=256)(self._loan)
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
        return Head(rows, graph, f"http://{named[b'host'].decode('ascii')}/sparql", raw)

    def job(self, head: Head, query: str) -> bytes:
        """The frame that asks a worker."""
        return Job(query, ROWS.get(head.rows, ""), GRAPHS.get(head.graph, ""), base=head.base).pack()

    def _loan(self, head: Head) -> bytes:
        """The frame that lends a connection with this head."""
        begins = (self.begin(head.rows).decode("latin-1"), self.begin(head.graph).decode("latin-1"))
        form = (ROWS.get(head.rows, ""), GRAPHS.get(head.graph, ""))
        return Loan(head.raw.decode("latin-1"), *form, head.base, *begins).pack()

    def _begin(self, media: str) -> bytes:
        told = [(b"content-type", content_type(media).encode()), (b"vary", b"accept"), (b"cache-control", b"no-cache")]
        return b"HTTP/1.1 200 OK\r\n" + lines_of([*told, *self.rules.headers])


def query_of(data: bytes, head: bytes) -> str:
    """The query of a request with this very head; nothing where it is none, or not whole, or more than one.

    >>> query_of(b"GET /sparql?query=ASK%7B%7D HTTP/1.1...", b" HTTP/1.1...")
    'ASK{}'
    """
    value = data[len(START) : -len(head)] if data.startswith(START) and data.endswith(head) else b""
    return decoded(value) if ONE_FIELD.fullmatch(value) else ""


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
