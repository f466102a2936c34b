"""What time expressions mean, reckoned from the publication day, the verb's tense and the dates told before.

One function for each rule of lexicons/time_grammar.tsv. Where the publication day is unknown, or known as a year
only, what hangs on it keeps an X ("XXXX-WXX-3") and covers no days.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.temporal.grammar import Expression, Word, kind_of
from claimgraph.temporal.holidays import holiday
from claimgraph.temporal.meaning import ABSOLUTE, ELSEWHERE, EXPLICIT, RECKONED, TENSE, Meaning
from claimgraph.temporal.periods import half, nth, period, rel, season
from claimgraph.temporal.setting import UNKNOWN
from claimgraph.temporal.timex import MONTHS_IN, days_of, step, value_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from claimgraph.temporal.setting import Setting

COSTS = {0: (1, 3), 1: (3, 1), 2: (20, 1), -1: (1, 20)}
"""Weight of a day behind and of a day ahead, by the verb's tense, where a date has no year: news tells more of what
was than of what comes, and "August 7" on August 21 is two weeks past whatever the verb, which may not be its own."""


DAY_BEHIND = re.compile(r"\)?(?: \([^()\n]{1,30}\))? on ([A-Z][a-z]+day)\b")
"""The day behind a time that is told twice: "2:49 a.m. (7:49 a.m. UTC) on Saturday"."""


def meaning_of(expression: Expression, setting: Setting) -> Meaning | None:
    """What the expression means; None when it says nothing that can be placed ("the day", "the second week")."""
    if absolute := ABSOLUTE.get(expression.rule):
        return absolute(expression)
    return RELATIVE[expression.rule](expression, setting)


# ---- dates of the calendar


def _dated(expression: Expression, setting: Setting) -> Meaning | None:
    """March 9, 2021; a day without year is the nearest on the side that the tense gives."""
    month, day = expression.value("month", "short"), expression.value("day", "ordinal")
    tail = f"{int(month or 0):02}-{int(day or 0):02}"
    if not days_of(f"2000-{tail}"):
        return None
    return _of_year(tail, expression, setting)


def _month(expression: Expression, setting: Setting) -> Meaning | None:
    return _of_year(f"{int(expression.value('month', 'short') or 0):02}", expression, setting)


def _of_year(tail: str, expression: Expression, setting: Setting) -> Meaning:
    """A month or day of the year that is named, or of the one that tense and publication day give."""
    if year := expression.value("year"):
        return Meaning("date", f"{year}-{tail}", None, EXPLICIT)
    this = setting.year()
    if this is None:
        return Meaning("date", f"XXXX-{tail}")
    if expression.has("unit"):
        return Meaning("date", f"{this + int(expression.value('last', 'this', 'next') or 0)}-{tail}")
    today = setting.today("M" if len(tail) == 2 else "D")
    if today is None:
        return Meaning("date", f"{this}-{tail}", None, ELSEWHERE)
    return Meaning("date", f"{this + _year_shift(tail, today, expression, setting)}-{tail}", None, TENSE)


def _year_shift(tail: str, today: date, expression: Expression, setting: Setting) -> int:
    """0 for the year of publication, 1 for the next, -1 for the last, so that tense and nearness are kept."""
    now = today.isoformat()[5 : 5 + len(tail)]
    if expression.has("last", "next"):
        ahead = expression.has("next")
        return int(tail <= now) if ahead else -int(tail >= now)
    return 0 if expression.has("this") else _nearest(lambda year: days_of(f"{year}-{tail}"), today, expression, setting)


def _nearest(
    days_in: Callable[[int], tuple[date, date] | None], today: date, expression: Expression, setting: Setting
) -> int:
    """Which year's days are nearest, days against the verb's tense counted dearer: -1, 0 or 1 from this one."""
    behind_costs, ahead_costs = COSTS[setting.direction(expression)]
    distances = {}
    for shift in (0, -1, 1):
        days = days_in(today.year + shift)
        behind, ahead = ((today - days[1]).days, (days[0] - today).days) if days else (366, 366)
        distances[shift] = max(behind * behind_costs, ahead * ahead_costs, 0)
    return min(distances, key=lambda shift: distances[shift])


def _holiday(expression: Expression, setting: Setting) -> Meaning | None:
    """Thanksgiving, last Easter, New Year's Eve 1999: the nearest on the side that the tense gives."""
    rule, today = expression.value("holiday") or "", setting.today("D")
    if year := expression.value("year"):
        return Meaning("date", holiday(rule, int(year)).isoformat(), None, EXPLICIT)
    if today is None:
        return None
    if expression.has("unit") or expression.has("this"):
        shift = int(expression.value("last", "this", "next") or 0)
    elif expression.has("last", "next"):
        over = holiday(rule, today.year) < today
        shift = int(over) if expression.has("next") else -int(not over)
    else:
        shift = _nearest(lambda year: (holiday(rule, year),) * 2, today, expression, setting)
    return Meaning("date", holiday(rule, today.year + shift).isoformat(), None, TENSE)


