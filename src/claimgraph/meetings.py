"""Which claims of different articles bear on each other: who says the same again, who supports it, who contradicts it.

Claims are compared by their sentences, as those of one article are (relations.py), but only with those that share rare
words (joining.py): so the work is far less than that of all pairs. Memory holds a number for each word of a sentence; the
words are on disk.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import msgspec

from claimgraph.joining import alike
from claimgraph.propositions import Said, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from claimgraph.workers import Workers

SAME = 0.6
"""Likeness of two sentences from which they say the same or the opposite (relations.py has the same for one article)."""
VERY_SAME = 0.95
"""Likeness from which a sentence is another one again: agency copy, a press release."""
ECHO = 5
"""Words that both must have: sentences of different articles are alike by chance more often than those of one."""
MOST = 8
"""Relations of one claim to those of other articles, the likest first: what fifty papers print is told by a chain."""
ROUNDING = 0.05
"""Share by which two figures may differ and agree: "nearly 300,000" and "286,000" are one count."""
NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]*[A-Z\w]")
"""A word with a capital letter inside a sentence."""


class Figure(msgspec.Struct, frozen=True):
    """A quantity with its bounds, none of them where it is open; `text` as the article has it."""

    text: str
    unit: str
    lower: float | None
    upper: float | None


class Told(msgspec.Struct, frozen=True):
    """A claim as others are compared with: who says it, of whom and what, printed and said when, in which sentences."""

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
        for one, other in shelf.alike(workers):
            meeting = _best(shelf.read(one), shelf.read(other))
            if meeting is not None:
                found[meeting.source.iri, meeting.target.iri] = meeting
    taken: Counter[str] = Counter()
    kept = []
    for meeting in sorted(found.values(), key=lambda m: (-m.likeness, m.target.published, m.source.iri, m.target.iri)):
        if max(taken[meeting.source.iri], taken[meeting.target.iri]) < MOST:
            taken.update((meeting.source.iri, meeting.target.iri))
            kept.append(meeting)
    return kept


class _Shelf:
    """Claims on disk, and in memory where each lies, of which article, and the numbers of its sentences' words."""

    def __init__(self, file: IO[bytes], claims: Iterable[Told]) -> None:
        self.file = file
        self.numbers: dict[str, int] = {}
        self.sentences: list[tuple[int, int, array[int]]] = []
        articles: dict[str, int] = {}
        for claim in claims:
            place, written = file.tell(), msgspec.msgpack.encode(claim)
            file.write(len(written).to_bytes(4, "big") + written)
            article = articles.setdefault(claim.article, len(articles))
            for said in claim.sentences:
                if len(said.words) >= ECHO:
                    self.sentences.append((place, article, self._numbered(said)))

    def _numbered(self, said: Said) -> array[int]:
        return array("L", (self.numbers.setdefault(word, len(self.numbers)) for word in said.words))

    def read(self, place: int) -> Told:
        """The claim that lies there."""
        self.file.seek(place)
        length = int.from_bytes(self.file.read(4), "big")
        return msgspec.msgpack.decode(self.file.read(length), type=Told)

    def alike(self, workers: Workers | None) -> Iterator[tuple[int, int]]:
        """The places of two claims of different articles with sentences that are alike, each pair once."""
        places, articles, numbers = zip(*self.sentences, strict=True) if self.sentences else ((), (), ())
        pairs = ((places[one], places[other]) for one, other in alike(numbers, articles, least=SAME, workers=workers))
        return iter(dict.fromkeys(pairs))


def _best(a: Told, b: Told) -> Meeting | None:
    """How two claims bear on each other by the two likest of their sentences that do."""
    pairs = ((likeness(one, other), one, other) for one in a.sentences for other in b.sentences)
    alike = sorted((pair for pair in pairs if pair[0] >= SAME), key=lambda pair: -pair[0])
    return next((met for score, one, other in alike if (met := _meeting(a, one, b, other, score))), None)


def _meeting(a: Told, one: Said, b: Told, other: Said, score: float) -> Meeting | None:
    """How two sentences bear on each other; nothing where they share too little to be of the same matter."""
    alike = one.shows_negation == other.shows_negation
    if len(one.words & other.words) < ECHO or not a.speaker or not b.speaker or not _same_matter(a, one, b, other):
        return None
    target, source = sorted((a, b), key=lambda told: (told.published, told.iri))
    denied = [(told.polarity == "denied") != said.negated for told, said in ((a, one), (b, other))]
    if denied[0] != denied[1]:
        differ = not alike or a.polarity != b.polarity
        return (
            Meeting(source, target, "contradicts", "denial of the same content", DENIAL, 0.6, score) if differ else None
        )
    if not alike:
        return None
    if _numbers(one) != _numbers(other):
        return _of_figures(source, target, score)
    if a.speaker == b.speaker:
        return Meeting(source, target, "restates", "same speaker, same proposition", AGAIN, 0.7, score)
    if score > VERY_SAME:
        return Meeting(source, target, "restates", "same words", WORD_FOR_WORD, 0.5, score)
    return Meeting(source, target, "corroborates", "same proposition", SUPPORT, 0.6, score)


def _same_matter(a: Told, one: Said, b: Told, other: Said) -> bool:
    """Whether they speak of the same: a common entity, name or speaker, and no name in each that the other has not.

    "The people of Croatia as they celebrate" and "the people of Sweden as they celebrate" differ in a name alone.
    """
    names = [set(NAME.findall(said.text)) for said in (one, other)]
    common = bool(a.about & b.about or a.speaker == b.speaker or names[0] & names[1])
    return common and (names[0] <= names[1] or names[1] <= names[0])


def _numbers(said: Said) -> set[str]:
    return {word for word in said.words if word[0].isdigit()}


def _of_figures(source: Told, target: Told, score: float) -> Meeting | None:
    """How claims bear on each other that differ in a figure: of one sentence each, with one figure of the same unit."""
    if len(source.sentences) != 1 or len(target.sentences) != 1 or len(source.figures) != 1 or len(target.figures) != 1:
        return None
    [new], [old] = source.figures, target.figures
    if new.unit != old.unit:
        return None
    figures = f"“{new.text}” and “{old.text}”"
    if _within(new, old) and _within(old, new):
        return Meeting(source, target, "corroborates", "figures that agree", f"{figures} agree. {COUNTED}", 0.6, score)
    return Meeting(
        source, target, "contradicts", "another figure", f"{figures} cannot both hold of one day. {COUNTED}", 0.5, score
    )


def _within(one: Figure, other: Figure) -> bool:
    """Whether a figure begins below where another ends, give or take ROUNDING."""
    return one.lower is None or other.upper is None or one.lower <= other.upper + ROUNDING * abs(other.upper)


DENIAL = (
    "{source} and {target} hold the opposite of each other in nearly the same words; the earlier statement is of {day}."
)
AGAIN = "{source} says again in nearly the same words what the article of {day} has."
WORD_FOR_WORD = "The same words stand for {source} here and for {target} in the article of {day}."
COUNTED = "{source} gives the first, {target} the second, by {day}: a count may have gone on in between."
SUPPORT = "{source} says in nearly the same words what {target} said by {day}."


def reason(meeting: Meeting) -> str:
    """The sentence that a person can check, with the names of both speakers and the day of the earlier statement."""
    fields = {
        "{source}": meeting.source.speaker_name,
        "{target}": meeting.target.speaker_name,
        "{day}": meeting.target.day or "a day that is not told",
    }
    return re.sub(r"\{\w+\}", lambda found: fields.get(found[0], found[0]), meeting.rationale)
