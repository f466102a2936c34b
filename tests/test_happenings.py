"""Events of different articles that are one happening: what three papers tell of it, and what only looks like it."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from claimgraph.building.sorting import sort_lines
from claimgraph.facts import Facts
from claimgraph.identity import identify
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.pipeline import build, to_graph
from claimgraph.quads import to_nquads
from claimgraph.rdf import to_quads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph
from claimgraph.subjects.happenings import compare, find_same, lines_of
from claimgraph.subjects.occurrences import Occurrence, Who, occurrences_of

SETS = [
    json.loads(line)
    for line in (Path(__file__).parent / "planted" / "happenings.jsonl").read_text("utf-8").splitlines()
]
IRIS = Iris()
ELM = ("https://w3id.org/claimgraph/id/entity/elm", "Port Elm")
OTHER = ("https://w3id.org/claimgraph/id/entity/lindby", "Lindby")


def event(paper: str = "one", **fields) -> Occurrence:
    """An event of a paper, as others are compared with it."""
    known = {
        "iri": f"https://w3id.org/claimgraph/id/article/{paper}#event-1-2", "article": f"https://w3id.org/claimgraph/id/article/{paper}",
        "kind": "accident", "lemma": "accident", "sort": "actual", "published": "2025-03-04", "first": "2025-03-03", "last": "2025-03-03",
        "own_places": (ELM,), "places": (ELM,), "who": (), "words": (), "figures": (), "parts": (),
    }  # fmt: skip
    return Occurrence(**known | fields)


def person(name: str, side: str = "patient") -> Who:
    return Who(side, f"https://w3id.org/claimgraph/id/entity/{name}", "person", name)


def found_in(texts: list[str], published: list[str]) -> list[tuple[str, str, str]]:
    """(kind, basis, which two articles) of the events that are one happening."""
    readings = [
        read(Article(id=f"p{n}", text=text, published=day), model="fast")
        for n, (text, day) in enumerate(zip(texts, published, strict=True))
    ]
    lines: list[bytes] = []
    for reading in readings:
        canonical = {link.local: link.canonical for link in identify([reading], iris=IRIS, outcomes={})}
        occurrences = occurrences_of(
            Facts(to_quads(reading, iris=IRIS)), lambda local, known=canonical: known.get(local, local)
        )
        lines += lines_of(occurrences)
    names = {IRIS.article(reading.article.id): reading.article.id[1:] for reading in readings}
    return [
        (s.source.kind, s.basis, "".join(sorted(names[e.article] for e in s[:2]))) for s in find_same(sort_lines(lines))
    ]


# ---- planted: three sources tell the same


def test_most_of_what_three_papers_tell_is_found_and_nothing_across_stories():
    texts = [text for each in SETS for text in each["texts"]]
    days = [day for each in SETS for day in each["published"]]
    iris = {IRIS.article(f"p{n}"): n for n in range(len(texts))}
    readings = [
        read(Article(id=f"p{n}", text=text, published=day), model="fast")
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    graph = KnowledgeGraph.from_nquads(to_nquads(to_graph(readings, iris=IRIS, text="full", now=None)).encode())
    asked = "SELECT ?e ?h WHERE { ?e cg:happening ?h }"
    told: dict[str, set[int]] = {}
    for e, h in graph.query(asked).rows:
        told.setdefault(h.value, set()).add(iris[e.value.partition("#")[0]])
    pairs = {pair for members in told.values() for pair in combinations(sorted(members), 2)}
    assert [pair for pair in pairs if pair[0] // 3 != pair[1] // 3] == []
    assert len(pairs) >= 45, "of 60 pairs of papers"
    assert graph.check().violations == ()


# ---- what only looks like it


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A fire in Port Elm on Monday destroyed a mill.", "A fire in Port Elm on Tuesday destroyed a mill."),
        ("An accident in Lindby on Monday killed two.", "An accident in Karvel on Monday killed two."),
        ("Ada Roos was arrested on Monday.", "Lena Holt was arrested on Monday."),
        ("Ada Roos was arrested on Monday.", "Ada Roos was not arrested on Monday, police said."),
        ("Ada Roos was arrested on Monday.", "Ada Roos could be arrested on Monday, her lawyer warned."),
        ("Ada Roos met Pavel Korda on Monday.", "Ada Roos will meet Pavel Korda on Monday."),
        ("Ada Roos met Pavel Korda on Monday.", "Ada Roos met Lena Holt on Monday."),
        ("Teachers protested in Port Elm on Monday.", "Teachers may protest in Port Elm on Monday."),
        ("Ten people have been killed in Port Elm since Monday.", "Ten people were killed in Port Elm before Monday."),
    ],
)
def test_other_days_towns_people_and_what_did_not_happen_are_other_happenings(one, other):
    assert found_in([one, other], ["2025-03-05", "2025-03-05"]) == []


def test_of_one_day_and_town_one_of_two_events_needs_its_own_words():
    near = event("two", own_places=(), lemma="crash")
    assert compare(event(), event("two")).basis == "same kind, place and day"
    assert compare(event(), near) is None
    assert compare(event(words=("ferry",)), msg(near, words=("ferry",))).confidence == 0.7


def msg(occurrence: Occurrence, **fields) -> Occurrence:
    return event(**{name: getattr(occurrence, name) for name in occurrence.__struct_fields__} | fields)


def test_one_who_arrests_two_people_does_it_twice():
    roos = person("Ada Roos", "agent")
    one = event(kind="arrest", who=(roos, person("Tom Hale")), own_places=(), places=())
    other = event("two", kind="arrest", who=(roos, person("Ben Hale")), own_places=(), places=())
    assert compare(one, other) is None
    assert compare(one, msg(other, who=(roos,), words=("man",))) is None
    assert compare(one, msg(other, who=(person("Tom Hale"),))).confidence == 0.85


def test_nobody_dies_twice_but_is_arrested_again():
    undated = {"first": "", "last": "", "own_places": (), "places": (), "who": (person("Ada Roos"),)}
    for kind, found in (("death", True), ("arrest", False)):
        one, later = event(kind=kind, **undated), event("two", kind=kind, published="2027-01-09", **undated)
        assert (compare(one, later) is not None) is found
    planned = [
        event(paper, kind="killing", sort="planned", published=day, **undated)
        for paper, day in (("a", "2025-03-04"), ("b", "2027-01-09"))
    ]
    assert compare(*planned) is None


def test_what_excludes_each_other_is_not_one_by_way_of_a_third():
    one = event("one", first="2025-03-03", last="2025-03-03", kind="death", who=(person("Ada Roos"),))
    other = event(
        "two", first="2025-03-05", last="2025-03-05", kind="death", who=(person("Ada Roos"),), published="2025-03-05"
    )
    third = event("three", first="", last="", kind="death", who=(person("Ada Roos"),), published="2025-03-05")
    found = find_same(sort_lines(lines_of([one, other, third])))
    assert len(found) == 1
    assert {one.iri, other.iri} != {end.iri for end in found[0][:2]}


def test_the_order_of_articles_does_not_matter():
    events = [
        event(name, kind="death", who=(person("Ada Roos"),), published=f"2025-03-0{n}")
        for n, name in enumerate("abcd", 4)
    ]
    assert find_same(sort_lines(lines_of(events))) == find_same(sort_lines(lines_of(reversed(events))))


# ---- the graph


TWO = [
    "Armed men kidnapped the engineer Petra Voss in Karvel on Tuesday.",
    "Petra Voss, an engineer, was kidnapped on her way to work on Tuesday, police said.",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("happenings")
    for n, text in enumerate(TWO):
        row = {"id": f"paper-{n}", "published": f"2025-01-1{n + 4}", "text": text}
        (folder / f"{n}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    build([folder / "0.jsonl", folder / "1.jsonl"], folder / "both", workers=1, model="fast", infer=True)
    return folder


def test_a_link_says_why_and_can_be_told_from_what_the_articles_say(built):
    graph = KnowledgeGraph.open(built / "both")
    asked = """SELECT ?label ?basis ?why ?sure WHERE { GRAPH ?g { ?later cg:sameHappening ?earlier ; cg:happening ?h .
        ?earlier cg:happening ?h . ?h rdfs:label ?label .
        ?link a cg:HappeningLink ; cg:from ?later ; cg:to ?earlier ; cg:basis ?basis ; cg:rationale ?why ; cg:confidence ?sure }
        FILTER(STRENDS(STR(?g), "/graph/happenings")) }"""
    [row] = graph.query(asked).rows
    assert [term.value for term in row] == [
        "kidnapping of Petra Voss, 2025-01-14",
        "same kind and person",
        "Both tell of an event of the kind kidnapping, of Petra Voss, on 2025-01-14.",
        "0.85",
    ]
    assert graph.query("SELECT ?e WHERE { ?e a sem:Event ; owl:sameAs ?other }").rows == []
    assert graph.check().violations == ()


def test_a_writer_leaves_what_a_build_of_all_articles_would(built):
    both = (built / "both" / "graph.nq").read_bytes()
    build(built / "0.jsonl", built / "one", workers=1, model="fast", infer=True)
    with KnowledgeGraph.open(built / "one", write=True) as graph:
        graph.add([read(Article(id="paper-1", text=TWO[1], published="2025-01-15"), model="fast")])
    assert (built / "one" / "graph.nq").read_bytes() == both
    with KnowledgeGraph.open(built / "one", write=True) as graph:
        graph.remove(["paper-1"])
    store = KnowledgeGraph.open(built / "one").store
    assert list(store.quads_for_pattern(None, None, None, ox.NamedNode(IRIS.graph("happenings")))) == []
