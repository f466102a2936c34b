"""Two claims of one article in nearly the same words or of one measure: support, the same again, a denial, figures that clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.relating.measures import compare
from claimgraph.relating.pairs import make, overlap, same_voice
from claimgraph.relating.propositions import (
    COURTESY,
    LEAST,
    TURN,
    denies,
    is_opposite,
    is_verbatim,
    likeness,
    numbers_in,
    says_same,
    shares_names,
)
from claimgraph.relating.replies import is_one_speaker

if TYPE_CHECKING:
    from claimgraph.model import Claim, Reading, Relation
    from claimgraph.relating.measures import Compared, Figure
    from claimgraph.relating.pairs import Proposition
    from claimgraph.relating.propositions import Said

SAME, DENIED = 0.6, 0.9
"""Likeness from which two clauses say the same, and from which one in a long speech denies another."""
ECHO, LONG_ECHO = 4, 6
"""Words from which two voices that say the same do not do so by chance, in brief claims and in speeches."""


def relate_figures(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two sources give a figure of one measure: they agree, clash, or speak of two periods or populations."""
    if not (a.figures and b.figures and a.brief and b.brief) or a.claim.inside or b.claim.inside:
        return None
    if "denied" in {a.claim.polarity, b.claim.polarity} or overlap(a.claim, b.claim):
        return None
    day = (reading.article.published or "")[:10]
    for one, other in ((x, y) for x in a.sentences for y in b.sentences if not (x.negated or y.negated)):
        for mine in (f for f in a.figures if f.text in one.text):
            for yours in (f for f in b.figures if f.text in other.text):
                found = compare(one, mine, other, yours, days=(day, day), again=same_voice(a, b))
                if found and (relation := _compared(a, b, found, (mine, yours))):
                    return relation
    return None


def _compared(a: Proposition, b: Proposition, found: Compared, figures: tuple[Figure, Figure]) -> Relation | None:
    """What the figures of two claims make of them; of one source's only that they differ in what they are of."""
    how, what = found
    both = f"“{figures[1].text}” and “{figures[0].text}”"
    if how == "differ":
        reason = f"{both} are of one measure in two {what}s, so that neither speaks against the other."
        return make(b, a, "differs-in-scope", f"figures of another {what}", reason, 0.5)
    if same_voice(a, b) or not a.speaker or not b.speaker:
        return None
    if how == "agree" and is_one_speaker(a.speaker, b.speaker):
        return make(b, a, "restates", "same speaker, figures that agree", f"{both} are of one measure and agree.", 0.6)
    if how == "agree":
        return make(b, a, "corroborates", "figures that agree", f"{both} are of one measure and agree.", 0.6)
    return make(b, a, "contradicts", "another figure", f"{both} are of one measure and cannot both hold.", 0.5)


def relate_words(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two voices say the same in nearly the same words, or one denies it: by its cue or by its content.

    What is told inside a denial nobody says, so there is nothing to deny; a question or a condition says nothing.
    """
    if a.bag.isdisjoint(b.bag) or not (_is_told(a) and _is_told(b)) or same_voice(a, b) or overlap(a.claim, b.claim):
        return None
    brief = a.brief and b.brief
    alike = [
        (likeness(x, y), x, y)
        for x in a.sentences
        for y in b.sentences
        if not x.words.isdisjoint(y.words) and (likeness(x, y) >= SAME or (brief and _meets(a, x, b, y)))
    ]
    if not alike or _is_inside_denial(reading, a.claim) or _is_inside_denial(reading, b.claim):
        return None
    score, one, other = max(alike, key=lambda each: each[0])
    both = len(one.words & other.words)
    if is_opposite(one, _denies(a.claim), other, _denies(b.claim)):
        spoken = TURN not in {p.claim.cue.text for p in (a, b) if p.claim.cue}
        if both < LEAST or not (brief or (score >= DENIED and spoken)) or not (a.speaker or b.speaker):
            return None
        denier, denies = (b, a) if _denies(b.claim) != other.negated else (a, b)
        reason = "One claim denies in nearly the same words what the other says."
        return make(denier, denies, "contradicts", "denial of the same content", reason, 0.6)
    same = one.shows_negation == other.shows_negation and _denies(a.claim) == _denies(b.claim)
    if (
        same
        and both >= (ECHO if brief else LONG_ECHO)
        and score >= SAME
        and not COURTESY.search(one.text)
        and numbers_in(one) == numbers_in(other)
    ):
        return _said_again(a, b, one, other)
    return None


def _meets(a: Proposition, one: Said, b: Proposition, other: Said) -> bool:
    """Whether two clauses of brief claims are of one proposition."""
    opposite = is_opposite(one, _denies(a.claim), other, _denies(b.claim))
    return says_same(one, other, opposite=opposite) and shares_names(one, other)


def _is_told(p: Proposition) -> bool:
    """Whether somebody says a claim, whoever it is."""
    return bool(p.speaker or p.claim.source)


def _denies(claim: Claim) -> bool:
    return denies(claim.polarity, claim.form, claim.cue.text if claim.cue else "")


def _said_again(a: Proposition, b: Proposition, one: Said, other: Said) -> Relation | None:
    """What two sources say alike: support, or where the words are the very same, the same words twice.

    Nothing where one of them tells what the other says: that is a chain, and the claims inside it have it.
    """
    first, second = a.speaker, b.speaker
    words = [p.claim.source.text.casefold() if p.claim.source else "" for p in (a, b)]
    texts = other.text.casefold(), one.text.casefold()
    if not first or not second or any(said and said in text for said, text in zip(words, texts, strict=True)):
        return None
    if is_verbatim(one, other) or words[0] == words[1] != "" or is_one_speaker(first, second):
        return make(b, a, "restates", "same words", f"The same words stand for {first} and for {second}.", 0.6)
    reason = f"{second} and {first} say this in nearly the same words."
    return make(b, a, "corroborates", "same proposition", reason, 0.6)


def _is_inside_denial(reading: Reading, claim: Claim) -> bool:
    return any(c.id == claim.inside and c.polarity == "denied" for c in reading.claims)
