"""Who is who across articles: each article's entity to one entity of all, with a confidence and a reason that can be undone.

An article's own graph never depends on other articles: the links, and the short edges they allow, are a graph of their own.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.authority import load_authority
from claimgraph.actors.names import matching_key, without_ending
from claimgraph.identifying.same_name import (
    FULL_NAME,
    Outcome,
    Use,
    alone,
    block_of,
    decide,
    middle_names,
    name_key,
    person_name,
    same_middles,
)
from claimgraph.iris import Iris
from claimgraph.lexicon import load_details, load_map
from claimgraph.quads import Quad, day, decimal, describe, integer, name, ref, words
from claimgraph.terms import classes_of, concept, edge_of, entity_iris, part_iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.actors.authority import AuthorityEntry
    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.model import Entity, Reading, Relation
    from claimgraph.quads import Term, Triple

OWN = 1.0
"""An entity that stays its article's own."""
OF_COUNTRY = 0.8
"""A body of a state by its common name and the country that its article speaks of most."""
MOST = 0.5
"""Share of an article's mentions of places and bodies with a country from which it speaks of one country."""

ALONE, SAME_NAME = "only this article speaks of it", "the same full name and type"
MANY = "a name that many bear, and only this article speaks of it"
LONG = 2
"""Blanks in a name from which "Group" behind it says nothing: "Halvorsen Shipping Group"."""
SMALL = {"of", "the", "for", "and", "on", "in", "to"}


class Link(NamedTuple):
    """An article's entity, the entity of all that it is, how sure and why."""

    local: str
    entity: Entity
    canonical: str
    confidence: float
    rationale: str
    origin: str = ""


def identify(readings: Iterable[Reading], *, iris: Iris | None = None, outcomes: Outcomes | None = None) -> list[Link]:
    """One link for each entity of each article, by article and entity.

    0. what somebody has decided (curation)  1. the authority's entry: same entity everywhere  2. a person by the full name, where the offices and company that
    the articles tell allow it (identifying/same_name.py)  3. another by its name and type, a body of a state by its country too
    4. else the article's own entity. A surname alone, a description ("the company") and an unnamed source never merge.
    `outcomes` says whom names mean in a corpus of which these readings are some; without it they are the corpus.
    """
    iris = iris or Iris()
    ordered = sorted(readings, key=lambda r: r.article.id)
    if outcomes is None:
        outcomes = dict(decide(sorted(use for reading in ordered for use in uses_of(reading, iris=iris))))
    return [link for reading in ordered for link in _links(reading, iris, outcomes)]


def _links(reading: Reading, iris: Iris, outcomes: Outcomes) -> Iterator[Link]:
    article = iris.article(reading.article.id)
    local, blocks = entity_iris(reading, article), _blocks(reading, iris)
    named = {m.entity for m in reading.mentions if m.kind == "name"}
    country = _country(reading)
    for entity in reading.entities:
        canonical: tuple[str, float, str] | Outcome
        if decided := outcomes.get((local[entity.id], article)):
            canonical = decided
        elif entity.iri:
            canonical = entity.iri, entity.confidence, "a name of this entry in the authority, of its type"
        elif entity.id in blocks:
            block = blocks[entity.id]
            canonical = outcomes.get((block, article)) or alone(block)
        else:
            key, confidence, reason = _key(entity, country) if entity.id in named else ("", OWN, ALONE)
            own = iris.entity(entity.name, entity.type, reading.article.id, local[entity.id])
            canonical = iris.entity(key, entity.type) if key else own, confidence, reason
        yield Link(local[entity.id], entity, *canonical)


def _key(entity: Entity, country: str) -> tuple[str, float, str]:
    """What an entity's name is in all articles, how sure that is and why; an empty key where it is the article's own.

    "Ministry of Defence" is the body of one country, and "the Committee" that of one article.
    """
    if entity.type == "person":
        return "", OWN, ALONE
    if entity.type != "organization":
        return matching_key(entity.name) or entity.name, FULL_NAME, SAME_NAME
    key = without_ending(entity.name) or matching_key(entity.name) or entity.name
    key = key.removesuffix(" group") if key.count(" ") >= LONG else key
    words = [word for word in key.lower().split() if word not in SMALL]
    if not any(load_details("actor_nouns").get(word) == "government" for word in words):
        return (
            ("", OWN, MANY) if all(word in load_map("actor_nouns") for word in words) else (key, FULL_NAME, SAME_NAME)
        )
    of = [(word, place) for word in entity.name.split() if (place := _place(word))]
    if not of and not country:
        return "", OWN, MANY
    if of and (of[0][1].kind != "country" or len(of) > 1):
        return key, FULL_NAME, SAME_NAME
    country = (of[0][1].country if of else country) or ""
    rest = [word for word in words if not of or word != matching_key(of[0][0]).lower()]
    return f"{' '.join(rest)} {country}", OF_COUNTRY, f"the same name and type, of the same country ({country})"


def _place(word: str) -> AuthorityEntry | None:
    """The place that a word of a name tells: "Kenyan", "Texas"."""
    authority, word = load_authority(), word.removesuffix("'s").removesuffix("’s").strip(".,()")
    return authority.demonym(word) or next((e for e in authority.named(word) if e.type == "place"), None)


