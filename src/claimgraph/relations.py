"""How one claim of an article bears on another: restates, corroborates, contradicts, responds; each with a basis and a reason.

Rules over structure, sentence by sentence: who speaks, which group, which share, which kind of event, which words. A
reason names what does not match (population, period), so that nobody takes a neighbour for a proof.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_map, load_words
from claimgraph.relating.alike import relate_figures, relate_words
from claimgraph.relating.bases import names_in, words_in
from claimgraph.relating.measures import figure, period_of
from claimgraph.relating.pairs import OPEN, Proposition, make, overlap, same_voice
from claimgraph.relating.propositions import (
    best_acts,
    is_brief,
    is_said,
    is_silent,
    population,
    says_most,
    sentences_of,
    shares_root,
)
from claimgraph.relating.replies import answered, beside, is_named, takes_up
from claimgraph.speech.cues import shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claimgraph.model import Claim, Event, Reading, Relation

    Rule = Callable[[Reading, Proposition, Proposition], Relation | None]

HEADLINE = 0.45
"""Share of the shorter one's words from which headline and lead are the same proposition (.5 to .8)."""
NEAR = 200
"""Characters within which "the charge" takes up what was said: the next clause, or the next sentence."""
MAJORITY = 50


def find_relations(reading: Reading) -> tuple[Relation, ...]:
    """The relations between claims of one article, in the order of the claims; at most one between two claims."""
    propositions = [_proposition(reading, claim) for claim in reading.claims]
    found: dict[tuple[str, str], Relation] = {}
    for i, earlier in enumerate(propositions):
        for later in propositions[i + 1 :]:
            relation = _relate(reading, earlier, later)
            if relation is not None and (relation.target, relation.source) not in found:
                found.setdefault((relation.source, relation.target), relation)
    for answer in (*_answers(propositions), *_replies(reading, propositions)):
        if (answer.target, answer.source) not in found:
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
    speaker = _speaker(reading, claim)
    said = sentences_of([span.text for span in claim.content], negated=claim.negated, speaker=speaker)
    silent = claim.polarity == "questioned" or is_silent(text, shape_of(claim.origin), claim.cue_class)
    cue = claim.cue.text if claim.cue else ""
    silent = silent or not is_said(cue, speaker)
    figures = (q for q in reading.quantities if q.id in claim.quantities and q.value is not None)
    events = tuple(e for e in reading.events if e.type != "other" and any(s.covers(e.trigger) for s in claim.content))
    shares = tuple(q for q in reading.quantities if q.id in claim.quantities and q.unit == "percent")
    named = {e.id for e in reading.entities if e.type == "group" and e.id in claim.about}
    most = says_most(text)
    return Proposition(
        claim,
        text,
        words_in(text),
        () if silent else said,
        frozenset(named) | _referred(reading, claim),
        best_acts(text),
        events,
        shares,
        most,
        _sites(text) if most or shares else frozenset(),
        tuple(figure(q, period_of(reading, q)) for q in figures),
        is_brief(said, cue) and shape_of(claim.origin) != "inner-sentence",
        speaker,
        frozenset[str]().union(*(each.words for each in said)),
    )


def _sites(text: str) -> frozenset[str]:
    """The kinds of place that a text names."""
    return frozenset(v for w, v in load_map("site_words").items() if re.search(rf"\b{w}\b", text.lower()))


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
    rules: tuple[Rule, ...] = (
        _restates,
        _answers_back,
        *(OF_ONE_SENTENCE if short else ()),
        relate_figures,
        relate_words,
    )
    for rule in rules:
        relation = rule(reading, earlier, later)
        if relation is not None:
            return relation
    return None


def _nested(outer: Claim, inner: Claim) -> bool:
    return inner.inside == outer.id


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
    return make(
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
        or same_voice(a, b)
    ):
        return None
    counted = share.of.text if share.of else "those counted"
    of_whom = population(general.text)
    if not of_whom or not shares_root(counted, of_whom):
        return None
    period = _period(reading, figure)
    reason = f"{share.text} of {counted}{period} fits, but the other claim speaks of {of_whom}{_no_period(reading, general)}: not the same population."
    return make(figure, general, "corroborates", "figure", reason, 0.7)


