"""The parts of a text that are not its story, as zones: headings, captions, tables, letters' edges, notes, boilerplate."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.articles.dates import find_date, to_iso
from claimgraph.lexicon import load_table
from claimgraph.model import Zone
from claimgraph.paragraphs import BULLET, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.model import ZoneKind

LONGEST = 2_000
"""Characters of the longest paragraph that is looked at: an editor's note may be long, a story in one paragraph is longer."""
HEADING_WORDS = 10
"""A line without a full stop of more words is a sentence that lost it, or an item of a list."""
LABEL_WORDS = 3
"""A longer line that ends in a colon announces what follows, though it be where to read it: "Read her full remarks below:"."""
QUESTION_WORDS = 6
"""Longer questions, and those that say "you", are asked of somebody."""
ADDRESS_LINES = 8
"""Lines of the longest address above a letter's salutation."""
SIGNATURE_LINES = 60
"""A letter of a whole caucus has half as many names."""
LONGEST_CELL = 40
SHORT = 90
"""Characters of the longest line of an address, a signature or a heading."""

ZONE = r"(?-i:ET|[ECMP][SD]?T|GMT|BST|UTC|CES?T|IST|AES?T)|local time"
CLOCK = rf"(?:\d{{1,2}}[:.]\d\d(?:\s*[ap]\.?m\b\.?)?|\d{{1,2}}\s*[ap]\.?m\b\.?)(?:\s*\(?(?:{ZONE})\)?)?"
TIMESTAMP = re.compile(
    rf"[\[(]?(?:(?:last )?(?:updated|posted|published)(?: at)?:?\s+)?(?:{CLOCK}|\d{{1,2}}\s*(?:min(?:ute)?s?|h(?:ou)?rs?|days?) ago)"
    r"[\])]?(?P<rest>$|\s*[—–|:•]\s*|\s+-\s+|,\s+(?=\w+\.? \d|\d+ \w))",
    re.IGNORECASE,
)
"""When an entry of a live blog was written, at its beginning."""
SALUTATION = re.compile(r"(?:Dear\b[^.!?]{2,120}|To (?:the Editor|Whom It May Concern|[Mm]y [^.]{3,60}))\s?[:,]")
CLOSING = re.compile(
    r"(?:Yours |Very |Most )?(?:[Ss]incerely|[Rr]espectfully|[Rr]egards|[Tt]ruly|[Ff]aithfully|[Cc]ordially)(?: yours| submitted)?,?"
    r"|(?:Best|Kind|Warm|With best|With kind)(?: regards| wishes)?,"
)
ENDED = re.compile(r"[.!:;,\"”’')\]…]$")
CAPITALS = re.compile(r"[A-Z][A-Z.'’ -]{4,40}")
CELLS = re.compile(r"\t+|\s{2,}")
LABEL = re.compile(r"[\w.’' -]{1,40}:")
"""What a turn of a transcript begins with."""
PIPES = re.compile(r"\|.*\||[^|]+(?:\|[^|]+){2,}")


class Paragraph(NamedTuple):
    """Bounds of a paragraph with its words."""

    start: int
    end: int
    text: str


def find_parts(text: str) -> tuple[Zone, ...]:
    r"""The zones of a text that are no running prose, in text order; none where nothing else would be left.

    >>> text = "Rain fell.\n\nRead more: Sun\n\nA wet street. (AP Photo/Jane Doe)\n\nIt stopped.\n"
    >>> [(zone.kind, zone.text) for zone in find_parts(text)]
    [('boilerplate', 'Read more: Sun'), ('caption', 'A wet street. (AP Photo/Jane Doe)')]
    """
    found = [Paragraph(start, end, text[start:end]) for start, end in paragraphs(text)]
    kinds: dict[int, list[tuple[int, int, ZoneKind]]] = {}
    for number, paragraph in enumerate(found):
        if parts := list(_in_words(paragraph)):
            kinds[number] = parts
    for number, kind in (
        *_contacts(text, found, kinds),
        *_tables(text, found),
        *_letter(found),
        *_headings(text, found),
    ):
        kinds.setdefault(number, [(found[number].start, found[number].end, kind)])
    whole = [n for n, parts in kinds.items() if parts[0][:2] == (found[n].start, found[n].end)]
    if len(whole) == len(found):
        return ()
    return tuple(Zone(s, e, text[s:e], kind=kind) for n in sorted(kinds) for s, e, kind in kinds[n])


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[ZoneKind, re.Pattern[str]]]]:
    """By scope, each kind's pattern."""
    rows: dict[tuple[str, ZoneKind], list[str]] = {}
    for kind, scope, pattern in load_table("parts"):
        rows.setdefault((scope, kind), []).append(f"(?:{pattern})")  # type: ignore[arg-type]
    compiled: dict[str, list[tuple[ZoneKind, re.Pattern[str]]]] = {}
    for (scope, kind), patterns in rows.items():
        compiled.setdefault(scope, []).append((kind, re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)))
    return compiled


