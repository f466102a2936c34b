"""Copies and later versions of articles: found, told apart from what only looks like them, and counted once."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from claimgraph.articles import load
from claimgraph.cli import app
from claimgraph.duplicates import copies
from claimgraph.duplicates.copies import find_copies
from claimgraph.duplicates.kinship import kinship, printed
from claimgraph.duplicates.revisions import Spoken, compare
from claimgraph.duplicates.sketches import bands, estimate, shared, shingles, sketch
from claimgraph.generations import READINGS
from claimgraph.pipeline import build, remove, view_data
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph
from page_reader import read as read_page

if TYPE_CHECKING:
    from pathlib import Path

WIRE = """PORT ELM (Norland Wire) - The northern bridge over the Elm was closed on Monday after heavy damage to its piers was \
found, Mayor Ada Roos said.

"We will not take any risk with the lives of the people who cross it every day," Roos told reporters outside the town hall.

Police chief Bo Lindqvist said that 40 people had been hurt when a part of the railing gave way on Sunday evening. He denied \
that his officers had been warned before.

The bridge carries about 12,000 cars a day. Repairs are expected to take at least six months, according to the Harbor Institute."""
FOOTER = "\n\nRead more news of the region in our daily letter, which you can subscribe to without charge."
UPDATE = WIRE.replace("40 people", "43 people").replace(
    " He denied that his officers had been warned before.",
    "\n\nThe Harbor Institute said that the railing had been inspected in January and had been found safe.",
)
OTHER = """Transport minister Cara Dahl said on Wednesday that the northern bridge over the Elm was closed after heavy \
damage to its piers was found.\n\nNobody has been blamed so far for the closure, which cuts the port off from the old town."""
CALL = """Minister {0} spoke today by telephone with the foreign minister of {1}, {2}. The two discussed trade between \
their countries and agreed to meet again before the end of the year. The minister thanked {2} for the help that {1} had \
given to those who fled from the floods, and said that {1} remained a partner on whom the republic could rely."""


def row(id_: str, text: str, published: str = "2025-03-03", publisher: str = "", **fields: str) -> dict[str, str]:
    return {"id": id_, "text": text, "published": published, "publisher": publisher, "title": id_, **fields}


ROWS = [
    row("wire", WIRE, "2025-03-03", "Norland Wire"),
    row("herald", WIRE + FOOTER, "2025-03-04", "Elm Herald"),
    row("wire again", UPDATE, "2025-03-04", "Norland Wire"),
    row("post", OTHER, "2025-03-05", "Norhaven Post"),
]


def derived(*rows: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Article to what it is of which; in whatever order they come."""
    fields = ("text", "title", "published", "publisher")
    articles = [
        (printed(f"urn:{r['id']}", r["id"], url=r.get("url", ""), **{name: r[name] for name in fields}), ())
        for r in rows
    ]
    found = find_copies(articles).derivations
    assert found == find_copies(reversed(articles)).derivations
    return {each.source.id: (each.type, each.target.id) for each in found}


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def asked(folder: Path, question: str) -> list[tuple[str, ...]]:
    return sorted(
        tuple(cell.value.rpartition("/")[2] for cell in found)
        for found in KnowledgeGraph.open(folder).query(question).rows
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    build(write(folder / "all.jsonl", ROWS), folder / "out", model="fast", workers=1)
    return folder / "out"


# ---- which are


def test_a_reprint_is_a_copy_and_a_later_one_of_the_same_source_a_version():
    assert derived(*ROWS) == {"herald": ("copy", "wire"), "wire again": ("version", "wire")}


@pytest.mark.parametrize(
    "text",
    [
        WIRE.upper(),
        WIRE.replace('"', "”").replace("\n\n", "\n"),
        WIRE.split("\n\n", 1)[1],
        "Good morning! This is what our readers asked for most.\n\n" + WIRE + FOOTER,
        WIRE.replace("heavy damage", "severe damage")
        .replace("every day", "each day")
        .replace("about 12,000", "some 12,000"),
        "\n\n".join(WIRE.split("\n\n")[:3]),
    ],
    ids=["capitals", "typography", "without its lead", "framed", "edited", "cut"],
)
def test_a_copy_may_be_changed_lightly(text):
    assert derived(row("a", WIRE), row("b", text, "2025-03-04")) == {"b": ("copy", "a")}


def test_a_form_that_is_filled_in_anew_is_no_copy():
    calls = [
        CALL.format("Dahl", *who)
        for who in (("Norland", "Ada Roos"), ("Osmark", "Bo Lindqvist"), ("Elmia", "Tom Reed"))
    ]
    assert derived(*(row(str(n), call) for n, call in enumerate(calls))) == {}


def test_the_same_text_is_one_story_years_later_a_text_like_it_is_not():
    edited = WIRE.replace("heavy damage to its piers was found", "engineers saw the state of its piers")
    assert derived(row("a", WIRE), row("b", edited, "2025-03-04"))
    assert derived(row("a", WIRE), row("b", edited, "2027-03-04")) == {}
    assert derived(row("a", WIRE), row("b", WIRE, "2027-03-04")) == {"b": ("copy", "a")}


def test_short_texts_that_are_alike_are_left_alone():
    assert (
        derived(
            row("a", "The mayor said that the bridge is safe."), row("b", "The mayor said that the bridge is safe.")
        )
        == {}
    )


def test_what_many_print_is_compared_in_proportion(monkeypatch):
    compared = []
    monkeypatch.setattr(copies, "kinship", lambda one, other: compared.append(one) or kinship(one, other))
    many = [row(f"paper {number:03}", WIRE, publisher=f"Paper {number}") for number in range(150)]
    assert derived(*many) == {f"paper {number:03}": ("copy", "paper 000") for number in range(1, 150)}
    assert len(compared) < 2 * 2 * 150


# ---- which is the original


def test_of_one_day_the_one_that_the_other_credits_is_the_original():
    assert derived(row("a", WIRE, publisher="Elm Herald"), row("z", WIRE, publisher="Norland Wire")) == {
        "a": ("copy", "z")
    }
    agency = WIRE.replace("Norland Wire", "AP")
    both = row("a", agency, publisher="Elm Herald"), row("z", agency, publisher="The Associated Press")
    assert derived(*both) == {"a": ("copy", "z")}


def test_hours_count_in_one_zone_and_what_has_no_date_comes_last():
    early, late = row("z", WIRE, "2025-03-03T09:00:00+05:00"), row("a", WIRE, "2025-03-03T06:00:00Z")
    assert derived(early, late) == {"a": ("copy", "z")}
    assert derived(row("a", WIRE, ""), row("z", WIRE)) == {"a": ("copy", "z")}


def test_where_it_is_not_told_which_was_first_a_copy_says_so(tmp_path):
    rows = [row("a", WIRE, publisher="Elm Herald"), row("b", WIRE, publisher="Elm Weekly")]
    build(write(tmp_path / "both.jsonl", rows), tmp_path / "out", model="fast", workers=1)
    question = "SELECT ?why ?sure { ?d a cg:Derivation ; cg:rationale ?why ; cg:confidence ?sure }"
    [(why, sure)] = asked(tmp_path / "out", question)
    assert why.endswith("which of them was first is not told.")
    assert sure == "0.5"


def test_a_version_is_of_the_one_before_it():
    third = UPDATE.replace("43 people", "47 people")
    chain = [row(str(n), text, f"2025-03-0{n}", "Norland Wire") for n, text in enumerate((WIRE, UPDATE, third), 3)]
    assert derived(*chain) == {"4": ("version", "3"), "5": ("version", "4")}


def test_an_article_that_is_written_on_at_its_address_is_a_version():
    url = "https://www.norlandwire.example/live/bridge"
    more = "\n\n".join(WIRE.split("\n\n")[:2]) + (
        "\n\nEngineers went down to the piers in the night. They found a second crack below the water line, a spokeswoman "
        "said. Ferries run between both banks from five in the morning on, every quarter of an hour, and are free for all."
    )
    assert derived(row("a", WIRE, url=url), row("b", more, "2025-03-04", url=f"{url}/#latest")) == {
        "b": ("version", "a")
    }


# ---- in the graph


def test_the_graph_says_what_derives_from_what(built):
    question = "SELECT ?a ?b { ?x %s ?y . ?x a schema:NewsArticle ; dcterms:identifier ?a . ?y dcterms:identifier ?b }"
    assert asked(built, question % "prov:wasDerivedFrom") == [("herald", "wire")]
    assert asked(built, question % "prov:wasRevisionOf") == [("wire again", "wire")]
    assert asked(built, question % "schema:isBasedOn") == [("herald", "wire"), ("wire again", "wire")]
    assert not KnowledgeGraph.open(built).check().violations


def test_the_graph_says_what_has_changed_claim_by_claim(built):
    changed = """SELECT ?old ?new ?change { ?d a cg:Derivation ; cg:change ?change ; cg:from/schema:text ?new ; cg:to/schema:text ?old }"""
    assert asked(built, changed) == [("that 40 people had been hurt", "that 43 people had been hurt", "FigureChanged")]
    assert asked(built, "SELECT ?t { ?d cg:adds/schema:text ?t }") == [
        ("that the railing had been inspected in January and had been found safe",)
    ]
    assert asked(built, "SELECT ?t { ?d cg:omits/schema:text ?t }") == [("that his officers had been warned before",)]


def test_a_claim_of_a_copy_supports_nothing_and_nobody_supports_it_again(built):
    question = """SELECT ?type ?a ?b { ?r a cg:ClaimRelation ; cg:relation ?type ; cg:from/schema:appearance/dcterms:identifier ?a ;
        cg:to/schema:appearance/dcterms:identifier ?b FILTER(?a != ?b) }"""
    assert asked(built, question) == [("Corroborates", "post", "wire")]


def test_the_report_counts_a_story_once(built):
    report = json.loads((built / "report.json").read_text("utf-8"))
    own = {one["id"]: one["claims"] for one in report["articles"]}
    assert {name: report["counts"][name] for name in ("articles", "copies", "versions")} == {
        "articles": 4,
        "copies": 1,
        "versions": 1,
    }
    assert report["counts"]["claims"] == own["wire"] + own["post"] + 2
    page = (built / "report.md").read_text("utf-8")
    assert "4 articles, 1 copy, 1 version" in page
    assert page.count("that his officers had been warned before") == 2
    [changed] = [one for one in report["changes"] if one["change"] == ["figure"]]
    assert UPDATE[changed["after_start"] : changed["after_end"]] == changed["after"]
    assert WIRE[changed["before_start"] : changed["before_end"]] == changed["before"]


@pytest.mark.parametrize("text", ["full", "quotes", "none"])
def test_a_writer_finds_what_a_build_of_all_articles_finds(tmp_path, text):
    rows = [ROWS[0], ROWS[1] | {"text": WIRE}, *ROWS[2:]]
    build(write(tmp_path / "all.jsonl", rows), tmp_path / "all", model="fast", workers=1, text=text)
    build(write(tmp_path / "some.jsonl", rows[1:2]), tmp_path / "some", model="fast", workers=1, text=text)
    alone = (tmp_path / "some" / "graph.nq").read_bytes()
    more = [read(article, model="fast") for article in load(write(tmp_path / "more.jsonl", [rows[0], *rows[2:]]))]
    with KnowledgeGraph.open(tmp_path / "some", write=True) as graph:
        graph.add(more)
    assert b"wasDerivedFrom" in (tmp_path / "all" / "graph.nq").read_bytes()
    assert (tmp_path / "some" / "graph.nq").read_bytes() == (tmp_path / "all" / "graph.nq").read_bytes()
    with KnowledgeGraph.open(tmp_path / "some", write=True) as graph:
        graph.remove([one["id"] for one in [rows[0], *rows[2:]]])
    assert (tmp_path / "some" / "graph.nq").read_bytes() == alone


def test_the_network_draws_a_claim_once_with_its_places_in_all_articles(built):
    network = KnowledgeGraph.open(built).network()
    claims = [told for _, told in network.nodes(data=True) if told["kind"] == "claim"]
    said = [told["text"] for told in claims]
    assert len(said) == len(set(said))
    [closed] = [told for told in claims if told["text"].startswith('"We will not take any risk')]
    articles = list(dict.fromkeys(span.article.rpartition("/")[2].rpartition("-")[0] for span in closed["evidence"]))
    assert articles[0] == "wire"
    assert sorted(articles) == ["herald", "wire", "wire-again"]
    assert all(span.text in WIRE for span in closed["evidence"])
    events = [told["label"] for _, told in network.nodes(data=True) if told["kind"] == "event"]
    once = KnowledgeGraph.open(built).query("SELECT ?e { ?e a sem:Event }").rows
    assert len(events) < len(once)


def test_the_page_says_of_which_article_another_is_a_copy(built):
    articles, _, _ = read_page(json.loads(view_data(built)))
    named = {told["identifier"]: told for told in articles.values()}
    assert articles[named["herald"]["copy_of"]]["identifier"] == "wire"
    assert articles[named["wire again"]["version_of"]]["identifier"] == "wire"
    assert "copy_of" not in named["wire"]


# ---- compared by hand


def compared(*arguments: object) -> str:
    ran = CliRunner().invoke(app, ["compare", *map(str, arguments)])
    return ran.output if ran.exit_code == 0 else str(ran.exception)


def test_two_versions_are_compared_claim_by_claim(built):
    told = compared(built, "wire again")
    assert told == compared(built, "wire", "wire again")
    assert told.splitlines()[0].endswith("unchanged, 1 changed, 1 added, 1 removed")
    assert "figure: Bo Lindqvist\n  - that 40 people had been hurt  [" in told
    found = json.loads(compared(built, "wire", "wire again", "--json"))
    for change in found["changes"]:
        for side, text in (("before", WIRE), ("after", UPDATE)):
            stands = text[change[f"{side}_start"] or 0 : change[f"{side}_end"]]
            assert all(word in stands for word in (change[side] or "").split())
    assert [change["after_speaker"] for change in found["changes"] if change["change"] == ["added"]] == [
        "Harbor Institute"
    ]


@pytest.mark.parametrize(
    ("ids", "told"), [(["wire"], "derives from no other"), (["nobody"], "neither the id"), (["wire", "x@1"], "neither")]
)
def test_what_cannot_be_compared_is_named(built, ids, told):
    assert told in compared(built, *ids)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (("Ada Roos", "the bridge is closed"), ("Roos", "the bridge is closed"), ("none",)),
        (("Ada Roos", "the bridge is closed"), ("Bo Roos", "the bridge is closed"), ("speaker",)),
        (("", "the bridge is closed"), ("Roos", "the bridge is closed for now"), ("wording",)),
        (("Roos", "the old bridge is closed"), ("Roos", "taxes will not rise"), ("added", "removed")),
    ],
)
def test_claims_are_aligned_by_what_they_say(old, new, kinds):
    claims = [Spoken("urn:c", *said, 0, len(said[1]), "", False, ()) for said in (old, new)]
    assert tuple(kind for change in compare(claims[:1], claims[1:]) for kind in change.kinds) == kinds


