"""Rows as a table of columns, each written in the shortest of four forms (docs/page-data.md)."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: Any) -> str:
    r"""JSON without spaces that can stand inside a script element, and in UTF-8 whatever half characters it holds.

    >>> compact({"label": "</script> é \ud83d"})
    '{"label":"\\u003c/script> é \\ud83d"}'
    """
    written = _encode(value).replace("<", "\\u003c")
    if any("\ud800" <= character <= "\udfff" for character in set(written)):
        return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in written)
    return written


def table(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows as columns; a row has no value, `None`, in the columns of others.

    >>> table([{"form": "direct", "weight": 1}, {"form": "mixed", "weight": 1}])
    {'count': 2, 'form': ['direct', 'mixed'], 'weight': {'all': 1}}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    return {"count": len(rows)} | {name: column([row.get(name) for row in rows]) for name in names}


def column(values: Sequence[Any]) -> Any:
    """The values in the form that takes the fewest characters: a list, one value for all, codes, or where they are.

    >>> column(["certain"] * 8 + ["possible"])
    {'values': ['certain', 'possible'], 'codes': [0, 0, 0, 0, 0, 0, 0, 0, 1]}
    >>> column([None] * 8 + [["governor"]])
    {'at': [8], 'values': [['governor']]}
    """
    written = [_encode(value) for value in values]
    if len(set(written)) == 1:
        return {"all": values[0]}
    counts = Counter(written)
    first = {text: values[index] for index, text in reversed([*enumerate(written)])}
    code = {text: number for number, (text, _) in enumerate(counts.most_common())}
    present = [index for index, value in enumerate(values) if value is not None]
    lengths = {
        "list": sum(len(text) + 1 for text in written),
        "codes": 22 + sum(len(text) + 1 + len(str(code[text])) * counts[text] for text in code) + len(values),
        "sparse": 19 + sum(len(written[index]) + len(str(index)) + 2 for index in present),
    }
    form = min(lengths, key=lambda name: lengths[name])
    if form == "list":
        return list(values)
    if form == "codes":
        return {"values": [first[text] for text in code], "codes": [code[text] for text in written]}
    return {"at": present, "values": [values[index] for index in present]}


def split(iris: Sequence[str]) -> tuple[list[str], list[int], list[str]]:
    """The IRIs in two: what they begin with, once each; of each IRI the number of its beginning, and its end.

    >>> split(["x:a/b#claim-1", "x:a/b#claim-2", "x:Q1"])
    (['x:a/b#', 'x:'], [0, 0, 1], ['claim-1', 'claim-2', 'Q1'])
    """
    prefixes: dict[str, int] = {}
    numbers, ends = [], []
    for iri in iris:
        cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
        numbers.append(prefixes.setdefault(iri[:cut], len(prefixes)))
        ends.append(iri[cut:])
    return list(prefixes), numbers, ends
