"""Queries that are answered without HTTP's parser: the same answers, and no request that the parser would read otherwise."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from urllib.parse import parse_qsl, quote

import h11
import pytest

from claimgraph.server.guard import LOOPBACK, Rules
from claimgraph.server.plain import Plain
from served import serving, soon, state, store

DATA = '<urn:a> <urn:p> "one" <urn:g> .\n<urn:a> <urn:p> "zwei \\u00e4"@de <urn:g> .'
ROWS, TRIPLES = "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "CONSTRUCT WHERE { ?s ?p ?o }"
LONG = f"SELECT ?a ?b ?c ?d {{ VALUES ?x {{ {' '.join(map(str, range(8000)))} }} ?a ?p ?b . ?c ?q ?d }}"
ASKED = {
    "rows": ROWS,
    "a graph": TRIPLES,
    "signs": "ASK { FILTER('ä + %41 & = ?' = 'ä + %41 & = ?') }",
    "an answer that passes through a file": LONG,
    "too many rows": LONG.replace("?a ?b", "?x ?a ?b").replace("?c ?q", "?c ?q ?d . ?e ?q"),
    "a wrong query": "SELECT * {",
    "another server": "ASK { SERVICE <http://127.0.0.1:1/> {} }",
    "a relative name": "ASK { <#x> ?p ?o FILTER(CONTAINS(STR(<#x>), '/sparql#x')) }",
    "nothing": " ",
}
ACCEPTED = [
    "*/*",
    "text/csv",
    "text/turtle",
    "application/n-triples, application/sparql-results+xml;q=0.5",
    "image/png",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(store(tmp_path_factory.mktemp("plain"), DATA), "--row-limit", 50_000) as service:
        yield service


def plain(query, port, *, accept="*/*", more=""):
    """A request as a program sends it; with another header it is none that is plain."""
    head = f"Host: 127.0.0.1:{port}\r\nAccept: {accept}\r\nUser-Agent: test/1\r\n{more}"
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{head}\r\n".encode()


class Wire:
    """A connection that shows what comes, answer by answer."""

    def __init__(self, served):
        self.sock, self.data = socket.create_connection(("127.0.0.1", served.port), timeout=60), b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def read(self):
        """Status line, headers and body of the next answer."""
        while b"\r\n\r\n" not in self.data:
            self.more()
        head, _, self.data = self.data.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        while len(self.data) < int(headers["content-length"]):
            self.more()
        body, self.data = (
            self.data[: int(headers["content-length"])],
            self.data[int(headers["content-length"]) :],
        )
        return status, headers, body

    def more(self):
        data = self.sock.recv(1 << 16)
        if not data:
            raise EOFError
        self.data += data

    def ask(self, request):
        self.sock.sendall(request)
        return self.read()


@pytest.fixture
def wire(served):
    with Wire(served) as found:
        yield found


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("asked", ASKED)
def test_the_parser_would_have_told_the_same(served, wire, asked, accept):
    answers = []
    for more in ("", "X-Other: 1\r\n"):
        status, headers, body = wire.ask(plain(ASKED[asked], served.port, accept=accept, more=more))
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", headers.pop("date"))
        answers.append((status, headers, body))
    assert answers[0] == answers[1]


def test_requests_are_answered_in_their_order_however_they_come(served, wire):
    """In pieces, two at once, one on the other's heels, plain ones between others."""
    one, other = plain("ASK {}", served.port), plain(ROWS, served.port, accept="text/csv")
    post = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\n"
    sent = [(one[:7], ""), (one[7:], "one"), (one + other, "one other"), (one, "one"), (other, "other"), (post, "")]
    sent += [(b"ASK {}" + other, "one other"), (one + post + b"ASK {}", "one one"), (other, "other"), (one, "one")]
    for piece, _ in sent:
        wire.sock.sendall(piece)
    expected = " ".join(told for _, told in sent).split()
    got = [wire.read() for _ in expected]
    assert {status for status, _, _ in got} == {"HTTP/1.1 200 OK"}
    assert ["other" if headers["content-type"].startswith("text/csv") else "one" for _, headers, _ in got] == expected


def test_one_that_asks_to_close_is_closed(served, wire):
    status, headers, _ = wire.ask(plain("ASK {}", served.port, more="Connection: close\r\n"))
    assert (status, headers["connection"]) == ("HTTP/1.1 200 OK", "close")
    with pytest.raises(EOFError):
        wire.more()


