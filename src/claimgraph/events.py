"""What happens: triggers of the ontology's event kinds, who takes part in which role, where, when, how many, how sure.

Which lemma triggers which kind is the ontology's to say (concepts.ttl, skos:hiddenLabel). Speech is a claim, never an event.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_table
from claimgraph.model import Event, Participant, Span
from claimgraph.syntax.event_kinds import Found, find_triggers, inherited
from claimgraph.syntax.event_times import EventTimes
from claimgraph.syntax.factuality import factuality_of
from claimgraph.syntax.slots import carrier, is_agent_noun, prepositions, slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimgraph.language import Parse, Token
    from claimgraph.model import Mention, Quantity, TimeSpan

LOCATING = {"in", "at", "near", "on", "inside", "outside", "across", "around", "off"}


FIGURES = frozenset(("PERCENT", "MONEY", "QUANTITY", "CARDINAL"))
INCIDENTS = {
    *("accident", "attack", "ceremony", "disaster", "election", "fighting", "invasion", "killing"),
    *("meeting", "negotiation", "protest", "raid", "rescue"),
}
"""Kinds of events that others are told to happen in: "killed in the attack", but not "a rise in sales"."""
AFTERMATH = {"arrest", "charge", "conviction", "imprisonment", "investigation", "lawsuit", "ruling", "trial"}
"""Kinds of events that come after what they are told to be "in": "charged in the bombing"."""


def find_events(
    parse: Parse,
    mentions: tuple[Mention, ...],
    times: tuple[TimeSpan, ...],
    quantities: tuple[Quantity, ...],
    *,
    triggers: Mapping[tuple[str, str], str],
    cues: frozenset[int],
) -> tuple[Event, ...]:
    """All events in text order, told in nobody's voice yet (the reader knows the claims).

    `cues` are the indices of tokens that attribute: they are no events. A verb without a kind is `other`.
    """
    found = {f.token.i: f for f in find_triggers(parse, triggers, cues)}
    same = [i for i, f in found.items() if f.token.pos == "NOUN" and _repeats_verb(f, found)]
    found = {i: f for i, f in found.items() if i not in same}
    for other in inherited(parse, found):
        found.setdefault(other.token.i, other)
    scene = Scene(parse, mentions, times, quantities, found)
    numbers = {i: f"v{number}" for number, i in enumerate(sorted(found), 1)}
    wholes = {i: _whole(found[i], found) for i in found}
    return tuple(scene.event(found[i], numbers[i], numbers.get(wholes[i])) for i in sorted(found))


def _repeats_verb(noun: Found, found: Mapping[int, Found]) -> bool:
    """Whether an event noun is the object of a verb of its own kind: "signed an agreement" is one event."""
    verb = found.get(noun.token.head.i)
    return verb is not None and verb.token.pos == "VERB" and noun.token.dep == "dobj" and verb.kind == noun.kind


def _whole(part: Found, found: Mapping[int, Found]) -> int:
    """The trigger of the event that one is part of: "died in the crash", "during the raid"; -1 where none is told.

    Not "charged in the bombing" (for it), nor "resigned in protest" (a bare noun tells how, not in what).
    """
    for preposition in part.token.having("prep") if part.kind != "other" else ():
        for whole in preposition.having("pobj"):
            event = found.get(whole.i)
            if event is None or whole.pos != "NOUN" or event.kind == "other":
                continue
            told = whole.tag == "NNS" or bool(whole.having("det", "poss"))
            inside = preposition.lower == "in" and event.kind in INCIDENTS and part.kind not in AFTERMATH
            if preposition.lower == "during" or (inside and told):
                return whole.i
    return -1


# ---- participants, place, time, figures


@lru_cache
def load_event_roles() -> dict[tuple[str, str], str]:
    """(kind or lemma, slot) to role: which participant a grammatical slot is, where it is not the usual one."""
    return {(row[0], row[1]): row[2] for row in load_table("event_roles")}


class Scene:
    """The layers of one article by token, to build events from."""

    def __init__(
        self,
        parse: Parse,
        mentions: tuple[Mention, ...],
        times: tuple[TimeSpan, ...],
        quantities: tuple[Quantity, ...],
        found: Mapping[int, Found],
    ) -> None:
        self.parse, self.triggers = parse, frozenset(found)
        self.when = EventTimes(parse, times, found).all()
        self.names = {parse.tokens_in(m.start, m.end)[-1].i: m for m in mentions if m.kind != "pronoun"}
        self.time_at = {t.i: time for time in times for t in parse.tokens_in(time.start, time.end)}
        self.figures: dict[int, list[str]] = {}
        self.figure_at = {parse.tokens_in(q.start, q.end)[-1].i: q for q in quantities}
        for quantity in quantities:
            owner = self._owner(parse.tokens_in(quantity.start, quantity.end)[-1])
            if owner is not None:
                self.figures.setdefault(owner, []).append(quantity.id)

    def _owner(self, token: Token) -> int | None:
        """The nearest trigger above a token."""
        return next((a.i for a in token.ancestors() if a.i in self.triggers), None)

    def event(self, found: Found, id_: str, whole: str | None) -> Event:
        """The event of a trigger, with what hangs on it; `whole` is the event that it is part of."""
        token = found.token
        participants = tuple(sorted(set(self._participants(found)), key=lambda p: (p.start, p.end, p.role)))
        course = carrier(token) or token
        place = self._place(token) or self._place(course)
        time = self.when.get(token.i)
        polarity, factuality = factuality_of(token)
        return Event(
            id=id_,
            trigger=Span.cut(self.parse.text, *_bounds(found)),
            type=found.kind,
            lemma=token.lemma,
            polarity=polarity,
            factuality=factuality,
            participants=participants,
            place=place.id if place else None,
            time=time.id if time else None,
            quantities=tuple(self.figures.get(token.i, ())),
            part_of=whole,
            confidence=0.5 if found.kind == "other" else 0.7 if found.under is not None else 0.8,
            origin="rule:coordinated" if found.under is not None else f"rule:{token.pos.lower()}",
        )

    def _participants(self, found: Found) -> Iterator[Participant]:
        """Each slot that is filled, as the role that it is for this kind of event."""
        for slot, head in slots(found.token):
            if head in found.words:
                continue
            if head.i in self.time_at or head.tag in {"WDT", "WP"} or head.lower in {"there", "that", "which"}:
                continue
            if head.lower == "it" and (slot != "subject" or found.token.having("ccomp", "xcomp", "csubj")):
                continue  # "it" that stands for a clause is nobody
            role = self._role(found, slot, head)
            for one in (head, *self._beside(head)) if role else ():
                span = self._phrase(one)
                yield Participant(start=span.start, end=span.end, text=span.text, role=str(role))

    def _beside(self, head: Token) -> Iterator[Token]:
        """The things coordinated with a participant: "The airline and the union signed"."""
        for other in head.having("conj"):
            if other.pos in {"NOUN", "PROPN"} and other.i not in self.triggers and other.i not in self.time_at:
                yield other
                yield from self._beside(other)

    def _role(self, found: Found, slot: str, head: Token) -> str | None:
        roles = load_event_roles()
        role = roles.get((found.token.lemma, slot)) or roles.get((found.kind, slot)) or roles.get(("*", slot))
        if slot == "compound" and found.kind == "other":
            return None  # "a charity event" is of some sort
        if role == "theme" and slot == "subject" and self._has_object(found.token):
            return "agent"  # "they grow maize", but "it grew 3%"
        if role == "undergoer":
            return "patient" if self._is_animate(head) else "theme"
        return role

    def _has_object(self, verb: Token) -> bool:
        """Whether the verb has an object that is no figure."""
        return any(
            c.i not in self.figure_at and c.label not in FIGURES and c.i not in self.time_at
            for c in verb.having("dobj")
        )

    def _is_animate(self, head: Token) -> bool:
        mention = self.names.get(head.i)
        if mention is not None:
            return mention.type in {"person", "group"}
        return (
            is_agent_noun(head)
            or head.lower in {"people", "him", "her", "them", "me", "us", "others", "those", "civilians", "crew"}
            or head.label == "PERSON"
        )

    def _phrase(self, head: Token) -> Span:
        """The participant's words: a mention or figure that ends at its head, else the noun phrase with its of-phrase."""
        mention = self.names.get(head.i)
        figure = self.figure_at.get(head.i)
        if figure is not None:
            return Span(figure.start, figure.end, figure.text)
        if mention is not None and head.label != "PERSON":
            return Span(mention.start, mention.end, mention.text)
        return self._noun_phrase(head)

    def _noun_phrase(self, head: Token) -> Span:
        """The words from the leftmost modifier to the head, and of-, on- and into-phrases right behind it."""
        parse = self.parse
        inside = {t.i for t in head.subtree()}
        drop = {
            t.i
            for c in head.subtree()
            if c.dep in {"relcl", "acl", "advcl", "conj", "cc", "appos"} and c is not head
            for t in c.subtree()
        }
        first = last = head.i
        while first - 1 in inside and first - 1 not in drop and parse.tokens[first - 1].text != ",":
            first -= 1
        while last + 1 in inside and last + 1 not in drop and parse.tokens[last + 1].text not in {",", "--", "—"}:
            last += 1
        tokens = parse.tokens[first : last + 1]
        while len(tokens) > 1 and tokens[-1].pos == "PUNCT" and tokens[-1].tag != "''":
            tokens = tokens[:-1]
        return Span.cut(parse.text, tokens[0].start, tokens[-1].end)

    def _place(self, token: Token) -> Mention | None:
        """The place mention of a locating phrase on the trigger, or on its object; names that hold others come first."""
        for preposition in prepositions(token):
            if preposition.lower in LOCATING:
                for target in preposition.having("pobj"):
                    mention = self.names.get(target.i) or next(
                        (self.names[c.i] for c in target.having("compound", "nmod", "poss") if c.i in self.names), None
                    )
                    if mention is not None and mention.type == "place":
                        return mention
        return None


def _bounds(found: Found) -> tuple[int, int]:
    """Where a trigger begins and ends: all its words where they stand together, else behind its particle ("step down")."""
    words = sorted((found.token, *found.words), key=lambda word: word.i)
    if words[-1].i - words[0].i + 1 == len(words) > 1:
        return words[0].start, words[-1].end
    token = found.token
    return token.start, next((c.end for c in token.having("prt") if c.i == token.i + 1), token.end)
