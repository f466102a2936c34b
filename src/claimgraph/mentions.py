"""Spans that name or stand for an actor, a place or a document: names (recogniser, repaired), nominals, pronouns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table, load_words
from claimgraph.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.authority import Authority
    from claimgraph.language import Parse, Token
    from claimgraph.model import EntityType

TYPE_OF: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
PRONOUNS = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
PLURAL_PRONOUNS = {"they", "them", "their", "theirs", "themselves"}
DEFINITE = {"the", "this", "that", "these", "those"}
VAGUE_DETERMINERS = {"some", "many", "several", "most", "few", "other", "various", "all"}
NO_PART = {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"}
"""Labels of words that never belong to a nominal ("Wednesday American citizens")."""
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
GENERIC = {
    "people",
    "person",
    "figure",
    "part",
    "number",
    "members",
    "man",
    "men",
    "woman",
    "women",
    "individual",
    "individuals",
}


class Candidate(NamedTuple):
    """Tokens `[first, last)` that may be a mention."""

    first: int
    last: int
    type: EntityType
    kind: str
    confidence: float
    origin: str


def find_mentions(parse: Parse, authority: Authority) -> tuple[Mention, ...]:
    """All mentions in text order, without entities yet; nested ones ("Mexico" in "Mexico's minister") are kept.

    1. the recogniser's names, their edges and types repaired  2. names of the authority that it missed
    3. surnames of people named in full elsewhere  4. nouns for actors, places, documents  5. pronouns of people
    """
    names = [*_datelines(parse), *_recognised(parse, authority)]
    names += list(_known_names(parse, names, authority))
    names = _surnames(parse, names)
    names += list(_located(parse, names))
    names += list(_bracketed(parse, names))
    covered = {i for name in names for i in range(name.first, name.last)}
    nominals = list(_nominals(parse, names, covered))
    pronouns = list(_pronouns(parse))
    found = sorted({*names, *nominals, *pronouns}, key=lambda c: (c.first, -c.last, c.kind))
    return tuple(_to_mention(parse, candidate, number) for number, candidate in enumerate(found, 1))


def _to_mention(parse: Parse, c: Candidate, number: int) -> Mention:
    start, end = parse.tokens[c.first].start, parse.tokens[c.last - 1].end
    return Mention(
        id=f"m{number}", start=start, end=end, text=parse.text[start:end], kind=c.kind, type=c.type,  # type: ignore[arg-type]
        confidence=c.confidence, origin=c.origin,
    )  # fmt: skip


# ---- names


def _recognised(parse: Parse, authority: Authority) -> Iterator[Candidate]:
    """The recogniser's names with edges repaired, less those that are part of a title ("Secretary of State X")."""
    for name in parse.names:
        first, last = _repair_edges(parse, name.first, name.last)
        titled = first > name.first and parse.tokens[first - 1].lemma in load_words("actor_nouns", "person")
        kind = "person" if titled else TYPE_OF.get(name.label)
        if (
            parse.tokens[name.first].sentence.zone == "dateline"
            and first == parse.tokens[name.first].sentence.tokens[0].i
        ):
            continue
        if kind is None or first >= last or not any(t.text[:1].isupper() for t in parse.tokens[first:last]):
            continue
        if kind == "organization" and (_in_title(parse, first, last) or _before_office(parse, first, last)):
            continue
        yield Candidate(
            first, last, _type_by_authority(parse, first, last, kind, authority), "name", 0.9, f"ner:{name.label}"
        )


def _before_office(parse: Parse, first: int, last: int) -> bool:
    """Whether one word is the field of an office that follows in capitals: "Interior" in "Interior Minister"."""
    following = parse.tokens[last] if last < len(parse.tokens) else None
    return last - first == 1 and following is not None and following.tag == "NNP" and _is_office(following.lower)


def _is_office(word: str) -> bool:
    return load_actor_nouns().get(word, ("", ""))[1] == "office"


def _datelines(parse: Parse) -> Iterator[Candidate]:
    """The place of a dateline, which recognisers miss in capitals: "VIENNA, Austria (AP) -"."""
    for sentence in parse.sentences:
        run = [t for t in sentence.tokens if sentence.zone == "dateline"]
        last = next((i for i, t in enumerate(run) if not t.text[0].isupper()), len(run))
        if last:
            yield Candidate(run[0].i, run[last - 1].i + 1, "place", "name", 0.9, "dateline")


