"""Numbers as English writes them, to numbers: "1.8 million", "two-thirds", "a dozen", "3 1/2".

The words stand in lexicons/numbers.tsv. Decimal fractions are counted exactly, so 2.3 million is 2300000.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from claimgraph.lexicon import load_table

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""Digits with or without commas in threes."""
HUNDRED = 100
"""The one scale after which more words of the same part follow: "two hundred and six thousand"."""
VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}


@lru_cache
def words_of(*kinds: str) -> dict[str, Fraction]:
    """The number words of some kinds, with their values.

    >>> words_of("many")["dozens"]
    Fraction(24, 1)
    """
    return {word: Fraction(value) for word, value, kind in load_table("numbers") if kind in kinds}


@lru_cache
def any_of(*kinds: str) -> str:
    """A regular expression for one word of some kinds, longest first."""
    return "(?:" + "|".join(sorted(words_of(*kinds), key=lambda word: (-len(word), word))) + ")"


@lru_cache
def spelled() -> str:
    """A regular expression for a number in words: "twenty-five", "a hundred and six thousand", "half a million"."""
    below = rf"(?:{any_of('ten')}(?:[- ]{any_of('one')})?|{any_of('teen', 'one')})\b"
    hundreds = rf"(?:(?:{below}|an?) hundred\b(?: (?:and )?{below})?|{below})"
    scaled = rf"(?:(?:half )?an?|{hundreds})(?:[- ]{any_of('scale')}\b)+"
    dozens = rf"(?:(?:half )?an? |{below}[- ])(?:dozen|score)\b"
    return rf"(?:{dozens}|{scaled}(?:,? (?:and )?{hundreds}(?: {any_of('scale')}\b)*)*|{hundreds})"


def to_number(words: str) -> int | float:
    """The number that digits or words state; whole numbers come out as `int`.

    >>> to_number("1.8 million"), to_number("twenty-five"), to_number("half a million"), to_number("two-thirds")
    (1800000, 25, 500000, 0.6667)

    A third or a seventh, which no decimal ends, is rounded to four places.
    """
    total = _fraction(words)
    if total.denominator == 1:
        return int(total)
    endless = total.denominator % 3 == 0 or total.denominator % 7 == 0
    return round(float(total), 4) if endless else float(total)


def _fraction(words: str) -> Fraction:
    """The exact value."""
    total, current = Fraction(0), Fraction(0)
    for word in re.findall(r"[\d.,]+(?:/\d+)?|[a-z]+|[½⅓⅔¼¾⅛]", words.lower()):
        total, current = _add(word, total, current)
    return total + current


def _add(word: str, total: Fraction, current: Fraction) -> tuple[Fraction, Fraction]:
    """Total and running part after one more word: scales multiply what stands before them."""
    if word[0].isdigit() or word in VULGAR:
        return total, current + Fraction(VULGAR.get(word) or word.replace(",", "").rstrip("."))
    if scale := words_of("scale", "suffix").get(word):
        return (total, (current or 1) * scale) if scale == HUNDRED else (total + (current or 1) * scale, Fraction(0))
    if factor := {"dozen": Fraction(12), "score": Fraction(20)}.get(word) or words_of("fraction").get(word):
        return total, (current or Fraction(1)) * factor
    return total, current + words_of("one", "teen", "ten", "many").get(word, Fraction(0))
