"""Noun phrases by the tags of their words: what stands in a row up to the last noun, whatever the parser attaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.model import Span

if TYPE_CHECKING:
    from claimgraph.language import Parse, Token

NOUNS = frozenset(("NOUN", "PROPN"))
BEFORE_NOUN = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
DETERMINERS = frozenset(("DT", "PRP$", "PDT", "WP$"))
LINKS = frozenset(("of", "for", "in", "among", "with", "by", "from"))
"""Prepositions by which a noun phrase goes on."""


def noun_phrase(parse: Parse, first: int) -> tuple[int, int] | None:
    """Tokens `[first, behind)` of the plain noun phrase that begins here: "fentanyl pills", "the new patrols"."""
    tokens, i = parse.tokens, first
    if first >= len(tokens):
        return None
    sentence = tokens[first].sentence
    while i < len(tokens) and tokens[i].sentence is sentence and tokens[i].tag in DETERMINERS:
        i += 1
    if i < len(tokens) and tokens[i].tag == "JJR":  # "three more people": people are counted
        first = i = i + 1
    begin, behind = i, 0
    while i < len(tokens) and tokens[i].sentence is sentence and _goes_on(tokens, i, begin):
        i += 1
        behind = i if tokens[i - 1].pos in NOUNS else behind
    return (first, behind) if behind > begin and tokens[begin].text[0].isalnum() else None


def _goes_on(tokens: list[Token], i: int, begin: int) -> bool:
    """Whether a noun phrase reaches over this token."""
    token, last = tokens[i], tokens[i - 1]
    if i > begin and ((last.tag == "NNS" and token.tag[:3] == "NNP") or token.label == "DATE" != last.label):
        return False
    if token.tag == "VBD" and i == begin:
        return i + 1 < len(tokens) and tokens[i + 1].tag == "NNS" and tokens[i - 1].tag == "CD"
    if token.pos in BEFORE_NOUN or token.tag in ("VBN", "VBG", "HYPH", "POS"):
        if token.tag in ("VBN", "VBG") and i > begin and tokens[i - 1].pos in NOUNS:
            return token.dep in ("amod", "compound", "nmod")
        return token.tag != "CD" or tokens[i - 1].tag != "CD"
    if token.tag in ("CC", ",") and i > begin and last.tag in ("JJ", "VBN", ",") and _are_adjectives(tokens, i):
        return True
    if token.tag in ("RB", "RBR", "RBS", "CC", ","):
        after = tokens[i + 1] if i + 1 < len(tokens) else token
        return (
            token.dep in ("advmod", "cc", "punct")
            and after.tag in ("JJ", "VBN")
            and i > begin - 1
            and token.tag[0] == "R"
        )
    return False


def _are_adjectives(tokens: list[Token], i: int) -> bool:
    """Whether the comma or conjunction joins adjectives of one noun: "economic and humanitarian aid"."""
    after = tokens[i + 1 : i + 4]
    if after and after[0].tag == "CC":
        after = after[1:]
    if len(after) < 2:
        return False
    adjective = after[0].tag == "JJ" and after[1].pos in (*NOUNS, "ADJ", "CCONJ")
    return adjective or (tokens[i].tag == "CC" and after[0].tag == "NN" and after[1].pos in NOUNS)


def span_of(text: str, parse: Parse, bounds: tuple[int, int] | None) -> Span | None:
    """The characters of some tokens."""
    return Span.cut(text, parse.tokens[bounds[0]].start, parse.tokens[bounds[1] - 1].end) if bounds else None


def noun_phrase_of(text: str, parse: Parse, head: Token) -> Span | None:
    """The plain noun phrase of a head: its own modifiers before it."""
    if head.pos not in NOUNS:
        return None
    before = [c.i for c in head.having("det", "poss", "amod", "compound", "nmod", "nummod") if c.i < head.i]
    before += [c.i for owner in head.having("poss") for c in owner.having("det", "amod", "compound") if c.i < owner.i]
    first = min((i for i in before if parse.tokens[i - 1].text != "-"), default=head.i)
    return span_of(text, parse, (first, head.i + 1))


def long_phrase(text: str, parse: Parse, first: int) -> Span | None:
    """A noun phrase with the prepositions that hang on it: "convictions of illegal immigrants for the same offense"."""
    bounds = noun_phrase(parse, first)
    while bounds and (longer := _with_preposition(parse, bounds)):
        bounds = longer
    return span_of(text, parse, bounds)


def _with_preposition(parse: Parse, bounds: tuple[int, int]) -> tuple[int, int] | None:
    """The phrase with one more "of ..." or "for ..."."""
    end = bounds[1]
    if end >= len(parse.tokens) or parse.tokens[end].lower not in LINKS:
        return None
    more = noun_phrase(parse, end + 1)
    return (bounds[0], more[1]) if more and parse.tokens[more[0]].sentence is parse.tokens[end].sentence else None
