"""What follows from the ontology and its alignments, in a graph of its own: sub-classes, sub-properties, inverses.

Only these three: they say what the graph says in terms of others. Domains and ranges, equality and chains are not used,
so nothing that a claim holds leaves the claim: whatever follows has a subject and an object that the graph joins already.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.iris import INFERRED, Iris
from claimgraph.ontology_files import load_facts, ontology_folder
from claimgraph.quads import Quad, day, describe, name, ref, words
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimgraph.quads import Term, Triple

FILES = ("claimgraph.ttl", "alignments.ttl")
TYPE = name("rdf:type")
Property = tuple["Term", bool]
"""A property, and whether it is read from object to subject."""


class Rules(NamedTuple):
    """What each class and each property implies, all the way up, sorted; and the versions of the files that say so."""

    classes: Mapping[Term, tuple[Term, ...]]
    properties: Mapping[Term, tuple[Property, ...]]
    versions: tuple[Term, ...]


@cache
def load_rules() -> Rules:
    """The rules of the ontology folder.

    >>> load_rules().classes[name("schema:Corporation")][2:]
    ('<https://schema.org/Organization>',)
    >>> load_rules().properties[name("schema:about")]
    (('<https://schema.org/subjectOf>', True),)
    """
    return Rules(
        _closed(_axioms("rdfs:subClassOf")),
        _turning(_axioms("rdfs:subPropertyOf"), _axioms("owl:inverseOf")),
        tuple(sorted(version for _, version in _axioms("owl:versionIRI"))),
    )


def _axioms(prefixed: str) -> list[tuple[Term, Term]]:
    """Which thing with a name the ontology says to stand so to which: a node without one has no colon."""
    told = [facts.items() for facts in map(load_facts, (ontology_folder() / file for file in FILES))]
    edges = [(one, other) for facts in told for one, known in facts for other in known.get(full(prefixed), ())]
    return [(ref(one), ref(other)) for one, other in edges if ":" in one and ":" in other]


def _closed(edges: Iterable[tuple[Term, Term]]) -> dict[Term, tuple[Term, ...]]:
    """Each class with all that it is a sub-class of."""
    turned = _turning(edges, [])
    return {start: tuple(above for above, _ in reached) for start, reached in turned.items()}


def _turning(up: Iterable[tuple[Term, Term]], inverse: Iterable[tuple[Term, Term]]) -> dict[Term, tuple[Property, ...]]:
    """Each property with all that it implies: an inverse turns it round, an inverse of that turns it back."""
    steps: dict[Term, set[Property]] = {}
    for one, other in up:
        steps.setdefault(one, set()).add((other, False))
    for one, other in inverse:
        steps.setdefault(one, set()).add((other, True))
        steps.setdefault(other, set()).add((one, True))
    return {start: tuple(sorted(_reached(start, steps) - {(start, False)})) for start in sorted(steps)}


def _reached(start: Term, steps: Mapping[Term, set[Property]]) -> set[Property]:
    found: set[Property] = set()
    waiting: list[Property] = [(start, False)]
    while waiting:
        at, turned = waiting.pop()
        for after, turns in steps.get(at, ()):
            if (step := (after, turned != turns)) not in found:
                found.add(step)
                waiting.append(step)
    return found


def infer(quads: Iterable[Quad], *, iris: Iris | None = None, version: str = "", now: str | None = None) -> list[Quad]:
    """The inferred graph of these quads: what follows and no other graph says, sorted, and by what it was derived.

    Quads that stand in an inferred graph already count for nothing, so inferring twice is inferring once.
    """
    iris = iris or Iris()
    graph = ref(f"{iris.base}{INFERRED}")
    about = list(_described(graph, iris, version, now))
    told = [quad[:3] for quad in quads if not quad.graph.endswith(f"{INFERRED}>")]
    new = {follows for triple in (*told, *about) for follows in _follow(triple)}.union(about).difference(told)
    return [Quad(*triple, graph) for triple in sorted(new)]


def _follow(triple: Triple) -> Iterator[Triple]:
    """What one triple implies by itself: no rule here needs two."""
    subject, predicate, value = triple
    rules = load_rules()
    found = [triple] if predicate == TYPE else []
    for implied, turned in rules.properties.get(predicate, ()):
        if not turned or value.startswith("<"):
            found.append((value, implied, subject) if turned else (subject, implied, value))
    for thing, property_, kind in found:
        yield thing, property_, kind
        if property_ == TYPE:
            yield from ((thing, TYPE, above) for above in rules.classes.get(kind, ()))


def _described(graph: Term, iris: Iris, version: str, now: str | None) -> Iterator[Triple]:
    """The inferred graph in PROV's terms: derived by reasoning, from what, by which version."""
    activity, sources = ref(iris.hashed("run", version, "infer")), load_rules().versions
    yield from describe(graph, {
        "rdf:type": name("prov:Entity"),
        "rdfs:label": words("what follows from the ontology and its alignments", "en"),
        "prov:wasGeneratedBy": activity,
        "prov:wasDerivedFrom": [ref(f"{iris.base}dataset"), *sources],
    })  # fmt: skip
    yield from describe(activity, {
        "rdf:type": name("prov:Activity"),
        "rdfs:label": words(f"claimgraph {version}: reasoning", "en"),
        "prov:used": sources,
        "prov:wasAssociatedWith": ref(f"{iris.base}software/claimgraph-{version}"),
        "prov:endedAtTime": day(now) if now else None,
    })  # fmt: skip
