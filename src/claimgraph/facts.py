"""The triples of one article by subject, to look things up in: the same out of quads just made and out of a store."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from claimgraph.vocab import full, load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimgraph.quads import Quad, Term

BARE = re.compile(r'^"(.*)"(?:@[a-z-]+|\^\^<.*>)?$', re.DOTALL)
ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
SPAN = "#char="
CHARACTERS = re.compile(r"#char=(\d+),(\d+)>$")


class Facts:
    """An article's triples; things are N-Quads terms. Of spans nothing is kept: where they lie is in their names."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.held: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.classes: dict[Term, list[Term]] = defaultdict(list)
        type_ = _term("rdf:type")
        for subject, predicate, value, _ in quads:
            if SPAN in subject:
                continue
            self.held[subject][predicate].append(value)
            if predicate == type_:
                self.classes[value].append(subject)

    def of(self, class_: str) -> list[Term]:
        """The things of a class, sorted."""
        return sorted(self.classes.get(_term(class_), ()))

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """The values of a property, sorted."""
        return sorted(self.held[subject].get(_term(predicate), ())) if subject in self.held else []

    def first(self, subject: Term, predicate: str) -> Term:
        """The first value of a property, empty where it has none."""
        return next(iter(self.all(subject, predicate)), "")

    def words(self, subject: Term, predicate: str) -> str:
        """The characters of its first value."""
        found = BARE.match(self.first(subject, predicate))
        return ESCAPED.sub(_character, found[1]) if found else ""

    def code(self, subject: Term, predicate: str) -> str:
        """The code of the concept that is its first value."""
        return _codes().get(self.first(subject, predicate), "")

    def at(self, subject: Term, predicate: str) -> list[tuple[int, int]]:
        """Where the spans of a property lie."""
        found = (CHARACTERS.search(span) for span in self.all(subject, predicate))
        return [(int(match[1]), int(match[2])) for match in found if match]


@cache
def _term(prefixed: str) -> Term:
    return f"<{full(prefixed)}>"


@cache
def _codes() -> dict[Term, str]:
    return {f"<{concept.iri}>": concept.code for concept in load_concepts().values()}


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else CONTROLS.get(match[3], match[3])
