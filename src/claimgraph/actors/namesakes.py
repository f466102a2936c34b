"""Who a name stands for: of all who bear it, the one for whom the article's countries, states, offices and date speak."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.names import (
    fields_of,
    is_common,
    person_key,
    plain_case,
    title_head,
    without_article,
    without_ending,
)
from claimgraph.actors.officeholders import find_holder, is_sitting
from claimgraph.lexicon import load_map

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from claimgraph.actors.authority import Authority, AuthorityEntry, Bearer
    from claimgraph.actors.clusters import Cluster
    from claimgraph.model import Article

BY_OFFICE = 0.8
"""Of a person whom surname, office and date alone identify."""
CONFIDENCE_LINK, CONFIDENCE_AMONG = 0.5, 0.6
"""Below it no identifier is given: an own entity is better than a wrong one.

On the spans that MEANTIME, GUM, News-Fair, Reuters-128 and RSS-500 annotate, .94 of the links are right at any threshold
from .5 to .9; of those between .5 and .6 it is 16 of 18, below .5 half. The second is for people, who have namesakes that
no list knows, and where several known ones bear the name.
"""
DESCRIBED = {"country": 3000.0, "continent": 1000.0, "ocean": 100.0, "state": 20.0, "city": 60.0}
"""Weights of the entries of authority.ttl by kind; of places in 30,000 inhabitants, as known.tsv has them."""
DESCRIBED_OTHER = {"place": 10.0, "organization": 4.0, "person": 4.0, "group": 1.0, "document": 1.0}
ALIAS, CAPITAL_ALIAS = 0.6, 0.2
"""A name that is not the usual one; the second of a province that is also called as its capital is."""
NAMED_COUNTRY, OTHER_COUNTRY = 4.0, 0.5
"""Of a country that the article names, or not while it names others."""
NAMED_STATE = 20.0
"""Of a US state that the article names: "Salem, Ore."."""
SIBLINGS = 3
"""As many states of one country make it likely that a name is one of them, and UNLIKELY that it is a country."""
UNLIKELY = 0.02
IN_OFFICE, FORMER, SOON, FUTURE = 4.0, 0.7, 0.5, 0.1
SPOKEN_OF = 2.0
"""Of a person whose office the article speaks of: "the senators Reed and Hall"."""
YEARS_BEFORE = 8
"""Before the last office, the only one that known.tsv tells, somebody had others."""
UNKNOWN_PLACE, UNKNOWN_PERSON, UNKNOWN_NAME, UNKNOWN_WORD, UNKNOWN_ACRONYM = 1.0, 0.3, 0.25, 0.5, 1.5
"""Weight of a bearer whom no list knows: of a place as of 30,000 people; of organisations by name, one word, acronym."""
UNKNOWN_LONG, UNKNOWN_LETTERS, UNKNOWN_REGION, UNKNOWN_COMMON = 0.1, 0.6, 0.5, 1.0
"""The same of organisations by three words or more and by four letters or more, of seas, islands and counties: few bear one
name; of people of whose names both are common: many do."""
SPORT = re.compile(
    r"\b(?:game|season|coach|playoff|match|goal|touchdown|inning|league|striker|quarterback|pitcher|midfielder|tournament)s?\b"
)
LEAST_SPORT = 2
"""Words of sport in a text in which a team goes by a short name."""
SECOND = {"law", "business", "military", "science", "media", "diplomacy", "royalty"}
"""Fields that people come to politics from, or go to."""
SUFFIX = re.compile(r",? (?:[JS]r\.?|I{2,3}|IV)$")
COMPASS = {"north", "south", "east", "west"}
LETTERS, LONG_WORD = 4, 6
STATE = re.compile(r" (?:province|state|oblast|prefecture|canton|governorate)\b")
LONGEST_LIST = 80
"""Characters before a name in which a list of states may begin."""
COUNTIES = re.compile(
    r"(?:, (?:[A-Z][\w.]+ ?){1,3}(?<! ))*,? and (?:[A-Z][\w.]+ ){1,3}[Cc]ounties\b|(?: and (?:[A-Z][\w.]+ ){1,3})? ?[Cc]ounties\b"
)
"""What follows a county that others stand beside: "Orange, Kern and Inyo Counties"."""
STATES = re.compile(r"\b(?:states|provinces) of (?:(?:[A-Z]\w+ ?){1,4},? (?:and )?)*$")
"""What stands before a state among others: "the provinces of Córdoba, Santa Fe and Buenos Aires"."""
LED = re.compile(r"(?:president|prime minister|chancellor|king|queen|pope|emperor|premier|taoiseach)$")
TERM = re.compile(r"\s+(?:[Aa]dministration|presidency|[Gg]overnment|[Cc]abinet)\b")
"""What follows the surname of who leads a state: "the Carter administration"."""
BEHIND = re.compile(r",\s*((?:[A-Z][\w.]+ ?){1,3}(?<! ))")
CAPITALISED = re.compile(r"\b[A-Z][A-Za-z]+\b")


class Context(NamedTuple):
    """What decides between namesakes: the countries and states that the article names beyond doubt, and its date."""

    countries: Collection[str]
    states: Mapping[str, Collection[str]]
    """Country to those of its states that are named."""
    published: str | None
    text: str
    sport: bool


def find_context(article: Article, clusters: list[Cluster], authority: Authority) -> Context:
    """The context of an article, from names of places that only one country has, and from demonyms."""
    countries: set[str] = set()
    states: dict[str, set[str]] = {}
    for name in sorted({m.text for c in clusters for m in c.mentions if m.kind == "name" and c.type != "person"}):
        places = [b.entry for b in authority.bearers(place_name(name)) if b.entry.type == "place"]
        country = _only([entry.country for entry in places if entry.country])
        countries |= {country} if country else set()
        for entry in places:
            if entry.kind == "state" and entry.country:
                states.setdefault(entry.country, set()).add(entry.name)
    countries |= {country for country, named in states.items() if len(named) >= SIBLINGS}
    demonyms = map(authority.demonym, sorted(set(CAPITALISED.findall(article.text))))
    countries |= {entry.country for entry in demonyms if entry is not None and entry.country}
    sport = len(set(SPORT.findall(article.text))) >= LEAST_SPORT
    return Context(countries, states, article.published, article.text, sport)


def place_name(text: str) -> str:
    """A name as the authority writes it: without article, in plain case, a state's abbreviation in full."""
    name = without_article(text)
    return load_map("state_abbreviations").get(name) or plain_case(name)


