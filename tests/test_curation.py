"""What people decide is in the graph after every later build, whoever reads; what cannot be applied is named, never dropped."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

from claimgraph.curate import export_doubts, import_decisions
from claimgraph.curation.curated import curated
from claimgraph.curation.doubts import Doubts
from claimgraph.curation.ledger import FILE, Decision, load_ledger
from claimgraph.curation.sheet import COLUMNS, plain
from claimgraph.errors import InputError, UsageError
from claimgraph.model import Article, prove
from claimgraph.pipeline import FILES, build, remove
from claimgraph.reader import read
from claimgraph.server.addresses import Addresses
from claimgraph.store import KnowledgeGraph
from served import serving

ONE = (
    "Governor Ada Lindqvist spoke in Valmera on Monday. She said that 40 bridges were closed after the flood.\n\n"
    "Mayor Bo Ekman came too. Ekman said that the rescue service evacuated two villages.\n\n"
    "The rescue service denied that two villages were evacuated. “Nobody was warned in time,” Lindqvist said."
)
TWO = (
    "Mayor Bo Ekman of Valmera said that about 300 people left the town. The flood closed every road, said Bo Ekman, "
    "who spoke for the town council."
)
THREE = "The painter Bo Ekman said that his exhibition opens in May. Ekman said that the gallery is small."
RECORDS = ("graph.nq", "graph.trig", "report.json", "report.md", "network.html")


def write(path, **texts):
    rows = ({"id": id_, "published": "2025-03-04", "text": text} for id_, text in texts.items())
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def make(articles, out, **options):
    return build(articles, out, workers=1, model="fast", **options)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    place = tmp_path_factory.mktemp("curation")
    make(write(place / "in.jsonl", one=ONE, two=TWO, three=THREE), place / "out")
    return place


@pytest.fixture
def place(built, tmp_path):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def sheet(folder, **options):
    data = b"".join(export_doubts(folder, **options))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def save(path, rows, delimiter=",", encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def decide(place, *asked, **fields):
    """Decide about the one item of each of these kinds and words ("article: words" where they are in several), and take it in."""
    rows, decided = sheet(place / "out", every=True), []
    for kind, words, verdict, *rest in asked:
        [row] = [r for r in rows if r["kind"] == kind and words in (r["words"], f"{r['article']}: {r['words']}")]
        told = {"decision": verdict, "correction": rest[0] if rest else "", "by": "Ada Roos", "when": "2026-01-31"}
        decided.append(row | told | fields)
    done = import_decisions(place / "out", save(place / "decisions.csv", decided))
    assert done.errors == ()
    return done


def ask(folder, question):
    return [tuple(str(c.value) for c in row) for row in KnowledgeGraph.open(folder).query(question).rows]


def speakers(folder):
    rows = ask(folder, "SELECT ?t ?n { ?c a cg:Claim ; schema:text ?t ; cg:claimant ?a . ?a rdfs:label ?n }")
    return dict(rows)


def outcomes(folder):
    rows = json.loads((folder / "report.json").read_text(encoding="utf-8")).get("decisions", [])
    return [(row["words"], row["outcome"]) for row in rows]


def records(folder):
    return {name: (folder / name).read_bytes() for name in RECORDS}


BRIDGES = "that 40 bridges were closed after the flood"
VILLAGES = "that the rescue service evacuated two villages"


def test_the_worst_comes_first_and_says_why(built):
    rows = sheet(built / "out")
    lost = [round((1 - float(row["confidence"])) * int(row["hanging"]), 4) for row in rows]
    assert lost == sorted(lost, reverse=True)
    assert {row["kind"] for row in rows} >= {"speaker", "alias", "figure", "merge", "relation"}
    [row] = [r for r in rows if (r["kind"], r["words"]) == ("speaker", BRIDGES)]
    assert (row["value"], row["reason"]) == ("Ada Lindqvist", "“She” is taken for Ada Lindqvist")
    assert row["context"].endswith("spoke in Valmera on Monday. She said that 40 bridges were closed after the flood.")
    assert len(sheet(built / "out", limit=2)) == 2


def test_what_is_decided_holds_in_every_file_and_every_later_build(place):
    out = place / "out"
    assert speakers(out)[BRIDGES] == "Ada Lindqvist"
    speaker, figure = ("speaker", BRIDGES, "correct", "Bo Ekman"), ("figure", "40 bridges", "correct", "about 45 count")
    decide(place, speaker, figure, ("claim", VILLAGES, "reject"), note="Printed by mistake.")
    assert speakers(out)[BRIDGES] == "Bo Ekman"
    assert VILLAGES not in speakers(out)
    for name in ("graph.nq", "network.html"):
        assert f'"{VILLAGES}"@en' not in (out / name).read_text(encoding="utf-8"), name
    figure = (
        "SELECT ?v { ?q a qudt:QuantityValue ; qudt:numericValue ?v ; cg:confidence 1.0 ; rdfs:label '40 bridges'@en }"
    )
    assert ask(out, figure) == [("45",)]
    assert [state for _, state in outcomes(out)] == ["applied"] * 3
    assert KnowledgeGraph.open(out).check().violations == ()
    before = records(out)
    (out / "store" / "readings.db").unlink()  # all is read anew
    make(place / "in.jsonl", out, sync=True)
    assert records(out) == before


def test_who_and_when_are_in_terms_of_prov_and_the_rejected_is_marked(place):
    decide(place, ("claim", VILLAGES, "reject"), by="0000-0002-1825-0097", note="No such words.")
    rows = ask(
        place / "out",
        """SELECT ?who ?day ?note ?status { GRAPH <https://w3id.org/claimgraph/id/graph/curation> {
        ?d a cg:Decision ; cg:decides ?c ; cg:verdict cgc:Rejected ; prov:wasAttributedTo ?who ;
           prov:generatedAtTime ?day ; rdfs:comment ?note . ?c cg:status ?status } }""",
    )
    status = "https://w3id.org/claimgraph/concept/Rejected"
    assert rows == [("https://orcid.org/0000-0002-1825-0097", "2026-01-31", "No such words.", status)]


def test_words_that_moved_are_found_again_and_words_that_changed_are_a_conflict(place):
    out = place / "out"
    decide(place, ("speaker", BRIDGES, "correct", "Bo Ekman"), ("claim", "“Nobody was warned in time,”", "confirm"))
    changed = "A flood came. " + ONE.replace("Nobody was warned in time", "No one was warned in time")
    report = make(write(place / "in.jsonl", one=changed, two=TWO, three=THREE), out, sync=True)
    assert speakers(out)[BRIDGES] == "Bo Ekman"
    assert outcomes(out) == [(BRIDGES, "moved"), ("“Nobody was warned in time,”", "conflict")]
    told = "\n".join(report.warnings)
    assert "was applied at another place" in told
    assert "cannot be applied: its words stand in the text no more" in told
    assert "its words stand in the text no more" in (out / "report.md").read_text(encoding="utf-8")
    make(write(place / "in.jsonl", two=TWO, three=THREE), out, sync=True)
    assert {state for _, state in outcomes(out)} == {"absent"}
    make(write(place / "in.jsonl", one=ONE, two=TWO, three=THREE), out, sync=True)
    assert {state for _, state in outcomes(out)} == {"applied"}


def test_the_same_rows_change_nothing_and_a_later_decision_holds_with_the_earlier_kept(place):
    out = place / "out"
    decide(place, ("claim", VILLAGES, "reject"))
    before = (records(out), (out / FILE).read_bytes())
    again = import_decisions(out, place / "decisions.csv")
    assert (again.new, again.known, again.report) == (0, 1, None)
    assert (records(out), (out / FILE).read_bytes()) == before
    shutil.copy(place / "decisions.csv", place / "first.csv")
    decide(place, ("claim", VILLAGES, "confirm"), when="2026-02-01")
    assert import_decisions(out, place / "first.csv").new == 0
    assert VILLAGES in speakers(out)
    assert [(d.decision, d.when) for d in load_ledger(out)] == [("reject", "2026-01-31"), ("confirm", "2026-02-01")]
    assert [state for _, state in outcomes(out)] == ["superseded", "applied"]


def test_a_merge_is_split_and_stays_split_when_more_articles_come(place):
    out = place / "out"

    def ekmans():
        rows = ask(out, "SELECT DISTINCT ?l ?e { ?l cg:canonical ?e ; rdfs:label 'Bo Ekman'@en }")
        return {local.split("#")[0].rsplit("/", 1)[1].split("-")[0]: entity for local, entity in rows}

    assert len(set(ekmans().values())) < 3
    rows = [r for r in sheet(out, every=True) if r["kind"] == "merge" and r["words"] == "Bo Ekman"]
    row = rows[0]
    asked = {"decision": "reject", "by": "Ada Roos", "when": "2026-01-31"}
    assert import_decisions(out, save(place / "d.csv", [row | asked])).errors == ()
    split = ekmans()
    other = row["value"].rpartition(" of ")[2]
    assert split[row["article"]] != split[other]
    write(place / "more.jsonl", four="Bo Ekman, mayor of Valmera, said that the flood is over.")
    make(place / "more.jsonl", out)
    assert ekmans()[row["article"]] != ekmans()[other]
    asked = {"decision": "confirm", "by": "Ada Roos", "when": "2026-02-02"}
    assert import_decisions(out, save(place / "d.csv", [row | asked])).errors == ()
    assert ekmans()[row["article"]] == ekmans()[other]
    assert KnowledgeGraph.open(out).check().violations == ()


def test_a_merge_is_corrected_by_a_name_that_only_one_has(place):
    out = place / "out"
    row = next(r for r in sheet(out, every=True) if r["kind"] == "merge" and r["words"] == "Bo Ekman")
    row |= {"decision": "correct", "by": "Ada Roos", "when": "2026-01-31"}
    told = [
        [str(e) for e in import_decisions(out, save(place / "d.csv", [row | {"correction": name}])).errors]
        for name in ("Bo Ekman", "Nobody Known", "ada lindqvist")
    ]
    assert "is the name of several: write one of https://" in told[0][0]
    assert "is no entity of the graph" in told[1][0]
    assert told[2] == []
    question = """SELECT ?name ?why { ?local rdfs:label 'Bo Ekman'@en ; cg:canonical ?entity . ?entity rdfs:label ?name .
        ?link cg:from ?local ; cg:to ?entity ; cg:origin 'curation' ; cg:rationale ?why }"""
    assert ask(out, question) == [("Ada Lindqvist", "corrected by Ada Roos on 2026-01-31")]


def test_relations_are_dropped_corrected_and_confirmed(place):
    out = place / "out"
    rows = [r for r in sheet(out, every=True) if r["kind"] == "relation"]
    row = next(r for r in rows if r["value"] == "contradicts")
    types = "SELECT ?t ?c ?o { ?r a cg:ClaimRelation ; cg:relation ?t ; cg:confidence ?c ; cg:origin ?o }"
    for decision, correction, day in (("reject", "", "01"), ("correct", "responds-to", "02"), ("confirm", "", "03")):
        asked = {"decision": decision, "correction": correction, "by": "B", "when": f"2026-02-{day}"}
        assert import_decisions(out, save(place / "d.csv", [row | asked])).errors == ()
        found = {(t.rpartition("/")[2], c, o) for t, c, o in ask(out, types)}
        assert (
            found
            == {
                "reject": set(),
                "correct": {("RespondsTo", "1", "curation")},
                "confirm": {("Contradicts", "1", "curation")},
            }[decision]
        )


def test_where_a_row_is_wrong_none_is_taken_and_each_fault_is_named(place):
    rows = sheet(place / "out", every=True)
    one = next(r for r in rows if r["kind"] == "speaker")
    figure = next(r for r in rows if r["kind"] == "figure")
    good = next(r for r in rows if r["kind"] == "claim") | {"decision": "confirm", "by": "A", "when": "2026-01-31"}
    bad = [
        good,
        one | {"decision": "maybe", "by": "A", "when": "2026-01-31"},
        one | {"decision": "correct", "by": "", "when": "3/4/2026"},
        one | {"decision": "correct", "correction": "Zoe Nobody", "by": "A", "when": "2026-01-31"},
        figure | {"decision": "correct", "correction": "lots", "by": "A", "when": "2026-01-31"},
        figure | {"item": "figure-00000000-0000000000000000", "decision": "confirm", "by": "A", "when": "2026-01-31"},
        figure | {"decision": "confirm", "value": "7 count", "by": "A", "when": "2026-01-31", "item": rows[-1]["item"]},
    ]
    before = records(place / "out")
    done = import_decisions(place / "out", save(place / "bad.csv", bad))
    told = [str(error).partition("bad.csv: ")[2].partition(":")[0] for error in done.errors]
    assert told == [
        "row 3, column decision", "row 4, column correction", "row 4, column by", "row 4, column when",
        "row 5, column correction", "row 6, column correction", "row 7, column item", "row 8, column value",
    ]  # fmt: skip
    assert "it has Ada Lindqvist" in str(done.errors[4]) or "it has Bo Ekman" in str(done.errors[4])
    assert (done.new, records(place / "out")) == (0, before)
    assert not (place / "out" / FILE).exists()


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16")])
def test_what_other_spreadsheets_write_is_read(place, delimiter, encoding):
    row = sheet(place / "out")[0] | {"decision": "CONFIRM", "by": "Åse", "when": "31.01.2026"}
    done = import_decisions(place / "out", save(place / "d.csv", [row], delimiter, encoding))
    assert (done.errors, done.new) == ((), 1)
    [decision] = load_ledger(place / "out")
    assert (decision.by, decision.when) == ("Åse", "2026-01-31")


def test_no_cell_of_a_hostile_article_is_a_formula(tmp_path):
    evil = (
        'Mayor Ada Roos said that =HYPERLINK("http://evil.example") is a link. "=cmd|\'/c calc\'!A1;=1+1," Roos said. '
        '"@SUM(1+1)*cmd" was heard, Roos said. "+1 and -2," she added.'
    )
    make(write(tmp_path / "in.jsonl", **{"=1+1": evil}), tmp_path / "out")
    data = b"".join(export_doubts(tmp_path / "out", every=True)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert len(rows) > 3
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "@", "-")), cell
    for line in data.splitlines():
        for cell in next(csv.reader([line], delimiter=";")):
            assert not cell.lstrip(' "').startswith(("=", "+", "@")), cell
    row = next(r for r in csv.DictReader(io.StringIO(data, newline="")) if r["kind"] == "claim")
    asked = {"decision": "confirm", "by": "=cmd", "when": "2026-01-31"}
    assert import_decisions(tmp_path / "out", save(tmp_path / "d.csv", [row | asked])).errors == ()
    assert plain("\t=1") == " '=1"


def test_the_ledger_alone_makes_the_same_graph_elsewhere(place):
    decide(place, ("speaker", BRIDGES, "reject"), ("claim", VILLAGES, "confirm"))
    (place / "other").mkdir()
    shutil.copy(place / "out" / FILE, place / "other")
    make(place / "in.jsonl", place / "other")
    assert records(place / "other") == records(place / "out")


def test_without_texts_the_ledger_still_holds_and_shows_no_words(place):
    decide(place, ("claim", VILLAGES, "reject"))
    make(place / "in.jsonl", place / "out", text="none", sync=True)
    assert "evacuated two" not in (place / "out" / "graph.nq").read_text(encoding="utf-8")
    assert "evacuated two" not in (place / "out" / "report.json").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="keeps no texts"):
        list(export_doubts(place / "out"))


def test_what_is_removed_is_in_no_decision(place):
    decide(place, ("speaker", BRIDGES, "correct", "Bo Ekman"), ("claim", VILLAGES, "confirm"))
    remove(place / "out", ["Ada Lindqvist"])
    for name in (*FILES, FILE):
        path = place / "out" / name
        if path.is_file():
            assert b"Lindqvist" not in path.read_bytes(), name
    assert [d.anchor.words for d in load_ledger(place / "out")] == [VILLAGES]


def test_a_file_that_is_no_export_is_refused(place):
    (place / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column item"):
        import_decisions(place / "out", place / "x.csv")


def test_network_and_page_say_who_decided_and_when(place):
    out = place / "out"
    relation = ("relation", "that two villages were evacuated", "confirm")
    decide(place, ("speaker", BRIDGES, "confirm"), relation, ("alias", "one: Ekman", "confirm"), by="<b>Bo</b>")
    decide(place, ("figure", "40 bridges", "correct", "45 count"), when="2026-02-02")
    drawn = KnowledgeGraph.open(out).network()
    told = {
        attributes["label"]: attributes["curated"]
        for _, attributes in drawn.nodes(data=True)
        if "curated" in attributes
    }
    assert told[BRIDGES] == (
        "speaker confirmed by <b>Bo</b> on 2026-01-31",
        "figure corrected by Ada Roos on 2026-02-02",
    )
    assert told["Bo Ekman"] == ("alias confirmed by <b>Bo</b> on 2026-01-31",)
    edges = [a["curated"] for *_, a in drawn.edges(data=True) if "curated" in a]
    assert edges == [("relation confirmed by <b>Bo</b> on 2026-01-31",)]
    assert "figure corrected by Ada Roos on 2026-02-02" in (out / "network.html").read_text(encoding="utf-8")


def test_the_service_says_who_decided_and_when(place):
    out = place / "out"
    decide(place, ("speaker", BRIDGES, "confirm"), by="<b>Ada</b>")
    [(claim,)] = ask(out, f"SELECT ?c {{ ?c a cg:Claim ; schema:text '{BRIDGES}' }}")
    here = Addresses("https://w3id.org/claimgraph/id/")
    with serving(out) as served:
        for iri in (claim, claim.partition("#")[0]):
            page = served.ask(path=here.of(iri), headers={"Accept": "text/html"}).text
            assert "speaker confirmed by &lt;b&gt;Ada&lt;/b&gt; on 2026-01-31" in page
        data = served.ask(path=here.of(claim), headers={"Accept": "application/ld+json"}).text
    assert "generatedAtTime" in data
    assert "concept/Confirmed" in data or "cgc:Confirmed" in data


def test_a_writer_applies_decisions_to_articles_that_are_read_again(place):
    out = place / "out"
    decide(
        place,
        ("speaker", BRIDGES, "correct", "Bo Ekman"),
        ("claim", VILLAGES, "reject"),
        ("alias", "one: Lindqvist", "confirm"),
        ("merge", "one: Bo Ekman", "reject"),
    )
    before = (out / "graph.nq").read_bytes()
    with KnowledgeGraph.open(out, write=True) as graph:
        changed = graph.replace([read(Article(id="one", published="2025-03-04", text=ONE), model="fast")])
    assert changed.warnings == ()
    assert (out / "graph.nq").read_bytes() == before
    with KnowledgeGraph.open(out, write=True) as graph:
        other = ONE.replace("40 bridges were", "forty bridges had been")
        changed = graph.replace([read(Article(id="one", published="2025-03-04", text=other), model="fast")])
    assert "cannot be applied" in "\n".join(changed.warnings)
    question = "SELECT ?s { ?d cg:decides ?c ; cg:itemKind ?k . ?c cg:status ?s FILTER(?k IN ('speaker', 'claim')) }"
    assert ask(out, question) == [("https://w3id.org/claimgraph/concept/Rejected",)]
    assert KnowledgeGraph.open(out).check().violations == ()


def test_a_writer_keeps_what_is_decided_of_relations_between_articles(tmp_path):
    first = "Ada Lindqvist, governor of Valmera, said that the old stone bridge in Valmera is closed to all traffic."
    second = (
        "The council met in the evening. Bo Ekman, its head, said that the old stone bridge in Valmera is not closed to all "
        "traffic. Shops were open, and children went to school as on every other day of the week."
    )
    articles = write(tmp_path / "in.jsonl", a=first, b=second, c=TWO)
    make(articles, tmp_path / "out")
    types = (
        "SELECT ?t { GRAPH <https://w3id.org/claimgraph/id/graph/across> { ?r a cg:ClaimRelation ; cg:relation ?t } }"
    )
    assert ask(tmp_path / "out", types) == [("https://w3id.org/claimgraph/concept/Contradicts",)]
    [row] = [r for r in sheet(tmp_path / "out") if r["kind"] == "relation"]
    asked = {"decision": "correct", "correction": "responds-to", "by": "A", "when": "2026-01-31"}
    assert import_decisions(tmp_path / "out", save(tmp_path / "d.csv", [row | asked])).errors == ()
    corrected = [("https://w3id.org/claimgraph/concept/RespondsTo",)]
    assert ask(tmp_path / "out", types) == corrected
    before = (tmp_path / "out" / "graph.nq").read_bytes()
    with KnowledgeGraph.open(tmp_path / "out", write=True) as graph:
        graph.replace([read(Article(id="c", published="2025-03-04", text=TWO), model="fast")])
    assert ask(tmp_path / "out", types) == corrected
    assert (tmp_path / "out" / "graph.nq").read_bytes() == before


# ---- events of different articles that are one happening


PAPERS = {
    "a": "Police arrested Tomas Breck in Lindby on Tuesday. The chief of the railway had been away for a week.",
    "b": "Tomas Breck was arrested on Tuesday, prosecutors said. A hearing is to be held in June.",
    "c": "Shares of the railway fell. Opposition leaders welcomed the arrest of Tomas Breck on Tuesday.",
}
EVENTS = "SELECT ?w ?h { ?e cg:happening ?h ; rdfs:label ?w }"
LINKS = "SELECT ?c ?o { ?l a cg:HappeningLink ; cg:confidence ?c ; cg:origin ?o } ORDER BY ?c"


@pytest.fixture(scope="module")
def three_papers(tmp_path_factory):
    place = tmp_path_factory.mktemp("papers")
    make(write(place / "in.jsonl", **PAPERS), place / "out", infer=True)
    return place


@pytest.fixture
def papers(three_papers, tmp_path):
    shutil.copytree(three_papers, tmp_path, dirs_exist_ok=True)
    return tmp_path


def happenings(folder):
    """The words of the events of each happening."""
    found = {}
    for words, happening in ask(folder, EVENTS):
        found.setdefault(happening, []).append(words)
    return sorted(sorted(words) for words in found.values())


def link_rows(folder, **options):
    return [row for row in sheet(folder, **options) if row["kind"] == "happening"]


def decide_links(place, *verdicts, **fields):
    """Decide about the links in their order; the same fields for all."""
    asked = zip(link_rows(place / "out", every=True), verdicts, strict=True)
    rows = [row | {"decision": v, "by": "Ada Roos", "when": "2026-01-31"} | fields for row, v in asked if v]
    return import_decisions(place / "out", save(place / "links.csv", rows))


def test_a_link_between_events_stands_among_the_doubts_with_both_ends(papers):
    first, second = link_rows(papers / "out")
    assert {(row["value"], row["confidence"], row["hanging"]) for row in (first, second)} == {("same", "0.85", "1")}
    assert first["reason"].startswith("same kind and person: Both tell of an event of the kind arrest, of Tomas Breck")
    assert " ⟷ " in first["context"]
    assert first["words"] in {"arrested", "arrest"}
    assert happenings(papers / "out") == [["arrest", "arrested", "arrested"]]


def test_a_rejected_link_takes_the_event_out_of_the_happening_also_by_way_of_a_third(papers):
    out = papers / "out"
    before = link_rows(out)
    assert decide_links(papers, "reject", None).errors == ()
    rejected = {before[0]["item"]}
    assert [row["item"] for row in link_rows(out)] != [row["item"] for row in before]
    assert len(happenings(out)[0]) == 2, "the third paper's event stays with one of them"
    for row in link_rows(out):
        assert row["item"] not in rejected
    while found := link_rows(out):
        assert import_decisions(
            out, save(papers / "l.csv", [found[0] | {"decision": "reject", "by": "A", "when": "2026-02-01"}])
        ).new
    assert happenings(out) == []
    assert b"HappeningLink" not in b"".join(
        line for line in (out / "graph.nq").read_bytes().splitlines() if b"/graph/happenings" in line
    )
    asked = """SELECT ?n ?d { ?x cg:verdict cgc:Rejected ; cg:itemKind 'happening' ; prov:wasAttributedTo/rdfs:label ?n ;
        prov:generatedAtTime ?d }"""
    assert ("Ada Roos", "2026-01-31") in ask(out, asked)
    assert KnowledgeGraph.open(out).check().violations == ()


def test_confirmed_and_rejected_links_outlive_builds_writers_and_what_the_rules_say(papers, monkeypatch):
    out = papers / "out"
    decide_links(papers, "confirm", "reject")
    assert ask(out, LINKS)[-1] == ("1", "curation")
    decided = (out / "graph.nq").read_bytes()
    assert b'"happening confirmed by Ada Roos' in decided
    make(papers / "in.jsonl", out, infer=True, sync=True)
    assert (out / "graph.nq").read_bytes() == decided
    with KnowledgeGraph.open(out, write=True) as graph:
        graph.replace([read(Article(id="c", published="2025-03-04", text=PAPERS["c"]), model="fast")])
    assert (out / "graph.nq").read_bytes() == decided
    monkeypatch.setattr("claimgraph.subjects.happenings.compare", lambda *_: None)
    make(write(papers / "in.jsonl", **PAPERS, d=TWO), out)
    assert [len(words) for words in happenings(out)] == [2]
    assert KnowledgeGraph.open(out).check().violations == ()


def test_a_link_whose_words_are_gone_is_reported_not_dropped(papers):
    out = papers / "out"
    decide_links(papers, "confirm", "confirm")
    assert [outcome for _, outcome in outcomes(out)] == ["applied", "applied"]
    make(write(papers / "in.jsonl", **PAPERS | {"a": "Police met Tomas Breck in Lindby on Tuesday."}), out)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))["decisions"]
    assert "conflict" in {row["outcome"] for row in report}
    assert {row["why"] for row in report if row["outcome"] == "conflict"} == {"its words stand in the text no more"}
    make(write(papers / "in.jsonl", **PAPERS | {"a": PAPERS["a"].replace("arrested", "may have arrested")}), out)
    assert "its words tell no more of an event that took place or is to" in (out / "report.md").read_text("utf-8")


def test_what_is_decided_of_a_link_is_shown_at_both_events(papers):
    out = papers / "out"
    decide_links(papers, "confirm", "reject", by="<b>Bo</b>")
    told = [a["curated"] for _, a in KnowledgeGraph.open(out).network().nodes(data=True) if "curated" in a]
    confirmed, rejected = (f"happening {verdict} by <b>Bo</b> on 2026-01-31" for verdict in ("confirmed", "rejected"))
    assert sorted(told) == [(confirmed,), (confirmed, rejected), (rejected,)]


def test_a_link_may_be_one_to_a_part_but_to_nothing_else(papers):
    out = papers / "out"
    wrong = decide_links(papers, "correct", None, correction="twin")
    assert "is no happening: write one of same, has-part, part-of" in str(wrong.errors[0])
    decide_links(papers, "correct", None, correction="part-of")
    parts = "SELECT ?w { GRAPH ?g { ?e sem:hasSubEvent ?p } ?e rdfs:label ?w FILTER(STRENDS(STR(?g), 'happenings')) }"
    assert len(ask(out, parts)) == 1
    [row] = [row for row in link_rows(out, every=True) if row["value"] == "has-part"]
    assert row["confidence"] == "1"


# ---- on one reading


@pytest.fixture(scope="module")
def reading():
    return read(Article(id="one", published="2025-03-04", text=ONE), model="fast")


def decision(reading, kind, words, verdict, correction="", day="2026-01-31"):
    """A decision about the first item of this kind with these words."""
    found = next(d for d in Doubts(reading).all() if (d.item.kind, d.item.anchor.words) == (kind, words))
    item = found.item
    told = (item.key, kind, item.anchor, item.other, item.value, verdict, correction, "Ada Roos", day)
    return Decision(*told)


def speaker_of(reading, words):
    names = {entity.id: entity.name for entity in reading.entities}
    [claim] = [c for c in reading.claims if c.content[0].text == words]
    return names.get(claim.source_entity), claim.source and claim.source.text


def test_content_of_a_claim_is_corrected_and_what_lay_outside_it_is_let_go(reading):
    after, [effect] = curated(
        reading, [decision(reading, "claim", BRIDGES, "correct", "content=40 bridges were closed")]
    )
    assert effect.state == "applied"
    [claim] = [c for c in after.claims if c.content[0].text == "40 bridges were closed"]
    assert (claim.confidence, claim.origin.partition(":")[0]) == (1.0, "curation")
    prove(after)
    _, [effect] = curated(reading, [decision(reading, "claim", BRIDGES, "correct", "content=nowhere")])
    assert "does not stand in the claim's sentence once" in effect.why


def test_a_speaker_whom_the_reader_did_not_find_is_named_with_a_type(reading):
    made = decision(reading, "speaker", BRIDGES, "correct", "Governor Ada (person)")
    after, [effect] = curated(reading, [made])
    assert (effect.state, speaker_of(after, BRIDGES)[0]) == ("applied", "Governor Ada")
    prove(after)
    made = decision(reading, "speaker", BRIDGES, "correct", "Zoe Nobody (person)")
    assert "does not stand in the text" in curated(reading, [made])[1][0].why


def test_a_name_of_another_takes_along_what_rests_on_it(reading):
    assert speaker_of(reading, VILLAGES) == ("Bo Ekman", "Ekman")
    after, _ = curated(reading, [decision(reading, "alias", "Ekman", "correct", "Ada Lindqvist")])
    assert speaker_of(after, VILLAGES) == ("Ada Lindqvist", "Ekman")
    assert not [e for e in after.entities if e.name == "Bo Ekman" and "Ekman" in e.aliases]
    after, _ = curated(reading, [decision(reading, "alias", "Ekman", "reject")])
    assert speaker_of(after, VILLAGES) == (None, "Ekman")


def test_what_is_decided_about_a_part_of_what_is_rejected_is_overtaken(reading):
    both = [decision(reading, "speaker", VILLAGES, "confirm"), decision(reading, "claim", VILLAGES, "reject")]
    after, effects = curated(reading, both)
    assert [(e.decision.kind, e.state) for e in effects] == [("speaker", "superseded"), ("claim", "applied")]
    assert VILLAGES not in {c.content[0].text for c in after.claims}


def test_without_the_space_that_it_needs_nothing_is_imported(place, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    row = next(r for r in sheet(place / "out") if r["kind"] == "speaker")
    asked = {"decision": "reject", "by": "A", "when": "2026-01-31"}
    before = records(place / "out")
    monkeypatch.setattr("claimgraph.curate.build", full)
    with pytest.raises(OSError, match="No space"):
        import_decisions(place / "out", save(place / "d.csv", [row | asked]))
    assert load_ledger(place / "out") == ()
    assert records(place / "out") == before
