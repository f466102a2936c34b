"""Bad queries are ended in time and by name, and others are served meanwhile."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from claimgraph.server.worker import ROW_FORMATS, Sink, TooLarge
from served import serving, soon, state, store

TIME, MEMORY, ROWS, PEOPLE = 3.0, 160, 5000, 1100
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
SIMPLE = "SELECT ?label { <urn:person:7> rdfs:label ?label }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT ?x ?y { ?a rdfs:label ?x . ?b rdfs:label ?y . ?c rdfs:label ?z } ORDER BY ?y ?x"
REGEX = """SELECT (COUNT(*) AS ?n) { ?a rdfs:label ?x . ?b rdfs:label ?y . ?c rdfs:label ?z
    FILTER(REGEX(CONCAT(?x, ?y, ?z), CONCAT("^(", ?x, "|.*)*(.*)(.*){20}$"))) }"""
PATH = "SELECT (COUNT(*) AS ?n) { ?a (<urn:a>|!<urn:a>)* ?b . ?b (<urn:a>|!<urn:a>)* ?c }"
CONCAT = "SELECT (GROUP_CONCAT(CONCAT(?x, ?y, ?z)) AS ?all) { ?a rdfs:label ?x . ?b rdfs:label ?y . ?c rdfs:label ?z }"
KILLERS = {"cross": CROSS, "sorted": SORTED, "regex": REGEX, "path": PATH, "concat": CONCAT}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A ring of people who know the next one: a million pairs, and from each everybody can be reached."""
    people = (
        f'<urn:person:{i}> {LABEL} "Person number {i} of the ring" <urn:g:{i % 7}> .\n'
        f"<urn:person:{i}> <urn:knows> <urn:person:{(i + 1) % PEOPLE}> <urn:g:{i % 7}> .\n"
        for i in range(PEOPLE)
    )
    return store(tmp_path_factory.mktemp("ring"), "".join(people))


@pytest.fixture(scope="module")
def served(folder):
    with serving(
        folder, "--time-limit", TIME, "--memory-limit", MEMORY, "--row-limit", ROWS, "--workers", 6
    ) as service:
        yield service


@pytest.mark.parametrize("name", KILLERS)
def test_a_bad_query_is_ended_in_time(served, name):
    began = time.monotonic()
    got = served.ask(query=KILLERS[name])
    took = time.monotonic() - began
    print(f"{name}: {got.status} after {took:.2f} s: {got.text.strip()}")  # noqa: T201 - shown by pytest -s
    assert got.status == 503
    assert f"longer than {TIME:g} s" in got.text or f"more than {MEMORY} MB" in got.text
    assert int(got.headers["retry-after"]) >= 1
    assert took < TIME + 2, "the limit holds"
    assert served.ask(query=SIMPLE).rows == [{"label": "Person number 7 of the ring"}]


def test_memory_is_limited_before_time_is(served):
    got = served.ask(query=SORTED)
    assert (got.status, f"more than {MEMORY} MB" in got.text) == (503, True)


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_rows_are_limited_exactly(served, accept):
    query = "SELECT ?x { ?a rdfs:label ?x . ?b rdfs:label ?y } LIMIT "
    whole = served.ask(query=query + str(ROWS), headers={"Accept": accept})
    assert whole.status == 200
    assert whole.text.count("Person number") == ROWS
    over = served.ask(query=query + str(ROWS + 1), headers={"Accept": accept})
    assert (over.status, f"more than {ROWS} rows" in over.text) == (400, True)


def test_triples_are_limited_exactly(served):
    query = "CONSTRUCT { ?a <urn:with> ?y } { ?a rdfs:label ?x . ?b rdfs:label ?y } LIMIT "
    nt = {"Accept": "application/n-triples"}
    assert len(served.ask(query=query + str(ROWS), headers=nt).text.splitlines()) == ROWS
    assert served.ask(query=query + str(ROWS + 1), headers=nt).status == 400


def test_a_query_nested_too_deeply_harms_nobody_else(served):
    for depth in (1_000, 30_000):
        got = served.ask(
            "POST", body="ASK " + "{" * depth + "}" * depth, headers={"Content-Type": "application/sparql-query"}
        )
        assert got.status in (200, 400, 503)
    nested = "ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + " = 'service') }"
    assert served.ask("POST", body=nested, headers={"Content-Type": "application/sparql-query"}).status in (400, 503)
    assert served.ask(query=SIMPLE).status == 200


def measure(served, seconds):
    """The 95th percentile of a simple query's time, in milliseconds; every answer must be the right one."""
    times, end = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        assert served.ask(query=SIMPLE).status == 200
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[int(len(times) * 0.95)]


