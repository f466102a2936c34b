"""Figures of two claims, compared: whether they are of one measure, population and period, and then whether they agree.

What is counted stands in the figure's own words ("2,300 nurses"), what is measured begins its clause ("turnout was 61%").
Two figures clash only where nothing parts them: no other period, no name or group that one alone is of, no later day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.lexicon import load_words
from claimgraph.relating.bases import lemma, names_in, of_time, words_in, words_of_names
from claimgraph.relating.propositions import LEAST, numbers_in
from claimgraph.terms import per_unit, unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from claimgraph.model import Quantity, Reading, TimeSpan
    from claimgraph.relating.propositions import Said

ROUNDING, ROUNDED = 0.05, 0.02
"""Shares by which two figures, and two shares, may differ and agree: "nearly 300,000" and "286,000" are one count."""
MEASURING = re.compile(
    r"\b(?:is|are|was|were|be|been|stood|reached|amount(?:s|ed) to|total(?:s|led)|fell|falls?|rose|rises?|dropped|climbed|grew|grows?|"
    r"declined|increased|hit|costs?)\b"
)
"""Verbs of what has a size."""
VAGUE = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|dozen|score)s\b", re.IGNORECASE)
"""A figure that is none: "trillions of dollars"."""
COUNTED, MEASURED = 0.5, 0.66
"""Shares of the other words of the shorter clause that both have where figures of one noun, or of none, are of one measure."""
GROUP = re.compile(
    r"\b(among|across|aged|under|over|of|for|in|at)\s+(?:the\s+|all\s+|its\s+|their\s+)?((?:[\w’'-]+\s?){1,3})"
)
"""Words that may say of whom a figure is: "among the young", "across the country", "of children"."""
STRONG = {"among", "across", "aged", "under", "over"}
"""Prepositions of a group that is another one than that of a figure without it."""
WHOLE = {"population", "people", "total", "number"}
MONTH = 27
"""Days of a period that is no day of an event, and days after which a day is none of which one still gives new figures."""
MANY = re.compile(r"[^\W\d_]{3,}")


class Figure(msgspec.Struct, frozen=True):
    """A quantity with its bounds, none of them where it is open; `text` as the article has it; its period's days."""

    text: str
    unit: str
    lower: float | None
    upper: float | None
    per: str = ""
    since: str = ""
    until: str = ""


class Compared(NamedTuple):
    """How two figures of one measure bear on each other ("agree", "clash", "differ"), and in what they differ."""

    how: str
    what: str = ""


def figure(quantity: Quantity, period: TimeSpan | None) -> Figure:
    """A figure with its bounds and its period, as rdf.py writes them."""
    value = quantity.value
    lower = None if quantity.comparator in {"<", "<="} and quantity.upper is None else value
    upper = quantity.upper if quantity.upper is not None else None if quantity.comparator in {">", ">="} else value
    days = (period.earliest or "", period.latest or "") if period else ("", "")
    per = _plain(per_unit(quantity.per)) if per_unit(quantity.per) else ""
    return Figure(quantity.text, _plain(unit(quantity.unit)), lower, upper, per, *days)


def _plain(terms: dict[str, str]) -> str:
    known = next(iter(terms.values()))
    return known[1 : known.rindex(known[0] if known[0] == '"' else ">")]


def period_of(reading: Reading, quantity: Quantity) -> TimeSpan | None:
    """The interval that a figure is of: the one that its claim's own words name, where they name one alone."""
    holders = [c.content for c in reading.claims if quantity.id in c.quantities]
    content = min(holders, key=lambda spans: sum(s.end - s.start for s in spans), default=())
    times = [t for t in reading.times if t.earliest and any(s.covers(t) for s in content)]
    return times[0] if len(times) == 1 else None


def compare(
    one: Said, mine: Figure, other: Said, yours: Figure, *, days: tuple[str, str], again: bool
) -> Compared | None:
    """How the figures of two clauses bear on each other; nothing where they are not of one measure.

    `days` are those on which both were said: a later count is another one where the same speaker gives it (`again`) or
    it says that it is of that day.
    """
    if mine.unit != yours.unit or mine.per != yours.per or not _one_measure(one, mine, other, yours):
        return None
    if VAGUE.search(mine.text) or VAGUE.search(yours.text) or (one.subject and other.subject and not again):
        return None
    if mine.since and yours.since and (mine.until < yours.since or yours.until < mine.since):
        return Compared("differ", "period")
    if _within(mine, yours) and _within(yours, mine):
        return None if _one_way(mine, yours) else Compared("agree")
    if _is_past(mine, days[1]) or _is_past(yours, days[0]):
        return Compared("differ", "period")
    if _population(one, mine, other, yours):
        return Compared("differ", "population")
    if days[0] != days[1] and (
        again or any(f.since == f.until == day for f, day in ((mine, days[0]), (yours, days[1])))
    ):
        return Compared("differ", "day")
    return Compared("clash")


