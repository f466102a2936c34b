"""From drafts to claims: whose each is, how sure, when said, about whom, with which figures, inside which other one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

import msgspec

from claimgraph.lexicon import load_words
from claimgraph.model import Claim, Span
from claimgraph.speech.cues import Draft, shape_of
from claimgraph.speech.voices import NOBODY, Voices, find_speakers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.model import Certainty, Form, Mention, Polarity, Quantity, TimeSpan
    from claimgraph.speech.quotations import Quotation

POSSIBLE = {"may", "might", "could", "possibly", "perhaps", "maybe"}
PROBABLE = {"probably", "likely", "appear", "seem", "apparently", "presumably"}
BACK_REFERENCE = {"this", "that", "it", "so", "these", "those"}
MARKS = " \t\r\n\"“”„«»'‘’`.,;:"
NEAR_SENTENCES = 3
"""A date of saying is carried over to the same speaker's claims so many sentences on."""
TOPIC_COUNT = 3
"""A noun used so often in an article is one of its topics."""
TOPICS = 5


def add_inner(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with the sentences of a quotation as claims inside it where they differ among themselves.

    They differ when one is negated, or tells what others say; a quotation of one voice and polarity stays one claim.
    """
    inner: list[Draft] = []
    for draft in drafts:
        if shape_of(draft.origin) not in {"quotation", "carried-on"}:
            continue
        sentences = list(_sentences_inside(parse, draft))
        nested = [
            d for d in drafts if d is not draft and d.cue is not None and any(p.covers(d.cue) for p in draft.content)
        ]
        differs = any(is_negated(parse, [s]) for s in sentences) or nested
        if len(sentences) < 2 or not differs:
            continue
        inner += [
            Draft(None, None, None, None, [sentence], draft.kind, "rule:inner-sentence", 0.8, draft)
            for sentence in sentences
            if not any(d.cue is not None and sentence.covers(d.cue) for d in nested)
        ]
    return sorted(
        [*drafts, *inner], key=lambda d: (d.hull[0] + (d.origin == "rule:inner-sentence"), -d.hull[1], d.start)
    )


def _sentences_inside(parse: Parse, draft: Draft) -> Iterator[Span]:
    """The sentences of a direct quotation, without quotation marks and final full stop."""
    for piece in draft.content:
        for sentence in parse.sentences:
            start, end = max(sentence.start, piece.start), min(sentence.end, piece.end)
            while start < end and parse.text[start] in MARKS:
                start += 1
            while start < end and parse.text[end - 1] in MARKS:
                end -= 1
            if start < end and len(parse.text[start:end].split()) > 1:
                yield Span.cut(parse.text, start, end)


def complete(
    parse: Parse,
    drafts: list[Draft],
    quotations: tuple[Quotation, ...],
    mentions: tuple[Mention, ...],
    times: tuple[TimeSpan, ...],
    quantities: tuple[Quantity, ...],
    *,
    voices: Voices = NOBODY,
) -> tuple[Claim, ...]:
    """The claims, in text order, each with its fields; ids "c1" on."""
    ids = {id(draft): f"c{number}" for number, draft in enumerate(drafts, 1)}
    around = {id(draft): _enclosing(draft, drafts) for draft in drafts}
    speakers = find_speakers(drafts, around, mentions, quotations, text=parse.text, voices=voices)
    topics = article_topics(parse)
    claims: list[Claim] = []
    for draft in drafts:
        outer, verb = around[id(draft)], draft.verb
        content = tuple(draft.content)
        said = _said_on(parse, draft, times)
        claims.append(
            Claim(
                id=ids[id(draft)],
                source=draft.source,
                source_entity=speakers[id(draft)],
                cue=draft.cue,
                content=content,
                form="direct" if draft.origin in {"rule:inner-sentence", "rule:post"} else form_of(content, quotations),
                cue_class=draft.kind,
                polarity=polarity_of(draft, verb),
                negated=is_negated(parse, content),
                certainty=certainty_of(parse, draft),
                stance=stance_of(draft),
                stance_target=_target(draft, mentions),
                inside=ids[id(outer)] if outer is not None else None,
                said_on=said.id if said else None,
                inferred=_not_stated(draft, outer),
                about=about(content, mentions),
                topics=tuple(t for t in topics if any(t in _words(parse, s) for s in content)),
                quantities=tuple(q.id for q in quantities if any(s.covers(q) for s in content)),
                sentence=_sentence(parse, draft),
                confidence=draft.confidence,
                origin=draft.origin,
            )
        )
    return tuple(_carry_dates(parse, claims))


def _not_stated(draft: Draft, outer: Draft | None) -> tuple[str, ...]:
    """The fields that the text leaves out: a quotation carried on has its source before, a transcript's line no verb."""
    if draft.origin in {"rule:carried-on", "rule:answer", "rule:question"}:
        return ("source",)
    return () if draft.cue or outer else ("cue",)


def _enclosing(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The smallest claim whose content holds this one's cue, or its content where it has no cue."""
    anchor = draft.cue or draft.content[0]
    start, end = draft.hull
    holders = [
        d for d in drafts
        if d is not draft and any(p.covers(anchor) for p in d.content)
        and (d.hull[0] <= start and end <= d.hull[1]) and d.hull != draft.hull and not (draft.cue and d.cue == draft.cue)
    ]  # fmt: skip
    return min(holders, key=lambda d: d.hull[1] - d.hull[0], default=None)


def form_of(content: tuple[Span, ...], quotations: tuple[Quotation, ...]) -> Form:
    """Direct when every piece is a quotation, mixed when some words are quoted, else indirect."""
    quoted = [any(abs(q.start - s.start) <= 1 and abs(q.end - s.end) <= 1 for q in quotations) for s in content]
    if all(quoted):
        return "direct"
    return (
        "mixed" if any(s.start <= q.start and q.end <= s.end + 1 for s in content for q in quotations) else "indirect"
    )


def polarity_of(draft: Draft, verb: Token | None) -> Polarity:
    """The cue's: denied by a denial's verb, questioned by asking and by "did not say"; two negations affirm.

    A line of a transcript has no verb; where it ends in a question, its speaker asks.
    """
    if shape_of(draft.origin) in {"transcript", "question"} and draft.content[-1].text.rstrip(" \"'”’)").endswith("?"):
        return "questioned"
    negated = verb is not None and bool(verb.having("neg"))
    if draft.kind == "deny":
        return "affirmed" if negated else "denied"
    return (
        "questioned"
        if (draft.kind == "ask" and not draft.origin.endswith(("infinitive", "preposition"))) or negated
        else "affirmed"
    )


def stance_of(draft: Draft) -> Literal["positive", "negative"] | None:
    """Positive for praise, negative for accusation and for the rejection of a thing; a denied clause is no stance."""
    if draft.kind == "praise":
        return "positive"
    return (
        "negative" if draft.kind == "accuse" or (draft.kind == "deny" and shape_of(draft.origin) == "object") else None
    )


def is_negated(parse: Parse, content: Iterable[Span]) -> bool:
    """Whether the content denies what it speaks of: each sentence's main verb is negated."""
    verdicts = []
    for span in content:
        tokens = parse.tokens_in(span.start, span.end)
        inside = {t.i for t in tokens}
        roots = [
            t for t in tokens if (t.head.i not in inside or t.head is t) and t.pos in {"VERB", "AUX", "NOUN", "PROPN"}
        ]
        for root in roots[:3]:
            neg = [t for t in root.having("neg") if t.i in inside]
            none = any(
                t.lower in {"no", "none", "nobody", "neither"} and t.i < root.i
                for s in root.having("nsubj", "nsubjpass")
                for t in [s, *s.children]
            )
            verdicts.append((bool(neg) and root.pos in {"VERB", "AUX"}) or none)
    return bool(verdicts) and all(verdicts)


def certainty_of(parse: Parse, draft: Draft) -> Certainty:
    """How sure the content is put: unknown for a mere back reference, else by modal words and a believing cue (FactBank)."""
    words = {t.lemma for s in draft.content for t in parse.tokens_in(s.start, s.end)}
    if len(draft.content) == 1 and draft.content[0].text.strip(MARKS).lower() in BACK_REFERENCE:
        return "unknown"
    if draft.content[0].text.lower().startswith("whether "):
        return "unknown"
    if words & POSSIBLE:
        return "possible"
    return "probable" if words & PROBABLE or draft.kind == "believe" else "certain"


def _said_on(parse: Parse, draft: Draft, times: tuple[TimeSpan, ...]) -> TimeSpan | None:
    """The time that hangs on the cue's verb, outside source and content."""
    if draft.verb is None or shape_of(draft.origin) == "according-to":
        return None
    for time in times:
        outside = not any(time.overlaps(s) for s in [*draft.content, *filter(None, [draft.source])])
        tokens = parse.tokens_in(time.start, time.end)
        if not outside or not tokens or time.type == "set" or tokens[0].sentence is not draft.verb.sentence:
            continue
        head = next((t.head for t in tokens if t.head.i not in {x.i for x in tokens}), tokens[-1])
        if head is draft.verb or (head.dep == "prep" and head.head is draft.verb):
            return time
    return None


def _carry_dates(parse: Parse, claims: list[Claim]) -> Iterator[Claim]:
    """The claims, the date of a speaker's claim carried to the next ones of the same speaker, marked as inferred."""
    last: dict[str, tuple[str, int]] = {}
    for claim in claims:
        anchor = claim.cue or claim.content[0]
        sentence = parse.tokens_in(anchor.start, anchor.end)[0].sentence
        time, index = last.get(claim.source_entity or "", (None, 0))
        carries = claim.cue is not None and claim.cue_class == "say" and claim.inside is None and sentence.zone is None
        if claim.said_on and claim.source_entity:
            last[claim.source_entity] = claim.said_on, sentence.index
            yield claim
        elif time and carries and sentence.index - index <= NEAR_SENTENCES:
            inferred, sure = (*claim.inferred, "said_on"), round(claim.confidence - 0.05, 2)
            yield msgspec.structs.replace(claim, said_on=time, inferred=inferred, confidence=sure)
        else:
            yield claim


def about(content: tuple[Span, ...], mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Entities mentioned in the content, each once, in text order."""
    return tuple(
        dict.fromkeys(
            m.entity for m in mentions if m.entity and m.kind != "pronoun" and any(s.covers(m) for s in content)
        )
    )


def _target(draft: Draft, mentions: tuple[Mention, ...]) -> str | None:
    """Who is praised or accused: the first entity of the content."""
    if draft.kind not in {"praise", "accuse"}:
        return None
    inside = [m for m in mentions if m.entity and draft.content[0].covers(m)]
    first = min(inside, key=lambda m: (m.start, -m.end), default=None)
    return first.entity if first else None


def _sentence(parse: Parse, draft: Draft) -> Span:
    """The whole sentences that the claim stands in."""
    spans = [*draft.content, *filter(None, (draft.source, draft.cue))]
    tokens = [t for s in spans for t in parse.tokens_in(s.start, s.end)]
    start, end = min(t.sentence.start for t in tokens), max(t.sentence.end for t in tokens)
    return Span.cut(parse.text, min(start, draft.start), max(end, draft.hull[1]))


def _words(parse: Parse, span: Span) -> set[str]:
    return {word for t in parse.tokens_in(span.start, span.end) for word in (t.lemma, t.lower)}


def article_topics(parse: Parse) -> tuple[str, ...]:
    """The nouns that the article keeps using: neither actors nor times nor measures."""
    names = {i for n in parse.names for i in range(n.first, n.last)}
    actors = load_words("actor_nouns")
    counts = Counter(
        t.lemma
        for t in parse.tokens
        if t.tag in {"NN", "NNS"} and t.i not in names and len(t.text) > 3 and t.lemma not in actors
    )
    plain = [
        (word, n)
        for word, n in counts.items()
        if n >= TOPIC_COUNT and word not in load_words("no_topics") and re.fullmatch(r"[a-z-]+", word)
    ]
    return tuple(word for word, _ in sorted(plain, key=lambda item: (-item[1], item[0]))[:TOPICS])
