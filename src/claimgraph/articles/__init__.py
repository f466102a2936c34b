"""Files, folders and standard input to Articles: `load`. One module for each kind of input."""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from claimgraph.articles import jsonl, text
from claimgraph.articles.encoding import read_bytes
from claimgraph.errors import InputError, LanguageError
from claimgraph.language import detect_language
from claimgraph.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedIOBase

__all__ = ["count", "load"]

KINDS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
"""The kind of a file by the end of its name."""
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
LARGEST_LINE = 16_000_000
"""Bytes of a line of JSON: sixteen times the longest text; what has more is no article, or a packed file that swells."""
LARGEST_TEXT = 1_000_000
"""Characters of one article: spaCy's own limit; a novel has half as many, a news article a thousandth."""
NOTE_NO_DATE = "no publication date: weekdays and 'last week' stay open; add a date line or a published field"


def load(inputs: str | Path | Iterable[str | Path], *, errors: list[InputError] | None = None) -> Iterator[Article]:
    """The articles in files, folders and standard input ("-"), in order; folders are walked sorted by name.

    What cannot be read is appended to `errors`, and the rest goes on; without that list the first such InputError
    is raised. An id that an earlier, different article has is an error too; the same article again is passed over.
    """
    seen: dict[str, str] = {}
    for found in _find_all([inputs] if isinstance(inputs, (str, Path)) else inputs):
        item = _accept(found, seen) if isinstance(found, Article) else found
        if isinstance(item, Article):
            yield item
        elif item is not None:
            if errors is None:
                raise item
            errors.append(item)


def count(inputs: Iterable[str | Path]) -> int | None:
    """How many articles inputs seem to hold, None where only reading them tells: a guess, for who waits."""
    counts = [_count(path) for given in inputs for path in _files(Path(given)) if isinstance(path, Path)]
    return None if "-" in map(str, inputs) or None in counts else sum(filter(None, counts))


def _count(path: Path) -> int | None:
    """Lines of JSON Lines, one of a text or page; None for what is packed or holds more."""
    kind = _kind(path)
    if kind in {"text", "html", ""}:
        return 1
    if kind != "jsonl" or path.suffix == ".gz":
        return None
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def _kind(path: Path) -> str:
    """The kind of a file by its name, nothing where that tells none."""
    name = path.name.lower()
    return next((kind for ending, kind in KINDS.items() if name.endswith(ending)), "")


def _stem(path: Path) -> str:
    """The name without the ending."""
    ending = max((e for e in KINDS if path.name.lower().endswith(e)), key=len, default=path.suffix)
    return path.name[: len(path.name) - len(ending)] or path.name


def _find_all(inputs: Iterable[str | Path]) -> Iterator[Article | InputError]:
    """What each input holds, and an error for each that cannot be read."""
    for given in inputs:
        if str(given) == "-":
            yield from _read(sys.stdin.buffer.read(), "-", Path("stdin"))
            continue
        for path in _files(Path(given)):
            yield from [path] if isinstance(path, InputError) else _read_file(path)


def _files(path: Path, above: tuple[Path, ...] = ()) -> Iterator[Path | InputError]:
    """The readable files of a path: itself, or all in the folder and those below; hidden ones are passed over."""
    if not path.is_dir():
        if _kind(path) or not above:
            yield path
        return
    real = path.resolve()
    if real in above:
        yield InputError(path, "is a link back to a folder that it lies in: left out")
        return
    try:
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield InputError(path, f"cannot be read: {error.strerror}")
        return
    found = [item for name in names for item in _files(path / name, (*above, real))]
    yield from found
    if not found and not above:
        yield InputError(path, f"holds no {', '.join(list(KINDS)[:4])} file, nor {', '.join(list(KINDS)[4:])}")


