"""Quotations and the cue beside them, the speech that goes on after it, and quoted words that carry a speaker on."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from claimgraph.language import Token
from claimgraph.model import Span
from claimgraph.speech.cues import Draft, cue_span, find_subject, frame_of, phrase, shape_of, trim
from claimgraph.speech.frames import snap
from claimgraph.speech.quotations import is_whole

if TYPE_CHECKING:
    from claimgraph.language import Parse
    from claimgraph.speech.quotations import Quotation

CARRIED_WORDS = 3
"""Words from which quoted wording without a cue is taken for the words of the speaker before; fewer are scare quotes."""


def quoted(parse: Parse, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """One claim for each cue beside a quotation; a quotation right after takes up the same speech."""
    drafts: list[Draft] = []
    previous: tuple[Quotation, Draft] | None = None
    unclosed: list[Quotation] = []
    for quotation in quotations:
        if unclosed and quotation.paragraph != unclosed[-1].paragraph + 1:
            unclosed = []
        if previous is not None and _goes_on(parse, previous, quotation):
            previous[1].content.append(_span(parse, quotation))
            previous = quotation, previous[1]
            continue
        if not is_whole(parse, quotation):
            continue
        draft = _quote_with_cue(parse, quotation, quotations)
        if draft is not None:
            draft.content = [*(_span(parse, q) for q in unclosed), *draft.content]
            previous = quotation, draft
            drafts.append(draft)
        unclosed = [*unclosed, quotation] if draft is None and quotation.continues else []
    return drafts


def _span(parse: Parse, quotation: Quotation) -> Span:
    return Span.cut(parse.text, quotation.start, quotation.end)


def _goes_on(parse: Parse, previous: tuple[Quotation, Draft], quotation: Quotation) -> bool:
    """Whether the quotation belongs to the speech before: an unclosed paragraph, or only the cue's clause between."""
    last, draft = previous
    if last.continues and quotation.paragraph == last.paragraph + 1:
        return True
    between = parse.text[last.end : quotation.start]
    inside = draft.cue is not None and last.end <= draft.cue.start and draft.cue.end <= quotation.start
    ends = len(re.findall(r"[.!?](?:\s|$)", between.replace("Mr.", "").replace("Ms.", "")))
    if quotation.paragraph != last.paragraph or not inside or ends > 1 or len(between.split()) > 25:
        return False
    goes_on = is_whole(parse, quotation) or between.rstrip().endswith(",")
    return goes_on and _cue_after(parse, quotation) is None


def _quote_with_cue(parse: Parse, quotation: Quotation, quotations: tuple[Quotation, ...]) -> Draft | None:
    """The claim of a whole quotation, from the cue before it ("X said: ...") or after it ("...," said X)."""
    found = _cue_before(parse, quotation, quotations) or _cue_after(parse, quotation)
    if found is None:
        return None
    verb, subject, lower, upper = found
    frame = frame_of(verb)
    source = phrase(parse, subject, after=lower, before=upper) if subject is not None else None
    kind = frame.kind if frame else "say"
    return Draft(source, subject, cue_span(parse, verb), verb, [_span(parse, quotation)], kind, "rule:quotation", 0.95)


Found = tuple[Token, Token | None, int, int]


def _cue_after(parse: Parse, quotation: Quotation) -> Found | None:
    """The verb behind a quotation with its subject, both before the sentence's end or the next mark."""
    region: list[Token] = []
    for token in parse.tokens_in(quotation.end, quotation.end + 250):
        if (
            token.tag in {"``", "''", ":"}
            or token.text in {".", ";", "“"}
            or token.sentence.paragraph != quotation.paragraph
        ):
            break
        region.append(token)
    for at, token in enumerate(region[:14]):
        frame = frame_of(token)
        if frame is None or "quotation" not in frame.complements or (at and region[0].pos in {"CCONJ", "ADP", "SCONJ"}):
            continue
        subject = _subject_beside(region, at)
        if subject is not None:
            return token, subject, region[0].i - 1, region[-1].i + 1
    return None


def _subject_beside(region: list[Token], at: int) -> Token | None:
    """The subject inside the region: the parser's, else the noun that heads the words before or behind the verb."""
    inside = {token.i for token in region}
    subject = next((t for t in region[at].having("nsubj") if t.i in inside), None)
    if subject is not None:
        return subject
    inherited = find_subject(region[at])
    if inherited is not None and inherited.i in inside:
        return inherited
    for side in (region[:at], region[at + 1 :]):
        nouns = [t for t in side if t.pos in {"PROPN", "PRON", "NOUN"}]
        if nouns and side[0].pos in {"PROPN", "PRON", "NOUN", "DET", "ADJ", "PUNCT"} and side[0].text != ",":
            comma = next((t.i for t in side if t.text == ","), 1 << 60)
            heads = [t for t in nouns if t.i < comma]
            return next((t for t in heads if t.head not in heads), None)
    return None


