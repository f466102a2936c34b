"""Who speaks by the layout of a text: transcripts and interviews, with names or without, posts of social networks, statements."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.cues import Draft, cue_span, find_subject, frame_of, phrase, trim
from claimgraph.model import Span
from claimgraph.paragraphs import BULLET
from claimgraph.quotations import is_marked, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Sentence, Token
    from claimgraph.quotations import Quotation

SPEAKER_LINE = re.compile(
    r"(?:\(\((?P<marked>[A-Z][\w.’' -]*)\)\)\s*:?"
    r"|(?P<plain>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'\- ]{0,60}|[A-ZÀ-ÖØ-Þ][\w.’'-]+(?: [A-ZÀ-ÖØ-Þ][\w.’'-]+){0,4}):(?=\s|[A-Z][a-z])"
    r"|(?P<letter>[QA])\.)(?=\s|[A-Z])"
)
"""Who speaks, at the beginning of a paragraph: "PRIME MINISTER REED:", "Q:", "A.", "Anna Reed:", "((WN)):"."""
UNNAMED = {
    "question",
    "answer",
    "interviewer",
    "moderator",
    "interpreter",
    "translator",
    "reporter",
    "host",
    "audience",
}
"""What transcripts call those whom they do not name."""
TURNS = 2
"""A speaker in small letters takes at least so many turns: "Update:" and "Correction:" stand once."""
HANDLE = r"(?P<name>[A-ZÀ-ÖØ-Þ][^\n()@]{1,60}?)\s*\(@\w{1,40}\)"
POST_LINE = re.compile(rf"(?:[—–-]{{1,2}}\s*)?{HANDLE}(?:\s+\S.{{0,40}})?")
"""Whose a post above is: "— Anna Reed (@reed) March 3, 2024"."""
POST_END = re.compile(rf"\s*(?:[—–]|--)\s*{HANDLE}\s+[A-Z]\w+\.? \d{{1,2}}, \d{{4}}$")
"""The same behind the post, in one paragraph."""
LINK = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+$")
QUESTIONS = 3
"""Questions in paragraphs of their own from which an unmarked text is an interview; a speech has fewer."""
LONGEST_QUESTION = 80
"""Words of the longest question of an interview."""
FIRST_PERSON = {"i", "we", "my", "our", "me", "us", "i'm", "myself"}
SECOND_PERSON = {"you", "your", "yours"}
TITLES = {
    "Senator",
    "Senators",
    "Congressman",
    "Congresswoman",
    "Representative",
    "President",
    "Minister",
    "The",
    "House",
    "Senate",
}
ISSUED = {"statement", "statements", "remarks", "comments", "letter", "message"}
"""What is given out in somebody's own words, which follow."""
ISSUING = {"issue", "release", "make", "give", "publish", "provide", "send", "deliver", "offer", "share", "write"}


REMARKS = re.compile(
    r"(?:(?:[#>*]+|See|Read|Here|Below|is|are|[Tt]he|Full|full|[Tt]ext|[Tt]ranscript|of)\s+)*"
    r"(?P<owner>[A-Z][\w.]*(?: [A-Z][\w.’'-]*){0,5}?)['’]s? (?:(?:full|complete|prepared|opening|closing|entire|floor|written) )*"
    r"(?P<noun>remarks|statement|speech|testimony|letter|address|comments)\b[^.!?]{0,80}:"
)
"""A line that says whose words follow, as a release has it."""


class Paragraph(NamedTuple):
    """First and last sentence of a paragraph."""

    first: Sentence
    last: Sentence

    def words(self, parse: Parse) -> str:
        """Its text."""
        return parse.text[self.first.start : self.last.end]

    def span(self, parse: Parse) -> Span:
        """Its text with its place."""
        return Span.cut(parse.text, self.first.start, self.last.end)


def find_turns(parse: Parse) -> list[Draft]:
    """What the layout shows somebody to say: the turns of a transcript, else of an interview; posts."""
    paragraphs = list(_paragraphs(parse))
    posts = list(_posts(parse, paragraphs))
    return [*(list(_transcript(parse, paragraphs)) or list(_interview(parse, paragraphs))), *posts]


def _paragraphs(parse: Parse) -> Iterator[Paragraph]:
    """The paragraphs that are read."""
    first: Sentence | None = None
    for sentence, following in zip(parse.sentences, [*parse.sentences[1:], None], strict=False):
        first = first or sentence
        if following is None or following.paragraph != sentence.paragraph:
            yield Paragraph(first, sentence)
            first = None


# ---- transcripts


