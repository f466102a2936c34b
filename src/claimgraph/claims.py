"""Who said what: finds source, cue and content of every claim (PARC 3.0), by rules over quotation marks and syntax.

Read `find_claims` first. What a claim is about, when it was said, whose it is in the end: `speech/claimants.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.lexicon import load_map, load_words
from claimgraph.model import Span
from claimgraph.speech.attitudes import from_adjectives, from_nouns
from claimgraph.speech.cues import Draft, Frame, cue_span, frame_of, load_frames, trim
from claimgraph.speech.frames import from_verb, snap
from claimgraph.speech.leads import credited, introduced, with_items
from claimgraph.speech.quotations import SINGLE
from claimgraph.speech.running import carried, quoted
from claimgraph.speech.tagged import join
from claimgraph.speech.turns import find_turns, without_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Sentence, Token
    from claimgraph.speech.quotations import Quotation


def find_rules(parse: Parse, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """What the rules alone find, in text order, nested ones after the claim that they lie in.

    1. a headline's clause behind its verb  2. transcripts, interviews, posts  3. quotations with the cue beside or above them
    4. "according to"  5. verbs with a clause, an infinitive or an object  6. hedges (reportedly)  7. adjectives and nouns ("is sure that", "his claim that")
    A verb is used once; what an earlier rule found stands.
    """
    drafts = [*_headlines(parse), *find_turns(parse)]
    drafts += quoted(parse, quotations)
    drafts += introduced(parse, quotations, drafts)
    drafts += credited(parse, quotations, drafts)
    drafts += _according(parse, quotations)
    used = {draft.verb.i for draft in drafts if draft.verb is not None}
    for token in parse.tokens:
        frame = frame_of(token)
        if frame is not None and token.i not in used and token.sentence.zone is None:
            draft = from_verb(parse, token, frame, quotations)
            if draft is not None and not _repeats(draft, drafts):
                drafts.append(draft)
    return [*drafts, *_hedged(parse), *from_adjectives(parse, quotations), *from_nouns(parse, quotations)]


def find_claims(
    parse: Parse, quotations: tuple[Quotation, ...], ruled: list[Draft], tagged: list[Draft] | None = None
) -> list[Draft]:
    """Every claim of the text: the rules' and the tagger's, joined; quotations without a cue go on with the speaker before."""
    drafts = join(parse.text, ruled, tagged) if tagged is not None else list(ruled)
    for draft in drafts:
        draft.content = [_within_marks(parse, draft, piece, quotations) for piece in draft.content]
    with_items(parse, drafts)
    without_labels(parse, drafts)
    drafts += carried(parse, quotations, drafts)
    return sorted(drafts, key=lambda draft: (draft.hull[0], -draft.hull[1], draft.start))


def _within_marks(parse: Parse, draft: Draft, piece: Span, quotations: tuple[Quotation, ...]) -> Span:
    """A piece of content as the quotation marks have it.

    One quotation has one speaker: what begins with it behind a cue goes to its end, what is said in it ends in it.
    """
    if draft.cue is None:
        return piece
    for q in quotations:
        if q.start < piece.start and piece.end <= q.end:
            nested = (m for m in SINGLE.finditer(parse.text, q.start, q.end) if abs(m.start() - piece.start) <= 1)
            piece = next((Span.cut(parse.text, *m.span()) for m in nested if m.end() < piece.end), piece)
        inner = q.end - (2 if parse.text[q.end - 2 : q.end] == "''" else 1)
        if q.start < draft.cue.start and draft.cue.end <= piece.start < inner < piece.end:
            return trim(parse, parse.tokens_in(piece.start, inner))
        if draft.cue.end <= q.start and abs(piece.start - q.start) <= 2 and piece.end < q.end:
            return Span.cut(parse.text, q.start, q.end)
    return piece


def _repeats(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether another claim has the same content and source."""
    return any(draft.content == other.content and draft.source == other.source for other in drafts)


# ---- 1 headlines


def _headlines(parse: Parse) -> Iterator[Draft]:
    """A title "X says Y" or "Y, says X": the parser is unsure in headlines, so the content is all that is left."""
    for sentence in parse.sentences:
        if sentence.zone != "title":
            continue
        for token in sentence.tokens[1:]:
            frame = frame_of(token) or _headline_frame(token)
            if frame is not None and "clause" in frame.complements:
                yield from _headline(parse, sentence, token, frame)
                break


def _headline_frame(token: Token) -> Frame | None:
    """The frame of a verb that capitals hide from the tagger ("Minister Says ...")."""
    frame = (
        load_frames().get(token.lower.removesuffix("s"))
        if token.text[0].isupper() and token.lower.endswith("s")
        else None
    )
    return frame if frame is not None and frame.kind in {"say", "warn", "deny", "reveal"} else None


