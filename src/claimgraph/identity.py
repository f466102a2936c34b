"""Who is who across articles: each article's entity to one entity of all, with a confidence and a reason that can be undone.

An article's own graph never depends on other articles: the links, and the short edges they allow, are a graph of their own.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.authority import load_authority
from claimgraph.iris import Iris
from claimgraph.quads import Quad, day, decimal, describe, integer, name, ref, words
from claimgraph.terms import classes_of, concept, entity_iris, part_iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.model import Entity, Reading
    from claimgraph.quads import Term, Triple

FULL_NAME = 0.85
"""The same full name and type in two articles: namesakes exist (694 of 60,000 office-holders share theirs)."""
OWN = 1.0
"""An entity that stays its article's own."""


class Link(NamedTuple):
    """An article's entity, the entity of all that it is, how sure and why."""

    local: str
    entity: Entity
    canonical: str
    confidence: float
    rationale: str


def identify(readings: Iterable[Reading], *, iris: Iris | None = None) -> list[Link]:
    """One link for each entity of each article, by article and entity.

    1. the authority's entry: same entity everywhere  2. the same full name and type  3. else the article's own entity.
    A surname alone, a description ("the company") and an unnamed source never merge across articles.
    """
    iris = iris or Iris()
    links = []
    for reading in sorted(readings, key=lambda r: r.article.id):
        article = iris.article(reading.article.id)
        local = entity_iris(reading, article)
        named = {m.entity for m in reading.mentions if m.kind == "name"}
        links += [
            _link(entity, local[entity.id], reading.article.id, iris, named=entity.id in named)
            for entity in reading.entities
        ]
    return links


def _link(entity: Entity, local: str, article_id: str, iris: Iris, *, named: bool) -> Link:
    if entity.iri:
        return Link(local, entity, entity.iri, entity.confidence, "a name of this entry in the authority, of its type")
    if named and (" " in entity.name or entity.type != "person"):
        return Link(local, entity, iris.entity(entity.name, entity.type), FULL_NAME, "the same full name and type")
    return Link(
        local, entity, iris.entity(entity.name, entity.type, article_id, local), OWN, "only this article speaks of it"
    )


def to_quads(links: Iterable[Link], readings: Iterable[Reading], *, iris: Iris | None = None) -> list[Quad]:
    """The identity graph: canonical entities with label, class and identifiers, the links, and the short edges."""
    iris = iris or Iris()
    links = list(links)
    graph = ref(iris.graph("identity"))
    triples = [*describe_entities(members(links)), *_of_articles(links, readings, iris)]
    return [Quad(*triple, graph) for triple in sorted(set(triples))]


def link_quads(links: Iterable[Link], readings: Iterable[Reading], *, iris: Iris | None = None) -> list[Quad]:
    """The part of the identity graph that each article adds by itself: its links and short edges."""
    iris = iris or Iris()
    graph = ref(iris.graph("identity"))
    return [Quad(*triple, graph) for triple in sorted(set(_of_articles(list(links), readings, iris)))]


def _of_articles(links: list[Link], readings: Iterable[Reading], iris: Iris) -> Iterator[Triple]:
    for link in links:
        yield from _described(link, iris)
    yield from _short_edges(links, readings, iris)


def _described(link: Link, iris: Iris) -> Iterator[Triple]:
    yield ref(link.local), name("cg:canonical"), ref(link.canonical)
    yield from describe(ref(iris.hashed("link", link.local, link.canonical)), {
        "rdf:type": name("cg:IdentityLink"),
        "rdfs:label": words(f"{link.entity.name}: {link.rationale}", "en"),
        "cg:from": ref(link.local),
        "cg:to": ref(link.canonical),
        "cg:confidence": decimal(link.confidence),
        "cg:rationale": words(link.rationale),
    })  # fmt: skip


class Member(NamedTuple):
    """What one article says of an entity of all."""

    canonical: str
    name: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]


def members(links: Iterable[Link]) -> list[Member]:
    """What each link's article says of its entity, sorted by the entity, so that `describe_entities` can take many of them."""
    return sorted({
        Member(link.canonical, link.entity.name, _classes(link.entity), link.entity.aliases) for link in links
    })  # fmt: skip


def _classes(entity: Entity) -> tuple[Term, ...]:
    return (*classes_of(entity), *((name("cg:VagueSource"),) if entity.vague else ()))


def describe_entities(ordered: Iterable[Member]) -> Iterator[Triple]:
    """Each canonical entity once, by what all its members say; they come together."""
    for canonical, held in groupby(ordered, key=itemgetter(0)):
        said = list(held)
        yield from describe_entity(
            canonical,
            {c for member in said for c in member.classes},
            {member.name for member in said},
            {alias for member in said for alias in member.aliases},
        )


