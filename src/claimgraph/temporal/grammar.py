"""Words of a text that speak of time, grouped by the patterns of lexicons/time_grammar.tsv.

Every word becomes one letter for its kind (month, unit, ordinal ...), so a pattern is a regular expression over a
short string and the whole grammar runs in one pass over an article, without the parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_map, load_table, load_words
from claimgraph.numeric.numerals import to_number, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
UNITS = "one|two|three|four|five|six|seven|eight|nine"
SHAPES = {
    "spoken": rf"(?i:nineteen|eighteen)[ -](?:ten|eleven|twelve|\w+teen|(?:{TENS})(?:[ -](?:{UNITS}))?)\b",
    "iso": r"\d{4}-\d\d-\d\d(?:T[\d:]+)?\b",
    "slash": r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b",
    "ampm": r"[aApP]\.\s?[mM]\.|(?<=\d)\s?[aApP][mM]\b",
    "clock": r"\d{1,2}:\d\d(?::\d\d)?\b|\d{4}(?= (?:GMT|UTC)\b)",
    "decade": r"(?:\d\d|['’])?\d0['’]?s\b",
    "ordinal": r"\d{1,2}(?:st|nd|rd|th)\b",
    "quarter": r"Q[1-4]\b",
    "figure": r"\d+ \d/\d\b|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?![\w%])|\d{1,2}(?=[ap]m\b)",
    "word": r"\w+",
    "break": r"\n\s*\n",
    "mark": r"[^\w\s]",
}
"""What a word looks like, where its looks decide its kind."""
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}
"""Half a unit in the next smaller one."""
NEVER_FIRST = ("comma", "dot", "hyphen", "and", "or", "to", "of", "on", "zone", "time", "local", "than")
LARGER = {"DE": (10, "Y"), "CE": (100, "Y"), "2W": (2, "W"), "H": (6, "M")}
"""Units that ISO 8601 has no letter for, in those that it has."""
FIRST_YEAR, LAST_YEAR = 1500, 2100
"""Four digits within are a year, without further proof: news rarely looks further back or ahead."""


class Word(NamedTuple):
    """A word, its kind, and the part of a TIMEX3 value that it stands for."""

    start: int
    end: int
    text: str
    kind: str
    value: str


class Expression(NamedTuple):
    """Words that one rule of the grammar took together."""

    rule: str
    words: tuple[Word, ...]

    def value(self, *kinds: str) -> str | None:
        """What the first word of these kinds stands for."""
        return next((word.value for word in self.words if word.kind in kinds), None)

    def has(self, *kinds: str) -> bool:
        """Whether a word of these kinds is among them."""
        return any(word.kind in kinds for word in self.words)

    def number(self) -> str:
        """The number among the words, as a TIMEX3 value has it: X where the text is vague."""
        digits = ("figure", "day", "year")
        joint = max((i for i, word in enumerate(self.words) if word.kind in ("to", "or")), default=-1)
        for i, word in enumerate(self.words[1:-1], 1):  # "200-400 hours", not "twenty-five hours"
            if word.kind == "hyphen" and self.words[i - 1].kind in digits and self.words[i + 1].kind in digits:
                joint = i
        words = self.words[joint + 1 :] if self.has("to", "hyphen") or not self.has("so") else self.words
        numbers = [word.text for word in words if word.kind in ("figure", "day", "spelled", "scale")]
        numbers = numbers or ["one"] * (self.has("a", "single", "long") or (self.rule == "span" and self.has("unit")))
        if self.has("some") or (self.has("long") and self.has("units")) or not (numbers or self.has("couple")):
            return "X"
        if self.has("couple"):
            return "2"
        return f"{to_number(' '.join(numbers)):.10g}"

    def amount(self) -> str:
        """The stretch as TIMEX3 has it: P3M, PT2H, PXW."""
        unit, number = self.value("unit", "units") or "D", self.number()
        if number == "X":
            return f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{LARGER.get(unit, (1, unit))[1]}"
        factor, letter = LARGER.get(unit, (1, unit))
        count = float(number) * factor
        if self.has("half"):
            count = count + 0.5 if self.words[-1].kind == "half" else 0.5
        if count % 1 == 0.5 and unit in HALVES:
            whole = f"{count - 0.5:.10g}{unit[-1]}" if count > 1 else ""
            return f"P{unit[:-1]}{whole}{HALVES[unit]}"
        return f"PT{count:.10g}{letter[1]}" if letter[0] == "T" else f"P{count:.10g}{letter}"


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, str]]:
    """Word to kind and value, number words included."""
    kinds = {word: ("ordinal", str(value)) for word, value in words_of("ordinal").items()}
    kinds |= {word: ("spelled", str(value)) for word, value in words_of("one", "teen", "ten").items()}
    kinds |= {word: ("scale", str(value)) for word, value in words_of("scale").items()}
    return kinds | {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in load_table("time_words")}


def kind_of(word: str) -> tuple[str, str]:
    """Kind and value of a word, two empty strings where it has none.

    >>> kind_of("Sept")
    ('short', '9')
    """
    return _kinds().get(word.lower(), ("", ""))


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """One letter for each kind; words of no kind are blanks."""
    kinds = dict.fromkeys(kind for kind, _ in _kinds().values())
    kinds |= dict.fromkeys(
        ("iso", "slash", "ampm", "clock", "decade", "ordinal", "quarter", "figure", "day", "year", "holiday")
    )
    return dict(zip(kinds, LETTERS + "".join(map(chr, range(0xC0, 0x120))), strict=False))


@lru_cache(maxsize=1)
def _grammar() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The rules as one regular expression over letters, and the rule that each of its groups stands for."""
    names = dict(_letters())
    rules: list[tuple[str, str]] = []
    for rule, pattern in load_table("time_grammar"):
        letters = re.sub(r"[a-z]+", lambda name: names[name.group()], pattern.replace("(", "(?:")).replace(" ", "")
        if rule.startswith("="):
            names[rule[1:]] = letters
        else:
            rules.append((rule, letters))
    never = "".join(names[kind] for kind in NEVER_FIRST)
    return re.compile(rf"(?![ {never}])(?:" + "|".join(f"({p})" for _, p in rules) + ")"), tuple(r for r, _ in rules)


