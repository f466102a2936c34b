"""Writes ontology/authority.ttl from tables of places, people and organisations, as authority_selection.tsv chooses.

usage: make_authority.py TABLES [OUT]      TABLES is a folder with places.tsv, people.tsv, orgs.tsv

Every identifier keeps the source that states it. Of rows under a share-alike licence only the bare identifier is taken,
never their lists of names. Same input, same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
BASE = "https://w3id.org/claimgraph/id/entity/"
UNSURE = {"IT", "BE", "RO", "ES"}
"""Countries where one source alone often pairs a city with a wrong identifier."""
SELECTION = Path(__file__).with_name("authority_selection.tsv")
HEADER = """\
@prefix cg: <https://w3id.org/claimgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix entity: <https://w3id.org/claimgraph/id/entity/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Known actors and places. Written by tools/make_authority.py from tools/authority_selection.tsv: edit that one.
# owl:sameAs stands only where a source proves the identifier; dcterms:source names it. Licences: README.md.
"""
SHARE_ALIKE = ("knowledge-net", "supraverden")
PLACE_CLASSES = {
    "country": "Country",
    "state": "State",
    "city": "City",
    "continent": "Continent",
    "ocean": "OceanBodyOfWater",
}
STATE_BODIES = ("government agency", "ministry", "army", "police", "central bank", "parliament", "court", "government")
ORGANIZATION_CLASSES = dict.fromkeys(STATE_BODIES, "GovernmentOrganization") | {
    "party": "PoliticalParty",
    "media": "NewsMediaOrganization",
    "company": "Corporation",
    "NGO": "NGO",
    "university": "CollegeOrUniversity",
    "research institute": "ResearchOrganization",
    "think tank": "ResearchOrganization",
}
PLACE_KINDS = frozenset({*PLACE_CLASSES, "territory", "region", "facility", "sea"})
CORRECTED = {"Q812": "US"}  # Florida: the table has the country of the nearest border
MOST_ALIASES = 8  # more are spellings in other languages
MOST_OFFICES = 6  # the latest; earlier seats are seldom news


class Entry(NamedTuple):
    """One authority entry on its way into Turtle: its name in IRIs, its facts as (predicate, objects)."""

    key: str
    facts: list[tuple[str, list[str]]]


class Places(NamedTuple):
    """Countries by ISO code: their names, and the key of their entry."""

    key: dict[str, str]
    names: dict[str, list[str]]


def read_table(path: Path) -> list[Row]:
    """The rows of a table; lines that begin with # are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def words(cell: str | None) -> list[str]:
    """The parts of a cell between bars."""
    return [word.strip() for word in (cell or "").split("|") if word.strip()]


def slug(name: str, kind: str) -> str:
    """Our own key of an entry without an identifier: readable, and told apart by a hash of name and type."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    digest = hashlib.sha256(f"{name}|{kind}".encode()).hexdigest()[:8]
    return f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}-{digest}"


def literal(text: str, language: str = "") -> str:
    """A Turtle literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{language}" if language else "")


def share_alike(row: Row) -> bool:
    """Whether the row comes from a source whose licence would bind what copies its lists."""
    return any(name in row["source"] for name in SHARE_ALIKE)


def schema_class(classes: dict[str, str], kind: str) -> list[str]:
    """The schema.org class of a kind, where it has one."""
    return [f"schema:{classes[kind]}"] if kind in classes else []


def english_name(row: Row, countries: Places) -> str:
    """The row's name, or where that is not English the alias most agree on, without its country's name or demonym."""
    if not re.search(r"[^\x00-\x7f–’]|\b(de|del|la|des|du|der|für|y|et)\b", row["name"]):
        return row["name"]
    own = countries.names.get(row["country"], [])
    edge = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
    english = [
        a
        for a in words(row["aliases"])
        if re.search(r"\b(of|and|for|the|National|Institute|Ministry)\b", a) and a.isascii()
    ]
    bare = Counter(re.sub(rf"^({edge})\s+|,?\s+(of\s+)?({edge})$", "", alias) for alias in english)
    return min(bare, key=lambda name: (-bare[name], len(name), name)) if bare else row["name"]


