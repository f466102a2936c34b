"""Clusters of mentions while they are joined, and the state of one article that the joins work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.actors.names import person_key, title_length, without_article
from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from claimgraph.actors.authority import Authority
    from claimgraph.language import Parse, Token
    from claimgraph.model import Mention

CONFIDENCE = {"name": 0.97, "surname": 0.95, "acronym": 0.97, "title": 0.9, "apposition": 0.9, "same words": 0.85, "lead role": 0.8,
              "short name": 0.85, "speaker": 0.85, "document": 0.75, "focus": 0.6, "pronoun": 0.55}  # fmt: skip
"""By kind of link; measured on news (surname .87 to .97, exact name .86 by head match, salience .58), set by hand between."""


POINTING = {"definite", "joint"}
"""Origins of mentions that make no entity alone: "the city", "Reed and Hall" where nobody speaks of both again."""


class Cluster(msgspec.Struct):
    """Mentions that are one entity, growing."""

    type: str
    mentions: list[Mention]
    gender: str | None = None
    name: str | None = None
    """A name that no mention has ("report of the institute")."""
    responsible: Cluster | None = None
    titles: list[str] = []
    """Offices and functions that the text gives it, in small letters."""
    known_titles: list[tuple[str, str | None]] = []
    """Those that the authority knows it to have held when the article came out, each with the country's IRI."""

    def longest_name(self) -> str | None:
        """The longest name without article and title, None when nothing names it."""
        names = [without_article(m.text) for m in self.mentions if m.kind == "name"]
        if self.type == "person":
            names = [" ".join(words[title_length(words) :]) for words in map(str.split, names)]
        return max(names, key=lambda n: (len(n), n), default=None)

    @property
    def named(self) -> bool:
        """Whether the text gives its name."""
        return any(m.kind == "name" for m in self.mentions)


class Speech(msgspec.Struct, frozen=True):
    """What coreference needs to know of a claim: its source's span and where its words stand."""

    source: tuple[int, int] | None
    pieces: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    direct: bool

    @property
    def end(self) -> int:
        """Where its words end."""
        return max(end for _, end in self.pieces)

    def holds(self, at: int) -> bool:
        """Whether a character is among its words, not in the narrator's between them: "he said" in a broken quotation."""
        return any(start <= at < end for start, end in self.pieces)

    def names(self, mention: Mention) -> bool:
        """Whether a mention begins in its source."""
        return self.source is not None and self.source[0] <= mention.start < self.source[1]


class Office(NamedTuple):
    """A title that the text gives: the mention that holds it, its words, of which mention, in which nominal's words."""

    holder: str
    title: str
    of: str | None
    nominal: str | None


class State:
    """The clusters of one article while they are joined."""

    def __init__(
        self,
        parse: Parse,
        mentions: tuple[Mention, ...],
        authority: Authority,
        offices: tuple[Office, ...],
        speeches: tuple[Speech, ...],
    ) -> None:
        self.parse, self.authority, self.offices, self.speeches = parse, authority, offices, speeches
        self.mentions = tuple(_as_person(m) for m in mentions)
        self.tokens: dict[str, list[Token]] = {m.id: core(m, parse.tokens_in(m.start, m.end)) for m in mentions}
        self.heads = {m.id: head_of(self.tokens[m.id]) for m in mentions}
        self.of: dict[str, Cluster] = {m.id: Cluster(m.type, [m]) for m in self.mentions}
        self.confidence = {m.id: m.confidence for m in mentions}
        self.by_id = {m.id: m for m in self.mentions}
        self.sources = sorted(s.source for s in speeches if s.source is not None)
        for office in offices:
            self.of[office.holder].titles.append(_singular(office.title.lower()))

    def clusters(self) -> list[Cluster]:
        """Each cluster once, in order of first mention; words that only point back ("she", "the city") are nobody alone."""
        seen: dict[int, Cluster] = {}
        makers = {id(cluster.responsible) for cluster in self.of.values() if cluster.responsible is not None}
        for mention in self.mentions:
            cluster = self.of[mention.id]
            if any(m.kind != "pronoun" and m.origin not in POINTING for m in cluster.mentions) or (
                (len(cluster.mentions) > 1 or id(cluster) in makers)
                and any(m.origin == "joint" for m in cluster.mentions)
            ):
                cluster.mentions.sort(key=lambda m: (m.start, m.end))
                seen.setdefault(id(cluster), cluster)
        return list(seen.values())

    def join(self, one: str, other: str, kind: str) -> None:
        """Make two mentions' clusters one; the first mention's link gets the kind's confidence."""
        a, b = self.of[one], self.of[other]
        if a is b:
            return
        for mention in a.mentions:
            self.of[mention.id] = b
        b.mentions.extend(a.mentions)
        b.titles.extend(a.titles)
        b.known_titles.extend(a.known_titles)
        b.name, b.responsible, b.gender = b.name or a.name, b.responsible or a.responsible, b.gender or a.gender
        self.confidence[one] = round(
            min(self.confidence[one] if self.by_id[one].kind == "name" else 1.0, CONFIDENCE[kind]), 2
        )

    def speaks(self, mention: Mention) -> bool:
        """Whether a mention is a claim's source or in it."""
        return any(start <= mention.start and mention.end <= end for start, end in self.sources)

    def names_inside(self, mention: Mention) -> bool:
        """Whether a name is part of a mention's words."""
        return any(t.label in {"GPE", "NORP", "ORG", "LOC"} for t in self.tokens[mention.id])


def _singular(title: str) -> str:
    """ "Senators Reed and Hall" are each a senator."""
    return title.removesuffix("s") if title.removesuffix("s") in load_words("titles") else title


def core(mention: Mention, tokens: list[Token]) -> list[Token]:
    """The words of a mention up to its noun: those of a noun phrase without the of-phrase behind."""
    if mention.origin not in {"noun", "definite"}:
        return tokens
    end = next((i for i, t in enumerate(tokens) if i and t.tag == "IN" and t.lower in {"of", "in"}), len(tokens))
    return tokens[:end]


def head_of(tokens: list[Token]) -> Token:
    """The word of a run that the others hang on, the last one where several hang outside."""
    inside = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in inside or t.head is t), tokens[-1])


def _as_person(mention: Mention) -> Mention:
    """A name behind an office ("Senator Reed") is a person's, whatever the recogniser sees in it.

    Ranks are left: "General Motors", "Major League".
    """
    if mention.kind != "name" or mention.type == "person":
        return mention
    words = without_article(mention.text).split()
    length = title_length(words)
    office = " ".join(words[:length]).lower()
    rest = words[length:]
    if not length or office in load_words("titles", "rank") or not all(w[0].isupper() for w in rest):
        return mention
    if len(rest) > 3 or rest[-1].lower() in load_words("actor_nouns") or person_key(mention.text).lower() == office:
        return mention
    return msgspec.structs.replace(mention, type="person")