def _repair_edges(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The name without possessive mark, punctuation and honorific; a name cut at a hyphen or initial stays whole."""
    tokens = parse.tokens
    while last > first and (
        tokens[last - 1].tag == "POS" or (tokens[last - 1].pos == "PUNCT" and tokens[last - 1].text not in {")", "."})
    ):
        last -= 1
    while first < last and (tokens[first].pos == "PUNCT" or tokens[first].lower in load_words("titles", "honorific")):
        first += 1
    nouns = load_words("actor_nouns", "person")
    for i in range(first, last - 1):  # "opposition leader X" is the name X
        if tokens[i].text.islower() and tokens[i].lemma in nouns and tokens[i + 1].text[0].isupper():
            return i + 1, last
    return first, last


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
        and _is_office(before.lemma)
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
        if last:
            kind = authority.named(bare(parse, i, last))[0].type
            yield Candidate(i, last, kind, "name", 0.8, "authority")
        i = last or i + 1


def _longest_known(parse: Parse, first: int, covered: set[int], authority: Authority) -> int:
    """Index behind the longest name known to the authority that begins at `first`, 0 for none."""
    sentence_end = parse.tokens[first].sentence.tokens[-1].i + 1
    for last in range(min(first + LONGEST_NAME, sentence_end), first, -1):
        if covered.isdisjoint(range(first, last)) and parse.tokens[last - 1].text[:1].isupper():
            entries = authority.named(bare(parse, first, last))
            if (
                entries
                and all(e.type in {"place", "organization"} for e in entries)
                and not (last - first == 1 and _in_longer_name(parse, first))
            ):
                return last
    return 0


def _in_longer_name(parse: Parse, i: int) -> bool:
    """Whether a capitalised neighbour makes the word part of some other name ("Georgia Smith")."""
    around = [parse.tokens[k] for k in (i - 1, i + 1) if 0 <= k < len(parse.tokens)]
    return any(t.tag in {"NNP", "NNPS"} and t.sentence is parse.tokens[i].sentence for t in around)


def _surnames(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """One-word names that end a full name of a person are that person's; so are the spots that the recogniser missed.

    Measured: +3.4 F1 on names of news (surname link and its propagation).
    """
    full = {parse.tokens[n.last - 1].text for n in names if n.type == "person" and n.last - n.first > 1}
    full -= {parse.tokens[n.first].text for n in names if n.type == "place"}
    placed = {parse.tokens[n.first].text for n in names if n.last - n.first == 1 and n.type == "place"}
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


def _bracketed(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Acronyms in brackets behind an organisation's name: "... Prevention (CDC)"."""
    covered = {i for name in names for i in range(name.first, name.last)}
    ends = {name.last for name in names if name.type == "organization"}
    for i, token in enumerate(parse.tokens[1:-1], 1):
        opened = parse.tokens[i - 1].text == "(" and parse.tokens[i + 1].text == ")"
        if opened and i - 1 in ends and i not in covered and re.fullmatch(r"[A-Z][A-Za-z&-]{1,9}", token.text):
            yield Candidate(i, i + 1, "organization", "name", 0.9, "bracket")


# ---- nominals


@lru_cache
def load_actor_nouns() -> dict[str, tuple[str, str]]:
    """Noun lemma to (type, kind)."""
    return {row[0]: (row[1], row[2]) for row in load_table("actor_nouns")}


def actor_noun(parse: Parse, i: int) -> tuple[str, str, bool] | None:
    """(type, kind, whether plural) of the noun at `i`; of a pair like "think tank" at its second word."""
    token, nouns = parse.tokens[i], load_actor_nouns()
    if i and token.sentence.tokens[0].i < i:
        pair = f"{parse.tokens[i - 1].lower}-{token.lower}"
        for form, plural in ((pair, False), (pair.removesuffix("s"), True)):
            if form in nouns:
                return *nouns[form], plural
    titled = token.sentence.zone == "title"
    capital = (
        token.tag == "NNP" and _is_office(token.lower) and i > 0 and parse.tokens[i - 1].sentence is token.sentence
    )
    if token.tag not in {"NN", "NNS"} and not capital and not (titled and token.tag in {"VBZ", "NNP", "NNPS"}):
        return None
    plural = token.tag == "NNS" or (token.tag != "NN" and token.lower.endswith("s"))
    lemma = (
        token.lower if token.lower in nouns else token.lemma if token.lemma in nouns else token.lower.removesuffix("s")
    )
    found = nouns.get(lemma)
    return (*found, (plural and lemma != token.lower) or lemma == "authorities") if found else None


def _nominals(parse: Parse, names: list[Candidate], covered: set[int]) -> Iterator[Candidate]:
    """Noun phrases whose head is an actor noun, where the phrase picks somebody out: definite, possessed or qualified."""
    starts = {name.first for name in names if name.type == "person"}
    done = -1
    for token in parse.tokens:
        found = actor_noun(parse, token.i) if token.i not in covered and token.i > done else None
        if found is None or _heads_on(parse, token, starts):
            continue
        kind = "group" if found[0] == "person" and found[2] else found[0]
        first, last = nominal_start(parse, token), token.i + 1
        if kind == "group":
            last = _coordinated(parse, token, last)
        if _picks_out(parse, first, token, kind, found[2]):
            done = last - 1
            yield Candidate(first, last, kind, "nominal", 0.8, "noun")  # type: ignore[arg-type]
    for token in parse.tokens:
        if token.label == "NORP" and token.tag in {"NNPS", "NNS"} and token.i not in covered:
            yield Candidate(token.i, token.i + 1, "group", "nominal", 0.7, "ner:NORP")


def _heads_on(parse: Parse, token: Token, person_starts: set[int]) -> bool:
    """Whether the noun goes on: as part of a longer noun ("government spokesman") or as a title before a name."""
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if following is None or following.sentence is not token.sentence:
        return False
    if token.i + 1 in person_starts:
        return True
    return following.tag in {"NN", "NNS"} and token.dep in {"compound", "amod", "nmod"} and token.head.i > token.i


def nominal_start(parse: Parse, head: Token) -> int:
    """Index of the first word of the noun phrase before its head: articles, possessors, adjectives, nouns beside it."""
    first = head.i
    while first > head.sentence.tokens[0].i:
        before = parse.tokens[first - 1]
        allowed = (
            before.tag in {"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "POS", "PRP$", "DT", "VBN", "VBG", "HYPH"}
            or before.lower in VAGUE_DETERMINERS
        )
        if before.text.lower() == "think" and parse.tokens[first].lower.startswith("tank"):
            allowed = True
        if (
            not allowed
            or before.label in NO_PART
            or (before.tag in {"VBN", "VBG"} and before.dep not in {"amod", "compound"})
        ):
            break
        first -= 1
        if before.tag in {"DT", "PRP$"}:
            break
    while first < head.i and parse.tokens[first].tag in {"POS", "HYPH"}:
        first += 1
    return first


def _coordinated(parse: Parse, token: Token, last: int) -> int:
    """Index behind "senators and congressmen": a second bare plural is part of the same group."""
    tokens = parse.tokens
    if last + 1 < len(tokens) and tokens[last].lower in {"and", "or"}:
        second = actor_noun(parse, last + 1)
        if second is not None and second[2] and second[0] == "person" and tokens[last + 1].head is token:
            return last + 2
    return last


def _picks_out(parse: Parse, first: int, head: Token, kind: str, plural: bool) -> bool:
    """Whether a noun phrase stands for somebody in particular, so that it can be an actor of the graph."""
    words = parse.tokens[first : head.i]
    lead = parse.tokens[first]
    qualified = any(t.tag in {"NNP", "NNPS", "JJ", "NN", "POS"} for t in words)
    named = any(t.label in {"GPE", "NORP", "ORG", "LOC"} for t in words)
    if head.lower in GENERIC or (head.dep in {"attr", "oprd"} and plural):
        return named  # "they are the main smugglers" says what they are, "they are US citizens" whom it is about
    if kind == "place":
        return lead.tag == "PRP$" or any(t.tag == "POS" for t in words)
    if kind == "group" or plural:
        return qualified or lead.lower in VAGUE_DETERMINERS or lead.lower in DEFINITE or head.dep in {"nsubj", "agent"}
    made = kind == "document" and any(t.lower in {"by", "from", "of"} for t in head.having("prep"))
    return (
        made
        or lead.lower in DEFINITE
        or lead.tag == "PRP$"
        or any(t.tag == "POS" for t in words)
        or (named and lead.lower not in {"a", "an"})
    )


def _pronouns(parse: Parse) -> Iterator[Candidate]:
    for token in parse.tokens:
        if token.tag in {"PRP", "PRP$"} and token.lower in PRONOUNS:
            yield Candidate(token.i, token.i + 1, "person", "pronoun", 0.6, "pronoun")
        elif token.tag in {"PRP", "PRP$"} and token.lower in PLURAL_PRONOUNS:
            yield Candidate(token.i, token.i + 1, "group", "pronoun", 0.4, "pronoun")


def tokens_of(parse: Parse, mentions: Iterable[Mention]) -> dict[str, list[Token]]:
    """Mention id to its tokens."""
    return {m.id: parse.tokens_in(m.start, m.end) for m in mentions}
