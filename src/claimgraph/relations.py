"""How one claim of an article bears on another: restates, corroborates, contradicts; each with a basis and a reason.

Rules over structure, not over likeness of words alone: who speaks, which group, which share, which kind of event.
A reason names what does not match (population, period), so that nobody takes a neighbour for a proof.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_map, load_words
from claimgraph.model import Claim, Relation

if TYPE_CHECKING:
    from claimgraph.model import Event, Quantity, Reading, RelationType

ALIKE = 0.45
"""Share of content words in common from which two claims of one speaker are the same proposition (headline and lead: .5 to .8)."""
SAME_CONTENT = 0.8
"""Share of the shorter claim's words in the longer one from which a denial is of it: at .6, one in five was (Wikinews, by eye)."""
MAJORITY = 50
POPULATION = re.compile(
    r"(?:most|(?:largest|highest|greatest|biggest) (?:number|share)|majority|bulk)(?: of)? (?:the )?(.{3,60}?) "
    r"(?:are|were|is|was|occur|happen|come|came|take|took|originate|end|arrive)\b"
)
"""A majority and whom it is of, up to the verb."""
OPEN = 0.5
"""Highest confidence of a relation that rests on one reading of a back reference."""


class Proposition(NamedTuple):
    """What a claim says, by parts that can be compared."""

    claim: Claim
    words: frozenset[str]
    groups: frozenset[str]
    acts: frozenset[str]
    events: tuple[Event, ...]
    shares: tuple[Quantity, ...]
    most: bool
    sites: frozenset[str]


def find_relations(reading: Reading) -> tuple[Relation, ...]:
    """The relations between claims of one article, in the order of the claims; at most one between two claims."""
    propositions = [_proposition(reading, claim) for claim in reading.claims]
    found: dict[tuple[str, str], Relation] = {}
    for i, earlier in enumerate(propositions):
        for later in propositions[i + 1 :]:
            relation = _relate(reading, earlier, later)
            if relation is not None and (relation.target, relation.source) not in found:
                found.setdefault((relation.source, relation.target), relation)
    kept = _pruned(reading, found)
    return tuple(found[key] for key in sorted(kept, key=lambda k: (int(k[0][1:]), int(k[1][1:]))))


def _pruned(reading: Reading, found: dict[tuple[str, str], Relation]) -> list[tuple[str, str]]:
    """The pairs less what says a thing twice: of a quotation and a sentence in it the sentence, of restatements the first."""
    outer = {c.id: c.inside for c in reading.claims}
    kept, restated = [], set[str]()
    for key in sorted(found, key=lambda k: (int(k[0][1:]), int(k[1][1:]))):
        source, target = key
        inner = any(outer.get(t) == target and (source, t) in found for t in outer) or any(
            outer.get(s) == source and (s, target) in found for s in outer
        )
        twice = found[key].type == "restates" and source in restated
        if found[key].type == "restates":
            restated.add(source)
        if not inner and not twice:
            kept.append(key)
    return kept


def _proposition(reading: Reading, claim: Claim) -> Proposition:
    text = " ".join(span.text for span in claim.content)
    events = tuple(e for e in reading.events if e.type != "other" and any(s.covers(e.trigger) for s in claim.content))
    shares = tuple(q for q in reading.quantities if q.id in claim.quantities and q.unit == "percent")
    words = frozenset(stem(w) for w in re.findall(r"[A-Za-z]{3,}", text.lower()) if w not in load_words("stop_words"))
    groups = frozenset(e.id for e in reading.entities if e.type == "group" and e.id in claim.about) | _referred(
        reading, claim
    )
    sites = frozenset(v for w, v in load_map("site_words").items() if re.search(rf"\b{w}\b", text.lower()))
    return Proposition(claim, words, groups, acts_in(text), events, shares, says_most(text), sites)


def _referred(reading: Reading, claim: Claim) -> frozenset[str]:
    """The group that a claim's leading "they" stands for: the one named last before it in the same paragraph."""
    start = claim.content[0].start
    if not re.match(r"\W*(?:that )?they\b", claim.content[0].text, flags=re.IGNORECASE):
        return frozenset()
    floor = reading.article.text.rfind("\n", 0, start)
    before = [
        m
        for m in reading.mentions
        if m.type == "group" and m.kind != "pronoun" and floor < m.start < start and m.entity
    ]
    return frozenset({str(before[-1].entity)}) if before else frozenset()


