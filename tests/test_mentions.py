"""Names, nominals and pronouns: their bounds and types, and what is no mention."""

from __future__ import annotations

import pytest

from readings import reading


def mentions(text: str) -> list[tuple[str, str, str]]:
    return [(m["text"], m["kind"], m["type"]) for m in reading(text)["mentions"]]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Dr. Anna Reed's clinic closed.", ("Anna Reed", "name", "person")),
        ("The police arrested Tom Hall in southern Ruvuma region.", ("Ruvuma", "name", "place")),
        ("Police arrested four men.", ("Police", "nominal", "organization")),
        ("After a meeting with Tanzanian rangers the minister left.", ("Tanzanian rangers", "nominal", "group")),
        ("The Health Protection Agency (HPA) warned of delays.", ("HPA", "name", "organization")),
        ("Opposition leader Anna Reed said that taxes would rise.", ("Anna Reed", "name", "person")),
        ("The book is a report by the Cato Institute.", ("a report by the Cato Institute", "nominal", "document")),
        ("Some doctors believe that the drug is safe.", ("Some doctors", "nominal", "group")),
        ("The two met in Kathmandu, Nepal on Monday.", ("Nepal", "name", "place")),
        ("Tom Hall said he was tired.", ("he", "pronoun", "person")),
    ],
)
def test_mention(text: str, mention: tuple[str, str, str]) -> None:
    assert mention in mentions(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They are smugglers.", "smugglers"),
        ("The government spokesman left early.", "government"),
        ("It rained all day in the valley.", "It"),
        ("People were tired.", "People"),
    ],
)
def test_no_mention(text: str, words: str) -> None:
    assert words not in [text for text, _, _ in mentions(text)]


def test_mentions_hold_their_words_and_an_entity() -> None:
    text = "Anna Reed of the Cato Institute met French officials in Paris. She said they agreed."
    r = reading(text)
    known = {e["id"] for e in r["entities"]}
    assert r["mentions"]
    assert all(text[m["start"] : m["end"]] == m["text"] and m["entity"] in known for m in r["mentions"])
