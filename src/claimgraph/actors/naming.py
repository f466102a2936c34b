"""Which names are the same: equal words, parts of a person's name, acronyms, short names of organisations and places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from claimgraph.actors.names import folded, person_key, plain_case, spells, without_article
from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.actors.clusters import Cluster, State
    from claimgraph.model import Mention


LONGEST_INITIALS = 3


def join_names(state: State) -> None:
    """Join names: of people by full name and its parts, of all else by words, authority, acronym and short form."""
    names = [m for m in state.mentions if m.kind == "name"]
    people = [m for m in names if m.type == "person"]
    keys = {m.id: folded(person_key(m.text)).split() for m in people}
    full = [m for m in people if len(keys[m.id]) > 1]
    _join_keys(state, ((m, " ".join(keys[m.id])) for m in full))
    for mention in people:
        _join_part(state, mention, full, keys)
    _join_keys(state, ((m, " ".join(keys[m.id])) for m in people if len(state.of[m.id].mentions) == 1))
    _join_initials(state, people, full)
    _join_keys(state, ((m, f"{m.type} {_name_key(state, m)}") for m in names if m.type != "person"))
    _join_types(state, names, full)
    others = [m for m in names if state.of[m.id].type != "person"]
    _join_aliases(state, others)
    _join_acronyms(state, others)
    _join_short(state, others)


def _join_keys(state: State, keyed: Iterable[tuple[Mention, str]]) -> None:
    first: dict[str, str] = {}
    for mention, key in keyed:
        if key in first:
            state.join(mention.id, first[key], "name")
        else:
            first[key] = mention.id


def _join_part(state: State, mention: Mention, full: list[Mention], keys: dict[str, list[str]]) -> None:
    """A surname goes to the full name before it, else the first after it; another part only where one person has it."""
    words = keys[mention.id]
    longer = [m for m in full if len(keys[m.id]) > len(words) and state.of[m.id] is not state.of[mention.id]]
    endings = [m for m in longer if keys[m.id][-len(words) :] == words]
    bearers = endings or [m for m in longer if _within(words, keys[m.id])]
    if endings or len({id(state.of[m.id]) for m in bearers}) == 1:
        state.join(mention.id, _meant(state, mention, bearers).id, "surname")


def _meant(state: State, mention: Mention, bearers: list[Mention]) -> Mention:
    """Which of those with a surname it means: the one named most often up to it, of these the first; else the next one."""
    before = [m for m in bearers if m.start < mention.start] or bearers[:1]
    counts = Counter(id(state.of[m.id]) for m in before)
    return max(before, key=lambda m: (counts[id(state.of[m.id])], -m.start))


def _join_initials(state: State, people: list[Mention], full: list[Mention]) -> None:
    """ "AR:" in an interview is Anna Reed, where nobody else has the initials."""
    for mention in people:
        if mention.origin == "transcript" and mention.text.isupper() and len(mention.text) <= LONGEST_INITIALS:
            bearers = [m for m in full if "".join(w[0] for w in person_key(m.text).split()).upper() == mention.text]
            if len({id(state.of[m.id]) for m in bearers}) == 1:
                state.join(mention.id, bearers[0].id, "acronym")
            elif not bearers and (house := _newsroom(mention.text)) is not None:
                state.of[mention.id].name, state.of[mention.id].type = house, "organization"


def _newsroom(initials: str) -> str | None:
    """The news house whose interviewer has a line of a transcript by its initials: "WN" asks for Wikinews."""
    pattern = re.compile(".+".join(initials.lower()) + ".+")
    houses = [house for house in sorted(load_words("press", "agency")) if not house.isupper() and " " not in house]
    found = [house for house in houses if pattern.fullmatch(house.lower())]
    return found[0].title() if len(found) == 1 and len(initials) > 1 else None


def _within(words: list[str], name: list[str]) -> bool:
    """Whether words follow one another in a name, or are its first and last."""
    runs = any(name[i : i + len(words)] == words for i in range(len(name) - len(words) + 1))
    return runs or (len(words) > 1 and [words[0], words[-1]] == [name[0], name[-1]] and set(words) <= set(name))


def _name_key(state: State, mention: Mention) -> str:
    """What names have in common that are the same: the authority's entry where only one fits, else the words."""
    name = plain_case(without_article(mention.text))
    entries = [e for e in state.authority.named(name) if e.type == mention.type]
    return entries[0].iri if len(entries) == 1 else folded(name)


