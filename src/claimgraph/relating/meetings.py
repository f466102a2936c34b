"""Which claims of different articles bear on each other: who says the same again, who supports it, who contradicts it.

Claims are compared by their clauses, as those of one article are (relations.py), but only where two articles may be of one
matter: those of one story (they share words of names that few articles have, and are of one month) claim by claim; all others
where two clauses share rare words (relating/joining.py). So the work is far less than that of all pairs. Memory holds a number for
each word of a clause; the words are on disk.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.relating.bases import names_in
from claimgraph.relating.joining import alike
from claimgraph.relating.measures import Compared, Figure, compare
from claimgraph.relating.propositions import (
    LEAST,
    Said,
    is_opposite,
    is_verbatim,
    likeness,
    numbers_in,
    says_same,
    shares_names,
)
from claimgraph.relating.replies import is_named, is_one_speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from claimgraph.workers import Workers

SAME = 0.6
"""Likeness of two clauses of any articles from which they say the same."""
OPPOSED = 0.75
"""Likeness of two clauses of any articles from which they say the opposite."""
ECHO = 5
"""Words that both must have: clauses of any articles are alike by chance more often than those of one story."""
MOST = 8
"""Relations of one claim to those of other articles, the likest first: what fifty papers print is told by a chain."""
RARE, RAREST, STORY, WEEKS = 12, 3, 2, 31
"""Articles that have a word of a name that tells a story, and one that alone does; such words that two articles of one story
share; days between them."""


class Told(msgspec.Struct, frozen=True):
    """A claim as others are compared with: who says it, of whom and what, printed and said when, in which clauses.

    `story` are digests of what its article names, `answers` the name of whom it says that it answers.
    """

    iri: str
    article: str
    speaker: str
    speaker_name: str
    about: frozenset[str]
    published: str
    day: str
    polarity: str
    sentences: tuple[Said, ...]
    figures: tuple[Figure, ...]
    story: tuple[str, ...] = ()
    answers: str = ""
    brief: bool = True


class Meeting(msgspec.Struct, frozen=True):
    """Two claims that bear on each other, the later one as the source."""

    source: Told
    target: Told
    type: str
    basis: str
    rationale: str
    confidence: float
    likeness: float


def meet(claims: Iterable[Told], *, workers: Workers | None = None) -> list[Meeting]:
    """The claims of different articles that bear on each other, the likest first, at most MOST for each; claims in any order.

    Which sentences are alike is found by `workers`, where there are any.
    """
    found: dict[tuple[str, str], Meeting] = {}
    with TemporaryFile() as file:
        shelf = _Shelf(file, claims)
        for one, other, story in shelf.alike(workers):
            meeting = _best(shelf.read(one), shelf.read(other), story=story)
            if meeting is not None:
                found[meeting.source.iri, meeting.target.iri] = meeting
    taken: Counter[str] = Counter()
    kept = []
    for meeting in sorted(found.values(), key=lambda m: (-m.likeness, m.target.published, m.source.iri, m.target.iri)):
        if max(taken[meeting.source.iri], taken[meeting.target.iri]) < MOST:
            taken.update((meeting.source.iri, meeting.target.iri))
            kept.append(meeting)
    return kept


class _Clause(NamedTuple):
    """Where a clause's claim lies on disk, of which article; numbers for its words and its figures' units; whether it is brief."""

    place: int
    article: int
    words: array[int]
    units: frozenset[int]
    brief: bool


class _Shelf:
    """Claims on disk, and in memory where each lies, of which article, and the numbers of its clauses' words."""

    def __init__(self, file: IO[bytes], claims: Iterable[Told]) -> None:
        self.file = file
        self.numbers: dict[str, int] = {}
        self.clauses: list[_Clause] = []
        self.articles: dict[str, int] = {}
        self.days: list[int] = []
        self.bearers: dict[str, list[int]] = defaultdict(list)
        for claim in claims:
            self._put(claim)

    def _put(self, claim: Told) -> None:
        place, written = self.file.tell(), msgspec.msgpack.encode(claim)
        self.file.write(len(written).to_bytes(4, "big") + written)
        if claim.article not in self.articles:
            article = self.articles[claim.article] = len(self.articles)
            self.days.append(_ordinal(claim.published))
            for digest in claim.story:
                if len(self.bearers[digest]) <= RARE:
                    self.bearers[digest].append(article)
        article = self.articles[claim.article]
        units = frozenset(self.numbers.setdefault(f.unit, len(self.numbers)) for f in claim.figures)
        for said in claim.sentences:
            if len(said.words) >= (LEAST if claim.brief else ECHO):
                self.clauses.append(_Clause(place, article, self._numbered(said), units, claim.brief))

    def _numbered(self, said: Said) -> array[int]:
        return array("L", (self.numbers.setdefault(word, len(self.numbers)) for word in sorted(said.words)))

    def read(self, place: int) -> Told:
        """The claim that lies there."""
        self.file.seek(place)
        length = int.from_bytes(self.file.read(4), "big")
        return msgspec.msgpack.decode(self.file.read(length), type=Told)

    def alike(self, workers: Workers | None) -> Iterator[tuple[int, int, bool]]:
        """The places of two claims of different articles with clauses that are alike, each pair once, and whether of one story."""
        given: set[tuple[int, int]] = set()
        for pairs, story in ((self._of_stories(), True), (self._anywhere(workers), False)):
            for pair in pairs:
                if pair not in given:
                    given.add(pair)
                    yield *pair, story

    def _of_stories(self) -> Iterator[tuple[int, int]]:
        """The pairs of the articles that are of one story."""
        clauses: dict[int, list[_Clause]] = defaultdict(list)
        for clause in self.clauses:
            if clause.brief:
                clauses[clause.article].append(clause)
        shared: Counter[tuple[int, int]] = Counter()
        for held in self.bearers.values():
            if len(held) <= RARE:
                shared.update(dict.fromkeys(combinations(held, 2), STORY if len(held) <= RAREST else 1))
        for (one, other), count in shared.items():
            if count >= STORY and abs(self.days[one] - self.days[other]) <= WEEKS:
                yield from _comparable(clauses[one], clauses[other])

    def _anywhere(self, workers: Workers | None) -> Iterator[tuple[int, int]]:
        """The pairs of clauses that have most of their words in common."""
        long = [(clause.place, clause.article, clause.words) for clause in self.clauses if len(clause.words) >= ECHO]
        places, articles, numbers = zip(*long, strict=True) if long else ((), (), ())
        for one, other in alike(numbers, articles, least=SAME, workers=workers):
            yield min(places[one], places[other]), max(places[one], places[other])


