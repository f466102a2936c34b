"""What a time expression is read against: publication date, parse, and the dates that the text told before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimgraph.syntax.tense import direction
from claimgraph.temporal.timex import MONTHS_IN, days_of, grain_of, step

if TYPE_CHECKING:
    from datetime import date

    from claimgraph.language import Parse
    from claimgraph.temporal.grammar import Expression
    from claimgraph.temporal.meaning import Meaning

UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX"}
"""Values of calendar units when the publication day is not known."""
MEMORY = 4
"""How many of the values told last are kept: what "that year" means is seldom further back."""
FINE_ENOUGH = {
    "D": ("D",),
    "W": ("D", "W"),
    "WE": ("D", "W", "WE"),
    "M": ("D", "M"),
    "Q": ("D", "M", "Q"),
    "H": ("D", "M", "Q", "H"),
    "Y": ("D", "W", "WE", "M", "Q", "H", "S", "Y"),
    "DE": ("D", "M", "Q", "H", "S", "Y", "DE"),
    "CE": ("D", "M", "Y", "DE", "CE"),
}
"""The grains of value from which a unit can be counted."""
ENDS_QUARTER = frozenset(("P1Y", "P6M", "P9M"))
"""Stretches whose results a company compares as well: behind them, "a year earlier" is no quarter."""


class Setting(NamedTuple):
    """Publication date (ISO, or a prefix), parse, the values told before (newest first), the quarter told last.

    `in_quarter`: whether that quarter is still what the text compares.
    """

    published: str
    parse: Parse
    told: tuple[str, ...] = ()
    quarter: date | None = None
    in_quarter: bool = False

    def today(self, unit: str) -> date | None:
        """The publication day, if it is known exactly enough to count in this unit."""
        known = days_of(self.published)
        exact = 4 if unit in ("Y", "DE", "CE") else 7 if unit in MONTHS_IN else 10
        return known[1] if known and len(self.published) >= exact else None

    def year(self) -> int | None:
        """The year of publication."""
        known = days_of(self.published)
        return known[1].year if known else None

    def anchor(self, unit: str = "D") -> date | None:
        """The first day of what was told last, if it is told exactly enough to count in this unit."""
        for value in self.told:
            days = days_of(value) if grain_of(value) in FINE_ENOUGH.get(unit, ("D",)) else None
            if days:
                return days[0]
        return None

    def direction(self, expression: Expression) -> int:
        """1 where the verb puts the expression ahead, -1 where behind, 0 where none tells."""
        far = expression.has("month", "short", "season")
        return direction(self.parse.tokens_in(expression.words[0].start, expression.words[-1].end), far=far)

    def after(self, meaning: Meaning, *, compares: bool) -> Setting:
        """The setting for what follows: the text has told one value more.

        Business news compares a quarter with "a year earlier", the same quarter of the year before: the quarter
        stays until the text goes on to a year or to some months. What `compares` is never spoken of itself.
        """
        grain, days = grain_of(meaning.value), days_of(meaning.value)
        told = (meaning.value, *self.told[: MEMORY - 1]) if grain and days and not compares else self.told
        if grain == "Q" and days and not compares:
            return self._replace(told=told, quarter=days[0], in_quarter=True)
        return self._replace(told=told, in_quarter=self.in_quarter and meaning.value not in ENDS_QUARTER)

    def year_before(self, count: int = 1) -> date | None:
        """A day of the quarter spoken of, some years before it."""
        return step(self.quarter, "Y", -count) if self.quarter and self.in_quarter else None
