"""One change planted in each of a hundred articles: whether it is found, as what it is, and what else is told to have changed.

    make bench-versions

Articles of corpora/text (CLAIMGRAPH_SHARED, default ../shared) are read with `--model fast`; in each a figure in a claim is made
another one, the name of a speaker another's, a sentence with a claim is taken out, one with a claim put in, each by turns. The
changed text is read again and compared. The exit status is 1 where less than FOUND of the changes are found.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from claimgraph.articles import load
from claimgraph.corpus import read_all
from claimgraph.duplicates.revisions import compare, spoken_of
from claimgraph.terms import part_iris

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.duplicates.revisions import Change
    from claimgraph.model import Article, Claim, Reading

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"
NUMBER, FOUND = 100, 0.9
NEW = "Mayor Ada Roos said that the northern bridge over the Elm would be repaired before the winter."


def changed(reading: Reading, kind: str) -> tuple[str, str] | None:
    """The text with one change of this kind, and the words of the claim that it is in; nothing where there is no place for it."""
    text = reading.article.text
    if kind == "added":
        at = text.find("\n", len(text) // 2)
        return (f"{text[:at]}\n{NEW}\n{text[at:]}", "northern bridge over the Elm") if at > 0 else None
    for claim in reading.claims:
        if claim.inside or not claim.source or not claim.sentence or len(claim.content) > 1:
            continue
        found = _change(reading, claim, kind)
        if found:
            start, end, words = found
            return text[:start] + words + text[end:], claim.content[0].text
    return None


def _change(reading: Reading, claim: Claim, kind: str) -> tuple[int, int, str] | None:
    """The characters to be replaced, and by what."""
    content, source, sentence = claim.content[0], claim.source, claim.sentence
    if kind == "removed" and sentence and len(reading.article.text) > 4 * len(sentence.text):
        return sentence.start, sentence.end, ""
    if kind == "speaker" and source and re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", source.text):
        return source.start, source.end, "Bo Lindqvist"
    figures = (q for q in reading.quantities if content.covers(q) and (q.value or 0) > 1)
    digits = next((m for q in figures for m in re.finditer(r"\d+", q.text)), None)
    if kind == "figure" and digits:
        quantity = next(q for q in reading.quantities if content.covers(q) and digits.string == q.text)
        return quantity.start + digits.start(), quantity.start + digits.end(), str(int(digits[0]) + 7)
    return None


def versions(readings: Iterator[Reading]) -> Iterator[tuple[str, Reading, Article, str]]:
    """What was changed, the reading of the article, the changed article, and the words of the claim that the change is in."""
    kinds = ("figure", "speaker", "removed", "added")
    wanted = cycle(kinds)
    kind = next(wanted)
    for reading in readings:
        made = changed(reading, kind)
        if made:
            yield kind, reading, msgspec.structs.replace(reading.article, text=made[0], zones=()), made[1]
            kind = next(wanted)


def main() -> int:
    """The exit status, after the table is printed."""
    if not TEXTS.is_dir():
        print(f"not measured: no texts in {TEXTS.name}")
        return 0
    articles = [*load([str(path) for path in sorted(TEXTS.glob("*.jsonl"))])][::12]
    articles = [article for article in articles if 100 <= len(article.text.split()) <= 800]
    made = [found for _, found in zip(range(NUMBER), versions(read_all(articles, model="fast")), strict=False)]
    again = read_all((article for _, _, article, _ in made), model="fast")
    planted, found, noise, claims = Counter(), Counter(), Counter(), Counter()
    for (kind, old, _, words), new in zip(made, again, strict=True):
        changes = compare(*(spoken_of(reading, part_iris(reading, "x")) for reading in (old, new)))
        right = [change for change in changes if _is(change, kind, words)]
        planted[kind] += 1
        found[kind] += bool(right)
        claims[kind] += len(old.claims)
        noise[kind] += sum(change.kinds != ("none",) and change not in right for change in changes)
    for kind in planted:
        print(
            f"{kind:8} {found[kind]:3} of {planted[kind]:3} found; {noise[kind]:3} other changes told of {claims[kind]} claims"
        )
    share = found.total() / planted.total()
    print(f"{share:.0%} found; {noise.total() / claims.total():.1%} of the claims told to have changed beside")
    return int(share < FOUND)


def _is(change: Change, kind: str, words: str) -> bool:
    """Whether a change is the planted one, or tells of it in a claim round it."""
    text = " ".join(side.text for side in (change.old, change.new) if side)
    return kind in change.kinds and (
        words in text or text in words or (change.old is not None and words in change.old.text)
    )


if __name__ == "__main__":
    raise SystemExit(main())
