"""Two articles of a built graph, or two editions of one, claim by claim: as plain data, and as lines for people."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from claimgraph.building.readings import Readings
from claimgraph.changes import held, kept_of
from claimgraph.duplicates.copies import Derivation
from claimgraph.duplicates.editions import edition_iri, edition_name
from claimgraph.duplicates.kinship import likeness
from claimgraph.duplicates.printed import printed_as, printed_at
from claimgraph.duplicates.reprints import change_row
from claimgraph.errors import UsageError
from claimgraph.store import STORE, KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.duplicates.kinship import Printed
    from claimgraph.duplicates.revisions import Spoken

Row = dict[str, Any]
UNCHANGED = ["none"]
BEFORE = """SELECT DISTINCT ?id { ?article dcterms:identifier %s ; prov:wasRevisionOf|prov:wasDerivedFrom ?before .
    ?before dcterms:identifier ?id } ORDER BY DESC(CONTAINS(?id, "@")) ?id"""


def compare_articles(folder: str | Path, old: str, new: str | None = None) -> Row:
    """What became of each claim of one article in another: `old` and `new` with id, headline and date, and `changes`.

    Articles go by their ids, earlier editions by those in the report ("n7@1a2b3c4d"). With one id it is compared with what it
    derives from: its last edition, the version before it, or what it is a copy of.

    Raises:
        UsageError: the graph has no such article, its words are not in it, or it derives from none.

    """
    folder = Path(folder)
    graph = KnowledgeGraph.open(folder)
    how = kept_of(graph.store)
    if how.text == "none":
        raise UsageError(str(folder), "holds no words to compare: build it with --text full or quotes")
    if new is None:
        old, new = _before(graph, folder, old), old
    earlier, said = _found(graph, folder, old)
    later, says = _found(graph, folder, new)
    found = Derivation.of(later, earlier, "version", likeness(earlier, later), said, says)
    return {
        "old": _told(earlier),
        "new": _told(later),
        "resemblance": found.kinship.resemblance,
        "containment": found.kinship.containment,
        "changes": [change_row(change) for change in found.changes],
    }


def _told(article: Printed) -> Row:
    return {"id": article.id, "title": article.title or None, "published": article.published or None}


def _before(graph: KnowledgeGraph, folder: Path, id_: str) -> str:
    """The id of what an article derives from."""
    found = graph.query(BEFORE % msgspec.json.encode(id_).decode()).rows
    if not found:
        _found(graph, folder, id_)
        raise UsageError(id_, "derives from no other article that is known: name the one to compare it with")
    return str(found[0][0].value)


def _found(graph: KnowledgeGraph, folder: Path, id_: str) -> tuple[Printed, tuple[Spoken, ...]]:
    """An article or an edition, and its claims."""
    if held(graph.store, [id_]):
        return printed_at(graph.store, kept_of(graph.store).iris.article(id_))
    for name, found in _editions(graph, folder, id_.rpartition("@")[0]):
        if name == id_:
            return found
    raise UsageError(id_, "is neither the id of an article of the graph nor that of an edition that is kept")


def _editions(
    graph: KnowledgeGraph, folder: Path, id_: str
) -> Iterator[tuple[str, tuple[Printed, tuple[Spoken, ...]]]]:
    """The kept editions of an article, by their names."""
    how = kept_of(graph.store)
    with closing(Readings(folder / STORE, model=how.model)) as kept:
        for reading in kept.get(kept.editions().get(id_, ())):
            name = f"{id_}@{edition_name(reading)}"
            article, spoken = printed_as(reading, edition_iri(reading, how.iris))
            yield name, (msgspec.structs.replace(article, id=name), spoken)


def to_lines(found: Row) -> Iterator[str]:
    """A comparison for people: what is compared, then each claim that is not the same, before (-) and after (+)."""
    old, new = (f"{side['id']} ({side['published'] or 'no date'})" for side in (found["old"], found["new"]))
    counts = Counter("unchanged" if row["change"] == UNCHANGED else _headed(row) for row in found["changes"])
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("unchanged", "changed", "added", "removed") if counts[kind])
    yield f"{old} -> {new}: {found['resemblance']:.0%} alike; {told or 'no claims'}"
    for row in found["changes"]:
        if row["change"] != UNCHANGED:
            yield ""
            yield f"{', '.join(row['change'])}: {_speakers(row)}"
            yield from (_side(row, side, mark) for side, mark in (("before", "-"), ("after", "+")) if row[side])


def _headed(row: Row) -> str:
    return row["change"][0] if row["change"][0] in {"added", "removed"} else "changed"


def _speakers(row: Row) -> str:
    names = dict.fromkeys(row[f"{side}_speaker"] or "(nobody named)" for side in ("before", "after") if row[side])
    return " -> ".join(names)


def _side(row: Row, side: str, mark: str) -> str:
    return f"  {mark} {' '.join(row[side].split())}  [{row[f'{side}_start']}-{row[f'{side}_end']}]"