def _transcript(parse: Parse, paragraphs: list[Paragraph]) -> Iterator[Draft]:
    """Paragraphs "SPEAKER: words", with the paragraphs up to the next speaker; at least two speakers' turns make a transcript."""
    lines = [SPEAKER_LINE.match(parse.text, p.first.start, p.last.end) for p in paragraphs]
    counts = Counter(_label(match).split()[-1] for match in lines if match)
    turns: list[Draft] = []
    for (first, last), match in zip(paragraphs, lines, strict=True):
        if match and match.end() < last.end and _is_speaker(parse.text, match, counts):
            turns.append(_turn(parse, last, match))
        elif turns and first.zone is None:
            turns[-1].content.append(Span.cut(parse.text, first.start, last.end))
    if len(turns) > 1:
        yield from turns


def _label(match: re.Match[str]) -> str:
    return match["marked"] or match["plain"] or match["letter"]


def _is_speaker(text: str, match: re.Match[str], counts: Counter[str]) -> bool:
    """Whether a line's label is a speaker: in capitals; a name of several turns, or one that the text has before, beside such ones.

    A single word is a name where a given name or title stood before it once: "Time:" and "Serves:" are none.
    """
    label = _label(match)
    if label.startswith("Dear "):
        return False
    if match["letter"]:
        return counts["Q"] >= 1 and counts["A"] >= 1
    if (label.isupper() and len(label) > 1) or label in {"Q", "A"} or label.lower() in UNNAMED:
        return True
    often = counts[label.split()[-1]] >= TURNS
    if len(label.split()) > 1:
        return often or (label in text[: match.start()] and max(counts.values()) >= TURNS)
    return often and re.search(rf"[A-Z][\w.’'-]+ {re.escape(label)}\b", text[: match.start()]) is not None


def _turn(parse: Parse, last: Sentence, match: re.Match[str]) -> Draft:
    """What one speaker says in one paragraph."""
    start, end = match.span(next(name for name in ("marked", "plain", "letter") if match[name]))
    begin = match.end() + len(parse.text[match.end() :]) - len(parse.text[match.end() :].lstrip())
    name = [t for t in parse.tokens_in(start, end) if t.start < end]
    colon = match.end() - 1 if parse.text[match.end() - 1] in ":." else -1
    cue = Span.cut(parse.text, colon, colon + 1) if colon >= 0 else None
    content = [Span.cut(parse.text, begin, last.end)]
    source = Span.cut(parse.text, start, end) if match["letter"] else trim(parse, name)
    return Draft(source, name[-1], cue, None, content, "say", "rule:transcript", 0.9)


def without_labels(parse: Parse, drafts: list[Draft]) -> None:
    """Nothing; a source that the label of a turn was taken into loses it: "Q. Governor Reed says"."""
    labels = {
        d.source.start: d.cue.end for d in drafts if d.verb is None and d.source is not None and d.cue is not None
    }
    for draft in drafts:
        end = labels.get(draft.source.start) if draft.source is not None and draft.verb is not None else None
        if draft.source is not None and end is not None and end < draft.source.end:
            draft.source = trim(parse, parse.tokens_in(end, draft.source.end))


# ---- interviews whose speakers are not named line by line


def _interview(parse: Parse, paragraphs: list[Paragraph]) -> Iterator[Draft]:
    """Questions in paragraphs of their own, each answered in the first person: of nobody named, "I" is who is asked."""
    asked = [n for n, paragraph in enumerate(paragraphs) if _is_question(parse, paragraph)]
    if len(asked) < QUESTIONS:
        return
    answers = [_answer(parse, paragraphs, n, end) for n, end in zip(asked, [*asked[1:], len(paragraphs)], strict=True)]
    addressed = sum(_has(parse, paragraphs[n], SECOND_PERSON) for n in asked)
    personal = sum(any(_has(parse, p, FIRST_PERSON) for p in answer) for answer in answers)
    if 2 * addressed < len(asked) or 3 * personal < 2 * len(asked):
        return
    for number, answer in zip(asked, answers, strict=True):
        if answer:
            question = [paragraphs[number].span(parse)]
            yield Draft(None, None, None, None, question, "ask", "rule:question", 0.7)
            content = [paragraph.span(parse) for paragraph in answer]
            yield Draft(None, None, None, None, content, "say", "rule:answer", 0.7)


def _is_question(parse: Parse, paragraph: Paragraph) -> bool:
    """Whether a paragraph asks: it ends so, and nothing in it is quoted."""
    words = paragraph.words(parse)
    whole = paragraph.first.zone in {None, "heading"} and not re.search(r"[\"“”]", words)
    return whole and words.endswith("?") and len(words.split()) <= LONGEST_QUESTION


