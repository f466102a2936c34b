"""The many that a name may stand for (ontology/known.tsv): looked up line by line, so that loading costs next to nothing."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from claimgraph.ontology_files import ontology_folder

if TYPE_CHECKING:
    from pathlib import Path


class Table:
    r"""Lines in order of their first cell, found by it.

    >>> table = Table("a\t1\nb\t2\n")
    >>> table.row("b"), table.row("c")
    (('b', '2'), None)
    """

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, key: str) -> tuple[str, ...] | None:
        """The cells of the line that begins with `key`."""
        at = bisect_left(self.lines, key + "\t")
        if at < len(self.lines) and self.lines[at].startswith(key + "\t"):
            return tuple(self.lines[at].split("\t"))
        return None


@cache
def load_table(name: str, folder: Path | None = None) -> Table:
    """One of the tables beside authority.ttl: "known" by key of the entry, "known_names" by matching key of the name."""
    return Table(((folder or ontology_folder()) / f"{name}.tsv").read_text(encoding="utf-8"))
