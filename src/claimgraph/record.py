"""The record of a graph: how many quads graph.nq holds, the hash by which it is known, and what cannot be wrong with it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.vocab import PREFIXES, full

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

SCREENED = frozenset({"blank-node", "schema-org-over-http", "subject-without-type"})
"""Checks of the ontology that look at every quad. Whether there is anything for them to find is seen while the lines of a
record go by, in a twentieth of the time of asking a store."""
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
    count, digest, screen = 0, sha256(), _Screen()
    for line in lines:
        file.write(line)
        digest.update(line)
        screen.look(line)
        count += 1
    return Record(count, digest.hexdigest(), screen.suspects())


class _Screen:
    """Looks at sorted lines, in which all that is said of a subject stands together, for what SCREENED might find."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.subject = b""
        self.is_described = self.is_typed = False

    def look(self, line: bytes) -> None:
        """Nothing; the line is seen. Words that look like a node or a name are suspect too."""
        if b"_:" in line:
            self.found.add("blank-node")
        if b"<http://schema.org/" in line:
            self.found.add("schema-org-over-http")
        subject, _, rest = line.partition(b" ")
        if subject != self.subject:
            self.suspects()
            self.subject, self.is_described, self.is_typed = subject, False, False
        if rest.startswith(TYPE):
            self.is_typed = True
        elif rest.startswith(OURS):
            self.is_described = True

    def suspects(self) -> frozenset[str]:
        """The checks that may find something in the lines so far, when those of a subject are complete."""
        if self.is_described and not self.is_typed:
            self.found.add("subject-without-type")
        return frozenset(self.found)
