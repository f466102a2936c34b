"""Writes lexicons/given_names.tsv: given names that nearly always belong to one gender, counted from people.tsv.

usage: python tools/make_given_names.py AUTHORITY_FOLDER

A name counts with at least MINIMUM bearers (a bearer is one identifier, however many offices) of whom SHARE have one gender.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

MINIMUM = 2
SHARE = 0.95
TARGET = Path(__file__).parent.parent / "src/claimgraph/lexicons/given_names.tsv"


def count(path: Path) -> dict[str, Counter[str]]:
    """Given name to bearers by gender."""
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            first = row["name"].split()[0] if row["name"].split() else ""
            if len(first) > 2 and first[0].isupper() and first.isalpha() and row["gender"] in {"male", "female"}:
                bearers[first][row["qid"]] = row["gender"]
    return {name: Counter(genders.values()) for name, genders in bearers.items()}


def main() -> None:
    """Write the table, sorted by name."""
    rows = []
    for name, genders in sorted(count(Path(sys.argv[1]) / "people.tsv").items()):
        (gender, most), total = genders.most_common(1)[0], sum(genders.values())
        if total >= MINIMUM and most >= SHARE * total:
            rows.append(f"{name}\t{gender}")
    head = "name\tgender\n# Given names that nearly always belong to one gender; made by tools/make_given_names.py from lists of office-holders.\n"
    TARGET.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} names")


if __name__ == "__main__":
    main()
