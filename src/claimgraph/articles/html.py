"""A web page to an Article: the story without the page round it, and what the page says about it."""

from __future__ import annotations

import logging
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import msgspec
import trafilatura
from trafilatura.utils import load_html

from claimgraph.articles.dates import to_iso
from claimgraph.articles.encoding import decode
from claimgraph.articles.front import find_front
from claimgraph.articles.parts import find_parts
from claimgraph.errors import InputError
from claimgraph.model import Article, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z!][^>]*>", re.IGNORECASE | re.DOTALL)
NEWS_TYPES = re.compile(
    r"Article|NewsArticle|ReportageNewsArticle|Report|BlogPosting|AnalysisNewsArticle|OpinionNewsArticle"
)


logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it complains of, we say in one line
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def to_article(
    data: bytes,
    *,
    id: str,  # noqa: A002 - the article's field is named so
    origin: Path | str,
    url: str | None = None,
    charset: str | None = None,
) -> Article:
    """The article of a page; InputError where no story is found in it.

    `url` and `charset` are what was said with the page; what it says itself goes before the first, after the second.

    Its text is the headline and the paragraphs that trafilatura finds, parted by blank lines. The page's own JSON-LD
    (schema.org) is believed first, then its meta elements.
    """
    declared = CHARSET.search(data[:4096])
    page, notes = decode(data, origin, declared=charset or (declared[1].decode("ascii") if declared else None))
    found = _extract(page)
    if found is None or not (found.text or "").strip():
        raise InputError(origin, "no article text found in this page")
    told = next(_news_objects(page), {})
    title = _plain(told.get("headline")) or _plain(found.title)
    text = _compose(title, found)
    front = find_front(text, title=title, parts=_parts(text, found))
    return Article(
        id=id,
        text=text,
        title=title,
        author=_plain(told.get("author")) or _plain(found.author) or front.author,
        published=to_iso(str(told.get("datePublished"))) or to_iso(str(found.date)) or front.published,
        publisher=_plain(told.get("publisher")) or _plain(found.sitename),
        url=_address(told.get("url")) or _address(found.url) or _address(url),
        zones=front.zones,
        origin=str(origin),
        notes=notes,
    )


def _extract(page: str) -> Any:
    """What trafilatura finds, None where it finds nothing; precision first, no comments of readers."""
    return trafilatura.bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True)


def _compose(title: str | None, found: Any) -> str:
    """The headline once, then the paragraphs, parted by blank lines; those of block quotations behind ">"."""
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    if title and lines and lines[0] == title:
        lines = lines[1:]
    quoted = _words_of(found, "quote")
    lines = [f"> {line}" if line in quoted else line for line in lines]
    return "\n\n".join([title, *lines] if title else lines) + "\n"


def _words_of(found: Any, tag: str) -> set[str]:
    """The lines that stand in elements of one kind, as trafilatura has them: head, quote."""
    elements = [] if found.body is None else found.body.iter(tag)
    return {" ".join(line.split()) for element in elements for line in element.itertext() if line.strip()}


def _parts(text: str, found: Any) -> tuple[Zone, ...]:
    """The parts that the text shows, and the headings that the page's markup tells."""
    parts, headings = find_parts(text), _words_of(found, "head")
    lines = (match for match in re.finditer(r"[^\n]+", text) if match.group() in headings)
    told = [Zone(m.start(), m.end(), m.group(), kind="heading") for m in lines]
    more = (zone for zone in told if not any(zone.overlaps(part) for part in parts))
    return tuple(sorted((*parts, *more), key=lambda zone: zone.start))


def _news_objects(page: str) -> Iterator[dict[str, Any]]:
    """The news articles that the page's JSON-LD describes, in page order."""
    tree = load_html(page)
    scripts = [] if tree is None else tree.xpath('//script[@type="application/ld+json"]/text()')
    for script in scripts:
        try:
            yield from _walk(msgspec.json.decode(script.strip()))
        except (msgspec.DecodeError, RecursionError):
            continue


def _walk(value: object) -> Iterator[dict[str, Any]]:
    """The news articles in one JSON-LD value: itself, in its list, or in its @graph."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, dict):
        if NEWS_TYPES.fullmatch(str(value.get("@type"))) or "NewsArticle" in value.get("@type", ()):
            yield value
        yield from _walk(value.get("@graph", []))


def _plain(value: object) -> str | None:
    """A name as plain words, without markup or entities; lists are joined, objects give their name."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value))) or None
    if isinstance(value, dict):
        return _plain(value.get("name"))
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join(unescape(MARKUP.sub(" ", value)).split()) or None


def _address(value: object) -> str | None:
    """A web address, nothing else (a script could hide in other schemes)."""
    return value if isinstance(value, str) and re.fullmatch(r"https?://\S+", value) else None