def table_aliases(row: Row, label: str) -> list[str]:
    """Names that an English text may use; at most MOST_ALIASES, shortest first where there are more."""
    candidates = [row["name"], *words(row["aliases"])]
    usable = [a for a in candidates if len(a) > 3 and a[0].isupper() and not re.search(r"[(/\d]|^(The|President) ", a)]
    latin = [a for a in dict.fromkeys(usable) if a != label and not re.search(r"[^\x00-\u024f‘’–]", a)]
    return sorted(latin, key=len)[:MOST_ALIASES] if len(latin) > MOST_ALIASES else latin


def acronyms_of(choice: Row, row: Row) -> list[str]:
    """The acronyms chosen by hand, else the table's first usable one."""
    if choice["acronyms"]:
        return [] if choice["acronyms"] == "-" else words(choice["acronyms"])
    return [a for a in words(row.get("acronym")) if re.fullmatch(r"[A-Z][A-Za-z&]{1,8}", a)][:1]


def naming(label: str, aliases: list[str], acronyms: list[str], demonyms: list[str]) -> list[tuple[str, list[str]]]:
    """The names of an entry, each once."""
    others = [a for a in dict.fromkeys(aliases) if a != label and a not in acronyms]
    return [
        ("skos:prefLabel", [literal(label, "en")]),
        ("skos:altLabel", [literal(a) for a in others]),
        ("cg:acronym", [literal(a) for a in acronyms]),
        ("cg:demonym", [literal(d, "en") for d in demonyms]),
    ]


def identifiers(qid: str, geonames: str, source: str) -> list[tuple[str, list[str]]]:
    """What proves who is meant, and who says so."""
    same = [f"<http://www.wikidata.org/entity/{qid}>"] if qid else []
    same += [f"<https://sws.geonames.org/{geonames}/>"] if geonames else []
    return [("owl:sameAs", same), ("dcterms:source", [literal(source)] if source else [])]


def place_entry(row: Row, choice: Row, countries: Places) -> Entry:
    """A country, state, city or other place."""
    qid, kind = proved_qid(row), row["type"] if not choice["kind"] else choice["kind"]
    label = choice["label"] or (choice["key"] if choice["table"] in {"city", "place"} else row["name"])
    country = (
        [] if kind == "country" else [f"entity:{countries.key[c]}" for c in [row["country"]] if c in countries.key]
    )
    point = f'"POINT({row["lon"]} {row["lat"]})"^^geo:wktLiteral'
    facts = [
        ("a", [*schema_class(PLACE_CLASSES, kind), "schema:Place"]),
        *naming(label, [row["name"], *words(choice["aliases"])], [], words(choice["demonyms"])),
        ("dcterms:type", [literal(kind)]),
        ("schema:addressCountry", [literal(row["country"])] * bool(row["country"])),
        ("schema:containedInPlace", country),
        ("geo:asWKT", [point] * bool(row["lat"])),
        *identifiers(qid, row["geonames"], row["source"]),
    ]
    return Entry(qid or slug(label, "place" + row["geonames"]), facts)


def proved_qid(row: Row) -> str:
    """The Wikidata id; of a city in UNSURE only where two sources agree on it."""
    sources = row["source"].split("||")[0]
    return row["qid"] if row["type"] != "city" or ";" in sources or row["country"] not in UNSURE else ""


def organization_facts(kind: str, country: str, countries: Places) -> list[tuple[str, list[str]]]:
    """The kind of an organization and the country it belongs to."""
    within = [f"entity:{countries.key[country]}"] if country in countries.key else []
    return [
        ("dcterms:type", [literal(kind)]),
        ("schema:addressCountry", [literal(country)] * bool(within)),
        ("schema:areaServed", within),
    ]


