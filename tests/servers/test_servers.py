"""A graph published to real servers: they hold it, answer as we do, and follow its changes."""

from __future__ import annotations

import re
import shutil
import struct
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

import claimgraph
from claimgraph.errors import SurroundingsError
from claimgraph.graph_store import GraphStore
from claimgraph.ontology_files import ontology_folder
from claimgraph.publish import publish
from claimgraph.questions import questions
from claimgraph.store import KnowledgeGraph

ROOT = Path(__file__).resolve().parents[2]
CHANGED, REMOVED = "mexico-fentanyl", "turkey-syria-earthquake"
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "int", "long", "nonNegativeInteger")}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Virtuoso 7 keeps points in a datatype of its own, and in single precision: within a metre.
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
GEOMETRY = {"http://www.openlinksw.com/schemas/virtrdf#Geometry": WKT}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The graph of the examples, and of the examples after one was changed and one was taken away."""
    place = tmp_path_factory.mktemp("graphs")
    articles = shutil.copytree(ROOT / "examples", place / "articles")
    claimgraph.build(articles, place / "before")
    story = articles / f"{CHANGED}.txt"
    story.write_text(
        f'{story.read_text(encoding="utf-8")}\n"Nothing else is known," the ministry said.\n', encoding="utf-8"
    )
    next(articles.glob(f"{REMOVED}.*")).unlink()
    claimgraph.build(articles, place / "after")
    return place / "before", place / "after"


@pytest.fixture
def sent(monkeypatch):
    """The graphs that were sent and removed, without the list of them."""
    calls = []

    def note(method):
        original = getattr(GraphStore, method)

        def noted(store, graph, *more):
            original(store, graph, *more)
            if not graph.endswith("/published"):
                calls.append((method, graph))

        monkeypatch.setattr(GraphStore, method, noted)

    note("put")
    note("delete")
    return calls


def of_article(name, graphs):
    return [graph for graph in graphs if f"/article/{name}-" in graph]


# ---- terms, in the one form in which they can be compared


def literal(value, datatype, language):
    datatype = GEOMETRY.get(datatype, datatype or f"{XSD}string")
    if datatype == WKT:
        return (
            "geometry",
            re.findall(r"[A-Z]+", value)[0],
            tuple(struct.pack("f", float(n)) for n in NUMBER.findall(value)),
        )
    if datatype in NUMBERS:
        return "number", Decimal(value).normalize()
    if datatype == f"{XSD}boolean":
        return "boolean", value in {"true", "1"}
    return value, (language or "").lower() or datatype


def told(binding):
    """A term of a server's answer; None where the variable is unbound."""
    if binding is None:
        return None
    if binding["type"] in {"uri", "bnode"}:
        return binding["value"]
    return literal(binding["value"], binding.get("datatype"), binding.get("xml:lang"))


def ours(term):
    """The same of a term of our store."""
    if term is None or not hasattr(term, "datatype"):
        return term and term.value
    return literal(term.value, "" if term.language else term.datatype.value, term.language)


def answers(server, query):
    variables, bindings = server.rows(query)
    return Counter(tuple(told(row.get(name)) for name in variables) for row in bindings)


def differences(server, folder):
    """Triples that the server has and we have not, and the reverse, each with its graph."""
    graph = KnowledgeGraph.open(folder)
    there = {
        row[0]
        for row in answers(
            server,
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/claimgraph/id/')) }",
        )
    }
    names = {name for name in there if not name.endswith("/published")}
    pattern = "SELECT ?s ?p ?o {{ GRAPH <{}> {{ ?s ?p ?o }} }}"
    on_server = {(name, *row) for name in names for row in answers(server, pattern.format(name))}
    here = {(name, *map(ours, row)) for name in graph.graphs() for row in graph.query(pattern.format(name)).rows}
    return [("there", row) for row in on_server - here] + [("here", row) for row in here - on_server]


# ---- what is promised