def _days(expression: Expression, setting: Setting) -> Meaning | None:
    """March 9 to 11: the days from the first to the last."""
    month = int(expression.value("month", "short") or 0)
    ends = [int(word.value) for word in expression.words if word.kind == "day"]
    year = _of_year(f"{month:02}", expression, setting).value[:4]
    first, last = (days_of(f"{year}-{month:02}-{day:02}") for day in ends)
    if not first or not last or first[0] >= last[0]:
        return None
    return Meaning("duration", f"P{(last[0] - first[0]).days + 1}D", (first[0], last[0]), TENSE)


# ---- days seen from the publication day


def _today(expression: Expression, setting: Setting) -> Meaning | None:
    today = setting.today("D")
    day = step(today, "D", int(expression.value("today") or 0)) if today else None
    return _on(day, "NI" if expression.has("tonight") else expression.value("part"))


def _on(day: date | None, part: str | None = None, confidence: float = RECKONED) -> Meaning:
    """A day, or a part of it."""
    value = day.isoformat() if day else UNKNOWN["D"]
    return Meaning("time", f"{value}T{part}", None, confidence) if part else Meaning("date", value, None, confidence)


def _weekday(expression: Expression, setting: Setting) -> Meaning | None:
    """The latest such day not after publication; the coming one with "next", or when the verb looks ahead."""
    number, part = int(expression.value("weekday") or 0), expression.value("part", "overnight")
    today = setting.today("D")
    if today is None:
        value = f"XXXX-WXX-{number + 1}"
        return Meaning("time", f"{value}T{part}") if part else Meaning("date", value)
    told = setting.anchor() if expression.has("before", "after") else None
    today = told or today
    back = (today.weekday() - number) % 7
    if expression.has("last", "past", "before"):
        back = back or 7
    elif expression.has("next", "coming", "after"):
        back = (back or 7) - 7 if back else -7
    elif expression.has("this") or setting.direction(expression) > 0:
        back = back - 7 if back else 0
    return _on(step(today, "D", -back), part, TENSE)


def _part(expression: Expression, setting: Setting) -> Meaning | None:
    """A part of a day: this morning, last night; "the morning" is that of the day told before."""
    part, today = expression.value("part", "overnight"), setting.today("D")
    if expression.has("overnight") and not expression.has("that", "same"):
        return _on(step(today, "D", -1) if today else None, part)
    if expression.has("last", "today"):
        shift = -1 if expression.has("last") else int(expression.value("today") or 0)
        return _on(step(today, "D", shift) if today else None, part)
    if expression.has("this"):
        return _on(today, part)
    shift = int(expression.value("before", "after", "next") or 0)
    day = setting.anchor() or today
    return _on(step(day, "D", shift) if day else None, part, ELSEWHERE)


def _time(expression: Expression, setting: Setting) -> Meaning | None:
    """A time of day, on the day named beside it, or on the one told before."""
    clock = _clock(expression)
    if clock is None:
        return None
    for kinds, rule in ((("month", "short"), _dated), (("weekday",), _weekday), (("today",), _today)):
        if expression.has(*kinds):
            # The hour comes first or last: the day of a month is the other number.
            words = expression.words[1:] if expression.words[0].kind == "day" else expression.words
            day = rule(Expression(expression.rule, words), setting)
            return Meaning("time", f"{day.value[:10]}T{clock}", None, day.confidence) if day else None
    if found := DAY_BEHIND.match(setting.parse.text, expression.words[-1].end):
        kind, value = kind_of(found[1])
        if kind == "weekday":
            day = _weekday(Expression("weekday", (Word(*found.span(1), found[1], kind, value),)), setting)
            return Meaning("time", f"{day.value[:10]}T{clock}", None, TENSE) if day else None
    return _on(setting.anchor() or setting.today("D"), clock, ELSEWHERE)


def _clock(expression: Expression) -> str | None:
    """Hours and minutes of 24: "8:30 p.m." is 20:30."""
    text = expression.value("clock", "hour") or expression.value("day") or ""
    text = f"{text[:2]}:{text[2:]}" if re.fullmatch(r"\d{4}", text) else text
    hours, *minutes = text.split(":")
    half, universal = (expression.value("ampm") or "").strip()[:1], "Z" if expression.value("zone") == "Z" else ""
    hour = int(hours) % 12 + (12 if half == "p" else 0) if half else int(hours)
    return f"{hour:02}:{':'.join(minutes) or '00'}{universal}" if hour <= 24 else None


