"""What an article is about in the terms of news agencies: IPTC Media Topics, by the words that tell them.

The topics, how they stand below each other and the words are lexicons/media_topics.tsv. A topic that has too few words
of its own hands them to the one above it, so that a robbery, a fraud and an arson are crime.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from itertools import islice, pairwise, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table
from claimgraph.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.model import Article, Mention

MEDIA_TOPIC = "http://cv.iptc.org/newscodes/mediatopic/"
NO_TOPIC = "-"
SURE, LIKELY = 2, 1
"""What a word counts that tells its topic alone, and one that does in company."""
IN_TITLE = 3
"""How many times as much a word counts in the title."""
LEAST, MOST_ASKED, WORDS_A_POINT = 3, 14, 80
"""Points that a topic needs: LEAST and one for each so many words of the text, MOST_ASKED at most. Chosen on articles that the
figure in docs/topics.md is not of."""
BEHIND = 0.4
"""Share of the points of the first topic that another must have: the rest is mentioned in passing."""
TWICE, SEVERAL = 2, 3
"""How often a sure word stands for a topic, at least; different ones for one that has its points from those below it."""
TOPICS = 5
"""Topics of one article, as agencies have at most."""
SPANS = 5
"""Words that are shown as the evidence of a topic."""
WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[ \u00a0\n/&'’(-]| \(|['’] ")


class MediaTopic(NamedTuple):
    """A Media Topic: its code, label, and the code of the one above it (empty for the first level)."""

    code: str
    label: str
    broader: str


class Subject(NamedTuple):
    """A topic of an article: how sure, and the words that tell it."""

    topic: MediaTopic
    confidence: float
    spans: tuple[Span, ...]


class Keyword(NamedTuple):
    """The words of a row, and what they count for which topics; words with a capital letter are looked for as they are."""

    words: tuple[str, ...]
    told: tuple[tuple[str, int], ...]


@cache
def load_topics() -> dict[str, MediaTopic]:
    """Code to topic.

    >>> load_topics()["20000153"]
    MediaTopic(code='20000153', label='earthquake', broader='20000151')
    """
    return {row[0]: MediaTopic(*row[:3]) for row in load_table("media_topics") if row[0] != NO_TOPIC}


def above(code: str) -> Iterator[MediaTopic]:
    """The topics above one, the nearest first.

    >>> [topic.label for topic in above("20000153")]
    ['natural disaster', 'disaster', 'disaster, accident and emergency incident']
    """
    broader = load_topics()[code].broader
    while broader:
        yield load_topics()[broader]
        broader = load_topics()[broader].broader


@cache
def load_keywords() -> dict[str, tuple[Keyword, ...]]:
    """First word, in small letters, to the keywords that begin with it, longest first."""
    told: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for code, _, _, sure, *likely in load_table("media_topics"):
        for words, points in ((sure, SURE), *((each, LIKELY) for each in likely)):
            for form in (form for word in filter(None, words.split("; ")) for form in _forms(word)):
                told[form].setdefault(code, points)
    found: dict[str, list[Keyword]] = defaultdict(list)
    for form, topics in sorted(told.items(), key=lambda item: (-len(item[0]), item[0])):
        found[form[0].lower()].append(Keyword(form, tuple(sorted(topics.items()))))
    return {first: tuple(keywords) for first, keywords in found.items()}


def _forms(keyword: str) -> Iterator[tuple[str, ...]]:
    """The words of a keyword, and of its plural; one that is a plural already has no other."""
    words = tuple(WORD.findall(keyword))
    last = words[-1]
    yield words
    if last[-1] not in "s0123456789":
        plural = f"{last[:-1]}ies" if last[-1] == "y" and last[-2:-1] not in "aeiou" else f"{last}s"
        yield (*words[:-1], f"{last}es" if last.endswith(("ch", "sh", "x", "z")) else plural)


class Hit(NamedTuple):
    """A keyword in a text, and what it tells."""

    start: int
    end: int
    told: tuple[tuple[str, int], ...]


def find_hits(text: str) -> list[Hit]:
    """The keywords of a text in order; of those that overlap the one that begins first, and is longest.

    >>> [hit.told for hit in find_hits("The peace talks failed.")]
    [(('20000076', 2),)]
    """
    words = list(WORD.finditer(text))
    hits, at = [], 0
    while at < len(words):
        keyword = next((k for k in load_keywords().get(words[at][0].lower(), ()) if _stands(k, words, at, text)), None)
        if keyword is not None:
            hits.append(Hit(words[at].start(), words[at + len(keyword.words) - 1].end(), keyword.told))
        at += len(keyword.words) if keyword is not None else 1
    return hits


def _stands(keyword: Keyword, words: Sequence[re.Match[str]], at: int, text: str) -> bool:
    """Whether a keyword's words stand there, with no more than a space or a hyphen between them."""
    there = words[at : at + len(keyword.words)]
    return (
        len(there) == len(keyword.words)
        and all(w == t[0] or w == t[0].lower() for w, t in zip(keyword.words, there, strict=True))
        and all(_joined(one, other, text) for one, other in pairwise(there))
    )


def _joined(one: re.Match[str], other: re.Match[str], text: str) -> bool:
    between = text[one.end() : other.start()]
    initial = len(one[0]) == 1 and between in {". ", "."}
    return initial or bool(BETWEEN.fullmatch(between))


