"""Writes lexicons/given_names.tsv and person_words.tsv: given names of one gender, other given names and family names, counted from people.tsv.

usage: python tools/make_given_names.py AUTHORITY_FOLDER

A name counts with at least MINIMUM bearers (a bearer is one identifier, however many offices) of whom SHARE have one gender.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

MINIMUM = 2
SHARE = 0.95
LEXICONS = Path(__file__).parent.parent / "src/claimgraph/lexicons"
NAME = re.compile(r"[A-Z][A-Za-zÀ-ž]+(?:['’-][A-Za-zÀ-ž]+)*")


def count(path: Path) -> dict[str, Counter[str]]:
    """Given name to bearers by gender."""
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            first = row["name"].split()[0] if row["name"].split() else ""
            if len(first) > 2 and first[0].isupper() and first.isalpha() and row["gender"] in {"male", "female"}:
                bearers[first][row["qid"]] = row["gender"]
    return {name: Counter(genders.values()) for name, genders in bearers.items()}


def parts(path: Path, at: int) -> set[str]:
    """The first (0) or last (-1) words of at least MINIMUM people's names."""
    with path.open(encoding="utf-8", newline="") as file:
        names = {
            row["qid"]: row["name"].split() for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    counts = Counter(words[at] for words in names.values() if len(words) > 1)
    return {w for w, n in counts.items() if n >= MINIMUM and len(w) > 2 and NAME.fullmatch(w) and not w.isupper()}


def main() -> None:
    """Write both tables, sorted by name."""
    rows = []
    for name, genders in sorted(count(Path(sys.argv[1]) / "people.tsv").items()):
        (gender, most), total = genders.most_common(1)[0], sum(genders.values())
        if total >= MINIMUM and most >= SHARE * total:
            rows.append(f"{name}\t{gender}")
    head = "name\tgender\n# Given names that nearly always belong to one gender; made by tools/make_given_names.py from lists of office-holders.\n"
    (LEXICONS / "given_names.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    given, family = (parts(Path(sys.argv[1]) / "people.tsv", at) for at in (0, -1))
    given -= {row.split("\t")[0] for row in rows}
    others = sorted([*((w, "given") for w in given), *((w, "family") for w in family)])
    head = "word\tpart\n# Words of people's names beside given_names.tsv; made by the same tool.\n"
    (LEXICONS / "person_words.tsv").write_text(head + "\n".join("\t".join(o) for o in others) + "\n", encoding="utf-8")
    print(f"{len(rows)} and {len(others)} names")


if __name__ == "__main__":
    main()
