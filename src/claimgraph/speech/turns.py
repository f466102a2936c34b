"""Who speaks by the layout of a text: transcripts and interviews, with names or without, posts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.names import is_given, title_length
from claimgraph.model import Span
from claimgraph.speech.cues import Draft, trim
from claimgraph.speech.quotations import is_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Sentence

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
    "operator",
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
POST_END = re.compile(rf"\s*(?:[—–]|--)\s*{HANDLE}\s+[A-Z]\w+\.? \d{{1,2}}, \d{{4}}(?!\w)")
"""The same behind the post, in one paragraph."""
LINK = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+$")
QUESTIONS = 3
"""Questions in paragraphs of their own from which an unmarked text is an interview; a speech has fewer."""
LONGEST_QUESTION = 80
"""Words of the longest question of an interview."""
FIRST_PERSON = {"i", "we", "my", "our", "me", "us", "i'm", "myself"}
SECOND_PERSON = {"you", "your", "yours"}


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
    paragraphs = list(read_paragraphs(parse))
    posts = list(_posts(parse, paragraphs))
    return [*(list(_transcript(parse, paragraphs)) or list(_interview(parse, paragraphs))), *posts]


def read_paragraphs(parse: Parse) -> Iterator[Paragraph]:
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

    A single word is a name where a given name or title stood before it once, in capitals where it stands elsewhere without:
    "Time:", "Serves:" and "HHS:" are none.
    """
    label = _label(match)
    if label.startswith("Dear "):
        return False
    if match["letter"]:
        return counts["Q"] >= 1 and counts["A"] >= 1
    words, before = label.split(), text[: match.start()]
    if label in {"Q", "A"} or label.lower() in UNNAMED:
        return True
    often = counts[words[-1]] >= TURNS
    if label.isupper() and len(label) > 1:
        return len(words) > 1 or often or words[0].title() in text
    if len(words) > 1:
        named = is_given(words[0]) or title_length(words) > 0 or words[-1].lower() not in text.split()
        return (often and named) or (label in before and max(counts.values()) >= TURNS)
    return often and re.search(rf"[A-Z][\w.’'-]+ {re.escape(label)}\b", before) is not None


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
    addressed = sum(has_word(parse, paragraphs[n], SECOND_PERSON) for n in asked)
    personal = sum(any(has_word(parse, p, FIRST_PERSON) for p in answer) for answer in answers)
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
    last = next((n for n in range(len(found), 0, -1) if has_word(parse, found[n - 1], FIRST_PERSON)), 0)
    return found[:last]


def has_word(parse: Parse, paragraph: Paragraph, words: set[str]) -> bool:
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
