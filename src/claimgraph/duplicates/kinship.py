"""Whether two articles are one story, by their words: the same text again, a part of it, or a text that was edited.

Resemblance and containment are Broder's (duplicates/sketches.py). That a form was only filled in anew ("Call with the foreign
minister of X") is told by names: a copy has hardly a name that is strange to the original, or has none that it lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from claimgraph.duplicates.sketches import (
    bands,
    estimate,
    packed,
    shared,
    shingles,
    sketch,
    unpacked,
    word_hash,
    word_hashes,
)
from claimgraph.lexicon import load_table
from claimgraph.relating.bases import words_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

SAME_TEXT = 0.95
"""Resemblance from which a text is the same at whatever time: one that is printed again years later."""
NEARLY = 0.8
"""Resemblance from which a text is the same within WEEK days: one word in twenty is another, or one paragraph in six."""
EDITED = 0.5
"""Resemblance from which it is within NEAR days: half of all the shingles of both. Below, press releases on one matter that
take paragraphs over from each other outnumber the copies."""
REWORDED, SAME_WORDS = 0.35, 0.75
"""Resemblance from which it is so too where that share of all words of both is in both: one word in ten is another, each
time in the middle of four runs. Press releases on one matter share .6 of their words."""
PART = 0.95
"""Containment from which a text is a part of another within NEAR days."""
SHORTEST_PART = 0.2
"""Resemblance of such a part with the whole, a fifth of it: shorter ones are quotations."""
OVER_AGAIN = 0.2
"""Resemblance that is enough at one address: an article that is written on as the day goes."""
UNDATED = 0.6
"""Resemblance from which a text that was edited is the same where a day is not known."""
ESTIMATED = 0.9
"""Resemblance from which a text is the same where only sketches are known, no words and no names."""
NEAR, WEEK, WEEKS = 3, 7, 14
"""Days. Copies are printed within three, by weeklies within seven; who announced a thing announces its change within two weeks."""
STRANGE = 0.05
"""Share of the names of a copy, told by how often they occur, that the original may lack, where the original lacks some too."""
STRANGE_AGAIN = 0.15
"""The same for a later version under nearly the same headline: what was added in place of what was taken out has names."""
HEADLINE = 0.6
"""Share of the words of a headline that a shorter one has, from which they are nearly the same."""
HEAD = 60
"""Words in which a story says whom it is about."""
LEAD = 12
"""Bytes of their sketch: three numbers, each of which an article that was cut behind its lead has too."""
OPENING, CLOSING = 400, 500
"""Characters in which an article says where it is from: byline and dateline, and the line below the story."""
NAME = re.compile(r"(?<=[\w,;:”\"’'(\-] )[“\"‘(]?([A-Z]\w+)")
"""A word with a capital letter inside a sentence."""
MARK = re.compile(r"\b(?:updated?|correct(?:ion|ed|s)|revised|amended|clarification)\b", re.IGNORECASE)
"""What says that an article is a later version."""


class Printed(msgspec.Struct, frozen=True):
    """An article as others are compared with: where and when it was printed, the words and names of its text.

    `words` are their hashes, `names` those with a capital letter inside a sentence, with how often they stand, `head` those
    of the first words, `lead` the beginning of the sketch of these. All are empty where the words are not to be known; then the sketch has to do.
    """

    iri: str
    id: str
    title: str
    published: str
    publisher: str
    source: str
    address: str
    sketch: bytes
    shingles: bytes = b""
    words: bytes = b""
    names: dict[str, int] = {}
    head: tuple[str, ...] = ()
    lead: bytes = b""
    credit: str = ""

    def bare(self) -> Printed:
        """The same without what its words are compared by."""
        return msgspec.structs.replace(self, sketch=b"", shingles=b"", words=b"", names={}, head=(), lead=b"")

    @property
    def keys(self) -> list[str]:
        """What brings an article together with those that it is worth comparing with: they have one of these too."""
        lead = (f"lead {at}:{self.lead[at : at + 4].hex()}" for at in range(0, len(self.lead), 4))
        return [*bands(self.sketch), *lead, *([f"at {self.address}"] if self.address else [])]

    @property
    def day(self) -> str:
        """The day of publication; where only a year, a month or nothing is known, what stands behind all days."""
        return self.published[:10] if len(self.published) >= len("2021-03-09") else "~"

    @property
    def marked(self) -> bool:
        """Whether it says that it is a later version."""
        return bool(MARK.search(self.title) or MARK.search(self.credit[:OPENING]))

    def order(self, *, credited: Container[str] = ()) -> tuple[str, bool, str, bool, str]:
        """What a story is put in order by, where these sources are `credited` in it: the first is the original."""
        return self.day, self.source not in credited, _moment(self.published) or "~", self.marked, self.iri

    def credited(self, sources: Iterable[str]) -> set[str]:
        """Those of these sources, but its own, that this article names where an article says what it is from."""
        return {source for source in sources if source and source != self.source and _named(source, self.credit)}


class Kinship(msgspec.Struct, frozen=True):
    """How alike two texts are: the share of all their shingles that both have, and of the shorter one's; counted, or estimated."""

    resemblance: float
    containment: float | None


