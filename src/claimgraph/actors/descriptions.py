"""Noun phrases joined to the names that they stand for: with the name in them, beside it, or by the office it holds."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from claimgraph.actors.names import folded, person_key, title_head, without_article
from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.actors.authority import AuthorityEntry
    from claimgraph.actors.clusters import Cluster, State
    from claimgraph.language import Token
    from claimgraph.model import Mention

ONLY = {"government", "administration", "country", "nation"}
"""What everybody has one of: "her government" is "the government"."""
NATIONAL = {"prime minister", "president", "king", "queen", "premier", "chancellor", "cabinet", "parliament"}
"""Of which each country has one."""
LEAD_SENTENCES = 12
"""Within these sentences a role of the lead finds the name of its holder; later names are of others."""


def join_described(state: State) -> None:
    """ "Austrian Chancellor Katharina Brandl", "Tom Hall of the union": the person named in it; "We, the ministers": one group."""
    ends = {(m.start, m.end): m for m in state.mentions if m.kind == "name" and m.type == "person"}
    for mention in state.mentions:
        if mention.origin == "described":
            inside = [m for (s, e), m in ends.items() if mention.start <= s and e <= mention.end]
            head = state.heads[mention.id]
            named = [m for m in inside if m.start <= head.start < m.end] or inside
            if named:
                state.join(mention.id, named[-1].id, "apposition")
    declared = [m for m in state.mentions if m.origin == "declared"]
    for mention in declared[1:]:
        state.join(mention.id, declared[0].id, "same words")


def join_appositions(state: State) -> None:
    """ "England's transport secretary, Anna Reed", "Anna Reed, the secretary", "Kabul, the capital": two beside one comma."""
    named: dict[int, Mention] = {}
    for mention in state.mentions:
        if mention.kind == "name":
            for token in state.tokens[mention.id]:
                named.setdefault(token.i, mention)
    starts = {state.tokens[m.id][0].i: m for m in state.mentions if m.kind == "name"}
    for mention in state.mentions:
        if mention.kind != "nominal" or state.of[mention.id].named or mention.type in {"group", "document"}:
            continue
        other = _before_comma(state, mention, starts) or _apposed(state.heads[mention.id], named)
        if other is not None and other.type == mention.type and not mention.start <= other.start < mention.end:
            state.join(mention.id, other.id, "apposition")


def _before_comma(state: State, mention: Mention, starts: dict[int, Mention]) -> Mention | None:
    """The name right behind a noun phrase and a comma, where a comma or verb follows it."""
    last, tokens = state.tokens[mention.id][-1], state.parse.tokens
    tail = max((t.i for p in last.having("prep") for t in p.having("pobj")), default=last.i)
    name = next((starts[i] for i in (last.i + 2, tail + 2) if i in starts and starts[i].type == mention.type), None)
    if name is None or tokens[state.tokens[name.id][0].i - 1].text != ",":
        return None
    following = state.tokens[name.id][-1].i + 1
    after = tokens[following] if following < len(tokens) else None
    return name if after is None or after.text in {",", "."} or after.pos in {"VERB", "AUX", "PUNCT"} else None


def _apposed(head: Token, named: dict[int, Mention]) -> Mention | None:
    """The name that a noun explains, or that explains it, by the parser."""
    if head.dep == "appos" and head.head.i in named and abs(head.head.i - head.i) < 25:
        return named[head.head.i]
    return next((named[t.i] for t in head.having("appos") if t.i in named), None)


def join_lead_roles(state: State) -> None:
    """ "Mexico's foreign minister" in headline or lead is the first person without a title that speaks soon after.

    Inverted-pyramid style: the lead says the office, the next sentences the name. The role must be possessed or
    of a named place or organisation, and itself speak; the name must be a full one without another title.
    """
    people = [m for m in state.mentions if m.type == "person" and state.speaks(m)]
    roles = [m for m in people if m.kind == "nominal" and not state.of[m.id].named and state.names_inside(m)]
    speakers = [m for m in people if m.kind == "name" and " " in m.text]
    titled = [c for c in {id(c): c for c in state.of.values()}.values() if c.named and c.titles]
    for role in roles:
        if state.tokens[role.id][0].lower == "the" and any(_holds(c, state.tokens[role.id]) for c in titled):
            continue
        at = state.heads[role.id].sentence.index
        near = [
            m
            for m in speakers
            if at < state.heads[m.id].sentence.index <= at + LEAD_SENTENCES and not _titled(state, m)
        ]
        if near and at <= LEAD_SENTENCES // 2:
            state.join(role.id, near[0].id, "lead role")


def _titled(state: State, mention: Mention) -> bool:
    """Whether another office stands before or behind a name."""
    first, last = state.tokens[mention.id][0], state.tokens[mention.id][-1]
    before = state.parse.tokens[first.i - 1] if first.i > first.sentence.tokens[0].i else None
    nouns = load_words("actor_nouns", "person")
    return (before is not None and (before.lemma in nouns or before.lower in load_words("titles"))) or any(
        t.lemma in nouns for t in last.having("appos")
    )


def add_known_titles(state: State, published: str | None) -> None:
    """Give people whom the authority knows under their full name the offices that they held when the article came out."""
    for mention in state.mentions:
        cluster = state.of[mention.id]
        if mention.kind != "name" or cluster.type != "person" or " " not in mention.text:
            continue
        entries = [e for e in state.authority.named(person_key(mention.text)) if e.type == "person"]
        if len(entries) == 1 and published:
            held = [(o.title.lower(), o.of) for o in entries[0].offices if o.held_on(published)]
            cluster.known_titles.extend(t for t in held if t not in cluster.known_titles)


def name_several(state: State) -> None:
    """Name those who speak together after each of them: "Reed and Hall" are "Anna Reed and Tom Hall"."""
    for mention in state.mentions:
        if mention.origin not in {"several", "joint", "others"}:
            continue
        inside = [m for m in state.mentions if m.kind == "name" and mention.start <= m.start and m.end <= mention.end]
        people = [m for m in inside if state.of[m.id].type == "person"]
        names = dict.fromkeys(str(state.of[m.id].longest_name()) for m in (people if len(people) > 1 else inside))
        members = list(names)
        if mention.origin == "others":  # "Reed and her colleagues", "Reed et al"
            rest = state.parse.text[inside[0].end : mention.end].strip()
            state.of[mention.id].name = f"{members[0]} {re.sub(r'et al.?$', 'and colleagues', rest)}"
        elif len(members) > 1:
            state.of[mention.id].name = f"{', '.join(members[:-1])} and {members[-1]}"


def join_titled(state: State) -> None:
    """ "the chancellor", "the Austrian chancellor", "the secretary": whom the text calls so by name, the last one before."""
    for mention in state.mentions:
        tokens = state.tokens[mention.id]
        if mention.kind != "nominal" or mention.type != "person" or state.of[mention.id].named:
            continue
        if tokens[0].lower not in {"the", "this"} and not state.names_inside(mention):
            continue
        country = country_of(state, mention)
        holders = _holders(state, mention, lambda c: _holds(c, state.tokens[mention.id]))  # noqa: B023
        exact = {k: m for k, m in holders.items() if _exactly(state.of[m.id], tokens)}
        holders = exact or holders
        if not holders:
            holders = _holders(state, mention, lambda c: _held(c, state.tokens[mention.id], country))  # noqa: B023
        if len(holders) == 1 or (holders and tokens[0].lower == "the" and len(tokens) == 2):
            most = max(holders.values(), key=lambda m: (_count(state, m, mention.start), m.start))
            state.join(mention.id, most.id, "title")


def _holders(state: State, mention: Mention, holds: Callable[[Cluster], bool]) -> dict[int, Mention]:
    """Who is named before a noun phrase and holds what it says, each by the last mention; the first after it, if none."""
    holders: dict[int, Mention] = {}
    for m in state.mentions:
        if m.kind == "name" and (m.start < mention.start or not holders) and holds(state.of[m.id]):
            holders.pop(id(state.of[m.id]), None)
            holders[id(state.of[m.id])] = m
    return holders


def _count(state: State, holder: Mention, before: int) -> int:
    """How often somebody is mentioned before a place in the text."""
    return sum(m.start < before for m in state.of[holder.id].mentions)


def _holds(cluster: Cluster, tokens: list[Token]) -> bool:
    """Whether somebody's title is what a noun phrase says, in all its own words ("the foreign minister")."""
    words = _own_words(tokens)
    return any(_same_office(title, tokens[-1].lower, words) for title in cluster.titles)


