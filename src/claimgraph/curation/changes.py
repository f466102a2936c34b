"""Decisions in a store that changes article by article: what holds of them without the readings of the other articles.

A decision about one article is applied as a build does. Whom somebody has decided an entity to be stays so when its article
is read again and calls it so. Links between articles are found by the places where their claims and events stood: what has moved
meanwhile is found by the next build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from claimgraph.curation.curated import STANDS_ON, is_own
from claimgraph.curation.ends import End, Ends
from claimgraph.curation.happenings import decided_happenings
from claimgraph.curation.ledger import BETWEEN, Anchor, in_time
from claimgraph.curation.quads import curation_quads, decision_iri
from claimgraph.curation.settling import Settled, decided_relations, warnings_of
from claimgraph.identifying.same_name import Outcome
from claimgraph.iris import part
from claimgraph.quads import Quad
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.curation.settling import Curation
    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.iris import Iris
    from claimgraph.model import Reading


class Redecided(NamedTuple):
    """Quads of the graph of decisions that hold no longer, and those that do now; a line for each that is not as it was made."""

    old: set[ox.Quad]
    new: set[Quad]
    warnings: tuple[str, ...]


def decided_links(store: ox.Store, articles: Iterable[str], iris: Iris) -> Outcomes:
    """Whom people have decided the entities of these articles to be, as the store has it."""
    graph = iris.graph("identity")
    found: Outcomes = {}
    for article in articles:
        prefix = f"{iris.article(article)}#"
        locals_ = {_value(q.subject) for q in _find(store, None, None, None, f"{iris.article(article)}/graph")}
        for local in sorted(one for one in locals_ if one.startswith(prefix)):
            for quad in _find(store, local, "cg:canonical", None, graph):
                link = iris.hashed("link", local, _value(quad.object))
                told = [_first(store, link, name, graph) for name in ("cg:origin", "cg:rationale")]
                if told[0]:
                    found[local, iris.article(article)] = Outcome(_value(quad.object), 1.0, told[1], told[0])
    return found


def decide_again(
    store: ox.Store, curation: Curation, gone: Sequence[str], readings: Sequence[Reading], *, iris: Iris, text: str
) -> Redecided:
    """What becomes of decisions about articles that go, and of those about `readings`, as they were read, that come."""
    if not curation.decisions:
        return Redecided(set(), set(), ())
    graph = iris.graph("curation")
    ids = {*gone, *(reading.article.id for reading in readings)}
    own = [d for d in curation.decisions if is_own(d) and d.articles & ids]
    old: set[ox.Quad] = set()
    for decision in own:
        for quad in _find(store, decision_iri(decision, iris), "cg:decides", None, graph):
            old |= {quad, *_find(store, _value(quad.object), None, None, graph)}
    ends = Ends(iris, {})
    effects = [
        found
        for reading in readings
        if reading.article.id in curation.of
        for found in ends.look(reading, curation.of[reading.article.id])
    ]
    new = set(curation_quads(effects, iris=iris, text=text))
    held = {_plain(quad) for quad in _find(store, None, None, None, graph)}
    gone_quads = {quad for quad in old if _plain(quad) not in new}
    return Redecided(gone_quads, new - held, tuple(warnings_of(effect for effect, _ in effects)))


def related_by_place(store: ox.Store, curation: Curation, iris: Iris) -> Settled:
    """What people have decided of links between articles whose claims and events stand where they stood."""
    decisions = [d for d in in_time(curation.decisions) if d.kind in BETWEEN and not is_own(d)]
    ends = Ends(iris, {})
    for decision in decisions:
        for anchor in (decision.anchor, decision.other):
            if isinstance(anchor, Anchor):
                ends.found[decision.kind, anchor] = _part_at(store, anchor, STANDS_ON[decision.kind], iris)
    relations, _ = decided_relations(ends, [d for d in decisions if d.kind == "relation"])
    happenings, _ = decided_happenings(ends, [d for d in decisions if d.kind == "happening"])
    return Settled((), {}, relations, happenings)


def _part_at(store: ox.Store, anchor: Anchor, kind: str, iris: Iris) -> End:
    iri = part(iris.article(anchor.article), kind, anchor.start, anchor.end)
    iri += f"-{anchor.number}" if anchor.number > 1 else ""
    words = _first(store, iri, "rdfs:label", f"{iris.article(anchor.article)}/graph")
    return End(iri) if words else End(why=f"no {kind} stands there")


def _find(
    store: ox.Store, subject: str | None, predicate: str | None, about: str | None, graph: str
) -> Iterator[ox.Quad]:
    terms = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate and full(predicate), about, graph))
    return store.quads_for_pattern(*terms)


def _first(store: ox.Store, subject: str, predicate: str, graph: str) -> str:
    return min((_value(quad.object) for quad in _find(store, subject, predicate, None, graph)), default="")


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _plain(quad: ox.Quad) -> Quad:
    return Quad(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