def organization_entry(row: Row, choice: Row, countries: Places) -> Entry:
    """An organization with a Wikidata id."""
    label, kind = choice["label"] or english_name(row, countries), choice["kind"] or row["type"]
    aliases = words(choice["aliases"]) or ([] if share_alike(row) else table_aliases(row, label))
    country = choice["country"] or row["country"]
    facts = [
        ("a", [*schema_class(ORGANIZATION_CLASSES, kind), "schema:Organization"]),
        *naming(label, aliases, acronyms_of(choice, row), []),
        *organization_facts(kind, country, countries),
        *identifiers(row["qid"], "", row["source"]),
    ]
    return Entry(row["qid"], facts)


def own_entry(choice: Row, countries: Places) -> Entry:
    """An entry that no source gives an identifier: our own IRI, no owl:sameAs."""
    kind, label = choice["kind"], choice["key"]
    if kind == "person":
        facts = [("a", ["schema:Person"]), *naming(label, words(choice["aliases"]), [], [])]
        nation = [f"entity:{countries.key[c]}" for c in [choice["country"]] if c in countries.key]
        return Entry(slug(label, "person"), [*facts, ("schema:nationality", nation)])
    row = {
        "qid": "",
        "name": label,
        "type": kind,
        "country": choice["country"],
        "aliases": "",
        "acronym": "",
        "source": "",
    }
    return Entry(slug(label, "organization"), organization_entry(row, choice | {"label": label}, countries).facts)


# ---- people and their offices


def office_title(row: Row, countries: Places) -> str:
    """The office without the country it belongs to: "President of Russia" and "Russian President" are "President"."""
    names = sorted(countries.names.get(row["office_of"], []), key=len, reverse=True)
    edge = "|".join(map(re.escape, names)) or "$^"
    title = re.sub(rf"\s+of\s+(the\s+)?(Republic of\s+)?({edge})$|^({edge})\s+", "", row["office"])
    return re.sub(r"\s*\([^)]*\)$", "", title).removeprefix("the ").strip()