def _one_measure(one: Said, mine: Figure, other: Said, yours: Figure) -> bool:
    """Whether the same is counted in both, or the same measured."""
    rests = _rest(one, mine), _rest(other, yours)
    both = rests[0] & rests[1]
    heads = _counted(mine), _counted(yours)
    of_all = _share_of(one, mine), _share_of(other, yours)
    if heads[0] != heads[1] or bool(of_all[0]) != bool(of_all[1]):
        return False
    shorter = min(map(len, rests))
    if mine.unit.endswith("/NUM"):
        return bool(heads[0] and both) and len(both) >= COUNTED * shorter
    alike = len(both) >= LEAST and len(both) >= MEASURED * shorter
    return alike or (bool(both) and bool(_measured(one, mine) & _measured(other, yours)))


def _counted(figure: Figure) -> str:
    """What is counted in a figure: "nurses" of "2,300 striking nurses"; empty for shares, money and measures."""
    found = MANY.findall(figure.text.lower()) if figure.unit.endswith("/NUM") else []
    return lemma(found[-1]) if found and found[-1] not in load_words("numbers") else ""


def _share_of(said: Said, figure: Figure) -> frozenset[str]:
    """Of whom a share is: "drivers" of "60% of drivers"."""
    after = said.text[said.text.index(figure.text) + len(figure.text) :] if figure.unit.endswith("/PERCENT") else ""
    match = re.match(r"\s+of\s+((?:[\w’'-]+\s?){1,3})", after)
    return words_in(match[1]) if match else frozenset()


def _rest(said: Said, figure: Figure) -> frozenset[str]:
    """The words of a clause beside the figure, without names: what is done to it, what it is of."""
    return (
        said.words
        - words_in(figure.text)
        - _share_of(said, figure)
        - words_of_names(said.text)
        - numbers_in(said)
        - of_time()
    )


def _measured(said: Said, figure: Figure) -> frozenset[str]:
    """What a clause measures: the first word or the last before a verb of being, rising or falling."""
    verb = MEASURING.search(said.text)
    rest = _rest(said, figure) if verb else frozenset[str]()
    words = [
        base for word in MANY.findall(said.text[: verb.start() if verb else 0].lower()) if (base := lemma(word)) in rest
    ]
    return frozenset(words[:1] + words[-1:])


def _is_past(figure: Figure, day: str) -> bool:
    """Whether a figure's period is not that of one of no period that was said on a day: a month that was over, or a day long ago."""
    if not (figure.since and day):
        return False
    since, until, told = map(date.fromisoformat, (figure.since, figure.until, day))
    return until < told and ((until - since).days >= MONTH or (told - until).days > MONTH)


def _population(one: Said, mine: Figure, other: Said, yours: Figure) -> bool:
    """Whether the clauses name others, or one of them a group that the other has not."""
    names = names_in(one.text), names_in(other.text)
    if names[0] - names[1] and names[1] - names[0]:
        return True
    strong = (_groups(one, mine, STRONG) - other.words) | (_groups(other, yours, STRONG) - one.words)
    groups = _groups(one, mine), _groups(other, yours)
    return bool(strong) or bool(groups[0] and groups[1] and not groups[0] & groups[1])


def _groups(said: Said, figure: Figure, words: Collection[str] = ()) -> frozenset[str]:
    """The words behind prepositions, those of `words` or all, that are no time and not the figure."""
    found = (words_in(match[2]) for match in GROUP.finditer(said.text) if not words or match[1] in words)
    return (
        frozenset(w for w in frozenset().union(*found) if not w[0].isdigit())
        - words_in(figure.text)
        - of_time()
        - WHOLE
    )


def _one_way(one: Figure, other: Figure) -> bool:
    """Whether both are open on the same side at other values, which says nothing: "less than 50" and "up to 340"."""
    for mine, yours in ((one.lower, other.lower), (one.upper, other.upper)):
        ends = [f.lower if mine is None else f.upper for f in (one, other)]
        if mine is None and yours is None and None not in ends:
            low, high = sorted(abs(end or 0) for end in ends)
            return low < high * (1 - ROUNDING)
    return False


def _within(one: Figure, other: Figure) -> bool:
    """Whether a figure begins below where another ends, give or take ROUNDING."""
    share = ROUNDED if one.unit.endswith("/PERCENT") else ROUNDING
    return one.lower is None or other.upper is None or one.lower <= other.upper + share * abs(other.upper)
