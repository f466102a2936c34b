"""TIMEX3 values and the days they cover: "2021-03" is 1 to 31 March 2021, "2023-W12" a week, "198" a decade.

TimeML 1.2.1 extends ISO 8601: quarters (Q), halves (H), seasons (SP SU FA WI), weekends (WE), parts of a day (TMO),
decades and centuries as prefixes of a year.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First months of the northern seasons, as meteorology counts them: TimeML gives none."""
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
"""Calendar units that are months, by their letters in a value."""
DAYS_IN = {"D": 1, "W": 7, "WE": 7}
VALUE = re.compile(r"(\d{2,4})(?:-(\d\d|[QH]\d|W\d\d|SP|SU|FA|WI)(?:-(\d\d|WE))?)?(?:T.*)?")
FIRST_YEAR, LAST_YEAR = 1, 9998
GRAINS = (
    (re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?"), "D"),
    (re.compile(r"\d{4}-W\d\d"), "W"),
    (re.compile(r"\d{4}-W\d\d-WE"), "WE"),
    (re.compile(r"\d{4}-\d\d"), "M"),
    (re.compile(r"\d{4}-Q\d"), "Q"),
    (re.compile(r"\d{4}-H\d"), "H"),
    (re.compile(r"\d{4}-(?:SP|SU|FA|WI)"), "S"),
    (re.compile(r"\d{4}"), "Y"),
    (re.compile(r"\d{3}"), "DE"),
    (re.compile(r"\d\d"), "CE"),
)
"""What a value looks like, and the calendar unit that it is one of (S for seasons)."""


def grain_of(value: str) -> str | None:
    """The calendar unit that a value is one of; None for durations, sets and what is unknown.

    >>> [grain_of(value) for value in ("2023-03-20TMO", "2023-W12", "198", "P1W")]
    ['D', 'W', 'DE', None]
    """
    return next((grain for pattern, grain in GRAINS if pattern.fullmatch(value)), None)


def value_of(day: date, unit: str) -> str:
    """The value of the calendar unit that a day lies in.

    >>> [value_of(date(2023, 3, 23), unit) for unit in ("D", "W", "M", "Q", "Y", "DE")]
    ['2023-03-23', '2023-W12', '2023-03', '2023-Q1', '2023', '202']
    """
    year, week, _ = day.isocalendar()
    values = {
        "D": day.isoformat(),
        "W": f"{year:04}-W{week:02}",
        "WE": f"{year:04}-W{week:02}-WE",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04}-H{(day.month + 5) // 6}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }
    return values[unit]


def step(day: date, unit: str, count: int) -> date | None:
    """The day `count` units later, or earlier when negative; None beyond the calendar.

    >>> step(date(2023, 3, 31), "M", -1), step(date(2023, 3, 23), "W", -1)
    (datetime.date(2023, 2, 28), datetime.date(2023, 3, 16))

    A month that is too short gives its last day.
    """
    if unit in DAYS_IN:
        ordinal = day.toordinal() + count * DAYS_IN[unit]
        return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None
    if unit not in MONTHS_IN:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + count * MONTHS_IN[unit], 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_of(value: str) -> tuple[date, date] | None:
    """First and last day of a value; None for durations, sets, vague references and what is partly unknown.

    >>> days_of("2023-W12")
    (datetime.date(2023, 3, 20), datetime.date(2023, 3, 26))
    >>> days_of("2023-03-20TMO"), days_of("P1W")
    ((datetime.date(2023, 3, 20), datetime.date(2023, 3, 20)), None)
    """
    found = VALUE.fullmatch(value)
    if not found:
        return None
    year, part, rest = found.groups()
    try:
        return _days(int(year) * 10 ** (4 - len(year)), 10 ** (4 - len(year)), part or "", rest or "")
    except ValueError:
        return None


def _days(year: int, years: int, part: str, rest: str) -> tuple[date, date] | None:
    """Days of a year (or of ten, or a hundred), of a part of it, or of a part of that part."""
    if not part:
        return date(max(year, FIRST_YEAR), 1, 1), date(year + years - 1, 12, 31)
    if part.isdigit():
        return (date(year, int(part), int(rest)),) * 2 if rest else _months(year, int(part), 1)
    if part in SEASONS:
        return _months(year, SEASONS[part], 3)
    if part[0] in "QH":
        length = MONTHS_IN[part[0]]
        return _months(year, (int(part[1:]) - 1) * length + 1, length)
    monday = date.fromisocalendar(year, int(part[1:]), 1)
    return monday + timedelta(5 if rest == "WE" else 0), monday + timedelta(6)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of some months on end."""
    end = step(date(year, month, 1), "M", count) or date.max
    return date(year, month, 1), end - timedelta(1)
