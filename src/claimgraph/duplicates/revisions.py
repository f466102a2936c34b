"""Two versions of an article claim by claim: which claims are new, which are gone, and what has changed in the others.

Claims are aligned one to one, the likest first: those of the same words, then those of most words in common. What has
changed is the speaker, a figure, whether it is affirmed or denied, or the wording alone.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from claimgraph.relating.bases import words_in
from claimgraph.terms import unit
from claimgraph.vocab import load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.model import Claim, Quantity, Reading

ALIKE = 0.5
"""Share of the words of both (Jaccard) from which two claims are one that was changed."""
SAME_SPEAKER = 0.35
"""The same of one speaker: whoever corrects a quotation keeps less of its words, and seldom changes whose it is."""

MARKS = str.maketrans("‘’‚“”„«»–—", "'''" + 5 * '"' + "--")
"""Quotation marks and dashes to those of a typewriter."""
AROUND = " .,;:\"'-"

ChangeType: TypeAlias = Literal["added", "removed", "speaker", "figure", "polarity", "wording", "none"]
Figure: TypeAlias = "tuple[str, float, float | None, float | None]"
"""Unit, number, and the bounds of what it says, None where it is open."""


class Spoken(msgspec.Struct, frozen=True):
    """A claim as it is compared with another: who says it, its words, where they stand, its figures, what it denies."""

    iri: str
    speaker: str
    text: str
    start: int
    end: int
    polarity: str
    negated: bool
    figures: tuple[Figure, ...]

    def bare(self) -> Spoken:
        """The same without its words and figures."""
        return msgspec.structs.replace(self, text="", figures=())


class Change(msgspec.Struct, frozen=True):
    """What became of a claim: `old` is None where it was added, `new` where it was removed."""

    old: Spoken | None
    new: Spoken | None
    kinds: tuple[ChangeType, ...]

    def without_words(self) -> Change:
        """The same without what the claims say: which they are, and where they stand."""
        return Change(self.old and self.old.bare(), self.new and self.new.bare(), self.kinds)

    @property
    def carried(self) -> bool:
        """Whether the new claim says what the old one says: it is not to be counted as one more."""
        return self.kinds in {("none",), ("wording",)}


def compare(old: Sequence[Spoken], new: Sequence[Spoken]) -> tuple[Change, ...]:
    """Each claim of two versions once, in the order of the new version, what is gone behind."""
    pairs = _aligned(old, new)
    changes = [
        Change(old[pairs[at]], claim, _kinds(old[pairs[at]], claim)) if at in pairs else Change(None, claim, ("added",))
        for at, claim in enumerate(new)
    ]
    gone = sorted(set(range(len(old))) - set(pairs.values()))
    return (*changes, *(Change(old[at], None, ("removed",)) for at in gone))


def _aligned(old: Sequence[Spoken], new: Sequence[Spoken]) -> dict[int, int]:
    """The place of the old claim for that of each new one that has one."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, there, here in sorted(_candidates(old, new)):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs


def plain(text: str) -> str:
    """A claim's words as they are compared: without case, the kind of quotation marks, and what stands round them.

    >>> plain("that “the town’s  bridge is safe,”") == plain("The town's bridge is safe")
    True
    """
    words = " ".join(unicodedata.normalize("NFKC", text).translate(MARKS).casefold().split())
    return words.strip(AROUND).removeprefix("that ").strip(AROUND)


def _candidates(old: Sequence[Spoken], new: Sequence[Spoken]) -> Iterator[tuple[tuple[float, int], int, int]]:
    """Old and new claims that may be one, the likest with the least number; of those alike who stand at the same place."""
    theirs = [words_in(claim.text) for claim in old]
    holding: dict[str, list[int]] = defaultdict(list)
    for there, words in enumerate(theirs):
        for word in words:
            holding[word].append(there)
    said = [plain(claim.text) for claim in old]
    for here, claim in enumerate(new):
        words, says = words_in(claim.text), plain(claim.text)
        near = {there for word in words for there in holding[word]}
        near |= {there for there, other in enumerate(said) if other == says}
        for there in near:
            one = same_speaker(old[there].speaker, claim.speaker)
            both = len(words & theirs[there])
            like = 1.0 if said[there] == says else both / (len(words) + len(theirs[there]) - both)
            if like >= (SAME_SPEAKER if one else ALIKE):
                yield (-like - 0.1 * one, abs(there - here)), there, here


