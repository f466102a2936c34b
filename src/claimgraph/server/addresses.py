"""Where the things of a graph are found on this service, whatever the base of their IRIs is."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote


class Addresses(NamedTuple):
    """`base` is where the graph's IRIs begin, `root` where this service's paths do.

    >>> here = Addresses("https://example.org/news/")
    >>> here.of("https://example.org/news/article/flood#claim-3-9")
    '/id/article/flood?part=claim-3-9'
    >>> here.iri("article/flood", "claim-3-9")
    'https://example.org/news/article/flood#claim-3-9'
    """

    base: str
    root: str = ""

    def of(self, iri: str) -> str:
        """The path of a thing's page."""
        if not iri.startswith(self.base):
            return f"{self.root}/id?iri={quote(iri, safe='')}"
        document, _, part = iri.removeprefix(self.base).partition("#")
        return f"{self.root}/id/{quote(document)}" + (f"?part={quote(part, safe=',=-')}" if part else "")

    def iri(self, document: str, part: str = "") -> str:
        """The IRI of the thing that a path under /id/ is for."""
        return f"{self.base}{document}" + (f"#{part}" if part else "")

    def link(self, iri: str) -> str:
        """An address for a link: a page here for what is of this graph, the IRI itself for the web's, else nothing."""
        if iri.startswith(self.base):
            return self.of(iri)
        return iri if iri.startswith(("https://", "http://")) else ""
