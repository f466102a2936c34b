"""The events of an article as those of others are compared with them: kind, day, places, who, what, out of its graph.

They are read from the article's triples, so that a build and a store give the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from claimgraph.lexicon import load_map, load_table, load_words
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.facts import Facts
    from claimgraph.quads import Term

Sort = Literal["person", "body", "place", "wide"]
ACTUAL, PLANNED = "actual", "planned"
SIDES = {"agent": "agent", "patient": "patient", "theme": "patient", "recipient": "patient"}
"""Roles by the side that they are on; whoever takes part without a side is a party."""
MUTUAL = frozenset(("meeting", "negotiation", "agreement", "diplomacy", "visit", "acquisition", "fighting"))
"""Kinds that both sides tell alike: who meets whom is one meeting."""
WIDE = frozenset(map(full, ("schema:Country", "schema:Continent", "schema:State")))
"""Places in which much happens on one day."""
CONTENT_WORD = re.compile(r"[a-z]{4,}")
OF = re.compile(r"\b(?:about|against|at|by|for|from|in|near|of|on|over|to|with)\b")
"""Between a participant's first words and a name: then it is not the name's."""
BOUND = re.compile(r"\b(?:since|after|before|until|till|by|from)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a time that is no more than an end of when something happened."""
LESS = 3
"""Column of happening_kinds.tsv with words that tell of something else."""
REACH = 16
"""Characters before a time in which such a word stands."""
DAY = re.compile(r"^\d{4}-\d\d-\d\d")


class Who(msgspec.Struct, frozen=True, order=True):
    """A named participant: on which side, whom it means in all articles, of which sort, its name."""

    side: str
    iri: str
    sort: Sort
    name: str

    @property
    def person(self) -> bool:
        """Whether it is a person."""
        return self.sort == "person"


class Occurrence(msgspec.Struct, frozen=True):
    """An event as others are compared with it; `first` and `last` are days, empty where the text tells none."""

    iri: str
    article: str
    kind: str
    lemma: str
    sort: str
    published: str
    first: str
    last: str
    own_places: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    who: tuple[Who, ...]
    words: tuple[str, ...]
    figures: tuple[str, ...]
    parts: tuple[str, ...]


def occurrences_of(facts: Facts, canonical: Callable[[str], str]) -> Iterator[Occurrence]:
    """The events of an article that can be known again; `canonical` leads from its entities to those of all.

    What did not happen, or is told as possible or in general, is none; what is planned is of a sort of its own.
    """
    kinds = load_map("happening_kinds")
    events = [event for event in facts.of("sem:Event") if facts.code(event, "sem:eventType") in kinds]
    scene = _Scene(facts, canonical) if events else None
    for event in events:
        if scene and facts.code(event, "cg:polarity") != "denied" and not _is_other(facts, event):
            occurrence = scene.occurrence(event, facts.code(event, "sem:eventType"))
            if occurrence.sort:
                yield occurrence


def _is_other(facts: Facts, event: Term) -> bool:
    """Whether the word for an event tells of something else of its kind: a funeral is no death."""
    less = {row[0]: row[3].split() for row in load_table("happening_kinds") if len(row) > LESS}
    return facts.words(event, "cg:lemma") in less.get(facts.code(event, "sem:eventType"), ())


def _sort(factuality: str, first: str, published: str) -> str:
    """Whether an event is told as one that took place, or as one that is to; empty where as neither.

    What is told in the present tense of a day that is past ("the kidnapping on Tuesday is the third") took place.
    """
    dated = factuality == "generic" and first and published and first <= published
    return ACTUAL if dated else {"happened": ACTUAL, "ongoing": ACTUAL, "planned": PLANNED}.get(factuality, "")


class _Context(NamedTuple):
    """What stands in the same statement or claim as an event: days, places."""

    days: set[tuple[str, str]]
    places: set[str]