def _exactly(cluster: Cluster, tokens: list[Token]) -> bool:
    """Whether somebody has the office without more words before its noun: "the secretary" is no foreign secretary first."""
    words = {t.lower for t in tokens}
    heads = ((t, title_head(t)) for t in cluster.titles)
    return any(head in words and set(t[: t.index(head)].split()) <= words for t, head in heads if head)


def _held(cluster: Cluster, tokens: list[Token], country: AuthorityEntry | None) -> bool:
    """The same of an office that the authority knows of, in the country that the phrase names, if it does."""
    words = _own_words(tokens)
    return any(
        _same_office(title, tokens[-1].lower, words) and (country is None or of == country.iri)
        for title, of in cluster.known_titles
    )


def _own_words(tokens: list[Token]) -> set[str]:
    return {t.lower for t in tokens[:-1] if t.tag in {"NN", "JJ"} and t.label == "" and not t.text[0].isupper()}


def _same_office(title: str, head: str, words: set[str]) -> bool:
    """Whether a title is what words say; a foreign secretary is a foreign minister too."""
    own = title_head(title)
    alike = head == own or ({head, own} == {"minister", "secretary"} and bool(words))
    return alike and words <= set(title.split())


def join_countries(state: State) -> None:
    """ "his country": that of which the person whom the pronoun stands for holds an office."""
    for mention in state.mentions:
        tokens = state.tokens[mention.id]
        if mention.kind != "nominal" or tokens[0].tag != "PRP$" or tokens[-1].lower not in {"country", "nation"}:
            continue
        owner = next((m for m in state.mentions if m.kind == "pronoun" and m.start == mention.start), None)
        places = [
            state.by_id[o.of] for o in state.offices if o.of and owner and state.of[o.holder] is state.of[owner.id]
        ]
        places = [m for m in places if m.type == "place"]
        if owner is not None and not places:
            held = {of for _, of in state.of[owner.id].known_titles if of}
            places = [
                m for m in state.mentions if m.kind == "name" and m.type == "place" and _only_iri(state, m) in held
            ]
        if places:
            state.join(mention.id, places[0].id, "document")