# ---- what a later build replaces


def rebuilt(folder: Path, *texts: str, **options) -> Path:
    """A graph in which an article was one text after the other."""
    for text in texts:
        source = write(folder / "one.jsonl", [row("wire", text, "2025-03-03", "Norland Wire"), ROWS[3]])
        build(source, folder / "out", model="fast", workers=1, **options)
    return folder / "out"


def test_what_a_build_replaces_is_kept_and_compared_and_no_claim_of_the_graph(tmp_path):
    out = rebuilt(tmp_path, WIRE, UPDATE)
    graph = KnowledgeGraph.open(out)
    assert not graph.check().violations
    assert (
        len(graph.query("SELECT ?x { ?x prov:wasRevisionOf ?e . ?x a schema:NewsArticle . ?e a cg:Edition }").rows) == 1
    )
    changed = "SELECT ?was ?is ?change { ?d cg:change ?change ; cg:from/schema:text ?is ; cg:to/schema:text ?was }"
    assert asked(out, changed) == [("that 40 people had been hurt", "that 43 people had been hurt", "FigureChanged")]
    gone = "SELECT ?who ?what { ?d cg:omits ?c . ?c cg:speakerName ?who ; schema:text ?what }"
    assert asked(out, gone) == [("Bo Lindqvist", "that his officers had been warned before")]
    assert not graph.query('SELECT ?c { ?c a cg:Claim ; schema:text ?t FILTER(CONTAINS(?t, "40 people")) }').rows
    [edition] = re.findall(r"wire@[0-9a-f]{8}", (out / "report.md").read_text("utf-8"))[:1]
    assert compared(out, "wire") == compared(out, edition, "wire")
    assert "43 people" in compared(out, "wire")
    assert "not told" not in (out / "report.md").read_text("utf-8")


