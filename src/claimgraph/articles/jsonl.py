"""JSON Lines to Articles: one object a line, its id and text exactly as given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from claimgraph.articles.dates import to_iso
from claimgraph.articles.encoding import decode
from claimgraph.articles.front import find_front
from claimgraph.errors import InputError
from claimgraph.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DATE_FIELDS = ("published", "date", "dct")


def to_articles(lines: Iterable[bytes], *, id: str, origin: Path | str) -> Iterator[Article | InputError]:  # noqa: A002
    r"""The article of each line, in order; an InputError with the line's number where one is broken.

    >>> lines = [b'{"id": "a", "text": "It rained."}\n', b'{"id": \n']
    >>> article, error = to_articles(lines, id="n", origin="n.jsonl")
    >>> article.id, str(error)
    ('a', 'n.jsonl:2: is no JSON object: Input data was truncated')

    Other fields, annotations for instance, are passed over. A line without an id is named after file and line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _to_article(_parse(line, origin), f"{id}-{number}", f"{origin}:{number}")
            except InputError as error:
                yield InputError(origin, error.reason, line=number)


def _parse(line: bytes, origin: Path | str) -> dict[str, Any]:
    """The line's JSON object."""
    text, notes = decode(line, origin)
    if notes:
        raise InputError(origin, "is not UTF-8: convert the file")
    try:
        fields = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise InputError(origin, f"is no JSON object: {str(error).split(' (byte')[0]}") from None
    if not isinstance(fields, dict):
        raise InputError(origin, "is no JSON object: write one {...} a line")
    return fields


def _to_article(fields: dict[str, Any], fallback: str, origin: Path | str) -> Article:
    """The article of one object; InputError where the text is missing or a name is no string."""
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError(origin, 'has no "text" string')
    identifier = fields.get("id", fallback)
    if not isinstance(identifier, (str, int)) or identifier == "":
        raise InputError(origin, '"id" is neither a string nor a number')
    title = _words(fields.get("title"))
    front = find_front(text, title=title)
    written = next((fields[name] for name in DATE_FIELDS if fields.get(name)), None)
    published = to_iso(str(written)) if written else front.published
    return Article(
        id=str(identifier),
        text=text,
        title=title or front.title,
        author=_words(fields.get("author")) or front.author,
        published=published,
        publisher=_words(fields.get("publisher")),
        url=_words(fields.get("url")),
        zones=front.zones,
        origin=str(origin),
        notes=(f"its date {written!r} is not understood: write 2023-03-23",) if written and not published else (),
    )


def _words(value: object) -> str | None:
    """A name as one string: lists are joined, schema.org objects give their name; None for anything else."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value))) or None
    if isinstance(value, dict):
        return _words(value.get("name"))
    return value if isinstance(value, str) and value.strip() else None
