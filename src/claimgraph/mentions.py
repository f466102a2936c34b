"""Spans that name or stand for an actor, a place or a document: names (recogniser, repaired), nominals, pronouns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from claimgraph.actors.edges import is_no_name, no_names, repair_edges
from claimgraph.actors.names import plain_case
from claimgraph.actors.nominals import NO_PART, Candidate, find_described, find_nominals, is_office
from claimgraph.actors.people import to_people
from claimgraph.actors.spots import complete_names
from claimgraph.actors.types import settle_types
from claimgraph.lexicon import load_words
from claimgraph.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.actors.authority import Authority, AuthorityEntry
    from claimgraph.language import Parse, Token
    from claimgraph.model import EntityType

TYPE_OF: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
PRONOUNS = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers", "himself", "herself"), "person"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "person"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "group"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "group"),
    **dict.fromkeys(("it", "its", "itself"), "organization"),
}
"""Pronoun to the type of actor it mostly stands for."""
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "pobj", "poss"}
LONGEST_PLACE = 3
"""Words of the longest place that opens a story in capitals."""
LONGEST_NAME = 7
"""Words of the longest name that is looked up in the authority."""
PLACE_WORDS = {
    "region",
    "province",
    "state",
    "district",
    "county",
    "island",
    "valley",
    "peninsula",
    "prefecture",
    "governorate",
}


def find_mentions(parse: Parse, authority: Authority) -> tuple[Mention, ...]:
    """All mentions in text order, without entities yet; nested ones ("Mexico" in "Mexico's minister") are kept.

    1. the recogniser's names, their edges and types repaired  2. names of the authority that it missed
    3. surnames of people named in full elsewhere  4. nouns for actors, places, documents  5. pronouns of people
    """
    names = [*_datelines(parse), *_recognised(parse, authority)]
    names += list(_opening_places(parse, names, authority))
    names += list(_known_names(parse, names, authority))
    names = complete_names(parse, _countries_behind(parse, names, authority), authority)
    names = to_people(parse, _firms(parse, settle_types(parse, names, authority)), authority)
    names = _surnames(parse, names, authority)
    names += list(_located(parse, names))
    names += list(_beside_places(parse, names, authority))
    names += list(_bracketed(parse, names))
    covered = {i for name in names for i in range(name.first, name.last)}
    nominals = [*find_nominals(parse, names, covered), *find_described(parse, names)]
    pronouns = list(_pronouns(parse))
    found = sorted(
        {*names, *nominals, *pronouns}, key=lambda c: (c.first, -c.last, c.kind, -c.confidence, c.origin, c.type)
    )
    return tuple(_to_mention(parse, candidate, number) for number, candidate in enumerate(found, 1))


def _to_mention(parse: Parse, c: Candidate, number: int) -> Mention:
    start, end = parse.tokens[c.first].start, parse.tokens[c.last - 1].end
    return Mention(
        id=f"m{number}", start=start, end=end, text=parse.text[start:end], kind=c.kind, type=c.type,
        confidence=c.confidence, origin=c.origin,
    )  # fmt: skip


# ---- names


def _recognised(parse: Parse, authority: Authority) -> Iterator[Candidate]:
    """The recogniser's names with edges repaired, less those that are part of a title ("Secretary of State X")."""
    for name in parse.names:
        kind = TYPE_OF.get(name.label)
        if kind is None:
            continue
        for first, last in repair_edges(parse, name.first, name.last, name.label, authority):
            if _is_dateline(parse, name.first, first) or not any(
                t.text[:1].isupper() for t in parse.tokens[first:last]
            ):
                continue
            titled = first > name.first and parse.tokens[first - 1].lemma in load_words("actor_nouns", "person")
            if kind == "organization" and (_in_title(parse, first, last) or _before_office(parse, first, last)):
                continue
            typed = _type_by_authority(parse, first, last, "person" if titled else kind, authority)
            yield Candidate(first, last, typed, "name", 0.9, f"ner:{name.label}")


