"""Articles with attributions marked in the text, as people write and read them; checked strictly.

    {s1|The mayor} {c1|said} {k1|that {s2|nobody} {c2|denied} {k2|the delay}}.
    =====
    1: entity=Ana Petrova
    2: entity=unnamed; polarity=denied

Before the line of equals signs stands the text with sources (s), cues (c) and contents (k) in numbered braces that may
nest; behind it, one line for each attribution. GUIDE.md says what is marked and where spans begin and end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

OPENING = re.compile(r"\{([sck])(\d+)\|")
FOOT = re.compile(r"(\d+): *(.*)$")
KEYS = {"s": "source", "c": "cue", "k": "content"}
POLARITIES = ("affirmed", "denied", "questioned")


def read_marked(path: Path) -> dict[str, Any]:
    """The article as {"id", "text", "claims"} with half-open offsets in code points; ValueError names what is wrong in the file."""
    body, line, foot = path.read_text(encoding="utf-8").partition("\n=====\n")
    if not line:
        raise ValueError(f'{path.name}: no line "=====" between text and foot')
    text, marks = _unmark(body, path.name)
    told = dict(_foot(foot, path.name))
    claims = []
    for number in sorted({n for _, n, _, _ in marks}):
        spans = {k: [{"start": s, "end": e} for kind, n, s, e in marks if (kind, n) == (k, number)] for k in KEYS}
        if not spans["k"] or len(spans["s"]) > 1 or len(spans["c"]) > 1:
            raise ValueError(f"{path.name}: {number} needs content, and at most one source and one cue")
        if number not in told:
            raise ValueError(f"{path.name}: {number} has no line in the foot")
        claims.append(
            {
                "source": next(iter(spans["s"]), None),
                "cue": next(iter(spans["c"]), None),
                "content": spans["k"],
                "source_entity": told[number].get("entity"),
                "polarity": told[number].get("polarity", POLARITIES[0]),
            }
        )
    if len(told) != len(claims):
        raise ValueError(f"{path.name}: a line of the foot belongs to nothing in the text")
    return {"id": path.stem, "text": text, "claims": claims}


def _unmark(body: str, name: str) -> tuple[str, list[tuple[str, int, int, int]]]:
    """The text without braces; kind, number, start and end of each marked span."""
    text: list[str] = []
    opened: list[tuple[str, int, int]] = []
    marks: list[tuple[str, int, int, int]] = []
    at = 0
    while at < len(body):
        opening = OPENING.match(body, at)
        if opening:
            opened.append((opening[1], int(opening[2]), len(text)))
            at = opening.end()
            continue
        if body[at] == "{" or (body[at] == "}" and not opened):
            raise ValueError(f"{name}: stray brace near {body[max(0, at - 30) : at + 10]!r}")
        if body[at] == "}":
            marks.append((*opened.pop(), len(text)))
        else:
            text.append(body[at])
        at += 1
    if opened:
        raise ValueError(f"{name}: never closed: {opened}")
    return "".join(text), marks


def _foot(foot: str, name: str) -> list[tuple[int, dict[str, str]]]:
    """Number and fields of each attribution."""
    found = []
    for line in filter(str.strip, foot.splitlines()):
        match = FOOT.match(line)
        if not match:
            raise ValueError(f"{name}: line of the foot not understood: {line!r}")
        fields = dict(part.strip().split("=", 1) for part in match[2].split(";") if "=" in part)
        if fields.get("polarity", POLARITIES[0]) not in POLARITIES:
            raise ValueError(f"{name}: no such polarity: {line!r}")
        found.append((int(match[1]), fields))
    return found
