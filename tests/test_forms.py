"""Text as it comes: agency copy, interviews, live blogs, lists, tables, captions, releases, letters, posts, notes, boilerplate.

Each row of gold/forms/expected.tsv is about words of one article ("/" is a line's end): who says them (of the outermost
claim, or `inner`, of the innermost), which part left out they stand in, that the article states them, that nothing is made
of them (`silent`), that they are one paragraph, or that they are not of one with others (`apart`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from claimgraph.articles import load
from claimgraph.articles.parts import find_parts
from claimgraph.lexicon import load_map
from claimgraph.model import to_annotation
from claimgraph.paragraphs import paragraphs
from claimgraph.reader import read
from claimgraph.report import Found, to_report

FORMS = Path(__file__).parent / "gold" / "forms"
ROWS = [line.split("\t") for line in (FORMS / "expected.tsv").read_text("utf-8").splitlines()[1:]]


@lru_cache
def annotated(name: str) -> dict[str, Any]:
    (article,) = load([FORMS / name])
    annotation: dict[str, Any] = json.loads(json.dumps(to_annotation(read(article, model="fast"))))
    return annotation


def place(name: str, words: str) -> tuple[int, int]:
    """Bounds of words that stand once in an article's text."""
    text = annotated(name)["text"]
    wanted = words.replace("/", "\n") if "/" in words else words
    assert text.count(wanted) == 1, f"{wanted!r} stands {text.count(wanted)} times in {name}"
    return text.index(wanted), text.index(wanted) + len(wanted)


def covering(spans: list[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [span for span in spans if span["start"] <= start and end <= span["end"]]


def touching(spans: list[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [span for span in spans if span["start"] < end and start < span["end"]]


def claimed(name: str) -> list[dict[str, Any]]:
    """Each piece of each claim's content with the claim's speaker."""
    found = annotated(name)
    names = {e["id"]: e["name"] for e in found["entities"]}
    return [piece | {"speaker": names.get(c["source_entity"])} for c in found["claims"] for piece in c["content"]]


def said_by(name: str, words: str, *, inner: bool) -> str | None:
    """Speaker of the outermost or innermost claim that has the words."""
    pieces = covering(claimed(name), *place(name, words))
    assert pieces, f"nobody says {words!r}"
    choose = min if inner else max
    return choose(pieces, key=lambda piece: piece["end"] - piece["start"])["speaker"]


@pytest.mark.parametrize(("name", "check", "words", "value"), ROWS, ids=[f"{r[0]}-{r[1]}-{r[2][:24]}" for r in ROWS])
def test_what_is_read_of_words_as_they_come(name: str, check: str, words: str, value: str) -> None:
    start, end = place(name, words)
    found = annotated(name)
    if check in {"says", "inner"}:
        assert said_by(name, words, inner=check == "inner") == value
    elif check == "left":
        (part,) = covering(found["left_out"], start, end)
        assert part["kind"] == value
        assert touching([*claimed(name), *found["statements"]], part["start"], part["end"]) == []
    elif check == "states":
        assert covering(found["statements"], start, end)
    elif check == "silent":
        assert touching(found["statements"], start, end) == []
        assert {piece["speaker"] for piece in covering(claimed(name), start, end)} <= {None}
    else:
        inside = [(s, e) for s, e in paragraphs(found["text"]) if s <= start and end <= e]
        assert len(inside) == 1
        assert check == "paragraph" or not inside[0][0] <= found["text"].index(value) < inside[0][1]


@pytest.mark.parametrize("name", sorted({row[0] for row in ROWS}))
def test_parts_left_out_stand_in_the_text_and_in_the_report_with_a_reason(name: str, tmp_path: Path) -> None:
    (article,) = load([FORMS / name])
    found = annotated(name)
    assert [p for p in found["left_out"] if found["text"][p["start"] : p["end"]] != p["text"]] == []
    rows = list(to_report([read(article, model="fast")], Found(), folder=tmp_path)["left_out"])
    assert [(row["part"], row["text"]) for row in rows] == [(p["kind"], p["text"]) for p in found["left_out"]]
    assert all(row["part"] in load_map("part_kinds") and len(row["reason"].split()) > 2 for row in rows)


def test_a_text_of_nothing_but_boilerplate_is_read_as_it_is() -> None:
    assert find_parts("Correction: Mayor Anna Reed said that the bridge is new.") == ()
