"""Figures of a text: comparator, number or range, unit or currency, by their looks alone.

What is counted, and whether a figure is a quantity at all, is decided with the parse in quantities.py.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table
from claimgraph.numerals import DIGITS, VULGAR, any_of, spelled, to_number, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_COMPARATOR = 26
"""Characters before a number in which its comparator is looked for: longer than the longest of comparators.tsv."""
LONGEST_UNIT = 24
"""Characters behind a number in which its unit is looked for."""


class Figure(NamedTuple):
    """A number with its bounds `[start, end)`, comparator and unit; `number` is where the digits or words begin."""

    start: int
    number: int
    end: int
    value: int | float
    upper: int | float | None
    comparator: str
    unit: str
    per: str | None
    kind: str
    """How it is written: "digits", "words", "many" (dozens), "fraction" (two-thirds)."""


@lru_cache
def _forms(table: str) -> dict[str, tuple[str, ...]]:
    """Form to the rest of its row, cells missing at the end filled up."""
    return {row[0]: (*row[1:], "", "")[:3] for row in load_table(table)}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A number with what may stand right before it (currency, sign) and a second number after it (range)."""
    signs = [form for form in _forms("currencies") if not form[-1].isalpha()]
    codes = [form for form in _forms("currencies") if form.isupper() and form.isalpha()]
    money = "|".join(re.escape(form).replace(r"\ ", " ") for form in sorted(signs, key=len, reverse=True))
    scale = rf"(?:[ -]{any_of('scale')})+\b|(?:bn|tn|mn|mln|bln|trn)\b|k\b|(?(money)[mb]\b|(?!))"
    digits = rf"{DIGITS}(?:[{''.join(VULGAR)}]| \d/\d\b)?(?:{scale})?"
    many = any_of("many")
    vague = rf"(?:(?:tens|{many}) of {many}|(?:several|(?:a )?few|many) (?:{any_of('scale')}|dozen)|{many})\b"
    part = any_of("fraction")
    fraction = (
        rf"(?:(?:an?|{any_of('one')}|\d)[- ]{part}\b|half\b)(?=s? of\b|[ -]the\b| (?:its|their|his|her|all)\b|[,.;)])"
    )
    number = rf"(?:{digits}|\b(?:{fraction}|{vague}|{spelled()}))"
    between = rf"(?: ?[-–—] ?| to | or | and )(?:(?:{money}) ?)?"
    return re.compile(
        rf"(?:(?P<money>{money}|\b(?:{'|'.join(codes)})\b)[ #]?(?=\d)|(?<!\w)(?<!\w[-–/:.,])(?P<minus>minus |[-−](?=\d))?)"
        rf"(?P<first>{number})(?P<half> and a half(?: {any_of('scale')}\b)?)?(?:(?P<between>{between})(?P<second>{number}))?"
        r"(?![\d/]|[:.,]\d|-\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _units() -> re.Pattern[str]:
    """Units and the words for currencies, longest first; case counts only where it tells units apart (MW, mW)."""
    forms = [*_forms("units"), *(form for form in _forms("currencies") if form[-1].isalpha())]
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"[ -]?(%|(?:{'|'.join(re.escape(form) for form in ordered)})(?!\w))")


def find_figures(text: str) -> Iterator[Figure]:
    """The figures of a text in order.

    >>> [(f.comparator, f.value, f.upper, f.unit) for f in find_figures("over $1.5 billion, 20 to 30 kg, at least 40%")]
    [('>', 1500000000, None, 'USD'), ('=', 20, 30, 'kilogram'), ('>=', 40, None, 'percent')]
    """
    for found in _pattern().finditer(text):
        for figure in _figures(text, found):
            if figure.unit != "count" or not text[figure.end : figure.end + 1].isalpha():
                yield _compared(text, figure)


def _figures(text: str, found: re.Match[str]) -> Iterator[Figure]:
    """One figure, or two where "to" and "and" join no range ("from 20 to 30", "five and ten")."""
    first, second, between = found["first"], found["second"], (found["between"] or "").strip()
    start = found.start("money") if found["money"] else found.start("minus") if found["minus"] else found.start("first")
    whole = _figure(text, found, start, found.start("first"), found.end("first"))
    if not second:
        half = found.end("half") if found["half"] else found.end("first")
        yield (
            whole
            if whole.unit != "count"
            else _with_unit(text, whole._replace(end=max(half, whole.end)), found["money"])
        )
        return
    other = _figure(text, found, found.start("second"), found.start("second"), found.end("second"))
    before = text[max(0, start - 9) : start].lower()
    ranged = not before.endswith("from ") and (before.endswith("between ") or between.rstrip("$£€") not in ("and",))
    lower, upper = _scaled(first, second, whole.value, other.value), other.value
    if ranged and lower < upper:
        start -= 8 if before.endswith("between ") else 0
        yield other._replace(start=start, number=whole.number, value=lower, upper=upper, kind=whole.kind)
    elif between not in ("-", "–", "—"):
        yield whole if whole.unit != "count" or between == "and" else whole._replace(unit=other.unit)
        yield other
    elif other.unit != "count":
        yield other


