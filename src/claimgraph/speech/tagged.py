"""From the tagger's word ranges to claims: edges repaired, then joined with what the rules found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.attribution import head_of
from claimgraph.lexicon import load_map, load_words
from claimgraph.model import Span
from claimgraph.speech.cues import Draft, find_subject, frame_of, is_passive, phrase, shape_of, trim
from claimgraph.speech.frames import ADVERBIAL, snap
from claimgraph.vocab import load_triggers

if TYPE_CHECKING:
    from claimgraph.attribution import Attribution
    from claimgraph.language import Parse, Token
    from claimgraph.speech.quotations import Quotation

GAP = 2
"""Words between two pieces of content that belong to it: the tagger's own doubt, not a break in the sentence."""
NEAR = 25
"""Words between a cue and a subject that the parser gives it: farther ones are mistakes."""
NOBODY = {"nobody", "none", "nothing"}
"""Who says nothing: "Nobody said that ..." attributes to no one."""
NO_SPEAKER = {"it", "there", "what"}
INSIDE = 0.5
"""Share of a quotation that the tagger has to give to a cue outside it for the whole to be its content."""


def to_drafts(
    parse: Parse, attributions: list[Attribution], quotations: tuple[Quotation, ...], *, name: str
) -> list[Draft]:
    """The claims of what the tagger of that name found; those of whose content nothing is left are dropped."""
    read = (a for a in attributions if parse.tokens[a.cue[0]].sentence.zone in {None, "title"})
    drafts = (to_draft(parse, found, quotations, name=name) for found in read)
    found = [draft for draft in drafts if draft is not None]
    return [draft for draft in found if not any(_met(draft, other) for other in found)]


def _met(draft: Draft, other: Draft) -> bool:
    """Whether a noun is only what another cue's speaker meets: who "ignored warnings" or "rejected claims" uttered none."""
    noun = draft.verb
    if noun is None or noun.pos != "NOUN" or noun.head is not other.verb or noun.dep not in {"dobj", "nsubjpass"}:
        return False
    return draft.source is not None and draft.source == other.source


def to_draft(parse: Parse, found: Attribution, quotations: tuple[Quotation, ...], *, name: str) -> Draft | None:
    """The claim of an attribution: pieces joined, quotations whole, the source of an active verb filled in."""
    tokens = parse.tokens
    words = tokens[slice(*found.cue)]
    verb = head_of(words)
    source = _without_relative(tokens[slice(*found.source)]) if found.source else None
    kept = set(range(*found.cue)) | {t.i for t in source or ()}
    words, found = _without_preposition(words, found)
    pieces = [_without_next(parse, verb, _in_zone(parse, verb, p)) for p in _bridged(list(found.content), kept)]
    pieces = [_without_agent(verb, piece) for piece in pieces] if source is None else pieces
    content = _merged(parse, [_repaired(parse, piece, quotations, words) for piece in pieces if piece[0] < piece[1]])
    content = [piece for piece in content if not _is_receiver(parse, verb, piece)]
    if not content or (verb.pos == "ADV" and len(words) == 1 and verb.lower not in load_words("hedges")):
        return None  # "later" of "later reported" says nothing, "reportedly" does
    span, head = (trim(parse, source), _top(source)) if source else _subject(parse, verb, content)
    if head is not None and (
        head.lower in NOBODY or (verb.lower == "according" and head.lower in load_words("no_sources"))
    ):
        return None
    if verb.pos == "NOUN" and (span is None or _is_demand(verb, content)):  # "warnings about ...": whose, nobody says
        return None
    if span is None and (inverted := _inverted(parse, verb, content)) is not None:
        (span, head), content = inverted, content[:1]
    cue = trim(parse, words)
    if span is None and cue.text == ":":
        return None
    return Draft(
        _to_pronoun(parse, verb, span) if span is not None else None,
        head,
        cue,
        verb,
        content,
        _kind(verb, words),
        f"{name}:{_shape(parse, words, content, quotations)}",
        round(found.score, 2),
    )


def _is_demand(noun: Token, content: list[Span]) -> bool:
    """Whether a claim is to money or rights, not of a fact: "claims for benefits"."""
    return noun.lemma == "claim" and content[0].text.lower().startswith(("for ", "to "))


