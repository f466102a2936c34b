"""What decisions about a whole graph are about: their ends in the readings of articles, and which of them hold.

An end is a claim, an event or an entity of an article by its IRI, or an entry of the authority.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimgraph.curation.curated import STANDS_ON, Effect, Finder, curated, is_own
from claimgraph.curation.ledger import BETWEEN, Anchor
from claimgraph.facts import Facts
from claimgraph.identity import identify
from claimgraph.rdf import to_quads
from claimgraph.subjects.happenings import lines_of
from claimgraph.subjects.occurrences import occurrences_of
from claimgraph.terms import entity_iris, part_iris

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.curation.ledger import Decision, Kind
    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.identity import Link
    from claimgraph.iris import Iris
    from claimgraph.model import Reading

DONE = ("applied", "moved")
"""States of what is in force."""


class End(NamedTuple):
    """An end of a decision about two: its IRI and, of an entity, its link; else why there is none; how it has moved."""

    iri: str = ""
    link: Link | None = None
    why: str = ""
    moved: str = ""


class Ends:
    """The ends of decisions that are about two articles, found article by article."""

    def __init__(self, iris: Iris, outcomes: Outcomes) -> None:
        self.iris, self.outcomes = iris, outcomes
        self.found: dict[tuple[str, Anchor], End] = {}

    def look(self, reading: Reading, decisions: list[Decision]) -> list[tuple[Effect, str]]:
        """The effects of what is decided about this article alone, each with the IRI of what it is about; ends are found."""
        changed, effects = curated(reading, decisions)
        article = self.iris.article(reading.article.id)
        was, now = part_iris(reading, article), part_iris(changed, article)
        finder = Finder(reading)
        kinds = {decision.kind for decision in decisions}
        named = self._named(changed) if "merge" in kinds else {}
        told = self._told(changed) if "happening" in kinds else set()
        for decision in decisions:
            if decision.kind == "merge" or not is_own(decision):
                for anchor in (decision.anchor, decision.other, decision.instead):
                    if isinstance(anchor, Anchor) and anchor.article == reading.article.id:
                        id_, moved, why = finder.find(anchor, decision.kind)
                        end = (
                            _entity_end(named, id_) if decision.kind == "merge" else _part_end(now, id_, decision.kind)
                        )
                        end = _known_again(end, told) if decision.kind == "happening" else end
                        self.found[decision.kind, anchor] = End(why=why) if why else end._replace(moved=moved)
        local = entity_iris(reading, article)
        was |= {f"entity of {m.id}": local[m.entity] for m in reading.mentions if m.entity}
        return [(effect, self._target(effect, was, now)) for effect in effects]

    def _named(self, reading: Reading) -> dict[str, Link]:
        """Mention to the link of the entity that it names."""
        links = identify([reading], iris=self.iris, outcomes=self.outcomes)
        of = {link.entity.id: link for link in links}
        return {m.id: of[m.entity] for m in reading.mentions if m.entity in of}

    def _told(self, reading: Reading) -> set[str]:
        """The IRIs of the events that another article may tell too."""
        facts = Facts(to_quads(reading, iris=self.iris))
        return {told.iri for told in occurrences_of(facts, lambda local: local) if next(lines_of([told]), None)}

    def _target(self, effect: Effect, was: dict[str, str], now: dict[str, str]) -> str:
        """The IRI of what a decision about one article is about; of what is gone the one that it had."""
        if effect.state not in DONE:
            return ""
        decision, ids = effect.decision, effect.target.split()
        if decision.kind == "merge":
            return self.iris.hashed("link", was[f"entity of {ids[0]}"], str(decision.other))
        if decision.kind == "relation":
            ends = [now.get(id_) or was[id_] for id_ in ids]
            type_ = decision.correction if decision.decision == "correct" else decision.value
            return self.iris.hashed("relation", *ends, type_)
        iri = now.get(ids[0]) or was[ids[0]]
        return f"{iri}-rejected" if ids[0] not in now and iri in now.values() else iri

    def both(self, decision: Decision) -> list[End]:
        """The ends of a decision; an entry of the authority is one."""
        ends = (decision.anchor, decision.other)
        return [self.of(decision, end) for end in ends]

    def of(self, decision: Decision, end: Anchor | str | None) -> End:
        """One end of a decision."""
        return self.found[decision.kind, end] if isinstance(end, Anchor) else End(end or "")


def _part_end(now: dict[str, str], id_: str, kind: Kind) -> End:
    """A claim or an event that is still there after other decisions."""
    part = STANDS_ON[kind]
    return End(now[id_]) if id_ in now else End(why=f"{'an' if part == 'event' else 'a'} {part} of it was rejected")


def _known_again(end: End, told: set[str]) -> End:
    """An event that may be the one of another article; else why it may not."""
    return end if end.iri in told or end.why else End(why="its words tell no more of an event that took place or is to")


def _entity_end(named: dict[str, Link], id_: str) -> End:
    return End(named[id_].local, named[id_]) if id_ in named else End(why="its words name nobody any more")


def latest(ends: Ends, decisions: list[Decision]) -> tuple[dict[Decision, list[End]], list[tuple[Effect, str]]]:
    """The decisions that hold, with their ends, and the effects of the others: what cannot be found, what was overtaken."""
    hold: dict[tuple[str, ...], tuple[Decision, list[End]]] = {}
    effects: list[tuple[Effect, str]] = []
    for decision in decisions:
        both = ends.both(decision)
        why = next((end.why for end in both if end.why), "")
        if why:
            effects.append((Effect(decision, "conflict", why), ""))
            continue
        key = (*sorted(end.iri for end in both), decision.value if decision.kind in BETWEEN else "")
        if key in hold:
            effects.append((Effect(hold[key][0], "superseded", "another decision came later"), ""))
        hold[key] = decision, both
    return dict(hold.values()), effects


def effect_of(decision: Decision, both: Iterable[End], iri: str) -> tuple[Effect, str]:
    """That a decision holds, with the IRI of what it is about."""
    moved = "; ".join(end.moved for end in both if end.moved)
    return Effect(decision, "moved" if moved else "applied", moved), iri
