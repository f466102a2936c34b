"""The measures: by hand on small cases, and against the scorer that the corpora came with, where they are here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from claimgraph.articles import load
from claimgraph.evaluate import evaluate
from claimgraph.model import to_annotation
from claimgraph.reader import read
from claimgraph.scoring import TASKS, Counts, figures, find_tasks, intervals
from claimgraph.scoring.chains import b_cubed, best_alignment, ceaf_e, muc
from claimgraph.scoring.claims import compare_claims
from claimgraph.scoring.layers import compare_links, compare_times

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared"))
SCORER = SHARED / "tools" / "score.py"
HERE = pytest.mark.skipif(not (SHARED / "corpora" / "dev").is_dir(), reason="no corpora here (CLAIMGRAPH_SHARED)")
DOCUMENTS = 5
"""Documents of each corpus that the two scorers are compared on."""

TEXT = 'Ann Lee said "it rained". Bob Ray denied it.'


def attribution(source: Any, cue: Any, content: Any, **more: Any) -> dict[str, Any]:
    return {"source": source, "cue": cue, "content": content, **more}


def annotation(**layers: Any) -> dict[str, Any]:
    return {"id": "a", "text": TEXT, **layers}


# ---- by hand


def test_claims_are_compared_without_marks_at_their_edges() -> None:
    gold = annotation(attributions=[attribution([[0, 7]], [[8, 12]], [[13, 24]], kind="direct")])
    said = attribution({"start": 0, "end": 7}, {"start": 8, "end": 12}, ({"start": 14, "end": 23},), inside=None)
    counts = compare_claims(gold, annotation(claims=[said])).counts
    assert {counts[m].figure for m in ("source exact", "cue exact", "content exact", "linked", "recall direct")} == {
        1.0
    }


def test_source_of_another_claim_is_no_link() -> None:
    gold = annotation(attributions=[attribution([[0, 7]], [[8, 12]], [[13, 24]], kind="direct")])
    wrong = attribution({"start": 26, "end": 33}, {"start": 8, "end": 12}, [{"start": 13, "end": 24}], inside=None)
    outcome = compare_claims(gold, annotation(claims=[wrong]))
    assert (outcome.counts["content exact"].figure, outcome.counts["linked"].figure) == (1.0, 0.0)
    assert {(f.layer, f.kind) for f in outcome.faults} == {("source", "missed"), ("source", "spurious")}


def test_speaker_is_right_by_name_or_alias_and_missed_without_a_claim() -> None:
    said = attribution([[0, 7]], [[8, 12]], [[13, 24]], form="direct", source_entity="Ann Lee", inside=None)
    unnamed = said | {"source_entity": "unnamed: officials"}
    gold = annotation(claims=[said, unnamed])
    entities = [{"id": "e1", "name": "Lee", "aliases": ["Ms Ann Lee"]}, {"id": "e2", "name": "Bob Ray", "aliases": []}]
    found = attribution({"start": 0, "end": 7}, None, [{"start": 13, "end": 24}])
    right = compare_claims(gold, annotation(claims=[found | {"source_entity": "e1"}], entities=entities))
    wrong = compare_claims(gold, annotation(claims=[found | {"source_entity": "e2"}], entities=entities))
    assert [o.counts["speaker"] for o in (right, wrong)] == [Counts.rate(1, 1), Counts.rate(0, 1)]
    assert [f.predicted.label for f in wrong.faults if f.layer == "speaker" and f.predicted] == ["Bob Ray"]
    assert compare_claims(gold, annotation()).counts["speaker"] == Counts.rate(0, 1)


def test_gold_outside_the_scope_does_not_count() -> None:
    times = [{"span": [0, 7], "value": "2020"}, {"span": [26, 33], "value": "2021"}]
    found = [{"start": 0, "end": 7, "value": "2020"}, {"start": 26, "end": 33, "value": "1999"}]
    inside = compare_times(annotation(timex=times, scope=[0, 25]), annotation(times=found)).counts
    assert {measure: counts.figure for measure, counts in inside.items()} == {"value": 1, "relaxed": 1, "strict": 1}
    whole = compare_times(annotation(timex=times), annotation(times=found))
    assert {m: c.figure for m, c in whole.counts.items()} == {"value": 0.5, "relaxed": 1, "strict": 1}
    assert [(f.kind, f.gold and f.gold.label, f.predicted and f.predicted.label) for f in whole.faults] == [
        ("wrong-value", "2021", "1999")
    ]


def test_links_count_for_capitalised_names_and_optional_ones_cost_nothing() -> None:
    labels = [
        {"span": [0, 7], "qid": "Q1"},
        {"span": [26, 33], "qid": "Q2", "optional": True},
        {"span": [14, 16], "qid": "Q3"},
    ]
    mentions = [{"start": s, "end": e, "kind": "name", "entity": f"e{s}"} for s, e in ((0, 7), (26, 33))]
    entities = [{"id": "e0", "wikidata": "Q1"}, {"id": "e26", "wikidata": "Q9"}]
    gold = annotation(labels=labels)
    right = compare_links(gold, annotation(mentions=mentions, entities=entities))
    assert right == ({"strict": Counts.paired(1, 1, 1)}, ())
    other = compare_links(gold, annotation(mentions=mentions, entities=[{"id": "e0", "wikidata": "Q5"}]))
    assert other.counts == {"strict": Counts.paired(0, 1, 1)}
    assert [f.kind for f in other.faults] == ["wrong-value"]


def test_chains_are_measured_as_their_papers_work_it_out() -> None:
    """The first response of Bagga and Baldwin 1998: one chain of five, one of two, one of five, wrongly joined."""
    key = [frozenset(range(5)), frozenset({5, 6}), frozenset(range(7, 12))]
    joined = [frozenset(range(5)), frozenset(range(5, 12))]
    across = [frozenset((*range(5), *range(7, 12))), frozenset({5, 6})]
    assert [round(muc(key, r).precision or 0, 2) for r in (joined, across)] == [0.9, 0.9]
    assert [round(b_cubed(key, r).precision or 0, 2) for r in (joined, across)] == [0.76, 0.58]
    assert [b_cubed(key, r).recall for r in (joined, across)] == [1, 1]
    assert ceaf_e(key, key).figure == 1
    assert round(ceaf_e(key, joined).figure, 3) == round(2 * (1 + 10 / 12) / 5, 3)


def test_best_alignment_beats_the_greedy_one_and_takes_any_shape() -> None:
    assert best_alignment([[0.9, 0.8, 0.0], [0.8, 0.1, 0.0]]) == pytest.approx(1.6)
    assert best_alignment([[0.9, 0.8], [0.8, 0.1], [0.7, 0.75]]) == pytest.approx(1.65)
    assert best_alignment([]) == best_alignment([[], []]) == 0


def test_intervals_are_the_same_each_time_and_narrow_with_documents() -> None:
    few, many = ([(f"d{i}", {"m": Counts.paired(i % 3, 3, 3)}) for i in range(n)] for n in (6, 200))
    assert intervals(few) == intervals(few)
    low, high = intervals(few)["m"]
    lower, higher = intervals(many)["m"]
    assert low < lower < figures({"m": Counts.paired(199, 600, 600)})["m"] < higher < high


@pytest.mark.parametrize(
    ("fields", "tasks"),
    [
        ({"attributions": [{"source": None}]}, ["quotes"]),
        ({"attributions": [{"attribution_edu": [0, 1]}]}, ["clauses"]),
        ({"entities": [], "mentions": [], "claims": [], "events": []}, ["articles"]),
        ({"timex": [], "events": []}, ["timex", "events"]),
        ({"times": [], "quantities": [], "events": [], "roles": []}, ["figures"]),
        ({"title": "x"}, []),
    ],
)
def test_fields_tell_the_task(fields: dict[str, Any], tasks: list[str]) -> None:
    assert find_tasks([fields]) == tasks


# ---- against the scorer of the corpora

FILES = {
    "ner": "dev/ner", "el": "dev/el", "timex": "dev/timex", "values": "dev/values", "events": "dev/events",
    "roles": "dev/roles", "coref": "dev/coref", "quotes": "dev/quotes", "speakers": "train/attribution",
}  # fmt: skip
UNSCORED = {("el", "gum-news"), ("el", "meantime"), ("timex", "gum-news")}
"""Without identifiers of Wikidata; with TEI's dates in the place of TimeML's values."""


@lru_cache
def documents(name: str) -> dict[str, list[dict[str, Any]]]:
    """The first documents of each corpus of a gold file."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (SHARED / "corpora" / f"{FILES[name]}.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        found.setdefault(document.get("corpus", ""), []).append(document)
    return {corpus: held[:DOCUMENTS] for corpus, held in found.items()}


