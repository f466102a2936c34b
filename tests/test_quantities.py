"""What an article's figures say: comparator, number, unit, what is counted, per what, compared with what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.language import parse_article
from claimgraph.lexicon import load_table
from claimgraph.model import Article, Quantity
from claimgraph.numeric.grammar import find_figures
from claimgraph.numeric.numerals import to_number
from claimgraph.quantities import find_quantities
from claimgraph.times import find_times

COMPARATORS = {"=", ">", ">=", "<", "<=", "~", "x"}


def quantities(text: str) -> tuple[Quantity, ...]:
    article = Article(id="a", text=text, published="2023-03-23")
    parse = parse_article(article)
    return find_quantities(article, parse, find_times(article, parse))


def rows(text: str) -> list[tuple[Any, ...]]:
    return [(q.text, q.comparator, q.value, q.upper, q.unit, q.of and q.of.text) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She told stories about two young people.", ("two young people", "=", 2, None, "count", "young people")),
        ("About two dozen people came.", ("About two dozen people", "~", 24, None, "count", "people")),
        ("There was a billion dollars total.", ("a billion dollars", "=", 1000000000, None, "USD", None)),
        (
            "About 90 percent of federally managed lands are open.",
            ("About 90 percent", "~", 90, None, "percent", "federally managed lands"),
        ),
    ],
)
def test_quantities_by_the_words_around(text: str, expected: tuple[Any, ...]) -> None:
    assert rows(text) == [expected]


def test_quantities_at_a_yearly_meeting_are_no_rate() -> None:
    assert [q.per for q in quantities("They showed two studies at the annual meeting.")] == [None]
    assert [q.per for q in quantities("It is home to thousands of people who work there every day.")] == [None]
    assert [q.per for q in quantities("They pay $500 per dependent child.")] == ["child"]


GOLD = Path(__file__).parent / "gold" / "quantities.tsv"
RIGHT = 100
"""Rows of tests/gold/quantities.tsv that come out right in every cell; it may only rise."""


def gold_rows() -> list[list[str]]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") + [""] * (8 - len(line.split("\t"))) for line in lines]


def cells(quantity: Quantity) -> list[str]:
    numbers = ["" if n is None else f"{n:.10g}" for n in (quantity.value, quantity.upper)]
    of = quantity.of.text if quantity.of else ""
    return [quantity.text, quantity.comparator, *numbers, quantity.unit, of, quantity.per or ""]


def test_quantities_of_gold_row_by_row() -> None:
    wrong = [row for row in gold_rows() if row[1:] not in [cells(q) for q in quantities(row[0])]]
    assert len(gold_rows()) - len(wrong) >= RIGHT, wrong


@pytest.mark.parametrize(
    "text",
    [
        "It is named in Executive Order (E.O.) 13224.",
        "The charity is a 501(c)(3) organization.",
        "It was forbidden by 28 U.S.C. 455.",
        "Mummies of about 664 B.C. were found.",
        "Men between the ages of 18 and 25 must register.",
        "Rep. Ann Doe (R-Fla.-17) came.",
        "Combined scores from the test rose.",
        "They gave up the zero-tolerance policy.",
        "The bill is for kids under 18.",
        "It was cited in 137 S. Ct. 2012.",
        "They won by a score of 25 to 22.",
    ],
)
def test_quantities_leave_numerals_years_and_ages_alone(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested 12 protesters.", ("12 protesters", "=", 12, None, "count", "protesters")),
        ("More than 150 people died.", ("More than 150 people", ">", 150, None, "count", "people")),
        ("At least 12 people died.", ("At least 12 people", ">=", 12, None, "count", "people")),
        ("Up to 40 homes burned.", ("Up to 40 homes", "<=", 40, None, "count", "homes")),
        ("Nearly 300 homes burned.", ("Nearly 300 homes", "~", 300, None, "count", "homes")),
        ("Fewer than 20 homes burned.", ("Fewer than 20 homes", "<", 20, None, "count", "homes")),
        ("They need 100 or more volunteers.", ("100 or more volunteers", ">=", 100, None, "count", "volunteers")),
        ("It left at least 12 dead.", ("at least 12 dead", ">=", 12, None, "count", "dead")),
        ("Twenty-five soldiers fled.", ("Twenty-five soldiers", "=", 25, None, "count", "soldiers")),
        ("Dozens of people fled.", ("Dozens of people", ">=", 24, None, "count", "people")),
        (
            "Tens of thousands of people fled.",
            ("Tens of thousands of people", ">=", 20000, None, "count", "people"),
        ),
        ("Several hundred homes burned.", ("Several hundred homes", ">=", 200, None, "count", "homes")),
        ("A dozen ships sank.", ("A dozen ships", "=", 12, None, "count", "ships")),
        ("Between 20 and 30 people fled.", ("Between 20 and 30 people", "=", 20, 30, "count", "people")),
        ("It cut 10,000 to 12,000 jobs.", ("10,000 to 12,000 jobs", "=", 10000, 12000, "count", "jobs")),
        ("They seized 1.8 million pills.", ("1.8 million pills", "=", 1800000, None, "count", "pills")),
        ("A 5,000-strong crowd marched.", ("5,000-strong", "=", 5000, None, "count", "crowd")),
        ("One soldier was wounded.", ("One soldier", "=", 1, None, "count", "soldier")),
    ],
)
def test_quantities_counted(text: str, expected: tuple[Any, ...]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They seized 280 kilograms of heroin.", ("280 kilograms", "=", 280, None, "kilogram", "heroin")),
        ("About 90% of the seizures happen there.", ("About 90%", "~", 90, None, "percent", "the seizures")),
        ("Fifteen percent of voters stayed away.", ("Fifteen percent", "=", 15, None, "percent", "voters")),
        ("Two-thirds of the voters stayed away.", ("Two-thirds", "=", 0.6667, None, "ratio", "the voters")),
        ("Half of the workers left.", ("Half", "=", 0.5, None, "ratio", "the workers")),
        ("They promised $1.5 billion in aid.", ("$1.5 billion", "=", 1500000000, None, "USD", "aid")),
        ("They promised EUR 2.3m in aid.", ("EUR 2.3m", "=", 2300000, None, "EUR", "aid")),
        ("They lost 9.9 billion yuan.", ("9.9 billion yuan", "=", 9900000000, None, "CNY", None)),
        ("They lost millions of dollars.", ("millions of dollars", ">=", 2000000, None, "USD", None)),
        ("It has a 60-mile border.", ("60-mile", "=", 60, None, "mile", "border")),
        (
            "Unemployment rose 5 percentage points.",
            ("5 percentage points", "=", 5, None, "percentage-point", "Unemployment"),
        ),
        ("It posted a loss of $8 million.", ("$8 million", "=", 8000000, None, "USD", "a loss")),
        ("It costs $2-3 million.", ("$2-3 million", "=", 2000000, 3000000, "USD", None)),
        ("They walked 2½ miles.", ("2½ miles", "=", 2.5, None, "mile", None)),
        ("It fell to minus 12 degrees Celsius.", ("minus 12 degrees Celsius", "=", -12, None, "degree-celsius", None)),
    ],
)
def test_quantities_measured(text: str, expected: tuple[Any, ...]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("Oil costs €20 a barrel.", "EUR", "barrel"),
        ("It moves at 60 miles per hour.", "mile", "hour"),
        ("It moves at 60 mph.", "mile", "hour"),
        ("They earn $50 a week.", "USD", "week"),
        ("More than 150 people die every day in the country.", "count", "day"),
        ("It treats 275,000 people a year.", "count", "year"),
        ("She gave 200,000 rupees to each family.", "INR", "family"),
        ("It spends $300 per capita.", "USD", "person"),
    ],
)
def test_quantities_per(text: str, unit: str, per: str) -> None:
    assert [(q.unit, q.per) for q in quantities(text)] == [(unit, per)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is ten times greater than the rate of births.", ("ten times greater than", 10, "x", "the rate of births")),
        ("He earns 350 times as much as his workers.", ("350 times as much as", 350, "x", "his workers")),
        ("It is twice as high.", ("twice as high", 2, "x", None)),
        ("It is twice as high as the old rate.", ("twice as high as", 2, "x", "the old rate")),
        ("He put in double the effort of his rivals.", ("double", 2, "x", None)),
        ("Exports more than doubled.", ("more than doubled", 2, ">", None)),
    ],
)
def test_quantities_compared(text: str, expected: tuple[Any, ...]) -> None:
    assert [(q.text, q.value, q.comparator, q.than and q.than.text) for q in quantities(text)] == [expected]
    assert quantities(text)[0].unit == "ratio"


def test_quantities_share_and_points_are_two() -> None:
    assert [row[2:5] for row in rows("The index fell 9% or 998.50 points.")] == [
        (9, None, "percent"),
        (998.5, None, "point"),
    ]
    assert [row[2:5] for row in rows("Sales grew 3% to 5%.")] == [(3, 5, "percent")]


def test_quantities_currency_of_the_country() -> None:
    assert [q.unit for q in quantities("In Nepal, each gave 500 rupees.")] == ["NPR"]
    assert [q.unit for q in quantities("Kuwait paid 3 million dinars.")] == ["KWD"]
    assert [q.unit for q in quantities("They paid 3 million dinars.")] == ["count"]


def test_quantities_from_to_are_two() -> None:
    found = rows("The share fell from 20 to 15 percent.")
    assert [row[:5] for row in found] == [("20", "=", 20, None, "percent"), ("15 percent", "=", 15, None, "percent")]


def test_quantities_unnamed_count_what_was_counted_before() -> None:
    found = rows("The attack killed 40 soldiers and wounded 12.")
    assert [row[2] for row in found] == [40, 12]


@pytest.mark.parametrize(
    "text",
    [
        "The crash of a Boeing 737 shocked them.",
        "Article 50 was invoked.",
        "See page 3.",
        "He was 34.",
        "Smith, 45, resigned.",
        "The 45-year-old was shot.",
        "The boy, aged 12, was shot.",
        "They won 3-2 at home.",
        "Call 202-224-3121 now.",
        "He left on March 3, 2021.",
        "It lasted for two years.",
        "He came third.",
        "One of them left.",
        "Patients with type 2 diabetes suffer.",
        "1. Introduction",
        "After COVID-19 and 9/11 they met in the G20.",
        'They seized "record quantities" of it.',
    ],
)
def test_quantities_leaves_alone(text: str) -> None:
    assert rows(text) == []


def test_quantities_ids_spans_and_order() -> None:
    text = "Profits doubled to $5 million, up 20% from last year.\n\nIt cut 300 jobs in 3 cities, or 5% of its staff."
    found = quantities(text)
    assert [q.id for q in found] == [f"q{i}" for i in range(1, len(found) + 1)]
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        assert all(text[s.start : s.end] == s.text for s in (q, q.of, q.than) if s)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,234.5", 1234.5),
        ("0.77345", 0.77345),
        ("2.3bn", 2300000000),
        ("two hundred and six thousand", 206000),
        ("one million two hundred thousand", 1200000),
        ("three quarters", 0.75),
        ("a third", 0.3333),
        ("3 1/2", 3.5),
        ("two dozen", 24),
    ],
)
def test_numerals(words: str, value: float) -> None:
    assert to_number(words) == value
    assert isinstance(to_number(words), int) == (value == int(value))


def test_lexicons_of_figures_are_whole() -> None:
    assert {sign for _, sign, _ in load_table("comparators")} <= COMPARATORS
    national = {row[0] for row in load_table("national_currencies")}
    for form, code, *_ in load_table("currencies"):
        assert (len(code) == 3 and code.isupper()) or form in national
    assert national <= {row[0] for row in load_table("currencies")}
    for table in ("units", "currencies", "comparators", "numbers"):
        forms = [row[::2] if table == "numbers" else row[0] for row in load_table(table)]
        assert len(forms) == len(set(forms)), table


WORDS = """at least more than 12 3.5 1,000 million billion dozens of thousands people $ € US$ % percent kg - to and
between from a half third two twenty times as much as greater one 9999999999999999999999 1/2 0 . , ( ) per hour jobs
-5 + 7+ doubled strong dead minus degrees Boeing 737 bn m"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n\n"]), max_size=14).map(" ".join))
def test_quantities_survive_any_words(text: str) -> None:
    for q in quantities(text):
        assert text[q.start : q.end] == q.text
        assert q.comparator in COMPARATORS
        assert q.upper is None or (q.value is not None and q.value < q.upper)


@given(st.text(max_size=60))
def test_figures_survive_any_text(text: str) -> None:
    assert all(0 <= f.start <= f.number < f.end <= len(text) for f in find_figures(text))
