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
        ("Buses between Gaya and Dobhi stopped.", ("Dobhi", "name", "place")),
        (
            "She studied at the Royal Conservatory of Brussels.",
            ("the Royal Conservatory of Brussels", "name", "organization"),
        ),
        ("He was tried in the Northern District of Texas.", ("the Northern District of Texas", "name", "place")),
        ("Unite, the trade union, welcomed the plan.", ("Unite", "name", "organization")),
        ("The mayor of Koszalin Peter Reed resigned.", ("Peter Reed", "name", "person")),
        ("The U.S. Department of State said so.", ("The U.S. Department of State", "name", "organization")),
        ("The paintings of Lucas Reed the Elder hang there.", ("Lucas Reed the Elder", "name", "person")),
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


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Spokeswoman Ann Reed said the team had met. Reed left early.", ("Ann Reed", "name", "person")),
        (
            "The bank sued Harbor Widgets. A lawyer for Harbor Widgets LLC said it would pay.",
            ("Harbor Widgets LLC", "name", "organization"),
        ),
        ("He was born in Salem, Ore., in 1950.", ("Salem", "name", "place")),
        ("The Pentagon said on Monday that it would send ships.", ("Pentagon", "name", "organization")),
        ("Protesters met at the White House on Monday.", ("the White House", "name", "place")),
        ("The group will cut jobs at Opel.", ("Opel", "name", "organization")),
        ("The deal was won by Lockheed Martin on Monday.", ("Lockheed Martin", "name", "organization")),
        ("Ryanair said it would cut fares.", ("Ryanair", "name", "organization")),
        ("Mr. Hjelmeland won in Oslo. Hjelmeland had trained for years.", ("Hjelmeland", "name", "person")),
    ],
)
def test_a_name_has_its_bounds_and_its_type(text: str, mention: tuple[str, str, str]) -> None:
    assert mention in mentions(text)


def test_one_name_has_one_type_throughout_an_article() -> None:
    text = (
        "Eyad Ismail, the man who drove the van, was sentenced on Friday. Prosecutors said Ismail was working in Texas. "
        "Ismail told officers that he knew nothing. The judge told Ismail that he had no excuse."
    )
    assert {kind for words, form, kind in mentions(text) if words.endswith("Ismail") and form == "name"} == {"person"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The carrier ordered twenty Airbus A320 jets.", "Airbus"),
        ("London's FTSE 100 fell by two percent.", "FTSE"),
        ("Leaders met at 14:00 UTC in Oslo.", "UTC"),
        ("The Clean Water Act passed on Monday.", "Clean Water Act"),
        ("The artificial pancreas (AP) was tested; AP devices are new.", "AP"),
        ('She sang "Waterloo" in Oslo on Monday.', "Waterloo"),
    ],
)
def test_products_indices_laws_and_works_are_no_actors(text: str, words: str) -> None:
    assert words not in [m for m, kind, _ in mentions(text) if kind == "name"]


def test_of_two_readings_of_one_span_the_surer_comes_first() -> None:
    found = reading("Seismologists in the region expect more.")["mentions"]
    assert [m["origin"] for m in found if m["text"] == "Seismologists"] == ["noun", "ner:NORP"]
