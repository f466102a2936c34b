"""What things are called: IRIs made of the input alone, so that the same input is always called the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from claimgraph.model import Span

BASE = "https://w3id.org/claimgraph/id/"
SLUG_LENGTH = 60
"""Characters of a name in an IRI: whole titles would make lines that nobody reads; the digits keep it unique."""
DIGITS = 8
"""Hexadecimal digits of a hash behind a slug: a million names of one slug collide with a chance of one in nine
thousand, and names of one slug are few."""
LONG = 16
"""Hexadecimal digits of a hash that stands alone."""
INFERRED = "graph/inferred"
"""How the IRI of the graph of what is inferred ends, under any base."""

CURATION = "graph/curation"
"""And that of the graph of what people have decided."""


def digest(*parts: str, digits: int = DIGITS) -> str:
    """The first hexadecimal digits of the SHA-256 of the parts.

    >>> digest("000_4a14090ea02d2451")
    '79ab3493'
    """
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def slug(name: str) -> str:
    """A name as lower-case ASCII letters and digits, joined by hyphens.

    >>> slug("Secretaría de la Defensa Nacional")
    'secretaria-de-la-defensa-nacional'

    A name without one such letter has the slug `x`; what tells it from others is the hash or the type behind it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-") or "x"


class Iris(NamedTuple):
    """The IRIs under one base.

    >>> Iris().article("000_4a14090ea02d2451")
    'https://w3id.org/claimgraph/id/article/000-4a14090ea02d2451-79ab3493'
    """

    base: str = BASE

    def article(self, article_id: str) -> str:
        """The article's IRI; that of its graph is this and `/graph`, that of its text this and `#text`."""
        return f"{self.base}article/{slug(article_id)}-{digest(article_id)}"

    def entity(self, name: str, *distinct: str) -> str:
        """An entity of all articles: its name, and what tells it from others of that name."""
        return f"{self.base}entity/{slug(name)}-{digest(name, *distinct)}"

    def topic(self, name: str) -> str:
        """A topic by its name."""
        return f"{self.base}topic/{slug(name)}"

    def hashed(self, kind: str, *parts: str) -> str:
        """A relation, link or run: known by what it is made of alone."""
        return f"{self.base}{kind}/{digest(*parts, digits=LONG)}"

    def graph(self, name: str) -> str:
        """One of the graphs beside the articles': identity, relations, inferred, runs, dataset."""
        return f"{self.base}graph/{name}"


def part(article: str, kind: str, start: int, end: int) -> str:
    """A claim, event, figure, time, role or mention of an article, by the characters that it stands on."""
    return f"{article}#{kind}-{start}-{end}"


def characters(article: str, span: Span) -> str:
    """A span of an article (RFC 5147 writes characters of a text so)."""
    return f"{article}#char={span.start},{span.end}"