def stem(word: str) -> str:
    """A word without the endings that part "smuggler", "smuggling" and "smuggled".

    >>> stem("smugglers") == stem("smuggling")
    True
    """
    for ending in ("ings", "ing", "ers", "er", "ors", "or", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def acts_in(text: str) -> frozenset[str]:
    """The acts of the doers that a text names ("smugglers"), words for one act being one."""
    doers = load_words("actor_nouns", "person")
    return frozenset(
        load_map("alike").get(stem(w), stem(w))
        for w in re.findall(r"[a-z]+", text.lower())
        if w.removesuffix("s") in doers and re.search(r"(?:er|or)s?$", w)
    )


def says_most(text: str) -> bool:
    """Whether a text claims a majority or first place without a figure: "most", "the largest number", "the main"."""
    return bool(
        re.search(
            r"\b(?:most|majority|(?:largest|highest|greatest|biggest) (?:number|share|group|part)|main|mostly|bulk|primarily)\b",
            text.lower(),
        )
    )


def _relate(reading: Reading, earlier: Proposition, later: Proposition) -> Relation | None:
    """The relation of two claims, by the first rule that fits."""
    if _nested(earlier.claim, later.claim) or _nested(later.claim, earlier.claim):
        return None
    for rule in (_restates, _answers_back, _share_supports, _same_site, _same_act, _same_events, _denied_content):
        relation = rule(reading, earlier, later)
        if relation is not None:
            return relation
    return None


def _nested(outer: Claim, inner: Claim) -> bool:
    return inner.inside == outer.id


def _make(
    source: Proposition, target: Proposition, kind: RelationType, basis: str, rationale: str, confidence: float
) -> Relation:
    """The relation; with a claim of unknown certainty it is one reading of several."""
    unsure = "unknown" in {source.claim.certainty, target.claim.certainty}
    return Relation(
        source=source.claim.id,
        target=target.claim.id,
        type=kind,
        basis=basis,
        rationale=rationale,
        confidence=min(confidence, OPEN) if unsure else confidence,
    )


def _restates(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Headline and lead: one speaker, nearly the same words, the same polarity."""
    same = (
        a.claim.source_entity is not None
        and a.claim.source_entity == b.claim.source_entity
        and a.claim.negated == b.claim.negated
    )
    title = next((z for z in reading.article.zones if z.kind == "title"), None)
    headline = title is not None and title.covers(a.claim.content[0])
    if not same or not headline or a.claim.inside or b.claim.inside or not a.words:
        return None
    likeness = len(a.words & b.words) / min(len(a.words), len(b.words))
    if likeness < ALIKE:
        return None
    return _make(
        a,
        b,
        "restates",
        "same speaker, same proposition",
        "The headline says of the same speaker what this claim says in full.",
        0.7,
    )


def _share_supports(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """A majority share of a group supports a claim that most are of that group."""
    figure, general = (a, b) if a.shares else (b, a)
    share = next((q for q in figure.shares if q.value is not None and q.value > MAJORITY), None)
    if (
        share is None
        or general.shares
        or not general.most
        or general.claim.negated
        or not figure.groups & general.groups
        or _same_voice(a, b)
    ):
        return None
    counted = share.of.text if share.of else "those counted"
    population = _population(general)
    if not population or not _shares_root(counted, population):
        return None
    period = _period(reading, figure)
    reason = f"{share.text} of {counted}{period} fits, but the other claim speaks of {population}{_no_period(reading, general)}: not the same population."
    return _make(figure, general, "corroborates", "figure", reason, 0.7)


def _population(p: Proposition) -> str:
    """Of whom a claim says "most" or "the largest number"."""
    match = POPULATION.search(_text(p))
    return match.group(1).strip() if match else ""


def _text(p: Proposition) -> str:
    return " ".join(s.text for s in p.claim.content)


def _shares_root(one: str, other: str) -> bool:
    """Whether two populations have a content word in common, in any form."""
    stems = [
        {stem(w) for w in re.findall(r"[a-z]{4,}", t.lower()) if w not in load_words("stop_words")}
        for t in (one, other)
    ]
    return bool(stems[0] & stems[1])


def _period(reading: Reading, p: Proposition) -> str:
    times = [t for t in reading.times if any(s.covers(t) for s in p.claim.content) and t.type == "date"]
    return f" in {times[0].text}" if times else ""


def _no_period(reading: Reading, p: Proposition) -> str:
    return "" if _period(reading, p) else ", without a period"


def _same_voice(a: Proposition, b: Proposition) -> bool:
    return a.claim.source_entity is not None and a.claim.source_entity == b.claim.source_entity


def _same_site(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """A share of events at a kind of place supports a claim that most such events occur there."""
    figure, general = (a, b) if a.shares else (b, a)
    share = next((q for q in figure.shares if q.value is not None and q.value > MAJORITY), None)
    if share is None or general.shares or not general.most or not figure.sites & general.sites or _same_voice(a, b):
        return None
    counted = share.of.text if share.of else "those counted"
    population = _population(general) or "others"
    reason = f"{share.text} of {counted} at such a place fits, but the other claim speaks of {population}: not the same thing counted."
    return _make(figure, general, "corroborates", "same place of control", reason, 0.7)


def _same_act(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two voices call one group by the same word for a doer, both in the superlative."""
    superlative = all(
        re.search(
            r"\b(?:most|main|best|largest|biggest|worst|chief|leading|top|primary|ideal|perfect|principal)\b",
            _text(p).lower(),
        )
        for p in (a, b)
    )
    if (
        _same_voice(a, b)
        or a.claim.negated != b.claim.negated
        or not superlative
        or not a.groups & b.groups
        or not a.acts & b.acts
    ):
        return None
    if a.shares or b.shares:
        return None
    return _make(
        b,
        a,
        "corroborates",
        "same group, same act",
        "Both say of the same group that it does this more or better than others; neither gives a figure.",
        0.6,
    )


def _same_events(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Events that one source lists are of the kind, and on the thing, that another speaks of in general."""
    if _same_voice(a, b) or a.claim.inside or b.claim.inside or a.claim.negated or b.claim.negated:
        return None
    pairs = [
        (x, y) for x in a.events for y in b.events if x.type == y.type and "happened" == x.factuality == y.factuality
    ]
    pairs = [(x, y) for x, y in pairs if _themes(x) & _themes(y)]
    if not pairs or "denied" in {a.claim.polarity, b.claim.polarity}:
        return None
    detailed, general = (a, b) if len(a.claim.quantities) >= len(b.claim.quantities) else (b, a)
    if len(detailed.claim.quantities) == len(general.claim.quantities):
        detailed, general = b, a
    names = {entity.id: entity.name for entity in reading.entities}
    kind, theme = pairs[0][0].type, min(names.get(t, t) for t in _themes(pairs[0][0]) & _themes(pairs[0][1]))
    period = "" if any(e.time for e in general.events) else "; the period of the other is not stated"
    return _make(
        detailed,
        general,
        "corroborates",
        f"same kind of event ({kind})",
        f"Each {kind} of {theme} that one source reports is of the kind that the other speaks of{period}.",
        0.6,
    )


def _themes(event: Event) -> set[str]:
    """What an event is done to: a person or group by its entity (two deaths are not one), a thing by its words."""
    undergone = [p for p in event.participants if p.role in {"theme", "patient"}]
    named = {p.entity for p in undergone if p.role == "patient" and p.entity}
    words = {w for p in undergone if p.role == "theme" for w in re.findall(r"[a-z]{4,}", p.text.lower())}
    return named | (words - load_words("no_topics") - load_words("stop_words"))


def _answers_back(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """ "They are not X. This is what others say": on one reading the others say what was just denied."""
    open_reference = b.claim.certainty == "unknown" and b.claim.inside is not None and b.claim.inside == a.claim.inside
    if not open_reference or not a.claim.negated or b.claim.source is None:
        return None
    gap = reading.article.text[a.claim.content[-1].end : b.claim.content[0].start]
    if len(re.findall(r"\w+", gap)) > 0:
        return None
    this, who = b.claim.content[0].text, b.claim.source.text
    reason = f"If “{this}” stands for what the sentence before denies, {who} say what is denied; the other reading lets both stand."
    return _make(a, b, "contradicts", "back reference, one of two readings", reason, OPEN)


def _denied_content(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """A denial of what another claim says in nearly the same words, by its cue or by its content; denied twice is affirmed.

    What is told inside a denial nobody says, so there is nothing to deny.
    """
    same = a.words & b.words
    if _denies(a.claim) == _denies(b.claim) or _same_voice(a, b) or _overlap(a.claim, b.claim) or len(same) < 2:
        return None
    if len(same) / min(len(a.words), len(b.words)) < SAME_CONTENT:
        return None
    denier, denied = (b, a) if _denies(b.claim) else (a, b)
    if any(c.id == denied.claim.inside and _denies(c) for c in reading.claims):
        return None
    reason = "One claim denies in nearly the same words what the other says."
    return _make(denier, denied, "contradicts", "denial of the same content", reason, 0.6)


def _denies(claim: Claim) -> bool:
    """Whether a claim holds its content to be false. Refusing to act ("refused to say") denies nothing."""
    return (claim.polarity == "denied" and not claim.origin.endswith("infinitive")) != claim.negated


def _overlap(a: Claim, b: Claim) -> bool:
    return any(s.overlaps(t) for s in a.content for t in b.content)
