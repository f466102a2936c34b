from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph
import pytest

from claimgraph import __version__
from page_reader import in_page, read

ROOT = Path(__file__).resolve().parent.parent
STORY = "Rain ends in Rome\n\nMarch 3, 2023\n\nThe rain ended in Rome, the mayor of the city said on Friday.\n"


def claimgraph(*arguments, stdin=b"", **variables):
    return subprocess.run(
        [sys.executable, "-m", "claimgraph", *map(str, arguments)],
        input=stdin,
        env=os.environ | variables,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("built") / "output"
    ran = claimgraph("build", ROOT / "examples" / "finland-nato.jsonl", "--out", out)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    return out


def test_version_is_the_packages():
    assert claimgraph("--version").stdout.decode() == f"claimgraph {__version__}\n"
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", ["", "build", "extract", "query", "view", "check", "export", "serve", "publish", "evaluate"]
)
def test_help_teaches(command):
    ran = claimgraph(*command.split(), "--help", COLUMNS="200")
    assert ran.returncode == 0
    assert f"claimgraph {command or 'build'} " in ran.stdout.decode().split("Example:" if command else "Begin with:")[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["fly"], "No such command 'fly'"),
        (["build"], "Missing argument 'INPUT'"),
        (["build", "x", "--text", "half"], "'half' is not one of"),
        (["extract", "x", "--workers", "-1"], "--workers"),
        (["build", "x", "--now", "soon"], "soon: is no time"),
        (["build", "x", "--base", "my graph"], "my graph: is no base"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(arguments, reason):
    ran = claimgraph(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == b""
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("claimgraph: ")
    assert reason in line


def test_build_writes_everything_and_is_quiet_in_a_pipe(built):
    graphs = {"graph.nq", "graph.trig", "graph.graphml", "graph.gexf", "store"}
    assert {path.name for path in built.iterdir()} == graphs | {"network.html", "report.json", "report.md"}


def test_extract_writes_json_lines_in_order(tmp_path):
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.txt").write_text(STORY.replace("Rome", "Milan"), encoding="utf-8")
    ran = claimgraph("extract", tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["text"] == STORY.replace("Rome", "Milan")
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_extract_gives_the_same_bytes_with_workers(tmp_path):
    lines = [json.dumps({"id": f"n{n}", "text": f"Mayor {n} said it rained.", "date": "2021"}) for n in range(40)]
    source = tmp_path / "many.jsonl"
    source.write_text("\n".join([*lines[:20], "{broken", *lines[20:]]), encoding="utf-8")
    one, three = (claimgraph("extract", source, "--workers", n) for n in (1, 3))
    assert len(one.stdout.splitlines()) == 40
    assert (one.stdout, one.stderr, one.returncode) == (three.stdout, three.stderr, 1)
    assert b"many.jsonl:21: " in one.stderr


def test_bad_input_costs_only_itself(tmp_path):
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = claimgraph("extract", tmp_path)
    assert ran.returncode == 1
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == ["good"]
    assert ran.stderr.decode().splitlines() == [f"claimgraph: {tmp_path / 'empty.txt'}: is empty"]


def test_extract_warns_of_a_missing_date_and_goes_on():
    ran = claimgraph("extract", "-", stdin=b"The rain ended in Rome, the mayor of the city said on Friday.")
    assert ran.returncode == 0
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("claimgraph: -: no publication date")


def test_build_names_what_it_left_out_and_keeps_the_rest(tmp_path):
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0\0")
    ran = claimgraph("build", tmp_path / "good.txt", tmp_path / "bad.txt", "--out", tmp_path / "output")
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    report = json.loads((tmp_path / "output" / "report.json").read_text(encoding="utf-8"))
    assert [row["input"] for row in report["errors"]] == ["bad.txt"]
    assert report["counts"]["articles"] == 1


def test_build_of_nothing_leaves_an_older_one_alone(built, tmp_path):
    older = shutil.copytree(built, tmp_path / "older")
    ran = claimgraph("build", tmp_path / "absent.txt", "--out", older)
    assert ran.returncode == 1
    assert (older / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()
    assert sorted(path.name for path in older.iterdir()) == sorted(path.name for path in built.iterdir())
    assert "no article could be read, so nothing was written" in ran.stderr.decode()
    claimgraph("build", tmp_path / "absent.txt", "--out", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_output_that_cannot_be_written_is_status_3(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(STORY, encoding="utf-8")
    for command in (
        ["build", source, "--out", source / "output"],
        ["extract", source, "-o", tmp_path / "no" / "f.jsonl"],
    ):
        ran = claimgraph(*command)
        assert ran.returncode == 3, ran.stderr
        assert len(ran.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_standard_input_is_read():
    ran = claimgraph("extract", "-", stdin=STORY.encode())
    assert json.loads(ran.stdout)["title"] == "Rain ends in Rome"


@pytest.mark.parametrize("command", [["query", "SELECT * WHERE { ?s ?p ?o }"], ["check"], ["view"], ["export"]])
def test_folder_without_a_graph_is_status_3(tmp_path, command):
    ran = claimgraph(command[0], tmp_path, *command[1:])
    assert ran.returncode == 3, ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "begins"), [("table", ""), ("csv", "name"), ("json", "{"), ("xml", "<?xml")])
def test_query_answers_in_every_form(built, form, begins):
    ran = claimgraph(
        "query", built, "SELECT ?name WHERE { ?a cg:canonical ?b . ?b rdfs:label ?name }", "--format", form
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().startswith(begins)
    assert "Finland" in ran.stdout.decode()


def test_wrong_query_says_where(built):
    ran = claimgraph("query", built, "SELECT ?x WHERE {\n  ?x a\n}")
    assert ran.returncode == 2
    (line,) = ran.stderr.decode().splitlines()
    assert "line 3, column" in line


@pytest.mark.parametrize(
    ("question", "status", "advice"),
    [
        ("ASK { ?c a foo:Claim }", 2, "the prefix foo: is not declared; known without a declaration are cg, cgc,"),
        ("PREFIX my: <urn:my> ASK { ?c a my:x , other:y }", 2, "the prefix other: is not declared"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 2, "a query changes nothing: ask with SELECT"),
        ("SELECT ?c { ?c a cg:Claims }", 0, "cg:Claims is no term of the vocabulary; there is cg:Claim"),
    ],
)
def test_query_that_goes_wrong_says_what_to_do(built, question, status, advice):
    ran = claimgraph("query", built, question)
    (line,) = ran.stderr.decode().splitlines()
    assert (ran.returncode, advice in line) == (status, True), line


def test_unknown_question_is_status_2(built):
    assert claimgraph("query", built, "no-such-question").returncode == 2


def test_check_proves_a_good_graph_and_finds_a_forged_one(built, tmp_path):
    ran = claimgraph("check", built)
    digest = json.loads((built / "report.json").read_text(encoding="utf-8"))["graph"]["rdfc10_sha256"]
    assert (ran.returncode, ran.stdout.decode()) == (0, f"sha256 {digest} (RDFC-1.0)\n")
    assert hashlib.sha256((built / "graph.nq").read_bytes()).hexdigest() == digest
    assert digest in (built / "report.md").read_text(encoding="utf-8")
    forged = shutil.copytree(built, tmp_path / "forged")
    store = pyoxigraph.Store(str(forged / "store" / "1"))
    words = pyoxigraph.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
    span = next(quad for quad in store.quads_for_pattern(None, words, None, None) if quad.object.value == "Finland")
    store.remove(span)
    store.add(pyoxigraph.Quad(span.subject, words, pyoxigraph.Literal("Sweden"), span.graph_name))
    del store
    ran = claimgraph("check", forged)
    assert ran.returncode == 1
    assert b"Sweden" in ran.stderr


def test_export_writes_the_record_a_format_and_a_claim(built, tmp_path):
    assert claimgraph("export", built).stdout == (built / "graph.nq").read_bytes()
    assert claimgraph("export", built, "--format", "trig").stdout == (built / "graph.trig").read_bytes()
    assert claimgraph("export", built, "--format", "jsonld", "-o", tmp_path / "graph.jsonld").stdout == b""
    assert json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    claim = (
        claimgraph("query", built, "SELECT ?c { ?c a cg:Claim } LIMIT 1", "--format", "csv").stdout.decode().split()[1]
    )
    review = json.loads(claimgraph("export", built, "--claim", claim, "--as", "claimreview").stdout)
    assert review["itemReviewed"]["@id"] == claim
    for half in (["--claim", claim], ["--as", "claimreview"], ["--claim", "urn:x", "--as", "nanopublication"]):
        ran = claimgraph("export", built, *half)
        assert (ran.returncode, len(ran.stderr.splitlines()), ran.stdout) == (2, 1, b"")


@pytest.mark.parametrize("iri", ["foo", "urn:x:y", "<urn:x>"])
def test_what_is_no_claim_is_status_2_and_named_as_it_was_given(built, iri):
    ran = claimgraph("export", built, "--claim", iri, "--as", "nanopublication")
    (line,) = ran.stderr.decode().splitlines()
    assert ran.returncode == 2
    assert line.startswith(f"claimgraph: {iri}: is no claim of this graph")


def test_view_writes_what_the_page_holds_as_json(built, tmp_path):
    ran = claimgraph("view", built, "--data", tmp_path / "page.json")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    data = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
    assert (data["format"], data["version"]) == ("claimgraph page data", 1)
    assert read(data) == read(in_page((built / "network.html").read_text(encoding="utf-8")))


def test_view_writes_the_page_again(built):
    before = (built / "network.html").read_bytes()
    assert claimgraph("view", built, "--focus", "NATO").returncode == 0
    around = (built / "network.html").read_bytes()
    assert claimgraph("view", built).returncode == 0
    assert (built / "network.html").read_bytes() == before != around


def test_reader_that_stops_early_is_no_error(tmp_path):
    lines = [json.dumps({"id": f"n{n}", "text": "The mayor said it rained.", "date": "2021"}) for n in range(400)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    script = (
        f"set -o pipefail; {sys.executable} -m claimgraph extract {tmp_path / 'many.jsonl'} --workers 1 | head -n 1"
    )
    ran = subprocess.run(["bash", "-c", script], capture_output=True, check=False, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_interrupt_is_status_130(tmp_path):
    lines = [
        json.dumps({"id": f"n{n}", "text": "The mayor said it rained. " * 50, "date": "2021"}) for n in range(4000)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "claimgraph", "extract", tmp_path / "many.jsonl", "-o", tmp_path / "out.jsonl"]
    heard = ["env", "--default-signal=INT"]  # a job in the background would ignore it
    process = subprocess.Popen([*heard, *map(str, command), "--workers", "1"], stderr=subprocess.PIPE)
    try:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, complaint) == (130, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["many.jsonl"]
