"""The grammatical slots of an event's trigger: subject, object, of-phrase, possessor, prepositions, and who fills them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Token

CARRIERS = {
    "begin",
    "start",
    "open",
    "end",
    "close",
    "resume",
    "continue",
    "take",
    "occur",
    "happen",
    "hold",
    "schedule",
    "plan",
}
"""Verbs whose time and place are those of the event noun that is their subject."""


@lru_cache
def load_agent_nouns() -> frozenset[str]:
    """Nouns for who does something by its very word."""
    return load_words("actor_nouns", "person")


def is_agent_noun(token: Token) -> bool:
    """Whether the noun is for a doer ("smuggler")."""
    return token.pos == "NOUN" and token.lemma in load_agent_nouns()


def of_phrase(token: Token) -> Token | None:
    """The object of the noun's of-phrase."""
    for child in token.having("prep"):
        if child.lower == "of":
            return next(iter(child.having("pobj")), None)
    return None


def carrier(token: Token) -> Token | None:
    """The verb that only says when an event noun takes its course: "the trial will open in March"."""
    verb = token.head
    return verb if token.dep in {"nsubj", "nsubjpass"} and verb.lemma in CARRIERS else None


def prepositions(token: Token) -> Iterator[Token]:
    """Prepositions that may place the event: its own, its objects', and those chained behind them."""
    waiting = [token]
    while waiting:
        head = waiting.pop(0)
        for child in head.children:
            if child.dep == "prep":
                yield child
                waiting.extend(t for t in child.having("pobj") if child.lower in {"of", "from", "for", "with", "by"})
            elif (
                child.dep in {"dobj", "conj", "nsubjpass"}
                and child.pos in {"NOUN", "PROPN", "NUM"}
                and not (child.having("det") and of_phrase(child) and head is not token)
            ):
                waiting.append(child)


def slots(token: Token) -> Iterator[tuple[str, Token]]:
    """(slot, head word) of each argument: subject, object, of, by, compound, possessor, and prepositions by their word."""
    yield from _verb_slots(token) if token.pos == "VERB" else _noun_slots(token)
    controller = _controller(token)
    if controller is not None:
        yield "controller", controller
    for child in token.having("prep", "agent"):
        if child.lower not in {"of", "by"}:
            for target in child.having("pobj"):
                yield child.lower, target


def _verb_slots(token: Token) -> Iterator[tuple[str, Token]]:
    passive = token.having("agent") and not token.having("dobj", "nsubjpass")  # headlines: "Markets dragged down by X"
    for child in token.having("nsubj"):
        yield "object" if passive else "subject", _relative(token, child)
    for child in token.having("dobj", "nsubjpass"):
        yield "object", _relative(token, child)
    for child in token.having("dative"):
        yield "dative", child
    for agent in token.having("agent"):
        for target in agent.having("pobj"):
            yield "subject", target
    if token.dep == "acl" and token.tag == "VBN":  # with an object of its own it is an active verb, wrongly attached
        yield ("subject" if token.having("dobj") else "object"), token.head
    if not token.having("nsubj", "nsubjpass", "agent"):
        subject = _shared_subject(token)
        if subject is not None:
            yield "subject", subject


def _relative(token: Token, child: Token) -> Token:
    return token.head if token.dep == "relcl" and child.tag in {"WP", "WDT"} else child


def _shared_subject(token: Token) -> Token | None:
    """The subject of a verb coordinated with or opened by another ("X went and bought", "X agreed to buy")."""
    if token.dep == "acl" and token.tag == "VB" and token.head.dep == "dobj":  # "X won a contract to supply"
        return next(iter(token.head.head.having("nsubj")), None)
    if token.dep in {"conj", "xcomp", "advcl"} and token.head.pos == "VERB" and not token.having("mark"):
        found = (
            token.head.having("dobj")
            if token.dep == "xcomp" and token.head.having("dobj")
            else token.head.having("nsubj") or (token.head.having("nsubjpass") if token.dep == "xcomp" else [])
        )
        return found[0] if found else None
    if token.dep == "acl" and token.tag == "VBG":
        return token.head
    return None


def _controller(token: Token) -> Token | None:
    """Who is understood to take part in what a sentence opens with: X in "After a meeting with Y, X said"."""
    preposition = token.head
    verb = preposition.head
    if (
        token.dep != "pobj"
        or preposition.lower not in {"after", "before", "during", "following", "at"}
        or token.having("poss")
    ):
        return None
    subject = next(iter(verb.having("nsubj")), None)
    return (
        subject if subject is not None and preposition.i < subject.i and subject.tag in {"NN", "NNP", "NNS"} else None
    )


def _noun_slots(token: Token) -> Iterator[tuple[str, Token]]:
    target = of_phrase(token)
    if target is not None:
        yield "of", target
    for child in token.having("prep", "agent"):
        if child.lower == "by":
            for agent in child.having("pobj"):
                yield "subject", agent
    for child in token.having("poss"):
        yield "possessor", child
    for child in token.having("compound", "amod", "nmod"):
        if child.tag in {"NN", "NNS"}:
            yield "compound", child
    if is_agent_noun(token) and token.dep == "attr":
        for child in token.head.having("nsubj"):
            yield "holder", child