def test_the_server_holds_every_triple_and_answers_every_question_as_we_do(server, folders):
    folder = folders[0]
    publish(folder, server.store)
    assert differences(server, folder) == []
    graph, empty = KnowledgeGraph.open(folder), []
    for name, path in questions().items():
        expected = Counter(tuple(map(ours, row)) for row in graph.query(name).rows)
        assert answers(server, path.read_text(encoding="utf-8")) == expected, name
        empty += [] if expected else [name]
    assert empty == ["18-copies-and-versions"], (
        "a question without rows compares nothing; examples/ has no copies, the ontology's do"
    )


def test_questions_have_the_rows_that_the_ontology_promises(server):
    """Over the hand-written examples every question has rows, some with unbound variables."""
    held = pyoxigraph.Store()
    for path in sorted((ontology_folder() / "examples").glob("*.trig")):
        held.load(path=path)
    graph = KnowledgeGraph(held)
    for name in graph.graphs():
        with GraphStore(server.store) as store:
            store.put(name, graph.triples(name))
    for name, path in questions().items():
        expected = Counter(tuple(map(ours, row)) for row in graph.query(name).rows)
        assert expected
        assert answers(server, path.read_text(encoding="utf-8")) == expected, name


def test_only_what_changed_is_sent(server, folders, sent):
    before, after = folders
    publish(before, server.store)
    all_graphs = KnowledgeGraph.open(before).graphs()
    assert sorted(sent) == [("put", graph) for graph in all_graphs]
    sent.clear()
    publish(after, server.store)
    articles = [call for call in sent if "/article/" in call[1]]
    assert articles == [
        *(("put", graph) for graph in of_article(CHANGED, all_graphs)),
        *(("delete", graph) for graph in of_article(REMOVED, all_graphs)),
    ]
    assert len(articles) == 2
    assert differences(server, after) == []
    sent.clear()
    assert publish(after, server.store).plan.sent == ()
    assert sent == []


def test_a_server_killed_in_the_middle_is_an_error_and_the_next_run_finishes(server, folders, sent, monkeypatch):
    before, after = folders
    publish(before, server.store)
    sent.clear()
    original, calls = GraphStore.put, []

    def put_and_kill(store, graph, triples):
        original(store, graph, triples)
        calls.append(graph)
        if len(calls) == 2:  # the list, and the first graph
            server.kill()

    monkeypatch.setattr(GraphStore, "put", put_and_kill)
    with pytest.raises(SurroundingsError, match=r"cannot be reached .* \(1 of \d+ graphs were done\)"):
        publish(after, server.store, wait=lambda _: None)
    monkeypatch.setattr(GraphStore, "put", original)
    server.start()
    publish(after, server.store)
    assert differences(server, after) == []


def test_the_publisher_stopped_in_the_middle_is_finished_by_the_next_run(server, folders, monkeypatch):
    original, calls = GraphStore.put, []

    def interrupted(store, graph, triples):
        calls.append(graph)
        if len(calls) == 4:
            raise KeyboardInterrupt
        original(store, graph, triples)

    monkeypatch.setattr(GraphStore, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(folders[0], server.store)
    monkeypatch.setattr(GraphStore, "put", original)
    publish(folders[0], server.store)
    assert differences(server, folders[0]) == []


def test_wrong_credentials_are_refused_where_there_are_any(server, folders, monkeypatch):
    if server.variables:
        monkeypatch.setenv("CLAIMGRAPH_PASSWORD", "wrong")
        with pytest.raises(SurroundingsError, match="refuses the credentials"):
            publish(folders[0], server.store)
    else:
        assert publish(folders[0], server.store, dry_run=True).plan.sent


def test_a_list_of_many_graphs_comes_back_whole(server, tmp_path):
    """Virtuoso gives at most 10,000 triples of a graph as it is packaged."""
    base = "https://example.org/id/"
    names = [f"{base}article/{n}/graph" for n in range(10_001)]
    lines = [f"<{name}> <urn:p> <urn:o> <{name}> .\n" for name in [*names[:3], f"{base}graph/dataset"]]
    (tmp_path / "graph.nq").write_text("".join(lines))
    publish(tmp_path, server.store)
    from claimgraph.publish import _list, _read  # noqa: PLC0415

    known = dict.fromkeys(names, "0" * 64)
    with GraphStore(server.store) as store:
        store.put(f"{base}graph/published", _list(known, base))
        assert _read(store, base) == known
