"""One worker process: `python -m claimgraph.server.worker FD` answers jobs over a socket, one at a time.

It has the store open for reading and nothing else (confinement.py). Whatever a query does to it, the service kills it
and starts another.
"""

from __future__ import annotations

import io
import json
import os
import re
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from claimgraph.errors import SurroundingsError, UsageError
from claimgraph.generations import is_past, pin, stamp
from claimgraph.server import frames
from claimgraph.server.confinement import die_with_parent, forbid_sockets, limit_memory, peak
from claimgraph.server.frames import JOB_HEAD, REPLY_HEAD, Job, Loan
from claimgraph.server.lent import attend
from claimgraph.server.limits import MEGABYTE
from claimgraph.server.refusals import Refused, inspect, refuse_file
from claimgraph.server.sink import Sink, TooLarge
from claimgraph.sparql import explained

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROW_FORMATS = {
    "json": (ox.QueryResultsFormat.JSON, b'"}},{"', -1),
    "xml": (ox.QueryResultsFormat.XML, b"</result>", 0),
    "csv": (ox.QueryResultsFormat.CSV, b"\r\n", 1),
    "tsv": (ox.QueryResultsFormat.TSV, b"\n", 1),
}
"""Format, what stands once a row in it, and how many of these there are beside the rows'.

A CSV cell with a line end as in HTTP, and a JSON string that ends like a row, count as a row more.
"""
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
}


class Asked:
    """The store and how it is asked."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.prefixes, self.rows, self.size = settings["prefixes"], settings["rows"], settings["result"] * MEGABYTE
        self.time, self.memory = settings["time"], settings["memory"]
        self.marks = {f"{name}:": (name, iri) for name, iri in self.prefixes.items()}
        self.place = Path(settings["store"])
        self._open(self.place)

    def _open(self, place: Path) -> None:
        """Nothing; the current generation is asked, which no writer removes while this holds it."""
        told = stamp(place)
        current, held = pin(place)
        self.store = ox.Store.read_only(str(current))
        self.current, self.held, self.told = current, held, told

    def follow(self) -> None:
        """Nothing; a generation that a writer has made since is asked from now on, by every worker."""
        with suppress(SurroundingsError, OSError):  # what cannot be opened is not current yet, or no longer
            told = stamp(self.place)
            if told == self.told:
                return
            if is_past(self.current):
                held = self.held
                self._open(self.place)
                os.close(held)
            self.told = told

    def answer(self, job: Job) -> tuple[bytes, Sink | str]:
        """The kind of reply and what was written, or what is wrong in words."""
        try:
            if job.focus is not None:
                return self._network(job.focus)
            return self._query(job) if job.query else self._graph(job)
        except (SyntaxError, Refused) as error:
            return frames.WRONG, _plain(str(error), job.query or "", self.prefixes)
        except TooLarge as error:
            return frames.TOO_LARGE, str(error)
        except (ValueError, RuntimeError, OSError) as error:
            return frames.WRONG, str(error)

    def _query(self, job: Job) -> tuple[bytes, Sink | str]:
        prefixes = dict(told for mark, told in self.marks.items() if mark in job.query)
        given = {**self._dataset(job), **_bound(job)}
        answer = self.store.query(job.query, prefixes=prefixes, base_iri=job.base, **given)
        if isinstance(answer, ox.QueryTriples):
            return self._triples(answer, job)
        if not job.rows:
            return frames.UNACCEPTABLE, "rows"
        form, mark, beside = ROW_FORMATS[job.rows]
        sink = Sink(rows=self.rows, size=self.size, mark=mark, beside=beside)
        answer.serialize(cast("IO[bytes]", sink), form)
        return frames.ROWS, sink

    def _dataset(self, job: Job) -> dict[str, Any]:
        """The dataset of the request, which comes before that of the query (SPARQL 1.1 Protocol, 2.1.4)."""
        own = inspect(job.query, self.prefixes, job.base)
        if job.default is not None or job.named is not None:
            for iri in (*(job.default or ()), *(job.named or ())):
                refuse_file(iri)
            return {
                "default_graph": [ox.NamedNode(iri) for iri in job.default or ()],
                "named_graphs": [ox.NamedNode(iri) for iri in job.named or ()],
            }
        for iri in own.graphs:
            if not self.store.contains_named_graph(ox.NamedNode(iri)):
                raise Refused(f"FROM <{iri}>: this store holds no such graph, and none is fetched")
        return {"use_default_graph_as_union": not own.given}

    def _graph(self, job: Job) -> tuple[bytes, Sink | str]:
        """The triples of one graph, or of all (Graph Store Protocol, 5.2)."""
        if job.graph_name is None:
            return self._triples(iter(dict.fromkeys(q.triple for q in self.store)), job)
        name = ox.NamedNode(job.graph_name)
        if not self.store.contains_named_graph(name):
            return frames.MISSING, f"this store holds no graph <{job.graph_name}>"
        return self._triples((q.triple for q in self.store.quads_for_pattern(None, None, None, name)), job)

    def _network(self, focus: str) -> tuple[bytes, Sink | str]:
        """The network page."""
        from claimgraph.server.drawn import drawn  # noqa: PLC0415 - a second of imports that few workers need

        sink = Sink(rows=self.rows, size=self.size)
        try:
            sink.write(drawn(self.store, focus, time=self.time, memory=self.memory).encode())
        except UsageError as error:
            return frames.MISSING, str(error)
        return frames.PAGE, sink

    def _triples(self, triples: Iterator[ox.Triple], job: Job) -> tuple[bytes, Sink | str]:
        if not job.graph:
            return frames.UNACCEPTABLE, "graph"
        sink = Sink(rows=self.rows, size=self.size)
        ox.serialize(
            self._counted(triples), cast("IO[bytes]", sink), format=GRAPH_FORMATS[job.graph], prefixes=self.prefixes
        )
        return frames.GRAPH, sink

    def _counted(self, triples: Iterator[ox.Triple]) -> Iterator[ox.Triple]:
        for count, triple in enumerate(triples):
            if count == self.rows:
                raise TooLarge(f"the answer has more than {self.rows} triples; ask for a part of them")
            yield triple


def _bound(job: Job) -> dict[str, Any]:
    """Variables with their values, for queries of the service's own pages."""
    if not job.bound:
        return {}
    return {"substitutions": {ox.Variable(name): ox.NamedNode(iri) for name, iri in job.bound.items()}}


