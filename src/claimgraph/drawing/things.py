"""The things that a graph describes, asked for once: their properties, their characters, and who is who.

Whatever looks at a whole graph (network, page) starts from here; questions about a part of it are SPARQL's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from claimgraph.iris import INFERRED
from claimgraph.model import Article
from claimgraph.vocab import PREFIXES, load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.store import KnowledgeGraph

Properties: TypeAlias = "defaultdict[str, set[str]]"

REJECTED = "https://w3id.org/claimgraph/concept/Rejected"
# Kinds of entities by class, the more telling class first.
ENTITIES = {
    "schema:Person": "person",
    "cg:Group": "group",
    "schema:Organization": "organization",
    "schema:Place": "place",
    "schema:Report": "document",
    "schema:CreativeWork": "document",
}
CLASSES = (
    *ENTITIES,
    *("schema:NewsArticle", "nif:Context", "cg:Mention", "cg:VagueSource", "cg:RoleHolding", "cg:Claim", "sem:Event"),
    *(
        "cg:Participation",
        "cg:ClaimRelation",
        "qudt:QuantityValue",
        "time:TemporalEntity",
        "time:Interval",
        "time:Instant",
    ),
    *("skos:Concept", "geo:Geometry", "cg:Decision", "prov:Agent"),
)
DECIDED = """SELECT ?thing ?property ?value
    WHERE { ?decision cg:decides ?thing . ?thing cg:from|dcterms:references ?end ; ?property ?value }"""
"""What else is asked for: of all links those that somebody has decided about, rejected ones too."""


class Evidence(NamedTuple):
    """Characters `[start, end)` of one article, and which part of the statement they are.

    `part` is source, cue, content, sentence, trigger, participant, place, time, figure, role or mention; `text` is
    None where the graph holds no words of the article.
    """

    part: str
    article: str
    start: int
    end: int
    text: str | None = None


class Things(NamedTuple):
    """What a graph describes: the properties of all things, all spans, and who is who."""

    properties: dict[str, Properties]
    spans: dict[str, Evidence]
    canonical: dict[str, str]

    def of(self, *classes: str) -> dict[str, Properties]:
        """The things of these classes that nobody has rejected."""
        return {
            iri: properties
            for iri, properties in self.properties.items()
            if not properties["rdf:type"].isdisjoint(classes) and REJECTED not in properties["cg:status"]
        }

    def of_one(self, iri: str) -> Properties:
        """The properties of one thing; none of what the graph does not describe."""
        return self.properties.get(iri) or defaultdict(set)

    def entity(self, iri: str) -> str:
        """The entity of all articles that `iri` is."""
        return self.canonical.get(iri, iri)

    def label(self, iri: str) -> str:
        """What `iri` is called; a concept, which no article graph describes, by the end of its IRI."""
        return first(self.of_one(iri), "rdfs:label") or spoken(iri)

    def where(self, iri: str, part: str) -> tuple[Evidence, ...]:
        """The characters of `iri`, which is a span or has one, as this part of a statement."""
        spans = [iri, *sorted(self.of_one(iri)["cg:evidence"])]
        return tuple(self.spans[span]._replace(part=part) for span in spans if span in self.spans)


def load(graph: KnowledgeGraph) -> Things:
    """All that a graph describes, in a few queries; what is only inferred is left out."""
    return Things(_properties(graph, CLASSES), _spans(graph), _canonical(graph))


def _rows(graph: KnowledgeGraph, question: str) -> Iterator[tuple[str, ...]]:
    """The answer as plain words, row by row, in no order; the same words are one object."""
    same: dict[str, str] = {}
    for row in graph.rows(question):
        yield tuple(same.setdefault(words, words) for words in map(_words, row))


def _words(cell: object) -> str:
    """A cell as words: rdflib's terms are strings, Oxigraph's have a value."""
    return "" if cell is None else str(cell if isinstance(cell, str) else getattr(cell, "value", cell))


def _properties(graph: KnowledgeGraph, classes: Iterable[str]) -> dict[str, Properties]:
    """The properties of all things of these classes that no reasoning gave them, under prefixed names, in the order of their IRIs."""
    inferred = _inferred(graph)
    question = f"""SELECT ?thing ?property ?value
        WHERE {{ VALUES ?class {{ {" ".join(classes)} }} ?thing a ?class ; ?property ?value }}"""
    found: dict[str, Properties] = {}
    for thing, name, value in chain(_rows(graph, question), _rows(graph, DECIDED)):
        if (thing, name, value) in inferred:
            continue
        known = prefixed(value) if prefixed(name) == "rdf:type" else value
        found.setdefault(thing, defaultdict(set))[prefixed(name)].add(known)
    return {thing: found[thing] for thing in sorted(found)}


def _inferred(graph: KnowledgeGraph) -> set[tuple[str, ...]]:
    """What stands in the graph of what is inferred, if there is one; no other graph says it too."""
    graphs = sorted(g.value for g in graph.store.named_graphs() if g.value.endswith(INFERRED))
    return {row for g in graphs for row in _rows(graph, f"SELECT ?s ?p ?o WHERE {{ GRAPH <{g}> {{ ?s ?p ?o }} }}")}


def _spans(graph: KnowledgeGraph) -> dict[str, Evidence]:
    """Every span by its IRI; the article is the part before the fragment."""
    question = """SELECT ?span ?begin ?end ?words
        WHERE { ?span nif:beginIndex ?begin ; nif:endIndex ?end OPTIONAL { ?span nif:anchorOf ?words } }"""
    found = {
        span: Evidence("span", span.partition("#")[0], int(begin), int(end), words or None)
        for span, begin, end, words in _rows(graph, question)
    }
    return {span: found[span] for span in sorted(found)}


def _canonical(graph: KnowledgeGraph) -> dict[str, str]:
    """The entity of all articles for each entity of one article."""
    rows = _rows(graph, "SELECT ?local ?entity WHERE { ?local cg:canonical ?entity }")
    return dict(sorted((local, entity) for local, entity in rows))


@cache
def prefixed(iri: str) -> str:
    """`schema:Person` for its IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def first(properties: Properties, name: str) -> str:
    """The first value of a property, or nothing."""
    return min(properties[name], default="")


