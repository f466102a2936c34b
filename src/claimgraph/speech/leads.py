"""What a line introduces: quoted paragraphs below "X wrote:", statements given out, the items of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.names import is_given, title_length
from claimgraph.lexicon import load_words
from claimgraph.model import Span
from claimgraph.paragraphs import BULLET
from claimgraph.speech.cues import Draft, cue_span, find_subject, frame_of, phrase, trim
from claimgraph.speech.quotations import is_whole
from claimgraph.speech.turns import FIRST_PERSON, Paragraph, has_word, read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Sentence, Token
    from claimgraph.speech.quotations import Quotation

ISSUED = {"statement", "statements", "remarks", "comments", "letter", "message"}
"""What is given out in somebody's own words, which follow."""
ISSUING = {"issue", "release", "make", "give", "publish", "provide", "send", "deliver", "offer", "share", "write"}
CREDIT = re.compile(
    r"\s*(?:[—–]|--|-(?=\s))\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,4}(?:,[^.!?;:\"“”]{2,80})?)"
)
"""Whose a quotation is, behind it: "— Anna Reed, mayor of Lakeport"."""
LONGEST_NAME, LONGEST_CREDIT = 6, 120
"""Words of a name with its titles, characters of a line with one."""
OWNER = r"(?:(?P<owner>[A-Z][\w.]*(?: [A-Z][\w.’'-]*){0,5}?)['’]s?|[^.!?]{0,60}?\b(?P<pronoun>his|her|their))"
REMARKS = re.compile(
    r"(?:(?:[#>*]+|See|Read|Here|Below|is|are|[Tt]he|Full|full|[Tt]ext|[Tt]ranscript|of)\s+)*"
    rf"{OWNER} (?:(?:full|complete|prepared|opening|closing|entire|floor|written) )*"
    r"(?P<noun>remarks|statement|speech|testimony|letter|address|comments)\b[^.!?]{0,80}:"
)
"""A line that says whose words follow, as a release has it."""


class Lead(NamedTuple):
    """Who introduces what follows in the paragraphs below, with which word."""

    source: Span
    cue: Span
    word: Token
    kind: str
    given: bool = False
    """Whether it is a statement or speech that is given out, not something said in a sentence."""


