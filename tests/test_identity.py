"""Who is merged across articles, and who is not."""

from __future__ import annotations

from itertools import permutations

import pytest

from claimgraph.identifying.same_name import alone, block_of
from claimgraph.identity import describe_entities, identify, members
from claimgraph.iris import Iris
from claimgraph.model import Article
from claimgraph.pipeline import to_graph
from claimgraph.quads import to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph
from identity_gold import SHARED, Named, corpus, own, score

FIRST = "Mayor Petra Lindqvist said on Monday that Sweden will rebuild the bridge. Lindqvist praised the engineers."
SECOND = "Petra Lindqvist told reporters that the bridge is open. Some residents said that Norway paid for it."
THIRD = "Lindqvist said that she will stay at home, and the company said that it will close."
SWIMMER = "Swimmer Petra Lindqvist said that the water was cold. Lindqvist won by a second."
POOL = '"I was slow," said Petra Lindqvist, a swimmer from Oslo.'


NICKNAMED = (
    "Sheriff Robert Tarrant said that it rained.",
    "Sheriff Bob Tarrant said that it snowed.",
    "Pianist Bob Tarrant said that it was cold.",
)


def readings(*texts: str):
    return [read(Article(id=str(i), text=text, published="2022-03-03")) for i, text in enumerate(texts)]


def links(*texts: str):
    return identify(readings(*(texts or (FIRST, SECOND, THIRD))))


def canonical(name: str, *texts: str) -> list[str]:
    return [link.canonical for link in links(*texts) if link.entity.name == name]


def test_one_full_name_in_two_articles_is_one_entity():
    assert len(set(canonical("Petra Lindqvist"))) == 1


def test_a_bare_surname_stays_its_articles_own():
    assert set(canonical("Lindqvist")).isdisjoint(canonical("Petra Lindqvist"))
    assert canonical("Lindqvist")


def test_a_country_is_the_authoritys_entry():
    assert set(canonical("Sweden")) == {"https://w3id.org/claimgraph/id/entity/Q34"}


def test_unnamed_sources_never_merge_and_every_link_says_why():
    vague = [link for link in links() if link.entity.vague]
    assert vague
    assert len({link.canonical for link in vague}) == len(vague)
    assert all(link.rationale and 0 < link.confidence <= 1 for link in links())


def test_namesakes_with_other_offices_are_two_people_and_the_links_say_so():
    mayor, again, swimmer, pool = canonical("Petra Lindqvist", FIRST, FIRST + " It is new.", SWIMMER, POOL)
    assert mayor == again != swimmer == pool
    assert block_of(swimmer) == mayor
    told = {
        link.local: link.rationale for link in links(FIRST, FIRST, SWIMMER, POOL) if link.canonical in {mayor, swimmer}
    }
    assert all("the same office: " in reason and "kept apart" in reason for reason in told.values())


def test_an_article_that_tells_nothing_of_a_name_that_two_bear_is_merged_with_neither():
    *_, bare = canonical("Petra Lindqvist", FIRST, SWIMMER, "Petra Lindqvist did not say when she will return.")
    assert bare not in canonical("Petra Lindqvist", FIRST, SWIMMER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director George A. Turner said that it rained.", "Director George B. Turner said that it rained."),
        ("William Hayes Jr. said that it rained.", "William Hayes said that it rained."),
        (
            "NAIROBI — Kenya's Ministry of Defence said that Kenya is calm.",
            "Finland's Ministry of Defence denied that.",
        ),
        ("The Committee said that it rained.", "The Committee said that it snowed."),
    ],
)
def test_names_that_differ_in_what_matters_are_apart(one: str, other: str):
    told = [link for link in links(one, other) if not link.entity.iri]
    assert told
    assert len({link.canonical for link in told}) == len(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zuzanna Wójcik said that it rained.", "Zuzanna Wojcik said that it rained."),
        ("Ingrid M. Solvang said that it rained.", "Ingrid Solvang said that it rained."),
        ("Halden Steelworks Inc. said that it rained.", "Halden Steelworks said that it rained."),
        ("Kenya's Ministry of Defence denied that.", "The Kenyan Ministry of Defence denied that."),
    ],
)
def test_forms_of_one_name_meet(one: str, other: str):
    found = [{link.canonical for link in links(text) if not link.entity.iri} for text in (one, other)]
    assert found[0] & found[1]


