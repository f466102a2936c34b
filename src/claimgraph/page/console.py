"""What the SPARQL console of a page needs: Oxigraph as WebAssembly, the whole graph, the competency questions.

All of it is one JSON object, the bytes packed by gzip and in base64, for a browser unpacks these by itself. The graph is
graph.trig as it is, every quad: packed it takes a seventh of what graph.nq does where names are long, and the questions
ask for articles, characters and who is who alike.
"""

from __future__ import annotations

import base64
import gzip
from functools import cache

from claimgraph.page.scripts import ASSETS
from claimgraph.page.tables import compact
from claimgraph.questions import questions
from claimgraph.vocab import PREFIXES


def console_data(trig: bytes) -> str:
    """The JSON of a console over this graph."""
    graph = _in_words(gzip.compress(trig, mtime=0))
    return compact(engine() | {"graph": graph, "prefixes": PREFIXES, "questions": _questions()})


@cache
def engine() -> dict[str, str]:
    """Oxigraph's script and WebAssembly as shipped, and the worker that asks it."""
    vendor = ASSETS / "vendor"
    return {
        "script": _in_words((vendor / "oxigraph.js.gz").read_bytes()),
        "wasm": _in_words((vendor / "oxigraph.wasm.gz").read_bytes()),
        "worker": (ASSETS / "console-worker.js").read_text(encoding="utf-8"),
    }


def _questions() -> list[dict[str, str]]:
    """The competency questions; the first line of each says in English what it asks."""
    found = {name: path.read_text(encoding="utf-8") for name, path in questions().items()}
    return [{"name": name, "asks": text.split("\n", 1)[0].lstrip("# "), "query": text} for name, text in found.items()]


def _in_words(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