def _is_dateline(parse: Parse, begin: int, first: int) -> bool:
    """Whether the name opens a dateline, which is read by itself."""
    sentence = parse.tokens[begin].sentence
    return sentence.zone == "dateline" and first == sentence.tokens[0].i


def _before_office(parse: Parse, first: int, last: int) -> bool:
    """Whether one word is the field of an office that follows in capitals: "Interior" in "Interior Minister"."""
    following = parse.tokens[last] if last < len(parse.tokens) else None
    return last - first == 1 and following is not None and following.tag == "NNP" and is_office(following.lower)


def _datelines(parse: Parse) -> Iterator[Candidate]:
    """The place of a dateline, which recognisers miss in capitals: "VIENNA, Austria (AP) -"."""
    for sentence in parse.sentences:
        run = [t for t in sentence.tokens if sentence.zone == "dateline"]
        last = next((i for i, t in enumerate(run) if not t.text[0].isupper() or t.label in NO_PART), len(run))
        if last:
            yield Candidate(run[0].i, run[last - 1].i + 1, "place", "name", 0.9, "dateline")


def _opening_places(parse: Parse, names: list[Candidate], authority: Authority) -> Iterator[Candidate]:
    """The known place in capitals that a colon parts from the story: "PATNA: Police said ..."."""
    covered = {i for name in names for i in range(name.first, name.last)}
    for sentence in parse.sentences:
        run = [t.text for t in sentence.tokens[: LONGEST_PLACE + 1]]
        length = run.index(":") if ":" in run else 0
        first = sentence.tokens[0].i
        if length and " ".join(run[:length]).isupper() and covered.isdisjoint(range(first, first + length)):
            bearers = authority.bearers(plain_case(" ".join(run[:length])))
            if any(b.by_label and b.entry.type == "place" for b in bearers):
                yield Candidate(first, first + length, "place", "name", 0.9, "dateline")


def _in_title(parse: Parse, first: int, last: int) -> bool:
    """Whether the words belong to an office's name: "Secretary of State", "Minister of Health" before a person's name."""
    before = [t.lower for t in parse.tokens[max(first - 3, 0) : first]]
    if last - first > 2 or not before or before[-1] not in {"of", "for"}:
        return False
    return " ".join([*before, *(t.lower for t in parse.tokens[first:last])])[-40:] in load_titles() or any(
        " ".join([*before[k:], *(t.lower for t in parse.tokens[first:last])]) in load_titles()
        for k in range(len(before))
    )


@lru_cache
def load_titles() -> frozenset[str]:
    """Titles in lower case."""
    return load_words("titles")


def _type_by_authority(parse: Parse, first: int, last: int, kind: EntityType, authority: Authority) -> EntityType:
    """The type that the authority gives the name, where it knows one alone and the recogniser is often wrong.

    "southern Ruvuma region": a name before such a word is a place's, whatever the recogniser makes of it.

    Not for people: their names are places too ("Paris", "Jordan"), and the recogniser sees the context.
    """
    following = parse.tokens[last] if last < len(parse.tokens) else None
    if following is not None and following.lower in PLACE_WORDS and following.tag in {"NN", "NNP"}:
        return "place"
    if kind == "person" and last - first == 1:
        return kind
    before = parse.tokens[first - 1] if first else None
    if (
        before is not None
        and before.tag == "NN"
        and is_office(before.lemma)
        and last - first > 1
        and before.i + 1 == first
    ):
        return "person"  # "opposition leader X"
    types = {entry.type for entry in authority.named(bare(parse, first, last))}
    return next(iter(types)) if len(types) == 1 and "group" not in types else kind


def bare(parse: Parse, first: int, last: int) -> str:
    """The words of a name without a leading article."""
    first += parse.tokens[first].lower == "the" and last - first > 1
    return re.sub(r"\s+", " ", parse.text[parse.tokens[first].start : parse.tokens[last - 1].end])


