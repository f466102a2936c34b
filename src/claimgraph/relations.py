"""How one claim of an article bears on another: restates, corroborates, contradicts, responds; each with a basis and a reason.

Rules over structure, sentence by sentence: who speaks, which group, which share, which kind of event, which words. A
reason names what does not match (population, period), so that nobody takes a neighbour for a proof.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.cues import shape_of
from claimgraph.lexicon import load_map, load_words
from claimgraph.model import Claim, Relation
from claimgraph.propositions import (
    COURTESY,
    NO_SENTENCE,
    Said,
    best_acts,
    likeness,
    population,
    says_most,
    sentences_of,
    shares_root,
    stem,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claimgraph.model import Event, Quantity, Reading, RelationType

    Rule = Callable[["Reading", "Proposition", "Proposition"], Relation | None]

HEADLINE = 0.45
"""Share of the shorter one's words from which headline and lead are the same proposition (.5 to .8)."""
SAME = 0.6
"""Likeness from which two sentences say the same, or the opposite of it: below, more than half of the contradictions in
1,000 news articles were none, by eye."""
FEWEST = 2
"""Words that both must have: one alone is a topic, no proposition."""
ECHO = 4
"""Words from which two voices that say the same do not do so by chance."""
VERY_SAME = 0.95
"""Likeness from which a sentence is another one again, as when a letter and the report on it both quote it."""
TAKEN_UP = re.compile(r"(?:the|this|these|those|that|such|all|any)\s(?:\w+\s)?(\w+)", re.IGNORECASE)
"""A noun that stands for what somebody said: "the charge", "those false allegations"."""
NEAR = 200
"""Characters within which such a noun takes up what was said: the next clause, or the next sentence."""
MAJORITY = 50
OPEN = 0.5
"""Highest confidence of a relation that rests on one reading of a back reference."""


class Proposition(NamedTuple):
    """What a claim says, by parts that can be compared."""

    claim: Claim
    text: str
    words: frozenset[str]
    sentences: tuple[Said, ...]
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
    for answer in _answers(propositions):
        found.setdefault((answer.source, answer.target), answer)
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
    said = sentences_of([span.text for span in claim.content], negated=claim.negated)
    events = tuple(e for e in reading.events if e.type != "other" and any(s.covers(e.trigger) for s in claim.content))
    shares = tuple(q for q in reading.quantities if q.id in claim.quantities and q.unit == "percent")
    named = {e.id for e in reading.entities if e.type == "group" and e.id in claim.about}
    sites = frozenset(v for w, v in load_map("site_words").items() if re.search(rf"\b{w}\b", text.lower()))
    return Proposition(
        claim,
        text,
        words_in(text),
        said if claim.polarity != "questioned" and shape_of(claim.origin) not in NO_SENTENCE else (),
        frozenset(named) | _referred(reading, claim),
        best_acts(text),
        events,
        shares,
        says_most(text),
        sites,
    )


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


def _relate(reading: Reading, earlier: Proposition, later: Proposition) -> Relation | None:
    """The relation of two claims, by the first rule that fits."""
    if _nested(earlier.claim, later.claim) or _nested(later.claim, earlier.claim):
        return None
    short = len(earlier.sentences) < 2 and len(later.sentences) < 2
    rules: tuple[Rule, ...] = (_restates, _answers_back, *(OF_ONE_SENTENCE if short else ()), _same_words)
    for rule in rules:
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
    if likeness < HEADLINE:
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
    of_whom = population(general.text)
    if not of_whom or not shares_root(counted, of_whom):
        return None
    period = _period(reading, figure)
    reason = f"{share.text} of {counted}{period} fits, but the other claim speaks of {of_whom}{_no_period(reading, general)}: not the same population."
    return _make(figure, general, "corroborates", "figure", reason, 0.7)


def _same_voice(a: Proposition, b: Proposition) -> bool:
    return a.claim.source_entity is not None and a.claim.source_entity == b.claim.source_entity


def _period(reading: Reading, p: Proposition) -> str:
    times = [t for t in reading.times if any(s.covers(t) for s in p.claim.content) and t.type == "date"]
    return f" in {times[0].text}" if times else ""


def _no_period(reading: Reading, p: Proposition) -> str:
    return "" if _period(reading, p) else ", without a period"