def _kinds(old: Spoken, new: Spoken) -> tuple[ChangeType, ...]:
    """What has changed between two claims that are one; the wording where it is nothing else."""
    kinds: list[ChangeType] = []
    if old.speaker and new.speaker and not same_speaker(old.speaker, new.speaker):
        kinds.append("speaker")
    if old.figures != new.figures:
        kinds.append("figure")
    if (old.polarity, old.negated) != (new.polarity, new.negated):
        kinds.append("polarity")
    if not kinds:
        kinds.append("none" if plain(old.text) == plain(new.text) else "wording")
    return tuple(kinds)


def change_reason(old: Spoken, new: Spoken, kinds: Iterable[ChangeType]) -> str:
    """The sentence that says what has changed between two claims that are one."""
    sides = {
        "speaker": (old.speaker, new.speaker),
        "figure": (figures_told(old), figures_told(new)),
        "polarity": (_polarity(old), _polarity(new)),
    }
    told = [f"its {kind} was {sides[kind][0]} and is {sides[kind][1]}" for kind in kinds if kind in sides]
    return f"In the claim {', '.join(told)}." if told else "The claim has other words."


def figures_told(claim: Spoken) -> str:
    """The numbers of a claim, in the order of the figures."""
    return " and ".join(f"{value:,g}" for _, value, _, _ in claim.figures) or "none"


def _polarity(claim: Spoken) -> str:
    cue = claim.polarity.rpartition("Polarity")[2].lower()
    return f"{cue}, with a negation" if claim.negated else cue


def same_speaker(one: str, other: str) -> bool:
    """Whether two names may be one speaker's: a shorter form of a name ends as the longer one.

    >>> same_speaker("Ada Roos", "Roos"), same_speaker("Ada Roos", "Bo Roos"), same_speaker("", "Roos")
    (True, False, False)
    """
    short, long = sorted((one.casefold().split(), other.casefold().split()), key=len)
    return bool(short) and long[-len(short) :] == short


def spoken_of(reading: Reading, at: dict[str, str]) -> tuple[Spoken, ...]:
    """The claims of a reading in the order of the text; `at` has the IRI of each."""
    names = {entity.id: entity.name for entity in reading.entities}
    found = (
        _spoken(claim, at[claim.id], names.get(claim.source_entity or "", ""), reading) for claim in reading.claims
    )
    return in_order(found)


def in_order(claims: Iterable[Spoken]) -> tuple[Spoken, ...]:
    """Claims in the order of the text."""
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.iri)))


def _spoken(claim: Claim, iri: str, speaker: str, reading: Reading) -> Spoken:
    figures = (_figure(q, q.value) for q in reading.quantities if q.id in claim.quantities and q.value is not None)
    return Spoken(
        iri,
        speaker,
        " ".join(span.text for span in claim.content),
        min(span.start for span in claim.content),
        max(span.end for span in claim.content),
        load_concepts()["Polarity", claim.polarity].iri,
        claim.negated,
        tuple(sorted(figures, key=str)),
    )


def _figure(quantity: Quantity, value: float) -> Figure:
    """A figure with its bounds, as rdf.py writes them."""
    lower = value if quantity.comparator in {">", ">="} or quantity.upper is not None else None
    upper = quantity.upper if quantity.upper is not None else value if quantity.comparator in {"<", "<="} else None
    [known] = unit(quantity.unit).values()
    return known, float(value), _float(lower), _float(upper)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
