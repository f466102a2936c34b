"""From news articles to a knowledge graph of actors, events and claims that shows its evidence.

    import claimgraph

    report = claimgraph.build(["article.txt"], "output")     # reads, writes graph, page and report
    graph = claimgraph.KnowledgeGraph.open("output")         # .query .check .dataset .network

The public names are loaded when they are first used: what asks only for help, or only queries a graph, does not wait
for the language model's libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimgraph.articles import load
    from claimgraph.pipeline import build, view
    from claimgraph.reader import read
    from claimgraph.store import KnowledgeGraph

__all__ = ["KnowledgeGraph", "build", "load", "read", "view"]
__version__ = "0.1.0"

HOMES = {"load": "articles", "read": "reader", "build": "pipeline", "view": "pipeline", "KnowledgeGraph": "store"}


def __getattr__(name: str) -> Any:
    """The public name out of its module (PEP 562)."""
    if name not in HOMES:
        raise AttributeError(f"module 'claimgraph' has no attribute {name!r}")
    return getattr(import_module(f"claimgraph.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*__all__, "__version__"])
