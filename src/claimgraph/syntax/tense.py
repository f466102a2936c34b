"""Whether a time lies ahead or behind, by the verb that governs it: "will meet Friday", "met Friday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from claimgraph.language import Token

FUTURE_AUXILIARIES = frozenset(("will", "'ll", "’ll", "wo", "shall", "would", "should"))
POSSIBLE = frozenset(("could", "may", "might", "can", "must"))
"""Of a month or a day of the month these tell that it lies ahead; "could not be reached Friday" does not."""
SURELY = 2
"""Ahead by an auxiliary or by a word that says so; the present tense alone ("meets in June") tells less."""
FARTHEST = 4
"""Nouns and prepositions between a date and its verb: "flights between India and Australia by August"."""


def direction(tokens: list[Token], *, far: bool = False) -> int:
    """1 or 2 where the governing verb puts the words ahead, -1 where it puts them behind, 0 where no verb tells.

    With `far` the verb may be behind nouns ("will announce a tour in June"); it then tells only what lies ahead.
    """
    head = next((token for token in tokens if token.head not in tokens), tokens[0])
    governor, between = head.head, 0
    link = governor.lower if governor.tag == "IN" else ""
    if link and governor.head is not governor:
        governor = governor.head
    if link == "since":
        return -1
    if link in ("until", "till"):
        return -1 if _is_past(governor) and governor.lemma not in load_words("ahead") else SURELY
    while governor.pos not in ("VERB", "AUX") and between < FARTHEST * far and governor.head is not governor:
        if _looks_ahead(governor, link):
            break
        governor, between = governor.head, between + 1
    told = SURELY if _looks_ahead(governor, link) else _verb_direction(governor, far=far)
    if link == "by" and far and told == 0:
        return SURELY
    return max(told, 0) if between else told


def _looks_ahead(word: Token, link: str) -> bool:
    """Whether the word speaks of what is to come: "due Friday", "planned for Friday", but not "agreed on Friday"."""
    if word.lemma not in load_words("ahead"):
        return False
    if word.tag in ("VBD", "VBN") and link != "for" and word.lemma in load_words("ahead", "for"):
        return False
    return (word.tag != "VBD" or link == "for") and not _was(word) and not _was(word.head)


def _was(verb: Token) -> bool:
    """Whether a past auxiliary stands before it: what was expected then may be past now."""
    return any(helper.tag == "VBD" for helper in verb.having("aux", "auxpass")) or verb.lower in ("was", "were", "been")


def _is_past(verb: Token) -> bool:
    return verb.tag == "VBD" or _was(verb)


def _verb_direction(verb: Token, *, far: bool) -> int:
    """2 for "will meet", "expects to meet", 1 for "meets", "is meeting"; -1 for "met", "has met"; 0 for no verb."""
    if verb.pos not in ("VERB", "AUX"):
        return 0
    helpers = verb.having("aux", "auxpass")
    if any(helper.lemma == "have" or helper.lower in ("was", "were") for helper in helpers):
        return -1
    if any(helper.lower in FUTURE_AUXILIARIES or (far and helper.lower in POSSIBLE) for helper in helpers):
        return SURELY
    if any(helper.tag == "TO" for helper in helpers):
        ahead = verb.head.lemma in load_words("ahead") | {"be"} or verb.dep == "relcl"
        return SURELY if ahead and not _was(verb.head) else 0
    if verb.tag == "VBD" or any(helper.tag in ("VBD", "VBN") for helper in helpers):
        return -1
    if verb.tag in ("VBG", "VBN") and any(helper.tag in ("VBZ", "VBP") and helper.lemma == "be" for helper in helpers):
        return 1
    return int(verb.tag in ("VBZ", "VBP") and not verb.having("ccomp"))
