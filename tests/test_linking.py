"""Whom a name stands for: namesakes decided by type, countries, provinces, office and date - or nobody."""

from __future__ import annotations

import time

import pytest

from claimgraph.actors.authority import load_authority
from claimgraph.actors.known import Table, load_table
from claimgraph.actors.names import matching_key, without_ending
from readings import reading


def wikidata(text: str, name: str, published: str | None = "2023-03-23") -> str | None:
    """The identifier of the entity that a name in the text is a mention of."""
    found = reading(text, published)
    (entity,) = {m["entity"] for m in found["mentions"] if m["text"] == name and m["kind"] == "name"}
    identifier: str | None = next(e["wikidata"] for e in found["entities"] if e["id"] == entity)
    return identifier


def label(text: str, name: str, published: str | None = "2023-03-23") -> str | None:
    """The authority's label of it, None without an identifier."""
    qid = wikidata(text, name, published)
    entry = load_authority().find(f"https://w3id.org/claimgraph/id/entity/{qid}")
    return entry.name if entry else None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Russian troops left Georgia, the government in Tbilisi said.", "Georgia", "country"),
        ("Floods closed roads in Alabama, Georgia and Florida on Monday.", "Georgia", "state"),
        ("Syrian refugees crossed into Jordan and were taken to Amman.", "Jordan", "country"),
        ("The bill was signed in Washington on Monday, a White House official said.", "Washington", "city"),
        ("Moscow said it would answer the sanctions.", "Moscow", "city"),
    ],
)
def test_places_of_one_name_are_told_apart(text: str, name: str, kind: str) -> None:
    qid = wikidata(text, name)
    entry = load_authority().find(f"https://w3id.org/claimgraph/id/entity/{qid}")
    assert entry is not None
    assert entry.kind == kind


def test_a_person_is_no_place_of_the_same_name() -> None:
    text = "Michael Jordan said on Monday that he would sell the team. Jordan bought it in 2010."
    assert label(text, "Jordan") == "Michael Jordan"


def test_a_surname_alone_is_nobody_but_a_head_of_state_is_found_by_office_and_date() -> None:
    assert wikidata("Mr. Reagan said that taxes would fall.", "Reagan", "1987-03-01") is None
    assert label("The Reagan administration had sold the bonds.", "Reagan", None) == "Ronald Reagan"
    assert label("President Reagan said that taxes would fall.", "Reagan", "1987-03-01") == "Ronald Reagan"
    assert (
        label("President Bush said in Washington that taxes would fall.", "Bush", "1990-05-01") == "George H. W. Bush"
    )
    assert label("President Bush said in Washington that taxes would fall.", "Bush", "2005-05-01") == "George W. Bush"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Western Digital Corp. said its profits rose.", "Western Digital Corp.", "Western Digital"),
        ("He moved to Salem, Oregon, where the company has its offices.", "Salem", "US"),
        ("She studied at Harvard University before the war.", "Harvard University", "Harvard University"),
    ],
)
def test_spellings_and_neighbours_lead_to_the_entry(text: str, name: str, expected: str) -> None:
    qid = wikidata(text, name)
    entry = load_authority().find(f"https://w3id.org/claimgraph/id/entity/{qid}")
    assert entry is not None
    assert expected in {entry.name, entry.country}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Springfield council met on Monday, and the mayor of Springfield resigned.", "Springfield"),
        ("Harbor Widgets Inc. said its profits rose.", "Harbor Widgets Inc."),
        ("A spokesman for Legacy said that the sale was off.", "Legacy"),
    ],
)
def test_who_is_not_sure_gets_no_identifier(text: str, name: str) -> None:
    assert all(
        e["wikidata"] is None or e["confidence"] >= 0.6
        for e in reading(text)["entities"]
        if name in {e["name"], *e["aliases"]}
    )


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("He opened clinics in Orange, Los Angeles and San Bernardino Counties.", "Los Angeles", None),
        (
            "Rain fell in the states of Parana, Sao Paulo and Bahia, the Brazilian ministry said.",
            "Sao Paulo",
            "São Paulo",
        ),
        ("Iran's parliament met in Tehran on Monday.", "Tehran", "Tehran"),
        ("The general joined the Army in 1970, he said.", "Army", None),
        ("The shells fell in the North, said an officer in the capital Seoul.", "North", None),
        (
            "Donald Trump Jr. said that his father would win. Trump Jr. spoke in Ohio.",
            "Donald Trump Jr.",
            "Donald Trump Jr.",
        ),
        ("Andrew Smith, who studies slugs at the college, said that the glue holds.", "Andrew Smith", None),
        ("The cabinet met near the North Sea on Monday.", "North Sea", "North Sea"),
    ],
)
def test_what_stands_around_decides_who_is_meant(text: str, name: str, expected: str | None) -> None:
    found = reading(text)
    labels = {
        e["name"] if e["wikidata"] else None
        for m in found["mentions"]
        for e in found["entities"]
        if m["text"].removeprefix("the ") == name and m["kind"] == "name" and m["entity"] == e["id"]
    }
    assert labels == {expected}


