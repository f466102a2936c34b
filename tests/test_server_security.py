"""What is refused, and what every answer says to browsers."""

from __future__ import annotations

import random
import re
import socket
import sys
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from claimgraph.server.refusals import Refused, inspect
from claimgraph.sparql import asks_others
from claimgraph.vocab import PREFIXES
from served import serving, store

DATA = "<urn:a> <urn:p> <urn:b> <urn:g1> .\n<urn:a> <urn:p> <urn:c> <http://example.org/g2> ."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return store(tmp_path_factory.mktemp("secure"), DATA)


@pytest.fixture(scope="module")
def served(folder):
    with serving(folder) as service:
        yield service


@pytest.fixture
def trap():
    """A port of this machine that counts who connects."""
    seen = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        over = threading.Event()

        def wait():
            while not over.is_set():
                try:
                    seen.append(listening.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=wait)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", seen
        over.set()
        thread.join()
        for connection in seen:
            connection.close()


SERVICES = [
    "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "ASK { service silent <%s> { ?s ?p ?o } }",
    "ASK { # comment\rSERVICE <%s> { ?s ?p ?o }\n}",
    "PREFIX e: <%s> ASK { SERVICEe:x{ ?s ?p ?o } }",
    "ASK { ?s ?p 1SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { BIND(<%s> AS ?where) SERVICE ?where { ?s ?p ?o } }",
    "ASK { ?s ?p <urn:\\u0041#> . SERVICE <%s> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SELECT * { SERVICE <%s> { ?s ?p ?o } } } }",
    'ASK { ?s ?p "\\"" . SERVICE <%s> { ?s ?p "\\"" } }',
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_other_server_is_asked(served, trap, query):
    address, seen = trap
    got = served.ask(query=query % address)
    assert (got.status, got.media) == (400, "text/plain")
    assert seen == []


def test_words_that_only_look_like_service_are_no_matter(served):
    query = """PREFIX w: <http://example.org/service#> # SERVICE
        ASK { ?service ?p ?o FILTER(STR(?service) != 'SERVICE <http://example.org/> {}' && ?p != w:service) }"""
    assert served.ask(query=query).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:///etc/passwd> { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX etc: <file:///etc/> CONSTRUCT FROM etc:passwd WHERE { ?s ?p ?o }",
        "SELECT * FROM <fil\\u0065:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <urn:x> <urn:x> <urn:x> }",
    ],
)
def test_no_file_is_read_and_nothing_written(served, query):
    got = served.ask(query=query)
    assert got.status == 400
    assert "root:" not in got.text
    assert served.ask(query="SELECT * { ?s ?p ?o }").body.count(b'"urn:p"') == 2


def test_graphs_are_never_fetched(served, trap):
    address, seen = trap
    got = served.ask(query=f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")
    assert (got.status, "none is fetched" in got.text) == (400, True)
    assert served.ask(**{"query": "ASK { ?s ?p ?o }", "default-graph-uri": address}).text.endswith('"boolean":false}')
    assert served.ask(**{"query": "ASK {}", "named-graph-uri": "file:///etc/passwd"}).status == 400
    assert seen == []
    held = served.ask(query="SELECT * FROM <http://example.org/g2> { ?s ?p ?o }")
    assert [row["o"] for row in held.rows] == ["urn:c"], "a graph of the store may be named like a page"


def test_whatever_oxigraph_would_ask_is_refused():
    """Random queries round a SERVICE: each that Oxigraph would carry out, ours must see."""
    chance, here, carried_out = random.Random(7), "<http://127.0.0.1:1/>", 0
    parts = (Path(__file__).parent / "protocol" / "parts.txt").read_text(encoding="utf-8").splitlines()
    between = ["", " ", "\n", "\r", "#c\r", "#c\n", " . ", "."]
    services = [
        f"{word}{gap}{whom}{{}}"
        for word in ("SERVICE", "sErViCe")
        for gap in ("", " ", "#x\r")
        for whom in (here, "ex:s", "?v")
    ]
    for _ in range(3000):
        around = [chance.choice(parts) + chance.choice(between) for _ in range(chance.randint(0, 4))]
        around.insert(chance.randint(0, len(around)), chance.choice(services) + chance.choice(between))
        query = f"PREFIX ex: {here} SELECT * {{{''.join(around)}}}"
        try:
            list(ox.Store().query(query))
        except SyntaxError:
            continue
        except (OSError, RuntimeError):  # it tried: the port is one that it does not connect to, or ?v is unbound
            carried_out += 1
            assert asks_others(query), query
            with pytest.raises(Refused):
                inspect(query, PREFIXES)
    assert carried_out > 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.2", "", "localhost@evil"]
)
def test_a_strange_host_is_refused(served, host):
    got = served.ask(query="ASK {}", headers={"Host": host})
    assert got.status in (400, 421)
    assert b"boolean" not in got.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1234", "[::1]:8000", "[::1]"])
