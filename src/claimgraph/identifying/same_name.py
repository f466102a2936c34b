"""Which of the articles that use one name speak of one person: decided by the offices, middle names and company they tell.

An article means one person by a name (one sense per discourse: Gale, Church and Yarowsky 1992), so articles are what is
compared, within the blocks of one name key. Those that tell most of somebody come first; each joins the person with
whom most speaks for it and nothing against it, or is somebody else. The outcome depends on the articles, not on their
order.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph.actors.authority import load_authority
from claimgraph.actors.names import fields_of, folded, is_common, person_key
from claimgraph.iris import digest
from claimgraph.lexicon import load_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FULL_NAME, COMMON_NAME = 0.85, 0.6
"""The same full name: namesakes exist (694 of 60,000 office-holders share theirs); and where given and family name are both
common, so that more than the name must speak for it."""
SHARED_OFFICE, SHARED_COMPANY, SURE = 0.1, 0.05, 0.97
"""What the same office or body, and names of the same others, add to it; nothing is surer than the last."""
APART, UNDECIDED = 0.8, 0.5
"""That somebody is another one than the namesakes; that an article is left alone for none of them is likelier."""
COMPANY = 2
"""Names that two articles must both have (not counting countries) to be of the same matter: one of them may be anywhere. A
name that the authority does not know is rarer, and counts for as many."""
ENVOY = "diplomacy"
"""The field of those whose office is of one country in another."""
NOBODY, TWICE = (-1, 0, 0), 2
"""Affinity, articles and place of nobody; how many times the articles of another a person has who is likelier meant."""
QUALIFIER = re.compile(r"\b[A-Z][\w'’-]+(?= (?:[A-Z][\w'’-]+ )*[a-z]+$)")
"""A name in a title: "Lindby mayor"."""
SUFFIX = re.compile(r",? ([JS]r|I{2,3}|IV)\.?$")
QUOTED = re.compile(r"[\"“‘(][\w.’' -]+[\"”’)](?=\s)")
"""A nickname in a name: Robert "Bob" Reed."""
FULL, NICKNAMED = 2, 2
"""Words of a full name; how much must speak for two of different first names being one person: a title that both have."""
NO_BODY = {
    "of",
    "the",
    "and",
    "for",
    "to",
    "in",
    "on",
    "at",
    "a",
    "an",
    "united",
    "national",
    "dear",
    "mr",
    "mrs",
    "ms",
}
"""Words that tell neither a body nor an office from others."""


class Use(NamedTuple):
    """What one article tells of whom it calls by a name."""

    block: str
    article: str
    names: tuple[str, ...]
    offices: tuple[tuple[str, str, bool], ...]
    """Title, the name of what it is of or nothing, and whether that is a place."""
    company: tuple[str, ...]
    """The entities of all that the article names beside, but for countries and for people whom the authority does not know."""


class Outcome(NamedTuple):
    """Whom an article means by a name, how sure that is and why; `origin` is "curation" where somebody has decided so."""

    canonical: str
    confidence: float
    rationale: str
    origin: str = ""


Outcomes = dict[tuple[str, str], Outcome]
"""By block and article; what somebody has decided by the IRI of the article's own entity, and article."""


class Traits(NamedTuple):
    """What tells one bearer of a name from another, of one article or of several."""

    middles: frozenset[str]
    fields: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    company: frozenset[str]
    given: frozenset[str]

    def joined(self, other: Traits) -> Traits:
        """The traits of both."""
        return Traits(*(mine | yours for mine, yours in zip(self, other, strict=True)))

    @property
    def telling(self) -> int:
        """How many kinds of traits there are that can speak against somebody."""
        return sum(map(bool, self[:4]))


def name_key(name: str) -> str:
    """What all forms of a full name have in common, empty for a surname alone.

    A nickname is its name ("Bob" Robert): that two use another one of both needs more than the name to be one person.

    >>> name_key("Dr. Ana María López"), name_key("Bob F. Kennedy Jr."), name_key("Mayor Reed")
    ('ana lopez', 'robert kennedy jr', '')
    """
    words = _words_of(person_key(SUFFIX.sub("", name)))
    suffix = SUFFIX.search(name)
    if len(words) < FULL:
        return ""
    first = load_map("nicknames").get(words[0], words[0])
    return " ".join([first, words[-1], *([suffix[1].lower()] if suffix else [])])


