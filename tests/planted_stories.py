"""Stories told by three invented sources each, with the relations of their claims planted: how many of them are found.

`python tests/planted_stories.py` prints the figures by kind and each relation that was missed or is none. A planted relation
names both claims by words that stand once in their articles (planted/*.jsonl); kinds are those of KINDS.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claimgraph.identity import identify
from claimgraph.iris import Iris
from claimgraph.model import Article, Reading
from claimgraph.reader import read
from claimgraph.relating.across import told_of
from claimgraph.relating.meetings import meet
from claimgraph.terms import part_iris

PLANTED = Path(__file__).parent / "planted"
KINDS = {
    "again": {"restates"},
    "same": {"restates", "corroborates"},
    "deny": {"contradicts"},
    "agree": {"restates", "corroborates"},
    "clash": {"contradicts"},
    "scope": {"differs-in-scope"},
    "reply": {"responds-to", "contradicts"},
    "other": {"differs-in-scope"},
    "apart": set(),
}
"""What was planted, and the types of relation that tell it: `same` is said by another, `other` a figure of something else,
which need not be related, `apart` no relation at all."""
DECOYS = {"other", "apart"}
MOST = 0.6
"""Share of the planted words, or of a claim that is shorter, that must be in both."""


class Place(NamedTuple):
    """Words of an article."""

    article: str
    start: int
    end: int


class Planted(NamedTuple):
    """A relation that is to be found, or with kind `apart` is not."""

    kind: str
    source: Place
    target: Place


class Found(NamedTuple):
    """A relation that was found, on which basis, with the places of both contents."""

    type: str
    basis: str
    source: tuple[Place, ...]
    target: tuple[Place, ...]


class Score(NamedTuple):
    """Found and planted relations by kind, those missed, and those found that are none."""

    found: Counter[str]
    planted: Counter[str]
    missed: list[Planted]
    wrong: list[Found]

    @property
    def recall(self) -> float:
        """The share of the planted relations that was found."""
        return self.found.total() / self.planted.total()

    @property
    def precision(self) -> float:
        """The share of what was found that was planted."""
        return self.found.total() / (self.found.total() + len(self.wrong))


@cache
def stories(file: str = "stories") -> tuple[dict[str, object], ...]:
    """The sets as they are written."""
    return tuple(map(json.loads, (PLANTED / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()))


def planted(story: dict) -> list[Planted]:
    """The relations of a set by the places of their words."""
    texts = {article["id"]: article["text"] for article in story["articles"]}

    def place(article: str, words: str) -> Place:
        assert texts[article].count(words) == 1, (article, words)
        start = texts[article].index(words)
        return Place(article, start, start + len(words))

    return [
        Planted(r["kind"], place(r["from"], r["from_words"]), place(r["to"], r["to_words"])) for r in story["relations"]
    ]


@cache
def readings(file: str = "stories") -> tuple[tuple[Reading, ...], ...]:
    """The articles of each set, read."""
    return tuple(
        tuple(read(Article(**fields)) for fields in story["articles"])  # type: ignore[arg-type]
        for story in stories(file)
    )


def relations(held: tuple[Reading, ...]) -> list[Found]:
    """All relations inside and across the articles of a set."""
    iris = Iris()
    places, found = {}, []
    for reading in held:
        at = part_iris(reading, iris.article(reading.article.id))
        own = {c.id: tuple(Place(reading.article.id, s.start, s.end) for s in c.content) for c in reading.claims}
        places |= {at[id_]: spans for id_, spans in own.items()}
        found += [Found(r.type, r.basis, own[r.source], own[r.target]) for r in reading.relations]
    links = identify(held, iris=iris)
    for meeting in meet(told for reading in held for told in told_of(reading, links, iris=iris)):
        found.append(Found(meeting.type, meeting.basis, places[meeting.source.iri], places[meeting.target.iri]))
    return found


def holds(spans: tuple[Place, ...], place: Place) -> bool:
    """Whether a claim has most of the words of a place."""
    inside = sum(max(0, min(s.end, place.end) - max(s.start, place.start)) for s in spans if s.article == place.article)
    whole = sum(s.end - s.start for s in spans if s.article == place.article)
    return inside >= MOST * min(place.end - place.start, whole) > 0


@cache
def score(file: str = "stories") -> Score:
    """How the relations of all sets were told."""
    got, wanted, missed, wrong = Counter[str](), Counter[str](), list[Planted](), list[Found]()
    for story, held in zip(stories(file), readings(file), strict=True):
        found, gold = relations(held), planted(story)
        right = set[int]()
        for each in gold:
            fits = [
                i
                for i, f in enumerate(found)
                if f.type in KINDS[each.kind]
                and (
                    (holds(f.source, each.source) and holds(f.target, each.target))
                    or (f.type != "responds-to" and holds(f.source, each.target) and holds(f.target, each.source))
                )
            ]
            right.update(fits)
            if each.kind not in DECOYS:
                wanted[each.kind] += 1
                got[each.kind] += bool(fits)
                missed += [] if fits else [each]
        wrong += [f for i, f in enumerate(found) if i not in right]
    return Score(got, wanted, missed, wrong)


def main(file: str = "stories") -> None:
    """Nothing; the figures and what went wrong are printed."""
    found = score(file)
    texts = {a["id"]: a["text"] for story in stories(file) for a in story["articles"]}
    claims = defaultdict(list)
    for held in readings(file):
        for reading in held:
            claims[reading.article.id] += [
                tuple(Place(reading.article.id, s.start, s.end) for s in c.content) for c in reading.claims
            ]

    def words(*spans: Place) -> str:
        return " … ".join(texts[s.article][s.start : s.end].replace("\n", " ") for s in spans)

    def unread(place: Place) -> str:
        return "" if any(holds(spans, place) for spans in claims[place.article]) else " (no claim)"

    lines = [f"recall {found.recall:.3f} precision {found.precision:.3f}"]
    lines += [f"  {kind}: {found.found[kind]} of {found.planted[kind]}" for kind in KINDS if found.planted[kind]]
    lines += [
        f"missed {m.kind}: {m.source.article} {words(m.source)!r}{unread(m.source)} - "
        f"{m.target.article} {words(m.target)!r}{unread(m.target)}"
        for m in found.missed
    ]
    lines += [
        f"wrong {f.type} ({f.basis}): {f.source[0].article} {words(*f.source)!r} - {f.target[0].article} {words(*f.target)!r}"
        for f in found.wrong
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
