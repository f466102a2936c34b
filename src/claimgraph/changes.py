"""Articles put into a store and taken out of it: the store then holds what a build of the articles left would write.

An article owns the graph named after it. In the graphs of the whole corpus it owns what is told of its parts: the links
and short edges of its entities, claims and roles (identity), the relations that one of its claims is an end of
(relations, across, happenings), and what made its graph (runs). An entity of all articles belongs to none: it is described again by what its
remaining members say, and goes with the last of them; so does a run with the last graph that it made. The counts of the
data set are adjusted, and what follows from all of it is inferred again, where the store holds such a graph.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyoxigraph as ox

from claimgraph import __version__
from claimgraph.building.sorting import sort_lines
from claimgraph.curation.changes import decide_again, decided_links, related_by_place
from claimgraph.curation.settling import UNDECIDED
from claimgraph.duplicates.printed import copies_in, copy_quads
from claimgraph.facts import Facts
from claimgraph.identifying.relinking import link_again
from claimgraph.identifying.same_name import block_of
from claimgraph.identity import dataset_quads, describe_entity, identify, link_quads, relation_quads, run_quads
from claimgraph.infer import infer
from claimgraph.iris import BASE, INFERRED, Iris
from claimgraph.quads import Quad, ref, to_nquads
from claimgraph.rdf import to_quads
from claimgraph.relating.across import across_quads, told_in
from claimgraph.subjects.happening_graph import happening_quads
from claimgraph.subjects.happenings import lines_of
from claimgraph.subjects.occurrences import occurrences_of
from claimgraph.subjects.storylines import steps_of, storyline_quads
from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.curation.settling import Curation
    from claimgraph.model import Reading, TaggerName
    from claimgraph.subjects.occurrences import Occurrence

LARGE = 50_000
"""Quads: more are loaded in bulk. Below, a transaction is quicker, for a bulk load writes new files of every index."""
TEXTS = ("none", "quotes", "full")
ACROSS = ("across", "happenings", "storylines")
"""Graphs of what articles say of the same: made of all of them together."""
MEMBERS = """SELECT ?property ?value WHERE {
  GRAPH <IDENTITY> { ?member cg:canonical <ENTITY> }
  GRAPH ?article { ?member ?property ?value }
  FILTER(?property IN (rdf:type, rdfs:label, skos:altLabel) && STRENDS(STR(?article), "/graph"))
}"""
"""What the articles say of the members of an entity; the graphs of all articles do not end in /graph."""


class Change(NamedTuple):
    """How many articles and quads went out of the store and came into it."""

    removed: int
    added: int
    quads_removed: int
    quads_added: int
    warnings: tuple[str, ...] = ()
    """A line for each decision about these articles that cannot be applied, or was applied at another place."""


class Kept(NamedTuple):
    """How the graph was made, so that what is added is made alike."""

    iris: Iris
    options: str
    triples: int
    documents: int

    @property
    def text(self) -> str:
        """How much of the articles' words is in the graph."""
        return self._option("text") or TEXTS[0]

    @property
    def model(self) -> TaggerName:
        """The tagger that read them."""
        return "fast" if self._option("model") == "fast" else "accurate"

    def _option(self, name: str) -> str:
        return dict(option.split("=") for option in self.options.split()).get(name, "")


