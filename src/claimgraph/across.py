"""How claims of different articles bear on each other: who says the same again, who supports it, who contradicts it.

All claims of a graph are compared by their sentences, as those of one article are (relations.py), but only with those
that share rare words: two sentences of which a share SAME of the words is common have one of the rarest few words in
common (prefix filtering: Chaudhuri et al., "A Primitive Operator for Similarity Joins in Data Cleaning", ICDE 2006).
So the work grows with the number of claims, not with that of their pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from claimgraph.cues import shape_of
from claimgraph.propositions import COURTESY, NO_SENTENCE, Said, likeness, sentences_of
from claimgraph.quads import Quad, decimal, describe, name, ref, words
from claimgraph.terms import concept
from claimgraph.vocab import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.iris import Iris

SAME = 0.6
"""Likeness of two sentences from which they say the same or the opposite (relations.py has the same for one article)."""
VERY_SAME = 0.95
"""Likeness from which a sentence is another one again: agency copy, a press release."""
ECHO = 5
"""Words that both must have: sentences of different articles are alike by chance more often than those of one."""
MOST = 8
"""Relations of one claim to those of other articles, the likest first: what fifty papers print is told by a chain."""
ROUNDING = 0.05
"""Share by which two figures may differ and agree: "nearly 300,000" and "286,000" are one count."""
NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]*[A-Z\w]")
"""A word with a capital letter inside a sentence."""
PROPERTIES = (
    *("schema:text", "cg:claimant", "cg:polarity", "cg:contentPolarity", "cg:certainty", "cg:saidOnDate"),
    *("schema:about", "cg:origin", "cg:quantity"),
)


class Figure(NamedTuple):
    """A quantity as its bounds, both inclusive, in one unit; `text` as the article has it."""

    text: str
    unit: str
    lower: float
    upper: float


class Told(NamedTuple):
    """A claim as others are compared with: who says it, of whom and what, printed and said when, in which sentences."""

    iri: str
    article: str
    speaker: str
    about: frozenset[str]
    published: str
    day: str
    polarity: str
    sentences: tuple[Said, ...]
    figures: tuple[Figure, ...]


class Meeting(NamedTuple):
    """Two claims that bear on each other, the later one first."""

    source: Told
    target: Told
    type: str
    basis: str
    rationale: str
    confidence: float


def across_quads(store: ox.Store, *, iris: Iris) -> list[Quad]:
    """The graph of how claims of different articles bear on each other, as relations with a basis and a reason."""
    graph = ref(iris.graph("across"))
    names = {iri: value for iri, value in _pairs(store, "rdfs:label") if iri.startswith(iris.base)}
    found = []
    for meeting in meet(claims_of(store)):
        source, target = meeting.source.iri, meeting.target.iri
        edge = {"responds-to": "respondsTo"}.get(meeting.type, meeting.type)
        found.append((ref(source), name(f"cg:{edge}"), ref(target)))
        found += describe(ref(iris.hashed("relation", source, target, meeting.type)), {
            "rdf:type": name("cg:ClaimRelation"),
            "rdfs:label": words(f"{meeting.type}: {meeting.basis}", "en"),
            "cg:from": ref(source),
            "cg:to": ref(target),
            "cg:relation": concept("RelationType", meeting.type),
            "cg:basis": words(meeting.basis),
            "cg:rationale": words(_reason(meeting, names)),
            "cg:confidence": decimal(meeting.confidence),
            "cg:origin": words("rule"),
        })  # fmt: skip
    return [Quad(*triple, graph) for triple in sorted(set(found))]


def _reason(meeting: Meeting, names: dict[str, str]) -> str:
    """The sentence that a person can check, with the names of both speakers."""
    source, target = (names.get(told.speaker, "an unnamed source") for told in (meeting.source, meeting.target))
    fields = {"{source}": source, "{target}": target, "{day}": meeting.target.day or "a day that is not told"}
    return re.sub(r"\{\w+\}", lambda found: fields.get(found[0], found[0]), meeting.rationale)


# ---- what the graph says of claims


def claims_of(store: ox.Store) -> list[Told]:
    """The claims of a graph that have words, say something and are not asked, by article and place."""
    kinds = {iri for iri, kind in _pairs(store, "rdf:type") if kind == full("cg:Claim")}
    same = dict(_pairs(store, "cg:canonical"))
    told: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in kinds}
    for predicate in PROPERTIES:
        for iri, value in _pairs(store, predicate):
            if iri in told:
                told[iri][predicate].append(value)
    days = {iri: value[:10] for iri, value in _pairs(store, "schema:datePublished")}
    figures = _figures(store)
    found = (_told(iri, known, same, days, figures) for iri, known in sorted(told.items()))
    return [one for one in found if one.sentences]


def _told(
    iri: str,
    known: dict[str, list[str]],
    same: dict[str, str],
    days: dict[str, str],
    figures: dict[str, Figure],
) -> Told:
    article = iri.partition("#")[0]
    asked = "Questioned" in _code(known, "cg:polarity") or "Unknown" in _code(known, "cg:certainty")
    silent = asked or any(shape_of(origin) in {*NO_SENTENCE, "inner-sentence"} for origin in known.get("cg:origin", ()))
    said = sentences_of(
        known.get("schema:text", [])[: not silent], negated="Denied" in _code(known, "cg:contentPolarity")
    )
    return Told(
        iri,
        article,
        min((same.get(who, who) for who in known.get("cg:claimant", ())), default=""),
        frozenset(same.get(what, what) for what in known.get("schema:about", ())),
        days.get(article, ""),
        min(known.get("cg:saidOnDate", ()), default=days.get(article, "")),
        "denied" if "Denied" in _code(known, "cg:polarity") else "affirmed",
        tuple(each for each in said if not COURTESY.search(each.text)),
        tuple(figures[each] for each in sorted(known.get("cg:quantity", ())) if each in figures),
    )


def _figures(store: ox.Store) -> dict[str, Figure]:
    """The figures with a value or a bound."""
    texts, units = dict(_pairs(store, "rdfs:label")), dict(_pairs(store, "qudt:hasUnit"))
    values, lower, upper = (
        {iri: float(value) for iri, value in _pairs(store, predicate)}
        for predicate in ("qudt:numericValue", "cg:lowerBound", "cg:upperBound")
    )
    return {
        iri: Figure(
            texts.get(iri, ""),
            units.get(iri, ""),
            lower.get(iri, -math.inf if iri in upper else values.get(iri, 0.0)),
            upper.get(iri, math.inf if iri in lower else values.get(iri, 0.0)),
        )
        for iri in sorted({*values, *lower, *upper})
    }


def _code(known: dict[str, list[str]], predicate: str) -> str:
    return " ".join(known.get(predicate, ()))


def _pairs(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    """IRI and value of all statements of one predicate."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(full(predicate)), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object.value