def test_whatever_is_taken_for_plain_is_one_request_for_the_parser_too():
    """Random requests round the edge: each that is plain must be one whole request of the same words for h11."""
    chance, taken = random.Random(11), 0
    reader = Plain(None, Rules(hosts=LOOPBACK, request=1, shared=False))
    lines = [
        "Host: localhost",
        "host: 127.0.0.1:8000",
        "Accept: text/csv",
        "Accept: */*;q=0.5",
        "User-Agent: a b",
        "Accept-Encoding:",
    ]
    lines += [
        "Connection: keep-alive",
        "Connection: close",
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
        " folded",
        "Host : localhost",
        "Host:localhost",
    ]
    lines += [
        "Accept: \t x ",
        "Accept-Language: \xe4",
        "Host: localhost, evil.example",
        "Expect: 100-continue",
        "Upgrade: h2c",
        "Origin: http://a",
    ]
    targets = ["ASK", "ASK+%7B%7D", "ASK%20{}", "a&query=b", "a#b", "%zz", "%ff", "a=b", "a b", "ASK\t", "%41%00"]
    for _ in range(20_000):
        head = [chance.choice(lines) for _ in range(chance.randint(0, 3))]
        head.insert(chance.randint(0, len(head)), "Host: localhost")
        ends = [chance.choice(["\r\n"] * 30 + ["\n", "\r", "\r\n\r\n", ""]) for _ in head]
        text = f"GET /sparql?query={chance.choice(targets)} HTTP/1.1\r\n"
        data = (
            text
            + "".join(map("".join, zip(head, ends, strict=True)))
            + chance.choice(["\r\n"] * 9 + ["", "\r\n\r\n", "\r\nG"])
        ).encode("latin-1")
        if not (found := reader.read(data)):
            continue
        taken += 1
        parser = h11.Connection(h11.SERVER)
        parser.receive_data(data)
        request, end = parser.next_event(), parser.next_event()
        assert (request.method, type(end), parser.trailing_data[0]) == (b"GET", h11.EndOfMessage, b""), data
        path, _, fields = request.target.partition(b"?")
        assert (path, parse_qsl(fields.decode(), keep_blank_values=True)) == (b"/sparql", [("query", found[1])]), data
        assert [value for name, value in request.headers if name == b"host"] == [found[0].base[7:-7].encode()], data
        assert dict(request.headers).get(b"connection", b"keep-alive") == b"keep-alive", data
    assert taken > 1000


# ---- connections that are lent to a worker

PEOPLE = 300
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT ?a ?c { ?a <urn:p> ?b . ?c <urn:p> ?d } LIMIT 4000"
linux = pytest.mark.skipif(sys.platform != "linux", reason="who has a connection is told by /proc")


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    quads = "".join(f'\n<urn:{i}> <urn:p> "person {i}" <urn:g> .' for i in range(PEOPLE))
    return store(tmp_path_factory.mktemp("lent"), DATA + quads)


@contextmanager
def lending(folder, *options):
    """A service with two workers or more, and so one to lend."""
    with serving(folder, *options) as service:
        assert service.ask(query="ASK {}").status == 200
        assert soon(lambda: len(service.workers()) > 1)
        time.sleep(0.5)
        yield service


def sockets(pid):
    """The sockets of a process by their names."""
    try:
        files = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()]
    except FileNotFoundError:
        return set()
    return {file for file in files if file.startswith("socket:")}


def lent_to(served):
    """The workers that have a connection of the service."""
    return [pid for pid in served.workers() if sockets(pid) & sockets(served.process.pid)]


def hurry(served, wire):
    """The worker that has the connection, after its client asked in quick succession until one had."""
    request, end = plain("ASK {}", served.port), time.monotonic() + 20
    while time.monotonic() < end:
        for _ in range(20):
            assert wire.ask(request)[0] == "HTTP/1.1 200 OK"
        if found := lent_to(served):
            wire.ask(request), wire.ask(request)
            return found[0]
    raise AssertionError("no connection was lent")


@linux
def test_a_lent_connection_answers_as_any_other(people):
    """Whatever comes after whatever: wrong queries, long answers, other heads, two requests at once."""
    chance = random.Random(5)
    with lending(people) as served, Wire(served) as wire, Wire(served) as slow:
        asked = [
            ROWS,
            TRIPLES,
            "SELECT * {",
            LARGE,
            f"SELECT ?x ?a ?c {{ VALUES ?x {{ 1 2 3 }} {LARGE[12:-10]}",
            "ASK {}",
            " ",
            "ASK { <#x> ?p ?o }",
        ]
        requests = [
            (query, accept, *(plain(query, served.port, accept=accept, more=more) for more in ("", "X-Other: 1\r\n")))
            for query in asked
            for accept in ("text/csv", "*/*", "text/turtle, */*;q=0.1")
        ]
        expected = {}
        for _, _, request, as_other in requests:
            expected[request] = without_date(slow.ask(as_other))
        for _ in range(300):
            several = [chance.choice(requests)[2] for _ in range(chance.choice([1, 1, 1, 1, 2, 3]))]
            data = b"".join(several)
            cut = chance.choice([len(data)] * 5 + [chance.randrange(len(data))])
            wire.sock.sendall(data[:cut])
            wire.sock.sendall(data[cut:])
            assert [without_date(wire.read()) for _ in several] == [expected[request] for request in several]
            if chance.random() < 0.1:
                hurry(served, wire)
        assert len({found[0] for found in expected.values()}) == 3, "200, 400 and 406"


