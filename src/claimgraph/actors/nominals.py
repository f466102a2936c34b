"""Noun phrases that stand for an actor, a place or a document: "Mexico's foreign minister", "some senators", "the report"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from claimgraph.lexicon import load_table, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.model import EntityType

DEFINITE = {"the", "this", "that", "these", "those"}


COLLECTIVE = {"police", "parliament"}
"""Bodies that are spoken of without an article."""
VAGUE_DETERMINERS = {"some", "many", "several", "most", "few", "other", "various", "all"}


NO_PART = {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"}
"""Labels of words that never belong to a nominal ("Wednesday American citizens")."""


SEATED = {"government", "embassy", "consulate"}
"""Bodies of which there is one for each place."""
LONGEST_OF = 7
"""Words of the longest of-phrase that is part of a noun phrase."""
TITLE_WORDS = 6
"""Words of the longest title in capitals before a name."""
SOURCES_ONLY = {"rule", "text"}
"""Kinds of documents that are actors only where they say something: a law, a website."""
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
    kind: Literal["name", "nominal", "pronoun"]
    confidence: float
    origin: str


@lru_cache
def load_actor_nouns() -> dict[str, tuple[EntityType, str]]:
    """Noun lemma to (type, kind)."""
    return {row[0]: (cast("EntityType", row[1]), row[2]) for row in load_table("actor_nouns")}


def actor_noun(parse: Parse, i: int) -> tuple[EntityType, str, bool] | None:
    """(type, kind, whether plural) of the noun at `i`; of a pair like "think tank" at its second word."""
    token, nouns = parse.tokens[i], load_actor_nouns()
    if i and token.sentence.tokens[0].i < i:
        pair = f"{parse.tokens[i - 1].lower}-{token.lower}"
        for form, plural in ((pair, False), (pair.removesuffix("s"), True)):
            if form in nouns:
                return *nouns[form], plural
    titled = token.sentence.zone == "title"
    capital = token.tag == "NNP" and is_office(token.lower) and i > 0 and parse.tokens[i - 1].sentence is token.sentence
    if token.tag not in {"NN", "NNS"} and not capital and not (titled and token.tag in {"VBZ", "NNP", "NNPS"}):
        return None
    plural = token.tag == "NNS" or (token.tag != "NN" and token.lower.endswith("s"))
    lemma = (
        token.lower if token.lower in nouns else token.lemma if token.lemma in nouns else token.lower.removesuffix("s")
    )
    found = nouns.get(lemma)
    return (*found, (plural and lemma != token.lower) or lemma == "authorities") if found else None


def is_office(word: str) -> bool:
    """Whether a noun is for the holder of an office."""
    found = load_actor_nouns().get(word)
    return found is not None and found[1] == "office"


def find_nominals(parse: Parse, names: list[Candidate], covered: set[int]) -> Iterator[Candidate]:
    """Noun phrases whose head is an actor noun, where the phrase picks somebody out: definite, possessed or qualified."""
    starts = {name.first for name in names if name.type == "person"}
    done = -1
    for token in parse.tokens:
        found = actor_noun(parse, token.i) if token.i not in covered and token.i > done else None
        if found is None or found[1] in SOURCES_ONLY or _heads_on(parse, token, starts):
            continue
        kind = "group" if found[0] == "person" and found[2] else found[0]
        first, last = nominal_start(parse, token), token.i + 1
        if kind == "group":
            last = _coordinated(parse, token, last)
        elif kind == "document":
            last = _with_maker(token, names)
        elif token.lower in SEATED:
            last = _of_place(parse, token, names)
        if last == token.i + 1:
            last = _with_of(token)
        if _picks_out(parse, first, token, kind, found[2]):
            done = last - 1
            definite = kind == "place" and parse.tokens[first].lower in DEFINITE and not _possessed(parse, first, token)
            yield Candidate(first, last, kind, "nominal", 0.8, "definite" if definite else "noun")
    for token in parse.tokens:
        if token.label == "NORP" and token.tag in {"NNPS", "NNS"} and token.i not in covered:
            yield Candidate(token.i, token.i + 1, "group", "nominal", 0.7, "ner:NORP")


def find_described(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """A person's name with the title before it and what the person is of: "President Anna Reed", "Tom Hall of the union"."""
    ends = {name.last: name for name in names if name.type != "person"}
    starts = {name.first: name for name in names if name.type != "person"}
    for name in names:
        if name.type != "person":
            continue
        first = _described_from(parse, name, ends)
        following = parse.tokens[name.last] if name.last < len(parse.tokens) else None
        last = name.last
        if (
            following is not None
            and following.lower in {"of", "from"}
            and following.sentence is parse.tokens[first].sentence
        ):
            skip = parse.tokens[name.last + 1].lower == "the" if name.last + 1 < len(parse.tokens) else False
            behind = starts.get(name.last + 1) or starts.get(name.last + 1 + skip)
            last = behind.last if behind is not None else last
        words, own = (
            parse.text[parse.tokens[a].start : parse.tokens[b - 1].end]
            for a, b in ((first, last), (name.first, name.last))
        )
        if len(own) < len(words) / 2:
            yield Candidate(first, last, "person", "nominal", 0.9, "described")