def number(properties: Properties, name: str) -> float | None:
    """The value of a property as a number."""
    return float(first(properties, name)) if properties[name] else None


def spoken(iri: str) -> str:
    """The end of an IRI as words.

    >>> spoken("https://w3id.org/claimgraph/concept/RespondsTo")
    'responds to'
    """
    name = re.split(r"[/#]", iri)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def code(properties: Properties, name: str) -> str:
    """A concept as the annotation format has it: `denied` for cgc:PolarityDenied; nothing where there is none."""
    iri = first(properties, name)
    return _codes().get(iri) or spoken(iri)


@cache
def _codes() -> dict[str, str]:
    return {concept.iri: concept.code for concept in load_concepts().values()}


def reading_order(evidence: Evidence) -> tuple[str, int, int, str]:
    """The order of evidence: by article, then as one reads."""
    return (evidence.article, evidence.start, evidence.end, evidence.part)


def articles(graph: KnowledgeGraph) -> dict[str, Article]:
    """The articles of a graph by IRI; `text` is empty where the graph holds none."""
    return articles_of(Things(_properties(graph, ("nif:Context", "schema:NewsArticle")), {}, {}))


def articles_of(things: Things) -> dict[str, Article]:
    """The articles among things by IRI."""
    texts = things.of("nif:Context")
    found = things.of("schema:NewsArticle")
    return {iri: _article(properties, texts.get(f"{iri}#text")) for iri, properties in found.items()}


def _article(properties: Properties, text: Properties | None) -> Article:
    """The article with what the graph says of it."""
    return Article(
        id=first(properties, "dcterms:identifier"),
        text=first(text, "nif:isString") if text else "",
        title=first(properties, "schema:headline") or None,
        author=first(properties, "schema:author") or None,
        published=first(properties, "schema:datePublished") or None,
        publisher=first(properties, "schema:publisher") or None,
        url=first(properties, "schema:url") or None,
    )
