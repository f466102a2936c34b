"""The bases of the words that a text is compared by, its names, its nouns for people and bodies."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimgraph.lexicon import load_map, load_words
from claimgraph.numeric.numerals import words_of

WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d|\d")
NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]*[A-Z\w]")
"""A word with a capital letter inside a sentence."""
FIRST = re.compile(r"\W*(?:[Tt]hat )?((?!The|A|An|In|On|At|For|By|Our|His|Her|Its|Their)[A-Z][a-z]\w+)(?= [A-Z])")
SHORT = 4
"""Letters of a word from which its ending may be one."""
INFLECTED = {"ing", "ed", "es", "s", "e"}


def words_in(text: str) -> frozenset[str]:
    """The bases of the words and the figures of a text, less stop words and what only denies."""
    stop = load_words("stop_words")
    return frozenset(
        lemma(word) for word in WORD.findall(text.lower()) if word not in stop and word not in {"not", "never"}
    )


@lru_cache(1 << 16)
def lemma(word: str) -> str:
    """What the forms of a word in small letters share, a number word's figure.

    >>> lemma("took") == lemma("taking"), lemma("seventeen"), lemma("stopped") == lemma("stops")
    (True, '17', True)
    """
    number = words_of("one", "teen").get(word)
    if number is not None:
        return str(number)
    if not word.isalpha():
        return word
    if len(word) == SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    base = stem(load_map("irregular").get(word, word))
    base = base[:-1] + "y" if base.endswith("i") and len(base) >= SHORT else base
    doubled = len(base) >= SHORT and base[-1] == base[-2] and base[-1] not in "sle"
    return base[:-1] if doubled else base


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word without the endings that part "smuggler", "smuggling" and "smuggled".

    >>> stem("smugglers") == stem("smuggling")
    True
    """
    for ending in ("ings", "ing", "ers", "er", "ors", "or", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= (SHORT - 1 if ending in INFLECTED else SHORT):
            return word[: -len(ending)]
    return word


@lru_cache(1 << 12)
def names_in(text: str) -> frozenset[str]:
    """The words with a capital letter inside a text, and the first one where another follows; bodies' nouns are none.

    >>> sorted(names_in("Castellan Bank will cut jobs in Lorne-Vetsby")), sorted(names_in("The bank will cut jobs"))
    (['Castellan', 'Lorne', 'Vetsby'], [])
    """
    first = FIRST.match(text)
    found = {part for name in NAME.findall(text) for part in name.split("-")} | ({first[1]} if first else set())
    return frozenset(word for word in found if word.lower() not in load_map("actor_nouns"))


@lru_cache(1 << 12)
def actors_in(text: str) -> frozenset[str]:
    """The bases of a text's nouns for people and bodies: who it was is often called by another one."""
    nouns, forms = load_map("actor_nouns"), load_map("irregular")
    words = WORD.findall(text.lower())
    return frozenset(
        lemma(word) for word in words if {word, word.removesuffix("s"), forms.get(word, "")} & nouns.keys()
    )


def words_of_names(text: str) -> frozenset[str]:
    """The bases of a text's names: what is said of them is another word."""
    return frozenset(word for name in names_in(text) for word in words_in(name))


@cache
def of_time() -> frozenset[str]:
    """The bases of the words for days, months and spans of time."""
    return frozenset(map(lemma, load_words("time_words")))
