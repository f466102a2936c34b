"""Loads lexicons/*.tsv: words and what they mean, as data that a researcher can edit. No rule lives here."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache
def load_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of lexicons/NAME.tsv as tuples of cells; the header, blank lines and lines that begin with # are dropped.

    >>> ("prime minister", "office") in load_table("titles")
    True
    """
    lines = (files("claimgraph") / "lexicons" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    return tuple(rows[1:])


@lru_cache
def load_words(name: str, value: str | None = None) -> frozenset[str]:
    """First cells of a table, all of them or those whose second cell is `value`."""
    return frozenset(row[0] for row in load_table(name) if value is None or row[1] == value)


@lru_cache
def load_map(name: str) -> dict[str, str]:
    """First cell to second cell."""
    return {row[0]: row[1] for row in load_table(name)}


@lru_cache
def load_details(name: str) -> dict[str, str]:
    """First cell to third cell."""
    return {row[0]: row[2] for row in load_table(name) if len(row) > 2}
