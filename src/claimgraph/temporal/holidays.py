"""The day of a holiday in a year, by the rules of lexicons/holidays.tsv: "Thanksgiving" of 2023 is 23 November."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

RULE = re.compile(r"(?P<month>\d\d)-(?:(?P<weekday>\d)/(?P<number>-?\d)(?:\+(?P<later>\d))?|(?P<day>\d\d))")


def holiday(rule: str, year: int) -> date:
    """The day that a rule gives in a year.

    >>> [holiday(rule, 2023).isoformat() for rule in ("12-25", "11-3/4", "05-0/-1", "E0")]
    ['2023-12-25', '2023-11-23', '2023-05-29', '2023-04-09']
    """
    if rule.startswith("E"):
        return easter(year) + timedelta(int(rule[1:]))
    found = RULE.fullmatch(rule)
    if not found:
        message = f"no rule for a holiday: {rule}"
        raise ValueError(message)
    month = int(found["month"])
    if found["day"]:
        return date(year, month, int(found["day"]))
    number, days = int(found["number"]), calendar.monthrange(year, month)[1]
    all_days = [date(year, month, day) for day in range(1, days + 1)]
    such = [day for day in all_days if day.weekday() == int(found["weekday"])]
    return such[number - 1 if number > 0 else number] + timedelta(int(found["later"] or 0))


def easter(year: int) -> date:
    """Easter Sunday of the western churches: the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 8).

    >>> easter(2000), easter(2024)
    (datetime.date(2000, 4, 23), datetime.date(2024, 3, 31))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    g = (8 * b + 13) // 25
    h = (19 * a + b - b // 4 - g + 15) % 30
    j, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * (b % 4) + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
