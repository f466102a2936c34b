"""What a reading's codes are in RDF: classes, units, concepts; and the IRIs of an article's parts."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING

from claimgraph.iris import part, slug
from claimgraph.lexicon import load_table
from claimgraph.quads import decimal, integer, name, ref, words
from claimgraph.vocab import load_concepts

if TYPE_CHECKING:
    from claimgraph.model import Entity, Reading
    from claimgraph.quads import Term

CLASSES = {
    "person": ("schema:Person", "sem:Actor"),
    "organization": ("schema:Organization", "sem:Actor"),
    "group": ("cg:Group", "sem:Actor"),
    "place": ("schema:Place", "sem:Place"),
    "document": ("schema:CreativeWork",),
}


CURRENCY_CODE = 3
"""Letters of an ISO 4217 code."""
KINDS = {
    "country": "schema:Country",
    "state": "schema:State",
    "city": "schema:City",
    "continent": "schema:Continent",
    "government": "schema:GovernmentOrganization",
    "government agency": "schema:GovernmentOrganization",
    "ministry": "schema:GovernmentOrganization",
    "company": "schema:Corporation",
    "university": "schema:CollegeOrUniversity",
    "report": "schema:Report",
    "study": "schema:Report",
    "survey": "schema:Report",
}
"""More telling classes by the kind of an entity."""


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def concept(scheme: str, code: str) -> Term:
    """The concept that an annotation code stands for."""
    return ref(load_concepts()[scheme, code].iri)


def edge_of(relation: str) -> str:
    """The property for a type of relation between claims.

    >>> edge_of("differs-in-scope"), edge_of("restates")
    ('differsInScope', 'restates')
    """
    first, *rest = relation.split("-")
    return first + "".join(word.title() for word in rest)


def number(value: float | None) -> Term | None:
    """A whole number as xsd:integer, another as xsd:decimal."""
    if value is None:
        return None
    return integer(int(value)) if float(value).is_integer() else decimal(value)


@cache
def load_units() -> dict[str, tuple[str, str | None]]:
    """Unit code to QUDT's prefixed name, and the factor to its SI unit where one number says it."""
    return {row[0]: (f"unit:{row[1]}", row[2] if len(row) > 2 and row[2] else None) for row in load_table("qudt_units")}


def unit(code: str) -> dict[str, Term]:
    """The unit as QUDT has it, a currency by its ISO 4217 code, else its words."""
    if code in load_units():
        return {"qudt:hasUnit": name(load_units()[code][0])}
    if len(code) == CURRENCY_CODE and code.isupper():
        return {"qudt:hasUnit": name(f"cur:{code}")}
    return {"cg:unitText": words(code)}


def normalized(value: float | None, code: str) -> Term | None:
    """The value in the SI unit, None where the unit has no single factor."""
    factor = load_units().get(code, ("", None))[1]
    if value is None or factor is None:
        return None
    return decimal(Decimal(repr(value)) * Decimal(factor))


def per_unit(code: str | None) -> dict[str, Term]:
    """What a rate counts by: a unit of QUDT, else nothing that a store could compare."""
    return {"cg:per": name(load_units()[code][0])} if code in load_units() else {}


def classes_of(entity: Entity) -> list[Term]:
    """The classes of an entity: the more telling one of its kind beside that of its type."""
    telling = KINDS.get(entity.kind or "")
    fits = telling is not None and (entity.type == "document") == (telling == "schema:Report")
    return [name(c) for c in dict.fromkeys((*((telling,) if telling and fits else ()), *CLASSES[entity.type]))]


def entity_iris(reading: Reading, article: str) -> dict[str, str]:
    """Entity id to the IRI of the article's own entity; namesakes in one article are numbered."""
    taken: dict[str, str] = {}  # a number behind one name may be the end of another: "Unit" twice beside "Unit 2"
    for entity in reading.entities:
        first = f"{article}#entity-{slug(entity.name)}"
        free = (iri for iri in chain([first], (f"{first}-{n}" for n in count(2))) if iri not in taken)
        taken[next(free)] = entity.id
    return {id_: iri for iri, id_ in taken.items()}


def part_iris(reading: Reading, article: str) -> dict[str, str]:
    """Id of a mention, time, quantity, event, claim, statement or role to its IRI; several on the same characters are numbered."""
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    rows = [("mention", m.id, m.start, m.end) for m in reading.mentions]
    rows += [("time", t.id, t.start, t.end) for t in reading.times]
    rows += [("quantity", q.id, q.start, q.end) for q in reading.quantities]
    rows += [("statement", s.id, s.start, s.end) for s in reading.statements]
    rows += [("role", r.id, r.start, r.end) for r in reading.roles]
    rows += [("event", e.id, e.trigger.start, e.trigger.end) for e in reading.events]
    rows += [("claim", c.id, min(s.start for s in c.content), max(s.end for s in c.content)) for c in reading.claims]
    for kind, id_, start, end in rows:
        iri = part(article, kind, start, end)
        taken[iri] = taken.get(iri, 0) + 1
        found[id_] = iri + (f"-{taken[iri]}" if taken[iri] > 1 else "")
    return found
