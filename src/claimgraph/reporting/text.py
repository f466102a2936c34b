"""The report for reading: report.md."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from claimgraph.duplicates.reprints import KINDS, once
from claimgraph.report import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from claimgraph.reporting.rows import Row

SHOWN = 300
"""Rows of a table: more is not read, it is looked for, in report.json or with SPARQL."""
MOST_CLAIMS = 2_000
"""Claims that are told one by one; of more it is told who makes most."""
STEPS = 12
"""Steps of a storyline."""
SIGNS = {"=": "", ">": "more than", ">=": "at least", "<": "less than", "<=": "up to", "~": "about", "x": "times"}
OF_ARTICLES = frozenset({"article", "to_article", "articles"})
"""Columns that say the same in every row where there is one article."""


def write_report(report: Row, folder: Path) -> None:
    """Nothing; report.json and report.md are in the folder."""
    with (folder / "report.json").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(to_json(report))
    (folder / "report.md").write_text(to_markdown(report), encoding="utf-8", newline="\n")


def to_markdown(report: Row) -> str:
    """What was found, then what a person should look at; of long tables the first SHOWN rows, and how many there are."""
    report = once(report)
    alone = len(report["articles"]) == 1

    def table(title: str, rows: Any, columns: str) -> str:
        """A table of the report, without what every row would have."""
        names = [name for name in columns.split() if not (alone and name in OF_ARTICLES)]
        return _table(title, [*islice(rows, SHOWN)], names, len(rows))

    violations = [{"violation": found} for found in report["violations"]]
    sections = [
        "# What the articles say\n",
        _counts(report["counts"]),
        f"Graph: {report['graph']['quads']} quads, RDFC-1.0 SHA-256 `{report['graph']['rdfc10_sha256']}`.\n",
        table("Articles", report["articles"], "id title published publisher claims statements events"),
        *_reprints(report, table),
        *_claims(report["claims"], alone=alone),
        table("Figures", _Figures(report["figures"]), "article words figure of by"),
        table(
            "Claims that bear on each other",
            report["relations"],
            "article from type to_article to rationale confidence",
        ),
        *_stories(report["storylines"]),
        *_decisions(report, table),
        "# What to look at\n",
        table("Speech without a speaker", report["unattributed"], "article text"),
        table("Sources without a name", report["vague_sources"], "article source claims"),
        table("Names without an identifier", report["unlinked_names"], "name type mentions articles"),
        table("Parts left out", report["left_out"], "article part text reason"),
        table("Warnings", report["warnings"], "article note"),
        table("Inputs left out", report["errors"], "input line reason"),
        table("Violations in the graph", violations, "violation"),
    ]
    return "\n".join(section for section in sections if section)


def _counts(counts: Row) -> str:
    """The number of things found, in one sentence; copies and versions where there are any."""
    told = [f"{n} {_one_of(name) if n == 1 else name}" for name, n in counts.items() if n or name not in KINDS.values()]
    again = any(counts.get(name) for name in KINDS.values())
    note = " What a copy or later version says again is counted once." if again else ""
    return ", ".join(told) + f".{note}\n"


def _reprints(report: Row, table: Callable[[str, Any, str], str]) -> Iterator[str]:
    """The tables of copies and of what has changed in them, where there are any."""
    if report["copies"]:
        yield table("Copies and later versions", report["copies"], "article type of resemblance rationale")
    if report["changes"]:
        told = [row | {"speaker": row["after_speaker"] or row["before_speaker"]} for row in report["changes"]]
        yield table("What has changed in them", told, "article earlier change speaker before after")


def _stories(rows: Sequence[Row]) -> Iterator[str]:
    """One table a story, of its first STEPS steps; nothing where there is no story."""
    yield "## Storylines\n" if rows else ""
    for story, group in groupby(rows, key=lambda row: row["story"]):
        steps = [*group]
        yield _table(_cell(story), steps[:STEPS], ["day", "article", "words"], len(steps)).replace("## ", "### ", 1)


def _decisions(report: Row, table: Callable[[str, Any, str], str]) -> Iterator[str]:
    """The tables of what people have decided, where they have: first what of it does not hold as it was decided."""
    columns = "article kind words decision correction by when outcome why"
    loose = [row for row in report["decisions"] if row["outcome"] in {"conflict", "absent", "moved"}]
    if report["decisions"]:
        yield table("Decisions that need a look", loose, columns)
        held = [row for row in report["decisions"] if row["outcome"] == "applied"]
        yield table("Decisions that hold", held, columns.removesuffix(" outcome why"))


def _one_of(name: str) -> str:
    """The singular of a layer's name."""
    return name.replace("ies", "ys")[:-1]


