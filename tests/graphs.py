"""A small article of our own and what is built of it, shared by the tests of the graph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claimgraph.iris import Iris
from claimgraph.model import Article, Reading
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Canada's trade minister said Tuesday that exporters sold more than 40 tonnes of salmon to Norway in 2021.

"The ships are not late," Lena Holt said. Norwegian officials denied that the ships are late.

Police in Oslo arrested three men on Monday. The weather stayed dry in the harbour all week long.
"""
UNQUOTED = "The weather stayed dry in the harbour all week long"


@cache
def reading(article_id: str = "small", text: str = TEXT) -> Reading:
    return read(Article(id=article_id, text=text, title="Ships", published="2022-05-05"))


@cache
def nquads(mode: str = "full") -> str:
    return to_nquads(to_graph([reading()], iris=Iris(), text=mode, now=None))


def graph(mode: str = "full") -> KnowledgeGraph:
    return KnowledgeGraph.from_nquads(nquads(mode).encode())


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path