def test_others_are_served_while_four_bad_queries_run(served):
    """Over more than a whole life of the bad ones, their beginnings and the processes that replace them included."""
    ratios = []
    for _ in range(4):  # on a machine that others load a round may be unlucky: quiet is the worse of before and after
        quiet, over = measure(served, 1), Event()

        def insist(query, over=over):
            statuses = set()
            while not over.is_set():
                statuses.add(served.ask(query=query).status)
            return statuses

        with ThreadPoolExecutor(4) as threads:
            bad = [threads.submit(insist, query) for query in (CROSS, REGEX, PATH, CONCAT)]
            busy = measure(served, TIME + 1)
            over.set()
        assert {status for one in bad for status in one.result()} == {503}
        quiet = max(quiet, measure(served, 1))
        ratios.append(busy / quiet)
        print(  # noqa: T201 - shown by pytest -s
            f"p95 of a simple query: quiet {quiet:.1f} ms, with four bad ones {busy:.1f} ms, ratio {busy / quiet:.2f}"
        )
        if ratios[-1] < 5:
            break
    assert min(ratios) < 5


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told by /proc")
def test_a_client_that_goes_away_takes_its_query_along(folder):
    with serving(folder, "--time-limit", 60, "--workers", 2) as served:
        before = served.workers()
        assert len(before) == 1, "none is started that nobody needs"
        with socket.create_connection(("127.0.0.1", served.port)) as client:
            client.sendall(f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert soon(lambda: any(state(pid) == "R" for pid in before))
            time.sleep(0.3)
            [asked] = [pid for pid in before if state(pid) == "R"]
        assert soon(lambda: state(asked) in ("", "Z"), 3), "the query ends with its client"
        assert served.ask(query=SIMPLE).status == 200
        assert served.lines[1:] == [], "nothing to complain of"


def test_the_last_worker_is_kept_for_short_queries(folder):
    with serving(folder, "--time-limit", 8, "--workers", 3) as served, ThreadPoolExecutor(3) as threads:
        long = [threads.submit(served.ask, query=CROSS) for _ in range(3)]
        time.sleep(2.5)
        done = [one.result() for one in long if one.done()]
        assert [got.status for got in done] == [503], "two run on, the third grew long as well"
        assert "kept for short ones" in done[0].text
        assert served.ask(query=SIMPLE).status == 200


def test_the_queue_is_bounded(folder):
    with serving(folder, "--time-limit", 4, "--workers", 1) as served, ThreadPoolExecutor(130) as threads:
        answers = [threads.submit(served.ask, query=CROSS) for _ in range(130)]
        got = [one.result() for one in answers]
        assert {one.status for one in got} == {503}
        reasons = {one.text.partition(";")[0].strip() for one in got}
        assert "100 queries are waiting already" in reasons
        assert "every worker was busy for 4 s" in reasons
        assert soon(lambda: served.ask(query=SIMPLE).status == 200)


def test_a_worker_that_is_killed_is_replaced(served):
    for pid in served.workers():
        os.kill(pid, signal.SIGKILL)
    assert [served.ask(query=SIMPLE).status for _ in range(5)] == [200] * 5


def test_memory_that_was_taken_is_given_back(served):
    """A query that takes much and succeeds: its worker does not stay that large."""
    query = "SELECT ?x ?y { ?a rdfs:label ?x . ?b rdfs:label ?y } ORDER BY ?x ?y LIMIT 1 OFFSET 300000"
    for _ in range(3):
        served.ask(query=query)
    assert served.ask(query=SIMPLE).status == 200
    told = {
        pid: int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 for pid in served.workers()
    }
    assert max(told.values()) < 120 << 20, told


def test_a_long_answer_comes_whole(folder):
    with serving(folder) as served:
        query = "SELECT ?x ?y { ?a rdfs:label ?x . ?b rdfs:label ?y } LIMIT 90000"
        got = served.ask(query=query)
        assert (got.status, len(got.rows), len(got.body)) == (200, 90000, int(got.headers["content-length"]))
        assert len(got.body) > 5 << 20, "beyond what is sent over the socket"
        head = served.ask("HEAD", query=query)
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", got.headers["content-length"])
        csv = served.ask(query=query, headers={"Accept": "text/csv"})
        assert csv.text.count("\r\n") == 90001


@pytest.mark.parametrize("form", ROW_FORMATS)
@pytest.mark.parametrize("chunk", [1, 7, 8192])
def test_rows_are_counted_in_whatever_pieces_they_come(form, chunk):
    made = {
        "json": lambda n: (
            b'{"head":{"vars":["s"]},"results":{"bindings":['
            + b",".join([b'{"s":{"type":"uri","value":"urn:x"}}'] * n)
            + b"]}}"
        ),
        "xml": lambda n: b"<sparql><results>" + b"<result><binding name='s'/></result>" * n + b"</results></sparql>",
        "csv": lambda n: b"s\r\n" + b"urn:x\r\n" * n,
        "tsv": lambda n: b"?s\n" + b"<urn:x>\n" * n,
    }[form]
    _, mark, beside = ROW_FORMATS[form]

    def write(count):
        sink, data = Sink(rows=10, size=1 << 20, mark=mark, beside=beside), io.BytesIO(made(count))
        while piece := data.read(chunk):
            sink.write(piece)

    write(0), write(10)
    with pytest.raises(TooLarge):
        write(11)
