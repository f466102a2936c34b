"""Whom names mean in a store, told again for some names after articles came or went: as a build of its articles has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from claimgraph.actors.authority import load_authority
from claimgraph.identifying.same_name import Outcome, alone, decide, middle_names, name_key, person_name
from claimgraph.identity import block_iris, link_triples, use_of
from claimgraph.quads import Quad, name, ref
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.identifying.same_name import Use
    from claimgraph.iris import Iris

SHORT = ("cg:claimant", "cg:holder", "cg:roleOf")
"""Edges from an article's parts that the identity graph has to the entity of all too."""


def link_again(store: ox.Store, blocks: Iterable[str], *, iris: Iris) -> tuple[list[ox.Quad], list[Quad], set[str]]:
    """For blocks of names: the quads of the identity graph that no longer hold, those that now do, and the entities concerned."""
    old: list[ox.Quad] = []
    new: list[Quad] = []
    touched: set[str] = set()
    graph = _Store(store, iris)
    for block in sorted(blocks):
        if load_authority().find(block) is None:
            for local, canonical, outcome in graph.decided(block):
                was, now = graph.told(local, canonical), set(graph.telling(local, outcome))
                old += (quad for quad in was if _plain(quad) not in now)
                new += sorted(now - set(map(_plain, was)))
                touched |= {canonical, outcome.canonical}
    return old, new, touched


class _Store:
    """A store, asked for what its articles tell of the bearers of a name."""

    def __init__(self, store: ox.Store, iris: Iris) -> None:
        self.store, self.iris = store, iris
        self.identity = iris.graph("identity")
        self.known: dict[str, set[str]] = {}

    def decided(self, block: str) -> Iterator[tuple[str, str, Outcome]]:
        """Each article's entity of a block, what it is held for, and what it is; those stay about whom somebody has decided."""
        held = [block, *(_value(quad.subject) for quad in self.find(None, "rdfs:seeAlso", block, self.identity))]
        articles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for canonical in held:
            for quad in self.find(None, "cg:canonical", canonical, self.identity):
                local = _value(quad.subject)
                if self._is_of(local, block):
                    articles[local.partition("#")[0]].append((local, canonical))
        uses = sorted(self._use(block, article, [local for local, _ in pairs]) for article, pairs in articles.items())
        outcomes = dict(decide(uses))
        for article, pairs in sorted(articles.items()):
            for local, canonical in sorted(pairs):
                if not self.find(self.iris.hashed("link", local, canonical), "cg:origin", None, self.identity):
                    yield local, canonical, outcomes.get((block, article)) or alone(block)

    def _is_of(self, local: str, block: str) -> bool:
        """Whether a block is of this entity's name: a description's or a surname's own entity is in none."""
        called = self._label(local)
        return block in block_iris(name_key(called), middle_names(person_name(called)), self.iris)

    def _use(self, block: str, article: str, held: list[str]) -> Use:
        graph = f"{article}/graph"
        roles = [_value(quad.subject) for local in held for quad in self.find(None, "cg:holder", local, graph)]
        offices = []
        for role in roles:
            of = next((_value(quad.object) for quad in self.find(role, "cg:roleOf", None, graph)), "")
            is_place = bool(of) and bool(self.find(of, "rdf:type", full("sem:Place"), graph))
            [title] = (_value(quad.object) for quad in self.find(role, "cg:roleTitle", None, graph))
            offices.append((title, self._label(of) if of else "", is_place))
        return use_of(block, article, map(self._label, held), offices, self._company(article))

    def _company(self, article: str) -> set[str]:
        """The entities of all that an article names; what is its own it shares with none."""
        if article not in self.known:
            found: set[str] = set()
            for kind in ("schema:Person", "schema:Organization", "sem:Place"):
                for quad in self.find(None, "rdf:type", full(kind), f"{article}/graph"):
                    links = self.find(_value(quad.subject), "cg:canonical", None, self.identity)
                    entities = {_value(link.object) for link in links}
                    found |= entities if kind != "schema:Person" else set(filter(load_authority().find, entities))
            self.known[article] = found
        return self.known[article]

    def told(self, local: str, canonical: str) -> list[ox.Quad]:
        """What the identity graph has of an article's entity."""
        link = self.iris.hashed("link", local, canonical)
        return [
            *self.find(local, "cg:canonical", None, self.identity),
            *self.find(link, None, None, self.identity),
            *(quad for part, edge in self._edges(local) for quad in self.find(part, edge, canonical, self.identity)),
        ]

    def telling(self, local: str, outcome: Outcome) -> Iterator[Quad]:
        """What it has of it when this is the outcome."""
        graph = ref(self.identity)
        yield from (Quad(*triple, graph) for triple in link_triples(local, self._label(local), outcome, self.iris))
        for part, edge in self._edges(local):
            yield Quad(ref(part), name(edge), ref(outcome.canonical), graph)

    def _edges(self, local: str) -> list[tuple[str, str]]:
        graph = f"{local.partition('#')[0]}/graph"
        return [(_value(quad.subject), edge) for edge in SHORT for quad in self.find(None, edge, local, graph)]

    def _label(self, local: str) -> str:
        found = self.find(local, "rdfs:label", None, f"{local.partition('#')[0]}/graph")
        return next((_value(quad.object) for quad in found), "")

    def find(self, subject: str | None, predicate: str | None, about: str | None, graph: str) -> list[ox.Quad]:
        """The quads of a pattern of IRIs in a graph."""
        terms = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate and full(predicate), about, graph))
        return list(self.store.quads_for_pattern(*terms))


def _value(term: object) -> str:
    """The IRI or the characters of a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _plain(quad: ox.Quad) -> Quad:
    return Quad(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