def _in_words(paragraph: Paragraph) -> Iterator[tuple[int, int, ZoneKind]]:
    """What a paragraph's own words tell it to be, as a whole or in one sentence."""
    start, end, text = paragraph
    if len(text) > LONGEST:
        return
    if _is_date(text):
        yield start, end, "timestamp"
        return
    kind = next((k for k, pattern in _patterns()["paragraph"] if pattern.fullmatch(text)), None)
    kind = kind or next((k for k, pattern in _patterns()["beginning"] if pattern.match(text)), None)
    if kind is not None:
        opens = kind == "boilerplate" and text.endswith(":") and len(text.split()) > LABEL_WORDS
        yield start, end, "heading" if opens else kind
        return
    stamp = TIMESTAMP.match(text)
    if stamp is not None:
        yield from _entry(paragraph, stamp.end())
        return
    for kind, pattern in _patterns()["sentence"]:
        for match in pattern.finditer(text):
            if not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in '.!?”"':
                yield start + match.start(), start + match.end(), kind


def _is_date(text: str) -> bool:
    """Whether a paragraph is a day and nothing else."""
    day = find_date(text) if len(text) < SHORT else None
    return day is not None and to_iso(text) is not None


def _entry(paragraph: Paragraph, length: int) -> Iterator[tuple[int, int, ZoneKind]]:
    """The timestamp of a live blog's entry, and the heading behind it where one stands there."""
    start, end, text = paragraph
    day = find_date(text[length:])
    length += day[1] if day is not None and day[0] == 0 else 0
    yield start, start + length - (len(text[:length]) - len(text[:length].rstrip())), "timestamp"
    if _is_short(text[length:]):
        yield start + length, end, "heading"


def _is_short(line: str) -> bool:
    """Whether a line is short and no sentence."""
    return 0 < len(line) <= SHORT and len(line.split()) <= HEADING_WORDS and not ENDED.search(line)


def _contacts(
    text: str, found: list[Paragraph], kinds: dict[int, list[tuple[int, int, ZoneKind]]]
) -> Iterator[tuple[int, ZoneKind]]:
    """The short lines of a block below one that tells whom to ask."""
    within = False
    for number, paragraph in enumerate(found):
        near = number > 0 and text[found[number - 1].end : paragraph.start].count("\n") <= 1
        within = (within and near and _is_line(paragraph.text)) or kinds.get(number, [(0, 0, "")])[0][2] == "contact"
        if within:
            yield number, "contact"


def _tables(text: str, found: list[Paragraph]) -> Iterator[tuple[int, ZoneKind]]:
    """Rows of tables: lines of one block with cells between pipes, tabs or columns of blanks, as many in most of them."""
    run: list[int] = []
    for number, paragraph in enumerate(found):
        apart = 2 if run and paragraph.text[:1] == found[run[-1]].text[:1] == "|" else 1
        near = run and text[found[run[-1]].end : paragraph.start].count("\n") <= apart
        if run and not (near and _cells(paragraph.text)):
            yield from ((row, "table") for row in run if _is_table([found[n].text for n in run]))
            run = []
        if _cells(paragraph.text):
            run.append(number)
    yield from ((row, "table") for row in run if _is_table([found[n].text for n in run]))


