"""Which nodes are seen first: names with many links, and what joins them."""

from __future__ import annotations

import networkx as nx

from claimgraph.page.central import most_central


def news(stories: int) -> nx.MultiDiGraph:
    """One story of 40 claims about a hub, and small ones of two people who contradict each other."""
    network = nx.MultiDiGraph()
    network.add_node("x:hub", kind="place", label="Hub")
    for number in range(40):
        network.add_node(f"x:hub-claim{number:02}", kind="claim", label="c")
        network.add_edge(f"x:hub-claim{number:02}", "x:hub", type="about", weight=1)
    for number in range(stories):
        for who in "ab":
            network.add_node(f"x:{who}{number:02}", kind="person", label=who)
            network.add_node(f"x:claim-{who}{number:02}", kind="claim", label="c")
            network.add_edge(f"x:{who}{number:02}", f"x:claim-{who}{number:02}", type="said", weight=2)
        network.add_edge(f"x:claim-a{number:02}", f"x:claim-b{number:02}", type="contradicts", weight=1)
    return network


def test_a_small_network_is_shown_whole():
    assert most_central(news(3), 60) == sorted(news(3))


def test_contradictions_come_before_the_hundredth_claim_on_the_same():
    shown = most_central(news(8), 40)
    assert len(shown) == 40
    assert {f"x:claim-{who}{number:02}" for who in "ab" for number in range(7)} <= set(shown)
    assert sum(iri.startswith("x:hub-claim") for iri in shown) < 10


def test_names_without_a_link_to_what_is_shown_give_way_to_speakers_of_what_is():
    network = news(8)
    for number in range(30):
        network.add_node(f"x:lone{number}", kind="person", label="l")
        network.add_node(f"x:lone-in{number}", kind="place", label="l")
        network.add_edge(f"x:lone{number}", f"x:lone-in{number}", type="role", weight=9)
    shown = most_central(network, 40)
    part = network.subgraph(shown)
    assert not [iri for iri in shown if not part.degree(iri)]


def test_the_choice_does_not_depend_on_the_order_of_the_network():
    network = news(8)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(data=True))))
    assert most_central(network, 40) == most_central(turned, 40)


def test_events_that_names_take_part_in_have_their_share():
    network = news(40)
    for number in range(30):
        network.add_node(f"x:event{number:02}", kind="event", label="e")
        network.add_edge(f"x:event{number:02}", f"x:a{number % 20:02}", type="participant", weight=1)
        network.add_node(f"x:somewhere{number:02}", kind="event", label="e")
        network.add_edge(f"x:somewhere{number:02}", "x:hub", type="place", weight=1)
    shown = most_central(network, 100)
    assert len(shown) == 100
    assert sum(iri.startswith("x:event") for iri in shown) >= 12
    assert not [iri for iri in shown if iri.startswith("x:somewhere")]


def test_topics_leave_the_first_view_to_those_who_speak():
    network = news(30)
    for number in range(30):
        network.add_node(f"x:topic{number:02}", kind="topic", label="t")
        for who in "ab":
            network.add_edge(f"x:claim-{who}{number:02}", f"x:topic{number:02}", type="topic", weight=3)
    shown = most_central(network, 100)
    assert len(shown) == 100
    assert sum(iri.startswith("x:topic") for iri in shown) == 5