def _period(reading: Reading, p: Proposition) -> str:
    times = [t for t in reading.times if any(s.covers(t) for s in p.claim.content) and t.type == "date"]
    return f" in {times[0].text}" if times else ""


def _no_period(reading: Reading, p: Proposition) -> str:
    return "" if _period(reading, p) else ", without a period"


def _same_site(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """A share of events at a kind of place supports a claim that most such events occur there."""
    figure, general = (a, b) if a.shares else (b, a)
    share = next((q for q in figure.shares if q.value is not None and q.value > MAJORITY), None)
    if share is None or general.shares or not general.most or not figure.sites & general.sites or same_voice(a, b):
        return None
    counted = share.of.text if share.of else "those counted"
    of_whom = population(general.text) or "others"
    reason = f"{share.text} of {counted} at such a place fits, but the other claim speaks of {of_whom}: not the same thing counted."
    return make(figure, general, "corroborates", "same place of control", reason, 0.7)


def _same_act(_reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """Two voices call one group by the same word for a doer, both in the superlative."""
    if "questioned" in {a.claim.polarity, b.claim.polarity}:
        return None
    if not a.acts & b.acts or not a.groups & b.groups or same_voice(a, b) or a.claim.negated != b.claim.negated:
        return None
    if a.shares or b.shares:
        return None
    reason = "Both say of the same group that it does this more or better than others; neither gives a figure."
    return make(b, a, "corroborates", "same group, same act", reason, 0.6)


def _same_events(reading: Reading, a: Proposition, b: Proposition) -> Relation | None:
    """What one source tells of somebody, or lists with figures, is of the kind and on the thing that another speaks of."""
    if (
        not a.events
        or not b.events
        or same_voice(a, b)
        or a.speaker == b.speaker
        or overlap(a.claim, b.claim)
        or a.claim.inside
        or b.claim.inside
    ):
        return None
    if "denied" in {a.claim.polarity, b.claim.polarity} or a.claim.negated or b.claim.negated:
        return None
    names = names_in(a.text), names_in(b.text)
    if all(names) and names[0].isdisjoint(names[1]) and a.figures and b.figures:
        return None  # "the Mesa fire has burned 900 acres"
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
    return make(detailed, general, "corroborates", f"same kind of event ({kind})", reason, 0.6)


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
    return make(a, b, "contradicts", "back reference, one of two readings", reason, OPEN)


def _answers(propositions: list[Proposition]) -> Iterator[Relation]:
    """ "Moscow accused the alliance of X. The alliance rejects the charge": who takes up what was said just before."""
    for at, answer in enumerate(propositions):
        kind = takes_up(answer.text, answer.claim.cue_class)
        start = answer.claim.content[0].start
        before = [p for p in propositions[:at] if p.claim.inside is None and p.claim.content[-1].end <= start]
        said = before[-1] if before else None
        if not kind or said is None or start - said.claim.content[-1].end > NEAR or same_voice(said, answer):
            continue
        if said.claim.polarity == "questioned" or not (said.claim.source_entity and answer.claim.source_entity):
            continue
        if kind in {"say", "report"} or kind == said.claim.cue_class:
            reason = f"It takes up what the claim before says as “{answer.text}”, and rejects it."
            yield make(answer, said, "responds-to", "what was said before is taken up", reason, 0.7)


def _replies(reading: Reading, propositions: list[Proposition]) -> Iterator[Relation]:
    """ "Responding to Reed, she said that ...": who names whom she answers, with the last that this one said."""
    for at, answer in enumerate(propositions):
        name = answered(beside(reading.article.text, answer.claim))
        before = [p for p in propositions[:at] if p.claim.inside is None and not overlap(p.claim, answer.claim)]
        said = [p for p in before if name and is_named(name, p.speaker) and not same_voice(p, answer)]
        if said and answer.claim.inside is None:
            reason = f"Its sentence says that it answers {name}, who said the other just before."
            yield make(answer, said[-1], "responds-to", "whom it answers is named", reason, 0.6)


def _speaker(reading: Reading, claim: Claim) -> str:
    """The name of who says a claim; empty where nobody is known to."""
    return next((e.name for e in reading.entities if e.id == claim.source_entity), "")


OF_ONE_SENTENCE: tuple[Rule, ...] = (_share_supports, _same_site, _same_act, _same_events)
"""Rules that look for several things in one content, and so in one sentence: in a speech of forty they are by chance."""