def _join_types(state: State, names: list[Mention], full: list[Mention]) -> None:
    """The same words are one entity, of the type that most mentions have: recognisers waver ("Church X" a place, then a body).

    A surname of a full name of the article stays a person.
    """
    alike: dict[str, list[Cluster]] = defaultdict(list)
    surnames = {folded(m.text).split()[-1] for m in full}
    for mention in names:
        key = folded(without_article(mention.text))
        cluster = state.of[mention.id]
        if key not in surnames and all(cluster is not c for c in alike[key]):
            alike[key].append(cluster)
    for clusters in alike.values():
        main = max(clusters, key=lambda c: sum(m.kind == "name" for m in c.mentions))
        for cluster in clusters:
            if cluster is not main and state.of[cluster.mentions[0].id] is not state.of[main.mentions[0].id]:
                state.join(cluster.mentions[0].id, main.mentions[0].id, "name")


def _join_aliases(state: State, names: list[Mention]) -> None:
    """ "Washington" where the article also says "Washington D.C.": a name that the authority has for what another one names."""
    alias: dict[tuple[str, str], str] = {}
    for mention in names:
        entries = [e for e in state.authority.named(without_article(mention.text)) if e.type == mention.type]
        if len(entries) == 1:
            for form in (entries[0].name, *entries[0].aliases, *entries[0].acronyms):
                alias.setdefault((mention.type, folded(form)), mention.id)
    for mention in names:
        other = alias.get((mention.type, folded(without_article(mention.text))))
        if other is not None:
            state.join(mention.id, other, "name")


def _join_acronyms(state: State, names: list[Mention]) -> None:
    """ "Bureau of X (BX)" and later "BX"; an acronym that spells the initials of a name of the article."""
    longer = [m for m in names if " " in without_article(m.text)]
    for mention in names:
        short = mention.text.replace(".", "")
        if not re.fullmatch(r"[A-Z][A-Za-z&-]{1,9}", short):
            continue
        bracket = state.parse.text[max(mention.start - 2, 0) : mention.start].endswith("(")
        match = next(
            (
                m
                for m in (names if bracket else longer)
                if (bracket and 0 <= mention.start - m.end <= 3 and _may_shorten(short, m.text))
                or (short.isupper() and m in longer and spells(short, m.text))
            ),
            None,
        )
        if match is not None:
            state.join(mention.id, match.id, "acronym")


def _may_shorten(short: str, name: str) -> bool:
    """Whether an acronym in brackets may be of the name before it: not the agency's of a date line, "NEW ORLEANS (AP)".

    Of one word it has all letters in their order ("GlaxoSmithKline (GSK)").
    """
    words = re.findall(r"\w+", without_article(name))
    if len(words) == 1:
        return re.fullmatch(".*".join(short.lower()) + ".*", words[0].lower()) is not None
    return short[0].lower() in {word[0].lower() for word in words}


def _join_short(state: State, names: list[Mention]) -> None:
    """ "Boeing" after "Boeing Co.", "State Department" after "US State Department": what begins or ends one longer name."""
    words = {m.id: folded(without_article(m.text)).split() for m in names}
    for mention in names:
        own, cluster = words[mention.id], state.of[mention.id]
        if mention.type not in {"organization", "place"} or (len(own) == 1 and len(own[0]) < 4):
            continue
        longer = {
            id(state.of[m.id]): m
            for m in names
            if state.of[m.id] is not cluster and m.type == mention.type and _shortens(state, own, words[m.id], m)
        }
        if len(longer) == 1:
            state.join(mention.id, next(iter(longer.values())).id, "short name")
        elif (named := _with_noun(state, mention, names, words)) is not None:
            state.join(mention.id, named.id, "short name")


def _with_noun(state: State, mention: Mention, names: list[Mention], words: dict[str, list[str]]) -> Mention | None:
    """The last name before that has what a body is called by in it: "the Court" after "the Supreme Court"."""
    noun = words[mention.id]
    before = state.parse.text[: mention.start].rstrip()[-4:].lower()
    if len(noun) > 1 or noun[0] not in load_words("actor_nouns", "organization"):
        return None
    if not mention.text.lower().startswith("the ") and not before.endswith("the"):
        return None
    found = [
        m
        for m in names
        if m.type == mention.type and m.end <= mention.start and noun[0] in words[m.id] and len(words[m.id]) > 1
    ]
    return found[-1] if found else None


def _shortens(state: State, short: list[str], name: list[str], longer: Mention) -> bool:
    """Whether a name is another's without its last words, or without the country that it begins with."""
    if len(short) >= len(name) or longer.type == "place":
        return len(short) < len(name) and name[: len(short)] == short and "," in longer.text
    if name[: len(short)] == short:
        return True
    first = without_article(longer.text).split()
    lead = " ".join(first[: len(first) - len(short)])
    country = state.authority.demonym(lead) or any(e.type == "place" for e in state.authority.named(lead))
    return name[-len(short) :] == short and (bool(country) or len(short) > 1)
