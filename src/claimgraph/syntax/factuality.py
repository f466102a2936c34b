"""Whether what a trigger tells happened: by negation, mood, tense and aspect of its verb group (after FactBank)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from claimgraph.language import Token
    from claimgraph.model import Factuality

HYPOTHETICAL = {"may", "might", "could", "would", "should", "can"}
PLANNING = {"plan", "schedule", "expect", "intend", "slate"}
"""Verbs in whose passive the subject lies ahead."""
FUTURE = {"will", "shall", "'ll", "wo"}


def factuality_of(token: Token) -> tuple[Literal["affirmed", "denied"], Factuality]:
    """(polarity, factuality) of a trigger, by negation, mood, tense and aspect of its verb group (after FactBank)."""
    verb = token if token.pos == "VERB" else token.head if token.dep in {"nsubj", "dobj", "attr", "nsubjpass"} else None
    if (
        token.having("neg")
        or (verb is not None and verb.having("neg"))
        or any(c.lower == "no" for c in token.having("det"))
    ):
        return "denied", "denied"
    if verb is None or verb.pos not in {"VERB", "AUX"}:
        return "affirmed", _of_noun(token)
    auxiliaries = {c.lower for c in verb.having("aux", "auxpass")}
    if auxiliaries & FUTURE or (verb is not token and verb.lemma in PLANNING and verb.having("nsubjpass")):
        return "affirmed", "planned"
    if auxiliaries & HYPOTHETICAL or any(c.lower in {"if", "unless", "whether"} for c in verb.having("mark")):
        return "affirmed", "hypothetical"
    if verb.tag == "VB" and "to" in auxiliaries:
        return "affirmed", "planned"
    if verb.tag == "VBG" and auxiliaries & {"is", "are", "am", "'re", "'s"}:
        return "affirmed", "ongoing"
    if (verb.tag in {"VBP", "VBZ"} and not auxiliaries & {"has", "have", "'ve"}) or (
        verb.pos == "AUX" and verb.tag in {"VBP", "VBZ"}
    ):
        return "affirmed", "generic"
    return "affirmed", "happened"


def _of_noun(token: Token) -> Factuality:
    """A noun's: that of the clause it stands in, planned under a plan, happened otherwise."""
    for above in token.ancestors():
        if above.pos == "VERB":
            auxiliaries = {c.lower for c in above.having("aux")}
            if auxiliaries & FUTURE or (above.tag == "VB" and "to" in auxiliaries):
                return "planned"
            if auxiliaries & HYPOTHETICAL:
                return "hypothetical"
            return "generic" if above.tag in {"VBP", "VBZ"} and not auxiliaries else "happened"
    return "happened"