def offices_of(rows: list[Row], countries: Places) -> list[tuple[str, str, str, str]]:
    """(title, country, from, to), latest first; the same office told twice stands once, with its most exact dates."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    spelling: dict[str, str] = {}
    for row in rows:
        title = office_title(row, countries)
        if (
            row["office"].startswith("occupation:")
            or not row["from"]
            or not re.fullmatch(r"[A-Z][A-Za-z ,'&-]{3,60}", title[:1].upper() + title[1:])
        ):
            continue
        if re.search(r"\b(de|del|father|mother|wife|husband)\b", title):
            continue
        spelling[title.lower()] = max(
            spelling.get(title.lower(), ""), title, key=lambda t: (sum(map(str.isupper, t)), t)
        )
        key = (title.lower(), row["office_of"], row["from"][:4])
        found[key] = max(
            found.get(key, ("", "")), (row["from"], row["to"]), key=lambda dates: (len(dates[0]), dates[1])
        )
    offices = [(spelling[title], of, start, end) for (title, of, _), (start, end) in found.items()]
    return sorted(offices, key=lambda o: (o[2], o[0], o[1]), reverse=True)[:MOST_OFFICES]


def date(value: str) -> str:
    """A Turtle date of the precision given."""
    datatype = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)]
    return f'"{value}"^^xsd:{datatype}'


def holding_entry(person: str, office: tuple[str, str, str, str], label: str, countries: Places) -> Entry:
    """One office of one person."""
    title, of, start, end = office
    key = f"{person}-{slug(title, of + start)}"
    facts = [
        ("a", ["cg:RoleHolding"]),
        ("skos:prefLabel", [literal(f"{label}, {title}", "en")]),
        ("cg:holder", [f"entity:{person}"]),
        ("cg:roleTitle", [literal(title)]),
        ("cg:roleOf", [f"entity:{countries.key[of]}"] if of in countries.key else []),
        ("schema:startDate", [date(start)]),
        ("schema:endDate", [date(end)] if end else []),
    ]
    return Entry(key, facts)


def person_entries(rows: list[Row], choice: Row, countries: Places) -> list[Entry]:
    """A person, and a role holding for each office."""
    first = rows[0]
    label = choice["label"] or first["name"]
    names = [a for row in rows for a in words(row["aliases"]) if " " in a and a[0].isupper() and len(a.split()) < 5]
    usable = [
        a for a in dict.fromkeys(names) if not re.search(r"[^\x00-\u024f’]|^(President|The|Sir|Mr|Father|US) |[\d(]", a)
    ]
    nation = next((row["country"] for row in rows if row["country"] in countries.key), "")
    facts = [
        ("a", ["schema:Person"]),
        *naming(label, words(choice["aliases"]) or usable[:MOST_ALIASES], [], []),
        ("schema:nationality", [f"entity:{countries.key[nation]}"] if nation else []),
        *identifiers(first["qid"], "", " ; ".join(sorted({row["source"] for row in rows})[:3])),
    ]
    offices = offices_of(rows, countries)
    return [Entry(first["qid"], facts), *(holding_entry(first["qid"], o, label, countries) for o in offices)]


# ---- selection


def largest(rows: list[Row]) -> Row:
    """The row with the most people, identified rows first among equals."""
    return max(rows, key=lambda row: (int(row["population"] or 0), bool(row["qid"]), row["geonames"]))


def chosen_places(choice: Row, places: list[Row]) -> list[Row]:
    """The rows of the table that a line of the selection means."""
    table, key = choice["table"], choice["key"]
    if table == "country":
        return [row for row in places if row["type"] == "country" and row["country"] == key]
    if table == "states":
        return [row for row in places if row["type"] == "state" and row["country"] == key and row["geonames"]]
    near = [r for r in places if not choice["country"] or r["country"] == choice["country"]]
    named = [r for r in near if key == r["name"]] or [r for r in near if key in words(r["aliases"])]
    fitting = [row for row in named if row["type"] == ("city" if table == "city" else choice["kind"])]
    return [largest(fitting)] if fitting else []


def find_countries(places: list[Row], selection: list[Row]) -> Places:
    """Names and keys of the countries chosen."""
    rows = {row["country"]: row for row in places if row["type"] == "country"}
    hand = {choice["key"]: choice for choice in selection if choice["table"] == "country"}
    names = {c: [rows[c]["name"], *words(h["aliases"]), *words(h["demonyms"])] for c, h in hand.items() if c in rows}
    return Places({c: rows[c]["qid"] for c in names}, names)


def entries(tables: Path, selection: list[Row]) -> list[Entry]:
    """All entries that the selection asks for."""
    places = [row | {"country": CORRECTED.get(row["qid"], row["country"])} for row in read_table(tables / "places.tsv")]
    organizations = {r["qid"]: r for r in read_table(tables / "orgs.tsv")}
    people: dict[str, list[Row]] = defaultdict(list)
    for row in read_table(tables / "people.tsv"):
        if not share_alike(row):
            people[row["qid"]].append(row)
    countries = find_countries(places, selection)
    found: list[Entry] = []
    for choice in selection:
        if choice["table"] == "own":
            found.append(own_entry(choice, countries))
        elif choice["table"] == "org":
            found.append(organization_entry(organizations[choice["key"]], choice, countries))
        elif choice["table"] == "person":
            found += person_entries(people[choice["key"]], choice, countries) if people[choice["key"]] else []
        else:
            found += [place_entry(row, choice, countries) for row in chosen_places(choice, places)]
    return found


def turtle(entry: Entry) -> str:
    """One entry as a block of Turtle."""
    lines = [f"    {predicate} {' , '.join(objects)}" for predicate, objects in entry.facts if objects]
    return f"entity:{entry.key}\n" + " ;\n".join(lines) + " .\n"


def main() -> None:
    """Reads the tables, writes the file, says how many entries it holds."""
    tables = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else SELECTION.parents[1] / "ontology" / "authority.ttl"
    found = {entry.key: entry for entry in entries(tables, read_table(SELECTION))}
    out.write_text(HEADER + "\n" + "\n".join(turtle(found[key]) for key in sorted(found)), encoding="utf-8")
    print(f"{len(found)} entries in {out}")


if __name__ == "__main__":
    main()