def _comparable(ours: list[_Clause], theirs: list[_Clause]) -> Iterator[tuple[int, int]]:
    """The places of the claims of two articles of one story that have some words, or a unit and a word, in common."""
    sets = [set(clause.words) for clause in theirs]
    for mine in ours:
        found = set(mine.words)
        for yours, words in zip(theirs, sets, strict=True):
            both = len(found & words)
            if both >= LEAST or (both and mine.units & yours.units):
                yield min(mine.place, yours.place), max(mine.place, yours.place)


def _ordinal(day: str) -> int:
    """The number of a day, 0 where none is told."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _best(a: Told, b: Told, *, story: bool) -> Meeting | None:
    """How two claims bear on each other by the two likest of their clauses that do."""
    pairs = sorted(
        ((likeness(one, other), one, other) for one in a.sentences for other in b.sentences), key=lambda p: -p[0]
    )
    return next((met for score, one, other in pairs if (met := _meeting(a, one, b, other, score, story=story))), None)


def _meeting(a: Told, one: Said, b: Told, other: Said, score: float, *, story: bool) -> Meeting | None:
    """How two clauses bear on each other; nothing where they share too little to be of the same matter."""
    if not a.speaker or not b.speaker:
        return None
    target, source = sorted((a, b), key=lambda told: (told.published, told.iri))
    if story and (met := _of_figures(source, target, *((other, one) if source is b else (one, other)), score)):
        return met
    if story and (answer := _answer(source, target, one, other, score)):
        return answer
    opposite = is_opposite(one, a.polarity == "denied", other, b.polarity == "denied")
    echo = score >= SAME and len(one.words & other.words) >= ECHO
    if not (says_same(one, other, opposite=opposite) if story else echo) or not _same_matter(
        a, one, b, other, story=story
    ):
        return None
    if opposite:
        sure = a.brief and b.brief and (story or score >= OPPOSED)
        return (
            Meeting(source, target, "contradicts", "denial of the same content", DENIAL, 0.6, score) if sure else None
        )
    if one.shows_negation != other.shows_negation and a.polarity == b.polarity:
        return None
    if numbers_in(one) != numbers_in(other):
        return None if story else _of_figures(source, target, *((other, one) if source is b else (one, other)), score)
    if _one_speaker(a, b, story=story):
        return Meeting(source, target, "restates", "same speaker, same proposition", AGAIN, 0.7, score)
    if is_verbatim(one, other):
        return Meeting(source, target, "restates", "same words", WORD_FOR_WORD, 0.5, score)
    return Meeting(source, target, "corroborates", "same proposition", SUPPORT, 0.6, score)


def _answer(source: Told, target: Told, one: Said, other: Said, score: float) -> Meeting | None:
    """What says that it answers somebody, with a claim of this one that has a word in common."""
    named = source.answers and is_named(source.answers, target.speaker_name) and source.speaker != target.speaker
    if not named or not one.words & other.words or target.day > source.day or says_same(one, other):
        return None
    return Meeting(source, target, "responds-to", "whom it answers is named", ANSWER, 0.5, score)


def _same_matter(a: Told, one: Said, b: Told, other: Said, *, story: bool) -> bool:
    """Whether they speak of the same: a common story, entity, name or speaker, and no name in each that the other has not."""
    common = story or bool(a.about & b.about or a.speaker == b.speaker or names_in(one.text) & names_in(other.text))
    return common and shares_names(one, other)


def _one_speaker(a: Told, b: Told, *, story: bool) -> bool:
    """Whether both are one speaker's: in one story also where a body that has no name of its own is called alike."""
    return a.speaker == b.speaker or (story and is_one_speaker(a.speaker_name, b.speaker_name))


