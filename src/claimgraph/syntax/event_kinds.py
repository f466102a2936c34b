"""Which words tell an event, and of which kind: the ontology's triggers, several words and ambiguous ones among them.

Concepts.ttl lists the lemmas (skos:hiddenLabel); lexicons/event_conditions.tsv says what a word of many meanings tells
by what stands beside it: to provide shelter is aid, to provide details is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table, load_words
from claimgraph.syntax.slots import carrier, is_agent_noun, of_phrase
from claimgraph.vocab import load_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimgraph.language import Parse, Token

DEFINITE = {"the", "this", "that", "these", "those"}
RESULTS = {"agreement", "cooperation", "charge", "law"}
"""Kinds whose nouns also name what came of the event: "the agreement", "the charge"."""
NAMED_STORMS = frozenset(("cyclone", "hurricane", "typhoon"))
"""Words that name a storm with the word behind them: "Hurricane Irma"."""
REACH = 6
"""Words between a verb and the rest of its trigger: "took the two men into custody"."""
PEOPLE = frozenset(("him", "her", "them", "me", "us", "people", "others", "those", "civilians", "crew", "hostages"))


class Found(NamedTuple):
    """A trigger with its kind; `words` is its other tokens, `under` the event noun that it inherits the kind from."""

    token: Token
    kind: str
    under: Token | None = None
    words: tuple[Token, ...] = ()


class Condition(NamedTuple):
    """One row of event_conditions.tsv for a lemma and word class."""

    slot: str
    words: frozenset[str]
    kind: str


@lru_cache(maxsize=1)
def _conditions() -> dict[tuple[str, str], tuple[Condition, ...]]:
    """Lemma and word class to its rows, in order; sets of words are put in for their names."""
    rows = load_table("event_conditions")
    sets = {row[0]: row[3].split() for row in rows if row[0].startswith("=")}
    found: dict[tuple[str, str], tuple[Condition, ...]] = {}
    for lemma, word_class, slot, words, *kind in rows:
        if not lemma.startswith("="):
            named = frozenset(word for name in words.split() for word in sets.get(name, [name]))
            found[lemma, word_class] = (*found.get((lemma, word_class), ()), Condition(slot, named, kind[0]))
    return found


@cache
def _phrases(word_class: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word to the triggers of several words that begin with it, longest first, as the tokens behind it."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for (lemma, kind_of_word), kind in sorted(load_triggers().items()):
        first, *rest = re.findall(r"[\w’']+|-", lemma)
        if rest and kind_of_word == word_class:
            found.setdefault(first, []).append((tuple(rest), kind))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for first, rows in found.items()}


def find_triggers(parse: Parse, triggers: Mapping[tuple[str, str], str], cues: frozenset[int]) -> Iterator[Found]:
    """Tokens that the ontology lists for their word class; other full verbs and some nouns as `other`."""
    named = {
        i
        for name in parse.names
        if name.label in {"PERSON", "ORG", "GPE", "WORK_OF_ART", "PRODUCT", "FAC"}
        for i in range(name.first, name.last)
    }
    taken: set[int] = set()
    for token in parse.tokens:
        if _names_storm(parse, token):
            yield Found(token, "disaster")
        if token.i in cues or token.i in named or token.i in taken or token.sentence.zone not in {None, "title"}:
            continue
        found = _of_several(parse, token) or _of_one(token, triggers)
        if found is not None:
            taken.update(word.i for word in (found.token, *found.words))
            yield found


def _names_storm(parse: Parse, token: Token) -> bool:
    """Whether a storm's name begins here."""
    behind = parse.tokens[token.i + 1 : token.i + 2]
    named = token.lower in NAMED_STORMS and bool(behind) and behind[0].pos == "PROPN" and token.text[0].isupper()
    return named and token.sentence.zone in {None, "title"}


def _of_several(parse: Parse, token: Token) -> Found | None:
    """A trigger of several words that begins here: "air raid", "sell-off", "took into custody"."""
    if token.pos == "VERB" and token.dep not in {"aux", "auxpass"}:
        for rest, kind in _phrases("verb").get(token.lemma, ()):
            if words := _behind_verb(parse, token, rest):
                return Found(token, kind, None, words)
    for rest, kind in _phrases("noun").get(token.lemma, ()) or _phrases("noun").get(token.lower, ()):
        words = tuple(parse.tokens[token.i : token.i + 1 + len(rest)])
        if _are(words[1:], rest) and words[-1].sentence is token.sentence:
            head = next((word for word in words if word.head not in words), words[-1])
            if head.pos in {"VERB", "AUX"} or not _is_happening(head, kind):
                return None
            return Found(head, kind, None, tuple(word for word in words if word is not head))
    return None


