"""What happens: kind, who does what to whom, where and when, whether it happened at all."""

from __future__ import annotations

import pytest

from readings import events, name, reading


def roles(text: str) -> set[tuple[str, str]]:
    return {(p["role"], p["text"]) for e in events(text) for p in e["participants"]}


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        ("Police arrested four men in Graz.", "arrest", {("agent", "Police"), ("patient", "four men")}),
        ("Four men were arrested by the police.", "arrest", {("agent", "the police"), ("patient", "Four men")}),
        ("Officers seized 20 kilograms of ivory.", "seizure", {("agent", "Officers"), ("theme", "20 kilograms")}),
        ("The seizure of 40 rifles by the army was news.", "seizure", {("theme", "40 rifles"), ("agent", "the army")}),
    ],
)
def test_kind_and_participants(text: str, kind: str, participants: set[tuple[str, str]]) -> None:
    assert kind in [e["type"] for e in events(text)]
    assert participants <= roles(text)


@pytest.mark.parametrize(
    ("text", "factuality", "polarity"),
    [
        ("Police arrested four men.", "happened", "affirmed"),
        ("Police did not arrest the men.", "denied", "denied"),
        ("Police will arrest the men.", "planned", "affirmed"),
        ("Police may arrest the men.", "hypothetical", "affirmed"),
        ("Further arrests were planned.", "planned", "affirmed"),
        ("Police are arresting the men.", "ongoing", "affirmed"),
    ],
)
def test_whether_it_happened(text: str, factuality: str, polarity: str) -> None:
    assert [(e["factuality"], e["polarity"]) for e in events(text) if e["type"] == "arrest"] == [(factuality, polarity)]


def test_an_event_noun_has_the_time_of_the_verb_that_opens_it() -> None:
    text = "The trial will open in March."
    (trial,) = [e for e in events(text) if e["trigger"]["text"] == "trial"]
    assert next(t["text"] for t in reading(text)["times"] if t["id"] == trial["time"]) == "March"


def test_place_and_time() -> None:
    text = "Police arrested four men in Vienna on Tuesday."
    (arrest,) = events(text)
    place = next(m for m in reading(text)["mentions"] if m["id"] == arrest["place"])
    assert name(text, place["entity"]) == "Vienna"
    assert next(t["value"] for t in reading(text)["times"] if t["id"] == arrest["time"]) == "2023-03-21"


def test_what_somebody_says_is_reported_never_narrated() -> None:
    text = "Police arrested two men. The mayor said that rebels killed ten people."
    assert [(e["type"], e["voice"], e["reported_in"]) for e in events(text)] == [
        ("arrest", "narrated", None),
        ("killing", "reported", "c1"),
    ]


def test_a_noun_beside_an_event_noun_is_one_of_its_kind() -> None:
    text = "Police reported seizures of ivory, including the confiscation of 40 beads and a shipment of 300 rings."
    assert "shipment" in [e["trigger"]["text"] for e in events(text) if e["type"] == "seizure"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The group provided shelter to the victims.", [("provided", "aid")]),
        ("She provided details of the plan.", []),
        ("Unemployment grew by 3 percent.", [("grew", "increase")]),
        ("Farmers there grow maize.", [("grow", "production")]),
        ("The firm created problems.", []),
        ("The state created a new agency.", [("created", "launch")]),
        ("Rebels released 12 prisoners.", [("released", "release")]),
        ("The firm released a new phone.", [("released", "launch")]),
        ("Parliament passed the bill.", [("passed", "law")]),
        ("She passed the house.", []),
        ("A strike by teachers began.", [("strike", "labor-dispute")]),
        ("An air strike hit the bridge.", [("air strike", "attack")]),
        ("The sell-off went on.", [("sell-off", "trade")]),
        ("Peace talks will be held.", [("Peace talks", "negotiation")]),
        ("Police took the two men into custody.", [("took", "arrest")]),
        ("The disappearance of the plane is a mystery.", []),
        ("It's a growing market.", []),
    ],
)
def test_what_stands_beside_a_word_tells_its_kind(text: str, kinds: list[tuple[str, str]]) -> None:
    assert [(e["trigger"]["text"], e["type"]) for e in events(text)] == kinds


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Twelve soldiers died in the crash.", "died", "crash"),
        ("Police arrested two men during the raid.", "arrested", "raid"),
        ("A man was charged in the bombing.", "charged", None),
        ("The minister resigned in protest.", "resigned", None),
        ("Prices rose in the auction.", "rose", None),
    ],
)
def test_what_happens_in_an_event_is_part_of_it(text: str, part: str, whole: str | None) -> None:
    found = {e["id"]: e["trigger"]["text"] for e in events(text)}
    (of,) = [e.get("part_of") for e in events(text) if e["trigger"]["text"] == part]
    assert (found[of] if of else None) == whole


def test_who_grows_something_acts_and_what_grows_does_not() -> None:
    assert ("agent", "Farmers") in roles("Farmers grow maize.")
    assert ("theme", "Exports") in roles("Exports grew 3 percent.")


@pytest.mark.parametrize(
    ("text", "participants"),
    [
        ("The airline and the union signed an agreement.", {("agent", "The airline"), ("agent", "the union")}),
        ("The firm won a contract to build the bridge.", {("agent", "The firm"), ("theme", "the bridge")}),
        ("The firm was allowed to buy the bridge.", {("agent", "The firm"), ("theme", "the bridge")}),
        ("Shares increased by 4.3 percent.", {("theme", "Shares")}),
        ("It sold the ships.", {("agent", "It"), ("theme", "the ships")}),
    ],
)
def test_who_takes_part_beyond_the_nearest_word(text: str, participants: set[tuple[str, str]]) -> None:
    found = {(p["role"], p["text"]) for e in reading(text)["events"] for p in e["participants"]}
    assert participants <= found


def test_a_charity_event_has_no_theme() -> None:
    assert [e["participants"] for e in reading("The charity event was a success.")["events"]] == [[]]
