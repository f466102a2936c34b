"""What a claim says, sentence by sentence, in a form in which two claims can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_map, load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=\S)")
WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d|\d")
NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE)
OPEN = re.compile(r"\W*(?:if|whether|unless|suppose)\b", re.IGNORECASE)
SUPERLATIVE = r"\b(?:most|main|best|largest|biggest|worst|chief|leading|top|primary|ideal|perfect|principal)\b[\"'”’]?(?:\s[\w-]+){0,2}?"
BEST = re.compile(rf"{SUPERLATIVE}\s([\w-]+(?:er|or)s?)\b", re.IGNORECASE)
"""A doer in the superlative: "the main smugglers", "the best fentanyl smugglers"."""
MOST = re.compile(
    r"\b(?:most|majority|(?:largest|highest|greatest|biggest) (?:number|share|group|part)|main|mostly|bulk|primarily)\b",
    re.IGNORECASE,
)
POPULATION = re.compile(
    r"(?:most|(?:largest|highest|greatest|biggest) (?:number|share)|majority|bulk)(?: of)? (?:the )?(.{3,60}?) "
    r"(?:are|were|is|was|occur|happen|come|came|take|took|originate|end|arrive)\b"
)
"""A majority and whom it is of, up to the verb."""

COURTESY = re.compile(r"\b(?:thank|welcome|pleasure|hono[u]?r|invite|introduce)", re.IGNORECASE)
"""Speakers who thank each other say the same, but claim nothing."""
NO_SENTENCE = frozenset({"infinitive", "object", "noun", "adjective", "preposition", "title"})
"""Shapes of contents that name a thing or an aim, and so say nothing that could be denied in the same words."""


class Said(NamedTuple):
    """One sentence of a claim: its words without their endings and without stop words, and whether it denies them."""

    text: str
    words: frozenset[str]
    negated: bool

    @property
    def shows_negation(self) -> bool:
        """Whether a word of it is a negation, of whatever."""
        return bool(NEGATION.search(self.text))


def sentences_of(contents: Sequence[str], *, negated: bool) -> tuple[Said, ...]:
    """The sentences of a claim's content that say something: questions and conditions do not.

    `negated` is the claim's own, which holds for a content of one sentence; of several each is looked at by itself.

    >>> [(said.text, said.negated) for said in sentences_of(["They were warned. They did not act."], negated=False)]
    [('They were warned.', False), ('They did not act.', True)]
    """
    texts = [text for content in contents for text in SENTENCE_END.split(content.strip()) if text]
    alone = len(texts) == 1
    return tuple(
        Said(text, words_in(text), negated if alone else bool(NEGATION.search(text)))
        for text in texts
        if not text.rstrip("\"'”’) ").endswith("?") and not OPEN.match(text)
    )


def likeness(one: Said, other: Said) -> float:
    """Share of the words of both that both have (Jaccard's index), from 0 to 1."""
    both = len(one.words & other.words)
    return both / (len(one.words) + len(other.words) - both) if both else 0.0


def words_in(text: str) -> frozenset[str]:
    """The stems of the words and the figures of a text, less stop words and what only denies."""
    stop = load_words("stop_words")
    return frozenset(
        stem(word) for word in WORD.findall(text.lower()) if word not in stop and word not in {"not", "never"}
    )


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word without the endings that part "smuggler", "smuggling" and "smuggled".

    >>> stem("smugglers") == stem("smuggling")
    True
    """
    for ending in ("ings", "ing", "ers", "er", "ors", "or", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def best_acts(text: str) -> frozenset[str]:
    """The acts of the doers that a text puts in the superlative ("the main smugglers"), words for one act being one."""
    doers = load_words("actor_nouns", "person")
    found = (match[1].lower() for match in BEST.finditer(text))
    return frozenset(load_map("alike").get(stem(w), stem(w)) for w in found if w.removesuffix("s") in doers)


def says_most(text: str) -> bool:
    """Whether a text claims a majority or first place without a figure: "most", "the largest number", "the main"."""
    return bool(MOST.search(text))


def population(text: str) -> str:
    """Of whom a text says "most" or "the largest number"; empty where of nobody."""
    match = POPULATION.search(text)
    return match.group(1).strip() if match else ""


def shares_root(one: str, other: str) -> bool:
    """Whether two texts have a content word in common, in any form.

    >>> shares_root("convicted traffickers", "arrests of fentanyl traffickers")
    True
    """
    return bool({w for w in words_in(one) if len(w) > 3} & {w for w in words_in(other) if len(w) > 3})
