"""From clusters of mentions to entities: their name, aliases, kind, and the authority's identifier where it is sure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.actors.names import folded, plain_case, title_length, without_article
from claimgraph.actors.namesakes import choose, find_context
from claimgraph.lexicon import load_map
from claimgraph.model import Entity

if TYPE_CHECKING:
    from claimgraph.actors.authority import Authority, AuthorityEntry
    from claimgraph.actors.clusters import Cluster
    from claimgraph.model import Article, Mention

BY_OFFICE = 0.8
"""Of a person whom surname, office and date alone identify."""
LONGEST_GIVEN = 3
"""Given names and initials before a surname."""
DIRECTIONS = "north|south|east|west|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern|central"
POSSESSIVE = re.compile(r"(?:his|her|its|their|my|our|your)\s+(?:own\s+)?", re.IGNORECASE)
WITH_ARTICLE = re.compile(r"[a-z,] The $")
"""Before a name in the middle of a sentence: the article belongs to it, as to those of newspapers."""
ADDED = re.compile(r", (?:also|known|who|which|that|an?|the|on|in|at) ")
REGION = re.compile(rf"(?P<of>.+?)['’]s (?P<direction>{DIRECTIONS}) (?:region|part|area|provinces|states)s?$")


def to_entities(
    article: Article, clusters: list[Cluster], authority: Authority
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """The entities in order of first mention, and each cluster's (by `id`) entity id."""
    ids = {id(cluster): f"e{number}" for number, cluster in enumerate(clusters, 1)}
    context = find_context(article, clusters, authority)
    owners = {m.start: cluster for cluster in clusters for m in cluster.mentions if m.kind == "pronoun"}
    entities = []
    for cluster in clusters:
        entry, confidence = choose(cluster, authority, context)
        owned = _owned_name(cluster, owners)
        entities.append(_entity(cluster, ids, entry, confidence, article, authority, owned))
    return tuple(entities), ids


def _entity(
    cluster: Cluster,
    ids: dict[int, str],
    entry: AuthorityEntry | None,
    confidence: float,
    article: Article,
    authority: Authority,
    owned: str | None,
) -> Entity:
    longest = cluster.longest_name()
    longest = plain_case(longest) if longest else None
    if longest and cluster.type == "person" and " " not in longest:
        longest = _titled_name(longest, article.title) or longest
    first = next((m for m in cluster.mentions if m.kind != "pronoun"), cluster.mentions[0])
    named = _region_name(cluster) or owned
    name = entry.name if entry else cluster.name or longest or named or _core(first)
    forms = [
        without_article(m.text)
        for m in cluster.mentions
        if m.kind == "name" or (longest is None and m.kind == "nominal" and not POSSESSIVE.match(m.text))
    ]
    forms += [m.text for m in cluster.mentions if m.kind == "name" and m.text.startswith("The ")]
    forms += [
        f"The {m.text}"
        for m in cluster.mentions
        if m.kind == "name" and WITH_ARTICLE.search(article.text[: m.start][-8:])
    ]
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


def _core(mention: Mention) -> str:
    """The words of a noun phrase without article, of a source also without what only adds to them behind a comma; of a label small."""
    text = without_article(mention.text)
    if mention.origin == "transcript" and text.isupper():
        return text.capitalize()
    return ADDED.split(text)[0] if mention.origin == "source" else text


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


def _owned_name(cluster: Cluster, owners: dict[int, Cluster]) -> str | None:
    """ "director of the Institute" for "its director", where the pronoun is known to stand for that; else "director"."""
    first = next((m for m in cluster.mentions if m.kind == "nominal"), None)
    match = POSSESSIVE.match(first.text) if first is not None else None
    if first is None or match is None:
        return None
    owner = owners.get(first.start)
    name = owner.longest_name() if owner is not None and owner is not cluster else None
    rest = first.text[match.end() :]
    if rest.lower() in {"country", "nation"}:  # of whom it is, is no name of it
        return rest
    return f"{rest} of {plain_case(name)}" if name else rest


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
