"""What an article's time expressions mean: spans without prepositions, TIMEX3 values, the days that they cover."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.articles.jsonl import to_articles
from claimgraph.language import parse_article
from claimgraph.model import Article, TimeSpan
from claimgraph.temporal.grammar import find_expressions
from claimgraph.temporal.timex import days_of, step, value_of
from claimgraph.times import find_times

THURSDAY = "2023-03-23"


def times(text: str, published: str | None = THURSDAY) -> tuple[TimeSpan, ...]:
    article = Article(id="a", text=text, published=published)
    return find_times(article, parse_article(article))


def rows(text: str, published: str | None = THURSDAY) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return [(t.text, t.type, t.value, t.earliest, t.latest) for t in times(text, published)]


def values(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    return [(t.text, t.value) for t in times(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left on March 9, 2021.", ("March 9, 2021", "date", "2021-03-09", "2021-03-09", "2021-03-09")),
        ("He left on 9 March 2021.", ("9 March 2021", "date", "2021-03-09", "2021-03-09", "2021-03-09")),
        ("He left on Tuesday, March 9.", ("Tuesday, March 9", "date", "2023-03-09", "2023-03-09", "2023-03-09")),
        ("It was filed on 2021-03-09.", ("2021-03-09", "date", "2021-03-09", "2021-03-09", "2021-03-09")),
        ("It was filed on 03/14/1998.", ("03/14/1998", "date", "1998-03-14", "1998-03-14", "1998-03-14")),
        ("They met in October 1998.", ("October 1998", "date", "1998-10", "1998-10-01", "1998-10-31")),
        ("They met in February 2020.", ("February 2020", "date", "2020-02", "2020-02-01", "2020-02-29")),
        ("Sales fell in 2021.", ("2021", "date", "2021", "2021-01-01", "2021-12-31")),
        ("Sales fell in Q1 2023.", ("Q1 2023", "date", "2023-Q1", "2023-01-01", "2023-03-31")),
        (
            "Sales fell in the third quarter of 1989.",
            ("the third quarter of 1989", "date", "1989-Q3", "1989-07-01", "1989-09-30"),
        ),
        (
            "They fell in the first half of 2022.",
            ("the first half of 2022", "date", "2022-H1", "2022-01-01", "2022-06-30"),
        ),
        ("They met in spring 2021.", ("spring 2021", "date", "2021-SP", "2021-03-01", "2021-05-31")),
        ("It boomed in the 1990s.", ("the 1990s", "date", "199", "1990-01-01", "1999-12-31")),
        ("It boomed in the '80s.", ("the '80s", "date", "198", "1980-01-01", "1989-12-31")),
        ("It is a city of the 21st century.", ("the 21st century", "date", "20", "2000-01-01", "2099-12-31")),
        ("It ended at the end of 1994.", ("the end of 1994", "date", "1994", "1994-01-01", "1994-12-31")),
        (
            "The summit was held March 9 to 11, 2021.",
            ("March 9 to 11, 2021", "duration", "P3D", "2021-03-09", "2021-03-11"),
        ),
    ],
)
def test_times_calendar(text: str, expected: tuple[str, ...]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said so Wednesday.", ("Wednesday", "date", "2023-03-22", "2023-03-22", "2023-03-22")),
        ("He said so on Thursday.", ("Thursday", "date", "2023-03-23", "2023-03-23", "2023-03-23")),
        ("He said so on Friday.", ("Friday", "date", "2023-03-17", "2023-03-17", "2023-03-17")),
        ("They will meet on Friday.", ("Friday", "date", "2023-03-24", "2023-03-24", "2023-03-24")),
        ("They are expected to meet Friday.", ("Friday", "date", "2023-03-24", "2023-03-24", "2023-03-24")),
        ("The talks were postponed until Monday.", ("Monday", "date", "2023-03-27", "2023-03-27", "2023-03-27")),
        ("He resigned last Friday.", ("last Friday", "date", "2023-03-17", "2023-03-17", "2023-03-17")),
        ("They will meet next Tuesday.", ("next Tuesday", "date", "2023-03-28", "2023-03-28", "2023-03-28")),
        ("He was shot on Monday morning.", ("Monday morning", "time", "2023-03-20TMO", "2023-03-20", "2023-03-20")),
        ("He resigned yesterday.", ("yesterday", "date", "2023-03-22", "2023-03-22", "2023-03-22")),
        ("He resigned last night.", ("last night", "time", "2023-03-22TNI", "2023-03-22", "2023-03-22")),
        ("He resigned two days ago.", ("two days ago", "date", "2023-03-21", "2023-03-21", "2023-03-21")),
        ("He resigned two years ago.", ("two years ago", "date", "2021", "2021-01-01", "2021-12-31")),
        ("He resigned three months ago.", ("three months ago", "date", "2022-12", "2022-12-01", "2022-12-31")),
        ("They met last week.", ("last week", "date", "2023-W11", "2023-03-13", "2023-03-19")),
        ("They meet this week.", ("this week", "date", "2023-W12", "2023-03-20", "2023-03-26")),
        ("They will vote next year.", ("next year", "date", "2024", "2024-01-01", "2024-12-31")),
        ("He resigned earlier this month.", ("earlier this month", "date", "2023-03", "2023-03-01", "2023-03-23")),
        ("He resigned over the weekend.", ("the weekend", "date", "2023-W11-WE", "2023-03-18", "2023-03-19")),
        ("He resigned in December.", ("December", "date", "2022-12", "2022-12-01", "2022-12-31")),
        ("They will vote in December.", ("December", "date", "2023-12", "2023-12-01", "2023-12-31")),
        ("He resigned in February last year.", ("February last year", "date", "2022-02", "2022-02-01", "2022-02-28")),
        ("In the past week, raids followed.", ("the past week", "duration", "P1W", "2023-03-16", "2023-03-23")),
        ("It fell in the last three months.", ("the last three months", "duration", "P3M", "2022-12-23", "2023-03-23")),
        ("It will end in the next two weeks.", ("the next two weeks", "duration", "P2W", "2023-03-23", "2023-04-06")),
    ],
)
def test_times_seen_from_publication(text: str, expected: tuple[str, ...]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lasted for two years.", ("two years", "duration", "P2Y")),
        ("It lasted for a year and a half.", ("a year and a half", "duration", "P1Y6M")),
        ("It lasted for half an hour.", ("half an hour", "duration", "PT30M")),
        ("It lasted at least 72 hours.", ("at least 72 hours", "duration", "PT72H")),
        ("A 16-hour flight.", ("16-hour", "duration", "PT16H")),
        ("It lasted for decades.", ("decades", "duration", "PXY")),
        ("It lasts two to three weeks.", ("two to three weeks", "duration", "P3W")),
        ("Some die every day.", ("every day", "set", "P1D")),
        ("They meet every other week.", ("every other week", "set", "P2W")),
        ("They meet every Tuesday.", ("every Tuesday", "set", "XXXX-WXX-2")),
        ("They meet weekly.", ("weekly", "set", "P1W")),
        ("It costs $2 million a year.", ("a year", "set", "P1Y")),
        ("He now leads.", ("now", "date", "PRESENT_REF")),
        ("He recently left.", ("recently", "date", "PAST_REF")),
        ("It will grow in the coming years.", ("the coming years", "date", "FUTURE_REF")),
    ],
)
def test_times_without_days(text: str, expected: tuple[str, ...]) -> None:
    assert [(t.text, t.type, t.value) for t in times(text)] == [expected]
    assert (times(text)[0].earliest, times(text)[0].latest) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It blew up at 8:30 a.m. Monday.", ("8:30 a.m. Monday", "2023-03-20T08:30")),
        ("They will meet on Friday at 10 p.m. EST.", ("Friday at 10 p.m. EST", "2023-03-24T22:00")),
        ("It blew up at noon on Tuesday.", ("noon on Tuesday", "2023-03-21T12:00")),
        ("It blew up at 10am on Monday.", ("10am on Monday", "2023-03-20T10:00")),
        ("It blew up at 1600 GMT.", ("1600 GMT", "2023-03-23T16:00Z")),
    ],
)
def test_times_of_day(text: str, expected: tuple[str, str]) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "The 45-year-old was shot.",
        "She is 45 years old.",
        "About 2000 people came.",
        "A quarter of the voters stayed at home.",
        "He came second.",
        "It was a sad day for them.",
        'He was on "60 Minutes" there.',
        "In his 60s he left.",
    ],
)
def test_times_leaves_alone(text: str) -> None:
    assert values(text) == []


def test_times_unknown_publication_keeps_an_x() -> None:
    text = "He said so Wednesday. It fell last week, in March and in 2021."
    assert rows(text, None) == [
        ("Wednesday", "date", "XXXX-WXX-3", None, None),
        ("last week", "date", "XXXX-WXX", None, None),
        ("March", "date", "XXXX-03", None, None),
        ("2021", "date", "2021", "2021-01-01", "2021-12-31"),
    ]


def test_times_published_in_a_year_only() -> None:
    text = "He said so Wednesday. It fell last year and on March 3."
    assert values(text, "2021") == [("Wednesday", "XXXX-WXX-3"), ("last year", "2020"), ("March 3", "2021-03-03")]


def test_times_counts_from_the_date_told_before_with_low_confidence() -> None:
    found = times("The bomb went off on May 5, 2019. Two days later, he fled.")
    assert [t.value for t in found] == ["2019-05-05", "2019-05-07"]
    assert found[1].confidence < found[0].confidence


def test_times_day_without_year_is_the_near_one() -> None:
    assert values("The March 12 ceremony in Independence.", "1999-02-16") == [("March 12", "1999-03-12")]
    assert values("The Oct. 23 slaying of the doctor.", "1999-01-22") == [("Oct. 23", "1998-10-23")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The truce began in June 1998. Later that year he fled.",
            [("June 1998", "1998-06"), ("Later that year", "1998")],
        ),
        (
            "It began in June 1998. The following month he fled.",
            [("June 1998", "1998-06"), ("The following month", "1998-07")],
        ),
        (
            "He was shot on May 5, 2019. The same day, she fled.",
            [("May 5, 2019", "2019-05-05"), ("The same day", "2019-05-05")],
        ),
        ("Profit fell in 2019, and rose the year before.", [("2019", "2019"), ("the year before", "2018")]),
        ("The vote is to be held on November 20.", [("November 20", "2023-11-20")]),
        ("He told LA Weekly of a 2000 year old town.", []),
        ("Profit fell in 2019. The previous year it rose.", [("2019", "2019"), ("The previous year", "2018")]),
    ],
)
def test_times_are_reckoned_from_what_was_told(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Net income rose to $3 million in the fourth quarter from $2 million a year earlier.",
            [("the fourth quarter", "2022-Q4"), ("a year earlier", "2021-Q4")],
        ),
        ("Sales rose in the quarter ended Dec. 31.", [("the quarter", "2022-Q4"), ("Dec. 31", "2022-12-31")]),
        ("Sales rose in the year ended Sept. 30.", [("the year", "P1Y"), ("Sept. 30", "2022-09-30")]),
        (
            "The fourth quarter was good. In the year-ago period, it had a loss.",
            [("The fourth quarter", "2022-Q4"), ("the year-ago period", "2021-Q4")],
        ),
        ("The year-ago loss was larger.", [("year-ago", "2022")]),
        ("It fell in last year's third quarter.", [("last year's third quarter", "2022-Q3")]),
        ("It fell for two straight quarters.", [("two straight quarters", "P2Q")]),
        ("It rose over the past decade.", [("the past decade", "P10Y")]),
        ("He lost a quarter of the votes.", []),
    ],
)
def test_times_of_business_years(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was found on Thanksgiving Day.", [("Thanksgiving Day", "2022-11-24")]),
        ("The troops will leave by Easter.", [("Easter", "2023-04-09")]),
        ("He died on Christmas Eve 1999.", [("Christmas Eve 1999", "1999-12-24")]),
        ("They signed the Good Friday Agreement.", []),
        ("It was built in nineteen ninety-six.", [("nineteen ninety-six", "1996")]),
        ("They were common in the 70s and 80s.", [("the 70s", "197"), ("80s", "198")]),
        ("Prices have risen since November.", [("November", "2022-11")]),
        ("The deal should be completed in October.", [("October", "2023-10")]),
        ("A vote is planned for Friday.", [("Friday", "2023-03-24")]),
        ("He could not be reached on Friday.", [("Friday", "2023-03-17")]),
        ("Until Tuesday, they had not called him a suspect.", [("Tuesday", "2023-03-21")]),
        (
            "It blew up on March 12. Shares ended the day higher.",
            [("March 12", "2023-03-12"), ("the day", "2023-03-12")],
        ),
        (
            "It blew up at 2:49 a.m. (0749 GMT) on Tuesday.",
            [("2:49 a.m.", "2023-03-21T02:49"), ("0749 GMT", "2023-03-21T07:49Z"), ("Tuesday", "2023-03-21")],
        ),
        ("It lasts 200-400 hours.", [("200-400 hours", "PT400H")]),
        ("Children two years and older and those aged under 10 years came.", []),
        ("He left on June 15, of 2018.", [("June 15, of 2018", "2018-06-15")]),
        ("He was soon released from the now-closed prison.", []),
        ("They fled after the Sept. 11 attacks.", []),
    ],
)
def test_times_holidays_tense_and_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


def test_times_leave_the_documents_own_date_to_its_front() -> None:
    text = "Bombs explode\n\nNAIROBI, March 20 (Xinhua) -- Bombs exploded earlier in the day."
    article = next(
        iter(to_articles([json.dumps({"id": "a", "text": text, "published": THURSDAY}).encode()], id="a", origin="a"))
    )
    assert isinstance(article, Article)
    found = find_times(article, parse_article(article))
    assert [(t.text, t.value) for t in found] == [("earlier in the day", "2023-03-20")]


def test_times_ids_spans_and_order() -> None:
    text = "In 2021 he left, and on Monday he came back.\n\nSince then, every day, he works."
    found = times(text)
    assert [t.id for t in found] == [f"t{i}" for i in range(1, len(found) + 1)]
    assert all(text[t.start : t.end] == t.text for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023-W12", date(2023, 3, 20), date(2023, 3, 26)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2023-W12-WE", date(2023, 3, 25), date(2023, 3, 26)),
        ("2021-WI", date(2021, 12, 1), date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
    ],
)
def test_timex_days_of(value: str, first: date, last: date) -> None:
    assert days_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P1W", "PRESENT_REF", "XXXX-03", "2023-13", "2023-02-30", "2023-W60", ""])
def test_timex_days_of_nothing(value: str) -> None:
    assert days_of(value) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["D", "W", "M", "Q", "H", "Y", "DE", "CE"]))
def test_timex_a_day_lies_in_its_units(day: date, unit: str) -> None:
    days = days_of(value_of(day, unit))
    assert days is not None
    assert days[0] <= day <= days[1]


@given(st.dates(), st.sampled_from(["D", "W", "M", "Y", "CE", "TH"]), st.integers(-(10**9), 10**9))
def test_timex_step_stays_on_the_calendar(day: date, unit: str, count: int) -> None:
    moved = step(day, unit, count)
    assert moved is None or (moved - day).days * count >= 0


WORDS = """the last next this past early of in March May 3 31 99 2021 1990s week years day quarter second half a and to
- , . Monday morning 8:30 99:99 p.m. every ago later from now two hundred few 21st Q1 02/30/2021 2021-02-30 end noon
Thanksgiving Easter 0000 ended this current year's year-ago 70s consecutive GMT nineteen ninety-six Sept.
9999999999 post-1959 pre-2000s x1990 1501 ,2000 light-years"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n\n"]), max_size=14).map(" ".join))
def test_times_survive_any_words(text: str) -> None:
    for found in times(text):
        assert text[found.start : found.end] == found.text
        assert found.earliest is None or found.latest is None or found.earliest <= found.latest


@given(st.text(max_size=80))
def test_expressions_survive_any_text(text: str) -> None:
    spans = [(e.words[0].start, e.words[-1].end) for e in find_expressions(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