def test_this_machine_is_known(served, host):
    assert served.ask(query="ASK {}", headers={"Host": host}).status == 200


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/graphs?default", "/nowhere", "/"])
def test_every_answer_has_the_headers(served, path):
    headers = served.ask("GET", path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_no_page_of_another_site_may_read(served):
    got = served.ask(query="ASK {}", headers={"Origin": "https://example.org"})
    assert not [name for name in got.headers if name.startswith("access-control-")]
    assert (
        served.ask("OPTIONS", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}).status
        == 405
    )


def test_hosts_and_origins_are_allowed_by_name(folder):
    with serving(folder, "--allow-host", "graph.example.org", "--allow-origin", "https://example.org") as served:
        assert served.ask(query="ASK {}", headers={"Host": "graph.example.org"}).status == 200
        assert served.ask(query="ASK {}", headers={"Host": "example.org"}).status == 421
        got = served.ask(query="ASK {}", headers={"Origin": "https://example.org"})
        assert got.headers["access-control-allow-origin"] == "https://example.org"
        other = served.ask(query="ASK {}", headers={"Origin": "https://example.net"})
        assert "access-control-allow-origin" not in other.headers
        asked = {
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        before = served.ask("OPTIONS", headers=asked)
        assert (before.status, "POST" in before.headers["access-control-allow-methods"]) == (200, True)


def test_requests_have_a_size(served):
    direct = {"Content-Type": "application/sparql-query"}
    fits = "ASK { FILTER(STRLEN('%s') = 900000) }" % ("x" * 900_000)
    assert served.ask("POST", body=fits, headers=direct).status == 200
    assert served.ask("POST", body=b"x" * ((1 << 20) + 1), headers=direct).status == 413
    pieces = (b"x" * 65536 for _ in range(20))  # without a length
    assert served.ask("POST", body=pieces, headers=direct).status == 413
    assert served.ask(query="x" * 100_000).status in (400, 414)
    assert (
        served.ask(
            "POST",
            body="&".join(f"named-graph-uri=urn:{i}" for i in range(2000)),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        ).status
        == 400
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise")
def test_a_worker_has_no_network(served):
    """The kernel refuses what both readers would have let through."""
    told = [Path(f"/proc/{pid}/status").read_text(encoding="ascii") for pid in served.workers()]
    assert told
    assert all("Seccomp:\t2\n" in status and "NoNewPrivs:\t1\n" in status for status in told)


def test_every_test_that_the_threat_model_names_is_there():
    page = (Path(__file__).parent.parent / "docs" / "threat-model.md").read_text(encoding="utf-8")
    folder = Path(__file__).parent
    files = [*folder.glob("test_server*.py"), folder / "browser" / "test_service_in_browser.py"]
    tests = "".join(path.read_text(encoding="utf-8") for path in files)
    named = re.findall(r"`(test_\w+)`", page)
    assert len(named) > 10
    assert [name for name in named if f"def {name}(" not in tests] == []
