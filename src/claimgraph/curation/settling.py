"""What a ledger means for a whole graph: which entities are one or not, which relations hold, and what became of each decision.

    decisions + the readings that they are about + whom names mean -> links, relations, effects

Only the articles of decisions are looked at, one at a time.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.curation.curated import Effect, absent, curated, decided_why, is_own
from claimgraph.curation.ends import Ends, effect_of, latest
from claimgraph.curation.entities import VERBS, decided_entities
from claimgraph.curation.happenings import decided_happenings, type_of
from claimgraph.curation.ledger import by_article, in_time
from claimgraph.curation.values import link_fault
from claimgraph.identity import relation_triples
from claimgraph.model import Relation
from claimgraph.quads import Quad, decimal, describe, name, ref, words
from claimgraph.terms import edge_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from claimgraph.curation.ledger import Decision
    from claimgraph.identifying.same_name import Outcome, Outcomes
    from claimgraph.iris import Iris
    from claimgraph.model import Reading
    from claimgraph.subjects.happenings import Decided

SHOWN = 80
"""Characters of an item's words in a message."""


class Curation:
    """The decisions of a folder, for the readings of its articles."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        self.of = by_article(self.decisions)

    def applied(self, reading: Reading) -> Reading:
        """The reading as it was decided."""
        decisions = self.of.get(reading.article.id)
        return curated(reading, decisions)[0] if decisions else reading


UNDECIDED = Curation()


class Settled(NamedTuple):
    """What holds by decisions: each one's effect and the IRI of what it is about; whom articles' entities are; links.

    Of relations, by the IRIs of both claims and the type: what holds instead of what is found; None where none does. Of
    happenings, why they are (subjects/happenings.py).
    """

    effects: tuple[tuple[Effect, str], ...]
    links: Mapping[str, Outcome]
    relations: Mapping[tuple[str, str, str], Relation | None]
    happenings: Decided = MappingProxyType({})

    def meant(self, people: Outcomes) -> Outcomes:
        """Whom names mean, and by their IRIs whom people have decided that entities of articles are."""
        return people | {(local, local.partition("#")[0]): outcome for local, outcome in self.links.items()}

    def related(self, quads: Sequence[Quad], *, iris: Iris) -> list[Quad]:
        """The quads of the graph of relations between articles' claims, with those that people have decided."""
        graph = ref(iris.graph("across"))
        gone: set[tuple[str, str, str]] = set()
        new: list[Quad] = []
        found = {quad.subject for quad in quads}
        for (source, target, type_), relation in self.relations.items():
            me = ref(iris.hashed("relation", source, target, type_))
            if relation is None:
                gone |= {*_lost(source, target, type_, iris), *_lost(target, source, type_, iris)}
            elif me in found:
                gone |= {(me, name("cg:confidence"), ""), (me, name("cg:origin"), "")}
                sure = {"cg:confidence": decimal(1.0), "cg:origin": words(relation.origin)}
                new += (Quad(*triple, graph) for triple in describe(me, sure))
            else:
                new += (Quad(*triple, graph) for triple in relation_triples(source, target, relation, iris))
        kept = (q for q in quads if gone.isdisjoint((q[:3], (q.subject, "", ""), (q.subject, q.predicate, ""))))
        return list(dict.fromkeys([*kept, *new]))

    def told(self) -> list[dict[str, str]]:
        """A row for each decision: what it was about, what was decided, and what became of it."""
        return [
            {
                "article": effect.decision.anchor.article,
                "kind": effect.decision.kind,
                "words": effect.decision.anchor.words,
                "read": effect.decision.value,
                "decision": VERBS[effect.decision.decision],
                "correction": effect.decision.correction,
                "by": effect.decision.by,
                "when": effect.decision.when,
                "outcome": effect.state,
                "why": effect.why,
            }
            for effect, _ in self.effects
        ]

    def warnings(self) -> list[str]:
        """A line for each decision that does not hold as it was made: what cannot be applied, and what has moved."""
        return warnings_of(effect for effect, _ in self.effects)


def warnings_of(effects: Iterable[Effect]) -> list[str]:
    """A line for each decision that cannot be applied, waits for its article, or was applied at another place."""
    verbs = {"conflict": "cannot be applied", "absent": "waits", "moved": "was applied at another place"}
    return [
        f"{e.decision.anchor.article}: the {e.decision.kind} “{_short(e.decision.anchor.words)}” that {e.decision.by} "
        f"{VERBS[e.decision.decision]} on {e.decision.when[:10]} {verbs[e.state]}: {e.why}"
        for e in effects
        if e.state in verbs
    ]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN].rsplit(' ', 1)[0]} …"


NOTHING = Settled((), {}, {})


def _lost(source: str, target: str, type_: str, iris: Iris) -> Iterator[tuple[str, str, str]]:
    """Patterns of the quads of a relation: its direct edge, and all that is told of it."""
    yield ref(source), name(f"cg:{edge_of(type_)}"), ref(target)
    yield ref(iris.hashed("relation", source, target, type_)), "", ""


def settle(curation: Curation, readings: Callable[[str], Reading | None], outcomes: Outcomes, *, iris: Iris) -> Settled:
    """What decisions mean; `readings` gives the reading of an article as it was read, None where there is none."""
    ends = Ends(iris, outcomes)
    effects: list[tuple[Effect, str]] = []
    there = []
    for article in sorted(curation.of):
        reading = readings(article)
        if reading is not None:
            there.append(article)
            effects += ends.look(reading, curation.of[article])
    shared = [d for d in in_time(curation.decisions) if d.articles <= set(there)]
    merges = decided_entities(ends, [d for d in shared if d.kind == "merge"])
    relations, told = decided_relations(ends, [d for d in shared if d.kind == "relation" and not is_own(d)])
    happenings, linked = decided_happenings(ends, [d for d in shared if d.kind == "happening"])
    effects += [(effect, about) for effect, about in (*merges.effects, *told, *linked) if not is_own(effect.decision)]
    effects += ((effect, "") for effect in absent(curation.decisions, there))
    order = {decision: number for number, decision in enumerate(curation.decisions)}
    in_order = tuple(sorted(effects, key=lambda pair: order[pair[0].decision]))
    return Settled(in_order, merges.links, relations, happenings)


# ---- relations between claims of different articles


def decided_relations(
    ends: Ends, decisions: list[Decision]
) -> tuple[dict[tuple[str, str, str], Relation | None], list[tuple[Effect, str]]]:
    """By both claims and the type, what holds; and what became of the decisions."""
    holding, effects = latest(ends, decisions)
    found: dict[tuple[str, str, str], Relation | None] = {}
    for decision, both in holding.items():
        source, target = (end.iri for end in both)
        type_ = type_of(decision)
        if fault := link_fault("relation", type_):
            effects.append((Effect(decision, "conflict", f"“{type_}” {fault}"), ""))
            continue
        found[source, target, decision.value] = None
        if decision.decision != "reject":
            found[source, target, type_] = _decided(decision, type_)
        effects.append(effect_of(decision, both, ends.iris.hashed("relation", source, target, type_)))
    return found, effects


def _decided(decision: Decision, type_: str) -> Relation:
    basis, rationale = decided_why(decision)
    return Relation(
        source="",
        target="",
        type=type_,  # type: ignore[arg-type]
        basis=basis,
        rationale=rationale,
        confidence=1.0,
        origin="curation",
    )
