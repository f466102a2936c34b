"""Figures of a text: comparator, number or range, unit or currency, by their looks alone.

What is counted, and whether a figure is a quantity at all, is decided with the parse in quantities.py.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table
from claimgraph.numeric.numerals import DIGITS, VULGAR, any_of, spelled, to_number, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_COMPARATOR = 26
"""Characters before a number in which its comparator is looked for: longer than the longest of comparators.tsv."""
LONGEST_UNIT = 30
"""Characters behind a number in which its unit is looked for."""
SPREAD = re.compile(r"\b(?:rang|vari|vary|anywhere|somewhere)\w* (?:\w+ )?from $")
"""What makes "from 20 to 30" a range, not a change."""
DASHES = ("-", "–", "—")
FAR, FARTHER = 5, 20
"""Times the lower end from which "by 2 to 30" and "2 to 80" are no range but a change and where it led."""
WINS, BIG = "won", 1000
"""A currency that is a verb too, and the least sum of it: "10 won seats" counts winners."""
LEAST = 2
"""A plural without number is two at least: dozens are 24 or more."""


class Figure(NamedTuple):
    """A number with its bounds `[start, end)`, comparator and unit; `number` is where the digits or words begin.

    `kind` is how it is written: "digits", "words", "many" (dozens), "fraction" (two-thirds).
    """

    start: int
    number: int
    end: int
    value: int | float
    upper: int | float | None
    comparator: str
    unit: str
    per: str | None
    kind: str


@lru_cache
def _forms(table: str) -> dict[str, tuple[str, str, str]]:
    """Form to unit, factor and what it is counted per; cells missing at the end are empty."""
    rows = ((*row, "", "") for row in load_table(table))
    return {form: (unit, factor, per) for form, unit, factor, per, *_ in rows}


@lru_cache(maxsize=1)
def _money() -> tuple[str, str]:
    """Regular expressions for the signs and for the codes that stand before a sum."""
    signs = sorted((form for form in _forms("currencies") if not form[-1].isalpha()), key=len, reverse=True)
    codes = [form for form in _forms("currencies") if form.isupper() and form.isalpha()]
    return "|".join(map(re.escape, signs)), "|".join(codes)


@lru_cache(maxsize=1)
def _number() -> str:
    """A regular expression for one number, in digits or words."""
    scale, many, part = any_of("scale"), any_of("many"), any_of("fraction")
    scaled = rf"(?:[ -]{scale})+\b|(?:bn|tn|mn|mln|bln|trn|k)\b|(?(money)[mb]\b|(?-i:m)(?={_of_millions()}))"
    digits = rf"{DIGITS}(?:[{''.join(VULGAR)}]| \d/\d\b)?(?:{scaled})?"
    vague = rf"(?:(?:tens|{many}) of {many}|(?:several|(?:a )?few|many) (?:{scale}|dozen)|{many})\b"
    parted = rf"(?:(?:an?|{any_of('one')}|\d)[- ]{part}\b|half\b|[1-9]/[2-9](?= of\b))"
    changed = rf"(?:(?<=\bby )|{_changing()}){parted}(?= (?:after|as|at|between|by|during|from|in|on|over|since|this|to|last)\b)"
    compared = rf"\b{parted}(?= (?:more|less|fewer|higher|lower|larger|smaller|bigger)\b)"
    small = rf"(?:{any_of('one')}|ten|\d)"
    one_in = (
        rf"\b{small} (?:in|out of)(?: every)? (?:{any_of('one')}|ten|twenty|fifty|an? {scale}|\d{{1,3}}(?:,000)*|[1-9]0{{3,5}})\b"
        r"(?! (?:\w+ )?(?:seconds|minutes|hours|days|weeks|months|years|seasons|games|attempts))(?= \w|[.,])(?! percent)"
    )
    portion = rf"\b{parted} of an? {scale}\b"
    units = "|".join(sorted(map(re.escape, _forms("units")), key=lambda form: (-len(form), form)))
    halved = rf"\bhalf an?(?= (?:{units})\b)"
    of = r"(?=s? of\b|s? \([^()\n]*\) of\b|[ -]the\b| (?:its|their|his|her|all)\b|[,.;)])"
    return rf"(?:{portion}|{one_in}|{halved}|\b{parted}{of}|{changed}|{compared}|{digits}|\b(?:{vague}|{spelled()}))"


def _of_millions() -> str:
    """What follows an "m" that is millions, not metres: "1.2m people", "3m euros", but not "the 100m hurdles"."""
    money = "|".join(form for form in _forms("currencies") if form[-1].isalpha() and form.islower())
    raced = "finals|hurdles|relays|races|heats|runners|sprints|sprinters|swimmers|metres|meters|times"
    return rf" (?:{money}|people|men|women|children|(?!(?:{raced})\b)[a-z]{{3,}}(?<!s)s)\b"


def _changing() -> str:
    """What stands before a share by which something changes: "by about", "gained almost"; each as long as it is."""
    verbs = ("gained", "lost", "fallen", "fell", "risen", "rose", "dropped", "grown", "grew", "declined", "increased")
    near = ("", "about ", "almost ", "nearly ", "around ", "roughly ", "over ", "more than ", "less than ")
    return "(?:" + "|".join(rf"(?<=\b{verb} {word})" for verb in (*verbs, "by") for word in near) + ")"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A number with what may stand right before it (currency, sign) and a second number after it (range)."""
    signs, codes = _money()
    return re.compile(
        rf"(?:(?P<money>(?-i:(?<![A-Za-z])(?:{signs})|\b(?:{codes})\b))[ #]?(?=\d)"
        r"|(?<![\w+'’])(?<![\w%][-–/:.,])(?P<minus>minus |(?<!%)[-−](?=\d))?)"
        rf"(?P<first>{_number()})(?P<half> and a half(?: {any_of('scale')}\b)?)?"
        rf"(?:(?P<share>%| percent)?(?P<between> ?[-–—] ?|-to-| to | or | and )(?P<below>minus )?(?P<other>(?-i:{signs}) ?)?(?P<second>{_number()}))?"
        r"(?![\d/]|[:.,]\d|-\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _units() -> re.Pattern[str]:
    """Units and the words for currencies, longest first, as they are written: MW is no mW."""
    forms = [*_forms("units"), *(form for form in _forms("currencies") if form[-1].isalpha())]
    longest_first = sorted({*forms, *(form.replace(" ", "-") for form in forms)}, key=lambda form: (-len(form), form))
    national = {form.split(" ")[-1] for form in _forms("currencies") if " " in form}
    own = [
        form for form, (code, *_) in _forms("currencies").items() if code and form.islower() and form not in national
    ]
    people = rf"(?:[A-Z][a-z]+ (?=(?:{'|'.join(own)})\b))?"  # "Georgian lari": the name says of which country
    return re.compile(rf"(?:(?<=s) of | |-)?{people}(%|(?:{'|'.join(map(re.escape, longest_first))})(?!\w))")


def find_figures(text: str) -> Iterator[Figure]:
    """The figures of a text in order.

    >>> [(f.comparator, f.value, f.upper, f.unit) for f in find_figures("over $1.5 billion, 20 to 30 kg, at least 40%")]
    [('>', 1500000000, None, 'USD'), ('=', 20, 30, 'kilogram'), ('>=', 40, None, 'percent')]
    """
    for found in _pattern().finditer(text):
        for figure in _figures(text, found):
            if figure.kind == "fraction" and figure.value > 1:  # "5 in 2 raids"
                continue
            if figure.unit != "count" or not text[figure.end : figure.end + 1].isalpha():
                yield _compared(text, figure)


def _figures(text: str, found: re.Match[str]) -> Iterator[Figure]:
    """One figure, or two where "to" and "and" join no range ("from 20 to 30", "five and ten")."""
    first = _figure(text, found, "first")
    if not found["second"]:
        yield first
        return
    second, between = _figure(text, found, "second"), found["between"].strip()
    before = text[max(0, first.start - 8) : first.start].lower()
    spread = bool(SPREAD.search(text[max(0, first.start - 24) : first.start]))
    ranged = spread or before == "between " or (before[-5:] != "from " and between != "and")
    ranged = ranged and (not found["share"] or second.unit == "percent")
    lower = _in_scale_of(found["second"], found["first"], first.value)
    apart = FAR if before.endswith("by ") else FARTHER
    ranged = ranged and (between != "to" or before == "between " or spread or not 0 < apart * lower < second.value)
    if ranged and lower < second.value:
        start = first.start - (8 if before == "between " else 0)
        yield second._replace(start=start, number=first.number, value=lower, upper=second.value, kind=first.kind)
    elif between not in (*DASHES, "-to-"):
        yield first if first.unit != "count" or between == "and" else first._replace(unit=second.unit)
        yield second
    elif second.unit != "count":
        yield second


def _in_scale_of(second: str, first: str, lower: float) -> int | float:
    """The lower end in the scale of the upper one: "2 to 3 million" begins at two million."""
    scale = re.search(rf"(?:{any_of('scale', 'suffix')})$", second.lower())
    scaled = re.search(rf"(?:{any_of('scale', 'suffix')})$", first.lower())
    return to_number(f"{lower} {scale.group()}") if scale and not scaled and lower < 1000 else lower


def _figure(text: str, found: re.Match[str], which: str) -> Figure:
    """The first or second number of the match, with its unit."""
    number, end = found.span(which)
    own = found["money"] if which == "first" else found["other"]
    start, money = number, own if which == "first" or found["between"] == " and " else own or found["money"]
    if which == "first":
        start = found.start("money") if money else found.start("minus") if found["minus"] else number
        end = found.end("half") if found["half"] else end
    else:
        start = min(found.start(part) for part in ("below", "other", "second") if found[part])
    figure = _with_unit(text, Figure(start, number, end, *_value(text[number:end])), (money or "").strip())
    sign = found["minus"] if which == "first" else found["below"]
    return _signed(figure, sign) if sign else figure


def _value(words: str) -> tuple[int | float, None, str, str, None, str]:
    """Value, upper end, comparator, unit, rate and kind of a number alone."""
    parts = re.split(r"[ -]", words.lower())
    if (
        any(word in words_of("many") for word in parts)
        or parts[0] in ("several", "few", "many")
        or parts[:2] == ["a", "few"]
    ):
        return _many(parts), None, ">=", "count", None, "many"
    if shares := re.fullmatch(r"(\S+) (?:in|out of)(?: every)? (\S+)", words, re.IGNORECASE):  # "one in five"
        part = Fraction(to_number(shares[1])) / Fraction(to_number(shares[2]))
        return round(float(part), 4), None, "=", "count", None, "fraction"
    if " of a" in words:  # "a quarter of a million"
        return to_number(f"{words.partition(' of ')[0]} {parts[-1]}"), None, "=", "count", None, "words"
    fraction = parts[-1] in words_of("fraction") and " and " not in words
    kind = "fraction" if fraction or words[1:2] == "/" else "digits" if words[0].isdigit() else "words"
    if " and a half" in words:
        whole, _, scale = words.partition(" and a half")
        return to_number(f"{float(to_number(whole)) + 0.5}{scale}"), None, "=", "count", None, kind
    return to_number(words), None, "=", "count", None, kind


def _many(parts: list[str]) -> int:
    """Dozens are 24 or more, several hundred 200 or more, hundreds of thousands 200,000 or more."""
    value = Fraction(LEAST)
    for word in parts:
        plural = words_of("many").get(word)
        scale = {"dozen": Fraction(12), "tens": Fraction(10)}.get(word) or words_of("scale").get(word)
        value *= plural / LEAST if plural else scale or 1
    return int(value)


def _signed(figure: Figure, sign: str) -> Figure:
    """A minus in words counts always; a dash only before what can be below zero, else it is punctuation."""
    if sign == "minus " or figure.unit.startswith(("degree", "percent", "point")):
        return figure._replace(value=-figure.value)
    return figure._replace(start=figure.number)


def _with_unit(text: str, figure: Figure, money: str) -> Figure:
    """The figure with the currency before it, or the unit behind it."""
    behind = _units().match(text, figure.end, figure.end + LONGEST_UNIT)
    form = behind.group(1) if behind else ""
    if money:
        end = behind.end() if behind and form in _forms("currencies") else figure.end
        return figure._replace(unit=_forms("currencies")[money][0], end=end)
    if not behind or (form in ("point", "points") and figure.kind == "words"):  # "two points" are counted, not scored
        return figure
    unit, factor, per = ("percent", "", "") if form == "%" else _meaning(form)
    if form in WINS and figure.value < BIG:
        return figure
    if form in _forms("currencies") and not (unit := _national(text, form, unit)):
        return figure
    value = to_number(str(Fraction(str(figure.value)) * Fraction(factor))) if factor else figure.value
    return figure._replace(unit=unit, end=behind.end(), value=value, per=per or None)


def _meaning(form: str) -> tuple[str, str, str]:
    """Unit, factor and rate of a form of units.tsv or currencies.tsv; "percentage-point" is "percentage point"."""
    tables = _forms("currencies") | _forms("units")
    return tables.get(form) or tables[form.replace("-", " ")]


def _national(text: str, form: str, code: str) -> str:
    """The currency of the country that the text speaks of most: rupees are of India, Nepal, Pakistan.

    Empty where a name means nothing without a country ("dinars").
    """
    rivals = [row for row in load_table("national_currencies") if row[0] == form]
    country = max(rivals, key=lambda row: text.count(row[2]), default=None)
    return country[1] if country and country[2] in text else code


@lru_cache
def _comparators(place: str) -> tuple[tuple[str, str], ...]:
    """Phrases that stand before or after a number, longest first, with their signs."""
    rows = [(phrase, sign) for phrase, sign, where in load_table("comparators") if where == place]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


def _compared(text: str, figure: Figure) -> Figure:
    """The figure with the comparator before it or behind it."""
    left = text[max(0, figure.start - LONGEST_COMPARATOR) : figure.start].lower()
    bare = left.rstrip(" \n") if left[-1:].isspace() else left.removesuffix("-") if left[-5:] == "than-" else ""
    for phrase, sign in _comparators("before"):
        if bare.endswith(phrase) and not bare[: -len(phrase)][-1:].isalpha():
            return figure._replace(start=figure.start - len(left) + len(bare) - len(phrase), comparator=sign)
    for phrase, sign in _comparators("after"):
        if text.startswith((f" {phrase}", f"-{phrase}"), figure.end):
            return figure._replace(end=figure.end + 1 + len(phrase), comparator=sign)
    more = re.compile(r"\+(?!\d)").match(text, figure.end)
    return figure._replace(end=figure.end + 1, comparator=">=") if more else figure
