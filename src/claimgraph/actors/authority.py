"""Known actors and places (ontology/authority.ttl): who a name may stand for, which country a demonym points to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.actors.known import load_table
from claimgraph.actors.names import folded, matching_key, without_ending
from claimgraph.ontology_files import load_facts, ontology_folder
from claimgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from claimgraph.model import EntityType

CG, GEO, SCHEMA, SKOS, RDF = (PREFIXES[name] for name in ("cg", "geo", "schema", "skos", "rdf"))
ENTITY = "https://w3id.org/claimgraph/id/entity/"
HEADS = re.compile(r"(?:President|Prime Minister|Chancellor|King|Queen|Pope|Emperor|Premier|Taoiseach)$")
"""Offices whose holders are named by it and their surname alone."""
MOST_REMEMBERED = 50_000
"""Names whose bearers are remembered: a corpus asks for the same ones again."""
HOLDER = CG + "holder"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
TYPES: dict[str, EntityType] = {
    SCHEMA + "Person": "person",
    SCHEMA + "Organization": "organization",
    SCHEMA + "Place": "place",
}


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
        return bool(self.start) and self.start <= day and (not self.end or day[:10][: len(self.end)] <= self.end)


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
    state: str | None = None
    """The postal code of a US city's state."""
    offices: tuple[Office, ...] = ()
    weight: float | None = None
    """How likely a text means it rather than a namesake, of an entry of known.tsv; the described ones have none."""


class Bearer(NamedTuple):
    """Somebody who goes by a name: by the label, or by another name."""

    entry: AuthorityEntry
    by_label: bool


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
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._countries = {e.country: e.iri for e in entries.values() if e.kind == "country"}
        self._bearers: dict[str, tuple[Bearer, ...]] = {}
        for entry in sorted(entries.values(), key=_precedence):
            for name in dict.fromkeys((entry.name, *entry.aliases, *entry.acronyms)):
                self._named[name].append(entry)
            if entry.type == "person":
                self._surnamed[folded(entry.name).split()[-1]].append(entry)
            for key in dict.fromkeys(_keys(entry)):
                self._keys[key].append(entry.iri)
            for demonym in entry.demonyms:
                self._demonyms.setdefault(demonym, entry)

    def named(self, name: str) -> tuple[AuthorityEntry, ...]:
        """Every entry that goes by exactly this name, alias or acronym."""
        return tuple(self._named.get(name, ()))

    def surnamed(self, word: str) -> tuple[AuthorityEntry, ...]:
        """Every person whose name ends with this word, accents and case left out."""
        return tuple(self._surnamed.get(folded(word), ()))

    def bearers(self, name: str) -> tuple[Bearer, ...]:
        """Everybody known who goes by this name or another spelling of it, the described ones first.

        "Western Digital Corp." is found as "Western Digital", but then only organisations; "@Thatcher" finds heads of
        state and government by surname.
        """
        found = self._bearers.get(name)
        if found is None:
            found = self._find_bearers(name)
            if len(self._bearers) < MOST_REMEMBERED:
                self._bearers[name] = found
        return found

    def _find_bearers(self, name: str) -> tuple[Bearer, ...]:
        led = "@" * name.startswith("@")
        key, bare = led + matching_key(name.removeprefix("@")), without_ending(name)
        found = self._with_key(key)
        if bare:
            seen = {bearer.entry.iri for bearer in found}
            found += tuple(
                b for b in self._with_key(bare) if b.entry.type == "organization" and b.entry.iri not in seen
            )
        return found

    def _with_key(self, key: str) -> tuple[Bearer, ...]:
        described = [
            Bearer(e, matching_key(e.name) == key) for e in map(self.entries.__getitem__, self._keys.get(key, ()))
        ]
        row = load_table("known_names").row(key)
        known = [Bearer(_known_entry(k.lstrip("~")), not k.startswith("~")) for k in (row[1].split() if row else ())]
        return (*described, *known)

    def find(self, iri: str | None) -> AuthorityEntry | None:
        """The entry with this IRI."""
        if iri is None or iri in self.entries or not iri.startswith(ENTITY):
            return self.entries.get(iri or "")
        return _known_entry(iri.removeprefix(ENTITY)) if load_table("known").row(iri.removeprefix(ENTITY)) else None

    def outer(self, entry: AuthorityEntry) -> str | None:
        """IRI of the place that an entry lies within or belongs to: the one described, else its country."""
        return entry.within or (self._countries.get(entry.country or "") if entry.weight is not None else None)

    def country(self, office_of: str | None) -> str | None:
        """IRI of the country of an office: entries of known.tsv tell its code."""
        return self._countries.get(office_of or "", office_of)

    def demonym(self, word: str) -> AuthorityEntry | None:
        """The place that an adjective or a word for its people belongs to: "Mexican", "Americans", "US"."""
        return self._demonyms.get(word)