def _country(reading: Reading) -> str:
    """The code of the country that an article speaks of most, empty where it is none."""
    known = {entity.id: load_authority().find(entity.iri) for entity in reading.entities if entity.iri}
    told = Counter(
        entry.country for mention in reading.mentions if (entry := known.get(mention.entity or "")) and entry.country
    )
    country, count = max(told.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return country if count > MOST * sum(told.values()) else ""


def _blocks(reading: Reading, iris: Iris) -> dict[str, str]:
    """Entity to the block of its name, for people with a full name that the authority does not know.

    Whom an article tells apart by their middle names are in blocks of their whole names.
    """
    named = {m.entity for m in reading.mentions if m.kind == "name"}
    keys = {
        entity.id: (name_key(entity.name), middle_names(person_name(entity.name)))
        for entity in reading.entities
        if entity.type == "person" and not entity.iri and entity.id in named
    }
    blocks = {}
    for id_, (key, middles) in keys.items():
        if key:
            apart = any(key == other and not same_middles(middles, theirs) for other, theirs in keys.values())
            blocks[id_] = block_iris(key, middles, iris)[apart]
    return blocks


def block_iris(key: str, middles: Iterable[str], iris: Iris) -> tuple[str, str]:
    """The block of a name key, and the one of the whole name."""
    return iris.entity(key, "person"), iris.entity(" ".join([key, *sorted(middles)]), "person")


def _canonicals(reading: Reading, iris: Iris) -> Iterator[str]:
    """What an article names that is the same in all articles, whoever else is: people only where the authority knows them."""
    named = {m.entity for m in reading.mentions if m.kind == "name"}
    country = _country(reading)
    for entity in reading.entities:
        if entity.iri:
            yield entity.iri
        elif entity.id in named and entity.type in {"organization", "place"} and (key := _key(entity, country)[0]):
            yield iris.entity(key, entity.type)


def uses_of(reading: Reading, *, iris: Iris) -> list[Use]:
    """What an article tells of each whom it calls by a full name."""
    blocks = _blocks(reading, iris)
    names = {entity.id: entity.name for entity in reading.entities}
    places = {entity.id for entity in reading.entities if entity.type == "place"}
    company = set(_canonicals(reading, iris)) if blocks else set()
    uses = []
    for block in sorted(set(blocks.values())):
        held = [id_ for id_, of in blocks.items() if of == block]
        offices = {
            (role.title, names.get(role.of or "", ""), role.of in places)
            for role in reading.roles
            if role.holder in held
        }
        uses.append(use_of(block, iris.article(reading.article.id), [names[id_] for id_ in held], offices, company))
    return uses


def use_of(
    block: str, article: str, names: Iterable[str], offices: Iterable[tuple[str, str, bool]], company: Iterable[str]
) -> Use:
    """A use of a name, in one order and without the countries among what the article names."""
    company = {iri for iri in company if (entry := load_authority().find(iri)) is None or entry.kind != "country"}
    return Use(block, article, tuple(sorted(set(names))), tuple(sorted(set(offices))), tuple(sorted(company)))


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
    yield from link_triples(link.local, link.entity.name, Outcome(*link[2:]), iris)


def link_triples(local: str, called: str, outcome: Outcome, iris: Iris) -> Iterator[Triple]:
    """That an article's entity is one of all, with the reason."""
    canonical, confidence, rationale, origin = outcome
    yield ref(local), name("cg:canonical"), ref(canonical)
    yield from describe(ref(iris.hashed("link", local, canonical)), {
        "rdf:type": name("cg:IdentityLink"),
        "rdfs:label": words(f"{called}: {rationale}", "en"),
        "cg:from": ref(local),
        "cg:to": ref(canonical),
        "cg:confidence": decimal(confidence),
        "cg:rationale": words(rationale),
        "cg:origin": words(origin) if origin else None,
    })  # fmt: skip


class Member(NamedTuple):
    """What one article says of an entity of all."""

    canonical: str
    local: str
    name: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]


def members(links: Iterable[Link]) -> list[Member]:
    """What each link's article says of its entity, sorted by the entity, so that `describe_entities` can take many of them."""
    return sorted({
        Member(link.canonical, link.local, link.entity.name, _classes(link.entity), link.entity.aliases) for link in links
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
            Counter(member.name for member in said),
            {alias for member in said for alias in member.aliases},
        )


def describe_entity(canonical: str, classes: set[Term], names: Counter[str], aliases: set[str]) -> Iterator[Triple]:
    """A canonical entity by what its members say, and what the authority knows of it.

    It is labelled as the authority does, else by the full name that most articles have, of several the longest.
    """
    entry = load_authority().find(canonical)
    label = entry.name if entry else max(names, key=lambda n: (names[n], len(n), n))
    yield from describe(ref(canonical), {
        "rdf:type": sorted(classes),
        "rdfs:label": words(label, "en"),
        "rdfs:seeAlso": ref(namesake) if (namesake := block_of(canonical)) != canonical else None,
        "skos:altLabel": [words(a) for a in sorted((aliases | set(names)) - {label} | ({*entry.aliases, *entry.acronyms} if entry else set()))],
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
        for relation in reading.relations:
            triples += relation_triples(at[relation.source], at[relation.target], relation, iris)
    return [Quad(*triple, graph) for triple in sorted(set(triples))]


def relation_triples(source: str, target: str, relation: Relation, iris: Iris) -> Iterator[Triple]:
    """How the claim of one IRI bears on that of another, with the direct edge beside it."""
    yield ref(source), name(f"cg:{edge_of(relation.type)}"), ref(target)
    yield from describe(ref(iris.hashed("relation", source, target, relation.type)), {
        "rdf:type": name("cg:ClaimRelation"),
        "rdfs:label": words(f"{relation.type}: {relation.basis}", "en"),
        "cg:from": ref(source),
        "cg:to": ref(target),
        "cg:relation": concept("RelationType", relation.type),
        "cg:basis": words(relation.basis),
        "cg:rationale": words(relation.rationale),
        "cg:confidence": decimal(relation.confidence),
        "cg:origin": words(relation.origin),
    })  # fmt: skip


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
