"""What the service and its workers say to each other over a socket: a head of fixed size, then bytes.

A job or a loan is JSON; a reply is ready bytes for the client, or the bytes in a file whose descriptor comes with the head.
Nothing that a worker says is evaluated, so that a worker is not to be trusted.
"""

from __future__ import annotations

import json
import struct
from typing import NamedTuple

JOB_HEAD = struct.Struct("!I")
REPLY_HEAD = struct.Struct("!cQ")

READY, FAILED = b"S", b"F"
ROWS, GRAPH, PAGE = b"R", b"G", b"H"
DONE, REST = b"D", b"P"
"""Of a connection that was lent: unread bytes of it, the end of an answer that it did not take at once."""
WRONG, UNACCEPTABLE, MISSING, TOO_LARGE, OUT_OF_MEMORY = b"Q", b"A", b"N", b"L", b"M"


class Job(NamedTuple):
    """What a worker is asked: a query, or where `query` is empty a graph of the store.

    `default` and `named` are the dataset of the protocol (2.1.4), None where the request names none.
    `rows` and `graph` are the formats that the client takes, empty where it takes none; `bound` are variables with
    their IRIs. The union of all graphs is `graph_name` None. `base` is what relative IRIs of the query are resolved against.
    With `focus` the network page is asked for: of what surrounds that name or IRI, where it is empty of the whole graph.
    """

    query: str
    rows: str = "json"
    graph: str = "ttl"
    default: list[str] | None = None
    named: list[str] | None = None
    bound: dict[str, str] | None = None
    graph_name: str | None = None
    base: str | None = None
    focus: str | None = None

    def pack(self) -> bytes:
        """The bytes to send."""
        body = json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return JOB_HEAD.pack(len(body)) + body

    @classmethod
    def unpack(cls, body: bytes) -> Job:
        """The job that was packed, without its head."""
        return cls(*json.loads(body.decode("utf-8", "surrogatepass")))


class Loan(NamedTuple):
    """A connection that a worker answers itself for a while, as long as its requests have `head` and are plain.

    The formats are those of a job, `begin_rows` and `begin_graph` what an answer starts with. The connection's descriptor
    comes with the frame.
    """

    head: str
    rows: str
    graph: str
    base: str
    begin_rows: str
    begin_graph: str

    def pack(self) -> bytes:
        """The bytes to send."""
        body = json.dumps(self).encode()
        return JOB_HEAD.pack(len(body)) + body

    @classmethod
    def unpack(cls, body: bytes) -> Loan:
        """The loan that was packed, without its head."""
        return cls(*json.loads(body))


CALLED_BACK = JOB_HEAD.pack(0)
"""The frame that asks for a connection back."""


class Reply(NamedTuple):
    """What a worker answers: one of the kinds above, and bytes or an open file of `length` bytes."""

    kind: bytes
    body: bytes
    file: int | None = None
    length: int = 0
