"""The record of a graph: how many quads graph.nq holds, the hash by which it is known, and what cannot be wrong with it."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

SCREENED = frozenset({"blank-node", "schema-org-over-http", "subject-without-type"})
"""Checks of the ontology that look at every quad. Whether there is anything for them to find is seen while the lines of a
record go by, in a twentieth of the time of asking a store."""
BLOCK = 1000
"""Lines that are written and seen at once."""
TYPE, OURS = f"<{full('rdf:type')}> ".encode(), f"<{PREFIXES['cg']}".encode()


class Record(NamedTuple):
    """How many quads a record has, and the SHA-256 of its bytes, which is the graph's RDFC-1.0 hash (quads.py).

    `suspect` are those checks of SCREENED that may find something in it.
    """

    quads: int
    digest: str
    suspect: frozenset[str] = SCREENED


EMPTY = Record(0, sha256().hexdigest())


def write_lines(lines: Iterable[bytes], file: BinaryIO) -> Record:
    """What the record holds, after its lines are written, which come sorted."""
    count, digest, screen, lines = 0, sha256(), _Screen(), iter(lines)
    while block := list(islice(lines, BLOCK)):
        data = b"".join(block)
        file.write(data)
        digest.update(data)
        screen.look(block, data)
        count += len(block)
    return Record(count, digest.hexdigest(), screen.suspects())


class _Screen:
    """Looks at sorted lines, in which all that is said of a subject stands together, for what SCREENED might find."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.subject = b" "
        self.is_described = self.is_typed = False

    def look(self, lines: list[bytes], data: bytes) -> None:
        """Nothing; the lines, which are the data, are seen. Words that look like a node or a name are suspect too."""
        if b"_:" in data:
            self.found.add("blank-node")
        if b"<http://schema.org/" in data:
            self.found.add("schema-org-over-http")
        for line in lines:
            if not line.startswith(self.subject):
                self.suspects()
                self.subject, self.is_described, self.is_typed = line[: line.index(b" ") + 1], False, False
            if not self.is_typed:
                self.is_typed = line.startswith(TYPE, len(self.subject))
                self.is_described = self.is_described or line.startswith(OURS, len(self.subject))

    def suspects(self) -> frozenset[str]:
        """The checks that may find something in the lines so far, when those of a subject are complete."""
        if self.is_described and not self.is_typed:
            self.found.add("subject-without-type")
        return frozenset(self.found)
