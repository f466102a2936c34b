"""Gold against prediction: one comparer for each kind of gold, all of which yield counts and errors.

The measures are those that the corpora were published with; where one has several readings, its comparer says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimgraph.scoring.chains import compare_chains
from claimgraph.scoring.claims import compare_claims, compare_clauses
from claimgraph.scoring.counts import Counts, figures, intervals, total
from claimgraph.scoring.faults import Fault, Outcome
from claimgraph.scoring.layers import (
    compare_events,
    compare_links,
    compare_names,
    compare_roles,
    compare_times,
    compare_values,
)
from claimgraph.scoring.numbers import compare_numbers
from claimgraph.scoring.wholes import compare_article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claimgraph.scoring.spans import Annotation

__all__ = ["TASKS", "Counts", "Fault", "Outcome", "Task", "figures", "find_tasks", "intervals", "total"]


class Task(NamedTuple):
    """What is scored, the fields of a gold document that tell it, and how."""

    title: str
    fields: tuple[str, ...]
    compare: Callable[[Annotation, Annotation], Outcome]


TASKS = {
    "articles": Task("articles annotated whole", ("mentions", "actors"), compare_article),
    "figures": Task("figures, times and events", ("quantities",), compare_numbers),
    "quotes": Task("who said what", ("claims", "attributions"), compare_claims),
    "clauses": Task("clauses that attribute", ("attribution_edu",), compare_clauses),
    "ner": Task("names", ("entities",), compare_names),
    "el": Task("links to Wikidata", ("labels",), compare_links),
    "coref": Task("coreference", ("clusters",), compare_chains),
    "timex": Task("times", ("timex",), compare_times),
    "values": Task("quantities", ("values",), compare_values),
    "events": Task("event triggers", ("events",), compare_events),
    "roles": Task("who did what", ("roles",), compare_roles),
}
"""The tasks by the names that their shared tasks have, in the order in which they are told."""


def find_tasks(documents: Sequence[Annotation]) -> list[str]:
    """The tasks that some documents are gold for, by their fields; an article annotated whole, or for its figures, is that alone.

    >>> find_tasks([{"text": "It rained.", "timex": [], "events": []}])
    ['timex', 'events']
    """
    present = {field for document in documents for field in document}
    clauses = any("attribution_edu" in a for document in documents for a in document.get("attributions", []))
    present = present - {"attributions"} | {"attribution_edu"} if clauses else present
    found = [name for name, task in TASKS.items() if present & set(task.fields)]
    return found[:1] if found[:1] in (["articles"], ["figures"]) else found
