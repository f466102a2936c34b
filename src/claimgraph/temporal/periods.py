"""Calendar units seen from the publication day or from what was told: "last week", "that year", "the year-ago period"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.temporal.grammar import kind_of
from claimgraph.temporal.meaning import ELSEWHERE, EXPLICIT, RECKONED, TENSE, Meaning
from claimgraph.temporal.setting import UNKNOWN
from claimgraph.temporal.timex import DAYS_IN, MONTHS_IN, days_of, grain_of, step, value_of

if TYPE_CHECKING:
    from datetime import date

    from claimgraph.temporal.grammar import Expression
    from claimgraph.temporal.setting import Setting

OVER_THE_DAY = re.compile(r"\b(?:end|finish|clos|start|open|beg[aiu]n)\w* $")
"""Verbs that make "the day" one of the calendar: "ended the day 31 points down"."""
WHICH = ("last", "next", "this", "before", "after", "coming", "latest", "beforehand")
"""Kinds of words that say how many units away."""
ENDING = re.compile(
    r",? (?:that |which )?(?P<verb>end(?:ed|ing|s)) (?:on )?(?P<month>[A-Z][a-z]+)\.?(?: \d\d?)?(?:, (?P<year>\d{4}))?"
)
"""What tells which quarter or year a company speaks of: "ended Sept. 30"."""


def rel(expression: Expression, setting: Setting) -> Meaning | None:
    """Last week, this year, the following month; "that" and "same" speak of what was told before."""
    unit = expression.value("unit") or ("Q" if expression.has("period") else "D")
    bare = expression.words[0].kind == "the" and not expression.has(*WHICH, "that", "same")
    before = setting.parse.text[max(expression.words[0].start - 12, 0) : expression.words[0].start]
    if unit not in (*MONTHS_IN, *DAYS_IN) or (unit == "D" and bare and not OVER_THE_DAY.search(before)):
        return None
    if unit == "Y" and re.match(r",? end(?:ed|ing|s)\b", setting.parse.text[expression.words[-1].end :][:9]):
        return Meaning("duration", "P1Y")
    if unit == "Q" and (ending := _ending(expression, setting)):
        return Meaning("date", value_of(ending, "Q"), None, TENSE)
    elsewhere = (
        expression.has("that", "same", "before", "after", "beforehand")
        or unit == "D"
        or (bare and expression.has("full"))
    )
    day = setting.anchor(unit) if elsewhere else None
    if unit == "Q" and _is_told(expression, setting, bare=bare):
        return Meaning("date", value_of(setting.quarter, "Q"), None, ELSEWHERE)  # type: ignore[arg-type]
    day = day or setting.today(unit)
    if day is None:
        return Meaning("date", UNKNOWN.get(unit, "XXXX"))
    moved = step(day, unit, _unit_shift(unit, day, expression, setting))
    value = value_of(moved, unit) if moved else UNKNOWN.get(unit, "XXXX")
    return Meaning("date", value, _until_today(expression, value, setting), ELSEWHERE if elsewhere else RECKONED)


def _is_told(expression: Expression, setting: Setting, *, bare: bool) -> bool:
    """Whether the quarter is the one spoken of: "the quarter", or "the latest period" where it is over."""
    today = setting.today("M")
    over = setting.quarter is not None and (today is None or value_of(setting.quarter, "Q") < value_of(today, "Q"))
    return setting.quarter is not None and (bare or (expression.has("latest") and over))


def _ending(expression: Expression, setting: Setting) -> date | None:
    """A day of the calendar quarter that most of "the quarter ended Sept. 30" lies in."""
    found = ENDING.match(setting.parse.text, expression.words[-1].end)
    kind, value = kind_of(found["month"]) if found else ("", "")
    today = setting.today("M")
    if not found or kind not in ("month", "short") or not today:
        return None
    over = found["verb"] == "ended"
    year = found["year"] or today.year + (-(int(value) > today.month) if over else int(value) < today.month)
    days = days_of(f"{year:0>4}-{value:0>2}")
    return step(days[0], "M", -1) if days else None


def _unit_shift(unit: str, day: date, expression: Expression, setting: Setting) -> int:
    """How many units away; "the weekend" is the latest that has begun, unless the verb looks ahead."""
    shift = expression.value(*WHICH)
    if unit == "WE" and expression.has("this") and setting.direction(expression) < 0:
        shift = None
    if unit == "WE" and shift is None:
        return -int(day.weekday() < 5 and not setting.direction(expression) > 0)
    return int(shift or 0)


def _until_today(expression: Expression, value: str, setting: Setting) -> tuple[date, date] | None:
    """For "earlier this month": what of the month is over on the publication day."""
    days, today = days_of(value), setting.today("D")
    before = setting.parse.text[: expression.words[0].start]
    earlier = expression.has("earlier") or before.endswith("arlier in ")
    return (days[0], today) if days and today and earlier and days[0] <= today <= days[1] else None


def _shifted_year(expression: Expression, setting: Setting) -> str:
    """Year of publication, the one before or after."""
    year = setting.year()
    return str(year + int(expression.value("last", "this", "next") or 0)) if year else "XXXX"


def half(expression: Expression, setting: Setting) -> Meaning:
    """The first half of 2022, the second half of last year."""
    year = expression.value("year") or _shifted_year(expression, setting)
    return Meaning("date", f"{year}-H{2 if expression.has('last') else expression.value('ordinal')}")


def period(expression: Expression, setting: Setting) -> Meaning | None:
    """The year-ago quarter, the same period last year, the 1988 period: what is spoken of, in another year."""
    year, number = expression.value("year"), expression.value("ordinal")
    if year is None:
        back = 1 if expression.has("ago", "earlier") else -int(expression.value("last", "this", "next") or 0)
        base = setting.quarter or setting.today("Y")
        year = str(base.year - back) if base else "XXXX"
    inner = [word.value for word in expression.words if word.kind in ("unit", "period") and word.value != "Y"]
    if inner == ["Q"] and number:
        return Meaning("date", f"{year}-Q{number}", None, TENSE)
    if setting.quarter:
        return Meaning("date", f"{year}-Q{(setting.quarter.month + 2) // 3}", None, TENSE)
    month = next((value[4:] for value in setting.told if grain_of(value) == "M"), "") if inner == [""] else ""
    return Meaning("date", f"{year}-QX" if inner == ["Q"] else f"{year}{month}", None, ELSEWHERE)


def nth(expression: Expression, setting: Setting) -> Meaning | None:
    """The 21st century, the third quarter (of 1989); what "the second day" counts from we cannot tell."""
    unit, number = expression.value("unit"), int(expression.value("ordinal") or 0)
    if quarter := expression.value("quarter"):
        unit, number = "Q", int(quarter[1])
    if unit == "CE":
        return Meaning("date", f"{number - 1:02}", None, EXPLICIT)
    if unit != "Q" or number > 4:
        return None
    if year := expression.value("year"):
        return Meaning("date", f"{year}-Q{number}", None, EXPLICIT)
    today = setting.today("M")
    if today is None or expression.has("last", "this", "next"):
        return Meaning("date", f"{_shifted_year(expression, setting)}-Q{number}", None, TENSE)
    over = number <= (today.month + 2) // 3 or setting.direction(expression) > 0
    return Meaning("date", f"{today.year - (not over)}-Q{number}", None, TENSE)


def season(expression: Expression, setting: Setting) -> Meaning | None:
    """Last spring, summer 2021; without a year the latest that has begun, unless the verb looks ahead."""
    season, today = expression.value("season") or "", setting.today("M")
    if year := expression.value("year"):
        return Meaning("date", f"{year}-{season}", None, EXPLICIT)
    if today is None:
        return Meaning("date", f"XXXX-{season}")
    begun = days_of(f"{today.year}-{season}")
    begins = begun[0] if begun else today
    ahead = expression.has("next", "coming") or setting.direction(expression) > 0
    shift = (begins < today) if ahead and not expression.has("this") else -(begins > today)
    if expression.has("this"):
        shift = 0
    return Meaning("date", f"{today.year + shift}-{season}", None, TENSE)
