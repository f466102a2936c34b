"""Numbers that are no quantities: names and numerals, ages, scores, years, paragraphs of law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from claimgraph.language import Parse, Token
    from claimgraph.numeric.grammar import Figure

NAMES = frozenset(("PRODUCT", "LAW", "FAC", "ORG", "EVENT", "WORK_OF_ART", "GPE", "LOC", "PERSON"))
"""Labels of names: a number inside one is part of it."""
CITED = re.compile(
    r"\([a-z0-9]{1,4}\)| (?:U\.S\.C\.|C\.F\.R\.|F\.\dd|S\. ?Ct\.|Stat\.)| ?(?:B\.?C|A\.D)(?:\.?E)?\b\.?| ?b\.c\.",
    re.ASCII,
)
"""What makes a number a paragraph of a law or a year: 501(c)(3), 28 U.S.C., 664 BC."""
NOT_COUNTED = re.compile(
    r"(?:\b(?:aged?|ages|as young as|as old as)(?: of| from| between| to| at| is| was)?(?: \d+ (?:to|and))? |\bnos?\. |#|[\w.]-)$",
    re.IGNORECASE,
)
"""Before a number: an age ("ages of 18 and 25", "the retirement age to 67"), a numeral, a district (R-Fla.-17)."""
SCORED = re.compile(r"\bscore of (?:\d+ to )?$")
YOUNG = re.compile(r"\b(?:adults|anyone|boys|girls|kids|minors|people|those|youths?|([a-z]+)),? $", re.IGNORECASE)
"""Before a number, the two sides of a match; with "under" or "over", people of an age ("kids under 18")."""
OLD = re.compile(r" (?:(?:or|and) (?:older|younger)\b|(?:or|and) (?:over|above|under)(?! [a-z]+s\b)\b)")
"""What makes the number before it an age: "65 or older", "16 and over"."""
ACRONYM_BEFORE = re.compile(r"\((?:[A-Z]\.?){2,6}\) $")
"""Order (E.O.) 13224, Resolution (UNSCR) 2231: the number goes with the name."""


def names_something(text: str, parse: Parse, figure: Figure, tokens: list[Token]) -> bool:
    """Whether the number is a name's part, a list's or a page's numeral, an age, a score, a year."""
    token, last = tokens[0], tokens[-1]
    if figure.unit != "count":
        return False
    line = text.rfind("\n", 0, figure.start) + 1
    if not text[line : figure.start].strip() and re.match(r"[.)]\s", text[last.end :][:2]):
        return True
    near = text[max(0, figure.number - 8) : figure.number].lower()
    if text[figure.end : figure.end + 1] in (")", "]") and (near[-1:] in ("(", "[") or "(" not in near):
        return True
    left = text[max(0, figure.start - 30) : figure.start]
    if any(p.search(left) for p in (NOT_COUNTED, SCORED, ACRONYM_BEFORE)):
        return True
    if OLD.match(text, last.end) or _is_age_of(left, figure):
        return True
    if text[figure.number : figure.end].lower() == "a score" and not re.match(r" of (?!\d)", text[figure.end :][:5]):
        return True
    if text.startswith(("-year", " year", "-month", "-day"), figure.end) or CITED.match(text, figure.end):
        return True
    return _is_name(parse, figure, token, last) or _is_aside(text, figure)


def _is_age_of(left: str, figure: Figure) -> bool:
    """Whether "under 30" and "over 65" tell how old those before it are."""
    found = YOUNG.search(left) if figure.comparator in ("<", ">") else None
    return bool(found and (not found[1] or _is_people(found[1].lower())))


def _is_people(word: str) -> bool:
    """Whether a plural is one of people: voters, patients, women."""
    people = load_words("actor_nouns", "person")
    return word in people or word.removesuffix("s") in people


def _is_name(parse: Parse, figure: Figure, token: Token, last: Token) -> bool:
    """Whether the number goes with the noun before it, not the one after: "Boeing 737", "Article 5", "page 3"."""
    if token.label in NAMES and figure.kind != "many":
        return True
    before = parse.tokens[token.i - 1] if token.i > token.sentence.tokens[0].i else None
    after = parse.tokens[last.i + 1] if last.i + 1 < len(parse.tokens) else None
    if not before or before.end < token.start - 1 or figure.comparator != "=" or figure.kind == "many":
        return False
    counts = after is not None and after.sentence is token.sentence and after.tag in ("NNS", "NNPS")
    if before.lower in load_words("counted", "numbered") and before.tag != "NNS":
        return True
    if before.tag == "NNP":
        return not counts or token.head is before
    return before.tag == "NN" and token.head is before and not counts


def _is_aside(text: str, figure: Figure) -> bool:
    """A person's age between commas (", 45,"), or one side of a score or a telephone number (3-2, 555-1234)."""
    if figure.upper is not None and re.search(r"\d[-–—]\d", text[figure.start : figure.end]):
        return not re.match(r"[- ]\w+s\b", text[figure.end :][:20])
    beside = text[: figure.start].lower().endswith((", ", "at ")) and text[figure.end : figure.end + 1] == ","
    return beside and figure.kind == "digits" and isinstance(figure.value, int) and 16 <= figure.value < 100


def is_lone_one(text: str, figure: Figure) -> bool:
    """Whether "one" is no figure: "one of them", "some one", "at one point"."""
    if figure.kind != "words" or figure.value != 1:
        return False
    vague = text.startswith(" of", figure.end) or text[figure.start : figure.number].lower() == "some "
    return figure.unit == "point" or (figure.unit == "count" and vague)


def is_own_age(token: Token) -> bool:
    """Whether a bare number is said of a person: "he was 34"."""
    subjects = token.head.having("nsubj") if token.dep in ("attr", "acomp") and token.head.lemma == "be" else []
    return any(subject.lower in ("i", "he", "she", "you", "who") for subject in subjects)
