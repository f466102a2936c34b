"""What a build found and what it could not decide, for a person to look at: report.json, and report.md made of it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from claimgraph.copies import NO_COPIES
from claimgraph.model import LAYERS
from claimgraph.record import EMPTY
from claimgraph.reprints import KINDS, Reprints, once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claimgraph.copies import Copies
    from claimgraph.errors import InputError
    from claimgraph.model import Claim, Entity, Reading, Span
    from claimgraph.record import Record

Row = dict[str, Any]
Unlinked = dict[tuple[str, str], dict[str, int]]
"""By name and type, how often each article has the name."""

QUOTED = re.compile(r"[“\"](?!\s)[^“”\"\r\n]{2,600}[”\"]")
WORDS_OF_SPEECH = 4
"""Shorter things in quotation marks are mostly titles and wording at a distance, not somebody's speech."""
SIGNS = {"=": "", ">": "more than", ">=": "at least", "<": "less than", "<=": "up to", "~": "about", "x": "times"}
OPEN = "(nobody named)"
QUOTING = frozenset({"before", "after", "source", "cue", "content", "text", "words", "of", "from", "to", "rationale"})
"""Columns that hold words of an article."""


def to_report(
    readings: Iterable[Reading],
    errors: Sequence[InputError],
    violations: Sequence[str],
    *,
    text: str = "full",
    record: Record = EMPTY,
    copies: Copies = NO_COPIES,
) -> Row:
    """The report as plain data, sorted, and free of paths and times: same input, same bytes.

    `errors` are the inputs that were left out, `violations` what the check of the graph found, `record` what graph.nq
    holds: the report names its hash, so that a copy of the graph in any format and store can be told from another. With `text="none"`
    the articles' own words are left out, their places stay. What articles say that are `copies` is counted once.
    """
    counts = Counter(dict.fromkeys(("articles", "copies", "versions", *LAYERS), 0))
    reprints = Reprints(copies)
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    unlinked: Unlinked = {}
    for reading in readings:
        counts.update(reprints.counts(reading))
        for name, rows in TABLES.items():
            tables[name] += map(reprints.noted, rows(reading))
        _count_unlinked(reading, unlinked)
    for name, found in tables.items():
        found.sort(key=_by_speaker if name == "claims" else itemgetter("id" if name == "articles" else "article"))
    warnings = tables.pop("warnings")
    report = {
        "counts": dict(counts),
        "graph": {"quads": record.quads, "rdfc10_sha256": record.digest},
        "articles": tables["articles"],
        "copies": reprints.copies(),
        "changes": reprints.changes(),
        **{name: tables[name] for name in ("claims", "unattributed", "vague_sources")},
        "unlinked_names": _unlinked_names(unlinked),
        **{name: tables[name] for name in ("figures", "relations")},
        "warnings": warnings,
        "errors": sorted((_error_row(error) for error in errors), key=lambda row: (row["input"], row["line"] or 0)),
        "violations": sorted(violations),
    }
    return _without_words(report) if text == "none" else report


def _without_words(report: Row) -> Row:
    """The report with null for every quoted passage."""
    tables = ("changes", "claims", "unattributed", "figures", "relations")
    bare = {name: [row | {key: None for key in row if key in QUOTING} for row in report[name]] for name in tables}
    return report | bare