def _answer(parse: Parse, paragraphs: list[Paragraph], question: int, end: int) -> list[Paragraph]:
    """The paragraphs between two questions; behind the last one those that still speak in the first person."""
    found = [p for p in paragraphs[question + 1 : end] if p.first.zone is None]
    if end < len(paragraphs):
        return found
    last = next((n for n in range(len(found), 0, -1) if _has(parse, found[n - 1], FIRST_PERSON)), 0)
    return found[:last]


def _has(parse: Parse, paragraph: Paragraph, words: set[str]) -> bool:
    """Whether one of the words stands in a paragraph, outside quotation marks."""
    plain = re.sub(r"[\"“][^\"“”]*[\"”]", " ", paragraph.words(parse).lower())
    return any(word in words for word in re.findall(r"[a-z']+", plain.replace("’", "'")))


# ---- posts


def _posts(parse: Parse, paragraphs: list[Paragraph]) -> Iterator[Draft]:
    """What somebody posted, by the line with name and handle behind it or below it."""
    for number, paragraph in enumerate(paragraphs):
        words, start = paragraph.words(parse), paragraph.first.start
        within, line = POST_END.search(words), POST_LINE.fullmatch(words)
        if within is not None and words[: within.start()].strip():
            yield _post(parse, within, start, [(start, start + within.start())])
        elif line is not None and (above := _above(parse, paragraphs, number)):
            yield _post(parse, line, start, [(p.first.start, p.last.end) for p in above])


def _above(parse: Parse, paragraphs: list[Paragraph], number: int) -> list[Paragraph]:
    """The paragraph above a post's line; all of those that are marked as quoted."""
    first = number - 1
    while first > 0 and all(is_marked(parse.text, paragraphs[n].first.start) for n in (first, first - 1)):
        first -= 1
    return [p for p in paragraphs[max(first, 0) : number] if p.first.zone is None]


def _post(parse: Parse, line: re.Match[str], start: int, pieces: list[tuple[int, int]]) -> Draft:
    """The claim of a post; links at its end are no words."""
    name = parse.tokens_in(start + line.start("name"), start + line.end("name"))
    content = []
    for first, last in pieces:
        link = LINK.search(parse.text[first:last])
        content.append(Span.cut(parse.text, first, first + link.start() if link and link.start() else last))
    return Draft(trim(parse, name), name[-1], None, None, content, "say", "rule:post", 0.9)


# ---- what a line introduces


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
    paragraphs = list(_paragraphs(parse))
    found: list[Draft] = [*_issued_beside(parse, quotations, drafts)]
    for number, paragraph in enumerate(paragraphs[:-1]):
        lead = _lead(parse, paragraph)
        if lead is None:
            continue
        below = paragraphs[number + 1 :]
        content = _quoted_below(parse, below, quotations)
        if lead.given:
            rest = [] if content else [p.span(parse) for p in _spoken_below(parse, below, lead)]
        else:
            rest = [] if content else list(_items(parse, below))
        if any(d.cue is not None and any(s.overlaps(p) for p in d.content for s in content) for d in drafts):
            continue
        if content or rest:
            shape = "rule:quotation" if content else "rule:statement" if lead.given else "rule:list"
            head = _head(parse, lead.source)
            found.append(Draft(lead.source, head, lead.cue, lead.word, content or rest, lead.kind, shape, 0.9))
    return found


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
            yield Draft(lead.source, _head(parse, lead.source), lead.cue, lead.word, [span], "say", "rule:quotation", 0.9)


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
    if opens and paragraph.last.zone in {None, "heading"} and (announced := _remarks(parse, paragraph.last)) is not None:
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
    owner = parse.tokens_in(*line.span("owner"))
    noun = parse.tokens_in(*line.span("noun"))[0]
    source = trim(parse, [t for t in owner if t.end <= line.end("owner")])
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
    names = {word for word in re.findall(r"[A-Z][\w’'-]{2,}", lead.source.text) if word not in TITLES}
    begins = lead.word.head.lemma not in ISSUING or _has(parse, below[0], FIRST_PERSON)
    end = next((n for n, p in enumerate(below) if p.first.zone is not None or _tells_of(parse, p, names)), len(below))
    last = next((n for n in range(end, 0, -1) if _has(parse, below[n - 1], FIRST_PERSON)), 0)
    return below[:last] if begins else []


def _tells_of(parse: Parse, paragraph: Paragraph, names: set[str]) -> bool:
    """Whether a paragraph names somebody, or has speech in marks: then it is the article's own again."""
    words = paragraph.words(parse)
    return any(re.search(rf"\b{re.escape(name)}\b", words) for name in names) or words[:1] in '"“'


def with_items(parse: Parse, drafts: list[Draft]) -> None:
    """Nothing; a claim that ends in a colon gets the items of the list below it: "said that the plan would:"."""
    paragraphs = list(_paragraphs(parse))
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
