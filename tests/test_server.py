"""The service as its users meet it: a real process, real connections."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from served import serving, store

CG = "https://w3id.org/claimgraph/ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SD = "http://www.w3.org/ns/sparql-service-description#"
DATA = f"""<urn:a> <{RDFS}label> "one\\ttab" <urn:g1> .
<urn:b> <{RDFS}label> "two \\"quoted\\" , comma"@en <urn:g2> .
<urn:a> <{CG}claimant> <urn:b> <urn:g2> .
<urn:c> <{RDFS}label> "three" ."""
LABELS = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?label"
TRIPLES = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(store(tmp_path_factory.mktemp("served"), DATA), "--row-limit", 50) as service:
        yield service


def test_the_union_of_all_graphs_is_asked_with_our_prefixes(served):
    got = served.ask(query=LABELS)
    assert (got.status, got.media) == (200, "application/sparql-results+json")
    assert [row["s"] for row in got.rows] == ["urn:a", "urn:c", "urn:b"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/*, application/*;q=0.9", "text/csv"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_that_is_liked_best(served, accept, media):
    got = served.ask(query=LABELS, headers={"Accept": accept} if accept else {})
    assert (got.status, got.media, got.headers["vary"]) == (200, media, "accept")
    form = ox.QueryResultsFormat.from_media_type(media)
    if form in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV):
        assert [s["s"].value for s in ox.parse_query_results(got.body, format=form)] == ["urn:a", "urn:c", "urn:b"]
    else:
        assert [*csv.reader(io.StringIO(got.text))][3] == ["urn:b", 'two "quoted" , comma']


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/ld+json", "application/trig"])
def test_graphs_come_in_the_format_that_is_asked_for(served, media):
    got = served.ask(query=TRIPLES, headers={"Accept": f"{media}, text/csv"})
    assert (got.status, got.media) == (200, media)
    read = [q.triple for q in ox.parse(got.body, format=ox.RdfFormat.from_media_type(media))]
    assert sorted(map(str, read)) == sorted(str(q.triple) for q in ox.parse(DATA, format=ox.RdfFormat.N_QUADS))


def test_what_nobody_offers_is_not_acceptable(served):
    assert served.ask(query=LABELS, headers={"Accept": "image/png"}).status == 406
    only_graphs = served.ask(query=LABELS, headers={"Accept": "text/turtle"})
    assert (only_graphs.status, "text/csv" in only_graphs.text) == (406, True)
    only_rows = served.ask(query=TRIPLES, headers={"Accept": "text/csv"})
    assert (only_rows.status, "text/turtle" in only_rows.text) == (406, True)
    assert served.ask("GET", "/graphs", graph="urn:g1", headers={"Accept": "text/csv"}).status == 406


def test_a_wrong_query_is_told_with_its_place(served):
    got = served.ask(query="SELECT * {\n  ?s ?p")
    assert (got.status, got.media) == (400, "text/plain")
    assert got.text.startswith("line 2, column ")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
def test_the_service_describes_itself(served):
    turtle = served.ask(headers={"Accept": "text/turtle"})
    read = Graph().parse(data=turtle.text, format="turtle")
    endpoint = URIRef(f"http://127.0.0.1:{served.port}/sparql")
    assert (endpoint, URIRef(SD + "feature"), URIRef(SD + "UnionDefaultGraph")) in read
    assert (endpoint, URIRef(SD + "supportedLanguage"), URIRef(SD + "SPARQL11Query")) in read
    for media, form in (("application/n-triples", "nt"), ("application/ld+json", "json-ld")):
        other = served.ask(headers={"Accept": media})
        assert other.media == media
        assert isomorphic(Graph().parse(data=other.text, format=form), read)
    assert served.ask(headers={"Accept": "image/png"}).status == 406


def test_graphs_are_read_by_name(served):
    got = served.ask("GET", "/graphs", graph="urn:g2", headers={"Accept": "application/n-triples"})
    assert (got.status, len(got.text.splitlines())) == (200, 2)
    union = served.ask("GET", "/graphs?default", headers={"Accept": "application/n-triples"})
    assert len(union.text.splitlines()) == 4
    head = served.ask("HEAD", "/graphs", graph="urn:g2", headers={"Accept": "application/n-triples"})
    assert (head.status, head.headers["content-length"], head.body) == (200, got.headers["content-length"], b"")
    assert served.ask("GET", "/graphs", graph="urn:none").status == 404
    assert served.ask("HEAD", "/graphs", graph="urn:none").status == 404
    assert [served.ask("GET", f"/graphs{q}").status for q in ("", "?graph=here", "?graph=urn:a&graph=urn:b")] == [
        400
    ] * 3


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_not_written(served, method):
    got = served.ask(method, "/graphs", graph="urn:g1", body=b"<urn:x> <urn:x> <urn:x> .")
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")
    assert json.loads(served.ask(query="ASK { <urn:x> ?p ?o }").body)["boolean"] is False
