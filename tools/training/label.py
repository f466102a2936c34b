"""Labels unannotated articles with the accurate tagger and the rules: what the fast one learns from beside the gold.

usage: label.py OUT.jsonl COUNT TEXT.jsonl... [--exclude GOLD.jsonl]...
"""

import argparse
import hashlib
import json
from pathlib import Path

from claimgraph.attribution import find_attributions
from claimgraph.claims import find_claims, find_rules
from claimgraph.language import parse_article
from claimgraph.model import Article
from claimgraph.quotations import find_quotations
from claimgraph.tagged import to_drafts

SHORTEST, LONGEST = 700, 5000


def rank(d):
    return hashlib.sha1(d["id"].encode()).hexdigest()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path); p.add_argument("count", type=int); p.add_argument("texts", nargs="+", type=Path)
    p.add_argument("--exclude", action="append", type=Path, default=[])
    a = p.parse_args()
    known = {json.loads(line)["id"] for path in a.exclude for line in path.open()}
    with a.out.open("w") as out:
        for path in a.texts:
            docs = [d for d in map(json.loads, path.open()) if d["id"] not in known and SHORTEST < len(d["text"]) < LONGEST]
            for d in sorted(docs, key=rank)[: a.count]:
                parse = parse_article(Article(id=d["id"], text=d["text"]))
                quotations = find_quotations(parse)
                ruled = find_rules(parse, quotations)
                tagged = to_drafts(parse, find_attributions(parse, quotations, ruled, model="accurate"), quotations, name="accurate")
                span = lambda s: {"start": s.start, "end": s.end} if s else None
                claims = [{"source": span(c.source), "cue": span(c.cue), "content": [span(s) for s in c.content]} for c in find_claims(parse, quotations, ruled, tagged)]
                out.write(json.dumps({"id": d["id"], "text": d["text"], "claims": claims}) + "\n")


main()
