"""The SHACL shapes of the ontology, held against a store: a large one part by part, for pySHACL keeps all in memory.

A part is some of the things that the graph describes, with what is said of what they name and, in the same article, of
what names them; of what names them elsewhere the classes. So far the shapes of ontology/shapes.ttl look. Results about
others than the part's own are another part's.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
import pyoxigraph as ox

from claimgraph.ontology_files import ontology_folder
from claimgraph.vocab import full
from claimgraph.workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.workers import Workers

R = TypeVar("R")
PART = 200_000
"""Triples that are looked at together, with those around them: rdflib takes about a kilobyte for each."""
TYPE = ox.NamedNode(full("rdf:type"))
RESULTS = """SELECT DISTINCT ?focus ?message WHERE { ?r a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultMessage ?message }
    ORDER BY ?focus ?message"""


def broken_shapes(
    store: ox.Store, *, workers: Workers | None = None, told: Callable[[int, int], None] = lambda *_: None
) -> Iterator[str]:
    """One sentence for each result of SHACL, sorted; `told` hears how many quads have been looked at, and of how many."""
    if len(store) <= PART:
        found = _validate(_serialized(quad.triple for quad in store))
    else:
        parts = map(msgspec.msgpack.encode, _bundles(store))
        done = spread(workers, _look_at, parts) if workers else map(_look_at, parts)
        found = sorted({row for rows in _counted(done, len(store), told) for row in _of_parts(store, rows)})
    yield from (f"{focus}: {message}" for focus, message in found)


def _counted(done: Iterable[R], size: int, told: Callable[[int, int], None]) -> Iterator[R]:
    for number, each in enumerate(done, 1):
        told(min(number * PART, size), size)
        yield each


def _of_parts(store: ox.Store, rows: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[str, str]]:
    """The results about the things of a part, and about what they name though nothing describes it."""
    for focus, message, is_own in rows:
        if is_own or next(store.quads_for_pattern(ox.NamedNode(focus), None, None), None) is None:
            yield focus, message


def _bundles(store: ox.Store) -> Iterator[tuple[list[str], bytes]]:
    """Each part with the triples that decide about it, as N-Triples: a worker needs no store."""
    return (([thing.value for thing in part], _serialized(_surroundings(store, part))) for part in _parts(store))


def _look_at(bundle: bytes) -> list[tuple[str, str, bool]]:
    """The results of SHACL over a bundle, and whether each is about a thing of its part."""
    things, triples = msgspec.msgpack.decode(bundle, type=tuple[set[str], bytes])
    return [(focus, message, focus in things) for focus, message in _validate(triples)]


def _serialized(triples: Iterable[ox.Triple]) -> bytes:
    return cast("bytes", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))


def _parts(store: ox.Store) -> Iterator[list[Any]]:
    """All that the graph describes, in lists of PART triples; what several graphs describe comes with the first of them."""
    part, held = [], 0
    for graph in sorted(store.named_graphs(), key=str):
        quads = store.quads_for_pattern(None, None, None, graph)
        for thing, told in groupby(quads, key=attrgetter("subject")):
            held += sum(1 for _ in told)
            if min(str(quad.graph_name) for quad in store.quads_for_pattern(thing, None, None)) == str(graph):
                part.append(thing)
            if held >= PART:
                yield part
                part, held = [], 0
    yield part


def _surroundings(store: ox.Store, part: list[Any]) -> Iterator[ox.Triple]:
    """The triples that decide about these things."""
    near: set[Any] = set()
    namers: set[Any] = set()
    for thing in part:
        for quad in store.quads_for_pattern(thing, None, None):
            yield quad.triple
            near.add(quad.object)
        for quad in store.quads_for_pattern(None, None, thing):
            yield quad.triple
            (near if _article(quad.subject) == _article(thing) else namers).add(quad.subject)
    own = set(part)
    for thing in near - own:
        if isinstance(thing, ox.NamedNode):
            yield from (quad.triple for quad in store.quads_for_pattern(thing, None, None))
    for thing in namers - own - near:
        yield from (quad.triple for quad in store.quads_for_pattern(thing, TYPE, None))


def _article(thing: Any) -> str:
    """What is alike for all parts of an article."""
    return str(thing.value).partition("#")[0]


def _validate(triples: bytes) -> list[tuple[str, str]]:
    """The thing and the message of each result of SHACL over these N-Triples."""
    from pyshacl import validate  # noqa: PLC0415 - half a second, needed by `check` alone
    from rdflib import Graph  # noqa: PLC0415

    data = Graph()  # pySHACL asks it triple by triple: Oxigraph behind rdflib would take seventy times as long
    data.parse(data=triples.decode(), format="ox-nt")
    conforms, results, _ = validate(data, shacl_graph=Graph().parse(ontology_folder() / "shapes.ttl"), advanced=False)
    if conforms:
        return []
    rows = results.query(RESULTS, initNs={"sh": "http://www.w3.org/ns/shacl#"})
    return [(str(focus), str(message)) for focus, message in rows]