def _cue_before(parse: Parse, quotation: Quotation, quotations: tuple[Quotation, ...]) -> Found | None:
    """The verb before a quotation, with nothing between but comma, colon, addressee, time and place."""
    floor = max((q.end for q in quotations if q.end <= quotation.start), default=0)
    region: list[Token] = []
    for token in reversed(parse.tokens_in(max(floor, quotation.start - 300), quotation.start)):
        if token.text in {".", ";", "!", "?"} or token.sentence.paragraph != quotation.paragraph:
            break
        region.append(token)
    region.reverse()
    if not region:
        return None
    opens = region[-1].text in {":", ","}
    for token in reversed(region):
        frame = frame_of(token)
        if frame is None or "quotation" not in frame.complements:
            continue
        between = [t for t in region if t.i > token.i and t.text not in {":", ","}]
        if any(t.lower in {"that", "whether", "if"} and t.dep == "mark" for t in between) or (between and not opens):
            return None
        if len(between) > 14 or any(t.pos == "VERB" and t.tag in {"VBD", "VBZ", "VBP"} for t in between):
            return None
        subject = find_subject(token)
        if subject is not None and not (quotation.start <= subject.start < quotation.end):
            return token, subject, region[0].i - 1, _first_token(parse, quotation)
    return None


def _first_token(parse: Parse, quotation: Quotation) -> int:
    """Index of the first token of a quotation."""
    tokens = parse.tokens_in(quotation.start, quotation.end)
    return tokens[0].i if tokens else len(parse.tokens)


def carried(parse: Parse, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> list[Draft]:
    """Quotations outside every claim: the speaker of the claim before goes on, in the same or the next paragraph."""
    found: list[Draft] = []
    top = [d for d in drafts if d.source is not None]
    for q in quotations:
        if any(
            (d.hull[0] <= q.start and q.end <= d.hull[1] + 2) or (d.source and d.source.start <= q.start < d.source.end)
            for d in drafts + found
        ):
            continue
        before = max(
            (d for d in [*top, *found] if d.hull[0] < q.start),
            key=lambda d: max(d.hull[1], d.cue.end if d.cue else 0),
            default=None,
        )
        content = _carried_content(parse, q, quotations) if before is not None and _near(parse, before, q) else None
        if content is not None and any(
            d.cue is not None and content.covers(d.cue) and not q.start <= d.cue.start < q.end for d in drafts
        ):
            content = None  # the sentence has a cue of its own
        if content is not None and before is not None and _runs_on(found, before, q, quotations):
            before.content.append(content)
        elif content is not None and before is not None:
            found.append(Draft(None, None, None, None, [content], None, "rule:carried-on", 0.5, before))
    return found


def _runs_on(found: list[Draft], before: Draft, q: Quotation, quotations: tuple[Quotation, ...]) -> bool:
    """Whether a quotation goes on with one that was carried on and not closed."""
    last = next((o for o in quotations if o.end == before.hull[1]), None)
    carried = any(before is draft for draft in found)
    return carried and last is not None and last.continues and q.paragraph == last.paragraph + 1


def _near(parse: Parse, before: Draft, q: Quotation) -> bool:
    """Whether the claim before ends in this paragraph, or in the one before and the quotation fills its paragraph."""
    last = parse.tokens_in(before.hull[1] - 1, before.hull[1])
    gap = q.paragraph - last[-1].sentence.paragraph if last else 99
    opens = _begins(parse, q) and is_whole(parse, q)
    return gap == 0 or (gap == 1 and opens and shape_of(before.origin) in {"quotation", "carried-on"})


def _begins(parse: Parse, q: Quotation) -> bool:
    """Whether a sentence begins with the quotation; an opening mark typed as a closing one is taken for the end of the one before."""
    words = (t for t in parse.tokens_in(q.start, q.end) if t.pos != "PUNCT")
    return any(t.sentence.start >= q.start - 1 for t in islice(words, 1))


def _carried_content(parse: Parse, q: Quotation, quotations: tuple[Quotation, ...]) -> Span | None:
    """A whole quotation as it stands; quoted wording with the main clause around it, without a leading subordinate clause."""
    if is_whole(parse, q) and _begins(parse, q):
        return _span(parse, q)
    words = parse.text[q.start : q.end].split()
    if len(words) < CARRIED_WORDS:
        return None
    sentence = parse.tokens_in(q.start, q.start + 1)[0].sentence
    root = sentence.root
    drop = {t.i for c in root.having("advcl") if c.i < root.i and c.having("mark") for t in c.subtree()}
    tokens = [t for t in sentence.tokens if t.i not in drop]
    while tokens and tokens[0].dep in {"punct", "cc", "advmod"} and tokens[0].tag not in {"``", "''"}:
        tokens = tokens[1:]
    return snap(parse, trim(parse, tokens), quotations) if tokens else None