def _inverted(parse: Parse, verb: Token, content: list[Span]) -> tuple[Span, Token] | None:
    """Who speaks by the words right behind a cue that were taken for content: "..., stated Minister Anna Reed"."""
    if verb.pos != "VERB" or is_passive(verb) or len(content) != 2 or content[0].end > verb.start:
        return None
    words = parse.tokens_in(content[1].start, content[1].end)
    right_behind = bool(words) and words[0].i == verb.i + 1
    if not right_behind or words[-1].tag != "NNP" or any(t.pos in {"VERB", "AUX"} for t in words):
        return None
    return content[1], _top(words)


def _is_receiver(parse: Parse, verb: Token, content: Span) -> bool:
    """Whether what is taken for content is to whom it is said: "attributed | to senators", but not "referred | to the deal"."""
    first = parse.tokens_in(content.start, content.end)[0]
    if first.lower != "to" or first.pos != "ADP" or first.head is not verb:
        return False
    frame = frame_of(verb)
    said = frame is not None and bool(frame.complements) and "to" not in frame.prepositions
    return said or bool(verb.having("dobj")) or verb.dep == "relcl"


def _without_preposition(cue: list[Token], found: Attribution) -> tuple[list[Token], Attribution]:
    """The cue without a preposition that the lexicon does not give its verb: "warned | of consequences", but "called for | a vote"."""
    frame = frame_of(cue[-2]) if len(cue) > 1 and cue[-1].pos == "ADP" and cue[-1].dep == "prep" else None
    behind = found.content[0][0] == found.cue[1]
    if frame is None or not behind or cue[-1].lower in frame.prepositions:
        return cue, found
    first, *others = found.content
    cue_range = found.cue[0], found.cue[1] - 1
    return cue[:-1], found._replace(cue=cue_range, content=((first[0] - 1, first[1]), *others))


def _without_relative(source: list[Token]) -> list[Token]:
    """A source without the ", who ..." behind it: that tells of the speaker and names nobody."""
    at = next(
        (n for n, t in enumerate(source[1:], 1) if t.tag in {"WP", "WDT", "WP$"} and source[n - 1].text == ","), None
    )
    return source[: at - 1] if at is not None and at > 1 else source


def _subject(parse: Parse, verb: Token, content: list[Span]) -> tuple[Span, Token] | tuple[None, None]:
    """The subject of a cue for which the tagger has no source, as a span and its head word, where it can speak and is not content."""
    subject = find_subject(verb) if verb.pos == "VERB" else None
    if subject is None or abs(subject.i - verb.i) > NEAR or subject.lower in NO_SPEAKER:
        return None, None
    pronoun = _relative(verb)
    span = phrase(parse, subject, before=pronoun.i if pronoun is not None else 1 << 60)
    return (None, None) if any(span.overlaps(piece) for piece in content) else (span, subject)


def _relative(verb: Token) -> Token | None:
    """The relative pronoun that is the subject of a cue."""
    return next((t for t in verb.having("nsubj") if t.tag in {"WP", "WDT"}), None)


def _to_pronoun(parse: Parse, verb: Token, source: Span) -> Span:
    """A source with the pronoun of a restrictive clause: of "voters who feared", "voters" alone would be too many."""
    pronoun = _relative(verb)
    restrictive = pronoun is not None and not parse.text[source.end : pronoun.start].strip()
    if pronoun is None or not restrictive or pronoun.start < source.end:
        return source
    return Span.cut(parse.text, source.start, pronoun.end)


def _bridged(pieces: list[tuple[int, int]], kept: set[int]) -> list[tuple[int, int]]:
    """The pieces, those joined that only a word or two of nobody's parts."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(pieces):
        if joined and first - joined[-1][1] <= GAP and not kept & set(range(joined[-1][1], first)):
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def _without_next(parse: Parse, cue: Token, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece behind a cue, ended where the narrator goes on: at a verb coordinated with the cue, at ", saying that".

    "said the deal was bad and called for a vote", "lauded the efforts, saying that ...": the rest has a cue of its own.
    """
    first, last = piece
    for child in cue.having("conj"):
        start = child.subtree()[0].i
        if first < start < last <= child.subtree()[-1].i + 2 and child.i > cue.i:
            last = start
    for i in range(max(first + 1, cue.i), last - 1):
        before, token, after = parse.tokens[i - 1 : i + 2]
        if before.text == "," and token.tag == "VBG" and after.lower == "that" and frame_of(token) is not None:
            return first, i - 1
    return first, last