def _only(found: list[str | None]) -> str | None:
    """What all of these agree on."""
    return found[0] if found and len(set(found)) == 1 else None


def choose(cluster: Cluster, authority: Authority, context: Context) -> tuple[AuthorityEntry | None, float]:
    """The authority's entry for a cluster and how sure that is; (None, 1.0) where none is sure enough.

    Each bearer of a name weighs as much as it is known, more where the article's countries, provinces or date speak for
    it; somebody whom no list knows weighs too. The confidence is the best one's share. A bare surname never decides
    ("President Reagan" does: who held that office), nor does a nominal.
    """
    if cluster.type == "person" and (held := _by_office(cluster, authority, context)):
        return held, BY_OFFICE
    best: tuple[float, AuthorityEntry, bool] | None = None
    outer = _outer(cluster, authority, context.text)
    shortened = any(m.text in load_map("state_abbreviations") for m in cluster.mentions)
    division = _division(cluster, context.text)
    for name in _whole(sorted(set(_names(cluster, authority, context.text))), cluster, authority):
        bearers = [b for b in authority.bearers(name) if _fits(b, name, cluster.type, sport=context.sport)]
        bearers = [b for b in bearers if not _is_foreign(b, context) and not _is_of_other_field(b.entry, cluster)]
        divided = [b for b in bearers if b.entry.kind == (division or "state")]
        if shortened or division == "county" or (division and divided):
            bearers = divided
        weights = {b.entry.iri: (_weight(b, context) * _within(b.entry, outer), b.entry) for b in reversed(bearers)}
        if not weights:
            continue
        weight, entry = max(weights.values(), key=lambda found: (found[0], found[1].iri))
        share = weight / (sum(w for w, _ in weights.values()) + _unknown(name, entry))
        if best is None or (share, entry.iri) > (best[0], best[1].iri):
            best = share, entry, len(weights) > 1
    if best is None or best[0] < (CONFIDENCE_AMONG if best[2] or cluster.type == "person" else CONFIDENCE_LINK):
        return None, 1.0
    return best[1], min(best[0], 0.97)


def _fits(bearer: Bearer, name: str, kind: str, *, sport: bool) -> bool:
    """Whether a bearer may be of this type; a building is an organisation too, and a team seldom has its country's name.

    "Ferdinand Marcos Jr." is not his father.
    """
    if bearer.entry.kind == "team" and not bearer.by_label and not (sport and _is_short(bearer.entry.name, name)):
        return False
    if bearer.entry.weight is not None and _is_noun(bearer, name):
        return False
    if not bearer.by_label and re.fullmatch(rf"University of {re.escape(name)}", bearer.entry.name):
        return False  # of "Alabama" it is the team that plays
    if (
        bearer.entry.type == "person"
        and SUFFIX.search(name)
        and bearer.by_label
        and not SUFFIX.search(bearer.entry.name)
    ):
        return False
    return bearer.entry.type == kind or (bearer.entry.kind == "facility" and kind == "organization")


