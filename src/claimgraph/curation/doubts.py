"""What a person should look at in an article first: items that can be decided, how sure each is, and how much hangs on it.

An item's rank is the number of statements that are wrong, to be expected, if nobody looks: (1 - confidence) times the
statements that hang on it, itself among them.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.actors.authority import load_authority
from claimgraph.curation.curated import hull, places
from claimgraph.curation.ledger import Anchor, Item, anchor_at, text_hash
from claimgraph.curation.values import claim_words, figure_words
from claimgraph.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claimgraph.identity import Link
    from claimgraph.model import Claim, Mention, Reading

OPEN = 0.5
"""How sure it is that nobody is named who says something: the reader gives no figure for what it has not found."""
LONGEST = 400
"""Characters of words and contexts: sentences that are longer are tables and lists, claims speeches."""
NEAR = 160
"""Characters shown before and behind what stands in no sentence of a claim or a statement."""


class Doubt(NamedTuple):
    """An item with its context, how sure it is, how many statements hang on it, and why it is in doubt."""

    item: Item
    target: str
    context: str
    confidence: float
    hanging: int
    reason: str

    @property
    def rank(self) -> tuple[float, float, str, int, str]:
        """Sort key: what is worst comes first."""
        anchor = self.item.anchor
        lost = (1 - self.confidence) * self.hanging
        return (-round(lost, 4), self.confidence, anchor.article, anchor.start, self.item.key)


class Bearer(msgspec.Struct, frozen=True, array_like=True, order=True):
    """An article's entity among those that are held for one; sorted by that one."""

    canonical: str
    anchor: Anchor
    name: str
    confidence: float
    rationale: str
    hanging: int
    context: str
    mention: str


class Doubts:
    """The items of one article, as it was read."""

    def __init__(self, reading: Reading) -> None:
        self.reading, article = reading, reading.article
        self.hashed = text_hash(article.text)
        self.numbers = {id_: place[3] for place, id_ in places(reading).items()}
        self.names = {entity.id: entity.name for entity in reading.entities}
        self.inner = Counter(claim.inside for claim in reading.claims)
        self.told = Counter(event.reported_in for event in reading.events)
        self.bears = Counter(end for r in reading.relations for end in (r.source, r.target))

    def all(self) -> Iterator[Doubt]:
        """Whatever can be decided about this article alone."""
        yield from self._claims()
        yield from self._figures()
        yield from self._aliases()
        yield from self._relations()

    def anchor(self, start: int, end: int, id_: str) -> Anchor:
        """The anchor of what stands there."""
        article = self.reading.article
        return anchor_at(article.id, article.text, start, end, hashed=self.hashed, number=self.numbers.get(id_, 1))

    def claim_anchor(self, claim: Claim) -> Anchor:
        """The anchor of a claim."""
        return self.anchor(*hull(claim), claim.id)

    def context(self, span: Span) -> str:
        """The sentence of a claim or a statement that a span stands in, else what is around."""
        sentences = (*(c.sentence for c in self.reading.claims), *self.reading.statements)
        found = next((s for s in sentences if s is not None and s.covers(span)), None)
        return shown(found.text) if found else around(self.reading.article.text, span.start, span.end)

    def _claims(self) -> Iterator[Doubt]:
        for claim in self.reading.claims:
            anchor, context = self.claim_anchor(claim), self._context_of(claim)
            hanging = 1 + self.inner[claim.id] + self.told[claim.id] + self.bears[claim.id]
            unsure = f"read by {claim.origin}" + ("; what is said stays open" if claim.certainty == "unknown" else "")
            item = Item("claim", anchor, claim_words(claim))
            yield Doubt(item, claim.id, context, claim.confidence, hanging, unsure)
            if claim.inside is None or claim.source_entity is not None:
                speaker = Item("speaker", anchor, self.names.get(claim.source_entity or "", ""))
                yield Doubt(speaker, claim.id, self._before(claim) + context, *self._speaker(claim, hanging))

    def _context_of(self, claim: Claim) -> str:
        start, end = hull(claim)
        spans = [Span(start, end, ""), *filter(None, (claim.sentence, claim.source, claim.cue))]
        text = self.reading.article.text
        return shown(text[min(s.start for s in spans) : max(s.end for s in spans)])

    def _before(self, claim: Claim) -> str:
        """What stands before the sentence of a claim: a pronoun's name stands there."""
        start = min(s.start for s in (*claim.content, *filter(None, (claim.sentence, claim.source, claim.cue))))
        before = self.reading.article.text[max(start - NEAR, 0) : start]
        before = before.partition(" ")[2] if start > NEAR else before
        return f"{'… ' if start > NEAR else ''}{shown(before)} " if before.strip() else ""

    def _speaker(self, claim: Claim, hanging: int) -> tuple[float, int, str]:
        """How sure the speaker is, what hangs on it, and why it is in doubt."""
        if claim.source_entity is None:
            return OPEN, hanging, "nobody is named who says so"
        name, source = self.names[claim.source_entity], claim.source
        held = [
            m
            for m in self.reading.mentions
            if m.entity == claim.source_entity and source is not None and source.overlaps(m)
        ]
        if not held or source is None:
            return claim.confidence, hanging, f"{name} is taken over from the sentences before"
        return max(m.confidence for m in held), hanging, f"“{shown(source.text)}” is taken for {name}"

    def _figures(self) -> Iterator[Doubt]:
        layers = (self.reading.claims, self.reading.events, self.reading.statements)
        held = Counter(id_ for layer in layers for each in layer for id_ in each.quantities)
        for figure in self.reading.quantities:
            item = Item("figure", self.anchor(figure.start, figure.end, figure.id), figure_words(figure))
            reason = (
                "no number is read from the words" if figure.value is None else f"read by {figure.origin or 'rule'}"
            )
            yield Doubt(item, figure.id, self.context(figure), figure.confidence, 1 + held[figure.id], reason)

    def _aliases(self) -> Iterator[Doubt]:
        """Each name that an entity has beside its own, at its first place."""
        held: dict[tuple[str, str], list[Mention]] = {}
        for mention in self.reading.mentions:
            if mention.kind == "name" and mention.entity and mention.text != self.names[mention.entity]:
                held.setdefault((mention.entity, mention.text), []).append(mention)
        for (entity, text), mentions in held.items():
            first = min(mentions, key=lambda m: m.start)
            spoken = sum(
                c.source is not None and any(c.source.overlaps(m) for m in mentions) for c in self.reading.claims
            )
            item = Item("alias", self.anchor(first.start, first.end, first.id), self.names[entity])
            sure = min(m.confidence for m in mentions)
            reason = f"“{shown(text)}” is taken for {self.names[entity]}"
            yield Doubt(item, first.id, self.context(first), sure, len(mentions) + spoken, reason)

    def _relations(self) -> Iterator[Doubt]:
        claims = {claim.id: claim for claim in self.reading.claims}
        for relation in self.reading.relations:
            source, target = claims[relation.source], claims[relation.target]
            item = Item("relation", self.claim_anchor(source), relation.type, self.claim_anchor(target))
            ends = f"{source.id} {target.id}"
            context = f"{self._context_of(source)} ⟷ {self._context_of(target)}"
            yield Doubt(item, ends, context, relation.confidence, 1, f"{relation.basis}: {relation.rationale}")

    # ---- what stands between articles

    def bearers(self, links: Iterable[Link]) -> Iterator[Bearer]:
        """The article's entities with the ones of all that they are, where it names them."""
        first: dict[str, Mention] = {}
        for mention in sorted(self.reading.mentions, key=attrgetter("start")):
            if mention.kind == "name" and mention.entity:
                first.setdefault(mention.entity, mention)
        said = Counter(claim.source_entity for claim in self.reading.claims)
        for link in links:
            named = first.get(link.entity.id)
            if named is not None:
                anchor = self.anchor(named.start, named.end, named.id)
                told = (link.entity.name, link.confidence, link.rationale, 1 + said[link.entity.id])
                yield Bearer(link.canonical, anchor, *told, self.context(named), named.id)

    def ends(self, parts: dict[str, str], wanted: Callable[[str], bool]) -> Iterator[tuple[str, Anchor, str]]:
        """The claims and events whose IRIs are wanted, each with anchor and context; `parts` has the IRIs by their ids."""
        for claim in self.reading.claims:
            iri = parts.get(claim.id, "")
            if wanted(iri):
                yield iri, self.claim_anchor(claim), self._context_of(claim)
        for event in self.reading.events:
            iri, trigger = parts.get(event.id, ""), event.trigger
            if wanted(iri):
                yield iri, self.anchor(trigger.start, trigger.end, event.id), self.context(trigger)