def _known_names(parse: Parse, names: list[Candidate], authority: Authority) -> Iterator[Candidate]:
    """Names of places and organisations that the authority knows and the recogniser missed, longest first."""
    covered = {i for name in names for i in range(name.first, name.last)}
    i = 0
    while i < len(parse.tokens):
        last = (
            _longest_known(parse, i, covered, authority)
            if parse.tokens[i].tag in {"NNP", "NNPS"} and i not in covered
            else 0
        )
        if last and not is_no_name(parse, i, last):
            words = bare(parse, i, last)
            kind = (authority.named(words) or _sure(words, authority))[0].type
            yield Candidate(i, last, kind, "name", 0.8, "authority")
        i = last or i + 1


def _longest_known(parse: Parse, first: int, covered: set[int], authority: Authority) -> int:
    """Index behind the longest name known to the authority that begins at `first`, 0 for none."""
    sentence_end = parse.tokens[first].sentence.tokens[-1].i + 1
    for last in range(min(first + LONGEST_NAME, sentence_end), first, -1):
        if covered.isdisjoint(range(first, last)) and parse.tokens[last - 1].text[:1].isupper():
            words = bare(parse, first, last)
            entries = authority.named(words) or (_sure(words, authority) if last - first > 1 else ())
            if (
                entries
                and all(e.type in {"place", "organization"} for e in entries)
                and not ((last - first == 1 or entries[0].weight is not None) and _in_longer_name(parse, first, last))
            ):
                return last
    return 0


def _sure(words: str, authority: Authority) -> tuple[AuthorityEntry, ...]:
    """All who go by a name of several words, where it is the usual name of each: "Lake Victoria"; not streets."""
    bearers = (
        authority.bearers(words) if words[0].isupper() and not words.endswith(("Street", "Avenue", "Road")) else ()
    )
    return tuple(b.entry for b in bearers) if all(b.by_label for b in bearers) else ()


def _in_longer_name(parse: Parse, i: int, last: int) -> bool:
    """Whether a capitalised neighbour makes the words part of some other name ("Georgia Smith")."""
    around = [parse.tokens[k] for k in (i - 1, last) if 0 <= k < len(parse.tokens)]
    return any(
        t.tag in {"NNP", "NNPS"} and t.label != "DATE" and t.sentence is parse.tokens[i].sentence for t in around
    )


