"""SHACL over a graph in parts says what it says over the whole."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from claimgraph import shapes
from claimgraph.ontology_files import ontology_folder
from claimgraph.workers import hired
from graphs import graph, nquads

BAD = sorted((ontology_folder() / "examples" / "bad").iterdir())


def loaded(*paths) -> ox.Store:
    """A good graph, and examples of what must not be, each in a graph of its own."""
    store = ox.Store()
    store.load(nquads().encode(), format=ox.RdfFormat.N_QUADS)
    for path in paths:
        form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.TURTLE
        store.load(path=str(path), format=form)
    for quad in list(store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
        store.remove(quad)
        store.add(ox.Quad(*quad.triple, ox.NamedNode("urn:example:other")))
    return store


@pytest.mark.parametrize("part", [20, 300])
def test_parts_of_any_size_find_what_the_whole_finds(monkeypatch, part):
    store = loaded(*BAD)
    whole = list(shapes.broken_shapes(store))
    assert len(whole) >= 5
    monkeypatch.setattr(shapes, "PART", part)
    assert set(shapes.broken_shapes(store)) == set(whole)


def test_workers_find_what_one_process_finds(monkeypatch):
    store = loaded(*BAD)
    monkeypatch.setattr(shapes, "PART", 300)
    heard = []
    with hired(2) as crew:
        found = [*shapes.broken_shapes(store, workers=crew, told=lambda done, of: heard.append((done, of)))]
    assert found == [*shapes.broken_shapes(store)]
    assert heard[-1] == (len(store), len(store))
    assert sorted(heard) == heard


def test_parts_of_a_good_graph_find_nothing(monkeypatch):
    monkeypatch.setattr(shapes, "PART", 60)
    assert list(shapes.broken_shapes(graph().store)) == []
