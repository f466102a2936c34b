"""Identifiers: made of the input alone, legal, and different for what is different."""

from __future__ import annotations

import pyoxigraph as ox

from claimgraph.iris import Iris, characters, part, slug
from claimgraph.model import Article, Entity, Reading, Span
from claimgraph.terms import entity_iris

ODD = ["", " ", "北京", "a b", "a/b", "a#b", "<>", "é", "x" * 300, "A", "a"]


def test_ids_with_one_slug_are_two_articles():
    iris = [Iris().article(name) for name in ODD]
    assert len(set(iris)) == len(ODD)
    assert all(ox.NamedNode(iri).value == iri for iri in iris)


def test_an_entity_is_told_from_its_namesake_of_another_type():
    assert Iris().entity("Washington", "place") != Iris().entity("Washington", "person")
    assert Iris().entity("Washington", "place") == Iris().entity("Washington", "place")


def test_no_two_entities_of_an_article_share_an_iri():
    named = [
        ("Unit 2", "organization"),
        ("Unit", "organization"),
        ("Unit", "group"),
        ("Unit-2", "person"),
        ("北京", "place"),
    ]
    entities = tuple(Entity(id=f"e{i}", name=n, type=t) for i, (n, t) in enumerate(named))
    for order in (entities, entities[::-1]):
        found = entity_iris(Reading(article=Article(id="a", text="x"), entities=order), "urn:a")
        assert len(set(found.values())) == len(named)


def test_characters_and_parts_say_where_they_stand():
    assert characters("urn:a", Span(3, 7, "said")) == "urn:a#char=3,7"
    assert part("urn:a", "claim", 3, 7) == "urn:a#claim-3-7"


def test_a_slug_is_ascii_and_never_empty():
    assert all(slug(name).isascii() and slug(name) for name in ODD)
    assert slug("Médecins Sans Frontières") == "medecins-sans-frontieres"
