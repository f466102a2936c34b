"""Whether a time lies ahead or behind, by the verb that governs it: "will meet Friday", "met Friday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from claimgraph.language import Token

FUTURE_AUXILIARIES = frozenset(("will", "'ll", "’ll", "wo", "shall", "would"))
AHEAD_PREPOSITIONS = frozenset(("until", "till"))


def direction(tokens: list[Token]) -> int:
    """1 where the governing verb puts the words ahead, -1 where it puts them behind, 0 where no verb tells."""
    head = next((token for token in tokens if token.head not in tokens), tokens[0])
    governor, words = head.head, load_words("ahead")
    if governor.tag == "IN":
        if governor.lower in AHEAD_PREPOSITIONS:
            return 1
        governor = governor.head
    if governor.lemma in words and governor.tag != "VBD":
        return 1
    return _verb_direction(governor, words) if governor.pos in ("VERB", "AUX") else 0


def _verb_direction(verb: Token, words: frozenset[str]) -> int:
    """1 for "will meet", "is expected to meet", "meets", "is meeting"; -1 for "met", "has met"."""
    helpers = verb.having("aux", "auxpass")
    if any(helper.lower in FUTURE_AUXILIARIES for helper in helpers):
        return 1
    if any(helper.tag == "TO" for helper in helpers):
        over = any(helper.tag == "VBD" for helper in verb.head.having("aux", "auxpass"))
        return 0 if over else int(verb.head.lemma in words or verb.dep in ("acl", "relcl"))
    if verb.tag == "VBD" or any(helper.tag in ("VBD", "VBN") or helper.lemma == "have" for helper in helpers):
        return -1
    if verb.tag in ("VBG", "VBN") and any(helper.tag in ("VBZ", "VBP") and helper.lemma == "be" for helper in helpers):
        return 1
    return int(verb.tag in ("VBZ", "VBP") and not verb.having("ccomp"))
