"""From clusters of mentions to entities: their name, aliases, kind, and the authority's identifier where it is sure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_map
from claimgraph.model import Entity
from claimgraph.names import folded, person_key, plain_case, title_head, title_length, without_article

if TYPE_CHECKING:
    from claimgraph.authority import Authority, AuthorityEntry
    from claimgraph.clusters import Cluster
    from claimgraph.model import Article

BY_OFFICE = 0.8
"""Of a person whom surname, office and date alone identify."""
CONFIDENCE_LINK = 0.6
"""Below it no identifier is given: an own entity is better than a wrong one."""
LONGEST_GIVEN = 3
"""Given names and initials before a surname."""
DIRECTIONS = "north|south|east|west|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern|central"
REGION = re.compile(rf"(?P<of>.+?)['’]s (?P<direction>{DIRECTIONS}) (?:region|part|area|provinces|states)s?$")


def to_entities(
    article: Article, clusters: list[Cluster], authority: Authority
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """The entities in order of first mention, and each cluster's (by `id`) entity id."""
    ids = {id(cluster): f"e{number}" for number, cluster in enumerate(clusters, 1)}
    countries = _countries(clusters, authority)
    entities = []
    for cluster in clusters:
        entry, confidence = choose(cluster, authority, countries, article.published)
        entities.append(_entity(cluster, ids, entry, confidence, article.title, authority))
    return tuple(entities), ids


def _entity(
    cluster: Cluster,
    ids: dict[int, str],
    entry: AuthorityEntry | None,
    confidence: float,
    title: str | None,
    authority: Authority,
) -> Entity:
    longest = cluster.longest_name()
    longest = plain_case(longest) if longest else None
    if longest and cluster.type == "person" and " " not in longest:
        longest = _titled_name(longest, title) or longest
    first = next((m for m in cluster.mentions if m.kind != "pronoun"), cluster.mentions[0])
    named = _region_name(cluster)
    name = entry.name if entry else cluster.name or longest or named or without_article(first.text)
    forms = [
        without_article(m.text)
        for m in cluster.mentions
        if m.kind == "name" or (longest is None and m.kind == "nominal")
    ]
    forms += [m.text for m in cluster.mentions if m.kind == "name" and m.text.startswith("The ")]
    forms += _government_forms(cluster, authority)
    known = [*entry.aliases, *entry.acronyms] if entry else []
    vague = (
        longest is None
        and entry is None
        and cluster.type in {"person", "group", "organization"}
        and _is_vague(first.text)
    )
    return Entity(
        id=ids[id(cluster)],
        name=name,
        type=cluster.type,  # type: ignore[arg-type]
        aliases=tuple(a for a in dict.fromkeys([*forms, *known]) if a != name),
        iri=entry.iri if entry else None,
        wikidata=entry.wikidata if entry else None,
        geonames=entry.geonames if entry else None,
        confidence=round(confidence, 2),
        kind=entry.kind if entry else _kind(cluster),
        vague=vague,
        responsible=ids.get(id(cluster.responsible)) if cluster.responsible is not None else None,
        authority=entry.iri if entry else None,
    )


def _government_forms(cluster: Cluster, authority: Authority) -> list[str]:
    """ "government of Mexico" for "the Mexican government", "Mexico's government"."""
    forms = []
    for mention in cluster.mentions:
        words = without_article(mention.text).replace("’s", "").replace("'s", "").split()
        if mention.kind == "nominal" and len(words) > 1 and words[-1].lower() == "government":
            lead = " ".join(words[:-1])
            place = authority.demonym(lead) or next((e for e in authority.named(lead) if e.type == "place"), None)
            forms.append(f"government of {place.name}" if place else "")
    return [form for form in forms if form]


def _is_vague(text: str) -> bool:
    """Whether words name nobody: "some senators", "officials", "a person familiar with the matter"; not "the Mexican government"."""
    words = text.split()
    return words[0].lower() not in {"the", "this", "that", "his", "her", "its", "their"} and not any(
        w[0].isupper() for w in words[1:]
    )


def _kind(cluster: Cluster) -> str | None:
    """What a nominal or a name's last noun says it is: "government agency", "company"."""
    for mention in cluster.mentions:
        found = load_map("actor_nouns").get(mention.text.split()[-1].lower())
        if found and found == cluster.type:
            return mention.text.split()[-1].lower()
    return None


