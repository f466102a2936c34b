"""The zones of an article's text with exact bounds: title line, byline, date line and dateline, and parts that are no story."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimgraph.articles.dates import MONTH, find_date, to_iso
from claimgraph.articles.parts import find_parts
from claimgraph.lexicon import load_words
from claimgraph.model import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_TITLE = 200
"""Characters: the longest headline among 300 pages of news agencies had 160; a paragraph is seldom shorter."""
LONGEST_BYLINE = 100
"""Characters that are looked at for a byline or a dateline."""
LINES_BEFORE_BODY = 6
"""A title, a byline and a date, each perhaps in two lines; what comes later is the story."""

PARTICLE = r"(?:de|del|della|da|di|van|von|der|den|el|al|bin|ibn|la|le)"
NAME = rf"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|{PARTICLE})){{0,4}}\s+[A-Z][\w'’-]+"
NAMES = rf"{NAME}(?:(?:,\s+|\s+and\s+|\s*&\s*|,\s+and\s+){NAME})*"
BYLINE = re.compile(
    r"(?:(?:written\s+|reported\s+|story\s+)?by:?\s+|(?:author|reporter)s?:\s*|from\s+(?=the\s))"
    r"(?P<author>[^\W\d_].*?)(?P<rest>\s*[|•·,(–—]\s*.*|\s+-\s.*|\s+(?:in|for|at)\s+[A-Z].*)?",
    re.IGNORECASE,
)
BARE_NAMES = re.compile(NAMES)
NAME_AND_FUNCTION = re.compile(rf"(?P<author>{NAMES})\s*(?:,|\||/|–|—|-)\s*(?P<function>[A-Z][\w.'’ -]+)")
DATE_LABEL = re.compile(
    r"(?:first |last )?(?:published|updated|posted|modified|date|on)\b:?\s*(?:on\b:?\s*)?", re.IGNORECASE
)
AFTER_DATE = re.compile(r"[\s.,;|•·()–—-]*(?:updated\b.*|[A-Z]{2,4}T\b\W*|[ap]\.?m\.?\W*)?", re.IGNORECASE)

PLACE = r"[A-Z][A-Z'’.]*[A-Z.](?:[ -][A-Z][A-Z'’.]*)*"
REGION = r"(?:,\s+[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*)?"
CITY = r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,3}"
DATELINE_DAY = rf"(?:,\s+(?i:{MONTH})\s+\d{{1,2}}(?:,\s+\d{{4}})?)?"
AGENCY = r"\((?P<agency>[A-Z][\w ./’'-]{1,40})\)"
DASH = r"(?:--+|[–—_]|(?<=\s)-)"  # a hyphen without a blank before it joins a word ("AFL-CIO")
AFTER_DASH = r"(?=\s|[A-Z\"“'‘]|$)"
DATELINES = (
    re.compile(rf"{PLACE}{REGION}{DATELINE_DAY}\s*(?:{AGENCY}\s*)?{DASH}{AFTER_DASH}"),
    re.compile(rf"(?:{CITY}{REGION}{DATELINE_DAY}\s+)?{AGENCY}\s*{DASH}{AFTER_DASH}"),
    re.compile(
        rf"{CITY},\s+(?:(?:[A-Z]\.){{2}}|[A-Z][a-z]{{1,4}}\.|[A-Z]{{2}}\b)(?:\s*{DASH}{AFTER_DASH}|-(?=\s|[A-Z][a-z]))"
    ),
)

Kind = Literal["title", "byline", "dateline"]
KNOWN: dict[Kind, str] = {"title": "title", "byline": "author", "dateline": "published"}
"""What each kind of zone tells of the article."""
Found = tuple[Kind, int, int, str | None]
"""A zone inside a line: kind, bounds, and the author or the ISO date that it gives."""


class Front(NamedTuple):
    """What stands before the story."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    zones: tuple[Zone, ...] = ()


def find_front(text: str, *, title: str | None = None, parts: tuple[Zone, ...] | None = None) -> Front:
    r"""Title, author, date and zones as the text itself shows them.

    >>> front = find_front("Senate votes\n\nJane Doe, Reuters\n\nMarch 3, 2023\n\nROME (Reuters) - It did.\n")
    >>> front.title, front.author, front.published, [zone.text for zone in front.zones][-1]
    ('Senate votes', 'Jane Doe', '2023-03-03', 'ROME (Reuters) -')

    A `title` known from elsewhere is a zone only where the text begins with it. `parts` are the zones that find_parts
    sees, and more where a page's markup tells them; those that prove to be front matter are that.
    """
    parts = find_parts(text) if parts is None else parts
    lines = list(
        _lines(text, [p for p in parts if p.kind != "heading" and not (p.kind == "timestamp" and find_date(p.text))])
    )
    front = Front(title=title)
    taken = 0
    if lines and _is_title(text, lines, title):
        front = _with(front, text, "title", *lines[0], title=text[slice(*lines[0])])
        taken = 1
    words = [text[start:end] for start, end in lines]
    for number, (start, end) in enumerate(lines[taken:LINES_BEFORE_BODY], start=taken):
        beside = any(_is_date_line(line) for line in words[max(number - 1, 0) : number + 2])
        found = [] if number + 1 == len(lines) else _read_line(words[number], beside_date=beside)
        if not found and front.title is None and front.zones and _is_title(text, lines[number:], None):
            found = [("title", 0, end - start, words[number])]
        if not found:
            front = _with_dateline(front, text, start, end)
            break
        for kind, first, last, value in found:
            known = {KNOWN[kind]: value}
            front = _with(front, text, kind, start + first, start + last, **known)
    return _with_parts(front, parts)


