"""Which events of different articles are one happening by decision, or a part of another, and which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.curation.curated import Effect, decided_why
from claimgraph.curation.ends import effect_of, latest
from claimgraph.curation.values import link_fault
from claimgraph.subjects.happenings import HAS_PART, SAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.curation.ends import End, Ends
    from claimgraph.curation.ledger import Decision
    from claimgraph.subjects.happenings import Decided

ONE = "other decisions make both one happening"


def decided_happenings(ends: Ends, decisions: list[Decision]) -> tuple[Decided, list[tuple[Effect, str]]]:
    """What decisions about happenings mean, and what became of them; they come in time."""
    holding, effects = latest(ends, decisions)
    made_one = _made_one(holding)
    found: dict[tuple[str, str, str], str | None] = {}
    for decision, both in holding.items():
        source, target = (end.iri for end in both)
        type_ = type_of(decision)
        fault = link_fault("happening", type_)
        if (
            not fault
            and (decision.decision == "reject" or type_ != SAME)
            and made_one.get(source) is made_one.get(target, ())
        ):
            fault = ONE
        if fault:
            effects.append((Effect(decision, "conflict", fault if fault == ONE else f"“{type_}” {fault}"), ""))
            continue
        found.setdefault(_link(source, target, decision.value), None)
        now = _link(source, target, type_)
        if decision.decision != "reject":
            found[now] = decided_why(decision)[1]
        effect, link = effect_of(decision, both, ends.iris.hashed("happening-link", *now[:2]))
        effects.append((effect._replace(target=f"{now[0]} {now[1]}"), link))
    return found, effects


def type_of(decision: Decision) -> str:
    """What somebody says that a link is, or is not."""
    return decision.correction if decision.decision == "correct" else decision.value


def _link(source: str, target: str, type_: str) -> tuple[str, str, str]:
    """A link as the graph has it: from a whole to its part."""
    return (target, source, HAS_PART) if type_ == "part-of" else (source, target, type_)


def _made_one(holding: dict[Decision, list[End]]) -> dict[str, list[str]]:
    """Each event that decisions make one with others, with all of these; the same list for all."""
    pairs: Iterable[list[str]] = (
        [end.iri for end in both] for d, both in holding.items() if d.decision != "reject" and type_of(d) == SAME
    )
    of: dict[str, list[str]] = {}
    for source, target in pairs:
        ours, theirs = (of.setdefault(iri, [iri]) for iri in (source, target))
        if ours is not theirs:
            ours += theirs
            of.update((iri, ours) for iri in theirs)
    return of
