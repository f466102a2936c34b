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


def test_a_charge_that_is_rejected_is_answered() -> None:
    text = "Moscow has accused the alliance of breaking the treaty; the alliance rejects the charge."
    assert ("rejects", "responds-to", "has accused") in relations(text)


def test_a_request_that_is_rejected_answers_nobody_who_did_not_make_it() -> None:
    text = "Ubisoft promised to license the games to rivals for 10 years. A judge rejected its request."
    assert [kind for _, kind, _ in relations(text)] == []


def test_a_denial_inside_a_long_speech_is_found_by_its_sentence() -> None:
    text = (
        "“The warnings were passed on to the ministry,” Anna Reed said. “We acted within hours. Nobody slept.”\n\n"
        "“The warnings were not passed on to the ministry,” Tom Hall said."
    )
    assert [kind for _, kind, _ in relations(text)] == ["contradicts"]


LONG = (
    "“I grew up in a small town, where my brother wore a scarf and nobody asked about it. I read every book in the "
    "library, and then I left. I never regretted that. My friends stayed,” Anna Reed said."
)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\nTom Hall said that nobody read books.",
        f"{LONG}\n\nTom Hall decided not to wear a scarf.",
        "Anna Reed asked whether the bridge was safe. Tom Hall said that the bridge was not safe.",
        "Anna Reed said: “Thank you very much for the warm welcome.” Tom Hall said: “Thank you very much for the warm welcome.”",
        "Anna Reed said that prices rose by 4%. Tom Hall said that 60% of drivers saw prices rise.",
    ],
)
def test_common_words_alone_relate_nothing(text: str) -> None:
    assert relations(text) == []


def test_two_voices_that_say_the_same_support_each_other() -> None:
    text = (
        "Anna Reed said that the northern bridge had been closed since Monday morning. "
        "Later Tom Hall told reporters that the northern bridge was closed on Monday morning."
    )
    assert [kind for _, kind, _ in relations(text)] == ["corroborates"]


def test_a_reason_names_people_by_their_names() -> None:
    text = "The hospital said that Anna Reed died on Monday. A statement by the court said that Anna Reed died of a stroke."
    reasons = [r["rationale"] for r in reading(text)["relations"]]
    assert [reason for reason in reasons if "Anna Reed" in reason]
    assert not [reason for reason in reasons if " e1 " in reason]


TRANSCRIPT = (
    "ANNA REED: Why did you leave the party?\n\nTOM HALL: I never left the party. They left me.\n\n"
    "ANNA REED: And the money?\n\nTOM HALL: It was paid back."
)


def test_a_question_in_a_transcript_is_a_question_and_nothing_that_can_be_denied() -> None:
    read = reading(TRANSCRIPT)
    assert [claim["polarity"] for claim in read["claims"] if claim["inside"] is None][::2] == ["questioned"] * 2
    assert read["relations"] == []


def test_a_line_without_a_verb_of_saying_says_that_this_is_inferred() -> None:
    text = "((WN)) What did you see?\n\nHolm: A light.\n\n((WN)) And then?\n\nHolm: It went out."
    claims = [c for c in reading(text)["claims"] if c["cue"] is None and c["inside"] is None]
    assert claims
    assert all("cue" in c["inferred"] for c in claims)
