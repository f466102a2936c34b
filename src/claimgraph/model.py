"""The nouns: what an article is and what reading it yields. Frozen, and shaped as the annotation format has them.

Offsets are Unicode code points into `Article.text`, half-open `[start, end)`. Every span repeats its words,
so a wrong offset shows. Identifiers ("c1", "m3") are unique inside one article.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from claimgraph.errors import EvidenceError

EntityType = Literal["person", "organization", "place", "group", "document"]
TaggerName = Literal["fast", "accurate"]
"""The trained taggers of attributions."""
TAGGER: TaggerName = "accurate"
"""The one that reads where none is asked for: the README compares both."""
Polarity = Literal["affirmed", "denied", "questioned"]
Form = Literal["direct", "indirect", "mixed"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "x"]
Factuality = Literal["happened", "ongoing", "planned", "hypothetical", "denied", "generic"]
ZoneKind = Literal[
    "title", "byline", "dateline", "heading", "timestamp", "salutation", "signature",
    "caption", "credit", "table", "boilerplate", "notice", "contact", "note",
]  # fmt: skip
RelationType = Literal["corroborates", "contradicts", "restates", "responds-to", "differs-in-scope"]


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters `[start, end)` of a text, with the words that stand there.

    >>> Span.cut("Ebrard said", 0, 6)
    Span(start=0, end=6, text='Ebrard')
    """

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """The span of `text[start:end]`."""
        return Span(start, end, text[start:end])

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether at least one character is shared."""
        return self.start < other.end and other.start < self.end


class Zone(Span, frozen=True, kw_only=True):
    """A part of the text that is not running prose; lexicons/part_kinds.tsv says what is done with each kind, and why."""

    kind: ZoneKind


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One news article: its text as given, never changed, and what is known about it.

    `published` is an ISO date or date-time, or a prefix of one ("2021" is a year). `origin` says where it was
    read from and `notes` what to know about it, for messages only; neither enters the graph.
    """

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    zones: tuple[Zone, ...] = ()
    origin: str = ""
    notes: tuple[str, ...] = ()
    """What a reader of the results should know: no date, a date that is not understood, a foreign encoding."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what is named in one article. `kind` refines `type`: "country", "state", "city", "government agency"."""

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    iri: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    confidence: float = 1.0
    kind: str | None = None
    vague: bool = False
    """An unnamed source ("some senators")."""
    responsible: str | None = None
    """Entity that made this document."""
    authority: str | None = None
    """Key of the authority entry that it was matched to."""
    within: str | None = None
    """Entity of the place that it lies in, where the text says so."""


class Mention(Span, frozen=True, kw_only=True):
    """A span that names an entity, or stands for it."""

    id: str
    kind: Literal["name", "nominal", "pronoun"]
    type: EntityType
    entity: str | None = None
    confidence: float = 1.0
    origin: str = ""


class TimeSpan(Span, frozen=True, kw_only=True):
    """A time expression. `value` is TIMEX3's; `earliest` and `latest` are ISO days, both inclusive."""

    id: str
    type: Literal["date", "time", "duration", "set"]
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None
    confidence: float = 1.0
    origin: str = ""


class Quantity(Span, frozen=True, kw_only=True):
    """A figure: comparator, number, unit, and what is counted or measured (`of`)."""

    id: str
    value: int | float | None
    upper: int | float | None = None
    comparator: Comparator = "="
    unit: str = "count"
    of: Span | None = None
    per: str | None = None
    than: Span | None = None
    confidence: float = 1.0
    origin: str = ""


class Participant(Span, frozen=True, kw_only=True):
    """Who or what takes part in an event, in which role."""

    role: str
    entity: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens, and whose voice tells it. Speech is a claim, never an event."""

    id: str
    trigger: Span
    type: str
    lemma: str = ""
    polarity: Literal["affirmed", "denied"] = "affirmed"
    voice: Literal["narrated", "reported"] = "narrated"
    factuality: Factuality = "happened"
    reported_in: str | None = None
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    """Mention of the place."""
    place_entity: str | None = None
    time: str | None = None
    quantities: tuple[str, ...] = ()
    part_of: str | None = None
    """Event that this one is a part of ("seizures, including the confiscation")."""
    confidence: float = 1.0
    origin: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who said what: source, cue and content (PARC 3.0), never itself a fact."""

    id: str
    source: Span | None
    source_entity: str | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    cue_class: str | None = None
    polarity: Polarity = "affirmed"
    negated: bool = False
    certainty: Certainty = "certain"
    stance: Literal["positive", "negative"] | None = None
    stance_target: str | None = None
    """Entity that is praised or accused."""
    inside: str | None = None
    said_on: str | None = None
    inferred: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    sentence: Span | None = None
    confidence: float = 1.0
    origin: str = ""


class Statement(Span, frozen=True, kw_only=True):
    """What the article says in its own voice, and a claim could say."""

    id: str
    events: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()


class Role(Span, frozen=True, kw_only=True):
    """An office or function that the text gives to somebody: title, holder, of what."""

    id: str
    holder: str
    title: str
    of: str | None = None
    confidence: float = 1.0
    origin: str = ""


class Relation(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """How one claim bears on another, on which basis, and why in one sentence."""

    source: str
    target: str
    type: RelationType
    basis: str
    rationale: str
    confidence: float
    origin: str = "rule"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that one article says, layer by layer."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()


Reader = Callable[[Article], Reading]
"""The one plug point: whatever reads an article, its spans are proved by the same law."""

FRONT = frozenset(("title", "byline", "dateline"))
"""Zones that are read for what they tell of the article; the others are no part of its story."""
ARTICLE_FIELDS = ("id", "title", "author", "published", "publisher", "url", "language", "text")
LAYERS = ("entities", "mentions", "times", "quantities", "events", "claims", "statements", "roles", "relations")


def to_annotation(reading: Reading) -> dict[str, Any]:
    """The reading as one JSON object of the annotation format, keys in a fixed order."""
    article = {name: getattr(reading.article, name) for name in ARTICLE_FIELDS}
    left_out = [msgspec.to_builtins(zone) for zone in reading.article.zones if zone.kind not in FRONT]
    layers = {layer: msgspec.to_builtins(getattr(reading, layer)) for layer in LAYERS}
    return article | layers | {"left_out": left_out}


def spans_of(value: object) -> list[Span]:
    """Every span inside a structure, at any depth."""
    if isinstance(value, (tuple, list)):
        return [span for item in value for span in spans_of(item)]
    if not isinstance(value, msgspec.Struct):
        return []
    inner = [span for name in value.__struct_fields__ for span in spans_of(getattr(value, name))]
    return [value, *inner] if isinstance(value, Span) else inner


def prove(reading: Reading) -> None:
    """Nothing, when every span holds its words; EvidenceError on the first that does not."""
    text = reading.article.text
    for layer in LAYERS:
        for span in spans_of(getattr(reading, layer)):
            if text[span.start : span.end] != span.text or span.start >= span.end:
                raise EvidenceError(span, text[span.start : span.end])
