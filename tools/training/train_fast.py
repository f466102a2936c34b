"""Trains the two CRFs and writes the files that ship: cues.crfsuite, roles.crfsuite.

usage: train_fast.py FOLDER GOLD... [--texts TEXT.jsonl ...] [--fold N]

Beside the gold it is given articles that the accurate tagger labelled (label.py): a CRF learns words one by one, and
eight hundred articles more than the gold has are worth two points on news that neither saw.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pycrfsuite
from data import Document, load

from claimgraph.attribution.crf import Words, paragraphs
from claimgraph.claims import find_rules

PARAMETERS = {
    "c1": 0.1,
    "c2": 0.1,
    "max_iterations": 100,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}


def labels(count: int, spans: list[tuple[str, int, int]]) -> list[str]:
    """BIO labels of `count` words with lettered spans, which may stick out at either end."""
    found = ["O"] * count
    for letter, first, last in spans:
        for i in range(max(first, 0), min(last, count)):
            found[i] = ("B-" if i == first else "I-") + letter
    return found


def add(cues: pycrfsuite.Trainer, roles: pycrfsuite.Trainer, doc: Document) -> None:
    """Nothing; both trainers have the article."""
    words = Words(doc.parse, doc.quotations, find_rules(doc.parse, doc.quotations))
    marked = [(gold, gold.cue) for gold in doc.gold if gold.cue]
    wanted = labels(len(doc.parse.tokens), [("C", *cue) for _, cue in marked])
    for first, last in paragraphs(doc.parse):
        cues.append([words.alone(i) for i in range(first, last)], wanted[first:last])
    for gold, cue in marked:
        begin, rows = words.around(*cue)
        spans = [("K", a - begin, b - begin) for a, b in gold.content]
        if gold.source:
            spans.append(("S", gold.source[0] - begin, gold.source[1] - begin))
        roles.append(rows, labels(len(rows), spans))


def main() -> None:
    """Train on the given articles and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--texts", action="append", type=Path, default=[])
    parser.add_argument("--fold", type=int)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    trainers = {name: pycrfsuite.Trainer(algorithm="lbfgs", verbose=False) for name in ("cues", "roles")}
    for path in given.gold:
        for doc in load(path, given.texts):
            if doc.fold != given.fold:
                add(trainers["cues"], trainers["roles"], doc)
    for name, trainer in trainers.items():
        start = time.monotonic()
        trainer.set_params(PARAMETERS)
        trainer.train(str(given.folder / f"{name}.crfsuite"))
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
