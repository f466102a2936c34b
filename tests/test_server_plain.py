"""Queries that are answered without HTTP's parser: the same answers, and no request that the parser would read otherwise."""

from __future__ import annotations

import random
import re
import socket
from urllib.parse import parse_qsl, quote

import h11
import pytest

from claimgraph.server.guard import LOOPBACK, Rules
from claimgraph.server.plain import Plain
from served import serving, store

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
    found = Wire(served)
    yield found
    found.sock.close()


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
