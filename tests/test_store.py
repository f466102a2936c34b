"""Asking and checking a graph, as a researcher does and as an attacker might."""

from __future__ import annotations

import json

import pytest

from claimgraph.errors import QueryError, SurroundingsError, UsageError
from claimgraph.questions import questions
from claimgraph.store import KnowledgeGraph
from graphs import graph, nquads


def test_a_wrong_query_says_where():
    with pytest.raises(QueryError) as caught:
        graph().query("SELECT ?x WHERE {\n ?x a cg:Claim . oops }")
    assert (caught.value.line, caught.value.column is not None) == (2, True)
    assert "line 2" in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
    ],
)
def test_nothing_is_written_and_nothing_else_is_asked(query):
    asked = graph()
    before = len(asked)
    with pytest.raises(QueryError):
        asked.query(query)
    assert len(asked) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x rdfs:label 'service from abroad' }",
        'SELECT ?service { ?service rdfs:label """a " SERVICE""" } # service',
        "SELECT ?x { ?x <http://example.org/service> ?y }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    ],
)
def test_the_word_service_alone_asks_nobody_and_from_reads_no_file(query):
    assert graph().query(query).rows == []


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_runs_by_name_and_number(name):
    asked = graph()
    assert asked.query(name).columns == asked.query(name.partition("-")[0]).columns


def test_an_unknown_question_is_named_with_those_there_are():
    with pytest.raises(UsageError, match="01-who-said-what"):
        graph().query("99-nothing")


def test_formats_agree_on_the_rows():
    result = graph().query("SELECT ?cue ?none { ?c cg:cue ?cue OPTIONAL { ?c cg:stance ?none } } ORDER BY ?cue")
    told = json.loads(result.serialize("json"))["results"]["bindings"]
    assert [row["cue"]["value"] for row in told] == [row[0].value for row in result.rows]
    assert result.serialize("csv").splitlines()[0] == "cue,none"
    assert "<sparql" in result.serialize("xml")
    assert result.serialize("table").splitlines()[0].startswith("cue")
    assert json.loads(graph().query("SELECT ?x { ?x a <urn:nothing> }").serialize("json"))["results"]["bindings"] == []


def test_records_are_values_of_python_by_column():
    asked = graph().query(
        "SELECT ?n ?d ?b ?w ?day ?iri ?none { VALUES (?n ?d ?b ?w ?day ?iri) "
        '{ (7 2.50 true "7"@en "2023-03-02"^^xsd:date sem:Event) } }'
    )
    [record] = asked.records()
    sem = "http://semanticweb.cs.vu.nl/2009/11/sem/Event"
    assert record == {"n": 7, "d": 2.5, "b": True, "w": "7", "day": "2023-03-02", "iri": sem, "none": None}
    assert list(map(type, record.values())) == [int, float, bool, str, str, str, type(None)]


def test_construct_gives_turtle_and_ask_an_answer():
    built = graph().query("CONSTRUCT { ?c cg:cue ?cue } WHERE { ?c cg:cue ?cue }")
    assert "cg:cue" in built.serialize("turtle")
    assert graph().query("ASK { ?c a cg:Claim }").rows[0][0].value == "true"
    with pytest.raises(UsageError):
        graph().query("SELECT ?x { ?x a cg:Claim }").serialize("turtle")


def test_check_proves_an_untouched_graph_and_finds_one_changed_letter():
    assert graph().check().violations == ()
    for old, new in (
        ('anchorOf> "denied"', 'anchorOf> "denies"'),
        ('nif-core#isString> "Canada', 'nif-core#isString> "Kanada'),
    ):
        assert old in nquads()
        changed = KnowledgeGraph.from_nquads(nquads().replace(old, new).encode())
        assert changed.check().violations


def test_a_changed_quotation_is_found_without_the_text():
    quoted = nquads("quotes")
    for old, new in (('anchorOf> "denied"', 'anchorOf> "denies"'), ('exact> "denied"', 'exact> "denies"')):
        assert old in quoted
        changed = KnowledgeGraph.from_nquads(quoted.replace(old, new).encode())
        assert changed.quick_check().violations, old


def test_check_finds_a_leak():
    voice = "<https://w3id.org/claimgraph/ns#voice> <https://w3id.org/claimgraph/concept/"
    leaked = KnowledgeGraph.from_nquads(nquads().replace(f"{voice}Reported>", f"{voice}Narrated>").encode())
    assert any("leaked-event" in v for v in leaked.quick_check().violations)


def test_saved_and_opened_it_is_the_same(tmp_path):
    del_me = KnowledgeGraph.write(tmp_path / "store", nquads().encode())
    del del_me
    opened = KnowledgeGraph.open(tmp_path)
    assert sorted(str(q) for q in opened.store) == sorted(str(q) for q in graph().store)
    lines = {f"{q} ." for q in opened.store}
    assert lines == set(nquads().splitlines()), "a store gives every literal back as it was written"


def test_rdflib_reads_the_same_store():
    asked = graph()
    assert len(asked.dataset) > 0
    rows = asked.dataset.query("SELECT (COUNT(?c) AS ?n) { ?c a <https://w3id.org/claimgraph/ns#Claim> }")
    assert int(next(iter(rows))[0]) == len(asked.query("SELECT DISTINCT ?c { ?c a cg:Claim }").rows)


def test_a_folder_without_a_graph_is_named(tmp_path):
    with pytest.raises(SurroundingsError, match="claimgraph build"):
        KnowledgeGraph.open(tmp_path)
