"""graph.nq and graph.trig of any number of readings, one at a time: what is of an article is written when it comes.

    readings -> uses of people's names          -> sorted runs -> who is who (identifying/same_name.py), then again
             -> sketches of their words         -> sorted runs -> copies and versions (duplicates/copies.py)
    decisions of people                         -> whom, which relations, the graph of decisions (curation/settling.py)
    reading -> its own graph                   -> graph.trig, sorted runs ---+
            -> its links, relations, run       -> sorted runs, by graph -----+-> graph.nq
            -> what it says of its entities    -> sorted runs -> entities ---+
            -> its claims, to be compared      -> sorted runs -> relations --+
            -> its events, to be compared      -> sorted runs -> happenings -+
            -> what it tells of its topics     -> sorted runs -> storylines -+

Whom the names of people mean, and which articles are copies, is found before, in a pass of its own that keeps what it needs on disk.
The entities of all articles are described, and their claims and events compared, when all have spoken. Memory is that of one
article and one part of each file (PART).
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from claimgraph import __version__
from claimgraph.building.contributions import by_graph, contributions, decided, surveys
from claimgraph.building.record import Record, write_lines
from claimgraph.building.sorting import Sorter, merged
from claimgraph.curation.quads import curation_quads
from claimgraph.curation.settling import NOTHING
from claimgraph.duplicates.copies import NO_COPIES, find_copies
from claimgraph.duplicates.editions import edition_quads
from claimgraph.duplicates.printed import copy_quads
from claimgraph.identity import Member, dataset_quads, describe_entities
from claimgraph.quads import Quad, from_line, ref, trig_graph, trig_head
from claimgraph.relating.across import across_quads
from claimgraph.relating.meetings import Told
from claimgraph.subjects.happening_graph import happening_quads
from claimgraph.subjects.storylines import storyline_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from claimgraph.building.contributions import Contribution, Making
    from claimgraph.curation.settling import Settled
    from claimgraph.duplicates.copies import Copies
    from claimgraph.duplicates.kinship import Printed
    from claimgraph.duplicates.revisions import Spoken
    from claimgraph.identifying.same_name import Outcomes
    from claimgraph.model import Reading
    from claimgraph.quads import Term
    from claimgraph.workers import Workers

PART = 16_000_000
"""Bytes of lines of each file that are sorted at once: the files are eight, and a corpus of 5,000 articles has 300 parts."""
BLOCK = 100_000
"""Quads of entities that are made before they are counted and handed on."""


def survey(
    folder: Path, readings: Iterable[Reading], making: Making, workers: Workers | None = None
) -> tuple[Outcomes, Copies]:
    """Whom names that several articles use mean in each of them, and which are copies; the readings come in any order."""
    with TemporaryDirectory(dir=folder) as place:
        uses = Sorter(Path(place), run=PART)

        def _printed() -> Iterator[tuple[Printed, tuple[Spoken, ...]]]:
            for surveyed in surveys(readings, making, workers):
                uses.add(surveyed.uses)
                yield from surveyed.printed

        copies = find_copies(_printed(), folder=folder)
        return decided(uses.merged(), workers), copies


def write_graph(
    folder: Path,
    readings: Iterable[Reading],
    making: Making,
    people: Outcomes,
    copies: Copies = NO_COPIES,
    editions: Iterable[Sequence[Reading]] = (),
    settled: Settled = NOTHING,
    workers: Workers | None = None,
) -> Record:
    """What graph.nq holds, after it and graph.trig are written.

    The readings come in the order of their graphs' names; `people` and `copies` are what `survey` found in them,
    `editions` what articles were before and are, `settled` what people have decided. What each contributes, and
    which claims are alike, is found by `workers`, where there are any.
    """
    with TemporaryDirectory(dir=folder) as place, (folder / "graph.trig").open("wb") as trig:
        files = _Files(Path(place), making, trig, copies, settled)
        for contribution in contributions(readings, making, settled.meant(people), workers):
            files.add(contribution)
        for chain in editions:
            files.add_editions(chain)
        files.finish(workers)
        with (folder / "graph.nq").open("wb") as record:
            return write_lines(files.lines(), record)


class _Files:
    """The parts of a graph while they grow: lines on disk, counts in memory."""

    def __init__(self, place: Path, making: Making, trig: BinaryIO, copies: Copies, settled: Settled) -> None:
        self.place, self.making, self.trig, self.copies, self.settled = place, making, trig, copies, settled
        self.articles, self.members = self._sorter("articles"), self._sorter("members")
        self.told, self.events, self.steps = map(self._sorter, ("told", "events", "steps"))
        self.shared: dict[Term, Sorter] = {}
        self.quads = self.documents = 0
        trig.write(trig_head().encode())

    def add(self, contribution: Contribution) -> None:
        """Nothing; the articles' graphs are written, and what they add to the others is among their lines."""
        self.articles.add(contribution.own)
        self.trig.write(contribution.trig)
        self._share_lines(contribution.shared.items())
        self.members.add(contribution.members)
        self.told.add(contribution.told)
        self.events.add(contribution.events)
        self.steps.add(contribution.steps)
        self.quads += contribution.quads
        self.documents += contribution.documents

    def add_editions(self, chain: Sequence[Reading]) -> None:
        """Nothing; what an article was before is in the graph of editions."""
        quads = edition_quads(chain, iris=self.making.iris)
        self._share(quads)
        self.quads += len(quads)

    def finish(self, workers: Workers | None) -> None:
        """Nothing; all other graphs are whole, and graph.trig is."""
        identity = ref(self.making.iris.graph("identity"))
        spoken = (msgspec.json.decode(line, type=Member) for line in self.members.merged())
        described = (Quad(*triple, identity) for triple in describe_entities(spoken))
        while block := list(islice(described, BLOCK)):
            self._share(block)
            self.quads += len(block)
        told = (msgspec.json.decode(line, type=Told) for line in self.told.merged())
        once, iris = self.copies.once(told), self.making.iris
        across = self.settled.related(across_quads(once, iris=iris, workers=workers), iris=iris)
        across += copy_quads(self.copies, iris=iris)
        across += curation_quads(self.settled.effects, iris=iris, text=self.making.text)
        decided = self.settled.happenings
        across += happening_quads(self.events.merged(), iris=iris, copies=self.copies.story, decided=decided)
        across += storyline_quads(self.steps.merged(), iris=iris, copies=self.copies.story)
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
        self._share_lines(by_graph(quads))

    def _share_lines(self, graphs: Iterable[tuple[Term, list[bytes]]]) -> None:
        for graph, lines in graphs:
            if graph not in self.shared:
                self.shared[graph] = self._sorter(str(len(self.shared)))
            self.shared[graph].add(lines)

    def _write_trig(self, graph: Term, quads: Iterable[Quad]) -> None:
        self.trig.writelines(piece.encode() for piece in trig_graph(graph, quads))

    def _infer(self) -> None:
        """Nothing; the graph of what follows from the ontology is among the others: it is made in memory."""
        from claimgraph.infer import infer  # noqa: PLC0415 - needed by `--infer` alone

        quads = map(from_line, self.lines())
        self._share(infer(quads, iris=self.making.iris, version=__version__, now=self.making.now))