def change(
    store: ox.Store, gone: Sequence[str], read: Sequence[Reading], *, now: str | None, curation: Curation = UNDECIDED
) -> Change:
    """What changed in a store that nobody else has open: articles by their ids out of it, those that were `read` into it.

    The store passes through states in between: it is for the caller to make the end visible at once. What people have
    decided about single articles is applied (curation/changes.py).
    """
    kept = kept_of(store)
    iris, readings = kept.iris, [curation.applied(reading) for reading in read]
    decided = decided_links(store, gone, iris) if curation.decisions else {}
    links = identify(readings, iris=iris, outcomes=decided)  # what other articles tell of the same names comes below
    again = decide_again(store, curation, gone, read, iris=iris, text=kept.text)
    new = {quad for reading in readings for quad in to_quads(reading, iris=iris, text=kept.text)}
    new |= {*link_quads(links, readings, iris=iris), *relation_quads(readings, iris=iris)}
    runs = run_quads(readings, version=__version__, options=kept.options, now=now, iris=iris) if readings else []
    touched = {link.canonical for link in links}
    new |= again.new

    out = _remove(store, again.old)
    people = {block_of(link.canonical) for link in links if link.entity.type == "person"}
    if gone:  # told again by relate_again, without their words
        out += _remove(store, _find(store, None, None, None, iris.graph("storylines")))
    for article in map(iris.article, gone):
        theirs = _canonicals(store, article, iris)
        people |= set(map(block_of, theirs))
        touched |= theirs
        out += _forget(store, article, iris)
    _load(store, new)
    old, linked, moved = link_again(store, people, iris=iris)
    out += _remove(store, old)
    _load(store, linked)
    touched |= moved
    told: set[Quad] = set()
    for entity in sorted(touched):
        out += _remove(store, _description(store, entity, iris))
        told |= _describe(store, entity, iris)
    came, documents = len(new) + len(linked) + len(told), kept.documents - len(gone) + len(readings)
    _forget_runs(store, gone, iris, ended_again=runs[0].subject if now else None)
    if documents:  # an empty graph still knows how it was made
        _forget_idle_runs(store, iris)
    _remove(store, _find(store, None, None, None, iris.graph("dataset")))
    _load(store, [*told, *runs, *dataset_quads(kept.triples - out + came, documents, iris=iris)])
    _infer_again(store, iris, now)
    return Change(len(gone), len(readings), out, came, again.warnings)


def relate_again(store: ox.Store, *, now: str | None, curation: Curation = UNDECIDED) -> bool:
    """Whether claims of different articles bear on each other otherwise than the store had it, or events; it has what holds now.

    All claims and events are compared (relating/meetings.py, subjects/happenings.py): so a writer does it once, when it closes, and not at each
    change.
    """
    kept = kept_of(store)
    graphs = [kept.iris.graph(name) for name in ACROSS]
    old = {_plain(quad) for graph in graphs for quad in _find(store, None, None, None, graph)}
    copies = copies_in(store)
    events = sort_lines(lines_of(_occurrences(store, kept.iris)))
    steps = sort_lines(line for facts in _facts(store) for line in steps_of(facts))
    across = across_quads(copies.once(told_in(store, iris=kept.iris)), iris=kept.iris)
    decided = related_by_place(store, curation, kept.iris)
    new = {
        *decided.related(across, iris=kept.iris),
        *copy_quads(copies, iris=kept.iris),
        *happening_quads(events, iris=kept.iris, copies=copies.story, decided=decided.happenings),
        *storyline_quads(steps, iris=kept.iris, copies=copies.story),
    }
    if new == old:
        return False
    for graph in graphs:
        store.remove_graph(ox.NamedNode(graph))
    _remove(store, _find(store, None, None, None, kept.iris.graph("dataset")))
    _load(store, [*new, *dataset_quads(kept.triples - len(old) + len(new), kept.documents, iris=kept.iris)])
    _infer_again(store, kept.iris, now)
    return True


def _occurrences(store: ox.Store, iris: Iris) -> Iterator[Occurrence]:
    """The events of all articles of a store that can be known again."""
    for facts in _facts(store):
        yield from occurrences_of(facts, lambda local: _canonical(store, local, iris))


def _facts(store: ox.Store) -> Iterator[Facts]:
    """The graph of each article of a store."""
    for article in _find_all(store, "schema:NewsArticle"):
        yield Facts(map(_plain, _find(store, None, None, None, f"{article}/graph")))


