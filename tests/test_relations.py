"""Claims that support, contradict or answer each other: with a rationale, never a claim with itself."""

from __future__ import annotations

import pytest

from readings import reading


def relations(text: str) -> list[tuple[str, str, str]]:
    r = reading(text)
    cue = {c["id"]: c["cue"] and c["cue"]["text"] for c in r["claims"]}
    return [(cue[x["from"]], x["type"], cue[x["to"]]) for x in r["relations"]]


DENIED = "Anna Reed said that the government ignored the warnings. Tom Hall denied that the government had ignored the warnings."


def test_a_denial_of_the_same_words_contradicts() -> None:
    assert ("denied", "contradicts", "said") in relations(DENIED)


def test_every_relation_says_why_and_how_sure() -> None:
    found = reading(DENIED)["relations"]
    assert found
    assert all(r["rationale"] and r["basis"] and 0 < r["confidence"] < 1 and r["from"] != r["to"] for r in found)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Reed said that the bridge was safe. Tom Hall said that taxes would rise.",
        "Anna Reed said that 40% of the doses were lost.",
    ],
)
def test_claims_about_other_things_are_unrelated(text: str) -> None:
    assert relations(text) == []


def test_a_reason_names_people_by_their_names() -> None:
    text = "The hospital said that Anna Reed died on Monday. A statement by the court said that Anna Reed died of a stroke."
    reasons = [r["rationale"] for r in reading(text)["relations"]]
    assert [reason for reason in reasons if "Anna Reed" in reason]
    assert not [reason for reason in reasons if " e1 " in reason]