def merges(bearers: Iterable[Bearer]) -> Iterator[Doubt]:
    """Each entity of an article that is held for an entry of the authority or for that of another article; they come sorted.

    Of those that are held for one, the one on which most hangs stands for them all.
    """
    for canonical, held in groupby(bearers, key=attrgetter("canonical")):
        entry = load_authority().find(canonical)
        several = list(held)
        first = max(several, key=lambda b: (b.hanging, b.anchor.article))
        for bearer in several:
            told = (bearer.mention, bearer.context, bearer.confidence, bearer.hanging)
            if entry is not None:
                known = f"{entry.name} ({canonical})"
                yield Doubt(Item("merge", bearer.anchor, known, canonical), *told, bearer.rationale)
            elif bearer is not first:
                known = f"{first.name} of {first.anchor.article}"
                reason = f"{bearer.rationale}; there: {first.context}"
                yield Doubt(Item("merge", bearer.anchor, known, first.anchor), *told, reason)


def around(text: str, start: int, end: int) -> str:
    r"""The words of the line round some characters, as far as NEAR on each side.

    >>> around("It is over.\nAda Roos said no.\nAll left.", 12, 20)
    'Ada Roos said no.'
    """
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    stop = stop if stop >= 0 else len(text)
    before, after = text[max(begin, start - NEAR) : start], text[end : min(stop, end + NEAR)]
    before = f"… {before.partition(' ')[2]}" if start - begin > NEAR else before
    after = f"{after.rpartition(' ')[0]} …" if stop - end > NEAR else after
    return shown(before + text[start:end] + after)


def shown(text: str) -> str:
    """Words on one line, not more of them than a cell takes."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 2].rsplit(' ', 1)[0]} …"
