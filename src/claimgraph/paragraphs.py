"""Where paragraphs begin and end in text as it comes, and what a parser is to read of one: layout undone, offsets kept."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WINDOW = 8_000
"""Characters parsed at once: longer paragraphs (one line of a whole book) are cut at a space to bound memory."""
COLUMN = 120
"""Characters of the longest hard-wrapped line: wires and mail break at 65 to 80, terminals at 100."""
WRAPPED_LINES = 3
"""Lines broken inside a sentence from which a whole text counts as hard-wrapped."""
FULL = 0.6
"""Share of the column from which a line without a full stop goes on in the next: shorter ones are headings and addresses."""

BLOCK = re.compile(r"\S(?:.|\n(?![ \t\r]*\n))*")
LINE = re.compile(r"[^\n]*\S")
FINISHED = re.compile(r"[.!?:;\"”’')\]]$")
BULLET = re.compile(r"(?:[•‣◦▪■●·*–—+-]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+(?=\S)")
"""What an item of a list begins with."""
TURN = re.compile(r"(?:Q|A|[A-Z][A-Z.’' -]{1,40}):[ \t]|[QA]\.[ \t]")
"""What a turn of a transcript begins with, where turns are not parted by blank lines."""
QUOTED = re.compile(r"[ \t]*>+[ \t]?")
"""What mail and Markdown put before each line of a quotation."""
MARK = re.compile(rf"\s*(?:{QUOTED.pattern})?\s*(?:{BULLET.pattern})?")
"""What stands before a paragraph's words."""
INDENT = re.compile(r"[ \t]{2,}|\t")

LAYOUT = re.compile(
    r"(?<=[a-z])(?P<hyphen>-)[ \t]*\r?\n[ \t>]*(?=[a-z])|(?P<soft>[\u00ad\u200b\u2060\ufeff]+)|\s*\n[ \t]*>+\s*|\s{2,}"
)
"""What a page puts between characters: a hyphen at the end of a line, marks without width, several blanks."""
BLANK = re.compile(r"\s")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Bounds of the paragraphs: parted by blank lines, and by line ends unless the text is hard-wrapped.

    >>> text = "It rained in\nRome. The mayor said\nso.\n   Nobody was\nhurt."
    >>> [text[start:end] for start, end in paragraphs(text)]
    ['It rained in\nRome. The mayor said\nso.', 'Nobody was\nhurt.']

    Items of lists, turns of transcripts and indented first lines begin a paragraph of their own.
    """
    blocks = [[_moved(m.span(), b.start()) for m in LINE.finditer(b.group())] for b in BLOCK.finditer(text)]
    column = _column(text, blocks)
    for lines in blocks:
        least = min(_indent(text, *line) for line in lines)
        for run in _runs(text, lines):
            indented = column and _indent(text, *run[0]) > least
            for start, end in [(run[0][0], run[-1][1])] if indented else _joined(text, run, column):
                yield from _windows(text, start, end)


def flatten(text: str, start: int, end: int, *, is_word: Callable[[str], bool]) -> tuple[str, list[int] | None]:
    r"""What a parser is to read of `text[start:end]`, and the offset of each character, None where they are one for one.

    >>> flatten("the  govern-\nment", 0, 17, is_word=lambda word: word == "government")[0]
    'the government'

    A word broken at a line's end is joined; its hyphen stays where only the parts are words ("well-known").
    """
    part = text[start:end]
    if not LAYOUT.search(part):
        return BLANK.sub(" ", part), None
    plain: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in LAYOUT.finditer(part):
        put = _instead(part, match, is_word)
        plain += [part[at : match.start()], put]
        offsets += [*range(start + at, start + match.start()), *([start + match.start()] * len(put))]
        at = match.end()
    return BLANK.sub(" ", "".join([*plain, part[at:]])), [*offsets, *range(start + at, end)]


def _instead(part: str, match: re.Match[str], is_word: Callable[[str], bool]) -> str:
    """What stands for a piece of layout: nothing, a hyphen, or one blank."""
    if match["soft"]:
        return ""
    if not match["hyphen"]:
        return " "
    before, after = re.findall(r"[\w-]*$", part[: match.start()])[0], re.match(r"\w*", part[match.end() :])
    behind = after.group() if after else ""
    return "" if is_word(before + behind) or not (is_word(before) and is_word(behind)) else "-"


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _column(text: str, blocks: list[list[tuple[int, int]]]) -> int:
    """Length of the longest line of a hard-wrapped text, 0 for any other."""
    pairs = [(text[slice(*a)], text[slice(*b)]) for lines in blocks for a, b in pairwise(lines)]
    broken = [len(line) for line, following in pairs if _goes_on(line, following)]
    return max(broken) if len(broken) >= WRAPPED_LINES else 0


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence runs over the end of a short line: no full stop before, a small letter behind."""
    return len(line) <= COLUMN and not FINISHED.search(line) and following.lstrip(" \t>")[:1].islower()


def _runs(text: str, lines: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The lines of a block, parted where a line begins something new."""
    indents = [_indent(text, *line) for line in lines]
    least = min(indents)
    run: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if run and (_opens(text, run[-1], line) or indents[number] > least):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _indent(text: str, start: int, end: int) -> int:
    """Blanks before a line's first word, 0 for fewer than two; a block begins at a word, so what stands before counts."""
    begin = text.rfind("\n", 0, start) + 1
    blanks = text[begin:start] + text[start : end - len(text[start:end].lstrip())]
    return len(blanks) if INDENT.match(blanks) else 0


def _opens(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    """Whether a line is an item of a list, a turn or a quoted one, where the line before does not run on into it."""
    words, last = text[slice(*line)].lstrip(), text[slice(*before)].lstrip()
    if QUOTED.match(words) is not None and not QUOTED.match(last):
        return True
    item = BULLET.match(words) and (FINISHED.search(last) or BULLET.match(last) or len(last) < len(words) / 2)
    return bool(item or TURN.match(words))


def _joined(text: str, lines: list[tuple[int, int]], column: int) -> Iterator[tuple[int, int]]:
    """Bounds of the paragraphs in lines, marks of items left out: all of them where they are wrapped, else those that run over their ends."""
    words = [text[slice(*line)] for line in lines]
    whole = len(lines) > 2 and _is_wrapped(words)
    start, end = lines[0]
    for number, line in enumerate(lines[1:], 1):
        unfinished = FULL * column <= len(words[number - 1]) <= COLUMN and not FINISHED.search(words[number - 1])
        if whole or _goes_on(words[number - 1], words[number]) or (column and unfinished):
            end = line[1]
        else:
            yield start, end
            start, end = line
    yield start, end


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines break where the column ends, not where a thought does: most end without a full stop, some inside a sentence."""
    unfinished = sum(not FINISHED.search(line) for line in lines[:-1])
    running = any(_goes_on(line, following) for line, following in pairwise(lines))
    return running and unfinished > 0.6 * (len(lines) - 1) and max(map(len, lines)) < COLUMN


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph, cut at spaces into parts of at most WINDOW characters; leading blanks dropped."""
    while end - start > WINDOW:
        cut = text.rfind(" ", start, start + WINDOW)
        cut = cut if cut > start else start + WINDOW
        yield start, cut
        start = cut + (text[cut] == " ")
    mark = MARK.match(text, start, end)
    start = mark.end() if mark else start
    if start < end:
        yield start, end
