"""Which entities of articles are one by decision, and which are not: groups, each with one entity of all.

A group of entities that are one has the authority's entry, else the first of those that its members were held for; one that
is not what it was held for has an entity of its own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.authority import load_authority
from claimgraph.curation.curated import Effect
from claimgraph.curation.ends import effect_of, latest
from claimgraph.identifying.same_name import Outcome

if TYPE_CHECKING:
    from claimgraph.curation.ends import End, Ends
    from claimgraph.curation.ledger import Decision
    from claimgraph.identity import Link

VERBS = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}


class DecidedEntities(NamedTuple):
    """Whom entities of articles are, by their IRIs, and what became of the decisions."""

    links: dict[str, Outcome]
    effects: list[tuple[Effect, str]]


def decided_entities(ends: Ends, decisions: list[Decision]) -> DecidedEntities:
    """What decisions about merges mean; they come in time."""
    holding, effects = latest(ends, decisions)
    instead = {d: ends.of(d, d.instead) for d in holding if d.decision == "correct"}
    lost = [Effect(decision, "conflict", end.why) for decision, end in instead.items() if end.why]
    holding = {d: both for d, both in holding.items() if not (d in instead and instead[d].why)}
    groups = _Groups(ends)
    for decision, both in holding.items():
        groups.know([*both, *([instead[decision]] if decision in instead else [])])
        if decision.decision != "reject":
            groups.join(both[0].iri, instead[decision].iri if decision in instead else both[1].iri)
    groups.settle()
    stuck = [
        Effect(decision, "conflict", "other decisions make both one")
        for decision, both in holding.items()
        if decision.decision != "confirm" and not groups.part(both[0].iri, both[1].iri)
    ]
    off = {effect.decision for effect in stuck}
    for decision, both in holding.items():
        if decision not in off:
            groups.explain(decision, both)
            link = groups.link[both[0].iri]
            to = link.canonical if decision.decision == "reject" else groups.entity(both[0].iri)
            effects.append(effect_of(decision, both, ends.iris.hashed("link", link.local, to)))
    return DecidedEntities(groups.outcomes(), [*effects, *((effect, "") for effect in (*lost, *stuck))])


class _Groups:
    """Entities by their IRIs, in groups that are one (union-find)."""

    def __init__(self, ends: Ends) -> None:
        self.iris = ends.iris
        self.above: dict[str, str] = {}
        self.link: dict[str, Link] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        self.canonical: dict[str, str] = {}
        self.reason: dict[str, str] = {}

    def know(self, ends: list[End]) -> None:
        """Nothing; these are in groups."""
        for end in ends:
            self.above.setdefault(end.iri, end.iri)
            if end.link is not None:
                self.link[end.iri] = end.link

    def join(self, one: str, other: str) -> None:
        """Nothing; both are one."""
        first, second = sorted((self._root(one), self._root(other)))
        self.above[second] = first

    def _root(self, iri: str) -> str:
        while self.above[iri] != iri:
            iri = self.above[iri]
        return iri

    def settle(self) -> None:
        """Nothing; the groups are whole, and each has its entity."""
        for iri in sorted(self.above):
            self.members[self._root(iri)].append(iri)
        for root, held in self.members.items():
            found = sorted({self.link[iri].canonical if iri in self.link else iri for iri in held})
            self.canonical[root] = next((iri for iri in found if load_authority().find(iri)), found[0])

    def part(self, one: str, other: str) -> bool:
        """Whether the two are not one: the first group has an entity of its own where it had that of the other."""
        first, second = self._root(one), self._root(other)
        if first != second and self.canonical[first] == self.canonical[second]:
            link = self.link[next(iri for iri in self.members[first] if iri in self.link)]
            self.canonical[first] = self.iris.entity(link.entity.name, link.entity.type, "curation", link.local)
        return first != second

    def entity(self, iri: str) -> str:
        """The entity of all that this one is."""
        return self.canonical[self._root(iri)]

    def explain(self, decision: Decision, both: list[End]) -> None:
        """Nothing; the decision is a reason for what its ends are."""
        note = f": {decision.note}" if decision.note else ""
        for end in both:
            self.reason[end.iri] = f"{VERBS[decision.decision]} by {decision.by} on {decision.when[:10]}{note}"

    def outcomes(self) -> dict[str, Outcome]:
        """Whom those are about whom something is decided, where they are others or surely the same."""
        found = {}
        for root, held in self.members.items():
            for iri in held:
                moved = iri in self.link and self.link[iri].canonical != self.canonical[root]
                if iri in self.link and (moved or len(held) > 1):
                    reason = self.reason.get(iri, "a person decided so")
                    found[iri] = Outcome(self.canonical[root], 1.0, reason, "curation")
        return found