def _is_foreign(bearer: Bearer, context: Context) -> bool:
    """Whether a short name would be of a country that the article does not speak of: "the Senate" where it is the Philippines'."""
    ruling = (
        bearer.entry.kind in {"parliament", "ministry"} and bearer.entry.country is not None and not bearer.by_label
    )
    return ruling and bool(context.countries) and bearer.entry.country not in context.countries


def _is_of_other_field(entry: AuthorityEntry, cluster: Cluster) -> bool:
    """Whether a person's titles are of a field in which the known holder of an office had none: a pilot is no prime minister.

    Most whose offices are known are of politics, and had or have another calling of SECOND.
    """
    if cluster.type != "person" or not entry.offices:
        return False
    theirs, told = fields_of(office.title for office in entry.offices), fields_of(cluster.titles)
    return bool(told) and not told & (theirs or {"politics"}) and not told & SECOND


def _is_noun(bearer: Bearer, name: str) -> bool:
    """Whether a common noun is all that there is of a body's name: the "State" of "The State", the "Army" of an academy."""
    usual = bearer.by_label and not bearer.entry.name.startswith("The ")
    noun = name.lower() in load_map("actor_nouns") or name.lower() in load_map("name_endings")
    return noun and not usual and bearer.entry.type == "organization"


def _is_short(team: str, name: str) -> bool:
    """Whether a team goes by a name: by its last words ("Dodgers"), or without "F.C."."""
    return team.endswith(f" {name}") or re.fullmatch(rf"{re.escape(name)} (?:A?F\.?C\.?|City|United)", team) is not None


def _division(cluster: Cluster, text: str) -> str | None:
    """The kind of place that the words around say a name is of: a county (which no list has), a state; None without such words."""
    mentions = [m for m in cluster.mentions if m.kind == "name"] if cluster.type == "place" else []
    if mentions and all(COUNTIES.match(text, m.end) for m in mentions):
        return "county"
    if any(m.origin == "dateline" for m in mentions):
        return "city"
    if any(STATE.match(text, m.end) or STATES.search(text[max(m.start - LONGEST_LIST, 0) : m.start]) for m in mentions):
        return "state"
    return None


def _whole(names: list[str], cluster: Cluster, authority: Authority) -> list[str]:
    """The names; of an organisation whose longest name nobody bears, none: "Continental Bank" is not "Continental"."""
    longest = max(names, key=len, default="")
    short = [name for name in names if longest.startswith(name + " ")]
    if cluster.type != "organization" or not short or authority.bearers(longest):
        return names
    return [name for name in names if name not in short]


def _by_office(cluster: Cluster, authority: Authority, context: Context) -> AuthorityEntry | None:
    """The only person of a surname who held the office then that the text gives: "President Reed"."""
    surnames = {person_key(m.text) for m in cluster.mentions if m.kind == "name"}
    published = context.published
    if not published or any(" " in name for name in surnames):
        return None
    heads = {title_head(t) for t in cluster.titles}
    found = {
        e.iri: e
        for name in sorted(surnames)
        for e in authority.surnamed(name)
        if any(title_head(o.title.lower()) in heads and o.held_on(published) for o in e.offices)
    }
    if found or not surnames:
        return next(iter(found.values())) if len(found) == 1 else None
    sitting = any(is_sitting(context.text, m.start, m.end) for m in cluster.mentions if m.kind == "name")
    surname = max(surnames, key=lambda name: (len(name), name))
    return find_holder(authority, surname, cluster.titles, day=published, countries=context.countries, sitting=sitting)


def _names(cluster: Cluster, authority: Authority, text: str) -> Iterator[str]:
    """The cluster's names as they might stand in the authority: whole, without a leading country, a head of state's surname."""
    sons = cluster.type == "person" and any(SUFFIX.search(m.text) for m in cluster.mentions if m.kind == "name")
    whole = any(" " in person_key(m.text) for m in cluster.mentions if m.kind == "name")
    for mention in cluster.mentions:
        if mention.kind != "name" or (sons and not SUFFIX.search(mention.text)):
            continue
        name = plain_case(without_article(mention.text)).replace("’", "'")
        if cluster.type == "organization" and mention.text.startswith("The "):
            yield mention.text
        if cluster.type == "place":
            name = place_name(mention.text)
            if name.lower() in COMPASS:
                continue
        if cluster.type != "person":
            yield name
            first, _, rest = name.partition(" ")
            country = authority.demonym(first.strip(".")) or authority.demonym(first)
            if rest and country is not None and any(_is_of(b.entry, country) for b in authority.bearers(rest)):
                yield rest
        elif " " in name:
            yield from {name, person_key(name)} if not SUFFIX.search(name) else {name}
        elif not whole and (any(LED.match(title) for title in cluster.titles) or TERM.match(text, mention.end)):
            yield "@" + name


