"""Names and identifiers in short reports of many desks: sport, business, science, crime, politics, local news, an obituary, weather.

Each row of gold/desks/expected.tsv is a name as one of the articles writes it, what it is for, and who it is: "-" where no
identifier may be given (invented people, namesakes), "none" where the words name no actor or place.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from claimgraph.articles import load
from claimgraph.model import to_annotation
from claimgraph.reader import read

DESKS = Path(__file__).parent / "gold" / "desks"
ROWS = [line.split("\t") for line in (DESKS / "expected.tsv").read_text("utf-8").splitlines()[1:]]
POSSESSIVES = ("his ", "her ", "its ", "their ", "my ", "our ", "the ", "a ", "an ")


@lru_cache
def annotated(desk: str) -> dict[str, Any]:
    (article,) = load([DESKS / f"{desk}.txt"])
    annotation: dict[str, Any] = json.loads(json.dumps(to_annotation(read(article, model="fast"))))
    return annotation


def named(desk: str, name: str) -> list[tuple[str, str]]:
    """Type and identifier of each mention that has these words, with or without article."""
    entities = {e["id"]: e for e in annotated(desk)["entities"]}
    mentions = [m for m in annotated(desk)["mentions"] if m["kind"] == "name" and name in {m["text"], m["text"][4:]}]
    return sorted({(m["type"], entities[m["entity"]]["wikidata"] or "-") for m in mentions})


@pytest.mark.parametrize(("desk", "name", "kind", "wikidata"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_a_name_is_of_its_kind_and_has_the_right_identifier_or_none(
    desk: str, name: str, kind: str, wikidata: str
) -> None:
    assert named(desk, name) == ([] if kind == "none" else [(kind, wikidata)])


@pytest.mark.parametrize("desk", sorted({row[0] for row in ROWS}))
def test_no_entity_is_called_by_a_pronoun_or_an_article(desk: str) -> None:
    names = [e["name"] for e in annotated(desk)["entities"]]
    assert [
        n
        for n in names
        if n.lower().startswith(POSSESSIVES)
        and n not in {"The New York Times", "The Football Association", "The Times of India"}
    ] == []


def test_who_is_named_by_a_pronoun_is_called_after_whom_it_stands_for() -> None:
    assert "leader of Hartlepool Borough Council" in {e["name"] for e in annotated("uk")["entities"]}
    assert "grandmother of Lena Hartvig" in {e["name"] for e in annotated("sport")["entities"]}


def test_a_bracket_left_open_is_no_part_of_a_name() -> None:
    texts = [m["text"] for desk in ("science", "india") for m in annotated(desk)["mentions"] if m["kind"] == "name"]
    assert [t for t in texts if t.count("(") != t.count(")")] == []
