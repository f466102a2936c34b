"""What an article, its claims and its events are about, as triples: Media Topics with their evidence, and nouns.

A Media Topic is a concept of ours that is the same as IPTC's (skos:exactMatch) and stands below the same ones. What is of
it names it by dcterms:subject; a noun that an article keeps using is a topic too, and what claims name by schema:about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.quads import decimal, describe, name, ref, words
from claimgraph.subjects.media_topics import MEDIA_TOPIC, above, find_hits, find_subjects, load_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from claimgraph.iris import Iris
    from claimgraph.model import Event, Reading, Span
    from claimgraph.quads import Term, Triple
    from claimgraph.subjects.media_topics import MediaTopic, Subjects


def topic_triples(
    reading: Reading, iris: Iris, parts: Mapping[str, str], at: Callable[[Span], Term]
) -> Iterator[Triple]:
    """The topics of an article: what they are, what of the article is of them, and the words that tell so.

    `parts` are the IRIs of its claims and events, `at` makes the term of a span.
    """
    article = iris.article(reading.article.id)
    subjects = find_subjects(reading.article, reading.mentions)
    for subject in subjects.told:
        topic = ref(iris.topic(subject.topic.label))
        yield ref(article), name("dcterms:subject"), topic
        yield from describe(ref(f"{article}#topic-{subject.topic.code}"), {
            "rdf:type": name("cg:TopicAssignment"),
            "rdfs:label": words(subject.topic.label, "en"),
            "cg:topic": topic,
            "cg:evidence": [at(span) for span in subject.spans],
            "cg:confidence": decimal(subject.confidence),
            "cg:origin": words("rule:keywords"),
        })  # fmt: skip
    for part, topics in subjects_of_parts(reading, subjects):
        for each in topics:
            yield ref(parts[part]), name("dcterms:subject"), ref(iris.topic(each.label))
    yield from _concepts((subject.topic for subject in subjects.told), iris)
    for noun in sorted({noun for claim in reading.claims for noun in claim.topics}):
        yield from _noun(noun, iris)


def subjects_of_parts(reading: Reading, subjects: Subjects) -> Iterator[tuple[str, tuple[MediaTopic, ...]]]:
    """Each claim and event, by its id, with those of the article's topics that its own words tell.

    Those of a claim are its content's, those of an event its trigger's and participants', or where these tell nothing
    the sentence's in which it is told.
    """
    contents = {claim.id: claim.content for claim in reading.claims}
    holders: dict[str, tuple[Span, ...]] = {
        event: (statement,) for statement in reading.statements for event in statement.events
    }
    for id_, content in contents.items():
        yield id_, subjects.within(content)
    for event in (event for event in reading.events if event.type != "other"):
        held = contents.get(event.reported_in or "") or holders.get(event.id, ())
        yield event.id, subjects.within(_own(event)) or subjects.within(held)


def _own(event: Event) -> Iterator[Span]:
    yield event.trigger
    yield from event.participants


def _concepts(topics: Iterable[MediaTopic], iris: Iris) -> Iterator[Triple]:
    """The concepts of these topics and of all above them."""
    found = {code: each for topic in topics for each in (topic, *above(topic.code)) for code in [each.code]}
    for code, topic in sorted(found.items()):
        broader = load_topics().get(topic.broader)
        yield from describe(ref(iris.topic(topic.label)), {
            "rdf:type": name("skos:Concept"),
            "rdfs:label": words(topic.label, "en"),
            "skos:prefLabel": words(topic.label, "en"),
            "skos:broader": ref(iris.topic(broader.label)) if broader else None,
            "skos:exactMatch": ref(f"{MEDIA_TOPIC}{code}"),
        })  # fmt: skip


def _noun(noun: str, iris: Iris) -> Iterator[Triple]:
    """The concept of a noun; where it is a word that tells Media Topics, they are related."""
    codes = {code for hit in find_hits(noun) for code, _ in hit.told if code in load_topics()}
    yield from describe(ref(iris.topic(noun)), {
        "rdf:type": name("skos:Concept"),
        "rdfs:label": words(noun, "en"),
        "skos:prefLabel": words(noun, "en"),
        "skos:relatedMatch": [ref(f"{MEDIA_TOPIC}{code}") for code in sorted(codes) if load_topics()[code].label != noun],
    })  # fmt: skip
