"""Whom a surname behind an office names: "Homeland Security Secretary Reed", "Sen. Hall (R-ID)", by country and date."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from claimgraph.actors.authority import ENTITY
from claimgraph.actors.known import load_table
from claimgraph.actors.names import folded, title_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claimgraph.actors.authority import Authority, AuthorityEntry

MEMBER = re.compile(r"\s*\((?:Rep|Dem|[RDI])[-–—, ]")
"""What follows a member of the United States Congress: "(R-Utah)"."""
FEDERAL = re.compile(r"\b(?:U\.S\.|US|United States) [A-Z]\w+\.? $")
"""What stands before one."""
LEADING = {"minister", "secretary", "chancellor", "justice", "premier"}
"""Heads of offices whose holders news names by surname, and which few people of one surname hold in a country."""
SEATS = {
    "senator": {"senator", "member of senate"},
    "sen": {"senator", "member of senate"},
    "representative": {"representative"},
    "rep": {"representative"},
    "congressman": {"representative"},
    "congresswoman": {"representative"},
}
"""What members of the United States Congress are called, to how known.tsv writes it."""


def find_holder(
    authority: Authority, surname: str, titles: Collection[str], *, day: str, countries: Collection[str], sitting: bool
) -> AuthorityEntry | None:
    """The only one of known.tsv with a surname who on that day held the office that a text gives, in a country it names.

    A seat in parliament is held by many and in every state: it counts only where the text says of which (`sitting`).
    """
    found = {
        entry.iri: entry
        for entry in _surnamed(authority, surname)
        for office in entry.offices
        if office.held_on(day) and _names_office(titles, office.title.lower(), sitting=sitting and office.of == "US")
        if office.of in countries or (sitting and office.of == "US")
    }
    return next(iter(found.values())) if len(found) == 1 else None


def is_sitting(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that it is of a member of the United States Congress."""
    return bool(MEMBER.match(text, end) or FEDERAL.search(text[max(start - 40, 0) : start]))


def _names_office(titles: Collection[str], office: str, *, sitting: bool) -> bool:
    """Whether one of somebody's titles says an office in all its own words, or a seat in parliament."""
    words = set(office.split())
    for title in titles:
        head = title_head(title).strip(".")
        own = {w.strip(".,") for w in title.split()} - {"of", "for", "the"}
        if (sitting and office in SEATS.get(head, ())) or (head in LEADING and own <= words):
            return True
    return False


def _surnamed(authority: Authority, surname: str) -> Iterator[AuthorityEntry]:
    for key in _by_surname().get(folded(surname), ()):
        entry = authority.find(ENTITY + key)
        if entry is not None:
            yield entry


@cache
def _by_surname() -> dict[str, list[str]]:
    """Surname to the keys of those of known.tsv who held an office."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in load_table("known").lines:
        if "\tperson\t" in line:
            key, _, _, label, _, _, _, told, _ = line.split("\t")
            if told:
                found[folded(label.split()[-1])].append(key)
    return found
