"""Earlier editions of an article of one id: what a later build replaced, kept in a graph of its own and compared.

    graph/editions:  article -prov:wasRevisionOf-> edition -prov:wasRevisionOf-> edition before it; claim by claim alike

An edition has its text and its claims, so that each can be proved, but it is no article of the graph and its claims are
no `cg:Claim`: no question counts what a newspaper has taken back.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from claimgraph.duplicates.copies import Derivation
from claimgraph.duplicates.kinship import likeness
from claimgraph.duplicates.printed import derivation_triples, printed_as
from claimgraph.iris import characters
from claimgraph.quads import Quad, day, describe, integer, name, ref, words
from claimgraph.terms import part_iris, sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimgraph.iris import Iris
    from claimgraph.model import Reading
    from claimgraph.quads import Triple

DIGITS = 8
"""Hexadecimal digits of the hash of a text that an edition is known by."""


def edition_name(reading: Reading) -> str:
    """What tells an edition from the others of its article: the hash of its headline and its text."""
    return sha256(f"{reading.article.title or ''}\n{reading.article.text}")[:DIGITS]


def edition_iri(reading: Reading, iris: Iris) -> str:
    """The IRI of an article as it was."""
    return f"{iris.article(reading.article.id)}/edition/{edition_name(reading)}"


def revisions(chain: Sequence[Reading], *, iris: Iris) -> Iterator[Derivation]:
    """How each edition of an article differs from the one before it; the last is the article as it is."""
    at = [*(edition_iri(reading, iris) for reading in chain[:-1]), iris.article(chain[-1].article.id)]
    for (old, before), (new, now) in pairwise(zip(chain, at, strict=True)):
        yield _revision(old, before, new, now)


def _revision(old: Reading, before: str, new: Reading, now: str) -> Derivation:
    (earlier, _), (later, _) = (printed_as(reading, iri) for reading, iri in ((old, before), (new, now)))
    earlier = msgspec.structs.replace(earlier, id=f"{earlier.id}@{edition_name(old)}")
    return Derivation.of(
        later, earlier, "version", likeness(earlier, later), printed_as(old, before)[1], printed_as(new, now)[1]
    )


def edition_quads(chain: Sequence[Reading], *, iris: Iris) -> list[Quad]:
    """The graph of the editions of one article: what they said, and what became of it."""
    graph = ref(iris.graph("editions"))
    triples = {triple for reading in chain[:-1] for triple in _edition(reading, edition_iri(reading, iris))}
    triples |= {triple for found in revisions(chain, iris=iris) for triple in derivation_triples(found, iris)}
    return [Quad(*triple, graph) for triple in sorted(triples)]


def _edition(reading: Reading, iri: str) -> Iterator[Triple]:
    article, me, context = reading.article, ref(iri), ref(f"{iri}#text")
    yield from describe(me, {
        "rdf:type": [name("cg:Edition"), name("prov:Entity")],
        "rdfs:label": words(f"earlier edition of {article.title or article.id}", "en"),
        "dcterms:identifier": words(f"{article.id}@{edition_name(reading)}"),
        "schema:headline": words(article.title) if article.title else None,
        "schema:datePublished": day(article.published) if article.published else None,
    })  # fmt: skip
    yield from describe(context, {
        "rdf:type": name("nif:Context"),
        "rdfs:label": words(f"text of an earlier edition of {article.title or article.id}", "en"),
        "nif:sourceUrl": me,
        "nif:beginIndex": integer(0),
        "nif:endIndex": integer(len(article.text)),
        "cg:sha256": words(sha256(article.text)),
        "nif:isString": words(article.text),
    })  # fmt: skip
    yield from _claims(reading, iri, context)


def _claims(reading: Reading, iri: str, context: str) -> Iterator[Triple]:
    """What an edition said: each claim with its speaker's name and its characters."""
    names = {entity.id: entity.name for entity in reading.entities}
    at = part_iris(reading, iri)
    for claim in reading.claims:
        speaker = names.get(claim.source_entity or "")
        yield from describe(ref(at[claim.id]), {
            "rdf:type": [name("cg:FormerClaim"), name("prov:Entity")],
            "rdfs:label": words(" ".join(span.text for span in claim.content), "en"),
            "schema:text": words(" ".join(span.text for span in claim.content)),
            "cg:speakerName": words(speaker) if speaker else None,
            "cg:evidence": [ref(characters(iri, span)) for span in claim.content],
        })  # fmt: skip
        for span in claim.content:
            yield from describe(ref(characters(iri, span)), {
                "rdf:type": [name("cg:Span"), name("nif:OffsetBasedString")],
                "rdfs:label": words(span.text, "en"),
                "nif:referenceContext": context,
                "nif:beginIndex": integer(span.start),
                "nif:endIndex": integer(span.end),
                "nif:anchorOf": words(span.text),
            })  # fmt: skip
