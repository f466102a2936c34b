"""Cues: words that attribute, the syntactic frame that each opens, who is its subject."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.lexicon import load_table
from claimgraph.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.language import Parse, Token

GROUP = {"aux", "auxpass", "neg", "advmod", "prt"}
"""What belongs to the verb group of a cue ("has repeatedly said", "did not say")."""
EDGE = set(" \t\r\n,;:.-–—")
RELATIVE = {"who", "which", "that", "whom"}
NOT_IN_GROUP = {
    "when",
    "where",
    "why",
    "how",
    "however",
    "meanwhile",
    "so",
    "instead",
    "therefore",
    "then",
    "later",
    "earlier",
    "yesterday",
}


class Frame(NamedTuple):
    """How a verb attributes: the class of what is done, and what its content may be."""

    kind: str
    complements: frozenset[str]
    prepositions: frozenset[str]


@lru_cache
def load_frames() -> dict[str, Frame]:
    """Verb lemma ("point out" with its particle) to frame."""
    return {
        row[0]: Frame(
            row[1],
            frozenset(row[2].split(",")),
            frozenset(filter(None, row[3].split(","))) if len(row) > 3 else frozenset(),
        )
        for row in load_table("cues")
    }


def frame_of(token: Token) -> Frame | None:
    """The frame of a verb, with its particle first ("point out")."""
    if token.pos != "VERB":
        return None
    particle = next(
        (c.lower for c in token.children if c.dep == "prt" or (c.lower == "forward" and c.i == token.i + 1)), None
    )
    frames = load_frames()
    if particle:
        return frames.get(f"{token.lemma} {particle}") or (frames.get(token.lemma) if token.lemma == "speak" else None)
    return frames.get(token.lemma)


def cue_span(parse: Parse, verb: Token) -> Span:
    """The verb group: the verb with the auxiliaries, negation and adverbs beside it."""
    first = last = verb.i
    while first > verb.sentence.tokens[0].i:
        before = parse.tokens[first - 1]
        of_group = before.dep in GROUP and (before.head is verb or before.head.head is verb) and before.lower != "to"
        if not of_group or before.lower in NOT_IN_GROUP or (before.dep == "advmod" and before.children):
            break
        first -= 1
    while first < verb.i and parse.tokens[first].dep == "advmod" and parse.tokens[first].i == verb.sentence.tokens[0].i:
        first += 1
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    if after is not None and after.dep == "prt" and after.head is verb:
        last += 1
    return Span.cut(parse.text, parse.tokens[first].start, parse.tokens[last].end)


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive."""
    return bool(verb.having("auxpass", "nsubjpass"))


def find_subject(verb: Token) -> Token | None:
    """The head word of who says it, or None: through coordination, participles, infinitives and relative clauses."""
    own = verb.having("nsubj", "agent") if not is_passive(verb) else verb.having("agent")
    if own:
        subject = own[0]
        if subject.dep == "agent":
            return next(iter(subject.having("pobj")), None)
        return _antecedent(verb, subject)
    if is_passive(verb) or verb.head is verb:
        return None
    return _inherited(verb)


def _antecedent(verb: Token, subject: Token) -> Token:
    """The noun a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower in RELATIVE and verb.dep == "relcl":
        return verb.head
    return subject


def _inherited(verb: Token) -> Token | None:
    """The subject of a verb without its own: from the verb or noun it hangs on."""
    head = verb.head
    if verb.dep in {"conj", "advcl", "xcomp", "dep", "ccomp", "parataxis"} and head.pos in {"VERB", "AUX"}:
        controller = head.having("dobj", "dative") if verb.dep == "xcomp" else []
        if controller and verb.tag == "VB":
            return controller[0]
        passive = head.having("nsubjpass")
        return find_subject(head) or (passive[0] if passive and verb.dep in {"conj", "xcomp", "advcl"} else None)
    if verb.dep == "acl" and head.pos in {"NOUN", "PROPN", "PRON"} and verb.tag == "VBG":
        return head
    if verb.dep == "pcomp" and head.head.pos == "VERB":
        return find_subject(head.head)
    return None


def phrase(parse: Parse, head: Token, *, after: int = -1, before: int = 1 << 60) -> Span:
    """The noun phrase of `head` as a span: with title, apposition and of-phrases, without a relative clause behind a comma.

    Only tokens with index in `(after, before)` and on the head's side of any quotation mark count.
    """
    drop: set[int] = set()
    for child in head.subtree():
        if child.dep in {"relcl", "advcl", "parataxis"} and _behind_comma(parse, child) and child.head.i <= head.i + 40:
            drop.update(token.i for token in child.subtree())
    keep = [t for t in head.subtree() if t.i not in drop and after < t.i < before]
    return trim(parse, _contiguous(parse, keep, head))


def _behind_comma(parse: Parse, child: Token) -> bool:
    first = child.subtree()[0].i
    return first > 0 and parse.tokens[first - 1].text in {",", "—", "–", "--", "-"}


def _contiguous(parse: Parse, tokens: Iterable[Token], head: Token) -> list[Token]:
    """The run of tokens around the head without gap and without a quotation mark."""
    inside = {token.i for token in tokens}
    first = last = head.i
    while first - 1 in inside and parse.tokens[first - 1].tag not in {"``", "''"}:
        first -= 1
    while last + 1 in inside and parse.tokens[last + 1].tag not in {"``", "''"}:
        last += 1
    return parse.tokens[first : last + 1]


def trim(parse: Parse, tokens: list[Token]) -> Span:
    """The tokens as a span without punctuation and conjunctions at its edges; brackets and quotation marks stay."""
    first, last = 0, len(tokens) - 1
    while first < last and (
        set(tokens[first].text) <= EDGE or (tokens[first].pos == "CCONJ" and tokens[first].dep == "cc")
    ):
        first += 1
    while last > first and (set(tokens[last].text) <= EDGE or tokens[last].pos == "CCONJ"):
        last -= 1
    return Span.cut(parse.text, tokens[first].start, tokens[last].end)


def shape_of(origin: str) -> str:
    """What the content is to the cue, out of a claim's origin: "rule:verb-clause" and "accurate:clause" are clauses."""
    return origin.rpartition(":")[2].removeprefix("verb-")


class Draft(msgspec.Struct):
    """A claim before its speaker is known: spans, the cue's word, the rule that found it."""

    source: Span | None
    head: Token | None
    cue: Span | None
    verb: Token | None
    content: list[Span]
    kind: str | None
    origin: str
    confidence: float
    follows: Draft | None = None
    """The claim whose speaker is carried over."""

    @property
    def start(self) -> int:
        """Offset of the first character of source, cue or content."""
        return min(span.start for span in [*self.content, *filter(None, (self.source, self.cue))])

    @property
    def hull(self) -> tuple[int, int]:
        """First and last offset of the content."""
        return min(span.start for span in self.content), max(span.end for span in self.content)
