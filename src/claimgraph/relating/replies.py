"""Who answers whom: claims that take up what was said before ("rejects the charge"), or name whom they answer.

What is taken up is the last that somebody else said; whom a claim answers stands beside its cue: "responding to Reed", "in
reply to the union", "rejected Hall's claim". In another article the answered claim is the likest of that speaker's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_map, load_words
from claimgraph.relating.bases import stem

if TYPE_CHECKING:
    from claimgraph.model import Claim

WORDS = r"[\w’'-]+"
NAME = r"[A-Z][\w-]+(?:[’'](?!s\b)[\w-]+)*"
ANSWERS = re.compile(
    rf"\b(?i:in (?:response|reply|answer) to|respond(?:ing|ed|s) to|repl(?:ying|ied|ies) to|answer(?:ing|ed|s)|react(?:ing|ed|s) to|"
    rf"hit(?:ting)? back at|reject(?:ing|ed|s)|dismiss(?:ing|ed|es)|disput(?:ing|ed|es)|deny|den(?:ying|ied|ies)|rebuff(?:ing|ed|s)) "
    rf"((?:{WORDS} ){{0,5}}?)({NAME}(?: {NAME})*)(’s|'s)?(?: ({WORDS}))?"
)
"""A verb of answering, some words of office, and a name; behind "rejected" it has to possess what is rejected."""
FREE = re.compile(r"\b(?:respon|repl|answer|react|hit)", re.IGNORECASE)
"""Verbs of answering whose object is a person."""


def answered(said: str) -> str:
    """The name of whom a sentence, less what it quotes, says that it answers; empty where of nobody.

    >>> answered("In response to fire chief Rosa Delgado, the grid said"), answered("Haxhi rejected Dervi's claim that")
    ('Rosa Delgado', 'Dervi')
    >>> answered("Reed rejected Hall as a partner"), answered("Hall said")
    ('', '')
    """
    for match in ANSWERS.finditer(said):
        saying = match[3] and match[4] and stem(match[4].lower()) in nouns_of_saying()
        if saying or FREE.search(match[0]):
            return match[2]
    return ""


def beside(text: str, claim: Claim) -> str:
    """A claim's sentence less its content: who speaks, and how; `text` is the article's."""
    if claim.sentence is None:
        return ""
    return less(text[claim.sentence.start : claim.sentence.end], [span.text for span in claim.content])


def less(sentence: str, contents: list[str]) -> str:
    """A sentence with a gap where a content stands, the longest first."""
    for content in sorted(contents, key=lambda words: (-len(words), words)):
        sentence = sentence.replace(content, " ") if content else sentence
    return sentence


def is_named(name: str, speaker: str) -> bool:
    """Whether a speaker may be who is answered: all words of the shorter name end the longer one.

    >>> is_named("Dervi", "Luan Dervi"), is_named("Luan", "Luan Dervi")
    (True, False)
    """
    short, long = sorted((name.split(), speaker.split()), key=len)
    return bool(short) and long[-len(short) :] == short


def is_one_speaker(one: str, other: str) -> bool:
    """Whether two names of speakers of one story are of one, though identity may not merge them: one ends the other.

    >>> is_one_speaker("figures of the statistics office", "statistics office"), is_one_speaker("Ann Reed", "Reed")
    (True, False)
    """
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short == long or (" " in short and f" {long}".endswith(f" {short}"))


def takes_up(content: str, cue_class: str | None) -> str:
    """The class of the noun by which a content stands for what was said before ("the charge", "this"); empty where by none.

    >>> takes_up("those false allegations", "deny"), takes_up("the accusation absurd", "request"), takes_up("the keys", "deny")
    ('say', 'say', '')
    """
    match = _taken().fullmatch(content.strip(' "“”.,'))
    if match is None or (cue_class != "deny" and not match["judged"]):
        return ""
    noun = match["noun"]
    return _classes().get(stem(noun.lower()), "") if noun else "say"


@cache
def _taken() -> re.Pattern[str]:
    """A noun phrase that points back, with or without a judgement on it."""
    judged = "|".join(sorted(load_words("untruth")))
    return re.compile(
        rf"(?:(?:the|this|these|those|that|such|all|any)\s(?:\w+\s)??(?P<noun>\w+)|this|that)"
        rf"(?P<judged>(?:,? (?:as|to be))?(?: an?| the)?(?: \w+)? (?:{judged}))?",
        re.IGNORECASE,
    )


@cache
def _classes() -> dict[str, str]:
    return {stem(noun): kind for noun, kind in load_map("cue_nouns").items()}


@cache
def nouns_of_saying() -> frozenset[str]:
    """Stems of nouns for what somebody said."""
    return frozenset(
        noun for noun, kind in _classes().items() if kind in {"say", "report", "believe", "request", "warn"}
    )
