"""The words of a SPARQL query, as its grammar tells them from what stands in strings, comments, IRIs and variables."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"(?P<opaque>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<(?:[^<>\"{}|^`\\\x00-\x20]|\\[uU])*>|#[^\n\r]*|[?$@][\w-]+)|(?P<word>[\w.-]*:)(?:[\w:.-]|%[0-9A-Fa-f]{2})*|(?P<bare>\w+)",
    re.DOTALL,
)
"""Terminals of SPARQL 1.1, 19.8. A comment ends at a line feed or a carriage return (19.4)."""


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
