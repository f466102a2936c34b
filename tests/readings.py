"""Texts of a few sentences, read: what the tests of the extractors ask of a reading."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from claimgraph.model import Article, to_annotation
from claimgraph.reader import read

THURSDAY = "2023-03-23"


@lru_cache
def reading(text: str, published: str | None = THURSDAY) -> dict[str, Any]:
    """The annotation of a text, as it is written to a file."""
    annotation: dict[str, Any] = json.loads(
        json.dumps(to_annotation(read(Article(id="a", text=text, published=published))))
    )
    return annotation


def claims(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    """(source, cue, pieces of content) of each claim in text order."""
    return [
        (c["source"] and c["source"]["text"], c["cue"] and c["cue"]["text"], [s["text"] for s in c["content"]])
        for c in reading(text)["claims"]
    ]


def claim(text: str, cue: str) -> dict[str, Any]:
    """The one claim with this cue."""
    (found,) = [c for c in reading(text)["claims"] if c["cue"] and c["cue"]["text"] == cue]
    return found


def actors(text: str) -> dict[str, list[str]]:
    """Entity name to the words of its mentions."""
    r = reading(text)
    return {e["name"]: [m["text"] for m in r["mentions"] if m["entity"] == e["id"]] for e in r["entities"]}


def events(text: str) -> list[dict[str, Any]]:
    """Events of a kind, in text order."""
    return [e for e in reading(text)["events"] if e["type"] != "other"]


def name(text: str, entity: str | None) -> str | None:
    """The name of an entity."""
    return next((e["name"] for e in reading(text)["entities"] if e["id"] == entity), None)