@lru_cache(maxsize=1)
def _words_pattern() -> re.Pattern[str]:
    """One alternative for each shape."""
    names = "|".join(re.escape(name) for name in sorted(load_words("holidays"), key=lambda name: (-len(name), name)))
    shapes = {"holiday": rf"(?=[A-Z])(?i:{names})\b".replace("'", "['’]"), **SHAPES}
    return re.compile("|".join(f"(?P<{shape}>{pattern})" for shape, pattern in shapes.items()))


def _words(text: str) -> Iterator[Word]:
    """The words of a text and the marks between them."""
    kinds = _kinds()
    for found in _words_pattern().finditer(text):
        shape, word = found.lastgroup or "", found.group().lower()
        kind, value = kinds.get(word, ("", "")) if shape in ("word", "mark") else (shape, word)
        if shape == "spoken":
            century, _, rest = word.replace("-", " ").partition(" ")
            kind, value = "year", f"{to_number(century):.0f}{to_number(rest):02.0f}"
        if shape == "figure":
            kind = _figure(word)
        elif shape == "ordinal":
            value = word[:-2]
        elif shape == "holiday":
            value = load_map("holidays")[word.replace("’", "'")]
        yield Word(*found.span(), word, kind, value)


def _figure(word: str) -> str:
    """Day of a month, year, or any figure."""
    if word.isdigit() and len(word) < 3 and 0 < int(word) < 32:
        return "day"
    return "year" if word.isdigit() and len(word) == 4 and FIRST_YEAR <= int(word) <= LAST_YEAR else "figure"


def find_expressions(text: str) -> Iterator[Expression]:
    """The time expressions of a text, in order, without deciding what they mean.

    Two decades ("the 70s and 80s") are two expressions.

    >>> [(e.rule, text[e.words[0].start : e.words[-1].end]) for text in ["He left on Friday, two days ago."]
    ...  for e in find_expressions(text)]
    [('weekday', 'Friday'), ('ago', 'two days ago')]
    """
    words = list(_words(text))
    letters = _letters()
    grammar, rules = _grammar()
    for found in grammar.finditer("".join(letters.get(word.kind, " ") for word in words)):
        rule, taken = rules[(found.lastindex or 1) - 1], words[found.start() : found.end()]
        if rule == "adjective" and taken[0].kind in ("the", "a"):  # they belong to the noun: "the year-ago loss"
            taken = taken[1:]
        joint = next((i for i, word in enumerate(taken) if word.kind in ("and", "or")), 0) if rule == "decades" else 0
        yield Expression(rule, tuple(taken[:joint] if joint else taken))
        if joint:
            yield Expression(rule, tuple(taken[joint + 1 :]))
