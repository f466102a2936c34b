"""When an event is told to happen: by a time on its trigger, on a verb that it shares one with, or on the same event told again.

A time that the parser hangs on a noun of the clause ("killed at a market in Drena on Thursday") is the verb's where it is a
day; a cause and what it did, an attack and the verb that mounts it, verbs joined by "and" have one time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.syntax.slots import carrier
from claimgraph.temporal.timex import grain_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimgraph.language import Parse, Token
    from claimgraph.model import TimeSpan
    from claimgraph.syntax.event_kinds import Found

ATTACHED = frozenset(("npadvmod", "tmod", "advmod", "nmod", "compound", "amod", "poss", "pobj", "nummod"))
LOOSE = frozenset(("npadvmod", "tmod", "advmod", "nummod", "appos"))
"""Relations of a time without a preposition that stands behind a noun of its clause."""
BOUNDING = frozenset(("since", "until", "till", "before", "after", "than", "from", "with", "to", "as", "per"))
"""Prepositions of a time that only bounds the event, or that it is compared with: "the worst since 2019"."""
NEAR = frozenset(("before", "after", "from", "until"))
"""Those of them that tell the day where a time of day follows: "shortly after 5 a.m. on Tuesday"."""
CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "xcomp", "conj", "csubj", "parataxis", "pcomp"))
LATER = frozenset(
    ("arrest", "charge", "conviction", "imprisonment", "investigation", "lawsuit", "ruling", "trial", "award")
)
"""Kinds of events that come after what they are about: "charged over the attack on Friday"."""
LONG = frozenset(
    ("fighting", "invasion", "campaign", "disease-outbreak", "migration", "negotiation", "trade", "production")
)
"""Kinds of events that last, of which a verb with a day tells one day alone: "12 were killed in the war on Tuesday"."""
MOUNTED = frozenset(
    (
        *(
            "begin",
            "carry",
            "cause",
            "conduct",
            "end",
            "have",
            "hold",
            "host",
            "launch",
            "lose",
            "make",
            "mount",
            "open",
        ),
        *("play", "see", "sign", "stage", "start", "suffer", "suspend", "take", "trigger", "win"),
    )
)
"""Verbs whose time is that of the event noun that is their object."""
WITHIN = frozenset(("at", "by", "during", "in"))
AGAIN = 6
"""Sentences within which "the blast" is the one told before."""


class EventTimes:
    """The times of an article's events, each reckoned once."""

    def __init__(self, parse: Parse, times: tuple[TimeSpan, ...], found: Mapping[int, Found]) -> None:
        self.parse, self.found = parse, found
        self.time_at = {t.i: time for time in times for t in parse.tokens_in(time.start, time.end)}

    def all(self) -> dict[int, TimeSpan]:
        """Trigger to its time, for those that have one."""
        told = {i: time for i, one in self.found.items() if (time := self._told(one.token))}
        shared = {i: time for i, one in self.found.items() if i not in told and (time := self._shared(one, told))}
        told |= shared
        return told | self._told_again(told)

    # ---- its own time

    def _told(self, token: Token) -> TimeSpan | None:
        """The time on a trigger, on the verb that opens or closes it, or on a noun of its clause."""
        course = carrier(token)
        return self._own(token) or (self._own(course) if course else None) or self._stray(token)

    def _own(self, token: Token) -> TimeSpan | None:
        """The time expression that hangs on a word, by itself or behind a preposition; days before what recurs."""
        found = [
            time
            for time in self._hanging(token)
            if time.earliest or time.type == "set" or (time.value or "")[:1].isdigit()
        ]
        return next((time for time in found if time.earliest), next(iter(found), None))

    def _hanging(self, token: Token) -> Iterator[TimeSpan]:
        for child in token.children:
            if child.i in self.time_at and child.dep in ATTACHED:
                yield self.time_at[child.i]
            elif child.dep == "prep":
                yield from (time for t in child.having("pobj") if (time := self._behind(child, t)))

    def _behind(self, preposition: Token, word: Token) -> TimeSpan | None:
        """The time behind a preposition, or whose noun stands there ("in Saturday's other game")."""
        time = self.time_at.get(word.i)
        if time is None and preposition.lower in WITHIN and word.i not in self.found:
            time = next((self.time_at[c.i] for c in word.having("poss") if c.i in self.time_at), None)
            return time if time and _is_day(time) else None
        clock = time is not None and time.type == "time" and preposition.lower in NEAR
        return time if clock or preposition.lower not in BOUNDING else None

    def _stray(self, verb: Token) -> TimeSpan | None:
        """A day that hangs on a noun of the verb's own clause, and on no event."""
        if verb.pos != "VERB":
            return None
        waiting = [c for c in verb.children if c.dep not in CLAUSES and c.i > verb.i]
        while waiting:
            word = waiting.pop(0)
            if word.i in self.found or word.i in self.time_at:
                continue
            if word.pos in ("NOUN", "PROPN", "NUM") and (day := next(self._days_behind(word), None)):
                return day
            waiting += [c for c in word.children if c.dep not in CLAUSES]
        return None

    def _days_behind(self, noun: Token) -> Iterator[TimeSpan]:
        """Days that stand behind a noun, bare or with "on" and "at"."""
        for child in noun.children:
            bare = child.i in self.time_at and child.dep in LOOSE
            targets = [child] if bare else child.having("pobj") if child.lower in ("on", "at") else []
            for target in targets:
                time = self.time_at.get(target.i)
                if time is not None and target.i > noun.i and _is_day(time):
                    yield time

    # ---- the time of what it is part of

    def _shared(self, one: Found, told: Mapping[int, TimeSpan]) -> TimeSpan | None:
        """The time of another event that has the same by grammar."""
        return next((told[o.i] for o in self._partners(one) if o.i in told), None)

    def _partners(self, one: Found) -> Iterator[Token]:
        """The words whose time is this one's as well."""
        token, head = one.token, one.token.head
        if token.pos == "VERB":
            yield from self._coordinated(token)
            if token.dep == "advcl" and token.tag == "VBG" and not token.having("mark", "prep", "advmod", "nsubj"):
                yield head  # "set fire to a depot, destroying the fuel"
            yield from self._causes(token)
        elif token.dep in ("nsubj", "nsubjpass", "dobj") and head.pos == "VERB":
            yield from self._governor(one, head)
        elif token.dep == "pobj" and head.lower in WITHIN and head.head.pos == "VERB":
            yield from self._governor(one, head.head)

    def _governor(self, one: Found, verb: Token) -> Iterator[Token]:
        """The verb of an event noun, where it tells what the event did, or that somebody did it."""
        kind = self.found[verb.i].kind if verb.i in self.found else "other"
        if (kind in LATER and one.kind != "raid") or (one.kind in LONG and one.token.dep != "dobj"):
            return
        if one.token.dep == "dobj":
            if verb.lemma in MOUNTED or kind == one.kind:
                yield verb
        elif kind != "other":
            yield verb

    def _causes(self, verb: Token) -> Iterator[Token]:
        """Event nouns that are the subject of a verb, or in which it happens."""
        yield from verb.having("nsubj") or (verb.head.having("nsubj") if verb.dep == "conj" else [])
        for preposition in verb.having("prep", "agent"):
            if preposition.lower in WITHIN and self.found[verb.i].kind not in LATER:
                yield from preposition.having("pobj")

    def _coordinated(self, verb: Token) -> Iterator[Token]:
        """Verbs joined to this one, whose time stands at the end of all, or before all of them."""
        head = verb.head
        if verb.dep == "conj" and head.pos == "VERB" and self._first(head):
            yield head
        for other in verb.having("conj"):
            between = self.parse.text[verb.end : other.start]
            if other.pos == "VERB" and not other.having("nsubj", "nsubjpass") and not set(",;:") & set(between):
                yield other

    def _first(self, verb: Token) -> bool:
        """Whether the verb's time stands before it."""
        time = self._own(verb)
        return time is not None and time.start < verb.start

    # ---- the same event again

    def _told_again(self, told: Mapping[int, TimeSpan]) -> dict[int, TimeSpan]:
        """Times of "the blast" from the blast that was told before, and of that from "the blast" that has one."""
        again: dict[int, TimeSpan] = {}
        last: dict[str, Found] = {}
        for i, one in sorted(self.found.items()):
            if one.token.pos != "NOUN" or one.kind == "other" or one.token.tag != "NN":
                continue
            before = last.get(one.kind)
            near = before is not None and one.token.sentence.index - before.token.sentence.index <= AGAIN
            if before is not None and near and self._is_bare(one.token):
                pair = {before.token.i: told.get(before.token.i) or again.get(before.token.i), i: told.get(i)}
                known = [time for time in pair.values() if time]
                if len(known) == 1 and known[0].earliest:
                    again |= {j: known[0] for j, time in pair.items() if not time}
            last[one.kind] = one
        return again

    def _is_bare(self, noun: Token) -> bool:
        """Whether a noun is definite and has nothing beside it that would tell of which it is."""
        definite = any(c.lower in ("the", "this", "that") for c in noun.having("det"))
        return definite and not any(
            c.dep in ("compound", "amod", "poss", "nmod", "relcl", "acl") for c in noun.children
        )


def _is_day(time: TimeSpan) -> bool:
    """Whether a time is a day or a part of one."""
    return time.value is not None and grain_of(time.value) == "D"
