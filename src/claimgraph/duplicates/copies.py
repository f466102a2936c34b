"""Which articles are copies of others, or later versions of them: found among any number, and then proved two by two.

    article -> shingles, sketch, claims         -> a file; the bands of the sketch -> sorted runs
    sorted runs -> articles with a band in common -> read again, compared exactly -> stories
    story -> for each article but the first the one that it derives from -> claim by claim (duplicates/revisions.py)

Memory holds two numbers an article, and what derives from what.
"""

from __future__ import annotations

from collections import defaultdict, deque
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from claimgraph.building.sorting import Sorter
from claimgraph.duplicates.kinship import Kinship, Printed, is_told, kinship, precedes, same_source
from claimgraph.duplicates.revisions import Change, Spoken, compare
from claimgraph.duplicates.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.relating.meetings import Told

RUN = 16_000_000
"""Bytes of lines that are sorted at once: an article has 5,000."""
LEADERS = 8
"""Articles with a band in common that the next one is compared with, the last of those that are no copies: of a form that
an office fills in each day there may be thousands."""


DerivationType: TypeAlias = Literal["copy", "version"]


class Derivation(msgspec.Struct, frozen=True):
    """That an article is a copy of another, or a later version: `source` derives from `target`; and what became of each claim.

    `told` is whether it is told which of them was first.
    """

    source: Printed
    target: Printed
    type: DerivationType
    kinship: Kinship
    changes: tuple[Change, ...]
    told: bool = True

    @classmethod
    def of(
        cls,
        source: Printed,
        target: Printed,
        type_: DerivationType,
        kin: Kinship,
        old: Sequence[Spoken],
        new: Sequence[Spoken],
    ) -> Derivation:
        """The derivation of an article whose claims are `new` from one whose claims are `old`."""
        return cls(source, target, type_, kin, compare(old, new))

    def without_words(self) -> Derivation:
        """The same without the words of the articles and of claims that are the same: of a corpus all derivations are held."""
        changes = tuple(change.without_words() if change.kinds == ("none",) else change for change in self.changes)
        return Derivation(self.source.bare(), self.target.bare(), self.type, self.kinship, changes, self.told)


class Copies:
    """What derives from what: the derivations in the order of their sources' IRIs."""

    def __init__(self, derivations: Iterable[Derivation] = ()) -> None:
        self.derivations = tuple(sorted(derivations, key=lambda found: found.source.iri))
        target = {found.source.iri: found.target.iri for found in self.derivations}
        self.story = {article: _first(article, target) for article in target}
        self.carried = {
            change.new.iri for found in self.derivations for change in found.changes if change.new and change.carried
        }

    def once(self, told: Iterable[Told]) -> Iterator[Told]:
        """Claims as those of other articles are compared with them, each once: without those that are there before, the others as their story's."""
        for claim in told:
            if claim.iri not in self.carried:
                story = self.story.get(claim.article)
                yield msgspec.structs.replace(claim, article=story) if story else claim


NO_COPIES = Copies()


def _first(article: str, target: dict[str, str]) -> str:
    """The article that all of a story derive from."""
    while article in target:
        article = target[article]
    return article


def find_copies(printed: Iterable[tuple[Printed, tuple[Spoken, ...]]], *, folder: Path | None = None) -> Copies:
    """What derives from what among articles, which come in any order; what is being compared is on disk in `folder`.

    The first of a story is the one that was published first, of one day the one that another credits, else the one with
    the least IRI. The others derive from it, or from the first that they are alike to; a later version from the last
    one before it.
    """
    with TemporaryDirectory(dir=folder) as place:
        shelf = _Printed(Path(place), printed)
        found = list(shelf.derivations())
        shelf.close()
    return Copies(found)


class _Printed:
    """Articles on disk, where each lies, and the lines that bring together which are worth comparing."""

    def __init__(self, folder: Path, printed: Iterable[tuple[Printed, tuple[Spoken, ...]]]) -> None:
        self.shelf, self.sorter = Shelf(folder), Sorter(folder / "bands", run=RUN)
        self.places: list[tuple[int, int]] = []
        for number, (article, spoken) in enumerate(printed):
            self.places.append((self.shelf.put(article), self.shelf.put(spoken)))
            mark = f"\t{article.day}\t{article.iri}\t{number}\n"
            self.sorter.add((key + mark).encode() for key in article.keys)
        self.read = lru_cache(64)(self._read)
        self.kin = lru_cache(1 << 14)(self._kin)

    def _read(self, number: int) -> Printed:
        return self.shelf.get(self.places[number][0], Printed)

    def _kin(self, pair: tuple[int, int]) -> Kinship | None:
        return kinship(*map(self.read, pair))

    def related(self, one: int, other: int) -> Kinship | None:
        """How two articles are alike, if they are one story."""
        return self.kin((min(one, other), max(one, other)))

    def close(self) -> None:
        """Nothing; the file is gone."""
        self.shelf.close()

    def derivations(self) -> Iterator[Derivation]:
        """What derives from what, story by story."""
        for story in self._stories():
            sources = frozenset(self.read(number).source for number in story)
            credited = {source for number in story for source in self.read(number).credited(sources)}
            ordered = sorted(story, key=lambda number: self.read(number).order(credited=credited))
            for at, number in enumerate(ordered):
                yield from self._derivation(number, ordered[:at])

    def _derivation(self, number: int, earlier: list[int]) -> Iterator[Derivation]:
        """From which of the earlier ones an article derives; from none where it is alike to none of them."""
        before = self._version_before(number, earlier)
        alike = (other for other in earlier if self.related(other, number))
        parent = before if before is not None else next(alike, None)
        if parent is not None and (kin := self.related(parent, number)):
            said, says = self._spoken(parent), self._spoken(number)
            kind: DerivationType = "copy" if before is None else "version"
            mine, other = self.read(number), self.read(parent)
            found = Derivation.of(mine, other, kind, kin, said, says).without_words()
            yield msgspec.structs.replace(found, told=is_told(mine, other))

    def _version_before(self, number: int, earlier: list[int]) -> int | None:
        """The last of the earlier ones that an article is a later version of; the last LEADERS of its source are looked at."""
        mine = self.read(number)
        ours = (other for other in reversed(earlier) if same_source(self.read(other), mine))
        pairs = ((other, self.related(other, number)) for other in islice(ours, LEADERS))
        return next((other for other, kin in pairs if kin and precedes(self.read(other), mine, kin)), None)

    def _spoken(self, number: int) -> tuple[Spoken, ...]:
        return self.shelf.get(self.places[number][1], tuple[Spoken, ...])

    def _stories(self) -> list[list[int]]:
        """The articles that are alike, each with those that it is alike to through others."""
        leader: dict[int, int] = {}

        def _lead(number: int) -> int:
            while leader.get(number, number) != number:
                number = leader[number]
            return number

        for one, other in self._alike():
            first, second = sorted((_lead(one), _lead(other)))
            leader[second] = first
            leader.setdefault(first, first)
        stories: dict[int, list[int]] = defaultdict(list)
        for number in sorted(leader):
            stories[_lead(number)].append(number)
        return list(stories.values())

    def _alike(self) -> Iterator[tuple[int, int]]:
        """Pairs of articles that are alike, enough of them to bring each story together."""
        for _, lines in groupby(self.sorter.merged(), key=lambda line: line.partition(b"\t")[0]):
            leaders: deque[int] = deque(maxlen=LEADERS)
            for line in lines:
                number = int(line.rpartition(b"\t")[2])
                found = next((other for other in leaders if self.related(other, number)), None)
                if found is None:
                    leaders.append(number)
                else:
                    yield found, number
