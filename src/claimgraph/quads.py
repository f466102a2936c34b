"""Quads as N-Quads terms, and the files made of them: sorted N-Quads (the record), TriG for people, and their triples.

A term is the very string that N-Quads has for it. So equal terms are equal strings, sorting needs no comparison of
types, and what is written is what is loaded into the store. Literals have the one form that every store gives back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Term: TypeAlias = str
Triple: TypeAlias = tuple[Term, Term, Term]
Values: TypeAlias = "Term | Iterable[Term] | None"

# Canonical N-Quads (RDF 1.2 N-Quads, section 4; RDFC-1.0, 5.2): these are escaped, everything else stands as it is.
ESCAPES = str.maketrans(
    {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
    | {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
)
NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
CANONICAL_TIME = re.compile(r"(?<=:\d\d)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?$")
LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
XSD = PREFIXES["xsd"]
BARE = re.compile(rf'"-?[0-9]+"\^\^<{XSD}integer>|"(?:true|false)"\^\^<{XSD}boolean>')
"""Literals that Turtle writes without quotation marks."""


class Quad(NamedTuple):
    """A triple and the graph that holds it, each as an N-Quads term."""

    subject: Term
    predicate: Term
    object: Term
    graph: Term


# ---- Terms


def ref(iri: str) -> Term:
    """An IRI; characters that no IRI may hold are percent-encoded.

    >>> ref("https://example.org/a b")
    '<https://example.org/a%20b>'
    """
    return f"<{NOT_IN_IRI.sub(lambda match: f'%{ord(match[0]):02X}', iri)}>"


@cache
def name(prefixed: str) -> Term:
    """The IRI of a prefixed name.

    >>> name("cg:claimant")
    '<https://w3id.org/claimgraph/ns#claimant>'
    """
    return f"<{full(prefixed)}>"


def words(text: str, language: str | None = None) -> Term:
    r"""A string, with its language where one is given.

    >>> words('"No," she\nsaid', "en")
    '"\\"No,\\" she\\nsaid"@en'
    """
    escaped = LONE_SURROGATE.sub("\ufffd", text.translate(ESCAPES))
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def typed(lexical: str, datatype: str) -> Term:
    """A literal of an XML Schema datatype."""
    return f'"{lexical}"^^<{XSD}{datatype}>'


def integer(number: int) -> Term:
    """A whole number (xsd:integer: stores turn its subtypes into it)."""
    return typed(str(number), "integer")


def decimal(number: float | Decimal) -> Term:
    """A number in the canonical form of xsd:decimal.

    >>> decimal(86.30), decimal(1_800_000.0), decimal(1e-07)
    ('"86.3"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1800000"^^<http://www.w3.org/2001/XMLSchema#decimal>', \
'"0.0000001"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    lexical = format(number if isinstance(number, Decimal) else Decimal(repr(number)), "f")
    lexical = lexical.rstrip("0").rstrip(".") if "." in lexical else lexical
    return typed("0" if lexical == "-0" else lexical, "decimal")


def day(iso: str) -> Term:
    """An ISO date, date-time, month or year, each in its own datatype.

    >>> day("2021")
    '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    >>> day("2021-03-09T10:36:00.50+00:00")
    '"2021-03-09T10:36:00.5Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(iso), "dateTime")
    return typed(CANONICAL_TIME.sub(_canonical_time, iso) if kind == "dateTime" else iso, kind)


def _canonical_time(match: re.Match[str]) -> str:
    """Seconds and zone as XML Schema 1.1, part 2, 3.3.7 has them in canonical form: no zeros that say nothing, UTC as Z."""
    zone = match["zone"] or ""
    return (match["fraction"] or "").rstrip("0").removesuffix(".") + ("Z" if zone in {"+00:00", "-00:00"} else zone)


def truth(value: bool) -> Term:
    """True or false."""
    return typed("true" if value else "false", "boolean")


def describe(subject: Term, properties: Mapping[str, Values]) -> Iterator[Triple]:
    """The triples of one thing: each prefixed property with its value or values; None is left out."""
    for prefixed, values in properties.items():
        for value in (values,) if isinstance(values, str) else values or ():
            yield subject, name(prefixed), value


# ---- Files


def to_nquads(quads: Iterable[Quad]) -> str:
    """Sorted N-Quads, each quad once."""
    return "".join(sorted({f"{s} {p} {o} {g} .\n" for s, p, o, g in quads}))


def to_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The lines of N-Quads, in the order of the quads."""
    return [f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in quads]


def from_line(line: bytes) -> Quad:
    r"""The quad of a line that `to_lines` made.

    >>> from_line(b'<urn:s> <urn:p> "a b" <urn:g> .\n')
    Quad(subject='<urn:s>', predicate='<urn:p>', object='"a b"', graph='<urn:g>')
    """
    subject, predicate, rest = line.decode().split(" ", 2)
    return Quad(subject, predicate, *rest.rsplit(" ", 2)[:2])


def canonical_hash(nquads: bytes) -> str:
    """The hash of a graph: hexadecimal SHA-256 of its RDFC-1.0 form, given as sorted N-Quads without blank nodes.

    RDFC-1.0 (RDF Dataset Canonicalization, W3C 2024) gives blank nodes their labels, writes canonical N-Quads and sorts
    them by code point. Without blank nodes the first step does nothing, and the rest is what `to_nquads` does.
    """
    return sha256(nquads).hexdigest()


def to_trig(quads: Iterable[Quad]) -> str:
    """TriG in a fixed order: by graph, subject, property, value; names under the base of their article."""
    return "".join(trig(sorted(set(quads), key=itemgetter(3, 0, 1, 2))))


# ---- Parts of files, of quads that come in the file's order


def nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """N-Quads, a line each."""
    return (f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)


def ntriples(quads: Iterable[Quad]) -> Iterator[str]:
    """N-Triples, a line each: what all graphs say together, without saying which."""
    return (f"{s} {p} {o} .\n" for s, p, o, _ in quads)


def turtle(quads: Iterable[Quad]) -> Iterator[str]:
    """Turtle, a subject each: what all graphs say together, without saying which."""
    yield trig_head()
    yield from (f"\n{_subject(list(held), '', '')}" for _, held in groupby(quads, key=itemgetter(0)))


def trig(quads: Iterable[Quad]) -> Iterator[str]:
    """TriG, a subject each."""
    yield trig_head()
    for term, held in groupby(quads, key=itemgetter(3)):
        yield from trig_graph(term, held)


def trig_head() -> str:
    """The prefixes, with which TriG and Turtle begin."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def trig_graph(graph: Term, quads: Iterable[Quad]) -> Iterator[str]:
    """One graph of sorted quads, piece by piece; an article's begins with its base, so that its parts are `<#claim-416-430>`."""
    base = graph[1:-1].removesuffix("/graph") if graph.endswith("/graph>") else ""
    yield f"\n@base <{base}> .\n" if base else "\n"
    yield f"{_short(graph, '')} {{\n"
    yield from (_subject(list(held), base) for _, held in groupby(quads, key=itemgetter(0)))
    yield "}\n"


def _subject(quads: list[Quad], base: str, indent: str = "  ") -> str:
    """All that a graph says of one subject, its type first."""
    objects: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        objects[_short(quad.predicate, base)].append(_short(quad.object, base))
    kinds = objects.pop("rdf:type", [])
    lines = [f"a {' , '.join(kinds)}"] if kinds else []
    lines += [f"{predicate} {' , '.join(values)}" for predicate, values in sorted(objects.items())]
    body = f" ;\n{indent}  ".join(lines)
    return f"{indent}{_short(quads[0].subject, base)} {body} .\n"


def _short(term: Term, base: str) -> str:
    """The term as TriG abbreviates it."""
    if term.startswith("<"):
        return _short_iri(term[1:-1], base)
    lexical, mark, datatype = term.rpartition("^^")
    if not mark or not datatype.endswith(">") or not lexical.endswith('"'):
        return term
    if BARE.fullmatch(term):
        return lexical.strip('"')
    return f"{lexical}^^{_short_iri(datatype[1:-1], base)}"


def _short_iri(iri: str, base: str) -> str:
    if base and (iri == base or iri.startswith(f"{base}#")):
        return f"<{iri[len(base) :]}>"
    return prefixed(iri) or f"<{iri}>"


@cache
def _namespaces() -> dict[str, str]:
    return {namespace: prefix for prefix, namespace in PREFIXES.items()}


def prefixed(iri: str) -> str | None:
    """A prefixed name, where the rest is a plain one."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _namespaces().get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and LOCAL.fullmatch(iri[cut:]) else None