def theirs(task: str, gold: Path, predicted: Path, corpus: str) -> str:
    command = [sys.executable, SCORER, task, gold, predicted, *([corpus] if corpus else [])]
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout


EXPECTED = {
    "ner": {"untyped": r"untyped F1 (\S+)", "typed": r"ner typed .*F1 (\S+)"},
    "el": {"strict": r"el strict .*F1 (\S+)"},
    "timex": {"strict": r"strict F1 (\S+)", "relaxed": r"relaxed F1 (\S+)", "value": r"value F1 (\S+)"},
    "values": {"overlap": r"values overlap .*F1 (\S+)"},
    "events": {"overlap": r"events overlap .*F1 (\S+)"},
    "roles": {"overlap": r"roles .*F1 (\S+)"},
    "coref": {"B3": r"B3 .*F1 (\S+)"},
    "quotes": {
        **{f"{part} {how}": rf"{how} +{part} .*F1 (\S+)" for part in ("source", "cue", "content")
           for how in ("exact", "pieces", "overlap")},
        "linked": r"overlap  linked .*F1 (\S+)",
        **{f"recall {form}": rf"linked recall {form} +(\S+)" for form in ("direct", "indirect", "mixed")},
    },
}  # fmt: skip
EXPECTED["speakers"] = {**EXPECTED["quotes"], "speaker": r"speaker right (\S+)"}