def _headline(parse: Parse, sentence: Sentence, verb: Token, frame: Frame) -> Iterator[Draft]:
    tokens = sentence.tokens
    at = verb.i - tokens[0].i
    before, after = tokens[:at], tokens[at + 1 :]
    comma = next((i for i in range(len(before) - 1, -1, -1) if before[i].text in {",", ":"}), None)
    if comma == len(before) - 1 and after and len(before) > 2:  # "Y, says X"
        source, content, head = trim(parse, after), trim(parse, before), after[-1]
    elif after:
        source, content, head = trim(parse, before), trim(parse, after), _nominal_head(before)
    else:
        return
    yield Draft(source, head, cue_span(parse, verb), verb, [content], frame.kind, "rule:headline", 0.8)


def _nominal_head(tokens: list[Token]) -> Token:
    """The word that the others of the run hang on."""
    inside = {token.i for token in tokens}
    return next(
        (token for token in reversed(tokens) if token.head.i not in inside and token.pos != "PUNCT"), tokens[-1]
    )


# ---- 4 according to


QUOTES = set('"“”„«»')


def _according(parse: Parse, quotations: tuple[Quotation, ...]) -> Iterator[Draft]:
    """ "According to X, Y", "Y, according to X" and "Y, according to X, Y": X ends at a comma, the sentence is the rest.

    A rule over words, not syntax: parsers break long sources apart.
    """
    tokens = parse.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.lower != "according" or tokens[i + 1].lower != "to" or token.sentence is not tokens[i + 2].sentence:
            continue
        sentence = _whole_sentence(parse, token.sentence, quotations)
        end = _source_end(sentence, i + 2 - sentence[0].i)
        source = sentence[i + 2 - sentence[0].i : end]
        if not source or source[-1].lower in load_words("no_sources"):
            continue
        rest = [sentence[: i - sentence[0].i], sentence[end:]]
        content = [trim(parse, part) for part in rest if any(t.pos in {"NOUN", "VERB", "PROPN", "NUM"} for t in part)]
        if content and rest[0] and len(rest[0]) < 3 and len(content) > 1:  # "And, according to X, Y"
            content = content[1:]
        if content:
            cue = Span.cut(parse.text, token.start, tokens[i + 1].end)
            yield Draft(
                trim(parse, source),
                _nominal_head(source),
                cue,
                token,
                [snap(parse, c, quotations) for c in content],
                "report",
                "rule:according-to",
                0.95,
            )


def _whole_sentence(parse: Parse, sentence: Sentence, quotations: tuple[Quotation, ...]) -> list[Token]:
    """The sentence's tokens, and those of the following ones where it ends inside a quotation."""
    end = next((q.end for q in quotations if sentence.start < q.start < sentence.end < q.end), sentence.end)
    return parse.tokens_in(sentence.start, end)


def _source_end(sentence: list[Token], start: int) -> int:
    """Index behind the source that begins at `start`: at the first comma outside brackets that ends the noun phrase."""
    depth, at = 0, start
    while at < len(sentence):
        text = sentence[at].text
        depth += (text in "([") - (text in ")]")
        if depth <= 0 and (text in {",", ";", "--", "—", "–"} or sentence[at].tag == "."):
            following = _next_comma(sentence, at + 1)
            appositive = text == "," and _is_appositive(sentence[at + 1 : following], sentence[following + 1 :])
            if not appositive:
                return at
            at = following
            continue
        at += 1
    return at


def _next_comma(sentence: list[Token], start: int) -> int:
    return next(
        (i for i in range(start, len(sentence)) if sentence[i].text == "," or sentence[i].tag == "."), len(sentence)
    )


def _is_appositive(tokens: list[Token], rest: list[Token]) -> bool:
    """Whether the words between two commas name the source again ("a professor at the university").

    Not what is quoted, nor what a verb or "such as" goes on with: that is what is said.
    """
    finite = {"VBD", "VBZ", "VBP", "MD"}
    if not tokens or any(t.tag in finite or t.text in QUOTES for t in tokens):
        return False
    if rest and (rest[0].tag in finite or rest[0].lower == "such"):
        return False
    return (
        tokens[0].lower in {"a", "an", "the", "who", "which"} or tokens[0].dep == "appos" or tokens[-1].dep == "appos"
    )


# ---- 6 hedges, 7 nouns, 8 carried on


def _hedged(parse: Parse) -> list[Draft]:
    """ "reportedly": a claim of nobody in particular; the content is the clause behind."""
    found = []
    for token in parse.tokens:
        kind = load_map("hedges").get(token.lower)
        if kind is None or token.dep != "advmod" or token.sentence.zone is not None:
            continue
        tail = [t for t in token.head.subtree() if t.i > token.i]
        if tail and token.head.pos in {"VERB", "AUX"}:
            cue = Span.cut(parse.text, token.start, token.end)
            found.append(
                Draft(
                    None,
                    None,
                    cue,
                    token,
                    [trim(parse, parse.tokens[tail[0].i : tail[-1].i + 1])],
                    kind,
                    "rule:hedge",
                    0.6,
                )
            )
    return found
