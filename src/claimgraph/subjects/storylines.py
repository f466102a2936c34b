"""The storyline of each topic: a step for every article that is about it, in the order of days, as a list in the graph.

A step is what the article tells first of the topic: an event that took place, else a claim, else the article. It has the
day that the text gives the event, else that of the article. Only topics that several articles have make a story.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from claimgraph.quads import Quad, describe, integer, name, ref, typed, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from claimgraph.facts import Facts
    from claimgraph.iris import Iris
    from claimgraph.quads import Term

TOLD = frozenset(("happened", "ongoing"))
WIDEST = 3
"""Days beside its first that the time of an event may have to be its day."""
LONGEST = 160
"""Characters of a step's words: a sentence, not a paragraph."""
DAY = 10
"""Characters of an ISO day."""


class Step(msgspec.Struct, frozen=True, order=True, array_like=True):
    """What an article tells of a topic, and of which day."""

    topic: str
    label: str
    day: str
    published: str
    article: str
    item: str
    words: str


def steps_of(facts: Facts) -> Iterator[bytes]:
    """A line for each topic of an article, to be sorted; none for an article without a day."""
    [article] = facts.of("schema:NewsArticle")
    published = facts.words(article, "schema:datePublished")[:DAY]
    if len(published) == DAY:
        tellers = _tellers(facts)
        for topic in facts.all(article, "dcterms:subject"):
            item, day = _told_first(facts, topic, published) or (article, published)
            teller = tellers.get(item, item)
            text = facts.words(teller, "schema:text") or facts.words(item, "rdfs:label")
            step = Step(topic, facts.words(topic, "skos:prefLabel"), day, published, article, item, _short(text))
            yield msgspec.json.encode(step) + b"\n"


def _tellers(facts: Facts) -> dict[Term, Term]:
    """Each event with the statement or claim that tells it."""
    tellers = (*facts.of("cg:Claim"), *facts.of("cg:Statement"))
    return {event: teller for teller in tellers for event in facts.all(teller, "cg:reports")}


def _told_first(facts: Facts, topic: Term, published: str) -> tuple[Term, str] | None:
    """The first event of a topic that took place, else its first claim, with its day."""
    events = [e for e in _on(facts, "sem:Event", topic) if facts.code(e, "cg:factuality") in TOLD]
    for event in events[:1]:
        first, last = (facts.words(event, f"sem:has{end}TimeStamp") for end in ("EarliestBegin", "LatestEnd"))
        narrow = first and last <= (date.fromisoformat(first) + timedelta(WIDEST)).isoformat()
        return event, first if narrow and first <= published else published
    for claim in _on(facts, "cg:Claim", topic)[:1]:
        said = facts.words(claim, "cg:saidOnDate")
        return claim, said if said and said <= published else published
    return None


def _on(facts: Facts, class_: str, topic: Term) -> list[Term]:
    """The things of a class that are of a topic, in the order of the text."""
    found = [thing for thing in facts.of(class_) if topic in facts.all(thing, "dcterms:subject")]
    return sorted(found, key=lambda thing: (facts.at(thing, "cg:evidence"), thing))


def _short(text: str) -> str:
    r"""Words on one line, cut at a space.

    >>> _short("Ada Roos\nresigned.")
    'Ada Roos resigned.'
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"


def storyline_quads(lines: Iterable[bytes], *, iris: Iris, copies: Container[str] = ()) -> Iterator[Quad]:
    """The graph of storylines, out of sorted lines: each a schema:ItemList, in the order of days; copies are no steps."""
    graph = ref(iris.graph("storylines"))
    steps = (msgspec.json.decode(line, type=Step) for line in lines)
    for (topic, label), group in groupby(steps, key=lambda step: (step.topic, step.label)):
        held = [step for step in group if step.article[1:-1] not in copies]
        if len(held) > 1:
            yield from (Quad(*triple, graph) for triple in _storyline(topic, label, held, iris))


def _storyline(topic: Term, label: str, steps: list[Step], iris: Iris) -> Iterator[tuple[Term, Term, Term]]:
    me = f"{iris.base}storyline/{topic[1:-1].rpartition('/')[2]}"
    elements = [ref(f"{me}#{number}") for number in range(1, len(steps) + 1)]
    yield from describe(ref(me), {
        "rdf:type": name("schema:ItemList"),
        "rdfs:label": words(f"storyline: {label}", "en"),
        "dcterms:subject": topic,
        "schema:numberOfItems": integer(len(steps)),
        "schema:itemListElement": elements,
    })  # fmt: skip
    for number, (element, step) in enumerate(zip(elements, steps, strict=True), 1):
        yield from describe(element, {
            "rdf:type": name("schema:ListItem"),
            "rdfs:label": words(f"{step.day}: {step.words}", "en"),
            "schema:position": integer(number),
            "schema:item": step.item,
            "dcterms:date": typed(step.day, "date"),
            "dcterms:source": step.article,
        })  # fmt: skip