def without_date(answer):
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name != "date"}, body


@linux
def test_a_bad_query_on_a_lent_connection_is_ended_in_time(people):
    with lending(people, "--time-limit", 2) as served, Wire(served) as wire:
        worker = hurry(served, wire)
        began = time.monotonic()
        status, headers, body = wire.ask(plain(CROSS, served.port))
        assert (status, headers["connection"], b"longer than 2 s" in body) == (
            "HTTP/1.1 503 Service Unavailable",
            "close",
            True,
        )
        assert time.monotonic() - began < 4
        assert soon(lambda: state(worker) in ("", "Z"))
        assert served.ask(query="ASK {}").status == 200


@linux
def test_a_client_that_leaves_a_lent_connection_takes_its_query_along(people):
    with lending(people, "--time-limit", 60) as served, Wire(served) as wire:
        worker = hurry(served, wire)
        wire.sock.sendall(plain(CROSS, served.port))
        time.sleep(0.5)
        assert state(worker) == "R"
        wire.sock.close()
        assert soon(lambda: state(worker) in ("", "Z"), 3)
        assert served.ask(query="ASK {}").status == 200
        assert served.lines[1:] == []


@linux
def test_a_lent_connection_closes_with_its_worker(people):
    """An answer told twice would be taken for the next one's."""
    with lending(people, "--time-limit", 60) as served, Wire(served) as wire:
        worker = hurry(served, wire)
        wire.sock.sendall(plain(CROSS, served.port))
        time.sleep(0.5)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(EOFError):
            wire.read()
        assert [served.ask(query="ASK {}").status for _ in range(5)] == [200] * 5
        assert served.lines[1:] == []


@linux
def test_a_connection_is_called_back_for_who_waits(people):
    limits = ("--workers", 2, "--time-limit", 20)
    with lending(people, *limits) as served, ThreadPoolExecutor(2) as threads, Wire(served) as wire:
        over = Event()
        hurry(served, wire)

        def insist():
            while not over.is_set():
                assert wire.ask(plain("ASK {}", served.port))[0] == "HTTP/1.1 200 OK"

        quick, long = threads.submit(insist), threads.submit(served.ask, query=CROSS)
        time.sleep(1)
        times = [timed(lambda: served.ask(query="ASK {}")) for _ in range(30)]
        assert sorted(times)[15] < 0.1, "no one waits until the quick one is done"
        over.set()
        quick.result()
        assert not long.done()
        served.process.send_signal(signal.SIGTERM)
        assert long.exception() or long.result().status == 503


def timed(work):
    began = time.monotonic()
    assert work().status == 200
    return time.monotonic() - began


@linux
def test_a_client_that_does_not_read_keeps_no_worker(people):
    """Its answers wait for it in the service, which then reads no more of its requests."""
    with lending(people) as served, Wire(served) as wire:
        worker, request, often = hurry(served, wire), plain(LARGE, served.port), 60
        with Wire(served) as other:
            whole = other.ask(request)[2]
        assert len(whole) > 200_000
        for _ in range(often):
            wire.sock.sendall(request)
            time.sleep(0.003)
        assert soon(lambda: not lent_to(served), 3), "the connection was given back"
        assert state(worker) == "S"
        assert resident(served.process.pid) < 200 << 20
        assert [wire.read()[2] == whole for _ in range(often)] == [True] * often


def resident(pid):
    """Bytes of a process that are in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


@linux
def test_a_signal_ends_it_while_a_client_asks_quickly(people):
    with lending(people) as served, Wire(served) as wire:
        hurry(served, wire)
        served.process.send_signal(signal.SIGTERM)
        with suppress(EOFError, ConnectionError):
            while True:
                wire.ask(plain("ASK {}", served.port))
        assert served.process.wait(10) == -signal.SIGTERM
        assert len(served.lines) == 1, served.lines
