"""graph.nq and graph.trig of any number of readings, one at a time: what is of an article is written when it comes.

    readings -> uses of people's names          -> sorted runs -> who is who (same_name.py), then again
             -> sketches of their words         -> sorted runs -> copies and versions (copies.py)
    reading -> its own graph                   -> graph.trig, sorted runs ---+
            -> its links, relations, run       -> sorted runs, by graph -----+-> graph.nq
            -> what it says of its entities    -> sorted runs -> entities ---+
            -> its claims, to be compared      -> sorted runs -> relations --+

Whom the names of people mean, and which articles are copies, is found before, in a pass of its own that keeps what it needs on disk.
The entities of all articles are described, and their claims compared, when all have spoken. Memory is that of one article and one part of each file (PART).
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from claimgraph import __version__
from claimgraph.across import across_quads, told_of
from claimgraph.copies import NO_COPIES, find_copies
from claimgraph.identity import (
    Member,
    dataset_quads,
    describe_entities,
    identify,
    link_quads,
    members,
    relation_quads,
    run_quads,
    uses_of,
)
from claimgraph.meetings import Told
from claimgraph.printed import copy_quads, printed_of
from claimgraph.quads import Quad, from_line, ref, to_lines, trig_graph, trig_head
from claimgraph.rdf import to_quads
from claimgraph.record import Record, write_lines
from claimgraph.same_name import decide, read_use, use_line
from claimgraph.sorting import Sorter, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from claimgraph.copies import Copies
    from claimgraph.iris import Iris
    from claimgraph.kinship import Printed
    from claimgraph.model import Reading, TaggerName
    from claimgraph.quads import Term
    from claimgraph.revisions import Spoken
    from claimgraph.same_name import Outcomes

PART = 16_000_000
"""Bytes of lines of each file that are sorted at once: the files are six, and a corpus of 5,000 articles has 300 parts."""
BLOCK = 100_000
"""Quads of entities that are made before they are counted and handed on."""


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


def survey(folder: Path, readings: Iterable[Reading], making: Making) -> tuple[Outcomes, Copies]:
    """Whom names that several articles use mean in each of them, and which are copies; the readings come in any order."""
    with TemporaryDirectory(dir=folder) as place:
        uses = Sorter(Path(place), run=PART)

        def _printed() -> Iterator[tuple[Printed, tuple[Spoken, ...]]]:
            for reading in readings:
                uses.add(map(use_line, uses_of(reading, iris=making.iris)))
                yield printed_of(reading, iris=making.iris, text=making.text)

        copies = find_copies(_printed(), folder=folder)
        return dict(decide(map(read_use, uses.merged()))), copies


def write_graph(
    folder: Path, readings: Iterable[Reading], making: Making, people: Outcomes, copies: Copies = NO_COPIES
) -> Record:
    """What graph.nq holds, after it and graph.trig are written.

    The readings come in the order of their graphs' names; `people` and `copies` are what `survey` found in them.
    """
    with TemporaryDirectory(dir=folder) as place, (folder / "graph.trig").open("wb") as trig:
        files = _Files(Path(place), making, trig, people, copies)
        for reading in readings:
            files.add(reading)
        files.finish()
        with (folder / "graph.nq").open("wb") as record:
            return write_lines(files.lines(), record)


class _Files:
    """The parts of a graph while they grow: lines on disk, counts in memory."""

    def __init__(self, place: Path, making: Making, trig: BinaryIO, people: Outcomes, copies: Copies) -> None:
        self.place, self.making, self.trig, self.people, self.copies = place, making, trig, people, copies
        self.articles, self.members, self.told = map(self._sorter, ("articles", "members", "told"))
        self.shared: dict[Term, Sorter] = {}
        self.quads = self.documents = 0
        trig.write(trig_head().encode())

    def add(self, reading: Reading) -> None:
        """Nothing; the article's graph is written, and what it adds to the others is among their lines."""
        iris = self.making.iris
        own = sorted(set(to_quads(reading, iris=iris, text=self.making.text)))
        self.articles.add(to_lines(own))
        self._write_trig(own[0].graph, own)
        links = identify([reading], iris=iris, outcomes=self.people)
        others = {*link_quads(links, [reading], iris=iris), *relation_quads([reading], iris=iris)}
        self._share(others)
        self.members.add(msgspec.json.encode(member) + b"\n" for member in members(links))
        if self.making.text != "none":  # without words there is nothing to compare
            once = self.copies.once(told_of(reading, links, iris=iris))
            self.told.add(msgspec.json.encode(told, order="sorted") + b"\n" for told in once)
        self._share(
            run_quads([reading], version=__version__, options=self.making.options, now=self.making.now, iris=iris)
        )
        self.quads += len(own) + len(others)
        self.documents += 1

    def finish(self) -> None:
        """Nothing; all other graphs are whole, and graph.trig is."""
        identity = ref(self.making.iris.graph("identity"))
        spoken = (msgspec.json.decode(line, type=Member) for line in self.members.merged())
        described = (Quad(*triple, identity) for triple in describe_entities(spoken))
        while block := list(islice(described, BLOCK)):
            self._share(block)
            self.quads += len(block)
        told = (msgspec.json.decode(line, type=Told) for line in self.told.merged())
        across = [*across_quads(told, iris=self.making.iris), *copy_quads(self.copies, iris=self.making.iris)]
        self._share(across)
        self.quads += len(across)
        self._share(dataset_quads(self.quads, self.documents, iris=self.making.iris))
        if self.making.infer:
            self._infer()
        for graph, sorter in sorted(self.shared.items()):
            self._write_trig(graph, map(from_line, sorter.merged()))

    def lines(self) -> Iterator[bytes]:
        """All lines of the record, in order."""
        return merged([self.articles.merged(), *(sorter.merged() for sorter in self.shared.values())])

    def _sorter(self, name: str) -> Sorter:
        return Sorter(self.place / name, run=PART)

    def _share(self, quads: Iterable[Quad]) -> None:
        """Nothing; these quads are in the graphs beside the articles'."""
        for quad in quads:
            if quad.graph not in self.shared:
                self.shared[quad.graph] = self._sorter(str(len(self.shared)))
            self.shared[quad.graph].add(to_lines([quad]))

    def _write_trig(self, graph: Term, quads: Iterable[Quad]) -> None:
        self.trig.writelines(piece.encode() for piece in trig_graph(graph, quads))

    def _infer(self) -> None:
        """Nothing; the graph of what follows from the ontology is among the others: it is made in memory."""
        from claimgraph.infer import infer  # noqa: PLC0415 - needed by `--infer` alone

        quads = map(from_line, self.lines())
        self._share(infer(quads, iris=self.making.iris, version=__version__, now=self.making.now))