def _only_iri(state: State, place: Mention) -> str | None:
    """IRI of the one place of a name in the authority."""
    found = [e.iri for e in state.authority.named(without_article(place.text)) if e.type == "place"]
    return found[0] if len(found) == 1 else None


def join_same_words(state: State) -> None:
    """Nominals in the same words are the same group or body; "US" and "American" are the same word."""
    keyed: dict[str, str] = {}
    named = {(m.type, folded(without_article(m.text))): m.id for m in state.mentions if m.kind == "name"}
    for mention in state.mentions:
        if (
            mention.kind != "nominal"
            or mention.type == "document"
            or mention.origin in {"definite", "described", "several", "joint", "others", "declared"}
        ):
            continue
        tokens = state.tokens[mention.id]
        if tokens[0].tag == "PRP$" and tokens[-1].lower not in ONLY:  # "his mother" and "his mother" have other owners
            continue
        name = named.get((mention.type, folded(without_article(mention.text))))
        pointing = tokens[0].lower == "the" and len(tokens) == 2  # a "Court" named later is not "the court" of before
        if (
            name is not None
            and not state.of[mention.id].named
            and not (pointing and state.by_id[name].start > mention.start)
        ):
            state.join(mention.id, name, "same words")
        key = f"{mention.type} {_nominal_key(state, mention)}"
        if key not in keyed:
            keyed[key] = mention.id
        elif not (state.of[mention.id].named and state.of[keyed[key]].named) and not _named_later(
            state, mention, keyed[key]
        ):
            state.join(mention.id, keyed[key], "same words")


