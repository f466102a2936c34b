"""Known actors and places: names as news has them, identifiers only where a source proves them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph

from claimgraph.actors.authority import Authority, AuthorityEntry, load_authority
from claimgraph.ontology_files import ontology_folder

ROOT = Path(__file__).resolve().parents[1]
TABLES = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "authority"
LONGEST_LOAD = 0.3  # seconds; 0.06 measured on two slow cores, where reading all triples into rdflib took 0.41


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority()


def only(authority: Authority, name: str) -> AuthorityEntry:
    (entry,) = authority.named(name)
    return entry


def test_countries_are_all_there_with_proof_and_place(authority):
    countries = [e for e in authority.entries.values() if e.kind == "country"]
    assert len(countries) >= 195
    assert all(c.wikidata and c.geonames and c.country and c.lat is not None for c in countries)


def test_holds_what_news_needs(authority):
    kinds = Counter(entry.kind or entry.type for entry in authority.entries.values())
    assert len(authority.entries) >= 600
    assert kinds["city"] >= 100
    assert kinds["state"] >= 81  # 50 of the United States, 31 of Mexico
    assert kinds["person"] >= 200
    assert kinds["government agency"] >= 20


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Mexican", "Mexico"),
        ("Americans", "United States"),
        ("US", "United States"),
        ("U.S.", "United States"),
        ("British", "United Kingdom"),
        ("Georgian", "Georgia"),
        ("Filipinos", "Philippines"),
    ],
)
def test_demonyms_point_to_their_country(authority, word, country):
    entry = authority.demonym(word)
    assert entry.name == country
    assert entry.kind == "country"


def test_names_are_looked_up_as_written(authority):
    assert only(authority, "US").name == "United States"
    assert authority.named("us") == ()
    assert authority.demonym("american") is None


def test_every_country_has_a_demonym(authority):
    assert [e.name for e in authority.entries.values() if e.kind == "country" and not e.demonyms] in (
        ["Republic of the Congo", "Dominica"],
        ["Dominica", "Republic of the Congo"],
    )


def test_foreign_names_give_way_to_the_english_one(authority):
    entry = only(authority, "Secretaría de la Defensa Nacional")
    assert entry.name == "Secretariat of National Defense"
    assert "SEDENA" in entry.acronyms
    assert entry.wikidata == "Q179861"


def test_without_proof_no_identifier(authority):
    entry = only(authority, "Cato Institute")
    assert (entry.wikidata, entry.geonames) == (None, None)
    assert entry.iri.startswith("https://w3id.org/claimgraph/id/entity/cato-institute-")


def test_identifiers_stand_in_the_iri_and_name_their_source():
    graph = Graph().parse(ontology_folder() / "authority.ttl")
    unsourced = graph.query(
        "SELECT ?s WHERE { ?s owl:sameAs ?same FILTER NOT EXISTS { ?s <http://purl.org/dc/terms/source> ?source } }",
        initNs={"owl": "http://www.w3.org/2002/07/owl#"},
    )
    assert list(unsourced) == []


def test_no_two_entries_share_an_identifier(authority):
    for field in ("wikidata", "geonames"):
        seen = Counter(getattr(e, field) for e in authority.entries.values() if getattr(e, field))
        assert [identifier for identifier, times in seen.items() if times > 1] == []


def test_ambiguous_names_give_every_entry_the_country_first(authority):
    assert [entry.kind for entry in authority.named("Georgia")] == ["country", "state"]
    assert {entry.country for entry in authority.named("Birmingham")} == {"GB", "US"}


def test_offices_are_dated_and_latest_first(authority):
    offices = only(authority, "Antony Blinken").offices
    assert offices[0].title == "Secretary of State"
    assert offices[0].of == only(authority, "United States").iri
    assert offices[0].start == "2021-01-26"
    assert [o.start for o in offices] == sorted((o.start for o in offices), reverse=True)
    assert all(o.title and o.start for e in authority.entries.values() for o in e.offices)


def test_places_lie_where_they_say(authority):
    tijuana = only(authority, "Tijuana")
    assert tijuana.lat == pytest.approx(32.5, abs=0.1)
    assert tijuana.lon == pytest.approx(-117.0, abs=0.1)
    assert tijuana.within == only(authority, "Mexico").iri
    assert all(-90 <= e.lat <= 90 and -180 <= e.lon <= 180 for e in authority.entries.values() if e.lat is not None)


def test_everything_that_contains_exists(authority):
    outside = {e.within for e in authority.entries.values() if e.within} - set(authority.entries)
    assert outside == set()


def test_loading_is_quick():
    best = min(_seconds_to_load() for _ in range(3))
    assert best < LONGEST_LOAD


def _seconds_to_load() -> float:
    load_authority.cache_clear()
    start = time.perf_counter()
    load_authority()
    return time.perf_counter() - start


def test_another_file_of_the_same_form_can_be_loaded(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .\n"
        '<urn:me> a schema:Organization ; skos:prefLabel "Harbor Institute"@en ; skos:altLabel "the Institute" .\n',
        encoding="utf-8",
    )
    assert only(load_authority(path), "the Institute").type == "organization"


@pytest.mark.skipif(not TABLES.is_dir(), reason=f"tables are not at {TABLES}")
def test_the_shipped_file_is_what_the_tool_writes(tmp_path):
    out = tmp_path / "authority.ttl"
    tool = ROOT / "tools" / "make_authority.py"
    subprocess.run([sys.executable, str(tool), str(TABLES), str(out)], check=True, capture_output=True)
    assert out.read_bytes() == (ontology_folder() / "authority.ttl").read_bytes()


def test_the_selection_asks_for_nothing_twice():
    lines = (ROOT / "tools" / "authority_selection.tsv").read_text(encoding="utf-8").splitlines()
    chosen = csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    keys = Counter((row["table"], row["key"], row["country"]) for row in chosen)
    assert [key for key, times in keys.items() if times > 1] == []