# ---- which of them meet


def meet(claims: Iterable[Told]) -> list[Meeting]:
    """The claims of different articles that bear on each other, at most MOST for each."""
    found: dict[tuple[str, str], tuple[float, Meeting]] = {}
    for (a, one), (b, other) in _alike(list(claims)):
        score = likeness(one, other)
        meeting = _meeting(a, one, b, other, score) if score >= SAME else None
        if meeting is not None:
            key = (meeting.source.iri, meeting.target.iri)
            if key not in found or found[key][0] < score:
                found[key] = (score, meeting)
    taken: Counter[str] = Counter()
    kept = []
    for _, meeting in sorted(
        found.values(), key=lambda each: (-each[0], each[1].target.published, each[1].source.iri, each[1].target.iri)
    ):
        if max(taken[meeting.source.iri], taken[meeting.target.iri]) < MOST:
            taken.update((meeting.source.iri, meeting.target.iri))
            kept.append(meeting)
    return kept


def _alike(claims: list[Told]) -> Iterator[tuple[tuple[Told, Said], tuple[Told, Said]]]:
    """Pairs of sentences of different articles that share one of their rarest words, each once."""
    sentences = [(claim, said) for claim in claims for said in claim.sentences if len(said.words) >= ECHO]
    often = Counter(word for _, said in sentences for word in said.words)
    behind: dict[str, list[int]] = defaultdict(list)
    for at, (claim, said) in enumerate(sentences):
        rare = sorted(said.words, key=lambda word: (often[word], word))
        prefix = rare[: len(rare) - math.ceil(SAME * len(rare)) + 1]
        earlier = {index for word in prefix for index in behind[word]}
        for index in sorted(earlier):
            if sentences[index][0].article != claim.article:
                yield sentences[index], (claim, said)
        for word in prefix:
            behind[word].append(at)