def _keys(entry: AuthorityEntry) -> Iterator[str]:
    """The matching keys of an entry's names; of heads of state and government the surname too."""
    for name in (entry.name, *entry.aliases, *entry.acronyms):
        yield matching_key(name)
        if entry.type == "organization" and (bare := without_ending(name)):
            yield bare
    if any(HEADS.match(office.title) and office.of for office in entry.offices):
        yield "@" + matching_key(entry.name.split()[-1])


PLACE_KINDS = {
    "city",
    "state",
    "region",
    "territory",
    "sea",
    "river",
    "mountain",
    "facility",
    "ocean",
    "continent",
    "country",
}


@lru_cache(maxsize=50_000)
def _known_entry(key: str) -> AuthorityEntry:
    """The entry of a line of known.tsv."""
    row = load_table("known").row(key)
    assert row is not None, key
    _, kind, country, label, weight, geonames, state, told, _ = row
    kind_of: EntityType = "person" if kind == "person" else "place" if kind in PLACE_KINDS else "organization"
    offices = [office.split("|") for office in told.split(";") if office]
    return AuthorityEntry(
        iri=ENTITY + key, name=label, type=kind_of, kind=None if kind == "person" else kind, country=country or None,
        wikidata=key, geonames=geonames or None, state=state or None, weight=float(weight),
        offices=tuple(Office(title, of or None, start, end or None) for title, of, start, end in offices),
    )  # fmt: skip


def _precedence(entry: AuthorityEntry) -> tuple[int, str]:
    """Countries first, so that an ambiguous demonym ("Georgian") means the country; then by IRI."""
    order = {"place": 1, "organization": 2, "person": 3}
    return (0 if entry.kind == "country" else order.get(entry.type, 4), entry.iri)


@cache
def load_authority(path: Path | None = None) -> Authority:
    """The authority of this package, or of another Turtle file of the same form; read once."""
    facts = load_facts(path or ontology_folder() / "authority.ttl")
    offices: dict[str, list[Office]] = defaultdict(list)
    for held in facts.values():
        if HOLDER in held:
            offices[held[HOLDER][0]].append(_office(held))
    entries = [_entry(iri, facts[iri], offices.get(iri, [])) for iri in sorted(facts) if HOLDER not in facts[iri]]
    codes = {entry.iri: entry.country for entry in entries if entry.kind == "country"}
    entries = [
        msgspec.structs.replace(e, country=codes[e.within]) if not e.country and e.within in codes else e
        for e in entries
    ]
    return Authority({entry.iri: entry for entry in entries})


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
    same = facts.get(PREFIXES["owl"] + "sameAs", [])
    return AuthorityEntry(
        iri=iri,
        name=facts[SKOS + "prefLabel"][0],
        type=next(TYPES[value] for value in facts[RDF + "type"] if value in TYPES),
        kind=_one(facts, PREFIXES["dcterms"] + "type"),
        aliases=tuple(facts.get(SKOS + "altLabel", ())),
        acronyms=tuple(facts.get(CG + "acronym", ())),
        demonyms=tuple(facts.get(CG + "demonym", ())),
        country=_one(facts, SCHEMA + "addressCountry"),
        wikidata=next((value.removeprefix(WIKIDATA) for value in same if value.startswith(WIKIDATA)), None),
        geonames=next((value.removeprefix(GEONAMES).strip("/") for value in same if value.startswith(GEONAMES)), None),
        lat=lat,
        lon=lon,
        within=_one(facts, SCHEMA + "containedInPlace", SCHEMA + "areaServed", SCHEMA + "nationality"),
        offices=tuple(sorted(offices, key=lambda office: (office.start, office.title, office.of or ""), reverse=True)),
    )


def _point(wkt: str | None) -> tuple[float | None, float | None]:
    """Longitude and latitude of "POINT(lon lat)", in that order as in WKT."""
    if not wkt:
        return None, None
    lon, lat = wkt.removeprefix("POINT(").removesuffix(")").split()
    return float(lon), float(lat)
