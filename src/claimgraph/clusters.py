"""Clusters of mentions while they are joined, and the joins that names, titles and equal words allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.lexicon import load_words
from claimgraph.names import person_key, plain_case, spells, without_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.authority import Authority
    from claimgraph.language import Parse, Token
    from claimgraph.model import Mention

LEAD_SENTENCES = 12
"""Within these sentences a role of the lead finds the name of its holder; later names are of others."""
CONFIDENCE = {"name": 0.97, "surname": 0.95, "acronym": 0.97, "title": 0.9, "apposition": 0.9, "same words": 0.85, "lead role": 0.8,
              "document": 0.75, "focus": 0.6, "pronoun": 0.55}  # fmt: skip
"""By kind of link; measured on news (surname .87 to .97, exact name .86 by head match, salience .58), set by hand between."""


class Cluster(msgspec.Struct):
    """Mentions that are one entity, growing."""

    type: str
    mentions: list[Mention]
    gender: str | None = None
    name: str | None = None
    """A name that no mention has ("report of the institute")."""
    responsible: Cluster | None = None

    def longest_name(self) -> str | None:
        """The longest name without article, None when nothing names it."""
        names = [without_article(m.text) for m in self.mentions if m.kind == "name"]
        return max(names, key=lambda n: (len(n), n), default=None)


class Speech(msgspec.Struct, frozen=True):
    """What coreference needs to know of a claim: its source's span and where its words stand."""

    source: tuple[int, int] | None
    content: tuple[int, int]
    cue: tuple[int, int] | None
    direct: bool


class Office(NamedTuple):
    """A title that the text gives: the mention that holds it, its words, of which mention, in which nominal's words."""

    holder: str
    title: str
    of: str | None
    nominal: str | None


