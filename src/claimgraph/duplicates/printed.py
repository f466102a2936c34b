"""The articles as they are compared to find copies (duplicates/copies.py), and what is found as quads; out of readings or out of a store."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from claimgraph.duplicates.copies import Copies, find_copies
from claimgraph.duplicates.kinship import printed, reason
from claimgraph.duplicates.revisions import Spoken, change_reason, in_order, spoken_of
from claimgraph.duplicates.sketches import shingles, sketch
from claimgraph.quads import Quad, day, decimal, describe, name, ref, words
from claimgraph.terms import concept, part_iris
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.duplicates.copies import Derivation
    from claimgraph.duplicates.kinship import Printed
    from claimgraph.duplicates.revisions import Change
    from claimgraph.iris import Iris
    from claimgraph.model import Article, Reading
    from claimgraph.quads import Triple

PLACE = re.compile(r"#claim-(\d+)-(\d+)")
"""Where a claim stands, in its IRI."""
CERTAIN, LIKELY, OPEN = 0.95, 0.8, 0.5
"""Confidence that an article derives from another where the texts are nearly the same, where one was edited, and where it
is not told which of them was first."""


def printed_of(reading: Reading, *, iris: Iris, text: str) -> tuple[Printed, tuple[Spoken, ...]]:
    """An article as others are compared with, and its claims; of a graph without its words what that graph tells."""
    return printed_as(reading, iris.article(reading.article.id), text=text)


def printed_as(reading: Reading, iri: str, *, text: str = "full") -> tuple[Printed, tuple[Spoken, ...]]:
    """The same of what is called `iri`."""
    known = None if text == "full" else sketch(shingles(reading.article.text))
    return _printed(reading.article, iri, known), spoken_of(reading, part_iris(reading, iri)) if text != "none" else ()


def _printed(article: Article, iri: str, known: bytes | None) -> Printed:
    published = day(article.published)[1:].partition('"')[0] if article.published else ""
    return printed(
        iri,
        article.id,
        text=article.text,
        title=article.title or "",
        published=published,
        publisher=article.publisher or "",
        url=article.url or "",
        known=known,
    )


# ---- as quads


def copy_quads(copies: Copies, *, iris: Iris) -> list[Quad]:
    """What derives from what, in the graph of what lies across articles: which article and which claims, how alike, what has changed."""
    graph = ref(iris.graph("across"))
    triples = {triple for found in copies.derivations for triple in derivation_triples(found, iris)}
    return [Quad(*triple, graph) for triple in sorted(triples)]


def derivation_triples(found: Derivation, iris: Iris) -> Iterator[Triple]:
    """An article's derivation from another, and those of its claims."""
    source, target, version = found.source.iri, found.target.iri, found.type == "version"
    node = ref(iris.hashed("derivation", source, target))
    why = reason(found.source, found.target, found.kinship, version=version, ordered=found.told)
    yield ref(source), name("prov:wasRevisionOf" if version else "prov:wasDerivedFrom"), ref(target)
    yield ref(source), name("schema:isBasedOn"), ref(target)
    kin = found.kinship
    yield from describe(node, {
        "rdf:type": name("cg:Derivation"),
        "rdfs:label": words(f"{found.type} of {found.target.title or found.target.id}", "en"),
        "cg:from": ref(source),
        "cg:to": ref(target),
        "cg:resemblance": decimal(kin.resemblance),
        "cg:containment": decimal(kin.containment) if kin.containment is not None else None,
        "cg:rationale": words(why),
        "cg:confidence": decimal(confidence(found)),
        "cg:origin": words("rule"),
        "cg:adds": [ref(change.new.iri) for change in found.changes if change.new and not change.old],
        "cg:omits": [ref(change.old.iri) for change in found.changes if change.old and not change.new],
    })  # fmt: skip
    for change in found.changes:
        yield from _changed(change, iris)


def confidence(found: Derivation) -> float:
    """How sure a derivation is; where it is not told which of two texts was first it may be the other way round."""
    if not found.told:
        return OPEN
    return CERTAIN if found.kinship.resemblance >= LIKELY else LIKELY