def _described_from(parse: Parse, name: Candidate, ends: dict[int, Candidate]) -> int:
    """Index of the first word of the title before a name, or of who has the named one ("the party's Tom Hall")."""
    floor = parse.tokens[name.first].sentence.tokens[0].i
    titles = load_words("titles")
    owned = ends.get(name.first)
    if owned is not None and owned.first > floor + 1:  # "ambassador to Peru Anna Reed"
        at = owned.first - 1 - (parse.tokens[owned.first - 1].tag == "DT")
        if at > floor and parse.tokens[at].lower in {"to", "of", "for", "from", "at"}:
            head = parse.tokens[at - 1]
            if load_actor_nouns().get(head.lower, ("",))[0] == "person":
                return nominal_start(parse, head)
    for length in range(min(TITLE_WORDS, name.first - floor), 0, -1):
        words = parse.tokens[name.first - length : name.first]
        if " ".join(t.lower for t in words) in titles:
            return nominal_start(parse, words[0])
    before = parse.tokens[name.first - 1] if name.first > floor else None
    if before is None:
        return name.first
    nouns = load_actor_nouns()
    if before.tag in {"NN", "NNP"} and nouns.get(before.lower, ("",))[0] == "person":
        return nominal_start(parse, before)
    owner = ends.get(name.first - 1) if before.tag == "POS" else None
    return owner.first if owner is not None else name.first


def _possessed(parse: Parse, first: int, head: Token) -> bool:
    return any(t.tag == "POS" for t in parse.tokens[first : head.i])


def _heads_on(parse: Parse, token: Token, person_starts: set[int]) -> bool:
    """Whether the noun goes on: as part of a longer noun ("government spokesman") or as a title before a name."""
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if following is None or following.sentence is not token.sentence:
        return False
    if token.i + 1 in person_starts:
        return True
    if token.tag == "NNP" and following.lower in {"of", "for"}:  # "Secretary of State X", "Minister for Health X"
        return any(token.i + n in person_starts for n in range(2, TITLE_WORDS))
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


def _with_maker(token: Token, names: list[Candidate]) -> int:
    """Index behind "a report by the Bureau of X": who made a document is part of its words."""
    makers = {t.i for p in token.having("prep") if p.lower == "by" and p.i == token.i + 1 for t in p.having("pobj")}
    return next((name.last for name in names if makers & set(range(name.first, name.last))), token.i + 1)


def _with_of(token: Token) -> int:
    """Index behind "the chairman of the panel": a short of-phrase right behind a noun is part of what it says."""
    of = next((p for p in token.having("prep") if p.lower == "of" and p.i == token.i + 1), None)
    words = of.subtree() if of is not None else []
    plain = all(t.tag not in {"VBD", "VBZ", "VBP", "WDT", "WP", ",", "``", "''"} for t in words)
    whole = bool(words) and words[-1].i - token.i == len(words)
    return words[-1].i + 1 if plain and whole and 1 < len(words) <= LONGEST_OF else token.i + 1


def _of_place(parse: Parse, token: Token, names: list[Candidate]) -> int:
    """Index behind "the government of X", "the embassy in X": whose a body is, and where, is part of its words."""
    if token.i + 2 >= len(parse.tokens) or parse.tokens[token.i + 1].lower not in {"of", "in"}:
        return token.i + 1
    start = token.i + 2 + (parse.tokens[token.i + 2].lower == "the")
    return next(
        (name.last for name in names if name.first in {start, token.i + 2} and name.type == "place"), token.i + 1
    )


def _headlined(head: Token) -> bool:
    """Whether the noun is the subject of a headline, where articles are left out."""
    return head.sentence.zone == "title" and head.dep in {"nsubj", "nsubjpass"}


def _picks_out(parse: Parse, first: int, head: Token, kind: str, plural: bool) -> bool:
    """Whether a noun phrase stands for somebody in particular, so that it can be an actor of the graph."""
    words = parse.tokens[first : head.i]
    lead = parse.tokens[first]
    qualified = any(t.tag in {"NNP", "NNPS", "JJ", "NN", "POS"} for t in words)
    named = any(t.label in {"GPE", "NORP", "ORG", "LOC"} for t in words)
    if head.lower in GENERIC or (head.dep in {"attr", "oprd"} and plural):
        return named  # "they are the main smugglers" says what they are, "they are US citizens" whom it is about
    if lead is head and (head.lower in COLLECTIVE or (kind == "organization" and _headlined(head))):
        return True
    if kind == "place":
        return (
            lead.lower in DEFINITE
            or (lead.tag == "PRP$" and lead.lower not in {"our", "my", "your"})
            or any(t.tag == "POS" for t in words)
        )
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
