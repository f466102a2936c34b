"""The ledger of what people decided: curation.jsonl in the folder of a graph, a line for each decision, never rewritten.

A decision is about an item: a claim, its speaker, a figure, another name, who somebody is, how two claims bear on each
other, or whether two events are one happening. The item is known by the article, the SHA-256 of its text, and the characters that it stands on; where the text
has changed, by its words. So a decision outlives a build, another version that reads, and changes elsewhere in the text.
"""

from __future__ import annotations

import os
from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import msgspec

from claimgraph.errors import SurroundingsError
from claimgraph.iris import LONG, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

FILE = "curation.jsonl"
CONTEXT = 32
"""Characters kept of what stands before and behind: they tell one place of the same words from another."""

Kind = Literal["claim", "speaker", "figure", "alias", "merge", "relation", "happening"]
Verdict = Literal["confirm", "reject", "correct"]
KINDS: tuple[Kind, ...] = get_args(Kind)
BETWEEN: tuple[Kind, ...] = ("relation", "happening")
"""Kinds of items that are links of several types between two claims or events: the value tells one from another."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class Anchor(msgspec.Struct, frozen=True, order=True):
    """Characters of one article, with what finds them again. `number` counts items of a kind on the same characters."""

    article: str
    sha256: str
    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""
    number: int = 1

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands in its text, and which of several there it is."""
        return self.start, self.end, self.number


class Item(NamedTuple):
    """What can be decided about: its characters, and for two ends those of the other, or an IRI of the authority."""

    kind: Kind
    anchor: Anchor
    value: str
    other: Anchor | str | None = None

    @property
    def key(self) -> str:
        """What an item is known by: its kind, its article, and the hash of what it stands on.

        >>> Item("claim", Anchor("a", "0", 0, 5, "words"), "").key
        'claim-ca978112-fa1c3ada1516b4d8'
        """
        ends = [
            f"{a.article}|{a.sha256}|{a.place}" if isinstance(a, Anchor) else a or "" for a in (self.anchor, self.other)
        ]
        told = self.value if self.kind in BETWEEN else ""
        return f"{self.kind}-{article_key(self.anchor.article)}-{digest(*ends, told, digits=LONG)}"


class Decision(msgspec.Struct, frozen=True):
    """What somebody decided about an item when. `value` is what was read; `correction` what it is instead.

    `instead` is the entity that a correction of a merge names: its characters in an article, or its IRI.
    """

    item: str
    kind: Kind
    anchor: Anchor
    other: Anchor | str | None
    value: str
    decision: Verdict
    correction: str
    by: str
    when: str
    note: str = ""
    instead: Anchor | str | None = None

    @property
    def articles(self) -> set[str]:
        """The ids of the articles that it is about."""
        ends = (self.anchor, self.other, self.instead)
        return {end.article for end in ends if isinstance(end, Anchor)}


class Found(NamedTuple):
    """Where an anchor's words stand in a text now; nowhere, and why."""

    start: int | None
    why: str = ""


def article_key(article: str) -> str:
    """The part of an item's key that is the same for all items of an article."""
    return digest(article)


def text_hash(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchor_at(article: str, text: str, start: int, end: int, *, hashed: str, number: int = 1) -> Anchor:
    """The anchor of `text[start:end]`; `hashed` is `text_hash(text)`."""
    before, after = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    return Anchor(article, hashed, start, end, text[start:end], before, after, number)


def find_again(anchor: Anchor, text: str, *, hashed: str) -> Found:
    r"""Where an anchor's words stand in a text: where they stood, or at the one place that can be meant.

    >>> old = anchor_at("a", "Two men. He said no.", 9, 20, hashed="1")
    >>> find_again(old, "Three men. He said no.", hashed="2"), find_again(old, "She said no.", hashed="3")
    (Found(start=11, why=''), Found(start=None, why='its words stand in the text no more'))
    """
    if anchor.sha256 == hashed and text[anchor.start : anchor.end] == anchor.words:
        return Found(anchor.start)
    places = _places(anchor.words, text)
    around = {at: _around(anchor, text, at) for at in places}
    if around.get(anchor.start) == (True, True):
        return Found(anchor.start)
    for told in ([at for at in places if all(around[at])], [at for at in places if any(around[at])], places):
        if len(told) == 1:
            return Found(told[0])
    if not places:
        return Found(None, "its words stand in the text no more")
    return Found(None, f"its words stand in the changed text {len(places)} times")


def _places(words: str, text: str) -> list[int]:
    """Each place of some words that are not part of longer ones."""
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        ends = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not ((ends[0].isalnum() and words[0].isalnum()) or (ends[1].isalnum() and words[-1].isalnum())):
            found.append(at)
        at = text.find(words, at + 1)
    return found


def _around(anchor: Anchor, text: str, at: int) -> tuple[bool, bool]:
    """Whether what stood before the words stands before them there, and what stood behind."""
    end = at + len(anchor.words)
    before, after = text[max(at - len(anchor.before), 0) : at], text[end : end + len(anchor.after)]
    return bool(before) and before == anchor.before, bool(after) and after == anchor.after


# ---- the file


def load_ledger(folder: Path) -> tuple[Decision, ...]:
    """All decisions of a folder, in the order in which they were taken in.

    Raises:
        SurroundingsError: a line of the file is none.

    """
    path = folder / FILE
    if not path.is_file():
        return ()
    decisions = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            decisions.append(msgspec.json.decode(line, type=Decision))
        except msgspec.DecodeError as error:
            raise SurroundingsError(path, f"line {number} is no decision ({error}): mend it or take it out") from None
    return tuple(decisions)


def save_ledger(folder: Path, decisions: Iterable[Decision]) -> None:
    """Nothing; these are the decisions of a folder, all of them or none on disk."""
    unfinished = folder / f".{FILE}"
    with unfinished.open("wb") as file:
        file.writelines(msgspec.json.encode(decision) + b"\n" for decision in decisions)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / FILE)


def joined(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """The old decisions and the new ones behind them, each once."""
    return tuple(dict.fromkeys([*old, *new]))


def in_time(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions as they hold, the later ones last: by day, then by time, then as they were taken in."""
    return sorted(decisions, key=lambda decision: (decision.when[:10], decision.when))


def by_article(decisions: Iterable[Decision]) -> Mapping[str, list[Decision]]:
    """The decisions about each article, in time; one that is about two is with both."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in in_time(decisions):
        for article in sorted(decision.articles):
            found[article].append(decision)
    return found


def forget(decisions: Iterable[Decision], article: str, mask: Callable[[str], str]) -> tuple[Decision, ...]:
    """The decisions but those about an article that hold words which `mask` changes: they would keep what is removed."""

    def _holds(decision: Decision) -> bool:
        ends = [end for end in (decision.anchor, decision.other, decision.instead) if isinstance(end, Anchor)]
        words = [w for end in ends for w in (end.words, end.before, end.after)]
        words += [decision.value, decision.correction, decision.note]
        return any(mask(each) != each for each in words)

    return tuple(each for each in decisions if article not in each.articles or not _holds(each))
