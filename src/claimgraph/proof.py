"""Spans proved against the texts that they are of: article by article, so that it takes no more memory than one of them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Ask: TypeAlias = "Callable[[str], list[tuple[Any, ...]]]"
"""SPARQL to the rows of its answer."""
LOST = "SELECT DISTINCT ?text { ?span nif:referenceContext ?text FILTER NOT EXISTS { ?text a nif:Context } }"


def texts(ask: Ask) -> list[str]:
    """The texts that spans are said to be of, as SPARQL writes their IRIs, sorted."""
    return sorted({str(row[0]) for row in (*ask("SELECT ?text { ?text a nif:Context }"), *ask(LOST))})


def spans(ask: Ask, text: str) -> Iterator[tuple[str, str]]:
    """Each span of a text by its IRI, and what is wrong with it; the text itself too, where it is not what was read."""
    told = ask(f"SELECT ?words ?hash {{ {text} nif:isString ?words OPTIONAL {{ {text} cg:sha256 ?hash }} }}")
    whole = told[0][0].value if told else None
    if whole is not None and _value(told[0][1]) != _hash(whole):
        yield text, "the text is not the one that was read"
    rows = ask(f"""SELECT ?span ?begin ?end ?words ?exact ?hash WHERE {{ ?span nif:referenceContext {text} ;
        nif:beginIndex ?begin ; nif:endIndex ?end OPTIONAL {{ ?span nif:anchorOf ?words }}
        OPTIONAL {{ ?span oa:exact ?exact }} OPTIONAL {{ ?span cg:sha256 ?hash }} }} ORDER BY ?span""")
    for span, begin, end, *rest in rows:
        words, exact, hashed = map(_value, rest)
        yield str(span), _wrong(whole, int(begin.value), int(end.value), words, hashed) or _misquoted(exact, words)


def _value(term: Any) -> str | None:
    return None if term is None else str(term.value)


def _wrong(text: str | None, begin: int, end: int, words: str | None, hashed: str | None) -> str:
    """What is wrong with a span; nothing, when its words or their hash are those of the text."""
    if words is None and hashed is None:
        return "neither words nor a hash to prove"
    found = words if text is None else text[begin:end]
    if found is None:
        return ""
    if words is not None and found != words:
        return f"characters {begin}-{end} are {found!r}, not {words!r}"
    if hashed is not None and _hash(found) != hashed:
        return f"characters {begin}-{end} are not the ones that were read"
    return ""


def _misquoted(exact: str | None, words: str | None) -> str:
    return "what it quotes is not its words" if None not in (exact, words) and exact != words else ""


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
