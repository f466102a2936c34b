"""What time expressions mean, reckoned from the publication day, the verb's tense and the dates told before.

One function for each rule of lexicons/time_grammar.tsv. Where the publication day is unknown, or known as a year
only, what hangs on it keeps an X ("XXXX-WXX-3") and covers no days.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.tense import direction
from claimgraph.time_grammar import Expression
from claimgraph.time_meaning import ABSOLUTE, ELSEWHERE, EXPLICIT, RECKONED, TENSE, Meaning
from claimgraph.timex import DAYS_IN, MONTHS_IN, days_of, step, value_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from claimgraph.language import Parse

UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX"}
"""Values of calendar units when the publication day is not known."""
AHEAD_COSTS = 3
"""Weight of a day ahead against a day behind, where a date has neither year nor tense."""


class Setting(NamedTuple):
    """What an expression is read against: publication date (ISO, or a prefix), parse, and the date told before it."""

    published: str
    parse: Parse
    told: date | None

    def today(self, unit: str) -> date | None:
        """The publication day, if it is known exactly enough to count in this unit."""
        known = days_of(self.published)
        exact = 4 if unit in ("Y", "DE", "CE") else 7 if unit in MONTHS_IN else 10
        return known[1] if known and len(self.published) >= exact else None

    def year(self) -> int | None:
        """The year of publication."""
        known = days_of(self.published)
        return known[1].year if known else None

    def direction(self, expression: Expression) -> int:
        """1 where the verb puts the expression ahead, -1 where behind, 0 where none tells."""
        return direction(self.parse.tokens_in(expression.words[0].start, expression.words[-1].end))


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
    now, direction = today.isoformat()[5 : 5 + len(tail)], setting.direction(expression)
    if expression.has("last", "next"):
        ahead = expression.has("next")
        return int(tail <= now) if ahead else -int(tail >= now)
    begins = days_of(f"{today.year}-{tail}")
    if direction == 0 and len(tail) > 2 and begins:
        return min((-1, 0, 1), key=lambda shift: _distance((begins[0] - today).days + shift * 365))
    return int(tail < now) if direction > 0 else -int(tail > now)


def _distance(days: int) -> int:
    """How far away, days ahead counted more: news tells more of what was than of what comes."""
    return -days if days < 0 else AHEAD_COSTS * days


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
    if expression.has("last", "today"):
        shift = -1 if expression.has("last") else int(expression.value("today") or 0)
        return _on(step(today, "D", shift) if today else None, part)
    if expression.has("this"):
        return _on(today, part)
    shift = int(expression.value("before", "after", "next") or 0)
    day = setting.told or today
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
    return _on(setting.told or setting.today("D"), clock, ELSEWHERE)


def _clock(expression: Expression) -> str | None:
    """Hours and minutes of 24: "8:30 p.m." is 20:30."""
    text = expression.value("clock", "hour") or expression.value("day") or ""
    text = f"{text[:2]}:{text[2:]}" if re.fullmatch(r"\d{4}", text) else text
    hours, *minutes = text.split(":")
    half = (expression.value("ampm") or "").strip()[:1]
    hour = int(hours) % 12 + (12 if half == "p" else 0) if half else int(hours)
    return f"{hour:02}:{':'.join(minutes) or '00'}" if hour <= 24 else None


# ---- calendar units


def _rel(expression: Expression, setting: Setting) -> Meaning | None:
    """Last week, this year, the following month. "That" and "same" speak of what was told before, if a day was."""
    unit = expression.value("unit") or ("Q" if expression.has("period") else "D")
    if unit not in (*MONTHS_IN, *DAYS_IN) or (unit == "D" and expression.words[0].kind == "the"):
        return None
    elsewhere = expression.has("that", "same", "before", "after") or unit == "D"
    day = setting.told if elsewhere and setting.told else setting.today(unit)
    if day is None:
        return Meaning("date", UNKNOWN.get(unit, "XXXX"))
    moved = step(day, unit, _unit_shift(unit, day, expression, setting))
    value = value_of(moved, unit) if moved else UNKNOWN.get(unit, "XXXX")
    return Meaning("date", value, _until_today(expression, value, setting), ELSEWHERE if elsewhere else RECKONED)


def _unit_shift(unit: str, day: date, expression: Expression, setting: Setting) -> int:
    """How many units away; "the weekend" is the latest that has begun, unless the verb looks ahead."""
    shift = expression.value("last", "next", "this", "before", "after", "coming", "latest")
    if unit == "WE" and expression.has("this") and setting.direction(expression) < 0:
        shift = None
    if unit == "WE" and shift is None:
        return -int(day.weekday() < 5 and not setting.direction(expression) > 0)
    return int(shift or 0)


def _until_today(expression: Expression, value: str, setting: Setting) -> tuple[date, date] | None:
    """For "earlier this month": what of the month is over on the publication day."""
    days, today = days_of(value), setting.today("D")
    before = setting.parse.text[: expression.words[0].start]
    if days and today and before.endswith(("arlier ", "arlier in ")) and days[0] <= today <= days[1]:
        return days[0], today
    return None


def _edge(expression: Expression, setting: Setting) -> Meaning | None:
    """The end of 1990, the beginning of the month: the whole of it, whose edge has no bounds."""
    if expression.has("month", "short"):
        return _month(expression, setting)
    if expression.has("year"):
        return Meaning("date", expression.value("year") or "", None, EXPLICIT)
    return ABSOLUTE["decade"](expression) if expression.has("decade") else _rel(expression, setting)


def _half(expression: Expression, setting: Setting) -> Meaning | None:
    if expression.value("unit") not in (None, "Y") or expression.has("decade"):
        return _edge(expression, setting)
    year = expression.value("year") or _shifted_year(expression, setting)
    return Meaning("date", f"{year}-H{2 if expression.has('last') else expression.value('ordinal')}")


def _shifted_year(expression: Expression, setting: Setting) -> str:
    """Year of publication, the one before or after."""
    year = setting.year()
    return str(year + int(expression.value("last", "this", "next") or 0)) if year else "XXXX"


def _nth(expression: Expression, setting: Setting) -> Meaning | None:
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


def _season(expression: Expression, setting: Setting) -> Meaning | None:
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


# ---- stretches


def _duration(expression: Expression, setting: Setting) -> Meaning | None:
    """Two years; "a year" behind a figure is a rate; "in five years" with a future verb is a date."""
    value, first = expression.amount(), expression.words[0]
    before = setting.parse.tokens_in(max(first.start - 12, 0), first.start)
    last = before[-1] if before else None
    if first.kind == "a" and len(expression.words) == 2 and last and last.pos in ("NOUN", "NUM", "PROPN", "SYM", "ADV"):
        return Meaning("set", value)
    return Meaning("duration", value)


def _span(expression: Expression, setting: Setting) -> Meaning | None:
    """The past week, the next three months: from the publication day backwards or onwards."""
    value = expression.amount()
    if value[1] == "X" and expression.has("unit") and not expression.has("some"):
        value = value.replace("X", "1")
    unit, today = expression.value("unit", "units") or "D", setting.today("D")
    number = expression.number() if expression.number() != "X" else "1" if "X" not in value else ""
    if not today or not number.isdigit() or expression.has("ordinal"):
        return Meaning("duration", value)
    ahead = expression.has("next", "coming", "after")
    other = step(today, unit, int(number) if ahead else -int(number))
    days = (min(today, other), max(today, other)) if other else None
    return Meaning("duration", value, days)


def _ago(expression: Expression, setting: Setting) -> Meaning | None:
    """Two days ago; "two days later" counts from the date told before."""
    unit = expression.value("unit", "units") or "D"
    number = "1" if expression.has("hyphen") else expression.number()
    shift = int(expression.value("ago", "earlier", "later") or 1)
    elsewhere = expression.has("earlier", "later") and setting.told is not None
    day = setting.told if elsewhere else setting.today(unit if unit in MONTHS_IN else "D")
    if number == "X":
        return Meaning("date", "PAST_REF" if shift < 0 else "FUTURE_REF")
    moved = step(day, unit, shift * int(float(number))) if day else None
    grain = unit if unit in MONTHS_IN or unit == "W" else "D"
    value = value_of(moved, grain) if moved else UNKNOWN.get(grain, "XXXX")
    return Meaning("date", value, None, ELSEWHERE if elsewhere else RECKONED)


RELATIVE: dict[str, Callable[[Expression, Setting], Meaning | None]] = {
    "dated": _dated,
    "days": _days,
    "month": _month,
    "season": _season,
    "nth": _nth,
    "half": _half,
    "edge": _edge,
    "rel": _rel,
    "today": _today,
    "weekday": _weekday,
    "part": _part,
    "time": _time,
    "ago": _ago,
    "span": _span,
    "duration": _duration,
}
"""Rules whose meaning is reckoned from the setting."""
