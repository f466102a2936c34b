"""The words of a SPARQL query, as its grammar tells them from what stands in strings, comments, IRIs and variables."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

TOKEN = re.compile(
    r"(?P<opaque>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<(?:[^<>\"{}|^`\\\x00-\x20]|\\[uU])*>|#[^\n\r]*|[?$@][\w-]+)|(?P<word>[\w.-]*:)(?:[\w:.-]|%[0-9A-Fa-f]{2})*|(?P<bare>\w+)",
    re.DOTALL,
)
"""Terminals of SPARQL 1.1, 19.8. A comment ends at a line feed or a carriage return (19.4)."""
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
"""What operations of SPARQL 1.1 Update begin with."""
READS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def words_of(query: str) -> set[str]:
    """The keywords and prefixes of a query, in capitals.

    >>> sorted(words_of('SELECT ?service { ?s rdfs:label "FROM" } # SERVICE'))
    ['RDFS:', 'SELECT']
    """
    return {word.upper() for token in TOKEN.finditer(query) if (word := token["word"] or token["bare"])}


def asks_others(query: str) -> bool:
    """Whether a query may have SERVICE, which asks another server.

    Oxigraph needs no space round a keyword: `1SERVICEex:a{}` is one, so that any word that holds it counts.

    >>> asks_others("ASK { ?s ?p 1SERVICE<http://example.org/>{} }"), asks_others("ASK { ?s ?p 'service' }")
    (True, False)
    """
    return any("SERVICE" in word for word in words_of(query))


def explained(message: str, query: str, known: Collection[str]) -> str:
    """A parser's message in words that say what to do, where it only lists what the grammar would allow.

    >>> explained("expected one of Prefix not found, ['%']", "ASK { ?s a foo:Claim , cg:Claim }", ["cg", "sem"])
    'the prefix foo: is not declared; known without a declaration are cg, sem'
    >>> explained("expected CONSTRUCT", "INSERT DATA { <a:b> <a:c> <a:d> }", ["cg"])
    'a query changes nothing: ask with SELECT, ASK, CONSTRUCT or DESCRIBE'
    """
    if "Prefix not found" in message:
        strange = ", ".join(_undeclared(query, known)) or "of a name"
        return f"the prefix {strange} is not declared; known without a declaration are {', '.join(sorted(known))}"
    words = words_of(query)
    if words & UPDATES and not words & READS:
        return "a query changes nothing: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return message


def _undeclared(query: str, known: Collection[str]) -> list[str]:
    """The prefixes of a query that neither it nor anybody else declares, as they are written."""
    tokens = list(TOKEN.finditer(query))
    used = dict.fromkeys(word for token in tokens if (word := token["word"]) and word != "_:")
    declared = {name["word"] for keyword, name in pairwise(tokens) if (keyword["bare"] or "").upper() == "PREFIX"}
    return [word for word in used if word not in declared and word[:-1] not in known]