class Count(NamedTuple):
    """What is found of a topic: its points, how often a sure word stands for it, and which."""

    points: float = 0
    times: int = 0
    sure: frozenset[str] = frozenset()

    def plus(self, points: float, times: int, sure: frozenset[str]) -> Count:
        """With these too."""
        return Count(self.points + points, self.times + times, self.sure | sure)


class Subjects(NamedTuple):
    """What an article is about, the surest first, and all keywords of its text."""

    told: tuple[Subject, ...]
    hits: tuple[Hit, ...]

    def within(self, spans: Iterable[Span]) -> tuple[MediaTopic, ...]:
        """The article's topics that a keyword within one of these spans tells, in their order."""
        found: set[str] = set()
        for span in spans:
            first = bisect_left(self.hits, span.start, key=attrgetter("start"))
            for hit in takewhile(lambda hit, span=span: hit.end <= span.end, islice(self.hits, first, None)):  # type: ignore[misc]
                found.update(code for told, _ in hit.told for code in tells(told))
        return tuple(subject.topic for subject in self.told if subject.topic.code in found)


def find_subjects(article: Article, mentions: Iterable[Mention] = ()) -> Subjects:
    """What an article is about, the surest first, each with the words of the text that tell it; at most TOPICS.

    `mentions` are its names: a word of such a name tells no topic.

    >>> from claimgraph.model import Article
    >>> text = "An earthquake struck the coast on Monday. Aftershocks were felt. The quake had a magnitude of 6.1."
    >>> [(subject.topic.label, subject.spans[0].text) for subject in find_subjects(Article(id="a", text=text)).told]
    [('earthquake', 'earthquake')]
    """
    text = article.text
    names = _words_of_names(mentions)
    hits = tuple(hit for hit in find_hits(text) if text[hit.start : hit.end] not in names)
    title = [hit for hit in find_hits(article.title or "") if (article.title or "")[hit.start : hit.end] not in names]
    needed = min(LEAST + len(text.split()) / WORDS_A_POINT, MOST_ASKED)
    held = _held(_counts(hits, title, article), needed)
    best = max(held.values(), default=0)
    ranked = sorted((code for code in held if held[code] >= BEHIND * best), key=lambda code: (-held[code], code))
    told = (_subject(code, held[code] / needed, hits, text) for code in ranked)
    return Subjects(tuple(subject for subject in told if subject.spans)[:TOPICS], hits)


def _words_of_names(mentions: Iterable[Mention]) -> set[str]:
    """The words of the names of people, places and bodies, as they are written there."""
    named = {m.text for m in mentions if m.kind == "name" and m.type in {"person", "place", "organization"}}
    return {word for name in named for word in WORD.findall(name) if word[0].isupper() and word not in _cased()}


@cache
def _cased() -> frozenset[str]:
    """The single words that are looked for with their capital letter: names themselves."""
    keywords = (keyword for found in load_keywords().values() for keyword in found)
    return frozenset(k.words[0] for k in keywords if len(k.words) == 1 and k.words[0] != k.words[0].lower())


def _counts(hits: Iterable[Hit], title: Iterable[Hit], article: Article) -> dict[str, Count]:
    """What the keywords of text and title count for each topic; the title once, also where the text begins with it."""
    heads = [zone for zone in article.zones if zone.kind == "title"]
    weighed = [(hit, article.title or "", IN_TITLE) for hit in title]
    weighed += [(hit, article.text, 1) for hit in hits if not any(h.start <= hit.start < h.end for h in heads)]
    found: dict[str, Count] = defaultdict(Count)
    for hit, source, times in weighed:
        word = frozenset({source[hit.start : hit.end].lower()})
        for code, worth in hit.told:
            found[code] = found[code].plus(times * worth, *((times, word) if worth == SURE else (0, frozenset())))
    return found


def _held(counts: dict[str, Count], needed: float) -> dict[str, float]:
    """The topics with points enough and sure words; what one below lacks counts for the one above it.

    None above another is held, and none that owes its points to those below it beside one that does not.
    """
    own = {code for code, count in counts.items() if count.points >= needed and count.times >= TWICE}
    held: dict[str, float] = {}
    for code in _deepest_first():
        count = counts.get(code)
        if count is None:
            continue
        if code in own or (count.points >= needed and len(count.sure) >= SEVERAL):
            held[code] = count.points
        elif broader := load_topics()[code].broader:
            counts[broader] = counts.get(broader, Count()).plus(*count)
    inside = {topic.code for code in held for topic in above(code)}
    by_itself = own & held.keys() - inside
    return {code: points for code, points in held.items() if code not in inside and (code in own or not by_itself)}


@cache
def _deepest_first() -> tuple[str, ...]:
    return tuple(sorted(load_topics(), key=lambda code: (-len(list(above(code))), code)))


def _subject(code: str, share: float, hits: Iterable[Hit], text: str) -> Subject:
    """A topic with its evidence: its own words, or where it has none those of the topics below it."""
    own = [hit for hit in hits if any(told == code for told, _ in hit.told)]
    found = own or [hit for hit in hits if any(code in tells(told) for told, _ in hit.told)]
    spans = tuple(Span.cut(text, hit.start, hit.end) for hit in found[:SPANS])
    return Subject(load_topics()[code], round(min(0.95, 0.5 + 0.15 * share), 2), spans)


@cache
def tells(code: str) -> frozenset[str]:
    """The codes of a topic and of all above it; of what tells none, none."""
    return frozenset() if code == NO_TOPIC else frozenset({code, *(topic.code for topic in above(code))})
