"""Raises the floors of `make evaluate` to the figures that it measured, rounded down to a hundredth.

    .venv/bin/python tools/raise_floors.py output/evaluation.json benchmarks/floors.json

A floor that would fall ends this with status 1; `--allow-regression REASON` lets it fall and keeps the reason.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any


def raised(old: dict[str, Any], figures: dict[str, float], reason: str | None) -> dict[str, Any]:
    """The floors at the present figures; SystemExit where one would fall without a reason."""
    now = {name: math.floor(figures[name] * 100) / 100 for name in old["floors"]}
    fallen = [name for name, floor in now.items() if floor < old["floors"][name]]
    if fallen and not reason:
        sys.exit(f"would fall: {', '.join(fallen)}; say why with --allow-regression REASON")
    lowered = [{"floor": x, "from": old["floors"][x], "to": now[x], "reason": reason} for x in fallen]
    return {"floors": now, "lowered": [*old.get("lowered", []), *lowered]}


def main() -> None:
    """Nothing; the floors are written."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("scores", type=Path, help="what claimgraph evaluate -o FILE.json wrote")
    options.add_argument("floors", type=Path)
    options.add_argument("--allow-regression", metavar="REASON", help="let a floor fall, for this reason")
    given = options.parse_args()
    rows = json.loads(given.scores.read_text(encoding="utf-8"))["figures"]
    figures = {f"{row['task']}/{row['corpus']}/{row['measure']}": row["figure"] for row in rows}
    new = raised(json.loads(given.floors.read_text(encoding="utf-8")), figures, given.allow_regression)
    given.floors.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