def _named_later(state: State, mention: Mention, first: str) -> bool:
    """Whether "the court" of before is not the one that a later apposition names: "the Court of Appeal, the court that ..."."""
    earlier = min(state.by_id[first], mention, key=lambda m: m.start)
    starts = [m.start for c in (state.of[first], state.of[mention.id]) for m in c.mentions if m.kind == "name"]
    pointing = state.tokens[earlier.id][0].lower == "the" and len(state.tokens[earlier.id]) == 2
    return pointing and bool(starts) and min(starts) > earlier.start


def join_governments(state: State) -> None:
    """ "The government" is the one that the article names, else that of the country it speaks of most."""
    bodies = [m for m in state.mentions if m.kind != "pronoun" and _is_government(state.tokens[m.id])]
    owned = [m for m in bodies if country_of(state, m) is not None]
    for mention in bodies:
        if mention in owned or len(state.tokens[mention.id]) > 2:
            continue
        before = [m for m in owned if m.start < mention.start] or owned[:1]
        if before:
            state.join(mention.id, before[-1].id, "focus")
        elif (place := _most_named(state)) is not None:
            state.of[mention.id].name = f"government of {place}"


def name_offices(state: State) -> None:
    """ "The prime minister", "the cabinet" of nobody named: those of the country that the article speaks of most."""
    for mention in state.mentions:
        cluster, words = state.of[mention.id], without_article(mention.text).lower()
        if mention.kind == "nominal" and words in NATIONAL and not cluster.named and cluster.name is None:
            place = _most_named(state)
            cluster.name = f"{words} of {place}" if place is not None else None


def _is_government(tokens: list[Token]) -> bool:
    """Whether the noun of a phrase is "government"."""
    return any(t.lower == "government" for t in (tokens[-1], tokens[0], tokens[min(1, len(tokens) - 1)]))


def country_of(state: State, mention: Mention) -> AuthorityEntry | None:
    """The country that a noun phrase begins with: "the Mexican government", "Mexico's government"."""
    words = [t.text for t in state.tokens[mention.id] if t.tag not in {"DT", "POS", "IN"}]
    lead = " ".join(w for w in words if w.lower() != "government")
    places = (e for e in state.authority.named(lead) if e.type == "place")
    return state.authority.demonym(lead) or next(places, None) if lead else None


def _most_named(state: State) -> str | None:
    """The country or state named most often, by its name or its adjective; None where two are named as often."""
    counts: Counter[str] = Counter()
    for token in state.parse.tokens:
        if token.text[0].isupper() and token.label in {"GPE", "NORP"}:
            entries = [e for e in state.authority.named(token.text) if e.kind in {"country", "territory"}]
            entry = state.authority.demonym(token.text) or next(iter(entries), None)
            counts.update([entry.name] if entry is not None else [])
    best = counts.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _nominal_key(state: State, mention: Mention) -> str:
    words = []
    for token in state.tokens[mention.id]:
        if token.tag in {"DT", "POS", "PRP$"}:
            continue
        country = state.authority.demonym(token.text) if token.text[0].isupper() else None
        words.append(country.iri if country is not None else token.lemma if token.lemma != "u" else token.lower)
    return " ".join(words)