class State:
    """The clusters of one article while they are joined."""

    def __init__(self, parse: Parse, mentions: tuple[Mention, ...], authority: Authority) -> None:
        self.parse, self.mentions, self.authority = parse, mentions, authority
        self.tokens: dict[str, list[Token]] = {m.id: parse.tokens_in(m.start, m.end) for m in mentions}
        self.of: dict[str, Cluster] = {m.id: Cluster(m.type, [m]) for m in mentions}
        self.confidence = {m.id: m.confidence for m in mentions}
        self.by_id = {m.id: m for m in mentions}

    def clusters(self) -> list[Cluster]:
        """Each cluster once, in order of first mention; pronouns alone are nobody."""
        seen: dict[int, Cluster] = {}
        for mention in self.mentions:
            cluster = self.of[mention.id]
            if any(m.kind != "pronoun" for m in cluster.mentions):
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
        b.name, b.responsible, b.gender = b.name or a.name, b.responsible or a.responsible, b.gender or a.gender
        self.confidence[one] = round(
            min(self.confidence[one] if self.by_id[one].kind == "name" else 1.0, CONFIDENCE[kind]), 2
        )

    # ---- names

    def join_names(self) -> None:
        """Join names: of people by full name and surname, of all else by words, authority and acronym."""
        names = [m for m in self.mentions if m.kind == "name"]
        people = [m for m in names if m.type == "person"]
        self._join_keys((m, person_key(m.text)) for m in people if len(person_key(m.text).split()) > 1)
        full = [m for m in people if len(person_key(m.text).split()) > 1]
        for mention in people:
            if len(person_key(mention.text).split()) == 1:
                self._join_part(mention, full)
        self._join_keys((m, person_key(m.text)) for m in people if self.of[m.id].mentions == [m])
        self._join_keys((m, f"{m.type} {self._name_key(m)}") for m in names if m.type != "person")
        self._join_acronyms([m for m in names if m.type == "organization"])
        self._join_short([m for m in names if m.type == "organization"])

    def _join_keys(self, keyed: Iterable[tuple[Mention, str]]) -> None:
        first: dict[str, str] = {}
        for mention, key in keyed:
            if key in first:
                self.join(mention.id, first[key], "name")
            else:
                first[key] = mention.id

    def _join_part(self, mention: Mention, full: list[Mention]) -> None:
        """A surname (or a given name, when only one person has it) goes to the full name before it, else the first after it."""
        word = person_key(mention.text)
        for part in (-1, 0):
            bearers = [m for m in full if person_key(m.text).split()[part] == word]
            distinct = {id(self.of[m.id]) for m in bearers}
            if bearers and (part == -1 or len(distinct) == 1):
                before = [m for m in bearers if m.start < mention.start]
                self.join(mention.id, (before[-1] if before else bearers[0]).id, "surname")
                return

    def _name_key(self, mention: Mention) -> str:
        """What names have in common that are the same: the authority's entry where only one fits, else the words."""
        name = plain_case(without_article(mention.text))
        entries = [e for e in self.authority.named(name) if e.type == mention.type]
        return entries[0].iri if len(entries) == 1 else name.replace(".", "").casefold()

    def _join_acronyms(self, names: list[Mention]) -> None:
        """ "Bureau of X (BX)" and later "BX"; an acronym that spells the initials of a name of the article."""
        longer = [m for m in names if " " in without_article(m.text)]
        for mention in names:
            short = mention.text.replace(".", "")
            if not re.fullmatch(r"[A-Z][A-Za-z&-]{1,9}", short):
                continue
            bracket = self.parse.text[max(mention.start - 2, 0) : mention.start].endswith("(")
            match = next(
                (
                    m
                    for m in longer
                    if (bracket and 0 <= mention.start - m.end <= 3) or (short.isupper() and spells(short, m.text))
                ),
                None,
            )
            if match is not None:
                self.join(mention.id, match.id, "acronym")

    def _join_short(self, names: list[Mention]) -> None:
        """ "Boeing" after "Boeing Co.": the first words of one longer name alone."""
        for mention in names:
            words = without_article(mention.text)
            longer = {id(self.of[m.id]): m for m in names if without_article(m.text).startswith(words + " ")}
            if len(longer) == 1 and len(words) > 3:
                self.join(mention.id, next(iter(longer.values())).id, "name")

    # ---- nominals

    def join_appositions(self) -> None:
        """ "England's transport secretary, Anna Reed": the name right behind the comma, where a comma or verb follows it."""
        starts = {self.tokens[m.id][0].i: m for m in self.mentions if m.kind == "name" and m.type == "person"}
        for mention in self.mentions:
            last = self.tokens[mention.id][-1]
            name = starts.get(last.i + 2) if mention.kind == "nominal" and mention.type == "person" else None
            if name is None or self.parse.tokens[last.i + 1].text != ",":
                continue
            following = self.tokens[name.id][-1].i + 1
            after = self.parse.tokens[following] if following < len(self.parse.tokens) else None
            if after is None or after.text in {",", "."} or after.pos in {"VERB", "AUX", "PUNCT"}:
                self.join(mention.id, name.id, "apposition")

    def join_lead_roles(self, speeches: tuple[Speech, ...]) -> None:
        """ "Mexico's foreign minister" in headline or lead is the first person without a title that speaks soon after.

        Inverted-pyramid style: the lead says the office, the next sentences the name. The role must be possessed or
        of a named place or organisation, and itself speak; the name must be a full one without another title.
        """
        roles = [m for m in self.mentions if m.kind == "nominal" and m.type == "person" and self.speaks(m, speeches)]
        roles = [
            m for m in roles if not any(o.kind == "name" for o in self.of[m.id].mentions) and self._names_inside(m)
        ]
        speakers = [
            m
            for m in self.mentions
            if m.kind == "name" and m.type == "person" and " " in m.text and self.speaks(m, speeches)
        ]
        for role in roles:
            at = self.tokens[role.id][0].sentence.index
            near = [
                m
                for m in speakers
                if at < self.tokens[m.id][0].sentence.index <= at + LEAD_SENTENCES and not self._titled(m)
            ]
            if near and at <= LEAD_SENTENCES // 2:
                self.join(role.id, near[0].id, "lead role")

    def speaks(self, mention: Mention, speeches: tuple[Speech, ...]) -> bool:
        """Whether a mention is a claim's source or in it."""
        return any(
            s.source is not None and s.source[0] <= mention.start and mention.end <= s.source[1] for s in speeches
        )

    def join_titled(self, offices: tuple[Office, ...]) -> None:
        """ "the chancellor", "the Austrian chancellor": the one person whom the text calls so by name."""
        held = [(self.by_id[o.holder], o.title.lower()) for o in offices if self.by_id[o.holder].kind == "name"]
        for mention in self.mentions:
            tokens = self.tokens[mention.id]
            if (
                mention.kind != "nominal"
                or mention.type != "person"
                or any(m.kind == "name" for m in self.of[mention.id].mentions)
            ):
                continue
            head, definite = tokens[-1].lower, tokens[0].lower == "the" or self._names_inside(mention)
            holders = {id(self.of[m.id]): m for m, title in held if m.type == "person" and title.split()[-1] == head}
            if definite and len(holders) == 1:
                self.join(mention.id, next(iter(holders.values())).id, "title")

    def join_countries(self, offices: tuple[Office, ...]) -> None:
        """ "his country": that of which the person whom the pronoun stands for holds an office."""
        for mention in self.mentions:
            tokens = self.tokens[mention.id]
            if mention.kind != "nominal" or tokens[0].tag != "PRP$" or tokens[-1].lower not in {"country", "nation"}:
                continue
            owner = next((m for m in self.mentions if m.kind == "pronoun" and m.start == mention.start), None)
            places = [self.by_id[o.of] for o in offices if o.of and owner and self.of[o.holder] is self.of[owner.id]]
            places = [m for m in places if m.type == "place"]
            if places:
                self.join(mention.id, places[0].id, "document")

    def _names_inside(self, mention: Mention) -> bool:
        inner = self.tokens[mention.id]
        return any(t.label in {"GPE", "NORP", "ORG", "LOC"} for t in inner)

    def _titled(self, mention: Mention) -> bool:
        """Whether another office stands before or behind a name."""
        first, last = self.tokens[mention.id][0], self.tokens[mention.id][-1]
        before = self.parse.tokens[first.i - 1] if first.i > first.sentence.tokens[0].i else None
        nouns = load_words("actor_nouns", "person")
        return (before is not None and (before.lemma in nouns or before.lower in load_words("titles"))) or any(
            t.lemma in nouns for t in last.having("appos")
        )

    def join_same_words(self) -> None:
        """Nominals in the same words are the same group or body; "US" and "American" are the same word."""
        keyed: dict[str, str] = {}
        for mention in self.mentions:
            if mention.kind != "nominal" or mention.type == "document":
                continue
            key = f"{mention.type} {self._nominal_key(mention)}"
            if key in keyed:
                self.join(mention.id, keyed[key], "same words")
            else:
                keyed[key] = mention.id

    def _nominal_key(self, mention: Mention) -> str:
        words = []
        for token in self.tokens[mention.id]:
            if token.tag in {"DT", "POS", "PRP$"}:
                continue
            country = self.authority.demonym(token.text) if token.text[0].isupper() else None
            words.append(country.iri if country is not None else token.lemma if token.lemma != "u" else token.lower)
        return " ".join(words)