def _scaled(first: str, second: str, lower: float, upper: float) -> int | float:
    """The lower end in the scale of the upper one: "2 to 3 million" begins at two million."""
    scale = re.search(rf"(?:{any_of('scale')}|bn|tn|mn|mln|[mkb])$", second, re.IGNORECASE)
    if (
        not scale
        or re.search(r"[a-z]$", first, re.IGNORECASE)
        and not words_of("one", "teen", "ten").get(first.lower())
    ):
        return lower
    return to_number(f"{lower} {scale.group()}") if lower * 1000 < upper or lower < 1000 else lower


def _figure(text: str, found: re.Match[str], start: int, number: int, end: int) -> Figure:
    """A number of the match, with its unit."""
    words = text[number:end]
    value = to_number(words) if not found["half"] else _and_a_half(words, found["half"])
    kind, comparator = "digits" if words[0].isdigit() else "words", "="
    last = re.split(r"[ -]", words.lower())
    if (
        any(word in words_of("many") for word in last)
        or last[0] in ("several", "few", "many")
        or words[:5].lower() == "a few"
    ):
        kind, comparator, value = "many", ">=", _many(last)
    elif last[-1] in words_of("fraction"):
        kind = "fraction"
    figure = Figure(start, number, end, -value if found["minus"] else value, None, comparator, "count", None, kind)
    return _with_unit(text, figure, found["money"])


def _many(words: list[str]) -> int:
    """Dozens are two dozen or more; hundreds of thousands two hundred thousand or more."""
    value = Fraction(1)
    for word in words:
        value *= words_of("many").get(word) or words_of("scale").get(word) or {"dozen": 12, "tens": 10}.get(word, 1)
    plural = words_of("many").get(words[-1]) and len(words) > 1
    return (
        int(value / 2)
        if plural and words[0] != "tens"
        else int(value)
        if words[-1] in words_of("many")
        else int(value * 2)
    )


def _and_a_half(words: str, half: str) -> int | float:
    """Two and a half million."""
    scale = half.removeprefix(" and a half").strip()
    return to_number(f"{float(to_number(words)) + 0.5} {scale}")


def _with_unit(text: str, figure: Figure, money: str | None) -> Figure:
    """The figure with the currency before it, or the unit behind it."""
    behind = _units().match(text, figure.end, figure.end + LONGEST_UNIT)
    form = behind.group(1) if behind else ""
    if money:
        code, factor, _ = _forms("currencies").get(money) or _forms("currencies")[money.upper()]
        end = behind.end() if behind and form in _forms("currencies") else figure.end
        return figure._replace(unit=code, end=end)
    if not behind:
        return figure
    unit, factor, per = ("percent", "", "") if form == "%" else _forms("units").get(form) or _forms("currencies")[form]
    value = to_number(str(Fraction(str(figure.value)) * Fraction(factor))) if factor else figure.value
    return figure._replace(unit=unit, end=behind.end(), value=value, per=per or None)


@lru_cache(maxsize=1)
def _comparators() -> tuple[tuple[str, str], ...]:
    """Phrases that stand before a number, longest first."""
    before = [(phrase, sign) for phrase, sign, place in load_table("comparators") if place == "before"]
    return tuple(sorted(before, key=lambda row: -len(row[0])))


@lru_cache(maxsize=1)
def _comparators_behind() -> re.Pattern[str]:
    """Phrases that stand behind a number or its unit."""
    return re.compile(
        "|".join(rf"[ -]{phrase}\b" for phrase, _, place in load_table("comparators") if place == "after")
    )


def _compared(text: str, figure: Figure) -> Figure:
    """The figure with the comparator before it or behind it."""
    left = text[max(0, figure.start - LONGEST_COMPARATOR) : figure.start].lower()
    bare = left.rstrip(" \n") if left[-1:].isspace() else ""
    for phrase, sign in _comparators():
        if bare.endswith(phrase) and not bare[: -len(phrase)][-1:].isalpha():
            return figure._replace(start=figure.start - len(left) + len(bare) - len(phrase), comparator=sign)
    behind = _comparators_behind().match(text, figure.end)
    if behind:
        sign = next(sign for phrase, sign, _ in load_table("comparators") if phrase == behind.group()[1:])
        return figure._replace(end=behind.end(), comparator=sign)
    return figure._replace(end=figure.end + 1, comparator=">=") if text[figure.end : figure.end + 1] == "+" else figure
