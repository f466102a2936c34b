"""Where quotation marks open and close, paragraph by paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.paragraphs import QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse

OPENERS, CLOSERS = "“„«", "”»"
SINGLE = re.compile(r"(?:(?<=[\s(\[])|^)['‘](?=[A-Za-z0-9])(?:[^'’‘]|(?<=\w)['’](?=\w)){3,400}?['’](?=[\s,.;:!?)]|$)")
WHOLE_WORDS = 4
"""Words from which a quotation counts as one that says something by itself, not as quoted wording in a sentence."""


class Quotation(NamedTuple):
    """Characters `[start, end)` with their marks; `continues` when the speech runs on in the next paragraph."""

    start: int
    end: int
    paragraph: int
    continues: bool


def find_quotations(parse: Parse) -> tuple[Quotation, ...]:
    """All quotations of the text in order.

    Curly marks say themselves whether they open or close; straight ones alternate. A mark that is never closed
    holds to the end of its paragraph, and the speech goes on where the next paragraph opens with a mark
    (the printers' rule for speech over several paragraphs). Single marks count where a paragraph has no double ones.
    A paragraph behind the mark of a block quotation (">") is quoted as a whole.
    """
    found: list[Quotation] = []
    bounds = list(paragraph_bounds(parse))
    marked = {number for number, start, _ in bounds if is_marked(parse.text, start)}
    for number, start, end in bounds:
        text = parse.text[start:end]
        if number in marked and not any(_double(text)):
            found.append(Quotation(start, end, number, number + 1 in marked))
            continue
        marks = list(_double(text)) or [(m.start(), m.end(), True) for m in SINGLE.finditer(text)]
        found.extend(Quotation(start + s, start + e, number, not closed) for s, e, closed in marks)
    return tuple(found)


def paragraph_bounds(parse: Parse) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each paragraph."""
    first = last = None
    for sentence in parse.sentences:
        if last is None or sentence.paragraph != last.paragraph:
            if first is not None and last is not None:
                yield first.paragraph, first.start, last.end
            first = sentence
        last = sentence
    if first is not None and last is not None:
        yield first.paragraph, first.start, last.end


def is_marked(text: str, start: int) -> bool:
    """Whether a paragraph stands behind the mark of a block quotation."""
    return QUOTED.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None


def _double(text: str) -> Iterator[tuple[int, int, bool]]:
    """Bounds of what stands in double marks, and whether it was closed."""
    opened: int | None = None
    for mark in re.finditer(r"[“”„«»\"]|``|''", text):
        sign = mark.group()
        if opened is None:
            if sign in CLOSERS:
                continue
            opened = mark.start()
        elif sign not in OPENERS and sign != "``":
            yield opened, mark.end(), True
            opened = None
    if opened is not None and len(text) - opened > 1:
        yield opened, len(text), False


def is_whole(parse: Parse, quotation: Quotation) -> bool:
    """Whether the quotation is an utterance: it ends like a sentence or before a comma of its speaker's clause."""
    inner = parse.text[quotation.start : quotation.end].strip("“”„«»\"'‘’`")
    if len(inner.split()) < 2:
        return False
    ends = re.search(r"[.,!?…—–-]\s*$", inner) or parse.text[quotation.end : quotation.end + 1] in {",", "."}
    begins = inner[:1].isupper() or inner[:1] in ".…[" or inner[:1].isdigit()
    if begins and (ends or quotation.continues):
        return True
    return bool(ends) and len(inner.split()) >= WHOLE_WORDS and inner.rstrip().endswith(",")