def _read_file(path: Path) -> Iterator[Article | InputError]:
    """The articles of one file; JSON Lines are read line by line, archives page by page."""
    kind = _kind(path)
    try:
        if kind == "jsonl":
            with _opened(path) as file:
                yield from jsonl.to_articles(_lines(file, path), id=_stem(path), origin=path)
        elif kind == "warc":
            yield from _warc(path)
        elif kind or not path.suffix:
            yield from _read(read_bytes(path), str(path), path)
        else:
            yield InputError(path, f"{path.suffix} files are not read: give {', '.join(KINDS)}")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield InputError(path, f"is damaged, the rest of it is left out: {error}")
    except OSError as error:
        yield InputError(path, f"cannot be read: {error.strerror}")
    except InputError as error:
        yield error


def _opened(path: Path) -> BufferedIOBase:
    """The bytes of a file, unpacked by its name: gzip tells where a packed file ends too early."""
    return cast("BufferedIOBase", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _lines(file: BufferedIOBase, path: Path) -> Iterator[bytes]:
    """The lines of a file, packed or not; InputError for one that has no end."""
    while line := file.readline(LARGEST_LINE):
        if len(line) == LARGEST_LINE:
            raise InputError(path, f"has a line of more than {LARGEST_LINE:,} bytes: the rest is left out")
        yield line


def _read(data: bytes, origin: str, path: Path) -> Iterator[Article | InputError]:
    """The articles in bytes; without a known ending their kind shows by how they begin."""
    kind = _kind(path) or _kind_of(data)
    if kind == "jsonl":
        yield from jsonl.to_articles(data.splitlines(keepends=True), id=path.stem, origin=origin)
        return
    if kind == "feed":
        yield from _feed(data, path.stem, origin)
        return
    try:
        yield _html(data, path.stem, origin) if kind == "html" else text.to_article(data, id=path.stem, origin=origin)
    except InputError as error:
        yield error


def _warc(path: Path) -> Iterator[Article | InputError]:
    """The articles of an archive."""
    from claimgraph.articles import warc  # noqa: PLC0415 - takes trafilatura

    with _opened(path) as file:
        yield from warc.to_articles(file, origin=path)


def _feed(data: bytes, name: str, origin: str) -> Iterator[Article | InputError]:
    """The articles of a feed."""
    from claimgraph.articles import feed  # noqa: PLC0415 - lxml, which only feeds and pages need

    yield from feed.to_articles(data, id=name, origin=origin)


def _html(data: bytes, name: str, origin: str) -> Article:
    """The article of a page."""
    from claimgraph.articles import html  # noqa: PLC0415 - trafilatura takes 0.5 s to import, and only pages need it

    return html.to_article(data, id=name, origin=origin)


def _kind_of(data: bytes) -> str:
    """The kind that the beginning tells: an object, a feed, a page, or words."""
    begins = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins[:1] == b"<":
        return "feed" if FEED.search(begins) else "html"
    return "jsonl" if begins[:1] == b"{" else "text"


def _accept(article: Article, seen: dict[str, str]) -> Article | InputError | None:
    """The article, with a note where it has no date; an error for what is not to be read; None when read before."""
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    if article.id in seen:
        same = seen[article.id] == digest
        return (
            None if same else InputError(article.origin, f"id {article.id!r} belongs to an earlier article: rename one")
        )
    problem = _problem(article)
    if problem is None:
        seen[article.id] = digest
    if problem or article.published or any("date" in note for note in article.notes):
        return problem or article
    return msgspec.structs.replace(article, notes=(*article.notes, NOTE_NO_DATE))


def _problem(article: Article) -> InputError | None:
    """Why the article is not read: it is empty, endless, not to be written as UTF-8, or not English."""
    if not article.text.strip():
        return InputError(article.origin, "is empty")
    if len(article.text) > LARGEST_TEXT:
        size = f"{len(article.text):,} characters are no article (at most {LARGEST_TEXT:,})"
        return InputError(article.origin, f"{size}: split it")
    if not article.text.isascii() and any("\ud800" <= character <= "\udfff" for character in article.text):
        return InputError(article.origin, "holds half a character (a lone surrogate)")
    language = detect_language(article.text)
    return None if language == "en" else LanguageError(article.origin, language)