def test_the_order_of_articles_changes_nothing():
    read_ones = readings(FIRST, SWIMMER, SECOND, POOL)
    assert len({str(identify(list(order))) for order in permutations(read_ones)}) == 1


def test_a_canonical_entity_is_called_as_most_articles_call_it():
    found = links("Ingrid M. Solvang said that.", "Ingrid Solvang said so.", "Ingrid Solvang said more.")
    [label] = [o for _, p, o in describe_entities(members(found)) if p.endswith("#label>")]
    assert label == '"Ingrid Solvang"@en'


def test_an_article_that_comes_or_goes_tells_namesakes_apart_or_together_as_a_build_does(tmp_path):
    every = readings(FIRST, SWIMMER, SECOND, POOL)

    def quads(some):
        ordered = sorted(some, key=lambda r: r.article.id)
        return to_nquads(to_graph(ordered, iris=Iris(), text="full", now=None))

    (tmp_path / "graph.nq").write_text(quads(every[:1]))
    KnowledgeGraph.write(tmp_path / "store", quads(every[:1]).encode())
    with KnowledgeGraph.open(tmp_path, write=True) as graph:
        for held, change in (
            (every[:2], lambda: graph.add(every[1:2])),
            (every, lambda: graph.add(every[2:])),
            (every[1:], lambda: graph.remove(["0"])),
            (every[1:3], lambda: graph.remove(["3"])),
            ([every[2]], lambda: graph.remove(["1"])),
        ):
            change()
            assert {f"{quad} ." for quad in graph.store} == set(quads(held).splitlines())


def test_whom_names_mean_by_hand():
    """Floors, on 20 pairs of namesakes; .988 when it was set."""
    found = score(own())
    assert found.merged == []
    assert found.f1 >= 0.95


def test_names_that_were_written_after_the_rules():
    """Floors; 1.0 and .895 when they were set, .54 and .68 before the lists of callings were filled up."""
    found = score(own("heldout"))
    assert found.merged == []
    assert found.f1 >= 0.85


def test_names_of_a_second_set_that_was_written_after_the_rules():
    """Floors; 1.0 and .84 when they were set, .68 and .63 at the first reading."""
    found = score(own("second"))
    assert found.merged == []
    assert found.f1 >= 0.82


def test_a_nickname_is_its_name_where_an_office_speaks_for_it():
    sheriff, short, pianist = (
        next(link.canonical for link in links(*texts) if "Tarrant" in link.entity.name and link.local.startswith(at))
        for texts, at in (
            (NICKNAMED, Iris().article("0")),
            (NICKNAMED, Iris().article("1")),
            (NICKNAMED, Iris().article("2")),
        )
    )
    assert sheriff == short != pianist


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not there")
def test_whom_names_in_the_corpora_mean_by_hand():
    """With our own articles .961 when it was set, on 327 names of 128 people and bodies."""
    found = score(own() + corpus())
    assert found.merged == []
    assert found.f1 >= 0.95


def test_the_score_counts_pairs():
    found = score(
        (Named("1", "A", "a", "x"), Named("2", "A", "a", "x"), Named("3", "A", "b", "x"), Named("4", "A", "a", "y"))
    )
    assert (len(found.merged), len(found.split)) == (2, 2)
    assert found.precision == found.recall == pytest.approx(1 / 3)


def test_who_stands_alone_has_the_names_own_entity():
    assert alone("x").canonical == "x"
