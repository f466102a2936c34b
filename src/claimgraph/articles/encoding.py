"""Bytes to text, once: what every offset counts from."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from claimgraph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LARGEST_FILE = 20_000_000
"""Bytes read of one text or page, 20 MB: no article is near it, and a film named .txt should not fill the memory."""
CONTROL_SHARE = 0.01
"""A text has hardly any control characters; a stray form feed or escape in a page of 3,000 characters is still one."""
LEGACY = "cp1252"
NOTE_LEGACY = "not UTF-8, read as Windows-1252: look at its accents and quotation marks"


def read_bytes(path: Path) -> bytes:
    """The file's content; InputError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
    if len(data) > LARGEST_FILE:
        raise InputError(path, f"larger than {LARGEST_FILE:,} bytes: no article; split it, or use .jsonl for many")
    return data


def decode(data: bytes, path: Path | str, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""The text, and a note where its encoding had to be guessed.

    A byte order mark decides and is dropped; then the `declared` encoding, UTF-8, Windows-1252, whichever fits.
    Newlines and everything else stay as they are.

    >>> decode(b"\xef\xbb\xbfcaf\xc3\xa9\r\n", "a.txt")
    ('café\r\n', ())
    >>> decode(b"caf\xe9", "a.txt")[0]
    'café'
    """
    mark, encoding = next((pair for pair in MARKS if data.startswith(pair[0])), (b"", None))
    candidates = [encoding] if encoding else [name for name in (declared, "utf-8", LEGACY) if name]
    for name in candidates:
        try:
            text = data[len(mark) :].decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        _refuse_binary(text, path)
        return text, (NOTE_LEGACY,) if name == LEGACY and name != declared else ()
    raise InputError(path, "is binary or in an encoding that is not known: convert it to UTF-8")


def _refuse_binary(text: str, path: Path | str) -> None:
    """Nothing for text; InputError for what only happened to decode."""
    controls = sum(character < " " and character not in "\t\n\r\f" for character in text[:100_000])
    if "\0" in text or controls > CONTROL_SHARE * min(len(text), 100_000):
        raise InputError(path, "is binary, not text: give .txt, .html or .jsonl")
