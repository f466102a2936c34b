"""Which mentions of one article are the same entity: names, roles, appositions, acronyms, documents, pronouns.

Every link carries a confidence on its mention; none is made across articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.actors.anaphora import join_both, join_definite, join_documents
from claimgraph.actors.clusters import State
from claimgraph.actors.descriptions import (
    add_known_titles,
    join_appositions,
    join_countries,
    join_described,
    join_governments,
    join_lead_roles,
    join_same_words,
    join_titled,
    name_offices,
    name_several,
)
from claimgraph.actors.naming import join_names
from claimgraph.actors.pronouns import join_pronouns

if TYPE_CHECKING:
    from claimgraph.actors.authority import Authority
    from claimgraph.actors.clusters import Cluster, Office, Speech
    from claimgraph.language import Parse
    from claimgraph.model import Mention


def resolve(
    parse: Parse,
    mentions: tuple[Mention, ...],
    offices: tuple[Office, ...],
    speeches: tuple[Speech, ...],
    authority: Authority,
    *,
    published: str | None = None,
) -> tuple[list[Cluster], dict[str, float]]:
    """The clusters in order of first mention, and the confidence of each mention's link.

    1. names: same words, surname, acronym  2. given links (title = name, "the think tank X")  3. the lead's role
    4. nominals in the same words  5. documents by who made them  6. definite nouns and pronouns by what is in focus
    """
    state = State(parse, mentions, authority, offices, speeches)
    join_names(state)
    join_described(state)
    add_known_titles(state, published)
    for office in offices:
        if office.nominal:
            state.join(office.nominal, office.holder, "title")
    for rule in (join_appositions, join_lead_roles, join_titled, join_same_words, join_governments):
        rule(state)
    join_documents(state)
    join_definite(state)
    name_several(state)
    join_both(state)
    join_pronouns(state)
    join_countries(state)
    name_offices(state)
    return state.clusters(), state.confidence
