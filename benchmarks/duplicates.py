"""Copies planted among real articles: how many are found by what was done to them, what else is found, and the cost.

    make bench-duplicates       [ARGS="--pairs FILE"]

The articles are those of corpora/text (CLAIMGRAPH_SHARED, default ../shared). Of every fifth article of 100 to 1,500 words one copy is
made, of the next kind each time. Forms are no copies: the article with other names in the place of all of its own, or of
the two that stand most often. The exit status is 1 where less than FOUND of the copies is found, or less than RIGHT of what is found is right. `--pairs`
writes what is found among the articles themselves, to be read by people.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter, defaultdict
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain, cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from claimgraph.articles import load
from claimgraph.duplicates.copies import find_copies
from claimgraph.duplicates.kinship import NAME, printed

if TYPE_CHECKING:
    from claimgraph.duplicates.copies import Derivation
    from claimgraph.duplicates.kinship import Printed
    from claimgraph.model import Article

    Compared: TypeAlias = tuple[Printed, tuple[()]]

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "text"
READING = 0.13
"""Core-seconds that an article takes to be read with `--model fast` (docs/scale.md)."""
FOOTER = """Subscribe to our daily letter and never miss a story. All rights reserved. This material may not be published, \
broadcast, rewritten or redistributed without permission. Follow us for more news from your region, and write to our \
readers' desk if you find a mistake in this report."""
OTHERS = ["some", "likely", "perhaps", "major", "former", "local", "new", "recent", "early", "key", "public", "open"]
STARTS = ("Bor", "Cal", "Dem", "Fal", "Gor", "Hul", "Jas", "Kel", "Lom", "Nev")
STRANGERS = [f"{start}{end}" for start in STARTS for end in ("ak", "ino", "ersen", "ova")]
FOUND, RIGHT = 0.95, 0.98
"""Share of the copies that must be found, and of what is found that must be right: names of a form that are words of the text
too are not seen."""


def draws(text: str, number: int) -> list[float]:
    """So many numbers from 0 to 1 that a text decides."""
    digests = (sha256(f"{at}{text}".encode()).digest() for at in range(number))
    return [int.from_bytes(each[:4], "big") / 2**32 for each in digests]