def test_a_build_says_how_many_articles_it_replaced(tmp_path):
    out = rebuilt(tmp_path, WIRE)
    write(tmp_path / "one.jsonl", [row("wire", UPDATE, "2025-03-04", "Norland Wire"), ROWS[3]])
    command = ["build", str(tmp_path / "one.jsonl"), "--out", str(out), "--model", "fast", "--workers", "1"]
    first, again = (CliRunner().invoke(app, command).stderr for _ in range(2))
    assert "1 article replaced by other words; `claimgraph compare" in first
    assert again == ""


def test_editions_stay_through_later_builds_and_go_with_their_article(tmp_path):
    out = rebuilt(tmp_path, WIRE, UPDATE, UPDATE.replace("43", "47"))
    assert len(asked(out, "SELECT ?e { ?e a cg:Edition }")) == 2
    assert len(asked(out, "SELECT ?x { ?x prov:wasRevisionOf ?e . ?e a cg:Edition }")) == 2
    source = write(
        tmp_path / "one.jsonl", [row("wire", UPDATE.replace("43", "47"), "2025-03-03", "Norland Wire"), ROWS[3]]
    )
    assert build(source, out, model="fast", workers=1, sync=True).articles == 2
    assert len(asked(out, "SELECT ?e { ?e a cg:Edition }")) == 2
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.remove(["wire"])
    assert b"graph/editions" not in (out / "graph.nq").read_bytes()