def _table(title: str, rows: Sequence[Row], columns: Sequence[str], number: int | None = None) -> str:
    """A section with its table; one without rows says so, one of the first of a `number` of rows how many more there are."""
    if not rows:
        return f"## {title}\n\nNone.\n"
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(row[column]) for column in columns) + " |" for row in rows]
    more = (number or 0) - len(rows)
    return f"## {title}\n\n" + "\n".join(lines) + "\n" + (f"\nAnd {more:,} more, in report.json.\n" if more > 0 else "")


def _claims(rows: Any, *, alone: bool) -> Iterator[str]:
    """One table a speaker; of very many claims one table of who makes most."""
    if len(rows) > MOST_CLAIMS:
        yield _speakers(rows)
        return
    yield "## Who says what\n" if len(rows) else "## Who says what\n\nNone.\n"
    columns = ["cue", "said", "how"] if alone else ["article", "cue", "said", "how"]
    for speaker, group in groupby(rows, key=lambda row: row["speaker"]):
        told = [row | {"how": _manner(row), "said": row["content"]} for row in group]
        yield _table(_cell(speaker), told, columns).replace("## ", "### ", 1)


def _speakers(rows: Any) -> str:
    """The names under which most is claimed; the claims themselves are in report.json, the page and the graph."""
    found = []
    for speaker, group in groupby(rows, key=lambda row: row["speaker"]):
        articles = Counter(row["article"] for row in group)
        found.append((-articles.total(), speaker, len(articles)))
    told = [{"speaker": name, "claims": -claims, "articles": articles} for claims, name, articles in sorted(found)]
    return _table(f"Who says most, of {len(rows):,} claims", told[:SHOWN], ["speaker", "claims", "articles"], len(told))


def _manner(row: Row) -> str:
    """Form and whatever differs from a plain, affirmed claim."""
    special = [row["polarity"]] if row["polarity"] != "affirmed" else []
    special += ["negated content"] if row["negated"] else []
    special += [row["certainty"]] if row["certainty"] != "certain" else []
    special += [row["stance"]] if row["stance"] else []
    special += [f"inside {row['inside']}"] if row["inside"] else []
    return ", ".join([row["form"], *special])


class _Figures:
    """The rows of the figures with what is read of them."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return (row | {"figure": _figure(row), "by": row["said_by"] or "the article"} for row in self.rows)


def _figure(row: Row) -> str:
    """Comparator, number, unit and rate in words.

    >>> _figure({"comparator": ">", "value": 150, "upper": None, "unit": "count", "per": "day"})
    'more than 150 per day'
    """
    number = "?" if row["value"] is None else f"{row['value']:,}"
    number += f" to {row['upper']:,}" if row["upper"] is not None else ""
    sign = SIGNS[row["comparator"]]
    parts = [number, sign] if sign == "times" else [sign, number]
    parts += [row["unit"]] if row["unit"] not in {"count", "ratio"} else []
    parts += [f"per {row['per']}"] if row["per"] else []
    return " ".join(filter(None, parts))


def _cell(value: object) -> str:
    r"""A value inside a Markdown table, with nothing that Markdown or HTML would take for markup.

    >>> _cell("a|b <b>\nc"), _cell(None), _cell(["x", "y"])
    ('a\\|b &lt;b&gt; c', '', 'x, y')
    """
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    words = " ".join(str("" if value is None else value).split())
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", words)
