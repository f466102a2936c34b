"""Labels unannotated articles with the accurate tagger and the rules: what the fast tagger learns from beside the gold.

usage: label.py OUT.jsonl COUNT TEXT.jsonl... [--exclude GOLD.jsonl ...]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from claimgraph.attribution import find_attributions
from claimgraph.claims import find_claims, find_rules
from claimgraph.language import parse_article
from claimgraph.model import Article, Span
from claimgraph.speech.quotations import find_quotations
from claimgraph.speech.tagged import to_drafts

SHORTEST, LONGEST = 700, 5000
"""Characters of an article worth labelling: shorter ones are notices, longer ones transcripts and bills."""


def rank(found: dict[str, Any]) -> str:
    """The place of an article in the choice: the same each time, and of no topic."""
    return hashlib.sha1(found["id"].encode()).hexdigest()


def label(found: dict[str, Any]) -> dict[str, Any]:
    """The article with what tagger and rules together make of it."""
    parse = parse_article(Article(id=found["id"], text=found["text"]))
    quotations = find_quotations(parse)
    ruled = find_rules(parse, quotations)
    tagged = find_attributions(parse, quotations, ruled, model="accurate")
    drafts = find_claims(parse, quotations, ruled, to_drafts(parse, tagged, quotations, name="accurate"))
    claims = [
        {"source": bounds(d.source), "cue": bounds(d.cue), "content": [bounds(s) for s in d.content]} for d in drafts
    ]
    return {"id": found["id"], "text": found["text"], "claims": claims}


def bounds(span: Span | None) -> dict[str, int] | None:
    """The span as gold has it."""
    return {"start": span.start, "end": span.end} if span else None


def main() -> None:
    """Label COUNT articles of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--exclude", action="append", type=Path, default=[])
    given = parser.parse_args()
    known = {json.loads(line)["id"] for path in given.exclude for line in path.open(encoding="utf-8")}
    with given.out.open("w", encoding="utf-8") as out:
        for path in given.texts:
            docs = [d for d in map(json.loads, path.open(encoding="utf-8")) if d["id"] not in known]
            fit = sorted((d for d in docs if SHORTEST < len(d["text"]) < LONGEST), key=rank)
            out.writelines(json.dumps(label(d)) + "\n" for d in fit[: given.count])


if __name__ == "__main__":
    main()
