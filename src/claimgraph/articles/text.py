"""A plain text to an Article: its text untouched, the front matter found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.articles.encoding import decode
from claimgraph.articles.front import find_front
from claimgraph.model import Article

if TYPE_CHECKING:
    from pathlib import Path


def to_article(data: bytes, *, id: str, origin: Path | str) -> Article:  # noqa: A002 - the article's field is named so
    r"""The article in a text file's bytes.

    >>> to_article(b"Rain ends\n\nMarch 3, 2023\n\nIt did.\n", id="rain", origin="rain.txt").published
    '2023-03-03'
    """
    text, notes = decode(data, origin)
    front = find_front(text)
    return Article(
        id=id,
        text=text,
        title=front.title,
        author=front.author,
        published=front.published,
        zones=front.zones,
        origin=str(origin),
        notes=notes,
    )