def to_json(report: Row) -> str:
    """The report as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def _article_row(reading: Reading) -> Row:
    """One line of the table of articles."""
    article = reading.article
    known = {name: getattr(article, name) for name in ("id", "title", "published", "author", "publisher")}
    return known | {layer: len(getattr(reading, layer)) for layer in ("claims", "statements", "events", "quantities")}


def _names(reading: Reading) -> dict[str | None, str]:
    """Entity id to name."""
    return {entity.id: entity.name for entity in reading.entities}


def _claim_rows(reading: Reading) -> Iterator[Row]:
    """Who says what, claim by claim."""
    names = _names(reading)
    for claim in reading.claims:
        yield {
            "speaker": names.get(claim.source_entity, OPEN),
            "article": reading.article.id,
            "claim": claim.id,
            "inside": claim.inside,
            "source": claim.source and claim.source.text,
            "cue": claim.cue and claim.cue.text,
            "content": " … ".join(span.text for span in claim.content),
            "start": min((span.start for span in claim.content), default=None),
            "end": max((span.end for span in claim.content), default=None),
            **{name: getattr(claim, name) for name in ("form", "polarity", "negated", "certainty", "stance")},
            "confidence": claim.confidence,
        }


def _by_speaker(row: Row) -> tuple[bool, str, str, int]:
    """Sort key: speakers by name, those unknown last, then text order."""
    return row["speaker"] == OPEN, row["speaker"].casefold(), row["article"], row["start"] or 0


def _unattributed(reading: Reading) -> Iterator[Row]:
    """Speech in quotation marks that no claim holds, and claims whose speaker stays open."""
    text = reading.article.text
    held = [span for claim in reading.claims for span in claim.content]
    found = [(match.start(), match.end()) for match in QUOTED.finditer(text)]
    loose = [
        (start, end)
        for start, end in found
        if len(text[start:end].split()) >= WORDS_OF_SPEECH and not any(s.start < end and start < s.end for s in held)
    ]
    open_claims = [
        (claim.content[0].start, claim.content[-1].end)
        for claim in reading.claims
        if claim.source_entity is None and claim.inside is None and claim.content
    ]
    for start, end in sorted({*loose, *open_claims}):
        yield {"article": reading.article.id, "start": start, "end": end, "text": text[start:end]}


def _vague_sources(reading: Reading) -> Iterator[Row]:
    """Sources without a name ("some senators"), with the number of their claims."""
    said = Counter(claim.source_entity for claim in reading.claims)
    for entity in reading.entities:
        if entity.vague and said[entity.id]:
            yield {"article": reading.article.id, "source": entity.name, "claims": said[entity.id]}


def _is_unlinked(entity: Entity) -> bool:
    """Whether a named actor or place has no identifier known to others."""
    named = entity.type in {"person", "organization", "place"} and not entity.vague
    return named and not (entity.wikidata or entity.geonames or entity.authority or entity.iri)


def _count_unlinked(reading: Reading, found: Unlinked) -> None:
    """Nothing; each name of the article that stands alone is counted, the article noted."""
    unlinked = {entity.id: (entity.name, entity.type) for entity in reading.entities if _is_unlinked(entity)}
    named = Counter(unlinked[m.entity] for m in reading.mentions if m.kind == "name" and m.entity in unlinked)
    for key, count in named.items():
        found.setdefault(key, {})[reading.article.id] = count


def _unlinked_names(found: Unlinked) -> list[Row]:
    """Names that stand alone, the most frequent first: the next entries of an authority list."""
    mentions = {key: sum(by_article.values()) for key, by_article in found.items()}
    ranked = sorted(mentions, key=lambda key: (-mentions[key], key))
    return [{"name": k[0], "type": k[1], "mentions": mentions[k], "articles": sorted(found[k])} for k in ranked]


def _figure_rows(reading: Reading) -> Iterator[Row]:
    """The quantities with what they count and who gives them."""
    names = _names(reading)
    for quantity in reading.quantities:
        claim = _innermost(quantity, reading.claims)
        yield {
            "article": reading.article.id,
            "words": quantity.text,
            **{name: getattr(quantity, name) for name in ("comparator", "value", "upper", "unit", "per")},
            "of": quantity.of and quantity.of.text,
            "said_by": names.get(claim.source_entity, OPEN) if claim else None,
            "start": quantity.start,
            "end": quantity.end,
        }


def _innermost(span: Span, claims: Iterable[Claim]) -> Claim | None:
    """The claim with the shortest content that covers a span; None when the article itself says it."""
    covering = [(c.end - c.start, claim.id, claim) for claim in claims for c in claim.content if c.covers(span)]
    return min(covering, key=lambda found: found[:2])[2] if covering else None


def _relation_rows(reading: Reading) -> Iterator[Row]:
    """How claims bear on each other, in their own words."""
    said = {claim.id: " … ".join(span.text for span in claim.content) for claim in reading.claims}
    for relation in reading.relations:
        yield {
            "article": reading.article.id,
            "from": said.get(relation.source, relation.source),
            "type": relation.type,
            "to": said.get(relation.target, relation.target),
            "rationale": relation.rationale,
            "confidence": relation.confidence,
        }


def _warning_rows(reading: Reading) -> Iterator[Row]:
    """What to know about the article."""
    for note in reading.article.notes:
        yield {"article": reading.article.id, "note": note}


TABLES: dict[str, Callable[[Reading], Iterable[Row]]] = {
    "articles": lambda reading: [_article_row(reading)],
    "claims": _claim_rows,
    "unattributed": _unattributed,
    "vague_sources": _vague_sources,
    "figures": _figure_rows,
    "relations": _relation_rows,
    "warnings": _warning_rows,
}
"""The tables of the report that each article adds rows to."""


def _error_row(error: InputError) -> Row:
    """What was left out and why; the file's name only, for folders differ between machines."""
    return {"input": Path(error.path).name, "line": error.line, "reason": error.reason}