def _of_figures(source: Told, target: Told, new: Said, old: Said, score: float) -> Meeting | None:
    """How claims bear on each other by a figure of each, both in the clauses that are compared."""
    if source.polarity == "denied" or target.polarity == "denied" or new.negated or old.negated:
        return None
    days, again = (source.day, target.day), _one_speaker(source, target, story=True)
    for mine in (figure for figure in source.figures if figure.text in new.text):
        for yours in (figure for figure in target.figures if figure.text in old.text):
            if found := compare(new, mine, old, yours, days=days, again=again):
                return _compared(source, target, found, (mine, yours), score)
    return None


def _compared(source: Told, target: Told, found: Compared, figures: tuple[Figure, Figure], score: float) -> Meeting:
    """What the figures of two claims make of them."""
    both = f"“{figures[0].text}” and “{figures[1].text}”"
    if found.how == "differ":
        return Meeting(
            source,
            target,
            "differs-in-scope",
            f"figures of another {found.what}",
            f"{both}: {OTHER[found.what]}",
            0.5,
            score,
        )
    if found.how == "clash":
        return Meeting(
            source,
            target,
            "contradicts",
            "another figure",
            f"{both} cannot both hold of one day. {COUNTED}",
            0.5,
            score,
        )
    if _one_speaker(source, target, story=True):
        return Meeting(
            source, target, "restates", "same speaker, figures that agree", f"{both} agree. {COUNTED}", 0.7, score
        )
    return Meeting(source, target, "corroborates", "figures that agree", f"{both} agree. {COUNTED}", 0.6, score)


DENIAL = (
    "{source} and {target} hold the opposite of each other in nearly the same words; the earlier statement is of {day}."
)
AGAIN = "{source} says again in nearly the same words what the article of {day} has."
WORD_FOR_WORD = "The same words stand for {source} here and for {target} in the article of {day}."
COUNTED = "{source} gives the first, {target} the second, by {day}: a count may have gone on in between."
OTHER = {
    "period": "{source} and {target} speak of one measure in two periods, so that neither speaks against the other.",
    "population": "{source} and {target} count in two populations or places, so that neither speaks against the other.",
    "day": "{source} gives a later count than that of {day}, so that neither speaks against the other.",
}
ANSWER = "{source} says that this answers {target}, who spoke of the same by {day}."
SUPPORT = "{source} says in nearly the same words what {target} said by {day}."


def reason(meeting: Meeting) -> str:
    """The sentence that a person can check, with the names of both speakers and the day of the earlier statement."""
    fields = {
        "{source}": meeting.source.speaker_name,
        "{target}": meeting.target.speaker_name,
        "{day}": meeting.target.day or "a day that is not told",
    }
    return re.sub(r"\{\w+\}", lambda found: fields.get(found[0], found[0]), meeting.rationale)
