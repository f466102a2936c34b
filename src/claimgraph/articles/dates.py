"""Publication dates as newspapers, feeds and corpora write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)

MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
CLOCK = (
    r"(?:(?:[T,\s]|\s+at)\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<noon>[ap]\.?m\b\.?)?\s*(?P<zone>(?-i:Z|UTC|GMT|[A-Z]{2,4}T)\b|[+-]\d\d:?\d\d)?)?"
)

FORMS = tuple(
    re.compile(rf"{form}{CLOCK}", re.IGNORECASE)
    for form in (
        rf"{YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"{WEEKDAY}{MONTH}\s+{DAY},?\s+{YEAR}",
        rf"{WEEKDAY}{DAY}\s+(?:of\s+)?{MONTH},?\s+{YEAR}",
        rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second_number>\d{{1,2}})(?P=mark){YEAR}",
        rf"{YEAR}-(?P<month>\d\d)(?!\d)",
        rf"{MONTH},?\s+{YEAR}",
        rf"{YEAR}(?![\d:])",
    )
)


def to_iso(words: str) -> str | None:
    """The date as ISO 8601, as exact as the words are; None when they are no date.

    >>> to_iso("March 9, 2021"), to_iso("03/14/1998 10:36:00"), to_iso("2021")
    ('2021-03-09', '1998-03-14T10:36:00', '2021')
    >>> to_iso("Thu, 23 Mar 2023 10:05:00 GMT"), to_iso("yesterday")
    ('2023-03-23T10:05:00Z', None)

    Between slashes the month comes first, as in American print, unless only the other order is a date; between
    dots the day comes first.
    """
    for form in FORMS:
        match = form.fullmatch(words.strip())
        if match:
            day = _day(match)
            return day and day + _clock(match, day)
    return None


def find_date(line: str) -> tuple[int, int, str] | None:
    """Bounds of the first complete day in a line, and its ISO form.

    >>> find_date("Published: Thursday, March 23, 2023 at 9:30 a.m. EDT")
    (11, 52, '2023-03-23T09:30:00')
    """
    for form in FORMS[:5]:
        match = form.search(line)
        day = match and _day(match)
        if match and day:
            return match.start(), match.end(), day + _clock(match, day)
    return None


def _day(match: re.Match[str]) -> str | None:
    """Year, month and day as far as they are given; None when the calendar has no such day."""
    found = match.groupdict()
    month, day = _month_and_day(found)
    if not month:
        return str(found["year"])
    if not 1 <= month <= len(MONTHS):
        return None
    if not day:
        return f"{found['year']}-{month:02}"
    try:
        return date(int(found["year"]), month, day).isoformat()
    except ValueError:
        return None


def _month_and_day(found: dict[str, str | None]) -> tuple[int, int]:
    """Numbers of month and day, 0 where the form has none."""
    if first := found.get("first"):
        numbers = int(first), int(found["second_number"] or 0)
        american = found["mark"] == "/" and numbers[0] <= len(MONTHS)
        return numbers if american or numbers[1] > len(MONTHS) else numbers[::-1]
    name = found.get("month") or ""
    month = int(name) if name.isdigit() else MONTHS.index(name[:3].lower()) + 1 if name else 0
    return month, int(found.get("day") or 0)


def _clock(match: re.Match[str], day: str) -> str:
    """The time of day as ISO has it, with the offset where it is given in figures; "" without one."""
    found = match.groupdict()
    hour, minute, second = (int(found.get(name) or 0) for name in ("hour", "minute", "second"))
    noon = (found.get("noon") or "").lower()[:1]
    hour = hour % 12 + 12 * (noon == "p") if noon else hour
    if found.get("hour") is None or hour > 23 or minute > 59 or second > 59 or len(day) < len("2023-03-23"):
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{_offset(found.get('zone') or '')}"


def _offset(zone: str) -> str:
    """Z or +hh:mm; "" for a zone known by its letters only, which differ from country to country."""
    if zone in {"Z", "UTC", "GMT"}:
        return "Z"
    return f"{zone[:3]}:{zone[-2:]}" if zone.startswith(("+", "-")) else ""
