"""Where the ontology lies: inside an installed package, or at the root of a source tree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from claimgraph.errors import SurroundingsError


@cache
def ontology_folder() -> Path:
    """The folder that holds claimgraph.ttl, concepts.ttl, shapes.ttl, authority.ttl, questions and checks.

    >>> (ontology_folder() / "claimgraph.ttl").name
    'claimgraph.ttl'

    A wheel carries it as `claimgraph/ontology`; a source tree keeps it beside `src`.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "ontology", package.parents[1] / "ontology"):
        if (folder / "claimgraph.ttl").is_file():
            return folder
    raise SurroundingsError(package / "ontology", "the ontology is missing; install claimgraph again")
