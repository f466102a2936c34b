"""The spreadsheet that doubtful items go out on, and on which decisions come back: CSV that Excel and LibreOffice open rightly.

UTF-8 with a byte order mark, a row an item, no newline in a cell. Articles are hostile: a cell that a spreadsheet would
take for a formula begins with an apostrophe (OWASP, "CSV Injection"), also where another program splits at semicolons.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.articles.dates import to_iso
from claimgraph.articles.encoding import decode, read_bytes
from claimgraph.curation.doubts import shown
from claimgraph.curation.ledger import VERDICTS
from claimgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from claimgraph.curation.doubts import Doubt

TOLD = ("item", "kind", "article", "words", "context", "value", "confidence", "hanging", "reason")
ASKED = ("decision", "correction", "by", "when", "note")
COLUMNS = (*TOLD, *ASKED)
NEEDED = ("item", "value", "decision", "correction", "by", "when", "note")
FORMULA = re.compile(r"((?:^|;)[\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a cell, or a part of it behind a semicolon, begins as formulas do, with the full-width forms of these signs."""
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
LONGEST_NAME = 200
AMBIGUOUS = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}.*")
LAST_MONTH = 12


class Row(NamedTuple):
    """A row with a decision: its number in the spreadsheet, the item's key and value, and what was written into it."""

    number: int
    item: str
    value: str
    decision: str
    correction: str
    by: str
    when: str
    note: str


def to_sheet(doubts: Iterable[Doubt]) -> Iterator[bytes]:
    """The file, line by line."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for doubt in doubts:
        item = doubt.item
        cells = (item.key, item.kind, item.anchor.article, shown(item.anchor.words), doubt.context, item.value)
        yield _line([*cells, f"{doubt.confidence:g}", str(doubt.hanging), doubt.reason, *[""] * len(ASKED)])


def _line(cells: Iterable[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(plain, cells))
    return written.getvalue().encode("utf-8", "replace")


def plain(text: str) -> str:
    r"""A cell that no spreadsheet takes for a formula, on one line.

    >>> plain('=cmd|"/c calc"!A1'), plain("a\n;  =1"), plain("well - so"), plain("-5")
    ('\'=cmd|"/c calc"!A1', "a ;  '=1", 'well - so', "'-5")
    """
    return FORMULA.sub(r"\1'", CONTROL.sub(" ", text))


def _bare(cell: str) -> str:
    """A cell without the apostrophe that `plain` has put, or a person to keep a spreadsheet from counting."""
    return re.sub(r"^'(?=[=+\-@\uff1d\uff0b\uff0d\uff20\d])", "", " ".join(cell.split()))


def read_sheet(path: Path, *, by: str | None, when: str | None, errors: list[InputError]) -> list[Row]:
    """The rows with a decision, `by` and `when` where a row has none; what is wrong with others is among the errors.

    Raises:
        InputError: the file cannot be read or has not the columns of an export.

    """
    rows, heads = _table(path)
    found: list[Row] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        row = {name: _bare(cell) for name, cell in zip(heads, cells, strict=False)}
        if not any(row.get(name) for name in ("decision", "correction")):
            continue
        wrong, made = _row(number, row, by=by, when=when)
        if made and made.item in first:
            wrong = [("item", f"is decided in row {first[made.item]} too: keep one of them")]
        errors += (_error(path, number, column, why) for column, why in wrong)
        if made and not wrong:
            first[made.item] = number
            found.append(made)
    return found


def _error(path: Path, number: int, column: str, why: str) -> InputError:
    return InputError(path, f"row {number}, column {column}: {why}")


def error_at(path: Path, row: Row, column: str, why: str) -> InputError:
    """What is wrong with a row that can be read."""
    return _error(path, row.number, column, why)


def _table(path: Path) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The rows with their numbers, and the names of the columns, whatever the cells are parted by."""
    text, _ = decode(read_bytes(path), path)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(path, f"is no CSV ({error}): save the spreadsheet as CSV") from None
    heads = [cell.strip().lower() for cell in table[0]] if table else []
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        raise InputError(path, f"has no column {', '.join(missing)}: take what `claimgraph curate DIR export` wrote")
    return [(number, cells) for number, cells in enumerate(table[1:], 2) if any(cells)], heads


def _row(
    number: int, row: dict[str, str], *, by: str | None, when: str | None
) -> tuple[list[tuple[str, str]], Row | None]:
    """What is wrong with a row, column by column, and the row where nothing is."""
    verdict, who, day = row["decision"].lower(), row.get("by") or by or "", row.get("when") or when or ""
    made = to_day(day)
    wrong = []
    if verdict not in VERDICTS:
        wrong.append(("decision", f"“{verdict}” is no decision: write {', '.join(VERDICTS)}, or leave the row empty"))
    elif verdict == "correct" and not row["correction"]:
        wrong.append(("correction", "is empty: write what it is instead"))
    elif verdict != "correct" and row["correction"]:
        wrong.append(("correction", f"is filled, but the decision is {verdict}: write correct, or empty it"))
    if not who or len(who) > LONGEST_NAME:
        wrong.append(("by", "is empty: write who decides, a name, an ORCID or a mail address, or give --by"
                      if not who else f"has more than {LONGEST_NAME} characters"))  # fmt: skip
    if not made:
        wrong.append(("when", _no_day(day)))
    if wrong or not made:
        return wrong, None
    return [], Row(number, row["item"], row["value"], verdict, row["correction"], who, made, row.get("note", ""))


def _no_day(words: str) -> str:
    if not words:
        return "is empty: write the day, as in 2026-01-31, or give --now"
    return f"“{words}” is no day, or one that can be read in two ways: write it as in 2026-01-31"


def to_day(words: str) -> str | None:
    """A day or a time in ISO 8601; None for what is none, or is read differently in different countries.

    >>> to_day("2026-01-31"), to_day("31.01.2026"), to_day("1/31/2026"), to_day("3/4/2026"), to_day("2026")
    ('2026-01-31', '2026-01-31', '2026-01-31', None, None)
    """
    found = AMBIGUOUS.fullmatch(words.strip())
    if found and int(found[1]) <= LAST_MONTH and int(found[2]) <= LAST_MONTH and found[1] != found[2]:
        return None
    iso = to_iso(words)
    return iso if iso and len(iso) >= len("2026-01-31") else None
