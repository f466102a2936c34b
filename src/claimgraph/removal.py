"""What is to stay out of a graph: articles, and persons or others with all that is told of them.

    removed.tsv of a folder: one line for each, a kind and a SHA-256 hash, so that the list does not name them again

A build leaves out the articles, and of each other article what tells of the entities: claims by them, about them and
with them, events, statements and roles that they are in; their names in the text become blocks of the same length, so
that every other span stays where it is and is proved as before.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from claimgraph.errors import UsageError
from claimgraph.identifying.same_name import block_of
from claimgraph.identity import identify
from claimgraph.model import Reading, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from claimgraph.iris import Iris
    from claimgraph.model import Claim, Event

FILE = "removed.tsv"
BLOCK = "█"
SHORTEST = 3
"""Characters of another name of a removed entity from which it is taken out of the text wherever it stands."""


class Removed(NamedTuple):
    """The hashes of what stays out: ids of articles, IRIs of entities of all articles."""

    articles: frozenset[str]
    entities: frozenset[str]
    iris: Iris

    def has_article(self, id_: str) -> bool:
        """Whether the article of this id stays out."""
        return digest(id_) in self.articles

    def applied(self, reading: Reading) -> Reading:
        """The reading without what is told of removed entities."""
        if not self.entities:
            return reading
        gone = self._gone(reading)
        return without(reading, gone) if gone else reading

    def mask(self, reading: Reading) -> Callable[[str], str]:
        """What takes the names of removed entities out of words about this article, and all words of a removed article."""
        return (lambda _: "") if self.has_article(reading.article.id) else _mask(reading, self._gone(reading))

    def _gone(self, reading: Reading) -> set[str]:
        links = identify([reading], iris=self.iris)
        return {link.entity.id for link in links if digest(link.canonical) in self.entities}


def digest(name: str) -> str:
    """The hash that stands for an id or an IRI."""
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def load_removed(folder: Path, *, iris: Iris) -> Removed:
    """What stays out of the graph of a folder."""
    path = folder / FILE
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
    articles, entities = (frozenset(row[1] for row in rows if row[0] == kind) for kind in ("article", "entity"))
    return Removed(articles, entities, iris)


def save_removed(folder: Path, removed: Removed) -> None:
    """Nothing; these stay out of the graph of a folder from now on."""
    rows = [f"article\t{hash_}\n" for hash_ in sorted(removed.articles)]
    rows += [f"entity\t{hash_}\n" for hash_ in sorted(removed.entities)]
    unfinished = folder / f".{FILE}"
    unfinished.write_text("".join(rows), encoding="utf-8", newline="\n")
    unfinished.replace(folder / FILE)


def find(readings: Iterable[Reading], wanted: Iterable[str], *, iris: Iris) -> Removed:
    """What these words name: the id of an article, the IRI or a name of an entity.

    Namesakes are told apart by all that is there, and that changes: whoever is removed goes with all of one name key.

    Raises:
        UsageError: nothing in the graph is called so, or several entities are: then their IRIs have to be given.

    """
    ids: set[str] = set()
    names: dict[str, set[str]] = {}
    for reading in readings:
        ids.add(reading.article.id)
        for link in identify([reading], iris=iris):
            for called in (link.canonical, link.entity.name.casefold(), *(a.casefold() for a in link.entity.aliases)):
                names.setdefault(called, set()).add(link.canonical)
    articles, entities = set(), set()
    for word in wanted:
        if word in ids:
            articles.add(digest(word))
        else:
            entities.add(digest(_one(block_of(word) if word.startswith(iris.base) else word, names)))
    return Removed(frozenset(articles), frozenset(entities), iris)


def _one(word: str, names: dict[str, set[str]]) -> str:
    found = sorted(names.get(word) or names.get(word.casefold(), set()))
    if not found:
        raise UsageError(word, "is neither the id of an article nor a name or an IRI of the graph")
    if len(found) > 1:
        raise UsageError(word, f"is the name of several: give one of {', '.join(found)}")
    return found[0]


def without(reading: Reading, gone: set[str]) -> Reading:
    """A reading in which nothing is told of the entities with these ids, and their names stand nowhere."""
    claims = _claims(reading, gone)
    kept = {claim.id for claim in claims}
    events = tuple(
        event for event in reading.events if not _concerns(event, gone) and event.reported_in in {None, *kept}
    )
    told = {event.id for event in events}
    statements = tuple(
        msgspec.structs.replace(each, events=tuple(e for e in each.events if e in told))
        for each in reading.statements
        if not gone.intersection(each.about) and not _names(reading, gone, [each])
    )
    left = msgspec.structs.replace(
        reading,
        entities=tuple(_unbound(entity, gone) for entity in reading.entities if entity.id not in gone),
        mentions=tuple(mention for mention in reading.mentions if mention.entity not in gone),
        claims=claims,
        events=tuple(msgspec.structs.replace(e, part_of=e.part_of if e.part_of in told else None) for e in events),
        statements=statements,
        roles=tuple(role for role in reading.roles if not {role.holder, role.of} & gone),
        relations=tuple(r for r in reading.relations if {r.source, r.target} <= kept),
    )
    return _masked(left, _mask(reading, gone))


def _unbound(entity: Any, gone: set[str]) -> Any:
    """An entity that points to none of those that are gone."""
    fields = ("responsible", "within", "authority")
    return msgspec.structs.replace(entity, **{f: None for f in fields if getattr(entity, f) in gone})


def _claims(reading: Reading, gone: set[str]) -> tuple[Claim, ...]:
    """The claims that are neither by, nor about, nor name what is gone, nor stand in one that is or does."""
    lost: set[str] = set()
    for claim in reading.claims:
        spans = [*claim.content, *([claim.source] if claim.source else [])]
        own = {claim.source_entity, claim.stance_target, *claim.about}
        if own & gone or _names(reading, gone, spans):
            lost.add(claim.id)
    while inner := {claim.id for claim in reading.claims if claim.inside in lost} - lost:
        lost |= inner
    return tuple(claim for claim in reading.claims if claim.id not in lost)


def _concerns(event: Event, gone: set[str]) -> bool:
    return bool(gone & {event.place_entity, *(each.entity for each in event.participants)})


def _names(reading: Reading, gone: set[str], spans: Iterable[Span]) -> bool:
    """Whether what is gone is mentioned in one of these spans."""
    mentions = [mention for mention in reading.mentions if mention.entity in gone]
    return any(span.covers(mention) for span in spans for mention in mentions)


def _mask(reading: Reading, gone: set[str]) -> Callable[[str], str]:
    """What puts blocks in the place of all names of what is gone."""
    entities = [entity for entity in reading.entities if entity.id in gone]
    names = {name for entity in entities for name in (entity.name, *entity.aliases) if len(name) >= SHORTEST}
    names |= {m.text for m in reading.mentions if m.entity in gone and m.kind == "name"}
    others = {word for entity in reading.entities if entity.id not in gone for word in entity.name.split()}
    surnames = {entity.name.split()[-1] for entity in entities if entity.type == "person"}
    names |= {name for name in surnames - others if len(name) >= SHORTEST}
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=lambda n: (-len(n), n))),
        re.IGNORECASE,
    )
    return lambda text: pattern.sub(lambda found: re.sub(r"\S", BLOCK, found[0]), text) if names else text


def _masked(reading: Reading, mask: Callable[[str], str]) -> Reading:
    """A reading whose text and every span of it have blocks where the names stood."""
    article = reading.article
    text = mask(article.text)
    told = {field: mask(getattr(article, field) or "") or None for field in ("title", "author", "publisher")}
    recut = cast("Reading", _recut(msgspec.structs.replace(reading, article=None), text, mask))
    zones = cast("Any", _recut(article.zones, text, mask))
    return msgspec.structs.replace(recut, article=msgspec.structs.replace(article, text=text, zones=zones, **told))


def _recut(value: object, text: str, mask: Callable[[str], str]) -> object:
    """A value with the words of its spans cut again from `text`, and its other words masked."""
    if isinstance(value, msgspec.Struct):
        fields = {field: _recut(getattr(value, field), text, mask) for field in value.__struct_fields__}
        if isinstance(value, Span):
            fields["text"] = text[value.start : value.end]
        return type(value)(**fields)
    if isinstance(value, tuple):
        return tuple(_recut(each, text, mask) for each in value)
    return mask(value) if isinstance(value, str) else value
