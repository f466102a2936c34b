"""What a person should look at between articles: links from claim to claim and from event to event, as the graph has them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.curation.doubts import Doubt
from claimgraph.curation.ledger import Item
from claimgraph.subjects.happenings import HAS_PART, SAME
from claimgraph.vocab import load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.curation.ledger import Anchor, Kind
    from claimgraph.iris import Iris
    from claimgraph.store import KnowledgeGraph

RELATIONS = """SELECT ?from ?to ?type ?confidence ?basis ?why { GRAPH <%s> { ?r a cg:ClaimRelation ; cg:from ?from ; cg:to ?to ;
  cg:relation ?type ; cg:confidence ?confidence ; cg:basis ?basis ; cg:rationale ?why } } ORDER BY ?r"""
HAPPENINGS = """SELECT ?from ?to ?type ?confidence ?basis ?why { GRAPH <%s> { ?r a cg:HappeningLink ; cg:from ?from ; cg:to ?to ;
  cg:confidence ?confidence ; cg:basis ?basis ; cg:rationale ?why . ?from ?type ?to } } ORDER BY ?r"""


class Joint(NamedTuple):
    """A link between claims or events of two articles, by their IRIs; how sure it is, why, and what hangs on it."""

    kind: Kind
    source: str
    target: str
    type: str
    confidence: float
    reason: str
    hanging: int = 1

    def doubt(self, source: tuple[Anchor, str], target: tuple[Anchor, str]) -> Doubt:
        """The item of the link; of each end its anchor and context."""
        item = Item(self.kind, source[0], self.type, target[0])
        return Doubt(item, "", f"{source[1]} ⟷ {target[1]}", self.confidence, self.hanging, self.reason)


def joints(graph: KnowledgeGraph, iris: Iris) -> list[Joint]:
    """All links between claims of different articles, and between their events."""
    codes = {concept.iri: code for (scheme, code), concept in load_concepts().items() if scheme == "RelationType"}
    relations = list(_rows(graph, "relation", RELATIONS % iris.graph("across")))
    happenings = list(_rows(graph, "happening", HAPPENINGS % iris.graph("happenings")))
    same = [joint for joint in happenings if joint.type.endswith("sameHappening")]
    parts = [joint._replace(type=HAS_PART) for joint in happenings if joint not in same]
    return [*(each._replace(type=codes[each.type]) for each in relations), *_with_hanging(same), *parts]


def _rows(graph: KnowledgeGraph, kind: Kind, question: str) -> Iterator[Joint]:
    for row in graph.query(question).rows:
        source, target, type_, confidence, basis, why = (str(getattr(cell, "value", cell)) for cell in row)
        yield Joint(kind, source, target, type_, float(confidence), f"{basis}: {why}")


def _with_hanging(same: Iterable[Joint]) -> Iterator[Joint]:
    """Links that make events one, each with the events that it alone joins to the happening: of the two sides the smaller."""
    same = list(same)
    next_to: dict[str, set[str]] = defaultdict(set)
    for each in same:
        next_to[each.source].add(each.target)
        next_to[each.target].add(each.source)
    for each in same:
        sides = (_reached(each.source, each.target, next_to), _reached(each.target, each.source, next_to))
        yield each._replace(type=SAME, hanging=min(map(len, sides)))


def _reached(start: str, other: str, next_to: dict[str, set[str]]) -> set[str]:
    """The events that are one with this one without its link to the other."""
    reached, ahead = {start}, [start]
    while ahead:
        event = ahead.pop()
        new = next_to[event] - reached - ({other} if event == start else set())
        reached |= new
        ahead += new
    return reached