def _meeting(a: Told, one: Said, b: Told, other: Said, score: float) -> Meeting | None:
    """How two sentences bear on each other; nothing where they share too little to be of the same matter."""
    alike = one.shows_negation == other.shows_negation
    if len(one.words & other.words) < ECHO or not a.speaker or not b.speaker or not _same_matter(a, one, b, other):
        return None
    target, source = sorted((a, b), key=lambda told: (told.published, told.iri))
    denied = [(told.polarity == "denied") != said.negated for told, said in ((a, one), (b, other))]
    if denied[0] != denied[1]:
        differ = not alike or a.polarity != b.polarity
        return Meeting(source, target, "contradicts", "denial of the same content", DENIAL, 0.6) if differ else None
    if not alike:
        return None
    if _numbers(one) != _numbers(other):
        return _of_figures(source, target)
    if a.speaker == b.speaker:
        return Meeting(source, target, "restates", "same speaker, same proposition", AGAIN, 0.7)
    if score > VERY_SAME:
        return Meeting(source, target, "restates", "same words", WORD_FOR_WORD, 0.5)
    return Meeting(source, target, "corroborates", "same proposition", SUPPORT, 0.6)


def _same_matter(a: Told, one: Said, b: Told, other: Said) -> bool:
    """Whether they speak of the same: a common entity, name or speaker, and no name in each that the other has not.

    "The people of Croatia as they celebrate" and "the people of Sweden as they celebrate" differ in a name alone.
    """
    names = [set(NAME.findall(said.text)) for said in (one, other)]
    common = bool(a.about & b.about or a.speaker == b.speaker or names[0] & names[1])
    return common and (names[0] <= names[1] or names[1] <= names[0])


def _numbers(said: Said) -> set[str]:
    return {word for word in said.words if word[0].isdigit()}


def _of_figures(source: Told, target: Told) -> Meeting | None:
    """How claims bear on each other that differ in a figure: of one sentence each, with one figure of the same unit."""
    if len(source.sentences) != 1 or len(target.sentences) != 1 or len(source.figures) != 1 or len(target.figures) != 1:
        return None
    [new], [old] = source.figures, target.figures
    if new.unit != old.unit:
        return None
    figures = f"“{new.text}” and “{old.text}”"
    if new.lower <= old.upper * (1 + ROUNDING) and old.lower <= new.upper * (1 + ROUNDING):
        return Meeting(source, target, "corroborates", "figures that agree", f"{figures} agree. {COUNTED}", 0.6)
    return Meeting(
        source, target, "contradicts", "another figure", f"{figures} cannot both hold of one day. {COUNTED}", 0.5
    )


DENIAL = (
    "{source} and {target} hold the opposite of each other in nearly the same words; the earlier statement is of {day}."
)
AGAIN = "{source} says again in nearly the same words what the article of {day} has."
WORD_FOR_WORD = "The same words stand for {source} here and for {target} in the article of {day}."
COUNTED = "{source} gives the first, {target} the second, by {day}: a count may have gone on in between."
SUPPORT = "{source} says in nearly the same words what {target} said by {day}."