def edited(text: str, share: float) -> str:
    """A text in which this share of the words is others."""
    words = re.split(r"(\s+)", text)
    chances = draws(text, len(words))
    return "".join(
        OTHERS[int(chance / share * len(OTHERS))] if chance < share and word.strip() else word
        for word, chance in zip(words, chances, strict=True)
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, of one that has but two its sentences."""
    found = [each for each in text.split("\n") if each.strip()]
    return found if len(found) > 2 else re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", text)


def first_share(text: str, share: float) -> str:
    """The first words of a text, this share of all."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def form(text: str, number: int | None = None) -> str:
    """A text with other names in the place of its own, or of this number of those that stand most often."""
    names = [name for name, _ in Counter(NAME.findall(text)).most_common(number)]
    others = {name: STRANGERS[at % len(STRANGERS)] + "x" * (at // len(STRANGERS)) for at, name in enumerate(names)}
    return re.sub(r"\b[A-Z]\w+", lambda word: others.get(word[0], word[0]), text)


KINDS = {
    "same words": lambda text, _: text,
    "typography, case": lambda text, _: re.sub(r"\s+", " ", text.replace('"', "”").replace("'", "’")).upper(),
    "footer": lambda text, _: f"{text}\n\n{FOOTER}",
    "header, footer": lambda text, _: f"From our partners in the newsroom, this morning.\n\n{text}\n\n{FOOTER}",
    "without its lead": lambda text, _: "\n".join(paragraphs(text)[1:]),
    "one paragraph more": lambda text, other: f"{text}\n\n{' '.join(other.split()[:60])}",
    "last third cut": lambda text, _: first_share(text, 2 / 3),
    "first half": lambda text, _: first_share(text, 1 / 2),
    "first quarter": lambda text, _: first_share(text, 1 / 4),
    "paragraphs in another order": lambda text, _: "\n".join(paragraphs(text)[::-1]),
    "1 word in 50 another": lambda text, _: edited(text, 0.02),
    "1 word in 20 another": lambda text, _: edited(text, 0.05),
    "1 word in 10 another": lambda text, _: edited(text, 0.10),
}
FORMS = {
    "form, all names others": lambda text, _: form(text),
    "form, two names others": lambda text, _: form(text, 2),
}


def planted(articles: list[Article]) -> dict[str, list[Compared]]:
    """Copies and forms by what was done; their ids are those of the articles that they were made of, and that."""
    made = cycle((KINDS | FORMS).items())
    chosen = [article for article in articles[::5] if 100 <= len(article.text.split()) <= 1500]
    found = defaultdict(list)
    for article, other in pairwise(chosen):
        kind, change = next(made)
        day = article.published if article.published and len(article.published) == 10 else None
        later = (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else ""
        text = change(article.text, other.text)
        found[kind].append(compared(f"{article.id} {kind}", text, "What we know so far", later, "The Copyist"))
    return found


def compared(id_: str, text: str, title: str, published: str, publisher: str, url: str = "") -> Compared:
    """An article as it is compared, without claims."""
    return printed(f"urn:{id_}", id_, text=text, title=title, published=published, publisher=publisher, url=url), ()


def main() -> int:
    """The exit status, after the figures are printed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=Path, metavar="FILE", help="write what is found among the articles themselves")
    asked = options.parse_args()
    if not TEXTS.is_dir():
        print(f"not measured: no texts in {TEXTS.name}")
        return 0
    articles = [*load([str(path) for path in sorted(TEXTS.glob("*.jsonl"))])]
    real, own = cost(articles)
    if asked.pairs:
        rows = ({"source": f.source.id, "target": f.target.id, "type": f.type} for f in own)
        asked.pairs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return score(planted(articles), real, {(found.source.id, found.target.id) for found in own})


def cost(articles: list[Article]) -> tuple[list[Compared], tuple[Derivation, ...]]:
    """The articles as they are compared and what derives from what; what that takes is printed."""
    started = time.process_time()
    real = [compared(a.id, a.text, a.title or "", a.published or "", a.publisher or "", a.url or "") for a in articles]
    prepared = time.process_time()
    own = find_copies(real).derivations
    done = time.process_time()
    sketching, comparing = ((end - begin) / len(articles) for begin, end in ((started, prepared), (prepared, done)))
    share = (sketching + comparing) / READING
    print(
        f"{len(articles):,} articles: {sketching * 1000:.2f} ms to sketch, {comparing * 1000:.2f} ms to compare each,"
    )
    print(f"{share:.1%} of reading; among them {dict(Counter(found.type for found in own))}")
    return real, own


def score(made: dict[str, list[Compared]], real: list[Compared], known: set[tuple[str, str]]) -> int:
    """The exit status, after it is printed how many of each kind were found and what else was."""
    pairs = {(f.source.id, f.target.id) for f in find_copies([*real, *chain(*made.values())]).derivations} - known
    ids = {article.id: kind for kind, each in made.items() for article, _ in each}
    story = {name: min(pair) for pair in known for name in pair}
    right, wrong = Counter[str](), []
    for source, target in sorted(pairs):
        base, other = (name.removesuffix(f" {ids.get(name, '')}") for name in (source, target))
        if story.get(base, base) == story.get(other, other) and ids.get(source) in KINDS:
            right[ids[source]] += 1
        else:
            wrong.append((source, target))
    for kind in KINDS:
        print(f"{kind:30} {right[kind]:4} of {len(made[kind]):4} found  {right[kind] / len(made[kind]):.0%}")
    for kind in FORMS:
        taken = sum(ids.get(name) == kind for pair in wrong for name in pair[:1])
        print(f"{kind:30} {taken:4} of {len(made[kind]):4} taken for copies")
    recall = right.total() / sum(len(made[kind]) for kind in KINDS)
    precision = right.total() / (right.total() + len(wrong))
    print(f"recall {recall:.1%}, precision on what was planted {precision:.1%}")
    for pair in wrong:
        print("wrong:", *pair)
    return int(recall < FOUND or precision < RIGHT)


if __name__ == "__main__":
    raise SystemExit(main())