def _firms(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """An organisation by its first word alone: where that stands, and where the recogniser saw a person in the whole.

    A "person" of two words whose first stands alone as an organisation and whose last never does is one.
    """
    tokens = parse.tokens
    alone = {tokens[n.first].text: n.type for n in names if n.last - n.first == 1}
    whole = [
        n._replace(type="organization")
        if n.type == "person"
        and n.last - n.first > 1
        and alone.get(tokens[n.first].text) == "organization"
        and tokens[n.last - 1].text not in alone
        else n
        for n in names
    ]
    short = {t for t, kind in alone.items() if kind == "organization" and no_names().get(t) != "shared first word"}
    short &= {tokens[n.first].text for n in whole if n.type == "organization" and n.last - n.first > 1}
    covered = {i for name in names for i in range(name.first, name.last)}
    missed = [
        Candidate(t.i, t.i + 1, "organization", "name", 0.7, "short name")
        for t in tokens
        if t.text in short
        and t.i not in covered
        and t.tag == "NNP"
        and t.dep in ARGUMENTS
        and not is_no_name(parse, t.i, t.i + 1)
    ]
    return whole + missed


def _countries_behind(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """ "Kathmandu, Nepal": a known place behind a place and a comma, whatever the recogniser sees in it."""
    tokens = parse.tokens
    ends = {n.last: n for n in names if n.type == "place"}
    return [
        n._replace(type="place")
        if n.type == "person"
        and n.first - 1 in ends
        and tokens[n.first - 1].text == ","
        and any(e.type == "place" for e in authority.named(bare(parse, n.first, n.last)))
        else n
        for n in names
    ]


def _surnames(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """One-word names that end a full name of a person are that person's; so are the spots that the recogniser missed.

    Measured: +3.4 F1 on names of news (surname link and its propagation).
    """
    full = {parse.tokens[n.last - 1].text for n in names if n.type == "person" and n.last - n.first > 1}
    full = {word for word in full if not word.isupper()}
    placed = {parse.tokens[n.first].text for n in names if n.last - n.first == 1 and n.type == "place"}
    full -= {word for word in placed if any(e.type == "place" for e in authority.named(word))}
    names = [  # a name of one word that is a place elsewhere in the article is one behind "in" too
        n._replace(type="place")
        if n.last - n.first == 1
        and n.type == "organization"
        and parse.tokens[n.first].text in placed
        and parse.tokens[n.first].head.lower == "in"
        else n
        for n in names
    ]
    repaired = [
        n._replace(type="person", origin="surname")
        if n.last - n.first == 1 and parse.tokens[n.first].text in full and n.type != "person"
        else n
        for n in names
    ]
    covered = {i for name in names for i in range(name.first, name.last)}
    missed = [
        Candidate(t.i, t.i + 1, "person", "name", 0.85, "surname")
        for t in parse.tokens
        if t.text in full and t.i not in covered and t.text[0].isupper() and not t.text.isupper()
    ]
    return repaired + missed


def _located(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Proper nouns that nothing else took, behind "in": where something happens is a place."""
    covered = {i for name in names for i in range(name.first, name.last)}
    for token in parse.tokens[1:]:
        free = token.i not in covered and token.tag == "NNP" and token.label in {"", "NORP"} and token.text[0].isupper()
        if (
            free
            and token.dep == "pobj"
            and token.head.lower == "in"
            and token.i == token.head.i + 1
            and not token.text.isupper()
        ):
            yield Candidate(token.i, token.i + 1, "place", "name", 0.6, "behind in")


def _beside_places(parse: Parse, names: list[Candidate], authority: Authority) -> Iterator[Candidate]:
    """Known places that nothing else took, coordinated with a place: "in Santa Fe and Misiones"."""
    covered = {i for name in names for i in range(name.first, name.last)}
    ends = {name.last - 1 for name in names if name.type == "place"}
    for token in parse.tokens:
        if token.i in covered or token.dep not in {"conj", "appos"} or token.head.i not in ends or token.tag != "NNP":
            continue
        first = token.i
        while (
            first - 1 not in covered and parse.tokens[first - 1].tag == "NNP" and parse.tokens[first - 1].head is token
        ):
            first -= 1
        if any(b.entry.type == "place" for b in authority.bearers(bare(parse, first, token.i + 1))):
            yield Candidate(first, token.i + 1, "place", "name", 0.7, "beside a place")


def _bracketed(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Acronyms in brackets behind an organisation's name: "... Prevention (CDC)"."""
    covered = {i for name in names for i in range(name.first, name.last)}
    ends = {name.last for name in names if name.type == "organization"}
    for i, token in enumerate(parse.tokens[1:-1], 1):
        opened = parse.tokens[i - 1].text == "(" and parse.tokens[i + 1].text == ")"
        if opened and i - 1 in ends and i not in covered and re.fullmatch(r"[A-Z][A-Za-z&-]{1,9}", token.text):
            yield Candidate(i, i + 1, "organization", "name", 0.9, "bracket")


def _pronouns(parse: Parse) -> Iterator[Candidate]:
    for token in parse.tokens:
        kind = PRONOUNS.get(token.lower) if token.tag in {"PRP", "PRP$"} and token.text != "US" else None
        if kind is not None:
            yield Candidate(token.i, token.i + 1, cast("EntityType", kind), "pronoun", 0.5, "pronoun")


def tokens_of(parse: Parse, mentions: Iterable[Mention]) -> dict[str, list[Token]]:
    """Mention id to its tokens."""
    return {m.id: parse.tokens_in(m.start, m.end) for m in mentions}
