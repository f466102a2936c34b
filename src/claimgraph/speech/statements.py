"""What the article says in its own voice: whatever no claim covers and yet says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.model import Span, Statement
from claimgraph.speech.claimants import about
from claimgraph.speech.quotations import is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.model import Claim, Event, Mention, Quantity
    from claimgraph.speech.quotations import Quotation


def find_statements(
    parse: Parse,
    claims: tuple[Claim, ...],
    events: tuple[Event, ...],
    mentions: tuple[Mention, ...],
    quantities: tuple[Quantity, ...],
    quotations: tuple[Quotation, ...] = (),
) -> tuple[Statement, ...]:
    """What no claim covers and yet says something: whole sentences, clauses and event phrases beside a claim.

    Nothing that is quoted as a whole: whoever says it, the article does not.
    """
    spans = (s for c in claims for s in [*c.content, *filter(None, (c.source, c.cue))])
    quoted = (s for q in quotations if is_whole(parse, q) for s in [Span.cut(parse.text, q.start, q.end)])
    claimed = {t.i for s in (*spans, *quoted) for t in parse.tokens_in(s.start, s.end)}
    kinds = {e.trigger.start for e in events if e.type != "other"}
    found: list[Span] = []
    for sentence in parse.sentences:
        if sentence.zone is not None:
            continue
        for run in _free_runs(sentence.tokens, claimed):
            tokens = _without_lead(run)
            whole = len(run) == len(sentence.tokens)
            if len(tokens) > 2 and (_has_clause(tokens) if whole else _says_something(tokens, kinds)):
                found.append(Span.cut(parse.text, tokens[0].start, tokens[-1].end))
    return tuple(
        Statement(
            start=s.start, end=s.end, text=s.text, id=f"s{number}",
            events=tuple(e.id for e in events if s.covers(e.trigger)),
            about=about((s,), mentions),
            quantities=tuple(q.id for q in quantities if s.covers(q)),
        )
        for number, s in enumerate(found, 1)
    )  # fmt: skip


def _free_runs(tokens: list[Token], claimed: set[int]) -> Iterator[list[Token]]:
    """Runs of tokens that no claim's source, cue or content touches."""
    run: list[Token] = []
    for token in tokens:
        if token.i in claimed:
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


def _without_lead(run: list[Token]) -> list[Token]:
    """The run without conjunctions, adverbs and punctuation before it, and punctuation behind."""
    first, last = 0, len(run)
    while first < last and (
        run[first].pos in {"PUNCT", "SCONJ", "CCONJ"}
        or run[first].dep in {"mark", "cc"}
        or (run[first].dep in {"prep", "advmod"} and run[first].tag in {"IN", "RB", "WRB"} and run[first].i == run[0].i)
    ):
        first += 1
    while last > first and run[last - 1].pos == "PUNCT" and run[last - 1].tag not in {"''", "-RRB-"}:
        last -= 1
    return run[first:last]


def _has_clause(tokens: list[Token]) -> bool:
    return any(t.pos in {"VERB", "AUX"} and t.having("nsubj", "nsubjpass", "expl", "csubj") for t in tokens)


def _says_something(tokens: list[Token], kinds: set[int]) -> bool:
    """A clause of its own, or the noun of a known kind of event with what belongs to it."""
    inside = {t.i for t in tokens}
    clause = any(
        t.pos in {"VERB", "AUX"} and any(s.i in inside for s in t.having("nsubj", "nsubjpass")) for t in tokens
    )
    return clause or (any(t.start in kinds and t.pos == "NOUN" for t in tokens) and len(tokens) > 3)