def to_markdown(report: Row) -> str:
    """The report for reading: what was found, then what a person should look at."""
    report = once(report)
    if len(report["articles"]) == 1:
        report = {name: _without_article(rows) for name, rows in report.items()}
    sections = [
        "# What the articles say\n",
        _counts(report["counts"]),
        f"Graph: {report['graph']['quads']} quads, RDFC-1.0 SHA-256 `{report['graph']['rdfc10_sha256']}`.\n",
        _table("Articles", report["articles"], "id title published publisher claims statements events"),
        *_reprints(report),
        *_claims(report["claims"]),
        _figures(report["figures"]),
        _table("Claims that bear on each other", report["relations"], "from type to rationale confidence"),
        "# What to look at\n",
        _table("Speech without a speaker", report["unattributed"], "article text"),
        _table("Sources without a name", report["vague_sources"], "article source claims"),
        _table("Names without an identifier", report["unlinked_names"], "name type mentions articles"),
        _table("Warnings", report["warnings"], "article note"),
        _table("Inputs left out", report["errors"], "input line reason"),
        _table("Violations in the graph", [{"violation": found} for found in report["violations"]], "violation"),
    ]
    return "\n".join(section for section in sections if section)


def _without_article(rows: Any) -> Any:
    """The rows of a table without the article's id: it would be the same in all of them."""
    if not isinstance(rows, list):
        return rows
    return [{k: v for k, v in row.items() if k != "article"} if isinstance(row, dict) else row for row in rows]


def _counts(counts: Row) -> str:
    """The number of things found, in one sentence; copies and versions where there are any."""
    told = [f"{n} {_one_of(name) if n == 1 else name}" for name, n in counts.items() if n or name not in KINDS.values()]
    again = any(counts.get(name) for name in KINDS.values())
    note = " What a copy or later version says again is counted once." if again else ""
    return ", ".join(told) + f".{note}\n"


def _reprints(report: Row) -> Iterator[str]:
    """The tables of copies and of what has changed in them, where there are any."""
    if report["copies"]:
        yield _table("Copies and later versions", report["copies"], "article type of resemblance rationale")
    if report["changes"]:
        told = [row | {"speaker": row["after_speaker"] or row["before_speaker"]} for row in report["changes"]]
        yield _table("What has changed in them", told, "article earlier change speaker before after")


def _one_of(name: str) -> str:
    """The singular of a layer's name."""
    return name.replace("ies", "ys")[:-1]


def _table(title: str, rows: Sequence[Row], columns: str) -> str:
    """A section with its table, of those columns that the rows have; one without rows says so."""
    if not rows:
        return f"## {title}\n\nNone.\n"
    heads = [name for name in columns.split() if name in rows[0]]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(_cell(row[head]) for head in heads) + " |" for row in rows]
    return f"## {title}\n\n" + "\n".join(lines) + "\n"


def _claims(rows: Sequence[Row]) -> Iterator[str]:
    """One table a speaker."""
    yield "## Who says what\n" if rows else "## Who says what\n\nNone.\n"
    for speaker, group in groupby(rows, key=lambda row: row["speaker"]):
        told = [row | {"how": _manner(row), "said": row["content"]} for row in group]
        yield _table(_cell(speaker), told, "article cue said how").replace("## ", "### ", 1)


def _manner(row: Row) -> str:
    """Form and whatever differs from a plain, affirmed claim."""
    special = [row["polarity"]] if row["polarity"] != "affirmed" else []
    special += ["negated content"] if row["negated"] else []
    special += [row["certainty"]] if row["certainty"] != "certain" else []
    special += [row["stance"]] if row["stance"] else []
    special += [f"inside {row['inside']}"] if row["inside"] else []
    return ", ".join([row["form"], *special])


def _figures(rows: Sequence[Row]) -> str:
    """The table of figures."""
    told = [row | {"figure": _figure(row), "by": row["said_by"] or "the article"} for row in rows]
    return _table("Figures", told, "article words figure of by")


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
