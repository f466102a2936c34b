"""`claimgraph evaluate`: what is read, scored, written and refused, through the command."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimgraph.errors import InputError, UsageError
from claimgraph.evaluate import below, evaluate, load_floors, load_published
from claimgraph.gold import load_gold
from claimgraph.scoring import TASKS

ROOT = Path(__file__).parents[1]
TEXT = "It snowed on March 1, 2023. It rained on Thursday, Mayor Ann Lee said.\n"
RIGHT = {"span": [41, 49], "value": "2023-03-02"}
EARLIER = {"span": [13, 26], "value": "2023-03-01"}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "claimgraph", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def document(number: int, *times: dict[str, Any], corpus: str = "small") -> dict[str, Any]:
    return {"id": f"d{number}", "corpus": corpus, "dct": "2023-03-03", "text": TEXT, "timex": list(times)}


def write(path: Path, *documents: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), "utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    wrong = RIGHT | {"value": "2023-03-09"}
    return write(tmp_path / "gold.jsonl", document(1, EARLIER, RIGHT), document(2, EARLIER, wrong))


def test_texts_are_read_and_scored(gold: Path) -> None:
    assert TEXT[41:49] == "Thursday"
    ran = run(gold, "--workers", "1", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, "")
    figures = {row["measure"]: row for row in json.loads(ran.stdout)["figures"]}
    assert {measure: row["figure"] for measure, row in figures.items()} == {"value": 0.75, "relaxed": 1, "strict": 1}
    assert (figures["value"]["gold"], figures["value"]["documents"]) == (4, 2)
    assert json.loads(ran.stdout)["errors"] == [
        {"task": "timex", "corpus": "small", "layer": "times", "kind": "wrong-value", "count": 1}
    ]


def test_same_scores_same_bytes_with_any_workers(gold: Path, tmp_path: Path) -> None:
    for workers in "13":
        run(gold, "--workers", workers, "-o", tmp_path / f"{workers}.md", "-o", tmp_path / f"{workers}.json")
    assert (tmp_path / "1.md").read_bytes() == (tmp_path / "3.md").read_bytes()
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "3.json").read_bytes()
    assert "| small | value | .750 | .750 | .750 |" in (tmp_path / "1.md").read_text("utf-8")
    assert "| timex | small | times |  |  |  |  | 1 |" in (tmp_path / "1.md").read_text("utf-8")


def test_table_is_plain_in_a_pipe_and_drawn_on_a_terminal(gold: Path) -> None:
    head, first, *_ = run(gold).stdout.splitlines()
    assert head.split() == ["task", "corpus", "measure", "figure", "P", "R", "95%", "gold", "published"]
    assert first.startswith("timex  small   value    .750    .750   .750   ")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "claimgraph", "evaluate", str(gold)]
    with subprocess.Popen(
        command, stdout=follower, stderr=subprocess.PIPE, env=os.environ | {"TERM": "xterm"}
    ) as process:
        os.close(follower)
        shown = b""
        try:
            while data := os.read(leader, 4096):
                shown += data
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(leader)
    assert process.returncode == 0
    assert b"\x1b[1m" in shown
    assert b".750" in shown


def test_annotations_may_be_given_and_absent_ones_count_as_empty(gold: Path, tmp_path: Path) -> None:
    found = {"start": 41, "end": 49, "value": "2023-03-02"}
    given = write(tmp_path / "given.jsonl", {"id": "d1", "text": TEXT, "times": [found]})
    ran = run(gold, "--predictions", given, "--errors", tmp_path / "errors.jsonl")
    assert "value    .400    1.000  .250" in ran.stdout
    assert ran.stderr == "claimgraph: 1 documents have no annotation and count as empty: d2\n"
    errors = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert [(e["document"], e["kind"], e["gold"]["text"]) for e in errors] == [
        ("d2", "missed", "March 1, 2023"),
        ("d2", "missed", "Thursday"),
        ("d1", "missed", "March 1, 2023"),
    ]


def test_annotations_of_another_text_are_refused(gold: Path, tmp_path: Path) -> None:
    given = write(tmp_path / "given.jsonl", {"id": "d1", "text": TEXT + "More.", "times": []})
    ran = run(gold, "--predictions", given)
    assert ran.returncode == 1
    assert ran.stderr == f"claimgraph: {given}:1: the text of 'd1' is not the gold's: extract {gold}\n"


def test_floor_that_is_missed_is_status_1_and_named(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"floors": {"timex/small/value": 0.8, "strict": 1.0}}')
    ran = run(gold, "--floors", floors)
    assert (ran.returncode, ran.stderr) == (1, "claimgraph: below its floor: timex small value 0.7500, floor 0.8\n")
    floors.write_text('{"value": 0.75}')
    assert run(gold, "--floors", floors).returncode == 0


def test_floor_of_no_figure_is_wrong_usage(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="valeu"):
        below(evaluate([gold]).rows, {"timex/small/valeu": 0.1})
    floors = tmp_path / "floors.json"
    for words in ("[1]", '{"value": "high"}', "{"):
        floors.write_text(words)
        with pytest.raises(InputError, match="holds no floors"):
            load_floors(floors)


def test_sample_is_the_same_each_time_and_of_each_corpus(tmp_path: Path) -> None:
    many = [document(n, corpus=corpus) for n, corpus in enumerate(["one", "two"] * 20)]
    first = load_gold([write(tmp_path / "a.jsonl", *many)], sample=3)
    again = load_gold([write(tmp_path / "b.jsonl", *reversed(many))], sample=3)
    assert [one.corpus for one in first] == ["one"] * 3 + ["two"] * 3
    assert {one.id for one in first} == {one.id for one in again}
    assert {one.id for one in first} < {one.id for one in load_gold([tmp_path / "a.jsonl"], sample=5)}


def test_corpora_are_chosen_and_groups_scored_together(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", document(1, RIGHT, corpus="timebank"), document(2, RIGHT, corpus="aquaint"))
    given = write(tmp_path / "p.jsonl", {"id": "d1", "text": TEXT, "times": [{"start": 41, "end": 49, "value": "x"}]})
    rows = evaluate([gold], predictions=given).rows
    strict = {row.corpus: row.figure for row in rows if row.measure == "strict"}
    assert strict == {"aquaint": 0, "timebank": 1, "tempeval-3": pytest.approx(2 / 3)}
    assert list(strict) == ["aquaint", "timebank", "tempeval-3"]
    assert {row.corpus for row in evaluate([gold], corpora=["time"], predictions=given).rows} == {"timebank"}
    with pytest.raises(UsageError, match="choose of aquaint, timebank"):
        load_gold([gold], corpora=["polnear"])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ('{"id": "a"', ":1: is no JSON object"),
        ('{"id": "a", "timex": []}', ':1: is no document: it needs "id" and "text"'),
        ('{"id": "a", "text": "x", "title": "y"}', ": is no gold that is known: documents need a field such as"),
        ('{"id": "a", "text": "x", "timex": [{"from": 1}]}', ": document 'a' is no gold for timex (KeyError"),
    ],
)
def test_what_is_no_gold_is_said_with_its_place(lines: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(lines)
    ran = run(file)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)
    assert ran.stderr.startswith(f"claimgraph: {file}{reason}")


def test_absent_gold_unknown_task_and_a_document_twice_are_refused(gold: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "absent.jsonl").stderr.endswith("absent.jsonl: cannot be read: No such file or directory\n")
    assert run(gold, "--task", "names").returncode == 2
    twice = run(gold, gold)
    assert (twice.returncode, "'d1' is in" in twice.stderr) == (1, True)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no .jsonl file" in run(empty).stderr


def test_output_that_cannot_be_written_is_status_3(gold: Path, tmp_path: Path) -> None:
    assert run(gold, "-o", tmp_path / "no" / "scores.md").returncode == 3


def test_one_text_in_two_files_is_read_once(tmp_path: Path) -> None:
    first = write(tmp_path / "timex.jsonl", document(1, RIGHT))
    other = {key: value for key, value in document(1).items() if key != "timex"} | {"values": []}
    told: list[tuple[int, int]] = []
    evaluate([first, write(tmp_path / "values.jsonl", other)], told=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]


def test_corpus_without_gold_that_counts_is_noted(tmp_path: Path) -> None:
    labels = [{"span": [22, 25], "dbpedia": "http://dbpedia.org/page/Rain"}]
    gold = write(tmp_path / "el.jsonl", {"id": "a", "corpus": "other", "text": TEXT, "labels": labels})
    evaluation = evaluate([gold])
    assert (evaluation.rows, evaluation.mistakes) == ((), ())
    assert evaluation.notes == ("el other: left out, nothing in it counts for this task",)


def test_published_figures_name_their_source_and_what_they_stand_beside() -> None:
    measures = {"quotes": "exact", "ner": "typed", "timex": "value", "el": "strict", "coref": "CoNLL"}
    for (task, corpus, measure), several in load_published().items():
        assert task in TASKS
        assert corpus
        assert measures[task] in measure
        assert all(0 < one.figure < 1 and one.system and one.source for one in several)
        assert [one.figure for one in several] == sorted((one.figure for one in several), reverse=True)


def test_page_of_quality_takes_new_figures_and_leaves_the_words(gold: Path, tmp_path: Path) -> None:
    page, scores = tmp_path / "quality.md", tmp_path / "scores.json"
    page.write_text((ROOT / "docs" / "quality.md").read_text("utf-8"), "utf-8")
    evaluated = run(gold, "-o", scores)
    assert evaluated.returncode == 0
    subprocess.run([sys.executable, ROOT / "tools" / "show_quality.py", scores, page], check=True)
    old, new = ((ROOT / "docs" / "quality.md").read_text("utf-8"), page.read_text("utf-8"))
    assert "| timex | small | value | **.750** | .750 | .750 |" in new
    assert "| timex | small | times |  |  |  |  | 1 | 1 |" in new
    assert [line for line in new.splitlines() if line.startswith("#")] == [
        line for line in old.splitlines() if line.startswith("#")
    ]
    assert "polnear" not in new.split("figures: end")[0]


def test_public_floors_rise_and_fall_only_with_a_reason(tmp_path: Path) -> None:
    scores, floors = tmp_path / "scores.json", tmp_path / "floors.json"
    figures = [
        {"task": "timex", "corpus": "small", "measure": m, "figure": f} for m, f in (("value", 0.759), ("strict", 0.4))
    ]
    scores.write_text(json.dumps({"figures": figures}), "utf-8")
    command = [sys.executable, ROOT / "tools" / "raise_floors.py", scores, floors]
    floors.write_text('{"floors": {"timex/small/value": 0.7}}', "utf-8")
    subprocess.run(command, check=True)
    assert json.loads(floors.read_text("utf-8"))["floors"] == {"timex/small/value": 0.75}
    floors.write_text('{"floors": {"timex/small/strict": 0.5}}', "utf-8")
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, "timex/small/strict" in refused.stderr) == (1, True)
    subprocess.run([*command, "--allow-regression", "stricter gold"], check=True)
    assert json.loads(floors.read_text("utf-8"))["lowered"] == [
        {"floor": "timex/small/strict", "from": 0.5, "to": 0.4, "reason": "stricter gold"}
    ]


def test_floors_of_the_public_corpora_name_tasks_and_measures_that_exist() -> None:
    names = [name.split("/") for name in load_floors(ROOT / "benchmarks" / "floors.json")]
    assert len(names) > 10
    assert {task for task, _, _ in names} <= TASKS.keys()
    shown = (ROOT / "docs" / "quality.md").read_text("utf-8")
    assert [name for name in names if f"| {' | '.join(name)} |" not in shown] == []
