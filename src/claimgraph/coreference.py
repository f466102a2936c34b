"""Which mentions of one article are the same entity: names, roles, appositions, acronyms, documents, pronouns.

Every link carries a confidence on its mention; none is made across articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.anaphora import join_definite, join_documents, join_its, join_pronouns
from claimgraph.clusters import State

if TYPE_CHECKING:
    from claimgraph.authority import Authority
    from claimgraph.clusters import Cluster, Office, Speech
    from claimgraph.language import Parse
    from claimgraph.model import Mention


def resolve(
    parse: Parse,
    mentions: tuple[Mention, ...],
    offices: tuple[Office, ...],
    speeches: tuple[Speech, ...],
    authority: Authority,
) -> tuple[list[Cluster], dict[str, float]]:
    """The clusters in order of first mention, and the confidence of each mention's link.

    1. names: same words, surname, acronym  2. given links (title = name, "the think tank X")  3. the lead's role
    4. nominals in the same words  5. documents by who made them  6. definite nouns and pronouns by what is in focus
    """
    state = State(parse, mentions, authority)
    state.join_names()
    for office in offices:
        if office.nominal:
            state.join(office.nominal, office.holder, "title")
    state.join_appositions()
    state.join_lead_roles(speeches)
    state.join_titled(offices)
    state.join_same_words()
    join_documents(state, speeches)
    join_definite(state)
    join_pronouns(state, speeches)
    join_its(state, speeches)
    state.join_countries(offices)
    return state.clusters(), state.confidence
