"""What each article adds to the tables of the report: rows of plain data."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from claimgraph.lexicon import load_details
from claimgraph.model import FRONT
from claimgraph.vocab import load_concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.model import Claim, Entity, Reading, Span
    from claimgraph.store import KnowledgeGraph

Row = dict[str, Any]

QUOTED = re.compile(r"[“\"](?!\s)[^“”\"\r\n]{2,600}[”\"]")
WORDS_OF_SPEECH = 4
"""Shorter things in quotation marks are mostly titles and wording at a distance, not somebody's speech."""
OPEN = "(nobody named)"


def _article_row(reading: Reading) -> Row:
    """One line of the table of articles."""
    article = reading.article
    known = {name: getattr(article, name) for name in ("id", "title", "published", "author", "publisher")}
    return known | {layer: len(getattr(reading, layer)) for layer in ("claims", "statements", "events", "quantities")}


def _names(reading: Reading) -> dict[str | None, str]:
    """Entity id to name."""
    return {entity.id: entity.name for entity in reading.entities}


def _claim_rows(reading: Reading) -> Iterator[Row]:
    """Who says what, claim by claim."""
    names = _names(reading)
    for claim in reading.claims:
        yield {
            "speaker": names.get(claim.source_entity, OPEN),
            "article": reading.article.id,
            "claim": claim.id,
            "inside": claim.inside,
            "source": claim.source and claim.source.text,
            "cue": claim.cue and claim.cue.text,
            "content": " … ".join(span.text for span in claim.content),
            "start": min((span.start for span in claim.content), default=None),
            "end": max((span.end for span in claim.content), default=None),
            **{name: getattr(claim, name) for name in ("form", "polarity", "negated", "certainty", "stance")},
            "confidence": claim.confidence,
        }


def _unattributed(reading: Reading) -> Iterator[Row]:
    """Speech in quotation marks that no claim holds, and claims whose speaker stays open."""
    text = reading.article.text
    held = [span for claim in reading.claims for span in claim.content]
    found = [(match.start(), match.end()) for match in QUOTED.finditer(text)]
    loose = [
        (start, end)
        for start, end in found
        if len(text[start:end].split()) >= WORDS_OF_SPEECH and not any(s.start < end and start < s.end for s in held)
    ]
    open_claims = [
        (claim.content[0].start, claim.content[-1].end)
        for claim in reading.claims
        if claim.source_entity is None and claim.inside is None and claim.content
    ]
    for start, end in sorted({*loose, *open_claims}):
        yield {"article": reading.article.id, "start": start, "end": end, "text": text[start:end]}


def _vague_sources(reading: Reading) -> Iterator[Row]:
    """Sources without a name ("some senators"), with the number of their claims."""
    said = Counter(claim.source_entity for claim in reading.claims)
    for entity in reading.entities:
        if entity.vague and said[entity.id]:
            yield {"article": reading.article.id, "source": entity.name, "claims": said[entity.id]}


def unlinked_names(reading: Reading) -> Iterator[tuple[str, str, int]]:
    """Name, type and number of mentions of each named actor or place that stands alone."""
    unlinked = {entity.id: (entity.name, entity.type) for entity in reading.entities if _is_unlinked(entity)}
    named = Counter(unlinked[m.entity] for m in reading.mentions if m.kind == "name" and m.entity in unlinked)
    yield from ((*key, count) for key, count in named.items())


def _is_unlinked(entity: Entity) -> bool:
    """Whether a named actor or place has no identifier known to others."""
    named = entity.type in {"person", "organization", "place"} and not entity.vague
    return named and not (entity.wikidata or entity.geonames or entity.authority or entity.iri)


def _figure_rows(reading: Reading) -> Iterator[Row]:
    """The quantities with what they count and who gives them."""
    names = _names(reading)
    for quantity in reading.quantities:
        claim = _innermost(quantity, reading.claims)
        yield {
            "article": reading.article.id,
            "words": quantity.text,
            **{name: getattr(quantity, name) for name in ("comparator", "value", "upper", "unit", "per")},
            "of": quantity.of and quantity.of.text,
            "said_by": names.get(claim.source_entity, OPEN) if claim else None,
            "start": quantity.start,
            "end": quantity.end,
        }


def _innermost(span: Span, claims: Iterable[Claim]) -> Claim | None:
    """The claim with the shortest content that covers a span; None when the article itself says it."""
    covering = [(c.end - c.start, claim.id, claim) for claim in claims for c in claim.content if c.covers(span)]
    return min(covering, key=lambda found: found[:2])[2] if covering else None


def _relation_rows(reading: Reading) -> Iterator[Row]:
    """How claims bear on each other, in their own words."""
    said = {claim.id: " … ".join(span.text for span in claim.content) for claim in reading.claims}
    for relation in reading.relations:
        yield {
            "article": reading.article.id,
            "from": said.get(relation.source, relation.source),
            "type": relation.type,
            "to": said.get(relation.target, relation.target),
            "to_article": reading.article.id,
            "rationale": relation.rationale,
            "confidence": relation.confidence,
        }


ACROSS = """SELECT ?article ?from ?type ?to ?other ?why ?confidence {
    ?relation a cg:ClaimRelation ; cg:from ?a ; cg:to ?b ; cg:relation ?type ; cg:rationale ?why ; cg:confidence ?confidence .
    ?a schema:text ?from ; schema:appearance/dcterms:identifier ?article .
    ?b schema:text ?to ; schema:appearance/dcterms:identifier ?other FILTER(?article != ?other) }"""


def across_rows(graph: KnowledgeGraph) -> Iterator[Row]:
    """How claims of different articles bear on each other, as the tables of the articles have it of their own."""
    codes = {each.iri: each.code for each in load_concepts().values()}
    for article, said, kind, other_said, other, why, confidence in graph.rows(ACROSS):
        yield {
            "article": article.value,
            "from": said.value,
            "type": codes[kind.value],
            "to": other_said.value,
            "to_article": other.value,
            "rationale": why.value,
            "confidence": float(confidence.value),
        }


def _left_out(reading: Reading) -> Iterator[Row]:
    """The parts of the article of which nothing is claimed, and why."""
    for zone in reading.article.zones:
        if zone.kind not in FRONT:
            reason = load_details("part_kinds")[zone.kind]
            place = {"start": zone.start, "end": zone.end}
            yield {"article": reading.article.id, "part": zone.kind, "reason": reason, **place, "text": zone.text}


def _warning_rows(reading: Reading) -> Iterator[Row]:
    """What to know about the article."""
    for note in reading.article.notes:
        yield {"article": reading.article.id, "note": note}


TABLES: dict[str, Callable[[Reading], Iterable[Row]]] = {
    "articles": lambda reading: [_article_row(reading)],
    "claims": _claim_rows,
    "unattributed": _unattributed,
    "vague_sources": _vague_sources,
    "figures": _figure_rows,
    "relations": _relation_rows,
    "left_out": _left_out,
    "warnings": _warning_rows,
}
"""The tables of the report that each article adds rows to."""