def given_name(name: str) -> str:
    """The first name as it is used.

    >>> given_name("Dr. Bob F. Kennedy"), given_name('Robert "Bob" Kennedy')
    ('bob', 'robert')
    """
    return _words_of(person_key(SUFFIX.sub("", name)))[0]


def _words_of(name: str) -> list[str]:
    """The words of a name as they are compared: those of a double name apart, without what stands in quotation marks."""
    return folded(QUOTED.sub(" ", name).replace("’", "'").replace("-", " ")).split()


def middle_names(name: str) -> frozenset[str]:
    """The names and initials between the first and the last one.

    >>> sorted(middle_names("Robert F. Kennedy Jr.")), sorted(middle_names("Ana Reed"))
    (['f'], [])
    """
    words = [word for word in _words_of(name.replace(",", " ")) if word not in {"jr", "sr"}]
    return frozenset(words[1:-1])


def same_middles(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of middle names can be one person's: equal ones, initials of them, or none on a side.

    >>> same_middles(["f"], ["francis"]), same_middles(["f"], ["g"]), same_middles(["f"], [])
    (True, False, True)
    """
    ours, yours = set(one), set(other)
    return not ours or not yours or any(a.startswith(b) or b.startswith(a) for a in ours for b in yours)


def decide(uses: Iterable[Use]) -> Iterator[tuple[tuple[str, str], Outcome]]:
    """For each block and article of uses, sorted by block, whom it means; blocks of one article are left out."""
    for _, held in groupby(uses, key=itemgetter(0)):
        block = sorted(held)
        if len(block) > 1:
            for article, outcome in _people(block):
                yield (block[0].block, article), outcome


def alone(block: str) -> Outcome:
    """Whom an article means that no other article with this name stands beside."""
    return Outcome(block, FULL_NAME, "the same full name and type")


# ---- one block


def _people(uses: list[Use]) -> Iterator[tuple[str, Outcome]]:
    """Each article of a block with its outcome."""
    traits = {use.article: _traits(use) for use in uses}
    common = any(is_common(person_key(name)) for use in uses for name in use.names)
    people, undecided = _clusters(traits)
    first = min(traits)
    for person in people:
        least = min(person)
        canonical = uses[0].block if least == first else f"{uses[0].block}.{digest(least)}"
        others = [
            traits[article]
            for other in (*people, *([each] for each in undecided))
            if other is not person
            for article in other
        ]
        shared = [_common(values) for values in zip(*(traits[article] for article in person), strict=True)]
        for article in sorted(person):
            yield (
                article,
                _explained(canonical, traits[article], shared, len(person), apart=bool(others), common=common),
            )
    for article in undecided:
        canonical = uses[0].block if article == first else f"{uses[0].block}.{digest(article)}"
        yield article, Outcome(canonical, UNDECIDED, "nothing tells which bearer of this name is meant")


def _common(values: Iterable[frozenset[str]]) -> frozenset[str]:
    """What at least two have."""
    counts = Counter(value for each in values for value in each)
    return frozenset(value for value, count in counts.items() if count > 1)


def _clusters(traits: Mapping[str, Traits]) -> tuple[list[list[str]], list[str]]:
    """The articles that mean one person each, and those that may mean several."""
    people: list[tuple[Traits, list[str]]] = []
    undecided = []
    for article in sorted(traits, key=lambda a: (-traits[a].telling, -len(traits[a].titles), a)):
        mine = traits[article]
        fitting = [
            (_affinity(other, mine), len(articles), -number)
            for number, (other, articles) in enumerate(people)
            if not _differ(other, mine) and _affinity(other, mine) >= _needed(other, mine)
        ]
        best, second = (sorted(fitting, reverse=True) + [NOBODY] * 2)[:2]
        if best == NOBODY:
            people.append((mine, [article]))
        elif mine.telling or len(people) == 1 or (best[0] and (best[0] > second[0] or best[1] >= TWICE * second[1])):
            other, articles = people[-best[2]]
            people[-best[2]] = other.joined(mine), [*articles, article]
        else:
            undecided.append(article)
    return [articles for _, articles in people], undecided


def _needed(one: Traits, other: Traits) -> int:
    """How much must speak for two being one person: nothing but the name, unless both have offices and share none."""
    ours, yours = (each.titles | each.bodies | each.places for each in (one, other))
    if not one.given & other.given:
        return NICKNAMED
    return int(bool(ours and yours and not ours & yours))


def _affinity(one: Traits, other: Traits) -> int:
    """How much but the name speaks for two being one person."""
    middles, fields, bodies, places, titles, *_ = (len(mine & yours) for mine, yours in zip(one, other, strict=True))
    company = _company(one.company & other.company)
    return 3 * (middles + bodies + places) + 2 * titles + fields + (company if company >= COMPANY else 0)


def _company(names: Iterable[str]) -> int:
    """How much names that two articles have in common speak for one matter."""
    return sum(1 if load_authority().find(each) else COMPANY for each in names)


def _differ(one: Traits, other: Traits) -> bool:
    """Whether two cannot be one person: other middle names, offices in other fields, or of other bodies or places.

    An envoy has offices of two countries; and who changes the body stays in the same company.
    """
    if not same_middles(one.middles, other.middles):
        return True
    if one.bodies & other.bodies:
        return False
    if one.fields and other.fields and not one.fields & other.fields:
        return True
    company = _company(one.company & other.company) >= COMPANY
    places = one.places and other.places and not one.places & other.places and ENVOY not in one.fields | other.fields
    return bool(
        (places and (one.titles & other.titles or not company)) or (one.bodies and other.bodies and not company)
    )


def _traits(use: Use) -> Traits:
    titles = {word for title, *_ in use.offices for word in _words(title)}
    offices = [*use.offices, *((title, body, False) for title, *_ in use.offices for body in QUALIFIER.findall(title))]
    bodies = {
        (word, is_place)
        for _, body, is_place in offices
        for word in _words(body)
        if is_place or load_map("actor_nouns").get(word) != "organization"
    }
    return Traits(
        frozenset(word for name in use.names for word in middle_names(person_name(name))),
        fields_of(title for title, *_ in use.offices),
        frozenset(word for word, is_place in bodies if not is_place),
        frozenset(word for word, is_place in bodies if is_place),
        frozenset(titles),
        frozenset(use.company),
        frozenset(map(given_name, use.names)),
    )


def person_name(name: str) -> str:
    """A name without titles and suffix, middle names and initials kept."""
    words = SUFFIX.sub("", name).split()
    first = given_name(name)
    at = next((i for i, word in enumerate(words) if _words_of(word.strip(","))[:1] == [first]), 0)
    return " ".join(words[at:])


def _words(text: str) -> list[str]:
    """The words of a title or a body's name that tell it from others."""
    return [word for word in re.findall(r"[^\W\d_]+", folded(text)) if len(word) > 1 and word not in NO_BODY]


def _explained(
    canonical: str, mine: Traits, shared: list[frozenset[str]], members: int, *, apart: bool, common: bool
) -> Outcome:
    """The outcome of one of several articles that mean one person, or of one that means somebody else."""
    if members == 1:
        return Outcome(
            canonical, APART, "another person than others of this name: offices, middle names or matter differ"
        )
    _, _, bodies, places, titles, company, _ = (value & kept for value, kept in zip(mine, shared, strict=True))
    reasons = ["the same full name and type"]
    reasons += [f"the same office: {', '.join(sorted(titles | bodies | places))}"] if titles or bodies or places else []
    beside = _company(company) >= COMPANY
    names = sorted(entry.name for entry in map(load_authority().find, company) if entry)
    reasons += [f"beside the same names: {', '.join(names[:3]) or 'bodies or places'}"] if beside else []
    reasons += ["others of this name are kept apart"] if apart else []
    score = (
        (COMMON_NAME if common else FULL_NAME)
        + SHARED_OFFICE * bool(titles or bodies or places)
        + SHARED_COMPANY * beside
    )
    return Outcome(canonical, round(min(score, SURE), 2), "; ".join(reasons))


def block_of(canonical: str) -> str:
    """The block of a canonical entity: its own IRI, or that of the namesake that was told of first.

    >>> block_of("https://w3id.org/claimgraph/id/entity/x-12.34"), block_of("https://w3id.org/x")
    ('https://w3id.org/claimgraph/id/entity/x-12', 'https://w3id.org/x')
    """
    path, slash, last = canonical.rpartition("/")
    return path + slash + last.partition(".")[0]


def read_use(line: bytes) -> Use:
    """The use that a line holds."""
    return msgspec.json.decode(line, type=Use)


def use_line(use: Use) -> bytes:
    """A use as a line, which sorts by its block."""
    return msgspec.json.encode(use) + b"\n"