def printed(
    iri: str, id_: str, *, text: str, title: str, published: str, publisher: str, url: str, known: bytes | None = None
) -> Printed:
    """An article to be compared; with a sketch that is `known` no word of it is."""
    link = urlsplit(url)
    host = (link.hostname or "").removeprefix("www.")
    source = publisher.casefold().strip().removeprefix("the ") or host
    address = f"{host}{link.path.rstrip('/')}?{link.query}" if link.path.strip("/") else ""
    if known is not None:
        return Printed(iri, id_, title, published, publisher or host, source, address, known)
    of = shingles(text)
    first = " ".join(text.split()[:HEAD])
    head, lead = NAME.findall(first), sketch(shingles(first))[:LEAD]
    return Printed(
        iri, id_, title, published, publisher or host, source, address, sketch(of), packed(of), packed(word_hashes(text)),
        dict(Counter(NAME.findall(text))), tuple(dict.fromkeys(head)), lead, f"{text[:OPENING]}\n{text[-CLOSING:]}",
    )  # fmt: skip


def kinship(one: Printed, other: Printed) -> Kinship | None:
    """How alike two articles are, where they are one story; texts of a few words are none."""
    found = likeness(one, other)
    if found.containment is None:
        return found if one.sketch and found.resemblance >= ESTIMATED else None
    return found if one.shingles and other.shingles and _is_one_story(one, other, found) else None


def likeness(one: Printed, other: Printed) -> Kinship:
    """How alike two articles are, to two digits and never up: 1 is what is the same. Of texts of a few words by the words alone."""
    if not one.words or not other.words:
        return Kinship(_rounded(estimate(one.sketch, other.sketch)), None)
    whole = one.shingles and other.shingles
    ours, theirs = (unpacked(article.shingles if whole else article.words) for article in (one, other))
    both = shared(ours, theirs)
    return Kinship(_rounded(both / (len(ours) + len(theirs) - both)), _rounded(both / min(len(ours), len(theirs))))


def _rounded(share: float) -> float:
    return int(share * 100) / 100


def _is_one_story(one: Printed, other: Printed, kin: Kinship) -> bool:
    """Whether texts as alike as that are one story: the less alike they are, the nearer they have to be in time."""
    resemblance, containment = kin.resemblance, kin.containment or 0
    if same_source(one, other) and one.address and one.address == other.address and resemblance >= OVER_AGAIN:
        return True
    days = _days_between(one, other)
    if (
        same_source(one, other)
        and days is not None
        and days <= WEEKS
        and resemblance >= EDITED
        and _same_headline(one, other)
    ):
        return not _strange(one, other, STRANGE_AGAIN)
    if _strange(one, other, STRANGE) or (resemblance < NEARLY and _of_others(one, other)):
        return False
    if days is not None and days > NEAR:
        return resemblance >= (SAME_TEXT if days > WEEK else NEARLY)
    part = containment >= PART and resemblance >= SHORTEST_PART
    reworded = resemblance >= REWORDED and _share_of_words(one, other) >= SAME_WORDS
    return resemblance >= (UNDATED if days is None else EDITED) or part or reworded