def _is_table(rows: list[str]) -> bool:
    """Whether lines are the rows of one table: at least two, most with the same number of cells, a figure in one."""
    lines = [cells for row in rows for line in row.splitlines() if (cells := _cells(line))]
    count, often = max(Counter(map(len, lines)).items(), key=lambda item: item[::-1], default=(0, 0))
    figures = any(re.fullmatch(r"[$€£+-]?[\d.,]+\W?%?", cell) for cells in lines for cell in cells)
    return count > 1 and len(lines) > 1 and often > 0.6 * len(lines) and (figures or "|" in rows[0])


def _cells(text: str) -> list[str]:
    """The cells of the first line, none of running text."""
    line = text.strip().split("\n", 1)[0]
    if PIPES.fullmatch(line):
        return [cell.strip() for cell in line.strip("|").split("|")]
    cells = CELLS.split(line)
    return cells if len(cells) > 1 and all(len(cell) < LONGEST_CELL for cell in cells) else []


def _letter(found: list[Paragraph]) -> Iterator[tuple[int, ZoneKind]]:
    """The address and salutation above a letter, the closing and the names below it."""
    greeting = None
    for number, paragraph in enumerate(found):
        if SALUTATION.fullmatch(paragraph.text):
            greeting = number
            yield number, "salutation"
            yield from ((n, "salutation") for n in _address(found, number))
        elif CLOSING.fullmatch(paragraph.text):
            yield number, "signature"
            yield from ((n, "signature") for n in _signature(found, number + 1))
    if greeting is not None:
        last = next((n for n in range(len(found) - 1, greeting, -1) if not _is_line(found[n].text)), greeting)
        if last + 1 < len(found) and CAPITALS.fullmatch(found[last + 1].text):
            yield from ((n, "signature") for n in range(last + 1, len(found)))


def _is_line(text: str) -> bool:
    """Whether a paragraph is a line of an address or signature: short, without the end of a sentence."""
    return len(text) <= SHORT and not re.search(r"[a-z]{3}[.!?:;][\"”’)]*$", text)


def _address(found: list[Paragraph], greeting: int) -> Iterator[int]:
    """The lines of the address above a salutation, from the addressee's name on: at least two, one with a figure."""
    first = greeting
    while first > max(0, greeting - ADDRESS_LINES) and _is_line(found[first - 1].text):
        first -= 1
    lines = [n for n in range(first, greeting) if not find_date(found[n].text)]
    begins = next((n for n in reversed(lines) if n - 1 not in lines), greeting)
    lines = [n for n in lines if n >= begins]
    if len(lines) > 1 and any(re.search(r"\d", found[n].text) for n in lines):
        yield from lines


def _signature(found: list[Paragraph], first: int) -> Iterator[int]:
    """The lines below a closing."""
    for number in range(first, min(first + SIGNATURE_LINES, len(found))):
        if not _is_line(found[number].text) or CLOSING.fullmatch(found[number].text):
            return
        yield number


def _headings(text: str, found: list[Paragraph]) -> Iterator[tuple[int, ZoneKind]]:
    """Lines that stand alone above a longer paragraph and are no sentence."""
    for number, (paragraph, following) in enumerate(pairwise(found)):
        begin = text.rfind("\n", 0, paragraph.start) + 1
        marked = re.match(r"#{1,6}\s(?!#)", paragraph.text)
        before = found[number - 1] if number else None
        apart = before is not None and text[before.end : paragraph.start].count("\n") > 1
        alone = apart and text[paragraph.end : following.start].count("\n") > 1
        plain = begin == paragraph.start and not BULLET.match(text[begin:])
        if marked or (alone and plain and _is_heading(paragraph.text, following.text)):
            yield number, "heading"


def _is_heading(line: str, following: str) -> bool:
    """Whether a line heads what follows: a few words that begin with a capital, before a sentence; no question to somebody."""
    if not _is_short(line) or not (line[0].isupper() or line[0].isdigit()) or LABEL.match(line):
        return False
    asks = line.endswith("?") and (len(line.split()) > QUESTION_WORDS or re.search(r"\byour?s?\b", line, re.IGNORECASE))
    return not asks and len(following) > len(line) and bool(ENDED.search(following)) and "(@" not in line