class _Scene:
    """The events of an article with what stands round them in its text."""

    def __init__(self, facts: Facts, canonical: Callable[[str], str]) -> None:
        self.facts, self.canonical = facts, canonical
        self.tellers: dict[Term, list[Term]] = defaultdict(list)
        for teller in (*facts.of("cg:Statement"), *facts.of("cg:Claim")):
            for event in facts.all(teller, "cg:reports"):
                self.tellers[event].append(teller)
        self.places = {place for place in facts.of("schema:Place") if not self._is_wide(place)}
        mentions = [
            (at, facts.first(mention, "itsrdf:taIdentRef"), facts.code(mention, "cg:mentionKind"))
            for mention in facts.of("cg:Mention")
            for at in facts.at(mention, "cg:evidence")
        ]
        self.names = [(at, entity) for at, entity, kind in mentions if kind == "name"]
        self.pronouns = {at: entity for at, entity, kind in mentions if kind == "pronoun"}
        text = next((facts.words(context, "nif:isString") for context in facts.of("nif:Context")), "")
        self.times = {
            time: (at, self._days(time))
            for time in facts.of("time:Interval")
            for at in facts.at(time, "cg:evidence")
            if not BOUND.search(text[max(0, at[0] - REACH) : at[0]])
        }

    def _is_wide(self, entity: Term) -> bool:
        return not WIDE.isdisjoint(value[1:-1] for value in self.facts.all(entity, "rdf:type"))

    def _days(self, time: Term) -> tuple[str, str]:
        ends = (self.facts.first(time, end) for end in ("time:hasBeginning", "time:hasEnd"))
        first, last = (self.facts.words(end, "time:inXSDDate") for end in ends)
        return first, last

    def _context(self, event: Term) -> _Context:
        spans = [at for teller in self.tellers[event] for at in self.facts.at(teller, "cg:contentSpan")]
        return _Context(
            {days for at, days in self.times.values() if _is_in(at, spans)},
            {entity for at, entity in self.names if entity in self.places and _is_in(at, spans)},
        )

    def occurrence(self, event: Term, kind: str) -> Occurrence:
        """An event with all that it is known by: its own day, else the only one of its statement, and so its places."""
        context = self._context(event)
        own = {
            self.times[time][1] for time in self.facts.all(event, "sem:hasTime") if time in self.times
        } or context.days
        first, last = next(iter(own)) if len(own) == 1 else ("", "")
        [article] = self.facts.of("schema:NewsArticle")
        published = next(iter(DAY.findall(self.facts.words(article, "schema:datePublished"))), "")
        taken = self.facts.all(event, "cg:participation")
        places = {place for place in self.facts.all(event, "sem:hasPlace") if place in self.places}
        return Occurrence(
            iri=event[1:-1],
            article=article[1:-1],
            kind=kind,
            lemma=self.facts.words(event, "cg:lemma"),
            sort=_sort(self.facts.code(event, "cg:factuality"), first, published),
            published=published,
            first=first,
            last=last,
            own_places=self._named(places),
            places=self._named(places | context.places),
            who=tuple(sorted({who for part in taken for who in self._who(part, kind)})),
            words=tuple(sorted({word for part in taken for word in self._words(part)})),
            figures=tuple(sorted({n for q in self.facts.all(event, "cg:quantity") if (n := self.facts.words(q, "qudt:numericValue"))})),
            parts=tuple(part[1:-1] for part in self.facts.all(event, "sem:hasSubEvent")),
        )  # fmt: skip

    def _named(self, entities: Iterable[Term]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted({(self.canonical(e[1:-1]), self.facts.words(e, "rdfs:label")) for e in entities}))

    def _who(self, part: Term, kind: str) -> Iterator[Who]:
        side = "party" if kind in MUTUAL else SIDES.get(self.facts.code(part, "cg:role"), "")
        for entity in self._entities(part) if side else ():
            classes = {value[1:-1] for value in self.facts.all(entity, "rdf:type")}
            sort = next((sort for class_, sort in _sorts() if class_ in classes), None)
            if sort and full("cg:VagueSource") not in classes:
                yield Who(side, self.canonical(entity[1:-1]), sort, self.facts.words(entity, "rdfs:label"))

    def _entities(self, part: Term) -> set[Term]:
        """Whom a participant is, or whose name its words begin or end with, or is next to them: "the singer Ada Roos"."""
        said = self.facts.words(part, "rdfs:label")
        named = {
            entity
            for start, end in self.facts.at(part, "cg:evidence")
            for at, entity in self.names
            if at[0] in {start, end + 1} or (start < at[0] < at[1] == end and not OF.search(said[: at[0] - start]))
        }
        return set(self.facts.all(part, "cg:participant")) - self._of_pronouns(part) or named

    def _of_pronouns(self, part: Term) -> set[Term]:
        """Whom the pronoun means that a participant is: too unsure for a link to another article."""
        return {entity for at in self.facts.at(part, "cg:evidence") if (entity := self.pronouns.get(at))}

    def _words(self, part: Term) -> set[str]:
        """The words for what an event is done to, where it is no entity."""
        if SIDES.get(self.facts.code(part, "cg:role")) != "patient" or self._entities(part):
            return set()
        words = CONTENT_WORD.findall(self.facts.words(part, "rdfs:label").lower())
        return {word for word in words if word not in load_words("no_topics") | load_words("stop_words")}


@cache
def _sorts() -> tuple[tuple[str, Sort], ...]:
    """Sorts of participants by class, the more telling class first."""
    named: tuple[tuple[str, Sort], ...] = (("Person", "person"), ("Place", "place"), ("Organization", "body"))
    wide: list[tuple[str, Sort]] = [(class_, "wide") for class_ in sorted(WIDE)]
    return (*wide, *((full(f"schema:{class_}"), sort) for class_, sort in named))


def _is_in(at: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at[0] and at[1] <= end for start, end in spans)
