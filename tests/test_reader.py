"""One article read whole: spans proved, ids that resolve, the same result each time, odd texts survived."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.model import Article, to_annotation
from claimgraph.reader import read
from readings import reading

TEXT = (
    "VIENNA — Austrian Chancellor Katharina Brandl on Thursday denied that her government had ignored warnings.\n\n"
    '"The warnings were passed on," the chancellor told reporters. Police seized 300 vials in Graz on Tuesday.'
)


def spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return ([value] if {"start", "end", "text"} <= value.keys() else []) + [
            s for v in value.values() for s in spans(v)
        ]
    return [s for v in value for s in spans(v)] if isinstance(value, list) else []


def test_every_span_holds_its_words() -> None:
    found = spans([v for v in reading(TEXT).values() if isinstance(v, list)])
    assert len(found) > 20
    assert [s for s in found if TEXT[s["start"] : s["end"]] != s["text"]] == []


def test_every_reference_has_its_thing() -> None:
    r = reading(TEXT)
    known = {x["id"] for layer in ("entities", "mentions", "times", "quantities", "events", "claims") for x in r[layer]}
    used = [c[k] for c in r["claims"] for k in ("source_entity", "inside", "said_on")]
    used += [e[k] for e in r["events"] for k in ("place", "time", "reported_in")] + [m["entity"] for m in r["mentions"]]
    assert {u for u in used if u} - known == set()


def test_same_text_same_reading() -> None:
    once, again = (
        json.dumps(to_annotation(read(Article(id="a", text=TEXT, published="2021-11-05")))) for _ in range(2)
    )
    assert once == again


def test_without_a_date_nothing_is_dated() -> None:
    assert [t for t in reading(TEXT, None)["times"] if t["earliest"]] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        '"',
        "“” «»",
        "....",
        "!",
        "\u200b",
        "SAID SAID SAID",
        "Doing this will make certain that aid is available to families.",
        'He said: "',
        "😀 said 😀.",
    ],
)
def test_odd_texts(text: str) -> None:
    assert reading(text)["text"] == text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "'", "said", "Reed", "the", "minister", "that", ",", ".", "\n\n", "5%", "—", "it", "("]
        ),
        max_size=30,
    )
)
def test_any_row_of_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    assert read(Article(id="a", text=text)).article.text == text
