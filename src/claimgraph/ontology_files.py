"""Where the ontology lies: inside an installed package, or at the root of a source tree; its files as facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

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


def load_facts(path: Path) -> dict[str, dict[str, list[str]]]:
    """Each subject's predicates with their values, sorted, of a Turtle file; terms as the strings that they hold.

    rdflib's terms, or a query over them, take nine times as long, and rdflib itself a tenth of a second.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        facts = found.setdefault(triple.subject.value, {})
        facts.setdefault(triple.predicate.value, set()).add(triple.object.value)
    return {subject: {name: sorted(values) for name, values in facts.items()} for subject, facts in found.items()}
