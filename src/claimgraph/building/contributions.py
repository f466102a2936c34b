"""What articles contribute to the files of a graph, each by itself: so that it can be made here or by workers, in parts.

readings -> parts -> workers (workers.py) -> lines, in the order of the readings
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from claimgraph import __version__
from claimgraph.duplicates.kinship import Printed  # noqa: TC001 - msgspec reads the annotations
from claimgraph.duplicates.printed import printed_of
from claimgraph.duplicates.revisions import Spoken  # noqa: TC001
from claimgraph.facts import Facts
from claimgraph.identifying.same_name import Outcome, decide, read_use, use_line
from claimgraph.identity import identify, link_quads, members, relation_quads, run_quads, uses_of
from claimgraph.model import Reading
from claimgraph.quads import ref, to_lines, trig_graph
from claimgraph.rdf import to_quads
from claimgraph.relating.across import told_of
from claimgraph.subjects.happenings import lines_of
from claimgraph.subjects.occurrences import occurrences_of
from claimgraph.subjects.storylines import steps_of
from claimgraph.workers import batches, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.iris import Iris
    from claimgraph.model import TaggerName
    from claimgraph.quads import Quad, Term
    from claimgraph.workers import Workers

Done = TypeVar("Done")
BLOCKS = 1_000_000
"""Bytes of blocks of names that are decided together: some hundred blocks, which take longer than sending them."""


class Making(NamedTuple):
    """How a graph is made: the base of its names, how much of the texts it holds, and what its runs say of it."""

    iris: Iris
    text: str
    now: str | None
    model: TaggerName
    infer: bool = False
    console: bool = False

    @property
    def options(self) -> str:
        """What the graph's run says of its options."""
        return f"text={self.text} model={self.model}"

    def graph_of(self, article: str) -> Term:
        """The name of an article's graph: they stand in its order in graph.trig."""
        return ref(f"{self.iris.article(article)}/graph")


# ---- what is known before anything is written


class Surveyed(msgspec.Struct, frozen=True):
    """What articles tell of whom they name, as lines, and how they are compared with others to find copies."""

    uses: list[bytes]
    printed: list[tuple[Printed, tuple[Spoken, ...]]]


def survey_of(readings: Sequence[Reading], making: Making) -> Surveyed:
    """What these articles tell, in their order."""
    return Surveyed(
        [use_line(use) for reading in readings for use in uses_of(reading, iris=making.iris)],
        [printed_of(reading, iris=making.iris, text=making.text) for reading in readings],
    )


def surveys(readings: Iterable[Reading], making: Making, workers: Workers | None) -> Iterator[Surveyed]:
    """What all articles tell, part by part, in their order."""
    if workers is None:
        return (survey_of([reading], making) for reading in readings)
    parts = map(msgspec.msgpack.encode, _parts(readings))
    return (_unpacked(done, Surveyed) for done in spread(workers, partial(_survey_part, making=making), parts))


def _survey_part(part: bytes, *, making: Making) -> bytes:
    return _packed(survey_of(msgspec.msgpack.decode(part, type=list[Reading]), making))


def decided(uses: Iterable[bytes], workers: Workers | None) -> Outcomes:
    """Whom names mean, by the sorted lines of their uses: each block of a name is decided by itself, so any worker can."""
    if workers is None:
        return dict(decide(map(read_use, uses)))
    blocks = (b"".join(block) for _, held in groupby(uses, key=_block) if len(block := list(held)) > 1)
    parts = map(b"".join, batches(blocks, size=len, most=BLOCKS, number=BLOCKS))
    return {(block, article): out for done in spread(workers, _decide_part, parts) for block, article, out in done}


def _block(line: bytes) -> bytes:
    return line[: line.index(b'",')]


def _decide_part(part: bytes) -> list[tuple[str, str, Outcome]]:
    return [(*key, outcome) for key, outcome in decide(map(read_use, part.splitlines()))]


# ---- what is written