def _same_site(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """A share of events at a kind of place supports a claim that most such events occur there."""
    figure, general = (a, b) if a.shares else (b, a)
    share = next((q for q in figure.shares if q.value is not None and q.value > MAJORITY), None)
    if share is None or general.shares or not general.most or not figure.sites & general.sites or _same_voice(a, b):
        return None
    counted = share.of.text if share.of else "those counted"
    of_whom = population(general.text) or "others"
    reason = f"{share.text} of {counted} at such a place fits, but the other claim speaks of {of_whom}: not the same thing counted."
    return _make(figure, general, "corroborates", "same place of control", reason, 0.7)


def _same_act(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two voices call one group by the same word for a doer, both in the superlative."""
    if not a.acts & b.acts or not a.groups & b.groups or _same_voice(a, b) or a.claim.negated != b.claim.negated:
        return None
    if a.shares or b.shares:
        return None
    reason = "Both say of the same group that it does this more or better than others; neither gives a figure."
    return _make(b, a, "corroborates", "same group, same act", reason, 0.6)


def _same_events(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """What one source tells of somebody, or lists with figures, is of the kind and on the thing that another speaks of."""
    if (
        not a.events
        or not b.events
        or _same_voice(a, b)
        or _overlap(a.claim, b.claim)
        or a.claim.inside
        or b.claim.inside
    ):
        return None
    if "denied" in {a.claim.polarity, b.claim.polarity} or a.claim.negated or b.claim.negated:
        return None
    people = {entity.id: entity.name for entity in reading.entities}
    pairs = [
        (x, y, _themes(x) & _themes(y))
        for x in a.events
        for y in b.events
        if x.type == y.type in load_words("incidents") and "happened" == x.factuality == y.factuality
    ]
    pairs = [
        (x, y, both) for x, y, both in pairs if both and (x.quantities or y.quantities or not both.isdisjoint(people))
    ]
    if not pairs:
        return None
    detailed, general = (a, b) if len(a.claim.quantities) >= len(b.claim.quantities) else (b, a)
    if len(detailed.claim.quantities) == len(general.claim.quantities):
        detailed, general = b, a
    kind, theme = pairs[0][0].type, min(people.get(each, each) for each in pairs[0][2])
    period = "" if any(e.time for e in general.events) else "; the period of the other is not stated"
    reason = f"Each {kind} of {theme} that one source reports is of the kind that the other speaks of{period}."
    return _make(detailed, general, "corroborates", f"same kind of event ({kind})", reason, 0.6)


def _themes(event: Event) -> set[str]:
    """What an event is done to: a person or group by its entity (two deaths are not one), a thing by its words."""
    undergone = [p for p in event.participants if p.role in {"theme", "patient"}]
    named = {p.entity for p in undergone if p.role == "patient" and p.entity}
    words = {w for p in undergone if p.role == "theme" for w in re.findall(r"[a-z]{4,}", p.text.lower())}
    act = set(re.findall(r"[a-z]{4,}", event.trigger.text.lower()))
    return named | (words - act - load_words("no_topics") - load_words("stop_words"))


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


def _answers(propositions: list[Proposition]) -> Iterator[Relation]:
    """ "Moscow accused the alliance of X. The alliance rejects the charge": who takes up what was said just before."""
    for at, answer in enumerate(propositions):
        match = TAKEN_UP.fullmatch(answer.text.strip(' "“”'))
        if not match or answer.claim.cue_class != "deny" or stem(match[1]) not in _nouns_of_saying():
            continue
        start = answer.claim.content[0].start
        before = [p for p in propositions[:at] if p.claim.inside is None and p.claim.content[-1].end <= start]
        said = before[-1] if before else None
        if said and start - said.claim.content[-1].end <= NEAR and not _same_voice(said, answer):
            reason = f"It takes up what the claim before says as “{answer.text}”, and rejects it."
            yield _make(answer, said, "responds-to", "what was said before is taken up", reason, 0.7)


def _nouns_of_saying() -> frozenset[str]:
    return frozenset(stem(noun) for noun in load_words("cue_nouns", "say"))


def _same_words(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two voices say the same in nearly the same words, or one denies it: by its cue or by its content.

    What is told inside a denial nobody says, so there is nothing to deny; a question or a condition says nothing.
    """
    if _same_voice(a, b) or _overlap(a.claim, b.claim) or not (a.claim.source_entity or b.claim.source_entity):
        return None
    same = max(
        ((likeness(x, y), x, y) for x in a.sentences for y in b.sentences), default=None, key=lambda each: each[0]
    )
    if same is None or same[0] < SAME or _in_denial(reading, a.claim) or _in_denial(reading, b.claim):
        return None
    _, one, other = same
    both, alike = len(one.words & other.words), one.shows_negation == other.shows_negation
    denied = [(p.claim.polarity == "denied") != said.negated for p, said in ((a, one), (b, other))]
    if denied[0] != denied[1] and both >= FEWEST and (not alike or a.claim.polarity != b.claim.polarity):
        denier, denies = (b, a) if denied[1] else (a, b)
        reason = "One claim denies in nearly the same words what the other says."
        return _make(denier, denies, "contradicts", "denial of the same content", reason, 0.6)
    if denied[0] == denied[1] and both >= ECHO and alike and not COURTESY.search(one.text):
        return _said_again(reading, a, b, one, other)
    return None


def _said_again(reading: Reading, a: Proposition, b: Proposition, one: Said, other: Said) -> Relation | None:
    """What two sources say alike: support, or where the words are the very same, the same words twice.

    Nothing where one of them tells what the other says: that is a chain, and the claims inside it have it.
    """
    first, second = _speaker(reading, a.claim), _speaker(reading, b.claim)
    words = [p.claim.source.text if p.claim.source else "" for p in (a, b)]
    if not first or not second or (words[0] and words[0] in other.text) or (words[1] and words[1] in one.text):
        return None
    if likeness(one, other) > VERY_SAME or words[0].casefold() == words[1].casefold() != "":
        return _make(b, a, "restates", "same words", f"The same words stand for {first} and for {second}.", 0.6)
    reason = f"{second} and {first} say this in nearly the same words."
    return _make(b, a, "corroborates", "same proposition", reason, 0.6)


def _speaker(reading: Reading, claim: Claim) -> str:
    """The name of who says a claim; empty where nobody is known to."""
    return next((e.name for e in reading.entities if e.id == claim.source_entity), "")


def _in_denial(reading: Reading, claim: Claim) -> bool:
    return any(c.id == claim.inside and c.polarity == "denied" for c in reading.claims)


def _overlap(a: Claim, b: Claim) -> bool:
    return any(s.overlaps(t) for s in a.content for t in b.content)


OF_ONE_SENTENCE: tuple[Rule, ...] = (_share_supports, _same_site, _same_act, _same_events)
"""Rules that look for several things in one content, and so in one sentence: in a speech of forty they are by chance."""