def _plain(message: str, query: str, prefixes: Collection[str]) -> str:
    """The parser's message, explained, with its place in words."""
    found = re.match(r"error at (\d+):(\d+): ", message)
    place = f"line {found[1]}, column {found[2]}: " if found else ""
    return place + explained(message[found.end() if found else 0 :], query, prefixes)


# ---- the process


def _receive(sock: socket.socket) -> tuple[bytes, int | None]:
    """The next frame, and the connection that came with it; the process ends where there is none."""
    head, files, _, _ = socket.recv_fds(sock, JOB_HEAD.size, 1)
    if not head:
        sys.exit(0)
    head += _exactly(sock, JOB_HEAD.size - len(head))
    return _exactly(sock, JOB_HEAD.unpack(head)[0]), files[0] if files else None


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


def _send(sock: socket.socket, kind: bytes, said: Sink | str | bytes) -> None:
    """Nothing; the reply is with the service."""
    if isinstance(said, str | bytes):
        body = said if isinstance(said, bytes) else said.encode("utf-8", "replace")
        sock.sendall(REPLY_HEAD.pack(kind, len(body)) + body)
    elif isinstance(said.file, io.BytesIO):
        sock.sendall(REPLY_HEAD.pack(kind, said.length) + said.file.getbuffer())
    else:
        said.flush()
        with said.file as file:
            socket.send_fds(sock, [REPLY_HEAD.pack(kind.lower(), said.length)], [file.fileno()])


def _attended(asked: Asked, body: bytes, client: int | None, sock: socket.socket) -> tuple[bytes, Sink | str | bytes]:
    """The reply to a job, or to a loan when it is over."""
    if client is None:
        asked.follow()
        return asked.answer(Job.unpack(body))
    try:
        return attend(asked, Loan.unpack(body), client, sock.fileno())
    finally:
        os.close(client)


def main(descriptor: int) -> None:
    """The process's life: settings, then jobs until the service closes the socket."""
    sock = socket.socket(fileno=descriptor)
    die_with_parent()
    settings = json.loads(_receive(sock)[0])
    try:
        asked = Asked(settings)
    except (SurroundingsError, OSError) as error:
        _send(sock, frames.FAILED, str(error))
        sys.exit(1)
    enough = peak() + settings["memory"] * MEGABYTE // 2
    limit_memory(settings["memory"])
    forbid_sockets()
    _send(sock, frames.READY, "")
    while peak() < enough:  # what a query took is not all given back: a fresh process is the service's to start
        try:
            body, client = _receive(sock)
            if not body:  # a connection is called back that was given back meanwhile
                continue
            kind, said = _attended(asked, body, client, sock)
        except MemoryError:
            _send(sock, frames.OUT_OF_MEMORY, "")
            sys.exit(1)
        _send(sock, kind, said)


if __name__ == "__main__":
    main(int(sys.argv[1]))
