"""The vocabulary as code sees it: prefixes, and the concepts that annotation codes and trigger lemmas stand for.

ontology/concepts.ttl is the source of both: a researcher who adds an event kind there edits no code.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.ontology_files import load_facts, ontology_folder
from claimgraph.sparql import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIXES = {
    "cg": "https://w3id.org/claimgraph/ns#",
    "cgc": "https://w3id.org/claimgraph/concept/",
    "cur": "http://qudt.org/vocab/currency/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix to namespace: what queries may use undeclared, and what graph.trig declares."""

WORD_CLASSES = ("verb", "noun")


class Concept(NamedTuple):
    """A value of the vocabulary: its IRI, its scheme, its code in annotations, the lemmas that trigger it."""

    iri: str
    scheme: str
    code: str
    lemmas: tuple[str, ...] = ()


@cache
def load_concepts() -> dict[tuple[str, str], Concept]:
    """Scheme and annotation code to the concept.

    >>> load_concepts()["Polarity", "denied"].iri
    'https://w3id.org/claimgraph/concept/PolarityDenied'

    One code may stand in several schemes: an event is `denied` in its factuality, a claim in its polarity.
    """
    facts = load_facts(ontology_folder() / "concepts.ttl")
    found = [concept for iri in sorted(facts) for concept in _concepts(iri, facts[iri])]
    return {(concept.scheme, concept.code): concept for concept in found}


def _concepts(iri: str, facts: dict[str, list[str]]) -> Iterator[Concept]:
    """The concept once for each scheme and code that it has; nothing for what is none."""
    skos = PREFIXES["skos"]
    for scheme in facts.get(skos + "inScheme", ()):
        for code in facts.get(skos + "notation", ()):
            yield Concept(iri, scheme.removeprefix(PREFIXES["cgc"]), code, tuple(facts.get(skos + "hiddenLabel", ())))


@cache
def load_triggers() -> dict[tuple[str, str], str]:
    """Lemma and word class to the code of the event kind that it triggers.

    >>> load_triggers()["confiscate", "verb"]
    'seizure'

    A lemma serves verb and noun alike unless the ontology names its word class: "charge (verb)".
    """
    kinds = (concept for (scheme, _), concept in load_concepts().items() if scheme == "EventKind")
    return {trigger: kind.code for kind in kinds for lemma in kind.lemmas for trigger in _classes(lemma)}


def _classes(lemma: str) -> Iterator[tuple[str, str]]:
    """The lemma with each word class that it triggers in."""
    words, bracket, word_class = lemma.removesuffix(")").rpartition(" (")
    if bracket and word_class in WORD_CLASSES:
        yield words, word_class
    else:
        yield from ((lemma, word_class) for word_class in WORD_CLASSES)


def unknown_terms(query: str) -> list[str]:
    """One line for each term in `cg:` or `cgc:` that a query names and the ontology has not.

    >>> unknown_terms("SELECT ?c { ?c a cg:Claim }")
    []
    """
    own = {"cg": "claimgraph.ttl", "cgc": "concepts.ttl"}
    named = dict.fromkeys(token[0] for token in TOKEN.finditer(query) if (token["word"] or "")[:-1] in own)
    lines = []
    for name in named:
        prefix = name.partition(":")[0]
        terms = load_facts(ontology_folder() / own[prefix])
        if full(name) not in terms:
            known = [iri.removeprefix(PREFIXES[prefix]) for iri in terms if iri.startswith(PREFIXES[prefix])]
            near = get_close_matches(name.partition(":")[2], known, n=1)
            lines.append(f"{name} is no term of the vocabulary" + (f"; there is {prefix}:{near[0]}" if near else ""))
    return lines


def full(name: str) -> str:
    """The IRI of a prefixed name.

    >>> full("sem:Event")
    'http://semanticweb.cs.vu.nl/2009/11/sem/Event'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