def _region_name(cluster: Cluster) -> str | None:
    """ "Mexico's northern region" is northern Mexico."""
    match = REGION.match(cluster.mentions[0].text) if cluster.type == "place" else None
    return f"{match['direction']} {without_article(match['of'])}" if match else None


def _countries(clusters: list[Cluster], authority: Authority) -> set[str]:
    """ISO codes of the countries that the article names."""
    names = [without_article(m.text) for c in clusters for m in c.mentions if c.type == "place" and m.kind == "name"]
    return {e.country for n in names for e in authority.named(n) if e.kind == "country" and e.country}


def choose(
    cluster: Cluster, authority: Authority, countries: set[str], published: str | None
) -> tuple[AuthorityEntry | None, float]:
    """The authority's entry for a cluster and how sure that is; (None, 1.0) where none is sure enough.

    Namesakes are decided by type, by the countries that the article names, and for people by an office held at the time;
    a bare surname never decides, nor does a nominal.
    """
    if cluster.type == "person" and not any(" " in n for n in _names(cluster, authority)):
        return _by_office(cluster, authority, published)
    best: tuple[float, AuthorityEntry] | None = None
    for name in sorted(set(_names(cluster, authority))):
        if cluster.type == "person" and " " not in name:
            continue
        entries = [e for e in authority.named(name) if e.type == cluster.type]
        for entry in entries:
            score = _score(entry, name, entries, countries, published)
            if best is None or (score, entry.iri) > (best[0], best[1].iri):
                best = score, entry
    if best is None or best[0] < CONFIDENCE_LINK:
        return None, 1.0
    return best[1], best[0]


def _by_office(cluster: Cluster, authority: Authority, published: str | None) -> tuple[AuthorityEntry | None, float]:
    """The only person of a surname who held the office then that the text gives: "President Reed"."""
    surnames = {person_key(m.text) for m in cluster.mentions if m.kind == "name"}
    heads = {title_head(t) for t in cluster.titles}
    found = {
        e.iri: e
        for name in sorted(surnames)
        for e in authority.surnamed(name)
        if any(title_head(o.title.lower()) in heads and published and o.held_on(published) for o in e.offices)
    }
    return (next(iter(found.values())), BY_OFFICE) if len(found) == 1 else (None, 1.0)


def _names(cluster: Cluster, authority: Authority) -> list[str]:
    """The cluster's names as they might stand in the authority: whole, without a leading country."""
    names = []
    for mention in cluster.mentions:
        if mention.kind != "name":
            continue
        name = plain_case(without_article(mention.text)).replace("’", "'")
        names.append(name)
        if cluster.type == "person":
            names.append(person_key(name))
        first, _, rest = name.partition(" ")
        country = authority.demonym(first.strip(".")) or authority.demonym(first)
        if rest and country is not None:
            names += [n for n in (rest,) if any(e.country == country.country for e in authority.named(n))]
    return names


def _score(
    entry: AuthorityEntry, name: str, entries: list[AuthorityEntry], countries: set[str], published: str | None
) -> float:
    """Between 0 and 1: exact name before alias, countries first, then what fits the article's countries and date."""
    score = 0.9 if entry.name == name else 0.85
    if len(entries) > 1:
        score -= 0.3
        if entry.kind == "country" or (
            entry.country in countries and sum(e.country in countries for e in entries) == 1
        ):
            score += 0.25
        elif (
            entry.type == "person"
            and _in_office(entry, published)
            and sum(_in_office(e, published) for e in entries) == 1
        ):
            score += 0.2
    if (
        name.isupper()
        and entry.type == "organization"
        and len(name) < 6
        and entry.country
        and countries
        and entry.country not in countries
    ):
        score -= 0.3
    return score


def _in_office(entry: AuthorityEntry, published: str | None) -> bool:
    return bool(published) and any(o.held_on(str(published)) for o in entry.offices)


def _titled_name(surname: str, title: str | None) -> str | None:
    """The full name that an article's title gives to a surname: "Secretary Anna Reed Meets ..."."""
    words = (title or "").replace("’s", "").replace("'s", "").split()
    for i, word in enumerate(words):
        if folded(word.strip(",;:.()")) != folded(surname):
            continue
        first = i
        while first and re.fullmatch(r"[A-Z][\w.'’-]*", words[first - 1]) and i - first < LONGEST_GIVEN:
            first -= 1
        run = words[first : i + 1]
        given = next((k for k, w in enumerate(run[:-1]) if w in load_map("given_names")), title_length(run))
        if len(run) - 1 - given > 0:
            return " ".join(w.strip(",;:()") for w in run[given:])
    return None
