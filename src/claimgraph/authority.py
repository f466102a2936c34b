"""Known actors and places (ontology/authority.ttl): who a name may stand for, which country a demonym points to."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec
from rdflib import Graph
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from claimgraph.names import folded
from claimgraph.ontology_files import ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

    from claimgraph.model import EntityType

CG = "https://w3id.org/claimgraph/ns#"
GEO = "http://www.opengis.net/ont/geosparql#"
SCHEMA = "https://schema.org/"
HOLDER = CG + "holder"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
TYPES: dict[str, EntityType] = {
    SCHEMA + "Person": "person",
    SCHEMA + "Organization": "organization",
    SCHEMA + "Place": "place",
}
# One row a subject: turning each of many thousand triples into rdflib terms takes four times as long.
GROUPED = """SELECT ?s (GROUP_CONCAT(CONCAT(STR(?p), " ", STR(?o)); SEPARATOR="\\n") AS ?facts)
WHERE { ?s ?p ?o FILTER(?p != <http://purl.org/dc/terms/source>) } GROUP BY ?s"""


class Office(msgspec.Struct, frozen=True):
    """An office held: its title, of which country (IRI), from when to when (ISO dates or prefixes of them).

    An empty `end` means that the source is older than the end, not that the office is still held.
    """

    title: str
    of: str | None
    start: str
    end: str | None = None

    def held_on(self, day: str) -> bool:
        """Whether the office was held on an ISO day, as far as is known."""
        return bool(self.start) and self.start <= day and (not self.end or day[:10] <= self.end)


class AuthorityEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One known person, organization or place, with every name that news gives it."""

    iri: str
    name: str
    type: EntityType
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    country: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    lat: float | None = None
    lon: float | None = None
    within: str | None = None
    offices: tuple[Office, ...] = ()


class Authority:
    """All known entries, found by name or by demonym.

    >>> authority = load_authority()
    >>> [entry.kind for entry in authority.named("Mexico")]
    ['country']
    >>> authority.demonym("Swiss").name
    'Switzerland'

    A name is looked up as it is written: "US" is a country, "us" is nobody. Which of several entries a text means is
    for the reader to decide; entries of one name come in the order country, other place, organization, person.
    """

    def __init__(self, entries: dict[str, AuthorityEntry]) -> None:
        self.entries = entries
        self._named: dict[str, list[AuthorityEntry]] = defaultdict(list)
        self._demonyms: dict[str, AuthorityEntry] = {}
        self._surnamed: dict[str, list[AuthorityEntry]] = defaultdict(list)
        for entry in sorted(entries.values(), key=_precedence):
            for name in dict.fromkeys((entry.name, *entry.aliases, *entry.acronyms)):
                self._named[name].append(entry)
            if entry.type == "person":
                self._surnamed[folded(entry.name).split()[-1]].append(entry)
            for demonym in entry.demonyms:
                self._demonyms.setdefault(demonym, entry)

    def named(self, name: str) -> tuple[AuthorityEntry, ...]:
        """Every entry that goes by exactly this name, alias or acronym."""
        return tuple(self._named.get(name, ()))

    def surnamed(self, word: str) -> tuple[AuthorityEntry, ...]:
        """Every person whose name ends with this word, accents and case left out."""
        return tuple(self._surnamed.get(folded(word), ()))

    def demonym(self, word: str) -> AuthorityEntry | None:
        """The place that an adjective or a word for its people belongs to: "Mexican", "Americans", "US"."""
        return self._demonyms.get(word)


def _precedence(entry: AuthorityEntry) -> tuple[int, str]:
    """Countries first, so that an ambiguous demonym ("Georgian") means the country; then by IRI."""
    order = {"place": 1, "organization": 2, "person": 3}
    return (0 if entry.kind == "country" else order.get(entry.type, 4), entry.iri)


@cache
def load_authority(path: Path | None = None) -> Authority:
    """The authority of this package, or of another Turtle file of the same form; read once."""
    graph = Graph(store="Oxigraph").parse(path or ontology_folder() / "authority.ttl", format="ox-turtle")
    facts = {
        str(subject): _facts(str(lines)) for subject, lines in cast("Iterable[tuple[Node, Node]]", graph.query(GROUPED))
    }
    offices: dict[str, list[Office]] = defaultdict(list)
    for held in facts.values():
        if HOLDER in held:
            offices[held[HOLDER][0]].append(_office(held))
    entries = [_entry(iri, facts[iri], offices.get(iri, [])) for iri in sorted(facts) if HOLDER not in facts[iri]]
    return Authority({entry.iri: entry for entry in entries})


def _facts(lines: str) -> dict[str, list[str]]:
    """Predicate to its values, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in sorted(lines.split("\n")):
        predicate, _, value = line.partition(" ")
        found[predicate].append(value)
    return dict(found)


def _one(facts: dict[str, list[str]], *predicates: str) -> str | None:
    """The first value of the first of these predicates that has one."""
    return next((facts[predicate][0] for predicate in predicates if predicate in facts), None)


def _office(facts: dict[str, list[str]]) -> Office:
    return Office(
        facts[CG + "roleTitle"][0],
        _one(facts, CG + "roleOf"),
        facts[SCHEMA + "startDate"][0],
        _one(facts, SCHEMA + "endDate"),
    )


def _entry(iri: str, facts: dict[str, list[str]], offices: list[Office]) -> AuthorityEntry:
    lon, lat = _point(_one(facts, GEO + "asWKT"))
    same = facts.get(str(OWL.sameAs), [])
    return AuthorityEntry(
        iri=iri,
        name=facts[str(SKOS.prefLabel)][0],
        type=next(TYPES[value] for value in facts[str(RDF.type)] if value in TYPES),
        kind=_one(facts, str(DCTERMS.type)),
        aliases=tuple(facts.get(str(SKOS.altLabel), ())),
        acronyms=tuple(facts.get(CG + "acronym", ())),
        demonyms=tuple(facts.get(CG + "demonym", ())),
        country=_one(facts, SCHEMA + "addressCountry"),
        wikidata=next((value.removeprefix(WIKIDATA) for value in same if value.startswith(WIKIDATA)), None),
        geonames=next((value.removeprefix(GEONAMES).strip("/") for value in same if value.startswith(GEONAMES)), None),
        lat=lat,
        lon=lon,
        within=_one(facts, SCHEMA + "containedInPlace", SCHEMA + "areaServed", SCHEMA + "nationality"),
        offices=tuple(sorted(offices, key=lambda office: (office.start, office.title), reverse=True)),
    )


def _point(wkt: str | None) -> tuple[float | None, float | None]:
    """Longitude and latitude of "POINT(lon lat)", in that order as in WKT."""
    if not wkt:
        return None, None
    lon, lat = wkt.removeprefix("POINT(").removesuffix(")").split()
    return float(lon), float(lat)
