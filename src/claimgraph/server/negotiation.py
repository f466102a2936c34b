"""Which format an answer has, by the request's Accept (RFC 9110, 12.5.1)."""

from __future__ import annotations

from functools import lru_cache

JSON, XML, CSV, TSV = "json", "xml", "csv", "tsv"
ROWS = {
    "application/sparql-results+json": JSON,
    "application/json": JSON,
    "application/sparql-results+xml": XML,
    "application/xml": XML,
    "text/csv": CSV,
    "text/tab-separated-values": TSV,
}
"""Media type of an answer with rows or a truth value to its format, the one that we like best first."""
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
}
TEXTS = ("text/", "application/n-triples", "application/trig")


@lru_cache(maxsize=256)
def negotiate(accept: str, offered: tuple[str, ...]) -> str:
    """The offered media type that suits best; "" where none does. Among equals the first offered wins.

    >>> negotiate("text/csv;q=0.5, application/*", ("text/csv", "application/json"))
    'application/json'
    >>> negotiate("application/json;q=0, */*;q=0.1", ("application/json", "text/csv"))
    'text/csv'
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    liked = [(_quality(media, ranges), -i) for i, media in enumerate(offered)]
    quality, place = max(liked)
    return offered[-place] if quality > 0 else ""


def _range(part: str) -> tuple[str, float]:
    """A media range and its weight; what is no number weighs nothing."""
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return media, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return media, 0.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that the media type is in."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [weight for named, weight in ranges if named == pattern]
        if found:
            return max(found)
    return 0.0


def content_type(media: str) -> str:
    """The media type as a Content-Type, with the charset where it is text."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
