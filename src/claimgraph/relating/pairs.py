"""What claims of one article say, by parts that can be compared, and what makes a relation of two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimgraph.model import Relation

if TYPE_CHECKING:
    from claimgraph.model import Claim, Event, Quantity, RelationType
    from claimgraph.relating.measures import Figure
    from claimgraph.relating.propositions import Said

OPEN = 0.5
"""Highest confidence of a relation that rests on one reading of a back reference."""


class Proposition(NamedTuple):
    """What a claim says, by parts that can be compared."""

    claim: Claim
    text: str
    words: frozenset[str]
    sentences: tuple[Said, ...]
    groups: frozenset[str]
    acts: frozenset[str]
    events: tuple[Event, ...]
    shares: tuple[Quantity, ...]
    most: bool
    sites: frozenset[str]
    figures: tuple[Figure, ...]
    brief: bool
    speaker: str
    bag: frozenset[str]


def make(
    source: Proposition, target: Proposition, kind: RelationType, basis: str, rationale: str, confidence: float
) -> Relation:
    """The relation; with a claim of unknown certainty it is one reading of several."""
    unsure = "unknown" in {source.claim.certainty, target.claim.certainty}
    return Relation(
        source=source.claim.id,
        target=target.claim.id,
        type=kind,
        basis=basis,
        rationale=rationale,
        confidence=min(confidence, OPEN) if unsure else confidence,
    )


def same_voice(a: Proposition, b: Proposition) -> bool:
    """Whether one entity says both."""
    return a.claim.source_entity is not None and a.claim.source_entity == b.claim.source_entity


def overlap(a: Claim, b: Claim) -> bool:
    """Whether two claims share characters of their contents."""
    return any(s.overlaps(t) for s in a.content for t in b.content)
