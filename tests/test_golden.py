"""The whole graph of a small article as it was last looked at: a change of any triple shows as a line.

Look at what changed and take it as right: `python tests/test_golden.py`, then `git diff tests/golden`.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from claimgraph.iris import Iris
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_trig
from graphs import reading

GOLDEN = Path(__file__).parent / "golden" / "small.trig"


def small() -> str:
    return to_trig(to_graph([reading()], iris=Iris(), text="full", now=None))


def test_the_graph_of_the_small_article_is_the_one_that_was_looked_at():
    changed = list(
        unified_diff(GOLDEN.read_text(encoding="utf-8").splitlines(), small().splitlines(), lineterm="", n=1)
    )
    assert not changed, "\n".join(changed)


if __name__ == "__main__":
    GOLDEN.write_text(small(), encoding="utf-8", newline="\n")