def _with_parts(front: Front, parts: Iterable[Zone]) -> Front:
    """The front with those parts behind or between its zones that overlap none of them, in text order."""
    beside = (part for part in parts if not any(part.overlaps(zone) for zone in front.zones))
    return front._replace(zones=tuple(sorted((*front.zones, *beside), key=lambda zone: zone.start)))


def _lines(text: str, parts: Iterable[Zone]) -> Iterator[tuple[int, int]]:
    """Bounds of the first lines that are not blank nor a part of something else, without the blanks at their ends."""
    lines = (match.span() for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text))
    yield from islice(
        (x for x in lines if not any(p.start <= x[0] and x[1] <= p.end for p in parts)), LINES_BEFORE_BODY + 1
    )


def _with(front: Front, text: str, kind: Kind, start: int, end: int, **known: str | None) -> Front:
    """The front with one zone more; what was known before stays."""
    zone = Zone(start, end, text[start:end], kind=kind)
    new = {name: value for name, value in known.items() if value and not getattr(front, name)}
    return front._replace(zones=(*front.zones, zone), **new)


def _is_title(text: str, lines: list[tuple[int, int]], title: str | None) -> bool:
    """Whether the first line is the title: the very `title`, or by its look when none is known."""
    line = text[slice(*lines[0])]
    if title is not None:
        return line == title.strip()
    if len(lines) == 1 or len(line) > LONGEST_TITLE or _read_line(line) or _dateline(line):
        return False
    following = text[slice(*lines[1])]
    if re.search(r"(?<![A-Z])[.:;,]$|[.!?][\"”’']$", line):  # like a sentence: only what follows can make it a title
        return bool(_read_line(following) or _dateline(following))
    return _stands_apart(text, lines)


def _stands_apart(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the first line is no running text: a blank line, a byline or a far longer paragraph follows it."""
    gap = text[lines[0][1] : lines[1][0]]
    following = text[slice(*lines[1])]
    blank = len(re.findall(r"\r\n|\r|\n", gap)) > 1
    longer = len(following) > 2 * (lines[0][1] - lines[0][0]) and following[0].isupper()
    return blank or longer or bool(_read_line(following))


def _read_line(line: str, *, beside_date: bool = False) -> list[Found]:
    """The byline and the date that make up a line; nothing when it is running text."""
    if len(line) > LONGEST_BYLINE:
        return []
    day = find_date(line)
    if to_iso(line) or day:
        return [("dateline", 0, len(line), to_iso(line))] if to_iso(line) else _around_date(line, *(day or (0, 0, "")))
    author = _author(line, beside_date=beside_date)
    if author or line in load_words("press", "agency"):
        return [("byline", 0, len(line), author)]
    return [("dateline", 0, len(line), None)] if _dateline(line) == len(line) else []


def _is_date_line(line: str) -> bool:
    """Whether a line is a date, with its label, byline or place at most."""
    return any(kind == "dateline" and value for kind, _, _, value in _read_line(line))


def _around_date(line: str, start: int, end: int, iso: str) -> list[Found]:
    """The date with its label, and the byline or the place before it; nothing when a sentence goes on."""
    if not AFTER_DATE.fullmatch(line[end:]):
        return []
    label = re.search(rf"(?:^|\s|[|•·–—-])(?P<label>{DATE_LABEL.pattern})$", line[:start], re.IGNORECASE)
    start = label.start("label") if label else start
    before = line[:start].rstrip(" ,|•·–—-\t")
    author = _author(before, beside_date=True) if before else None
    if author:
        return [("byline", 0, len(before), author), ("dateline", start, len(line), iso)]
    return [("dateline", 0, len(line), iso)] if not before or re.fullmatch(rf"{PLACE}{REGION}|{CITY}", before) else []


def _author(line: str, *, beside_date: bool) -> str | None:
    """The names in a byline; None for any other line. A bare name counts only beside the date."""
    if line.endswith((".", "?", "!")):
        return None
    match = BYLINE.fullmatch(line)
    if match:
        return match["author"].strip()
    match = NAME_AND_FUNCTION.fullmatch(line)
    if match and _is_function(match["function"]):
        return match["author"]
    return line if beside_date and BARE_NAMES.fullmatch(line) and len(line.split()) <= 4 else None


def _is_function(words: str) -> bool:
    """Whether these words name an agency, a paper, or an office: what follows a name in a byline."""
    bare = words.removeprefix("The ").removeprefix("the ")
    newsroom = bare in load_words("press", "agency") or bare.split()[-1] in load_words("press", "newsroom")
    return newsroom or any(word in load_words("titles") for word in words.lower().split())


@lru_cache(maxsize=64)
def _dateline(line: str) -> int:
    """Length of the dateline that a paragraph begins with, 0 without one."""
    for form in DATELINES:
        match = form.match(line, 0, LONGEST_BYLINE)
        if match:
            return match.end()
    day = find_date(line[:LONGEST_BYLINE])
    if day and day[0] == 0 and re.match(r"\s+[A-Z\d]", line[day[1] :]):
        return day[1]
    return 0


def _with_dateline(front: Front, text: str, start: int, end: int) -> Front:
    """The front with the dateline that opens the story, if there is one."""
    length = _dateline(text[start:end])
    if not length:
        return front
    day = find_date(text[start : start + length])
    return _with(front, text, "dateline", start, start + length, published=day[2] if day else None)
