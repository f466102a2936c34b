"""Web archives (WARC, ISO 28500) to Articles: the HTML pages that servers answered with, and nothing else in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecordType

from claimgraph.articles import html
from claimgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    from fastwarc.warc import WarcRecord

    from claimgraph.model import Article

LARGEST_PAGE = 10_000_000
"""Bytes of a page, packed or not: pages of news have a hundredth of it; more is no page, or a bomb."""
PANIC = "PanicException"
"""What FastWARC, which is written in Rust, raises where it gives up; it has no place from which it could be imported."""
PAGES = {"text/html", "application/xhtml+xml"}


class _Pieces:
    """A stream that gives what it has: what comes before a fault is not lost with it."""

    def __init__(self, file: BufferedIOBase) -> None:
        self.file, self.at = file, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many."""
        data = self.file.read1(size)
        self.at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were given."""
        return self.at


def to_articles(file: BufferedIOBase, *, origin: Path | str) -> Iterator[Article | InputError]:
    """The article of each page in the archive, its address as its id; an InputError where a page has none.

    Only responses of status 200 that hold HTML are pages. What comes after a fault in the archive is lost.
    """
    records = ArchiveIterator(
        cast("Any", _Pieces(file)),  # it is asked for bytes and for its place, and for nothing else
        record_types=WarcRecordType.response,
        parse_http=True,
        auto_decode="all",
        max_content_length=LARGEST_PAGE,
    )
    try:
        for record in records:
            if record.http_content_type in PAGES and record.http_headers and record.http_headers.status_code == 200:
                yield _to_article(record, origin)
    except BaseException as error:
        if not isinstance(error, (OSError, EOFError, ValueError)) and type(error).__name__ != PANIC:
            raise
        yield InputError(origin, f"is damaged, the rest of it is left out: {' '.join(str(error).split())[:200]}")


def _to_article(record: WarcRecord, origin: Path | str) -> Article | InputError:
    """The article of one page."""
    address = record.headers.get("WARC-Target-URI") or ""
    address = address.strip("<>")
    page = record.reader.read(LARGEST_PAGE + 1)
    if len(page) > LARGEST_PAGE:
        return InputError(f"{origin}: {address}", f"holds more than {LARGEST_PAGE:,} bytes")
    try:
        return html.to_article(
            page, id=address, origin=f"{origin}: {address}", url=address, charset=record.http_charset
        )
    except InputError as error:
        return error