def introduced(parse: Parse, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> list[Draft]:
    """Quoted paragraphs below "X released the following statement" or "X wrote:", and the items of a list below "X said:".

    What has a cue of its own ("...," Reed said) is left to it.
    """
    paragraphs = list(read_paragraphs(parse))
    found: list[Draft] = [*_issued_beside(parse, quotations, drafts)]
    for number, paragraph in enumerate(paragraphs[:-1]):
        lead = _lead(parse, paragraph)
        if lead is None:
            continue
        content, shape = _below(parse, lead, paragraphs[number + 1 :], quotations)
        told = any(d.cue is not None and any(s.overlaps(p) for p in d.content for s in content) for d in drafts)
        if content and not (shape == "rule:quotation" and told):
            head = _head(parse, lead.source)
            found.append(Draft(lead.source, head, lead.cue, lead.word, content, lead.kind, shape, 0.9))
    return found


def _below(
    parse: Parse, lead: Lead, below: list[Paragraph], quotations: tuple[Quotation, ...]
) -> tuple[list[Span], str]:
    """What a lead introduces in the paragraphs below, and the shape of that claim."""
    if content := _quoted_below(parse, below, quotations):
        return content, "rule:quotation"
    if lead.given:
        return [p.span(parse) for p in _spoken_below(parse, below, lead)], "rule:statement"
    return list(_items(parse, below)), "rule:list"


def credited(parse: Parse, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> Iterator[Draft]:
    """Quotations with a name alone behind a dash or in the line below, as pull quotes and testimonials have it."""
    paragraphs = {p.first.paragraph: p for p in read_paragraphs(parse)}
    for q in quotations:
        span = Span.cut(parse.text, q.start, q.end)
        if not is_whole(parse, q) or any(span.overlaps(p) for d in drafts for p in d.content):
            continue
        own, following = paragraphs[q.paragraph], paragraphs.get(q.paragraph + 1)
        beside = CREDIT.fullmatch(parse.text, q.end, own.last.end)
        if beside is not None:
            bounds = beside.span("name")
        elif following is not None and q.end >= own.last.end - 1 and own.first.start >= q.start:
            bounds = following.first.start, following.last.end
            if not _is_name(parse.text[slice(*bounds)]):
                continue
        else:
            continue
        end = bounds[0] + len(parse.text[slice(*bounds)].partition(",")[0])
        name = trim(parse, parse.tokens_in(bounds[0], end))
        yield Draft(name, _head(parse, name), None, None, [span], "say", "rule:quotation", 0.8)


def _is_name(line: str) -> bool:
    """Whether a line is a person's name with a title before it or a given name, and perhaps an office behind a comma."""
    words = line.partition(",")[0].split()
    plain = 1 < len(words) <= LONGEST_NAME and all(w[0].isupper() for w in words) and not line.endswith((".", ":", "?"))
    return plain and len(line) < LONGEST_CREDIT and (title_length(words) > 0 or is_given(words[0]))


def _issued_beside(parse: Parse, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> Iterator[Draft]:
    """Quotations right behind "X released the following statement:"."""
    for q in quotations:
        span = Span.cut(parse.text, q.start, q.end)
        taken = any(d.cue is not None and any(span.overlaps(p) for p in d.content) for d in drafts)
        if taken or not is_whole(parse, q) or not parse.text[: q.start].rstrip().endswith(":"):
            continue
        first = parse.tokens_in(q.start, q.end)[0]
        before = [t for t in first.sentence.tokens if t.end <= q.start]
        if not before and first.i:
            before = [t for t in parse.tokens[first.i - 1].sentence.tokens if t.end <= q.start]
        lead = _issued(parse, before, opens=True) if before else None
        if lead is not None and before[-1].sentence.paragraph == q.paragraph:
            yield Draft(
                lead.source, _head(parse, lead.source), lead.cue, lead.word, [span], "say", "rule:quotation", 0.9
            )


def _head(parse: Parse, span: Span) -> Token:
    """The word of a span on which the others hang."""
    tokens = parse.tokens_in(span.start, span.end)
    inside = {t.i for t in tokens}
    nouns = (t for t in reversed(tokens) if t.head.i not in inside and t.pos in {"NOUN", "PROPN", "PRON"})
    return next(nouns, tokens[-1])


def _lead(parse: Parse, paragraph: Paragraph) -> Lead | None:
    """Who gives something out in the last sentence of a paragraph, or says what comes behind its colon."""
    tokens = paragraph.last.tokens
    opens = paragraph.words(parse).endswith(":")
    if (
        opens
        and paragraph.last.zone in {None, "heading"}
        and (announced := _remarks(parse, paragraph.last)) is not None
    ):
        return announced
    if paragraph.last.zone is not None:
        return None
    if (issued := _issued(parse, tokens, opens=opens)) is not None:
        return issued
    verbs = (t for t in reversed(tokens) if t.pos == "VERB" and t.head.lemma != t.lemma) if opens else ()
    verb = next((t for t in (paragraph.last.root, *verbs) if _introduces(t, tokens)), None) if opens else None
    subject = find_subject(verb) if verb is not None else None
    if verb is None or subject is None or subject.i > verb.i:
        return None
    frame = frame_of(verb)
    return Lead(phrase(parse, subject, before=verb.i), cue_span(parse, verb), verb, frame.kind if frame else "say")


def _issued(parse: Parse, tokens: list[Token], *, opens: bool) -> Lead | None:
    """Who gives out "the following statement", or a statement before a colon."""
    for noun in tokens:
        given = noun.lower in ISSUED and noun.head.lemma in ISSUING
        if given and (opens or any(c.lower in {"following", "below"} for c in noun.children)):
            subject = find_subject(noun.head)
            if subject is not None:
                cue = Span.cut(parse.text, noun.start, noun.end)
                return Lead(phrase(parse, subject, before=noun.head.i), cue, noun, "say", given=True)
    return None


def _remarks(parse: Parse, sentence: Sentence) -> Lead | None:
    """Whose words a line without a verb announces: "Senator Reed's full remarks (as prepared for delivery):"."""
    line = REMARKS.fullmatch(parse.text, sentence.start, sentence.end)
    if line is None:
        return None
    part = "owner" if line["owner"] else "pronoun"
    noun = parse.tokens_in(*line.span("noun"))[0]
    source = trim(parse, [t for t in parse.tokens_in(*line.span(part)) if t.end <= line.end(part)])
    return Lead(source, Span.cut(parse.text, noun.start, noun.end), noun, "say", given=True)


def _introduces(verb: Token, tokens: list[Token]) -> bool:
    """Whether a verb's words are what follows its sentence: nothing but where, when and to whom stands behind it."""
    frame = frame_of(verb)
    if frame is None or "quotation" not in frame.complements:
        return False
    behind = [t for t in tokens if t.i > verb.i]
    return not any(
        t.pos == "VERB" or (t.dep in {"dobj", "ccomp"} and t.head is verb and t.lower != "this") for t in behind
    )


def _quoted_below(parse: Parse, below: list[Paragraph], quotations: tuple[Quotation, ...]) -> list[Span]:
    """The next paragraphs as far as they are quoted from end to end, one after another."""
    content: list[Span] = []
    for paragraph in below:
        span = paragraph.span(parse)
        if not any(q.start <= span.start + 1 and span.end <= q.end + 1 for q in quotations):
            break
        content.append(span)
    return content


def _spoken_below(parse: Parse, below: list[Paragraph], lead: Lead) -> list[Paragraph]:
    """The next paragraphs as far as they speak in the first person, without marks, and not of whom they would be by name.

    The first one does, but below a line that has no verb and announces a speech.
    """
    offices = load_words("titles") | load_words("actor_nouns") | {"the"}
    names = {word for word in re.findall(r"[A-Z][\w’'-]{2,}", lead.source.text) if word.lower() not in offices}
    begins = lead.word.head.lemma not in ISSUING or has_word(parse, below[0], FIRST_PERSON)
    end = next((n for n, p in enumerate(below) if p.first.zone is not None or _tells_of(parse, p, names)), len(below))
    last = next((n for n in range(end, 0, -1) if has_word(parse, below[n - 1], FIRST_PERSON)), 0)
    return below[:last] if begins else []


def _tells_of(parse: Parse, paragraph: Paragraph, names: set[str]) -> bool:
    """Whether a paragraph names somebody, or has speech in marks: then it is the article's own again."""
    words = paragraph.words(parse)
    return any(re.search(rf"\b{re.escape(name)}\b", words) for name in names) or words[:1] in '"“'


def with_items(parse: Parse, drafts: list[Draft]) -> None:
    """Nothing; a claim that ends in a colon gets the items of the list below it: "said that the plan would:"."""
    paragraphs = list(read_paragraphs(parse))
    for number, paragraph in enumerate(paragraphs[:-1]):
        items = list(_items(parse, paragraphs[number + 1 :])) if parse.text[paragraph.last.end - 1] == ":" else []
        for draft in drafts if items else ():
            if draft.hull[1] in {paragraph.last.end, paragraph.last.end - 1}:
                draft.content += items


def _items(parse: Parse, below: list[Paragraph]) -> Iterator[Span]:
    """The items of a list that the next paragraphs are."""
    for paragraph in below:
        start = paragraph.first.start
        before = parse.text[parse.text.rfind("\n", 0, start) + 1 : start]
        if not before.strip() or not BULLET.match(before.lstrip() + "x"):
            return
        yield paragraph.span(parse)