def _in_zone(parse: Parse, cue: Token, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece without the dateline or title before the text that the cue stands in."""
    first, last = piece
    while first < last and parse.tokens[first].sentence.zone not in {None, cue.sentence.zone}:
        first += 1
    return first, last


def _without_agent(cue: Token, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece behind a passive cue without the "by ..." that names who speaks."""
    first, last = piece
    for agent in cue.having("agent"):
        branch = agent.subtree()
        if first <= branch[0].i < last <= branch[-1].i + 2:
            last = branch[0].i
    return first, last


def _repaired(parse: Parse, piece: tuple[int, int], quotations: tuple[Quotation, ...], cue: list[Token]) -> Span:
    """A piece as a span: the whole of a quotation that is most of it or that it is most of."""
    span = snap(parse, trim(parse, parse.tokens[piece[0] : piece[1]]), quotations)
    for q in quotations:
        shared = min(span.end, q.end) - max(span.start, q.start)
        cue_inside = q.start <= cue[0].start < q.end
        if shared > INSIDE * (q.end - q.start) and not cue_inside and (shared < q.end - q.start):
            span = Span.cut(parse.text, min(span.start, q.start), max(span.end, q.end))
    return span


def _merged(parse: Parse, spans: list[Span]) -> list[Span]:
    """Spans that came to overlap as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span.cut(parse.text, found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _top(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    return next(
        (
            t
            for t in reversed(tokens)
            if t.head.i not in inside and t.pos in {"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"}
        ),
        tokens[-1],
    )


def _kind(verb: Token, words: list[Token]) -> str:
    """The class of a cue by the lexicons of verbs, nouns and adjectives."""
    frame = frame_of(verb)
    if frame is not None:
        return frame.kind
    for table, key in (("cue_nouns", "lemma"), ("cue_adjectives", "lower"), ("hedges", "lower")):
        for token in words:
            kind = load_map(table).get(getattr(token, key))
            if kind:
                return kind
    return "say"


def _shape(parse: Parse, words: list[Token], content: list[Span], quotations: tuple[Quotation, ...]) -> str:
    """What the content is to its cue: quotation, clause, infinitive, object, preposition, noun or according-to."""
    if words[0].lower == "according":
        return "according-to"
    if all(any(q.start <= s.start + 1 and s.end <= q.end + 1 for q in quotations) for s in content) and not (
        content[0].start < words[0].start < content[0].end
    ):
        return "quotation"
    head = head_of(words)
    if head.pos == "NOUN":
        return "noun"
    if content[0].text.lower().startswith("to "):
        return "infinitive"
    if words[-1].pos == "ADP" and len(words) > 1:
        return "preposition"
    inside = parse.tokens_in(content[0].start, content[0].end)
    top = head_of(inside)
    return "object" if top.dep in {"dobj", "pobj", "nsubjpass"} or top.pos in {"NOUN", "PROPN"} else "clause"


TAGGER_EDGES = {"object", "adjective", "noun", "hedge"}
"""Shapes whose content the tagger cuts better than the rules, on articles that neither saw. Of the rest the rules are
better or as good, but for clauses and infinitives that the tagger follows further (19 exact against 5 of 34)."""
SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s")
FURTHER = {"clause", "infinitive"}
RULE_ALONE = {"quotation", "according-to", "transcript", "headline", "question", "answer", "post", "list", "statement"}
"""Shapes that the rules may find without the tagger."""
LIKELY = {"accurate": 0.75, "fast": 0.5}
"""Likelihood of a cue from which a tagger is believed when no rule sees a claim there: the F1 of linked claims is highest."""
CONFIRMED = 0.15
"""The same where a rule does."""


def join(text: str, ruled: list[Draft], tagged: list[Draft]) -> list[Draft]:
    """One claim for each cue: the tagger's and the rules', each for what it cuts best."""
    joined: list[Draft] = []
    met: set[int] = set()
    turns = [r for r in ruled if r.origin.endswith("transcript")]
    for draft in tagged:
        partner = next((r for r in ruled if r.cue and draft.cue and r.cue.overlaps(draft.cue)), None)
        if partner is not None:
            met.add(id(partner))
            if draft.confidence >= CONFIRMED:
                joined.append(_both(text, partner, draft))
        elif (
            draft.confidence > LIKELY[draft.origin.partition(":")[0]]
            and not _acts(draft)
            and not any(draft.source and t.source and draft.source == t.source for t in turns)
        ):
            joined.append(draft)
    alone = [r for r in ruled if id(r) not in met and (shape_of(r.origin) in RULE_ALONE or _inner(r, joined))]
    return [*joined, *(r for r in alone if not any(r.content == j.content for j in joined))]


def _acts(draft: Draft) -> bool:
    """Whether a cue is a deed ("pressured his country to step up ...", "was charged in ..."): then it is an event.

    That is a verb that the ontology has for an event, and no lexicon for saying with a clause: with an infinitive, or in
    the passive where nobody is named.
    """
    verb = draft.verb
    if verb is None or verb.pos != "VERB" or (verb.lemma, "verb") not in load_triggers():
        return False
    frame = frame_of(verb)
    if frame is not None and frame.complements & {"infinitive", "clause"}:
        return False
    if draft.source is None and is_passive(verb):
        return True
    return shape_of(draft.origin) != "quotation" and any(c.tag == "VB" for c in verb.having("xcomp", "ccomp", "advcl"))


def _inner(draft: Draft, around: list[Draft]) -> bool:
    """Whether a claim with a clause lies in a quotation of another one: taggers see flat speech there."""
    cue = draft.cue if shape_of(draft.origin) in {"clause", "infinitive"} else None
    speeches = [a for a in around if shape_of(a.origin) == "quotation"]
    return cue is not None and any(piece.covers(cue) for speech in speeches for piece in speech.content)


def _goes_further(text: str, rule: Draft, found: Draft, shape: str) -> bool:
    """Whether the tagger follows a clause further than the parser did, not into an "after ..." that tells when it was said."""
    (_, end), (_, further) = rule.hull, found.hull
    more = text[end:further]
    opening = more.strip(" ,").partition(" ")[0].lower()
    behind = rule.cue is not None and rule.cue.end <= rule.hull[0] <= found.hull[0]
    return shape in FURTHER and behind and bool(more) and opening not in ADVERBIAL and not SENTENCE_END.search(more)


def _hangs_on(head: Token | None, rule: Draft) -> bool:
    """Whether a source is only named in a clause about the subject: "Rescuers in the north, which is held by rebels, said"."""
    subject = rule.head
    if head is None or subject is None or rule.verb is None or subject.head is not rule.verb or head is subject:
        return False
    above = list(head.ancestors())
    return subject in above and any(t.dep == "relcl" for t in [head, *above[: above.index(subject)]])


def _both(text: str, rule: Draft, found: Draft) -> Draft:
    """The claim that rule and tagger see, with the content of the one that cuts its shape better.

    The source is the tagger's; behind "according to" the rule's, which reads whole what the parser breaks apart.
    """
    shape = shape_of(rule.origin)
    content = found.content if shape in TAGGER_EDGES or _goes_further(text, rule, found, shape) else rule.content
    if shape == "object" and len(rule.content) == len(found.content) == 1:
        start, end = rule.content[0].start, max(found.content[0].end, rule.content[0].end)
        content = [Span.cut(text, start, end)] if not (rule.cue and start <= rule.cue.start < end) else rule.content
    source, head = found.source, found.head
    if source is None or shape == "according-to" or _hangs_on(head, rule):
        source, head = rule.source, rule.head
    if source is not None and any(source.overlaps(piece) for piece in content):
        source, head = (
            (rule.source, rule.head)
            if not rule.source or not any(rule.source.overlaps(p) for p in content)
            else (None, None)
        )
    origin = f"{found.origin.partition(':')[0]}:{shape}"
    return Draft(source, head, rule.cue, rule.verb, content, rule.kind, origin, max(rule.confidence, found.confidence))
