"""Queries for things by their names, whose time does not depend on how often a thing is named.

They begin with what has an address of its own among all articles, an entity, a topic or an article; its labels are read
then. The optimizer would begin with all labels, or with all members of a class, of which most belong to single articles.
"""

from __future__ import annotations

import pyoxigraph as ox

ALL = "{ ?each cg:canonical ?thing } UNION { ?thing a skos:Concept }"
NAMED = """{{ SELECT DISTINCT ?thing {{ {{ SELECT DISTINCT ?thing {{ {things} }} }}
    {{ ?thing rdfs:label ?called }} UNION {{ ?thing skos:altLabel ?called }}
    BIND(LCASE(STR(?called)) AS ?name) BIND(LCASE({words}) AS ?words) FILTER({test}) }} {limit} }}"""
KINDS = {
    "schema:NewsArticle": "article",
    "schema:Person": "person",
    "schema:Organization": "organization",
    "cg:Group": "group",
    "schema:Place": "place",
    "schema:CreativeWork": "document",
    "skos:Concept": "topic",
}


def holding(words: str, most: int) -> str:
    """The query for class, name and IRI of things and articles that have these words (a literal) in their name."""
    things = f"{ALL} UNION {{ ?thing a schema:NewsArticle }}"
    named = NAMED.format(things=things, words=words, test="CONTAINS(?name, ?words)", limit=f"LIMIT {most}")
    return f"SELECT DISTINCT ?class ?name ?thing {{ {named} ?thing a ?class ; rdfs:label ?name FILTER(?class IN ({', '.join(KINDS)})) }}"


def called(words: str) -> str:
    """The query for the thing that is called so, the one that most articles have."""
    named = NAMED.format(things=ALL, words=words, test="?name = ?words", limit="")
    often = "OPTIONAL { ?member cg:canonical ?thing }"
    return f"SELECT ?thing (COUNT(?member) AS ?often) {{ {named} {often} }} GROUP BY ?thing ORDER BY DESC(?often) ?thing LIMIT 1"


def alike(words: str) -> str:
    """The query for the names of three things that have these words in their name, or the other way round."""
    test = "CONTAINS(?name, ?words) || CONTAINS(?words, ?name)"
    named = NAMED.format(things=ALL, words=words, test=test, limit="")
    return f"SELECT DISTINCT ?label {{ {named} ?thing rdfs:label ?label }} ORDER BY ?label LIMIT 3"


def literal(words: str) -> str:
    r"""Words as SPARQL has them.

    >>> literal('say "a\\b"')
    '"say \\"a\\\\b\\""'
    """
    return str(ox.Literal(words))
