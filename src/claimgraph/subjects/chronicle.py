"""Storylines out of a graph: of its topics, and of what several articles tell as one happening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from claimgraph.quads import ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.store import KnowledgeGraph

TOPICS = """SELECT ?story ?label ?n { ?story a schema:ItemList ; dcterms:subject ?topic ; schema:numberOfItems ?n .
    ?topic skos:prefLabel ?label }"""
HAPPENINGS = """SELECT ?story ?label (COUNT(?event) AS ?n) { ?event cg:happening ?story . ?story rdfs:label ?label }
    GROUP BY ?story ?label"""
STEPS = """SELECT ?order ?day ?article ?id ?item ?words ?begin ?end {
    <STORY> schema:itemListElement ?step . ?step schema:position ?order ; dcterms:date ?day ; dcterms:source ?article ; schema:item ?item ; rdfs:label ?words .
    ?article dcterms:identifier ?id
    OPTIONAL { ?item cg:evidence ?span . ?span nif:beginIndex ?begin ; nif:endIndex ?end } }"""
TOLD = """SELECT (0 AS ?order) ?day ?article ?id ?item ?words ?begin ?end {
    ?item cg:happening <STORY> ; cg:evidence ?span . ?span nif:beginIndex ?begin ; nif:endIndex ?end .
    ?teller cg:reports ?item OPTIONAL { ?teller schema:text ?text } ?item rdfs:label ?label
    BIND(COALESCE(?text, ?label) AS ?words) BIND(IRI(STRBEFORE(STR(?item), "#")) AS ?article)
    ?article dcterms:identifier ?id
    OPTIONAL { ?article schema:datePublished ?published } BIND(SUBSTR(STR(COALESCE(?published, "")), 1, 10) AS ?day) }"""


class Step(NamedTuple):
    """What an article tells, of which day: an event, a claim or the article itself, and the characters that prove it."""

    day: str
    article: str
    id: str
    item: str
    words: str
    start: int | None
    end: int | None


class Story(NamedTuple):
    """A topic or a happening with what articles tell of it, in the order of days."""

    iri: str
    label: str
    kind: str
    steps: tuple[Step, ...]


def storylines(graph: KnowledgeGraph, *, about: str | None = None, most: int = 10) -> list[Story]:
    """The stories that most articles tell, `most` of topics and as many of happenings; or those called `about`.

    A happening's steps have the days of the articles that tell it, a topic's those of what is told.
    """
    found = [
        (-int(n.value), label.value, story.value, kind)
        for kind, question in (("topic", TOPICS), ("happening", HAPPENINGS))
        for story, label, n in graph.rows(question)
        if about is None or about.casefold() in label.value.casefold()
    ]
    chosen = [each for kind in ("topic", "happening") for each in sorted(e for e in set(found) if e[3] == kind)[:most]]
    return [Story(iri, label, kind, tuple(_steps(graph, iri, kind))) for _, label, iri, kind in chosen]


def _steps(graph: KnowledgeGraph, story: str, kind: str) -> Iterator[Step]:
    question = (STEPS if kind == "topic" else TOLD).replace("<STORY>", ref(story))
    seen: dict[str, tuple[int, Step]] = {}
    for order, day, article, id_, item, words, begin, end in graph.rows(question):
        said = words.value.removeprefix(f"{day.value}: ")
        at = (int(begin.value), int(end.value)) if begin and end else (None, None)
        step = Step(day.value, article.value, id_.value, item.value, said, *at)
        seen[item.value] = min((int(order.value), step), seen.get(item.value, (int(order.value), step)), key=str)
    yield from (step for _, step in sorted(seen.values(), key=lambda each: (each[0], each[1].day, each[1].article)))


def story_rows(graph: KnowledgeGraph, *, most: int) -> Iterator[dict[str, Any]]:
    """The largest stories as rows of a table, step by step."""
    for story in storylines(graph, most=most):
        for step in story.steps:
            yield {"story": story.label, "kind": story.kind, "day": step.day, "article": step.id, "words": step.words}