def _share_of_words(one: Printed, other: Printed) -> float:
    """The share of the words of both that both have."""
    ours, theirs = unpacked(one.words), unpacked(other.words)
    both = shared(ours, theirs)
    return both / (len(ours) + len(theirs) - both)


def _strange(one: Printed, other: Printed, share: float) -> bool:
    """Whether each of two texts has names that the other lacks: more than this share of all that it names."""
    return min(_lacking(one, other), _lacking(other, one)) > share


def _lacking(one: Printed, other: Printed) -> float:
    """The share of the names of an article that the other has nowhere, by how often they stand."""
    known = set(unpacked(other.words).tolist())
    gone = sum(count for name, count in one.names.items() if word_hash(name) not in known)
    return gone / max(sum(one.names.values()), 1)


def _of_others(one: Printed, other: Printed) -> bool:
    """Whether each begins with a name that the other has nowhere."""
    ours, theirs = (set(unpacked(article.words).tolist()) for article in (one, other))
    return any(word_hash(name) not in theirs for name in one.head) and any(
        word_hash(name) not in ours for name in other.head
    )


def _same_headline(one: Printed, other: Printed) -> bool:
    """Whether two headlines are nearly the same: their figures are, and one has all the words of the other."""
    short, long = sorted((words_in(one.title), words_in(other.title)), key=len)
    figures = any(word[0].isdigit() for word in long - short)
    return short <= long and not figures and len(short) >= HEADLINE * len(long) > 0


def same_source(one: Printed, other: Printed) -> bool:
    """Whether both are known to be of one publisher, or at addresses of one host."""
    return bool(one.source) and one.source == other.source


def precedes(one: Printed, other: Printed, kin: Kinship) -> bool:
    """Whether `other` is a later version of `one`: of the same source, changed, and later or said to be one."""
    if not same_source(one, other) or (kin.resemblance == 1 and one.title == other.title):
        return False
    return _is_later(other, one) or (other.marked and not one.marked)


def is_told(source: Printed, target: Printed) -> bool:
    """Whether it is told that `target` was there first; else the order is that of the IRIs alone."""
    credited = bool(source.credited([target.source]))
    return _is_later(source, target) or credited or (source.marked and not target.marked)


def _is_later(one: Printed, other: Printed) -> bool:
    """Whether an article was published on a later day, or later on the day where both tell the hour."""
    if "~" in {one.day, other.day}:
        return False
    hours = "T" in one.published and "T" in other.published
    return _moment(one.published) > _moment(other.published) if hours else one.day > other.day


def _days_between(one: Printed, other: Printed) -> int | None:
    """Days between the publications of two articles, where both days are known."""
    if "~" in {one.day, other.day}:
        return None
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)


def _moment(published: str) -> str:
    """A date-time in UTC, so that the order of its characters is that of time; another date as it is."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else published


def _named(source: str, text: str) -> bool:
    """Whether a source stands in a text, by its name in whatever case or by the short one of an agency."""
    return _stands(source, text.casefold()) or any(_stands(short, text) for short in _short(source))


@cache
def _short(source: str) -> tuple[str, ...]:
    return tuple(row[1] for row in load_table("agencies") if row[0] == source)


def _stands(words: str, text: str) -> bool:
    return words in text and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def reason(source: Printed, target: Printed, kin: Kinship, *, version: bool, ordered: bool) -> str:
    """The sentence that a person can check; `ordered` is whether it is told which was first."""
    told = [f"{kin.resemblance:.0%} of all runs of four words are in both"]
    if kin.containment is None:
        told[0] = f"by their sketches about {told[0]}"
    elif kin.containment > kin.resemblance:
        told.append(f"{kin.containment:.0%} of those of the shorter text")
    when = [f"of {article.published}" if article.published else "without a date" for article in (source, target)]
    same = f"The same source has it again, {when[0]} and {when[1]}" if version else f"One text, {when[0]} and {when[1]}"
    credit = f"; it credits {target.publisher}" if source.credited([target.source]) else ""
    unknown = "" if ordered else "; which of them was first is not told"
    return f"{same}: {', '.join(told)}{credit}{unknown}."
