"""Single claims for others to cite: as nanopublication, or as ClaimReview for a fact checker to complete.

What was said stays what somebody said; nothing is invented that the graph does not hold: no rating, licence or time.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from claimgraph.errors import UsageError
from claimgraph.iris import INFERRED, LONG, digest
from claimgraph.quads import Quad, describe, name, prefixed, ref, to_trig, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.quads import Term, Triple
    from claimgraph.store import KnowledgeGraph

TYPE = name("rdf:type")
EVIDENCE = tuple(map(name, ("cg:evidence", "cg:sentence", "cg:sourceSpan", "cg:cueSpan", "cg:contentSpan")))
FOUND = (*EVIDENCE, *map(name, ("cg:confidence", "cg:origin", "cg:inferred")))
"""What says how a claim was found: provenance of the assertion that it was made."""
CONTENT = tuple(map(name, ("cg:reports", "cg:quantity", "cg:saidOn")))
"""Links to what stands inside a claim and in its article: they stay in the graph."""
LABEL = name("rdfs:label")
NAMED = (TYPE, LABEL, name("owl:sameAs"))
ARTICLE = tuple(f"schema:{p}" for p in ("headline", "url", "datePublished", "author", "publisher"))
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
"""An IRI that may be asked for (RFC 3987 as far as Turtle has it)."""
NANOPUB = "http://www.nanopub.org/nschema#"


class Told(NamedTuple):
    """A claim and the graph around it: properties as N-Quads terms, what is only inferred or rejected left out."""

    graph: KnowledgeGraph
    claim: Term

    def of(self, subject: Term) -> dict[Term, list[Term]]:
        """The properties of one thing, sorted."""
        found: dict[Term, set[Term]] = defaultdict(set)
        for quad in self.graph.store.quads_for_pattern(ox.NamedNode(subject[1:-1]), None, None):
            if not str(quad.graph_name).endswith(f"{INFERRED}>"):
                found[str(quad.predicate)].add(str(quad.object))
        return {predicate: sorted(values) for predicate, values in sorted(found.items())}

    def one(self, subject: Term, prefixed_name: str) -> Term | None:
        """The first value of a property."""
        return next(iter(self.of(subject).get(name(prefixed_name), [])), None)

    def text(self, subject: Term, prefixed_name: str) -> str | None:
        """The first value of a property as plain words."""
        term = self.one(subject, prefixed_name)
        return None if term is None else plain(term)

    @property
    def article(self) -> Term:
        """The article that the claim stands in."""
        return self.one(self.claim, "schema:appearance") or ref(self.claim[1:-1].partition("#")[0])

    @property
    def claimants(self) -> list[Term]:
        """Who makes the claim: entities of all articles, where the graph knows them as such."""
        named = self.of(self.claim).get(name("cg:claimant"), [])
        canonical = [c for c in named if not self.one(c, "cg:canonical")]
        return canonical or named

    def sentence(self) -> str:
        """Who said what in one line, in which a denial stays a denial.

        Raises:
            UsageError: the graph holds no words of the claim (`--text none`).

        """
        said = self.text(self.claim, "schema:text")
        if said is None:
            raise UsageError(self.claim[1:-1], "the graph holds no words of it; build with --text full or quotes")
        who = " and ".join(filter(None, (self.text(c, "rdfs:label") for c in self.claimants))) or "somebody"
        return f"{who} ({self.text(self.claim, 'cg:cue') or 'quoted'}): {said}"


def plain(term: Term) -> str:
    r"""A literal's words, or an IRI.

    >>> plain(r'"\"No\""@en')
    '"No"'
    """
    return term[1:-1] if term.startswith("<") else str(json.loads(term[: term.rindex('"') + 1]))


def find_claim(graph: KnowledgeGraph, iri: str) -> Told:
    """The claim of this IRI.

    Raises:
        UsageError: there is none, or a person has rejected it.

    """
    told = Told(graph, ref(iri))
    known = told.of(told.claim) if ABSOLUTE.fullmatch(iri) else {}
    if name("cg:Claim") not in known.get(TYPE, []):
        raise UsageError(iri, "is no claim of this graph; `SELECT ?claim { ?claim a cg:Claim }` lists them")
    if name("cgc:Rejected") in known.get(name("cg:status"), []):
        raise UsageError(iri, "was rejected in curation; it is not published")
    return told


def nanopublication(told: Told) -> str:
    """A nanopublication in TriG: that somebody claimed this, where that stands, and who made the nanopublication.

    The four graphs of the guidelines (nanopub.net), no blank nodes. What the claim says is a string of the assertion and
    never a statement. The name is a hash of the content; a time is given where the build was given one.
    """
    said, found = list(_asserted(told)), list(_found(told))
    key = digest(*sorted(" ".join(triple) for triple in said + found), digits=LONG)
    whole = f"{told.article[1:-1]}/nanopublication/{key}"
    head, assertion, provenance, info = (ref(f"{whole}#{p}") for p in ("Head", "assertion", "provenance", "pubinfo"))
    parts = {"hasAssertion": assertion, "hasProvenance": provenance, "hasPublicationInfo": info}
    structure = [(ref(whole), ref(NANOPUB + edge), part) for edge, part in parts.items()]
    graphs: dict[Term, Iterable[Triple]] = {
        head: [(ref(whole), TYPE, ref(f"{NANOPUB}Nanopublication")), *structure],
        assertion: said,
        provenance: [*_derived(told, assertion), *found],
        info: _published(told, ref(whole)),
    }
    return to_trig(Quad(*triple, graph) for graph, triples in graphs.items() for triple in triples)


def _asserted(told: Told) -> Iterator[Triple]:
    """That the claim was made: how, by whom, about whom; and what these are called."""
    properties = told.of(told.claim)
    yield told.claim, LABEL, words(told.sentence(), "en")
    for predicate, values in properties.items():
        if predicate not in (*FOUND, *CONTENT, LABEL):
            yield from ((told.claim, predicate, value) for value in values)
    linked = {
        v
        for p in ("cg:claimant", "cg:responsible", "cg:stanceTarget", "schema:about")
        for v in properties.get(name(p), [])
    }
    for entity in sorted(linked):
        yield from _properties(told, entity, (*NAMED, name("cg:canonical")))


def _found(told: Told) -> Iterator[Triple]:
    """How it was found that the claim was made: the article, the characters, the rule, the confidence."""
    yield from _properties(told, told.claim, FOUND)
    spans = {span for p in EVIDENCE for span in told.of(told.claim).get(p, [])}
    for span in sorted(spans):
        yield from _properties(told, span)
    yield from _properties(told, told.article, (TYPE, LABEL, name("dcterms:identifier"), *map(name, ARTICLE)))


def _properties(told: Told, subject: Term, chosen: tuple[Term, ...] = ()) -> Iterator[Triple]:
    """What the graph says of a thing: all, or the properties chosen."""
    for predicate, values in told.of(subject).items():
        if not chosen or predicate in chosen:
            yield from ((subject, predicate, value) for value in values)


def _run(told: Told) -> Term | None:
    return told.one(ref(f"{told.article[1:-1]}/graph"), "prov:wasGeneratedBy")


def _derived(told: Told, assertion: Term) -> Iterator[Triple]:
    spans = told.of(told.claim).get(name("cg:contentSpan"), [])
    run = _run(told)
    yield from describe(
        assertion,
        {"prov:wasDerivedFrom": told.article, "prov:wasQuotedFrom": spans, "prov:wasGeneratedBy": run},
    )
    if run:
        yield from _properties(told, run)


def _published(told: Told, whole: Term) -> Iterator[Triple]:
    """Who made the nanopublication (this software) and when, as far as the graph says so."""
    run = _run(told)
    agent = told.one(run, "prov:wasAssociatedWith") if run else None
    yield from describe(whole, {
        "rdfs:label": words(told.sentence(), "en"),
        "dcterms:creator": agent,
        "dcterms:created": told.one(run, "prov:endedAtTime") if run else None,
    })  # fmt: skip
    if agent:
        yield from _properties(told, agent)


def claim_review(told: Told) -> str:
    """A schema.org ClaimReview in JSON-LD for a fact checker to complete: the claim, its author, where it appeared.

    What nobody has done is left out: reviewRating, and url, author and datePublished of the review. Google shows no
    result without claimReviewed, reviewRating and url. Of a denial the whole line is reviewed, not what was denied.
    """
    denied = told.one(told.claim, "cg:polarity") != name("cgc:PolarityAffirmed")
    line = told.sentence()
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": told.claim[1:-1],
        "author": _only([_author(told, who) for who in told.claimants]),
        "datePublished": told.text(told.claim, "cg:saidOnDate"),
        "appearance": _appearance(told),
    }
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": line if denied else told.text(told.claim, "schema:text"),
        "itemReviewed": _kept(claim),
    }
    return json.dumps(review, ensure_ascii=False, indent=2) + "\n"


def _author(told: Told, who: Term) -> dict[str, Any]:
    """A claimant as schema.org has it; what is neither person nor organization there is a Thing."""
    kinds = [k for k in map(prefixed, (t[1:-1] for t in told.of(who).get(TYPE, []))) if k and k.startswith("schema:")]
    same = [plain(iri) for iri in told.of(who).get(name("owl:sameAs"), [])]
    return _kept({
        "@type": _only([kind.removeprefix("schema:") for kind in kinds]) or "Thing",
        "@id": plain(who),
        "name": told.text(who, "rdfs:label"),
        "sameAs": _only(same),
    })  # fmt: skip


def _appearance(told: Told) -> dict[str, Any]:
    """The article that the claim stands in."""
    known = {prop.removeprefix("schema:"): told.text(told.article, prop) for prop in ARTICLE}
    return _kept({"@type": "NewsArticle", "@id": plain(told.article), **known})


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [], "")}


def _only(values: list[Any]) -> Any:
    """The one value of a list, else the list."""
    return values[0] if len(values) == 1 else values


CLAIM_FORMATS: dict[str, Callable[[Told], str]] = {"nanopublication": nanopublication, "claimreview": claim_review}


def export_claim(graph: KnowledgeGraph, iri: str, form: str) -> str:
    """One claim as nanopublication or claimreview.

    Raises:
        UsageError: there is no such claim or format, or the graph holds no words of it.

    """
    if form not in CLAIM_FORMATS:
        raise UsageError(form, f"no such format of a claim; {', '.join(CLAIM_FORMATS)} are")
    return CLAIM_FORMATS[form](find_claim(graph, iri))
