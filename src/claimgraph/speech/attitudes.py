"""Attribution without a verb of saying: "we are confident that ...", "his claim that ...", "her decision to ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.lexicon import load_map
from claimgraph.model import Span
from claimgraph.speech.cues import Draft, cue_span, find_subject, phrase, trim
from claimgraph.speech.frames import snap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.speech.quotations import Quotation

LINKING = {"be", "feel", "remain", "become"}
OPENING = {"to", "of", "about", "for", "that", "over"}
"""Prepositions that open what an adjective is about: "proud of the work"."""


def from_adjectives(parse: Parse, quotations: tuple[Quotation, ...]) -> Iterator[Draft]:
    """ "We are grateful that Y", "they are committed to Y": the copula and its adjective are the cue."""
    for token in parse.tokens:
        kind = load_map("cue_adjectives").get(token.lower)
        verb = token.head if token.dep == "acomp" else token
        linked = verb.lemma in LINKING and verb.i < token.i if verb is not token else bool(token.having("auxpass"))
        subject = (find_subject(verb) or next(iter(verb.having("nsubjpass")), None)) if kind and linked else None
        content = _complement(token, verb)
        if kind is None or subject is None or content is None or subject.lower in {"it", "there", "that", "which"}:
            continue
        if token.sentence.zone is None and subject.i < verb.i:
            cue = Span.cut(parse.text, cue_span(parse, verb).start, token.end)
            span = snap(parse, trim(parse, content), quotations)
            yield Draft(phrase(parse, subject), subject, cue, verb, [span], kind, "rule:adjective", 0.7)


def _complement(token: Token, verb: Token) -> list[Token] | None:
    """The clause, infinitive or of-phrase behind an adjective, on it or on its copula."""
    for child in [
        *token.having("ccomp", "xcomp", "prep"),
        *(verb.having("ccomp", "advcl") if verb is not token else []),
    ]:
        if child.i > token.i and (child.dep != "prep" or child.lower in OPENING):
            return child.subtree()
    return None


def from_nouns(parse: Parse, quotations: tuple[Quotation, ...]) -> Iterator[Draft]:
    """ "His claim that Y", "the union's demand that Y", "her decision to Y"."""
    for token in parse.tokens:
        kind = load_map("cue_nouns").get(token.lemma) if token.pos == "NOUN" else None
        clause = next((c for c in token.having("acl", "ccomp", "relcl") if _opens(c)), None) if kind else None
        owner = next(iter(token.having("poss")), None)
        if kind is None or clause is None or owner is None or token.sentence.zone is not None:
            continue
        content = snap(parse, trim(parse, clause.subtree()), quotations)
        cue = Span.cut(parse.text, token.start, token.end)
        yield Draft(phrase(parse, owner, before=token.i), owner, cue, token, [content], kind, "rule:noun", 0.8)


def _opens(clause: Token) -> bool:
    """Whether a clause is one with "that" or an infinitive with "to"."""
    infinitive = clause.tag == "VB" and any(t.lower == "to" for t in clause.having("aux"))
    return infinitive or any(t.lower == "that" for t in clause.having("mark"))