def _edge(expression: Expression, setting: Setting) -> Meaning | None:
    """The end of 1990, the beginning of the month: the whole of it, whose edge has no bounds."""
    if expression.has("month", "short"):
        return _month(expression, setting)
    if expression.has("year"):
        return Meaning("date", expression.value("year") or "", None, EXPLICIT)
    if expression.value("unit") == "D":  # "late in the day"
        return _on(setting.anchor() or setting.today("D"), None, ELSEWHERE)
    return ABSOLUTE["decade"](expression) if expression.has("decade") else rel(expression, setting)


def _half(expression: Expression, setting: Setting) -> Meaning | None:
    other = expression.value("unit") not in (None, "Y") or expression.has("decade")
    return _edge(expression, setting) if other else half(expression, setting)


# ---- stretches


def _duration(expression: Expression, setting: Setting) -> Meaning | None:
    """Two years; "a year" behind a figure is a rate; "in five years" with a future verb is a date."""
    value, first = expression.amount(), expression.words[0]
    before = setting.parse.tokens_in(max(first.start - 12, 0), first.start)
    last = before[-1] if before else None
    if (
        first.kind == "a"
        and len(expression.words) == 2
        and last
        and (last.pos in ("NOUN", "NUM", "PROPN", "SYM", "ADV") or last.lower == "won")
    ):
        return Meaning("set", value)
    return Meaning("duration", value)


def _span(expression: Expression, setting: Setting) -> Meaning | None:
    """The past week, the next three months: from the publication day backwards or onwards."""
    value = expression.amount()
    if value[1] == "X" and expression.has("unit") and not expression.has("some"):
        value = value.replace("X", "1")
    unit, today = expression.value("unit", "units") or "D", setting.today("D")
    number = expression.number() if expression.number() != "X" else "1" if "X" not in value else ""
    if not today or not number.isdigit() or expression.has("ordinal", "before"):  # before what, the text tells
        return Meaning("duration", value)
    ahead = expression.has("next", "coming", "after")
    other = step(today, unit, int(number) if ahead else -int(number))
    days = (min(today, other), max(today, other)) if other else None
    return Meaning("duration", value, days)


def _to_month(expression: Expression, setting: Setting) -> Meaning | None:
    """The three months to June, the year to March 2027: up to the last day of a month that is over, unless a year is named."""
    month, today = int(expression.value("month", "short") or 0), setting.today("M")
    if not expression.has("year") and today is None:
        return None
    year = int(expression.value("year") or 0) or (today.year - (month > today.month) if today else 0)
    days = days_of(f"{year}-{month:02}")
    words = expression.words[: next(i for i, word in enumerate(expression.words) if word.kind == "to")]
    stretch = Expression(expression.rule, words)
    unit, number = stretch.value("unit", "units") or "M", stretch.number().replace("X", "1")
    value = stretch.amount().replace("X", "1")
    first = step(days[0], unit, -int(number)) if days and number.isdigit() and unit in MONTHS_IN else None
    first = step(first, "M", 1) if first else None
    return Meaning("duration", value, (first, days[1]) if days and first else None, TENSE)


def _ago(expression: Expression, setting: Setting) -> Meaning | None:
    """Two days ago; "two days later" counts from the date told before, "a year ago" may be of a quarter."""
    unit = expression.value("unit", "units") or "D"
    number = "1" if expression.has("hyphen") else expression.number()
    shift = int(expression.value("ago", "earlier", "later") or 1)
    if number == "X":
        return Meaning("date", "PAST_REF" if shift < 0 else "FUTURE_REF")
    grain = unit if unit in MONTHS_IN or unit == "W" else "D"
    told = setting.anchor(grain) if expression.has("earlier", "later") else None
    if unit == "Y" and number == "1" and shift < 0 and (quarter := setting.year_before()):
        return Meaning("date", value_of(quarter, "Q"), None, ELSEWHERE)
    day = told or setting.today(grain if unit in MONTHS_IN else "D")
    moved = step(day, unit, shift * int(float(number))) if day else None
    value = value_of(moved, grain) if moved else UNKNOWN.get(grain, "XXXX")
    return Meaning("date", value, None, ELSEWHERE if told else RECKONED)


RELATIVE: dict[str, Callable[[Expression, Setting], Meaning | None]] = {
    "dated": _dated,
    "days": _days,
    "month": _month,
    "season": season,
    "nth": nth,
    "period": period,
    "half": _half,
    "edge": _edge,
    "rel": rel,
    "today": _today,
    "weekday": _weekday,
    "part": _part,
    "time": _time,
    "holiday": _holiday,
    "ago": _ago,
    "adjective": _ago,
    "span": _span,
    "until": _to_month,
    "duration": _duration,
}
"""Rules whose meaning is reckoned from the setting."""
