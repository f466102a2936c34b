"""Refreshes the figures of docs/quality.md: what `claimgraph evaluate` measured, between its marks.

make evaluate        measures, then runs this
.venv/bin/python tools/show_quality.py output/evaluation.json docs/quality.md
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = dict[str, Any]

SHOWN = {
    "quotes": ("source exact", "cue exact", "content exact", "linked", "recall direct", "recall indirect", "speaker"),
    "clauses": ("content overlap", "linked"),
    "ner": ("typed", "untyped"),
    "el": ("strict",),
    "coref": ("B3", "CoNLL"),
    "timex": ("value", "relaxed", "strict"),
    "values": ("overlap", "strict"),
    "events": ("overlap",),
    "roles": ("overlap",),
}
"""The measures of the page; `make evaluate` writes all."""
FILES = {
    "quotes": "dev/quotes.jsonl", "clauses": "dev/attribution_rst.jsonl", "ner": "dev/ner.jsonl", "el": "dev/el.jsonl",
    "coref": "dev/coref.jsonl", "timex": "dev/timex.jsonl", "values": "dev/values.jsonl",
    "events": "dev/events.jsonl", "roles": "dev/roles.jsonl",
}  # fmt: skip
OWN = "train/attribution.jsonl"
CHOICES = {"tempeval-3": "timebank,aquaint", "news-fair+reuters": "news-fair,reuters"}
KINDS = ("missed", "spurious", "wrong-edge", "wrong-type", "wrong-value")


def figures(rows: Iterable[Row]) -> Iterator[Sequence[str]]:
    """The cells of each figure that the page shows, the command beside the first of each corpus."""
    told = ""
    for row in rows:
        if row["measure"] not in SHOWN.get(row["task"], ()):
            continue
        command = command_of(row)
        best = "; ".join(f"{decimal(one['figure'])} {one['system']}" for one in row["published"][:2])
        yield (
            row["task"],
            row["corpus"],
            row["measure"],
            f"**{decimal(row['figure'])}**",
            decimal(row["precision"]),
            decimal(row["recall"]),
            f"{decimal(row['low'])}-{decimal(row['high'])}",
            str(row["gold"] or ""),
            best,
            "" if command == told else f"`{command}`",
        )
        told = command


def command_of(row: Row) -> str:
    """The command that measures a figure, in the folder of the corpora."""
    if row["corpus"] == "train":
        return f"claimgraph evaluate {OWN}"
    return f"claimgraph evaluate {FILES[row['task']]} --corpus {CHOICES.get(row['corpus'], row['corpus'])}"


def decimal(value: float | None) -> str:
    """Three decimals without the zero before them; nothing for None."""
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def errors(counts: Iterable[Row]) -> Iterator[Sequence[str]]:
    """The cells of each layer: how many errors of each kind."""
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in counts:
        found.setdefault((row["task"], row["corpus"], row["layer"]), {})[row["kind"]] = row["count"]
    for layer, kinds in found.items():
        yield (*layer, *(str(kinds.get(kind, "")) for kind in KINDS), str(sum(kinds.values())))


def sources(rows: Iterable[Row]) -> Iterator[str]:
    """Each system whose figures stand beside ours: where they are from, and what differs there."""
    for row in rows:
        for one in row["published"]:
            yield f"- {one['system']} ({row['task']}, {row['corpus']}): {one['source']}. Differs: {one['differs']}."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


def main(scores: str, page: str) -> None:
    """Nothing; the page has the new figures and counts."""
    held = json.loads(Path(scores).read_text(encoding="utf-8"))
    blocks = {
        "figures": table(
            ("task", "corpus", "measure", "figure", "P", "R", "95%", "to find", "published", "measured by"),
            figures(held["figures"]),
        ),
        "published": "\n".join(dict.fromkeys(sources(held["figures"]))),
        "errors": table(("task", "corpus", "layer", *KINDS, "all"), errors(held["errors"])),
    }
    text = Path(page).read_text(encoding="utf-8")
    for name, block in blocks.items():
        marks = rf"(<!-- {name}: begin -->\n).*?(\n<!-- {name}: end -->)"
        text, replaced = re.subn(marks, lambda mark, block=block: mark[1] + block + mark[2], text, flags=re.DOTALL)
        if replaced != 1:
            sys.exit(f"{page}: has no place for {name}: keep the lines <!-- {name}: begin --> and end")
    Path(page).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