class Contribution(msgspec.Struct, frozen=True):
    """Lines of quads of articles' own graphs, sorted, and their part of graph.trig; lines of other graphs, by their names.

    `members`, `told`, `events` and `steps` are lines of what is put together with that of other articles: what is said of
    entities, claims, events, and what is told of topics.
    """

    own: list[bytes]
    trig: bytes
    shared: dict[str, list[bytes]]
    members: list[bytes]
    told: list[bytes]
    events: list[bytes]
    steps: list[bytes]
    quads: int
    documents: int


def contribution(reading: Reading, making: Making, people: Outcomes) -> Contribution:
    """What an article contributes; `people` says whom names mean in it."""
    iris = making.iris
    own = sorted(set(to_quads(reading, iris=iris, text=making.text)))
    links = identify([reading], iris=iris, outcomes=people)
    others = {*link_quads(links, [reading], iris=iris), *relation_quads([reading], iris=iris)}
    runs = run_quads([reading], version=__version__, options=making.options, now=making.now, iris=iris)
    told = (
        told_of(reading, links, iris=iris, text=making.text) if making.text != "none" else ()
    )  # without words there is nothing to compare
    canonical, facts = {link.local: link.canonical for link in links}, Facts(own)
    return Contribution(
        to_lines(own),
        "".join(trig_graph(own[0].graph, own)).encode(),
        dict(by_graph([*others, *runs])),
        [msgspec.json.encode(member) + b"\n" for member in members(links)],
        [msgspec.json.encode(claim, order="sorted") + b"\n" for claim in told],
        list(lines_of(occurrences_of(facts, lambda local: canonical.get(local, local)))),
        list(steps_of(facts)),
        len(own) + len(others),
        1,
    )


def _joined(found: Sequence[Contribution]) -> Contribution:
    """What several articles contribute, in their order."""
    shared: dict[str, list[bytes]] = defaultdict(list)
    for each in found:
        for graph, lines in each.shared.items():
            shared[graph] += lines
    return Contribution(
        [line for each in found for line in each.own],
        b"".join(each.trig for each in found),
        shared,
        [line for each in found for line in each.members],
        [line for each in found for line in each.told],
        [line for each in found for line in each.events],
        [line for each in found for line in each.steps],
        sum(each.quads for each in found),
        sum(each.documents for each in found),
    )


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[Term, list[bytes]]]:
    """The lines of quads, for each graph that they are of."""
    for graph, held in groupby(sorted(quads, key=lambda quad: quad.graph), key=lambda quad: quad.graph):
        yield graph, to_lines(held)


def contributions(
    readings: Iterable[Reading], making: Making, people: Outcomes, workers: Workers | None
) -> Iterator[Contribution]:
    """What all articles contribute, part by part, in their order."""
    if workers is None:
        return (contribution(reading, making, people) for reading in readings)
    meant: dict[str, list[tuple[str, str, Outcome]]] = defaultdict(list)
    for (block, article), outcome in people.items():
        meant[article].append((block, article, outcome))

    def _part(batch: list[Reading]) -> bytes:
        articles = (making.iris.article(reading.article.id) for reading in batch)
        return msgspec.msgpack.encode((batch, [told for article in articles for told in meant.get(article, ())]))

    parts = map(_part, _parts(readings))
    return (_unpacked(done, Contribution) for done in spread(workers, partial(_contribute_part, making=making), parts))


def _contribute_part(part: bytes, *, making: Making) -> bytes:
    readings, told = msgspec.msgpack.decode(part, type=tuple[list[Reading], list[tuple[str, str, Outcome]]])
    people = {(block, article): outcome for block, article, outcome in told}
    return _packed(_joined([contribution(reading, making, people) for reading in readings]))


# ---- parts


def _parts(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    return batches(readings, size=lambda reading: len(reading.article.text))


def _packed(done: Surveyed | Contribution) -> bytes:
    """What a worker sends: lines of quads are a twentieth of their size when packed, in a twentieth of the time of making them."""
    return zlib.compress(msgspec.msgpack.encode(done), 1)


def _unpacked(done: bytes, kind: type[Done]) -> Done:
    return msgspec.msgpack.decode(zlib.decompress(done), type=kind)
