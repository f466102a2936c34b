"""What time expressions mean by themselves: TIMEX3 type and value of calendar dates, sets and vague references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimgraph.temporal.timex import days_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from claimgraph.temporal.grammar import Expression

EXPLICIT, RECKONED, TENSE, ELSEWHERE = 0.99, 0.95, 0.85, 0.5
"""Confidence: a full date; from the publication day; by the verb's tense too; from another date in the text."""
CENTURY_PIVOT = 69
"""Years of two digits below this are of the 21st century (POSIX strptime)."""


class Meaning(NamedTuple):
    """What an expression means: TIMEX3 type and value, and the days where the value alone does not give them."""

    type: Literal["date", "time", "duration", "set"]
    value: str
    days: tuple[date, date] | None = None
    confidence: float = RECKONED


def _iso(expression: Expression) -> Meaning | None:
    value = expression.words[0].text.upper()
    return Meaning("time" if "T" in value else "date", value, None, EXPLICIT) if days_of(value) else None


def _slash(expression: Expression) -> Meaning | None:
    """03/14/1998: month first, as American news has it, unless only day first gives a date."""
    first, second, year = expression.words[0].text.split("/")
    century = "" if len(year) == 4 else "20" if int(year) < CENTURY_PIVOT else "19"
    for month, day in ((first, second), (second, first)):
        value = f"{century}{year}-{month:0>2}-{day:0>2}"
        if days_of(value):
            return Meaning("date", value, None, EXPLICIT if month == first else ELSEWHERE)
    return None


def _year(expression: Expression) -> Meaning | None:
    if expression.has("unit") and expression.value("unit") != "Y":
        return None
    return Meaning("date", expression.value("year") or "", None, EXPLICIT)


def _decade(expression: Expression) -> Meaning | None:
    """The 1990s, the '90s, the nineties; but not the sixties of a person ("in his 60s")."""
    value = expression.value("decade") or ""
    if digits := re.match(r"[‘'’]?(\d+)0", value):
        ten = digits.group(1)
        value = ten if len(ten) == 3 else f"{'20' if int(ten) < 2 else '19'}{ten}"
    if (
        expression.rule == "decade"
        and not expression.has("the", "early")
        and len(digits.group(1) if digits else "") != 3
    ):
        return None
    return Meaning("date", value, None, EXPLICIT)


def _plural(expression: Expression) -> Meaning | None:
    return Meaning("duration", expression.amount(), None, ELSEWHERE)


def _set(expression: Expression) -> Meaning | None:
    """Every day, weekly, per hour: what recurs has no days of its own."""
    if often := expression.value("often"):
        return Meaning("set", often)
    if expression.has("part"):
        return Meaning("set", f"XXXX-XX-XXT{expression.value('part')}")
    value = expression.amount().replace("X", "1")
    return Meaning("set", value.replace("1", "2") if expression.has("other") else value)


def _weekdays(expression: Expression) -> Meaning | None:
    number, part = expression.value("weekday", "weekdays"), expression.value("part", "parts")
    return Meaning("set", f"XXXX-WXX-{int(number or 0) + 1}" + (f"T{part}" if part else ""))


def _vague(expression: Expression) -> Meaning | None:
    """Now, recently, the future: a direction, no days."""
    value = expression.value("vague", "these", "coming", "future", "present", "past")
    return Meaning("date", {"-1": "PAST_REF", "1": "FUTURE_REF"}.get(value or "", value or "PRESENT_REF"))


ABSOLUTE: dict[str, Callable[[Expression], Meaning | None]] = {
    "iso": _iso,
    "slash": _slash,
    "year": _year,
    "decade": _decade,
    "decades": _decade,
    "weekdays": _weekdays,
    "set": _set,
    "plural": _plural,
    "vague": _vague,
}
"""Rules whose meaning hangs on nothing else."""
