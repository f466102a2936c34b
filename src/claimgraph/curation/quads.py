"""The graph of what people decided: each decision with who, when and what about, in terms of PROV; and each thing's status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.iris import digest, slug
from claimgraph.quads import Quad, day, describe, name, ref, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.curation.curated import Effect
    from claimgraph.curation.ledger import Decision
    from claimgraph.iris import Iris
    from claimgraph.quads import Term, Triple

STATUS = {"reject": "cgc:Rejected", "correct": "cgc:Corrected", "confirm": "cgc:Confirmed"}
"""The gravest first: what a thing is said to be, about which there are several decisions."""
ORCID = re.compile(r"(?:https?://)?(?:orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
HOLDS = ("applied", "moved")


def curation_quads(effects: Iterable[tuple[Effect, str]], *, iris: Iris, text: str) -> list[Quad]:
    """The quads of the graph of decisions and their effects, each with the IRI of what it is about."""
    graph = ref(iris.graph("curation"))
    triples: set[Triple] = set()
    status: dict[str, str] = {}
    earlier: dict[str, str] = {}
    ends: dict[str, list[str]] = {}
    for effect, about in effects:
        decision = effect.decision
        me = decision_iri(decision, iris)
        triples.update(_decision(me, effect, about, earlier.get(decision.item), iris=iris, text=text))
        earlier[decision.item] = me
        if about and effect.state in HOLDS:
            now, was = decision.decision, status.get(about, "confirm")
            status[about] = min(now, was, key=[*STATUS].index)
            ends[about] = effect.target.split() if decision.kind == "happening" else []
    for about, decided in status.items():
        triples.add((ref(about), name("cg:status"), name(STATUS[decided])))
        if decided == "reject":
            triples.update(_rejected(about, ends[about]))
    return [Quad(*triple, graph) for triple in sorted(triples)]


def decision_iri(decision: Decision, iris: Iris) -> str:
    """What a decision is called: by all that somebody wrote."""
    told = (decision.decision, decision.correction, decision.by, decision.when, decision.note)
    return iris.hashed("decision", decision.item, *told)


def _decision(me: str, effect: Effect, about: str, earlier: str | None, *, iris: Iris, text: str) -> Iterator[Triple]:
    decision = effect.decision
    who = curator_iri(decision.by, iris)
    quotes = decision.kind == "claim" and text == "none"
    yield from describe(ref(me), {
        "rdf:type": [name("cg:Decision"), name("prov:Entity")],
        "rdfs:label": words(_label(decision, text), "en"),
        "cg:decides": ref(about) if about and effect.state in HOLDS else None,
        "cg:verdict": name(STATUS[decision.decision]),
        "cg:itemKind": words(decision.kind),
        "cg:correction": words(decision.correction) if decision.correction and not quotes else None,
        "rdfs:comment": words(decision.note) if decision.note else None,
        "prov:wasAttributedTo": ref(who),
        "prov:generatedAtTime": day(decision.when),
        "prov:wasRevisionOf": ref(earlier) if earlier else None,
    })  # fmt: skip
    yield from describe(ref(who), {"rdf:type": name("prov:Agent"), "rdfs:label": words(decision.by)})


def _label(decision: Decision, text: str) -> str:
    verb = {"reject": "rejected", "correct": "corrected", "confirm": "confirmed"}[decision.decision]
    told = f": {' '.join(decision.anchor.words.split())}" if text != "none" else ""
    return f"{decision.kind} {verb} by {decision.by}{told}"


def _rejected(about: str, ends: list[str]) -> Iterator[Triple]:
    """What stands for a thing that is in no other graph; of a link between events these, for they are there and say so."""
    label = re.split(r"[/#]", about)[-1]
    yield from describe(ref(about), {
        "rdf:type": name("prov:Entity"),
        "rdfs:label": words(f"rejected: {label}", "en"),
        "dcterms:references": [ref(end) for end in ends],
    })  # fmt: skip


def curator_iri(by: str, iris: Iris) -> Term:
    """The IRI of who decides: an ORCID's, a mail address, an IRI as given, else one made of the name.

    >>> from claimgraph.iris import Iris
    >>> curator_iri("0000-0002-1825-0097", Iris()), curator_iri("ada@example.org", Iris())
    ('https://orcid.org/0000-0002-1825-0097', 'mailto:ada@example.org')
    """
    if found := ORCID.fullmatch(by):
        return f"https://orcid.org/{found[1].upper()}"
    if MAIL.fullmatch(by):
        return f"mailto:{by}"
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", by):
        return by
    return f"{iris.base}curator/{slug(by)}-{digest(by)}"