def _behind_verb(parse: Parse, verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens of the rest of a trigger: right behind the verb, or behind its object; empty where it has none."""
    for start in range(verb.i + 1, min(verb.i + REACH, len(parse.tokens) - len(rest) + 1)):
        words = tuple(parse.tokens[start : start + len(rest)])
        if _are(words, rest) and words[-1].sentence is verb.sentence:
            beside = start == verb.i + 1 or words[0].head is verb or words[-1].head is verb
            return words if beside else ()
    return ()


def _are(tokens: tuple[Token, ...], words: tuple[str, ...]) -> bool:
    """Whether tokens are these words, by form or lemma."""
    return len(tokens) == len(words) and all(
        word in (token.lower, token.lemma) for token, word in zip(tokens, words, strict=True)
    )


def _of_one(token: Token, triggers: Mapping[tuple[str, str], str]) -> Found | None:
    """A trigger of one word."""
    if token.pos == "VERB" and token.dep not in {"aux", "auxpass"}:
        kind = _verb_kind(token, triggers)
        return Found(token, kind) if kind is not None else None
    if token.pos == "NOUN" or (token.pos == "PROPN" and token is token.sentence.tokens[0]):
        lemma = token.lemma if (token.lemma, "noun") in triggers else token.lower
        kind = triggers.get((lemma, "noun"))
        kind = _by_condition(token, lemma, "noun", kind) if kind is not None else _other_noun(token)
        return Found(token, kind) if kind is not None and _is_happening(token, kind) else None
    return None


def _other_noun(token: Token) -> str | None:
    """`other` for a noun that names an event of no kind: "decision", "crisis"."""
    return "other" if token.lemma in load_words("event_nouns") else None


def _verb_kind(token: Token, triggers: Mapping[tuple[str, str], str]) -> str | None:
    """The kind that a verb tells, with its particle ("step down"); None for states and for words that qualify."""
    particle = next(
        (c.lower for c in token.children if c.dep == "prt" or (c.dep in {"prep", "advmod"} and c.i == token.i + 1)),
        None,
    )
    lemma = f"{token.lemma} {particle}" if (f"{token.lemma} {particle}", "verb") in triggers else token.lemma
    lemma = "born" if token.lower == "born" else lemma
    kind = triggers.get((lemma, "verb"))
    qualifies = token.dep in {"amod", "compound", "prep", "case", "mark"}
    if kind is not None:
        growing = token.tag == "VBG" and token.dep in {"amod", "compound"}  # "a growing market": what it is like
        return None if growing else _by_condition(token, lemma, "verb", kind)
    return None if token.lemma in load_words("no_events") or qualifies else "other"


def _by_condition(token: Token, lemma: str, word_class: str, kind: str) -> str | None:
    """The kind of a word of many meanings by what stands beside it; that of the ontology for all others."""
    rows = _conditions().get((lemma, word_class))
    if rows is None:
        return kind
    for row in rows:
        if _fits(token, row):
            return row.kind
    return "other" if word_class == "verb" else None


def _fits(token: Token, row: Condition) -> bool:
    """Whether what stands beside the word is what the condition names."""
    if row.slot == "*":
        return True
    if row.slot == "plural":
        return token.tag == "NNS"
    beside = _beside(token, row.slot)
    if row.slot == "none":
        return not beside
    return any(_is_any(other, row.words) for other in beside)


def _beside(token: Token, slot: str) -> list[Token]:
    """The head words in a slot of the trigger."""
    if slot in ("object", "none"):
        named = [token.head] if token.dep == "acl" and token.tag == "VBN" else []
        return [*token.having("dobj", "nsubjpass"), *named]
    if slot == "subject":
        return token.having("nsubj")
    before = token.having("compound", "amod", "nmod", "poss")
    if slot == "compound":
        return before
    links = ("of", "by") if slot == "holder" else (slot,)
    behind = [word for prep in token.having("prep", "agent") if prep.lower in links for word in prep.having("pobj")]
    return [*before, *behind] if slot == "holder" else behind


def _is_any(token: Token, words: frozenset[str]) -> bool:
    """Whether a word is one of these, a person, a sum of money, a figure."""
    return (
        "*" in words
        or token.lemma in words
        or ("person" in words and is_person(token))
        or ("money" in words and token.label == "MONEY")
        or (
            "figure" in words
            and (token.label in ("PERCENT", "MONEY", "QUANTITY", "CARDINAL") or token.lemma == "point")
        )
    )


def is_person(token: Token) -> bool:
    """Whether a word stands for people, by its form alone."""
    return is_agent_noun(token) or token.lower in PEOPLE or token.label == "PERSON"


def _is_happening(token: Token, kind: str) -> bool:
    """Whether a noun stands for an event: agent nouns only where somebody is said to be one ("X are the smugglers of Y")."""
    if token.dep in {"compound", "nmod", "amod"} and token.head.pos in {"NOUN", "PROPN"} and token.i < token.head.i:
        return False
    if kind in RESULTS and not token.having("prep") and any(t.lower in DEFINITE for t in token.having("det")):
        return carrier(token) is not None  # "the agreement was not released": a thing, made before
    return not is_agent_noun(token) or token.dep == "attr"


def inherited(parse: Parse, found: Mapping[int, Found]) -> Iterator[Found]:
    """Nouns coordinated under an event noun: "seizures, including the confiscation of A and a shipment of B".

    Parsers hang the second noun on the first, or on the things inside it; its own article and "of" tell that it
    stands beside the first.
    """
    for token in parse.tokens:
        if token.dep != "conj" or token.pos != "NOUN" or token.i in found:
            continue
        if not (token.having("det") and of_phrase(token)):
            continue
        first = token
        while first.dep == "conj":
            first = first.head
        parent = first.head.head if first.dep == "pobj" and first.head.lower == "of" else first
        event = found.get(parent.i)
        beside = parent is first or not first.having("det")
        if event is not None and event.token.pos == "NOUN" and not is_agent_noun(event.token) and beside:
            yield Found(token, event.kind, event.token)