def describe_entity(canonical: str, classes: set[Term], names: set[str], aliases: set[str]) -> Iterator[Triple]:
    """A canonical entity by what its members say: label by the authority, else the longest name; what the authority knows of it."""
    entry = load_authority().find(canonical)
    label = entry.name if entry else max(names, key=lambda n: (len(n), n))
    yield from describe(ref(canonical), {
        "rdf:type": sorted(classes),
        "rdfs:label": words(label, "en"),
        "skos:altLabel": [words(a) for a in sorted(aliases | ({*entry.aliases, *entry.acronyms} if entry else set()))],
        "owl:sameAs": [ref(f"http://www.wikidata.org/entity/{entry.wikidata}")] * bool(entry and entry.wikidata)
        + [ref(f"https://sws.geonames.org/{entry.geonames}/")] * bool(entry and entry.geonames) if entry else None,
        "geo:hasGeometry": ref(f"{canonical}#point") if entry and entry.lat is not None else None,
    })  # fmt: skip
    if entry and entry.lat is not None:
        point = f'"POINT({entry.lon} {entry.lat})"^^{name("geo:wktLiteral")}'
        yield from describe(
            ref(f"{canonical}#point"),
            {
                "rdf:type": name("geo:Geometry"),
                "rdfs:label": words(f"position of {entry.name}", "en"),
                "geo:asWKT": point,
            },
        )


def _short_edges(links: list[Link], readings: Iterable[Reading], iris: Iris) -> Iterator[Triple]:
    """Claimant, holder and role edges to the canonical entity, so that hot questions need one step less."""
    canonical = {link.local: ref(link.canonical) for link in links}
    for reading in readings:
        article = iris.article(reading.article.id)
        local, at = entity_iris(reading, article), part_iris(reading, article)
        for claim in reading.claims:
            if claim.source_entity:
                yield ref(at[claim.id]), name("cg:claimant"), canonical[local[claim.source_entity]]
        for role in reading.roles:
            yield ref(at[role.id]), name("cg:holder"), canonical[local[role.holder]]
            if role.of:
                yield ref(at[role.id]), name("cg:roleOf"), canonical[local[role.of]]


def relation_quads(readings: Iterable[Reading], *, iris: Iris | None = None) -> list[Quad]:
    """The relations graph: each relation with basis and reason, and the direct edge beside it."""
    iris = iris or Iris()
    graph = ref(iris.graph("relations"))
    triples: list[Triple] = []
    for reading in readings:
        at = part_iris(reading, iris.article(reading.article.id))
        for r in reading.relations:
            source, target = at[r.source], at[r.target]
            edge = {"responds-to": "respondsTo"}.get(r.type, r.type)
            triples.append((ref(source), name(f"cg:{edge}"), ref(target)))
            triples += describe(ref(iris.hashed("relation", source, target, r.type)), {
                "rdf:type": name("cg:ClaimRelation"),
                "rdfs:label": words(f"{r.type}: {r.basis}", "en"),
                "cg:from": ref(source),
                "cg:to": ref(target),
                "cg:relation": concept("RelationType", r.type),
                "cg:basis": words(r.basis),
                "cg:rationale": words(r.rationale),
                "cg:confidence": decimal(r.confidence),
                "cg:origin": words("rule"),
            })  # fmt: skip
    return [Quad(*triple, graph) for triple in sorted(set(triples))]


def run_quads(
    readings: Iterable[Reading], *, version: str, options: str, now: str | None, iris: Iris | None = None
) -> list[Quad]:
    """The runs graph: what made the graph of each article (PROV-O)."""
    iris = iris or Iris()
    run, agent = ref(iris.hashed("run", version, options)), ref(f"{iris.base}software/claimgraph-{version}")
    runs = [
        *describe(run, {
            "rdf:type": name("prov:Activity"), "rdfs:label": words(f"claimgraph {version}", "en"), "prov:wasAssociatedWith": agent,
            "cg:options": words(options), "prov:endedAtTime": day(now) if now else None,
        }),
        *describe(agent, {"rdf:type": name("prov:SoftwareAgent"), "rdfs:label": words(f"claimgraph {version}", "en")}),
    ]  # fmt: skip
    made = {
        "rdf:type": name("prov:Entity"),
        "rdfs:label": words("graph of an article", "en"),
        "prov:wasGeneratedBy": run,
    }
    for reading in readings:
        runs += describe(ref(f"{iris.article(reading.article.id)}/graph"), made)
    return [Quad(*triple, ref(iris.graph("runs"))) for triple in runs]


def dataset_quads(quads: int, articles: int, *, iris: Iris | None = None) -> list[Quad]:
    """The description of the data set (VoID, DCAT); `quads` is how many the other graphs but the runs' hold."""
    iris = iris or Iris()
    described = describe(ref(f"{iris.base}dataset"), {
        "rdf:type": [name("void:Dataset"), name("dcat:Dataset")],
        "rdfs:label": words("claimgraph data set", "en"),
        "dcterms:title": words("Actors, events and claims of news articles", "en"),
        "dcterms:description": words("One named graph an article; identity and relations in graphs of their own; every statement with its evidence.", "en"),
        "void:triples": integer(quads),
        "void:documents": integer(articles),
        "void:vocabulary": [ref(v) for v in ("https://w3id.org/claimgraph/ns#", "http://semanticweb.cs.vu.nl/2009/11/sem/", "https://schema.org/", "http://www.w3.org/ns/prov#")],
        "void:uriSpace": words(iris.base),
    })  # fmt: skip
    return [Quad(*triple, ref(iris.graph("dataset"))) for triple in described]
