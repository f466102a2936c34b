"""What a query would do beyond this store, told before Oxigraph sees it.

Two readers look: rdflib's parser, whose tree is walked, and a lexer of SPARQL's tokens (SPARQL 1.1, 19.8) that ends
comments as Oxigraph does. What either of them sees is refused, and so is what rdflib cannot read, for parsers differ: a
carriage return ends a comment for Oxigraph and not for rdflib. A query that holds neither word at all needs no reading: no
escape makes a keyword (19.2 escapes are code points of the text and are looked for as well).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from claimgraph.sparql import asks_others, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SUSPECT, HIDDEN = re.compile(r"service|from|\\u", re.IGNORECASE), re.compile(r"service|\\u", re.IGNORECASE)
NO_OTHER = "SERVICE is refused: this service asks no other"
LONGEST_READ = 100_000
"""Characters that rdflib is given: its parser takes about a second for these, and backtracks in what is nested deeper."""


class Refused(Exception):
    """A query that would leave the store; the message says why."""


class Dataset(NamedTuple):
    """What a query says of its dataset: whether it has a FROM, and the graphs it names."""

    given: bool = False
    graphs: tuple[str, ...] = ()


def inspect(query: str, prefixes: dict[str, str], base: str | None = None) -> Dataset:
    """The dataset that the query itself names.

    Raises:
        Refused: it has SERVICE, or names a file as a graph, or cannot be proved not to.

    """
    if not SUSPECT.search(query):
        return Dataset()
    found = words_of(query)
    if asks_others(query):
        raise Refused(NO_OTHER)
    if "FROM" not in found and not HIDDEN.search(query):
        return Dataset()
    tree = _tree(query)
    if tree is None:
        return _unread(query, found)
    if any(node.name == "ServiceGraphPattern" for node in _nodes(tree)):
        raise Refused(NO_OTHER)
    graphs = tuple(_graphs(tree, prefixes, base))
    for iri in graphs:
        refuse_file(iri)
    return Dataset("FROM" in found or bool(graphs), graphs)


def refuse_file(iri: str) -> None:
    """Nothing.

    Raises:
        Refused: the graph's name is a file's, which looks like a wish to read it.

    """
    if iri.strip().lower().startswith("file:"):
        raise Refused(f"graph <{iri}> is refused: graphs are those of this store, none is fetched")


def _unread(query: str, found: set[str]) -> Dataset:
    """The dataset of a query that rdflib cannot read; wrong ones are Oxigraph's to complain of."""
    if HIDDEN.search(query):
        raise Refused(
            "the query holds the word SERVICE or an escape, and cannot be proved to be without SERVICE (SPARQL 1.1 alone is read here)"
        )
    if "FROM" in found and "file:" in query.lower():
        raise Refused("FROM and file: in a query that SPARQL 1.1 does not allow are refused")
    return Dataset("FROM" in found)


def _tree(query: str) -> Any | None:
    """Rdflib's parse: prologue and query; None where it cannot be read."""
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415 - a third of a second, few queries need it

    if len(query) > LONGEST_READ:
        return None
    try:
        return parseQuery(query)
    except Exception:  # noqa: BLE001 - pyparsing's errors, RecursionError, and what rdflib's actions raise
        return None


def _nodes(tree: Any) -> Iterator[Any]:
    """Every node of rdflib's parse that has a name."""
    from rdflib.plugins.sparql.parserutils import CompValue  # noqa: PLC0415

    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node
            stack.extend(node.values())
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            stack.extend(node)


def _graphs(tree: Any, prefixes: dict[str, str], base: str | None) -> Iterator[str]:
    """IRIs of FROM and FROM NAMED, resolved as the prologue says."""
    from rdflib.plugins.sparql.algebra import translatePrologue  # noqa: PLC0415

    prologue = translatePrologue(tree[0], base, prefixes)
    for node in _nodes(tree):
        if node.name == "DatasetClause":
            yield str(prologue.absolutize(node.default or node.named))
