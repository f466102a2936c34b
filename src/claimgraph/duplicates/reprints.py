"""Copies and later versions in the report: which articles they are, what has changed in them, and every claim counted once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from claimgraph.duplicates.kinship import reason
from claimgraph.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.duplicates.copies import Copies, Derivation
    from claimgraph.duplicates.revisions import Change, Spoken
    from claimgraph.model import Reading

Row = dict[str, Any]
KINDS = {"copy": "copies", "version": "versions"}


class Reprints:
    """What the report tells of copies."""

    def __init__(self, copies: Copies, revised: Iterable[Derivation] = ()) -> None:
        self.of = {found.source.id: found for found in copies.derivations}
        self.found = sorted([*copies.derivations, *revised], key=lambda found: (found.source.id, found.target.id))
        self.again = {
            (found.source.id, change.new.start, change.new.end): found.target.id
            for found in copies.derivations
            for change in found.changes
            if change.new and change.carried
        }

    def counts(self, reading: Reading) -> Counter[str]:
        """What an article adds to the counts: a copy or later version only the claims that it has of its own."""
        found = self.of.get(reading.article.id)
        if found is None:
            return Counter({"articles": 1} | {layer: len(getattr(reading, layer)) for layer in LAYERS})
        own = sum(not change.carried for change in found.changes if change.new)
        return Counter({"articles": 1, KINDS[found.type]: 1, "claims": own})

    def noted(self, row: Row) -> Row:
        """A row of claims with the article that has the claim already, where there is one."""
        if "claim" not in row:
            return row
        return row | {"copied_from": self.again.get((row["article"], row["start"], row["end"]))}

    def copies(self) -> list[Row]:
        """One row for each copy or later version."""
        return [_copy_row(found) for found in self.found]

    def changes(self) -> list[Row]:
        """One row for each claim that a copy or later version adds, has changed or has no more."""
        return [row for found in self.found for row in _change_rows(found)]


def _copy_row(found: Derivation) -> Row:
    version = found.type == "version"
    return {
        "article": found.source.id,
        "type": found.type,
        "of": found.target.id,
        "resemblance": found.kinship.resemblance,
        "containment": found.kinship.containment,
        "rationale": reason(found.source, found.target, found.kinship, version=version, ordered=found.told),
    }


def _change_rows(found: Derivation) -> Iterator[Row]:
    between = {"article": found.source.id, "earlier": found.target.id}
    return (between | change_row(change) for change in found.changes if change.kinds != ("none",))


def change_row(change: Change) -> Row:
    """What became of a claim, with the words, the speaker and the place of both."""
    return {"change": list(change.kinds), **_side("before", change.old), **_side("after", change.new)}


def _side(name: str, claim: Spoken | None) -> Row:
    told = (claim.text, claim.speaker or None, claim.start, claim.end) if claim else (None,) * 4
    return dict(zip((name, f"{name}_speaker", f"{name}_start", f"{name}_end"), told, strict=True))


class _Without:
    """Rows but for those of which a test is true."""

    def __init__(self, rows: Iterable[Row], test: Callable[[Row], bool]) -> None:
        self.rows, self.test = rows, test

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.rows if not self.test(row))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def once(report: Row) -> Row:
    """A report without the rows of claims, figures and others that stand in another article's already."""
    copied = {row["article"] for row in report["copies"] if row["type"] == "copy"}
    if not report["copies"]:
        return report
    tables = {
        name: _Without(report[name], lambda row: row["article"] in copied)
        for name in ("unattributed", "vague_sources", "figures", "relations")
    }
    return report | tables | {"claims": _Without(report["claims"], lambda row: bool(row["copied_from"]))}