def _canonical(store: ox.Store, local: str, iris: Iris) -> str:
    """The entity of all articles that an article's is."""
    links = _find(store, local, "cg:canonical", None, iris.graph("identity"))
    return next((_value(link.object) for link in links), local)


def _find_all(store: ox.Store, kind: str) -> Iterator[str]:
    """The IRIs of a class, in any graph."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(full("rdf:type")), ox.NamedNode(full(kind)), None):
        yield _value(quad.subject)


def _plain(quad: ox.Quad) -> Quad:
    return Quad(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))


def infers(store: ox.Store) -> bool:
    """Whether a store holds what follows from the rest of it."""
    return store.contains_named_graph(ox.NamedNode(f"{kept_of(store).iris.base}{INFERRED}"))


def _infer_again(store: ox.Store, iris: Iris, now: str | None) -> None:
    """Nothing; the inferred graph, if there is one, holds what follows now: the whole closure, in one pass over all quads."""
    graph = ox.NamedNode(f"{iris.base}{INFERRED}")
    if infers(store):
        quads = (_plain(quad) for quad in store)
        follows = infer(quads, iris=iris, version=__version__, now=now)
        store.remove_graph(graph)
        _load(store, follows)


def kept_of(store: ox.Store) -> Kept:
    """How the graph in a store was made; where its runs differ, the one with the least of the articles' words."""
    base, triples, documents = next(
        iter(_rows(store, "SELECT ?base ?n ?d { ?x void:uriSpace ?base ; void:triples ?n ; void:documents ?d }")),
        (BASE, "0", "0"),
    )
    options = [row[0] for row in _rows(store, "SELECT DISTINCT ?o { ?run cg:options ?o } ORDER BY ?o")]
    least = sorted(options, key=lambda o: next((i for i, t in enumerate(TEXTS) if f"text={t}" in o.split()), 0))
    return Kept(Iris(base), least[0] if least else "", int(triples), int(documents))


def held(store: ox.Store, ids: Iterable[str]) -> list[str]:
    """Those of these ids whose articles are in the store."""
    iris = kept_of(store).iris
    return [id_ for id_ in ids if store.contains_named_graph(ox.NamedNode(f"{iris.article(id_)}/graph"))]


# ---- the parts


def _rows(store: ox.Store, question: str) -> Iterator[tuple[str, ...]]:
    answer = cast("ox.QuerySolutions", store.query(question, prefixes=PREFIXES, use_default_graph_as_union=True))
    yield from (tuple(_value(term) for term in solution) for solution in answer)


def _value(term: Any) -> str:
    """The IRI or the characters of a term."""
    return str(term.value)


def _find(store: ox.Store, subject: str | None, predicate: str | None, about: str | None, graph: str) -> list[ox.Quad]:
    """The quads of a pattern of IRIs in a graph."""
    terms = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate and full(predicate), about, graph))
    return list(store.quads_for_pattern(*terms))


def _remove(store: ox.Store, quads: Iterable[ox.Quad]) -> int:
    """How many quads were removed."""
    removed = set(quads)
    for quad in removed:
        store.remove(quad)
    return len(removed)


def _load(store: ox.Store, quads: Iterable[Quad]) -> None:
    lines = to_nquads(quads)
    load = store.bulk_load if lines.count("\n") > LARGE else store.load
    load(lines.encode("utf-8"), format=ox.RdfFormat.N_QUADS)


def _parts(store: ox.Store, article: str) -> list[str]:
    """The IRIs of an article's own things, as subjects of its graph."""
    subjects = {_value(quad.subject) for quad in _find(store, None, None, None, f"{article}/graph")}
    return sorted(iri for iri in subjects if iri.startswith(f"{article}#"))


def _canonicals(store: ox.Store, article: str, iris: Iris) -> set[str]:
    """The entities of all that an article's own are."""
    graph = iris.graph("identity")
    found = (quad for part in _parts(store, article) for quad in _find(store, part, "cg:canonical", None, graph))
    return {_value(quad.object) for quad in found}