def _changed(change: Change, iris: Iris) -> Iterator[Triple]:
    """That a claim derives from one before it; where it says something else, in what they differ."""
    if change.old is None or change.new is None:
        return
    source, target = change.new.iri, change.old.iri
    if change.kinds == ("none",):
        yield ref(source), name("prov:wasDerivedFrom"), ref(target)
        return
    node = ref(iris.hashed("derivation", source, target))
    yield ref(source), name("prov:wasRevisionOf"), ref(target)
    yield from describe(node, {
        "rdf:type": name("cg:Derivation"),
        "rdfs:label": words(f"changed: {', '.join(change.kinds)}", "en"),
        "cg:from": ref(source),
        "cg:to": ref(target),
        "cg:change": [concept("ClaimChange", kind) for kind in change.kinds],
        "cg:rationale": words(change_reason(change.old, change.new, change.kinds)),
        "cg:origin": words("rule"),
    })  # fmt: skip


# ---- out of a store


def copies_in(store: ox.Store) -> Copies:
    """What derives from what among the articles of a store: what is found in the readings that it was made of."""
    return find_copies(printed_in(store))


def printed_in(store: ox.Store) -> Iterator[tuple[Printed, tuple[Spoken, ...]]]:
    """The articles of a store as `printed_of` has them."""
    kind = ox.NamedNode(full("schema:NewsArticle"))
    for quad in store.quads_for_pattern(None, ox.NamedNode(full("rdf:type")), kind, None):
        if isinstance(quad.subject, ox.NamedNode):
            yield printed_at(store, quad.subject.value)


def printed_at(store: ox.Store, article: str) -> tuple[Printed, tuple[Spoken, ...]]:
    """The article of a store that has this IRI, as `printed_of` has it."""
    return _Told(store, article).printed()


class _Told:
    """An article's graph, asked for one property after the other."""

    def __init__(self, store: ox.Store, article: str) -> None:
        self.store, self.article, self.graph = store, article, ox.NamedNode(f"{article}/graph")

    def terms(self, iri: str, predicate: str) -> list[str]:
        """The values of a property, in order, as N-Quads has them."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full(predicate)), None, self.graph)
        return sorted(str(quad.object) for quad in found)

    def first(self, iri: str, predicate: str) -> str:
        """The characters of a property's value, empty where it has none."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(full(predicate)), None, self.graph)
        return min((_characters(quad.object) for quad in found), default="")

    def number(self, iri: str, predicate: str) -> float | None:
        """A property's value as a number."""
        found = self.first(iri, predicate)
        return float(found) if found else None

    def printed(self) -> tuple[Printed, tuple[Spoken, ...]]:
        """The article and its claims."""
        context = f"{self.article}#text"
        kept = self.first(context, "cg:sketch")
        known = base64.b64decode(kept) if kept or not self.terms(context, "nif:isString") else None
        fields = ("headline", "datePublished", "publisher", "url")
        title, published, publisher, url = (self.first(self.article, f"schema:{field}") for field in fields)
        return printed(
            self.article,
            self.first(self.article, "dcterms:identifier"),
            text=self.first(context, "nif:isString"),
            title=title,
            published=published,
            publisher=publisher,
            url=url,
            known=known,
        ), in_order(self._claims())

    def _claims(self) -> Iterator[Spoken]:
        kind, claim = ox.NamedNode(full("rdf:type")), ox.NamedNode(full("cg:Claim"))
        for quad in self.store.quads_for_pattern(None, kind, claim, self.graph):
            if isinstance(quad.subject, ox.NamedNode) and (text := self.first(quad.subject.value, "schema:text")):
                yield self._spoken(quad.subject.value, text)

    def _spoken(self, iri: str, text: str) -> Spoken:
        speaker = self.first(iri, "cg:claimant")
        start, end = map(int, PLACE.findall(iri)[-1])
        figures = (self._figure(figure[1:-1]) for figure in self.terms(iri, "cg:quantity"))
        return Spoken(
            iri,
            self.first(speaker, "rdfs:label") if speaker else "",
            text,
            start,
            end,
            self.first(iri, "cg:polarity"),
            self.first(iri, "cg:contentPolarity").endswith("Denied"),
            tuple(sorted((figure for figure in figures if figure), key=str)),
        )

    def _figure(self, iri: str) -> tuple[str, float, float | None, float | None] | None:
        value = self.number(iri, "qudt:numericValue")
        if value is None:
            return None
        [known] = [*self.terms(iri, "qudt:hasUnit"), *self.terms(iri, "cg:unitText")]
        return known, value, self.number(iri, "cg:lowerBound"), self.number(iri, "cg:upperBound")


def _characters(term: object) -> str:
    """The IRI or the characters of a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
