"""The acceptance case and its twins: every row of what they state must come out.

The acceptance article belongs to others and lies outside the repository (CLAIMGRAPH_SHARED, default ../shared);
the twins were written for these tests, in its turns of phrase, with other words, names and figures.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rows import rows

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
SHARED = Path(os.environ.get("CLAIMGRAPH_SHARED", ROOT.parent / "shared"))
ARTICLE = SHARED / "seed" / "000_4a14090ea02d2451.txt"
TWINS = ("twin", "twin2")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False)


def expected(name: str) -> dict[str, Any]:
    return json.loads((GOLD / f"{name}.expected.jsonl").read_text("utf-8"))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Both twins through the command, by their ids."""
    out = tmp_path_factory.mktemp("twins") / "twins.jsonl"
    done = run("-m", "claimgraph", "extract", *(GOLD / f"{name}.txt" for name in TWINS), "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    annotations = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return {annotation["id"]: annotation for annotation in annotations}


@pytest.mark.skipif(not ARTICLE.exists(), reason="the acceptance article is not here (CLAIMGRAPH_SHARED)")
def test_seed_every_row_is_right(tmp_path: Path) -> None:
    out = tmp_path / "seed.jsonl"
    done = run("-m", "claimgraph", "extract", ARTICLE, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    scored = run(SHARED / "tools" / "score.py", "seed", SHARED / "seed" / "expected.jsonl", out)
    wrong = [line for line in scored.stdout.splitlines() if line.startswith("WRONG")]
    assert (wrong, scored.returncode) == ([], 0), scored.stderr


@pytest.mark.parametrize("name", TWINS)
def test_twin_every_row_is_right(name: str, extracted: dict[str, dict[str, Any]]) -> None:
    assert [row for row in rows(expected(name), extracted[name]) if not row.right] == []


@pytest.mark.parametrize("name", TWINS)
def test_rows_see_each_kind_of_fault(name: str) -> None:
    gold = expected(name)
    assert [row.name for row in rows(gold, gold) if not row.right] == []
    for layer in ("claims", "mentions", "times", "quantities", "events", "roles", "statements", "relations"):
        spoilt = copy.deepcopy(gold)
        spoilt[layer].pop()
        assert [row for row in rows(gold, spoilt) if not row.right], f"a {layer} row less goes unseen"