@HERE
@pytest.mark.parametrize("name", FILES)
def test_figures_are_those_of_the_corpora_s_own_scorer(name: str, tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    chosen = {corpus: held for corpus, held in documents(name).items() if (name, corpus) not in UNSCORED}
    gold.write_text("".join(json.dumps(d) + "\n" for held in chosen.values() for d in held), "utf-8")
    annotations = [to_annotation(read(article)) for article in load(gold, errors=[])]
    predicted.write_text("".join(json.dumps(a) + "\n" for a in annotations[1:]), "utf-8")  # one counts as empty
    task = "quotes" if name == "speakers" else name
    ours: dict[str, dict[str, str]] = {}
    for row in evaluate([gold], predictions=predicted).rows:
        ours.setdefault(row.corpus, {})[row.measure] = f"{row.figure:.3f}"
    for corpus in chosen:
        printed = theirs(task, gold, predicted, corpus)
        found = {m: match[1] for m, pattern in EXPECTED[name].items() if (match := re.search(pattern, printed))}
        assert len(found) >= len(EXPECTED[name]) - 3  # not every form of speech is in every sample
        assert {m: ours[corpus or tmp_path.name].get(m) for m in found} == found, corpus


@HERE
def test_articles_with_actors_are_scored_alike(tmp_path: Path) -> None:
    """Our own gold in the shape that has actors for entities, speakers by name."""
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    held = [json.loads(f.read_text("utf-8")) for f in sorted((ROOT / "tests" / "gold").glob("*.jsonl"))]
    annotations = [to_annotation(read(a)) for a in load(sorted((ROOT / "tests" / "gold").glob("*.jsonl")))]
    with gold.open("w", encoding="utf-8") as file:
        for article in held:
            names = {e["id"]: e["name"] for e in article.pop("entities")}
            mentions = article.pop("mentions")
            article["actors"] = [{"mentions": [m for m in mentions if m["entity"] == e]} for e in names]
            article["claims"] = [c | {"source_entity": names.get(c["source_entity"])} for c in article["claims"]]
            file.write(json.dumps(article) + "\n")
    predicted.write_text("".join(json.dumps(a) + "\n" for a in annotations), "utf-8")
    printed = theirs("articles", gold, predicted, "")
    ours = {row.measure: f"{row.figure:.3f}" for row in evaluate([gold], predictions=predicted).rows}
    patterns = {
        **EXPECTED["speakers"], "actors": r"actors .*F1 (\S+)", "times overlap": r"times +P.*F1 (\S+)",
        "quantities overlap": r"quantities +P.*F1 (\S+)", "quantity value": r"quantity value +(\S+)",
        "quantity comparator": r"quantity comparator +(\S+)", "time resolved": r"time resolved +(\S+)",
        "event trigger": r"event trigger +(\S+)",
    }  # fmt: skip
    found = {m: match[1] for m, pattern in patterns.items() if (match := re.search(pattern, printed))}
    assert found.keys() == patterns.keys()
    assert {m: ours[m] for m in found} == found


def test_every_task_says_what_it_is() -> None:
    assert all(task.title and task.compare.__doc__ for task in TASKS.values())
