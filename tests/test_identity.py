"""Who is merged across articles, and who is not."""

from __future__ import annotations

from claimgraph.identity import identify
from claimgraph.model import Article
from claimgraph.reader import read

FIRST = "Mayor Petra Lindqvist said on Monday that Sweden will rebuild the bridge. Lindqvist praised the engineers."
SECOND = "Petra Lindqvist told reporters that the bridge is open. Some residents said that Norway paid for it."
THIRD = "Lindqvist said that she will stay at home, and the company said that it will close."


def links():
    articles = [Article(id=str(i), text=t, published="2022-03-03") for i, t in enumerate((FIRST, SECOND, THIRD))]
    return identify([read(a) for a in articles])


def canonical(name: str) -> set[str]:
    return {link.canonical for link in links() if link.entity.name == name}


def test_one_full_name_in_two_articles_is_one_entity():
    assert len(canonical("Petra Lindqvist")) == 1


def test_a_bare_surname_stays_its_articles_own():
    assert canonical("Lindqvist").isdisjoint(canonical("Petra Lindqvist"))
    assert canonical("Lindqvist")


def test_a_country_is_the_authoritys_entry():
    assert canonical("Sweden") == {"https://w3id.org/claimgraph/id/entity/Q34"}


def test_unnamed_sources_never_merge_and_every_link_says_why():
    vague = [link for link in links() if link.entity.vague]
    assert vague
    assert len({link.canonical for link in vague}) == len(vague)
    assert all(link.rationale and 0 < link.confidence <= 1 for link in links())