def test_a_team_goes_by_a_short_name_only_where_there_is_sport() -> None:
    played = "The Dodgers won the game in the ninth inning, their coach said. The Dodgers lead the league."
    assert label(played, "Dodgers") == "Los Angeles Dodgers"
    assert "Q334634" not in {
        e["wikidata"] for e in reading("The Dodgers of taxes were fined, the court said.")["entities"]
    }


def test_matching_keys_join_spellings_and_keep_acronyms_apart() -> None:
    assert matching_key("Recep Tayyip Erdoğan") == matching_key("recep tayyip erdogan")
    assert matching_key("J. K. Rowling") == matching_key("JK Rowling") == matching_key("J.K. Rowling")
    assert matching_key("WHO") != matching_key("Who")
    assert without_ending("Kidder, Peabody and Co") == matching_key("Kidder Peabody")


def test_every_name_leads_to_an_entry_and_tables_are_in_order() -> None:
    names, known = load_table("known_names"), load_table("known")
    assert len(known) > 70_000
    keys = [line.split("\t")[0] for line in names.lines]
    assert keys == sorted(set(keys), key=lambda key: key + "\t")
    entries = {line.split("\t")[0] for line in known.lines}
    assert {key.lstrip("~") for line in names.lines for key in line.split("\t")[1].split()} <= entries
    described = {entry.wikidata for entry in load_authority().entries.values()}
    assert not described & entries, "an entry stands in one file only"


def test_a_table_finds_lines_by_their_first_cell_alone() -> None:
    table = Table("a\t1\na b\t2\nab\t3\n")
    assert [table.row(key) for key in ("a", "a b", "ab", "b", "")] == [
        ("a", "1"),
        ("a b", "2"),
        ("ab", "3"),
        None,
        None,
    ]


def test_looking_up_costs_no_loading() -> None:
    load_table.cache_clear()
    start = time.perf_counter()
    assert load_table("known_names").row("boeing")
    assert load_table("known").row("Q30") is None
    assert time.perf_counter() - start < 0.3


def test_what_stands_behind_a_town_decides() -> None:
    assert wikidata("The plant in Birmingham, Alabama, will close. Britain bought it.", "Birmingham") == "Q79867"
    assert (
        wikidata("The plant in Birmingham, England, will close. The United States bought it.", "Birmingham") == "Q2256"
    )
    assert wikidata("The plant in Knoxville, Iowa, will close.", "Knoxville") is None
    assert label("He moved to Norcross, Ga., in May.", "Ga.") == "Georgia"
    assert wikidata("He moved to Norcross, Ga., in May.", "Ga.") == "Q1428"


def test_a_team_is_not_its_country() -> None:
    text = "England captain Tom Hall scored two goals as England beat Samoa in the cup match on Monday."
    found = reading(text)
    assert {m["type"] for m in found["mentions"] if m["text"] in {"England", "Samoa"}} == {"organization"}
    assert not {e["wikidata"] for e in found["entities"]} & {"Q21", "Q683"}


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The Philippines held a vote in Manila. The Senate rejected the bill.", "Senate", None),
        ("America held a vote. The Senate rejected the bill.", "Senate", "United States Senate"),
        ("The Federal Reserve offered to buy Treasury notes.", "Treasury", None),
        ("Reed Holdings Corp UK, recently in trouble, cut jobs.", "UK", None),
        ("Oxford and Reading Universities closed.", "Oxford", None),
    ],
)
def test_a_short_name_is_of_what_the_article_speaks_of(text: str, word: str, name: str | None) -> None:
    found = reading(text, "2022-03-10")
    linked = {e["id"]: e["name"] for e in found["entities"] if e["wikidata"]}
    assert next((linked.get(m["entity"]) for m in found["mentions"] if m["text"].endswith(word)), None) == name


def test_his_country_is_that_of_the_office_he_holds() -> None:
    text = "President Sauli Niinistö said that his country would join. Norway was pleased with Finland."
    found = reading(text, "2022-05-10")
    names = {e["id"]: e["name"] for e in found["entities"]}
    assert [names[m["entity"]] for m in found["mentions"] if m["text"] == "his country"] == ["Finland"]