def _is_of(entry: AuthorityEntry, country: AuthorityEntry) -> bool:
    """Whether an organisation is of a country; a government agency of which none is told, of the United States."""
    untold = entry.country is None and entry.kind == "government agency"
    return entry.country == country.country or (untold and country.country == "US")


def _weight(bearer: Bearer, context: Context) -> float:
    """How much speaks for one bearer of a name."""
    entry = bearer.entry
    weight = entry.weight if entry.weight is not None else DESCRIBED.get(entry.kind or "", DESCRIBED_OTHER[entry.type])
    if not bearer.by_label and entry.kind != "country":
        weight *= CAPITAL_ALIAS if entry.kind == "state" else ALIAS
    if entry.type == "place":
        weight *= _beside(entry, context)
    if entry.country and entry.kind != "country":
        weight *= NAMED_COUNTRY if entry.country in context.countries else OTHER_COUNTRY if context.countries else 1
    if entry.type == "person":
        weight *= _office_weight(entry, context.published)
        offices = {word for o in entry.offices for word in o.title.lower().split() if len(word) >= LONG_WORD}
        weight *= SPOKEN_OF if any(word in context.text.lower() for word in offices) else 1
    return weight


def _beside(entry: AuthorityEntry, context: Context) -> float:
    """How the states that an article names speak for a place: Georgia beside Alabama and Florida, Salem beside Oregon."""
    if entry.kind == "state":
        return NAMED_COUNTRY if len(context.states.get(entry.country or "", ())) >= SIBLINGS else 1.0
    if entry.kind == "country":
        like = any(entry.name in names and len(names) >= SIBLINGS for names in context.states.values())
        return UNLIKELY if like and entry.country not in context.countries else 1.0
    named = load_map("state_abbreviations").get(entry.state or "") in context.states.get("US", ())
    return NAMED_STATE if named else 1.0


def _outer(cluster: Cluster, authority: Authority, text: str) -> str | None:
    """The US state or the country that the article names behind a place and a comma, "Salem, Ore.": its name or code."""
    for mention in cluster.mentions if cluster.type == "place" else ():
        match = BEHIND.match(text, mention.end)
        words = match[1].split() if match else []
        for length in range(len(words), 0, -1):
            name = place_name(" ".join(words[:length]))
            entries = [b.entry for b in authority.bearers(name) if b.by_label]
            if any(e.kind == "state" and e.country == "US" for e in entries):
                return name
            country = next(
                (
                    e.country
                    for e in entries
                    if (e.kind, e.country) == ("state", "GB") or e.kind in {"country", "territory"}
                ),
                None,
            )
            if country:
                return country
    return None


def _within(entry: AuthorityEntry, outer: str | None) -> float:
    """How what stands behind a place and a comma speaks for an entry: a state, by name, or a country, by code."""
    if outer is None or entry.kind not in {"city", "facility"}:
        return 1.0
    if len(outer) > 2 and entry.country == "US" and not entry.state:
        return NAMED_COUNTRY
    return NAMED_STATE if outer in {load_map("state_abbreviations").get(entry.state or ""), entry.country} else UNLIKELY


def _unknown(name: str, entry: AuthorityEntry) -> float:
    """The weight of a bearer whom no list knows, beside the entry that is the best known."""
    if entry.type == "organization":
        words = (without_ending(name) or name).count(" ") + 1
        acronym = UNKNOWN_ACRONYM if len(name) < LETTERS else UNKNOWN_LETTERS
        alone = acronym if name.isupper() else UNKNOWN_WORD
        if entry.kind in {"ministry", "government agency"} and without_article(name).split()[0].lower() in load_map(
            "name_endings"
        ):
            return UNKNOWN_WORD  # "Department of Trade and Industry": many countries have one
        return alone if words == 1 else UNKNOWN_NAME if words == 2 else UNKNOWN_LONG
    if entry.type == "person":
        return UNKNOWN_COMMON if is_common(name) else UNKNOWN_PERSON
    return UNKNOWN_PLACE if entry.kind == "city" else UNKNOWN_REGION


def _office_weight(entry: AuthorityEntry, published: str | None) -> float:
    """How the date speaks for a person: for whom then held an office, against whose offices were all to come."""
    if not published or not any(office.start for office in entry.offices):
        return 1.0
    if any(office.held_on(published) for office in entry.offices):
        return IN_OFFICE
    if any("" < office.start <= published for office in entry.offices):
        return FORMER
    first = min(int(office.start[:4]) for office in entry.offices if office.start)
    return SOON if first - int(published[:4]) <= YEARS_BEFORE else FUTURE
