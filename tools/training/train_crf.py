"""Trains the two CRFs. usage: train_crf.py DIR GOLD.jsonl... [--fold N]"""

import argparse
import time
from pathlib import Path

import pycrfsuite
from data import load

from claimgraph.attribution.crf import Words, paragraphs
from claimgraph.claims import find_rules


def mark(n, spans):
    """BIO labels of word ranges with a letter each."""
    y = ["O"] * n
    for letter, first, last in spans:
        for i in range(max(first, 0), min(last, n)):
            y[i] = ("B-" if i == first else "I-") + letter
    return y


def add(cues, roles, doc):
    n = len(doc.parse.tokens)
    words = Words(doc.parse, doc.quotations, find_rules(doc.parse, doc.quotations))
    y = mark(n, [("C", *g.cue) for g in doc.gold if g.cue])
    for first, last in paragraphs(doc.parse):
        cues.append([words.alone(i) for i in range(first, last)], y[first:last])
    for g in doc.gold:
        if g.cue:
            begin, rows = words.around(*g.cue)
            spans = [("K", a - begin, b - begin) for a, b in g.content] + ([("S", g.source[0] - begin, g.source[1] - begin)] if g.source else [])
            roles.append(rows, mark(len(rows), spans))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path); p.add_argument("gold", nargs="+", type=Path)
    p.add_argument("--fold", type=int, default=-1); p.add_argument("--iterations", type=int, default=100)
    p.add_argument("--c1", type=float, default=0.1); p.add_argument("--c2", type=float, default=0.1); p.add_argument("--minfreq", type=float, default=2)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    cues, roles = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False), pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for path in a.gold:
        for doc in load(path):
            if doc.fold != a.fold:
                add(cues, roles, doc)
    for name, trainer in (("cues", cues), ("roles", roles)):
        t = time.process_time()
        trainer.set_params({"c1": a.c1, "c2": a.c2, "max_iterations": a.iterations, "feature.minfreq": a.minfreq, "feature.possible_transitions": True})
        trainer.train(str(a.out / f"{name}.crfsuite"))
        print(name, (a.out / f"{name}.crfsuite").stat().st_size, f"{time.process_time() - t:.0f} s", flush=True)


main()