def test_who_is_removed_is_in_no_edition_either(tmp_path):
    out = rebuilt(tmp_path, WIRE, UPDATE)
    remove(out, ["Bo Lindqvist"])
    assert b"Lindqvist" not in (out / "graph.nq").read_bytes()
    remove(out, ["wire"])
    assert b"graph/editions" not in (out / "graph.nq").read_bytes()
    with sqlite3.connect(out / "store" / READINGS) as base:
        assert base.execute("SELECT COUNT(*) FROM reading").fetchone() == (1,)


def test_an_edition_is_read_again_by_a_later_version(tmp_path, monkeypatch):
    out = rebuilt(tmp_path, WIRE, UPDATE)
    monkeypatch.setattr("claimgraph.building.readings.reader_digest", lambda *_, **__: b"newer")
    build(tmp_path / "one.jsonl", out, model="fast", workers=1)
    assert len(asked(out, "SELECT ?e { ?e a cg:Edition }")) == 1
    with sqlite3.connect(out / "store" / READINGS) as base:
        assert base.execute("SELECT DISTINCT reader, COUNT(*) FROM reading").fetchall() == [(b"newer", 3)]


# ---- sketches


def test_sketches_estimate_what_counting_finds():
    one, other = shingles(WIRE), shingles(UPDATE)
    both = shared(one, other)
    assert estimate(sketch(one), sketch(other)) == pytest.approx(both / (len(one) + len(other) - both), abs=0.13)
    assert estimate(sketch(one), sketch(shingles(OTHER))) < 0.2
    assert set(bands(sketch(one))) & set(bands(sketch(other)))
