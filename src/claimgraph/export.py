"""A graph in the formats of RDF, sorted, without blank nodes and without a look at the network: same graph, same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from claimgraph.building.sorting import sort_lines
from claimgraph.errors import UsageError
from claimgraph.ontology_files import ontology_folder
from claimgraph.quads import Quad, name, nquads, ntriples, prefixed, trig, turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.quads import Term
    from claimgraph.store import KnowledgeGraph

TYPE = name("rdf:type")
LONGEST_NUMBER = 15
"""Digits of a whole number that every JSON reader keeps exactly (RFC 8259, section 6: 53 bits)."""


def export(graph: KnowledgeGraph, form: str) -> Iterator[str]:
    """The graph as nquads, trig, turtle, jsonld or ntriples, in parts; Turtle and N-Triples hold no names of graphs.

    It is never whole in memory: its quads are sorted in parts that are files.

    Raises:
        UsageError: there is no such format.

    """
    if form not in FORMATS:
        raise UsageError(form, f"no such format; {', '.join(FORMATS)} are")
    order, write = FORMATS[form]
    quads = (Quad(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in graph.store)
    return write(arrange(quads, order))


def arrange(quads: Iterable[Quad], order: str) -> Iterator[Quad]:
    """The quads by the places that `order` names (s, p, o, g), each once; what is in no place is left out.

    As lines of terms with tabs between: a tab is less than whatever a term may hold, so that lines and terms sort alike.
    """
    chosen = ["spog".index(place) for place in order]
    places = [order.find(place) for place in "spog"]
    lines = (("\t".join([quad[place] for place in chosen]) + "\n").encode() for quad in quads)
    for line in sort_lines(lines):
        held = [*line[:-1].decode().split("\t"), ""]
        yield Quad(*(held[place] for place in places))


def jsonld(quads: Iterable[Quad]) -> Iterator[str]:
    """JSON-LD 1.1 with ontology/context.jsonld in it: one line for each thing in each graph."""
    yield f'{{"@context": {json.dumps(_context(), separators=(", ", ": "))},\n"@graph": [\n'
    for i, (graph, held) in enumerate(groupby(quads, key=itemgetter(3))):
        yield f'{"," if i else ""}{{"@id": {_jsonld_iri(graph)}, "@graph": [\n'
        for j, (subject, told) in enumerate(groupby(held, key=itemgetter(0))):
            yield (",\n" if j else "") + _jsonld_node(subject, told)
        yield "\n]}\n"
    yield "]}\n"


@cache
def _context() -> dict[str, Any]:
    file = ontology_folder() / "context.jsonld"
    return dict(json.loads(file.read_text(encoding="utf-8"))["@context"])


def _jsonld_node(subject: Term, quads: Iterable[Quad]) -> str:
    values: dict[Term, list[Term]] = defaultdict(list)
    for quad in quads:
        values[quad.predicate].append(quad.object)
    kinds = [_jsonld_iri(kind) for kind in values.pop(TYPE, [])]
    parts = [f'"@id": {_jsonld_iri(subject)}', *([f'"@type": {_jsonld_list(kinds)}'] if kinds else [])]
    for predicate, objects in values.items():
        key = _jsonld_iri(predicate)
        parts.append(f"{key}: {_jsonld_list([_jsonld_value(value, key[1:-1]) for value in objects])}")
    return f"{{{', '.join(parts)}}}"


def _jsonld_list(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _jsonld_iri(term: Term) -> str:
    """An IRI as a JSON string, short where the context has its prefix."""
    return f'"{prefixed(term[1:-1]) or term[1:-1]}"'


def _jsonld_value(term: Term, key: str) -> str:
    """A value under a key: short where the context says its kind, else in full.

    The string of an N-Quads literal is a JSON string as it stands: the canonical form escapes what JSON wants escaped.

    >>> _jsonld_value('"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', "cg:confidence")
    '"0.9"'
    >>> _jsonld_value('"Oslo"@en', "schema:text")
    '{"@value": "Oslo", "@language": "en"}'
    """
    expected = _context().get(key, {})
    if term.startswith("<"):
        iri = _jsonld_iri(term)
        return iri if expected == {"@type": "@id"} else f'{{"@id": {iri}}}'
    end = term.rindex('"') + 1
    value, mark = term[:end], term[end:]
    if not mark:
        return value if not expected else f'{{"@value": {value}}}'
    if mark.startswith("@"):
        return value if expected == {"@language": mark[1:]} else f'{{"@value": {value}, "@language": "{mark[1:]}"}}'
    kind = _jsonld_iri(mark[2:])
    if not expected and _is_native(value[1:-1], kind):
        return value[1:-1]
    return value if expected == {"@type": kind[1:-1]} else f'{{"@value": {value}, "@type": {kind}}}'


def _is_native(lexical: str, kind: str) -> bool:
    """Whether JSON's own numbers and truth values stand for this literal and no other."""
    if kind == '"xsd:boolean"':
        return lexical in {"true", "false"}
    digits = lexical.removeprefix("-")
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER
    return kind == '"xsd:integer"' and plain and str(int(lexical)) == lexical


FORMATS: dict[str, tuple[str, Callable[[Iterable[Quad]], Iterator[str]]]] = {
    "nquads": ("spog", nquads),
    "trig": ("gspo", trig),
    "turtle": ("spo", turtle),
    "jsonld": ("gspo", jsonld),
    "ntriples": ("spo", ntriples),
}
"""Name to the order of the quads and what writes them."""