def _forget(store: ox.Store, article: str, iris: Iris) -> int:
    """How many quads were removed: an article's graph, and what identity and relations tell of its parts."""
    relations = [iris.graph(name) for name in ("relations", *ACROSS)]
    lost: set[ox.Quad] = set()
    for part in (article, *_parts(store, article)):
        for graph in (iris.graph("identity"), *relations):
            lost.update(_find(store, part, None, None, graph))
            ends = {_value(q.subject) for p in ("cg:from", "cg:to") for q in _find(store, None, p, part, graph)}
            told = {
                _value(q.object) for q in _find(store, part, "cg:happening", None, graph)
            }  # told again by relate_again
            lost.update(quad for happening in told for quad in _find(store, None, None, happening, graph))
            ends |= told
            lost.update(quad for end in ends for quad in _find(store, end, None, None, graph))
        lost.update(quad for graph in relations for quad in _find(store, None, None, part, graph))
    lost.update(_editions(store, article, iris.graph("editions")))
    count = len(_find(store, None, None, None, f"{article}/graph"))
    store.remove_graph(ox.NamedNode(f"{article}/graph"))
    return count + _remove(store, lost)


def _editions(store: ox.Store, article: str, graph: str) -> Iterator[ox.Quad]:
    """What is told of what an article was before."""
    told = _find(store, None, None, None, graph)
    own = {quad.subject for quad in told if re.match(rf"{re.escape(article)}(?:[#/]|$)", _value(quad.subject))}
    ends = {quad.subject for quad in told if _value(quad.predicate) == full("cg:from") and quad.object in own}
    return (quad for quad in told if quad.subject in own | ends)


def _description(store: ox.Store, entity: str, iris: Iris) -> list[ox.Quad]:
    graph = iris.graph("identity")
    return [quad for iri in (entity, f"{entity}#point") for quad in _find(store, iri, None, None, graph)]


def _describe(store: ox.Store, entity: str, iris: Iris) -> set[Quad]:
    """An entity of all as its members now in the store have it; nothing where it has none."""
    graph = iris.graph("identity")
    question = MEMBERS.replace("<IDENTITY>", ref(graph)).replace("<ENTITY>", ref(entity))
    said: dict[str, Counter[str]] = {full(p): Counter() for p in ("rdf:type", "rdfs:label", "skos:altLabel")}
    for found, value in cast("ox.QuerySolutions", store.query(question, prefixes=PREFIXES)):
        said[_value(found)].update([str(value) if isinstance(value, ox.NamedNode) else _value(value)])
    classes, names, aliases = said.values()
    described = describe_entity(entity, set(classes), names, set(aliases)) if names else ()
    return {Quad(*triple, ref(graph)) for triple in described}


def _forget_runs(store: ox.Store, gone: Iterable[str], iris: Iris, *, ended_again: str | None) -> None:
    """Nothing; the runs graph tells of no article that is gone, and a run that ends again has not ended before."""
    graph = iris.graph("runs")
    for id_ in gone:
        _remove(store, _find(store, f"{iris.article(id_)}/graph", None, None, graph))
    if ended_again:
        _remove(store, _find(store, ended_again[1:-1], "prov:endedAtTime", None, graph))


def _forget_idle_runs(store: ox.Store, iris: Iris) -> None:
    """Nothing; each run that is told of made a graph that is there, each software a run."""
    graph = ox.NamedNode(iris.graph("runs"))
    for made, edge in (("prov:Activity", "prov:wasGeneratedBy"), ("prov:SoftwareAgent", "prov:wasAssociatedWith")):
        for quad in _find(store, None, "rdf:type", full(made), graph.value):
            if not any(
                store.quads_for_pattern(None, ox.NamedNode(full(edge)), cast("ox.NamedNode", quad.subject), graph)
            ):
                _remove(store, _find(store, _value(quad.subject), None, None, graph.value))
