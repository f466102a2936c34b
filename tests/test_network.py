from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph
import pytest

from claimgraph.drawing.things import Evidence, articles
from claimgraph.errors import UsageError
from claimgraph.network import around, network, write_gexf, write_graphml
from claimgraph.ontology_files import ontology_folder
from claimgraph.store import KnowledgeGraph

EXAMPLES = sorted((ontology_folder() / "examples").glob("*.trig"))
POST = "https://w3id.org/claimgraph/id/article/norhaven-post-1-52701896"
ANNA = "https://w3id.org/claimgraph/id/entity/anna-berg-3c1f5a77"


def load(*paths):
    """The ontology's example graphs, written by hand."""
    store = pyoxigraph.Store()
    for path in paths:
        store.load(path=path, format=pyoxigraph.RdfFormat.TRIG)
    return KnowledgeGraph(store)


@pytest.fixture(scope="module")
def graph():
    return load(*EXAMPLES)


@pytest.fixture(scope="module")
def built(graph):
    return network(graph)


def edges(built, kind):
    return {(start, end): attributes for start, end, attributes in built.edges(data=True) if attributes["type"] == kind}


def words(evidence, part):
    return [span.text for span in evidence if span.part == part]


def test_entities_of_two_articles_are_one_node_with_the_mentions_of_both(built):
    anna = built.nodes[ANNA]
    assert (anna["kind"], anna["label"], anna["aliases"]) == ("person", "Anna Berg", ("Berg",))
    assert len({span.article for span in anna["evidence"]}) == 2
    assert {"Berg", "she", "Norhaven's interior minister"} <= set(words(anna["evidence"], "mention"))
    assert [node for node, a in built.nodes(data=True) if a["label"] == "Anna Berg"] == [ANNA]


def test_every_piece_of_evidence_holds_its_words(built, graph):
    texts = {iri: article.text for iri, article in articles(graph).items()}
    spans = [span for _, a in built.nodes(data=True) for span in a["evidence"]]
    spans += [span for _, _, a in built.edges(data=True) for span in a["evidence"]]
    assert len(spans) > 150
    assert [span for span in spans if texts[span.article][span.start : span.end] != span.text] == []


def test_a_claim_has_source_cue_and_content_and_is_told_as_it_was_said(built):
    claim = built.nodes[f"{POST}#claim-311-370"]
    assert words(claim["evidence"], "source") == ["the Harbor Institute"]
    assert words(claim["evidence"], "cue") == ["According to"]
    assert words(claim["evidence"], "content") == ["in 2024, sailors accounted for 62.5% of convicted smugglers"]
    assert claim["figures"] == ("62.5% of convicted smugglers",)
    negated = built.nodes[f"{POST}#claim-199-219"]
    assert (negated["polarity"], negated["content_polarity"], negated["depth"]) == ("affirmed", "denied", 1)
    assert built.nodes[f"{POST}#claim-221-225"]["certainty"] == "unknown"


def test_a_claim_has_its_figures_as_values_with_bounds_population_period_and_place(built):
    [share] = built.nodes[f"{POST}#claim-311-370"]["quantities"]
    assert share == {
        "text": "62.5%",
        "value": 62.5,
        "comparator": "=",
        "comparator_words": "equal",
        "unit": "percent",
        "of": "convicted smugglers",
        "period": "2024",
        "earliest": "2024-01-01",
        "latest": "2024-12-31",
        "article": POST,
        "start": 342,
        "end": 347,
    }
    [seized] = built.nodes[f"{POST}#event-97-103"]["quantities"]
    bounds = {name: seized[name] for name in ("value", "lower", "comparator", "comparator_words", "unit", "of")}
    assert bounds == {
        "value": 40,
        "lower": 40,
        "comparator": ">",
        "comparator_words": "more than",
        "unit": "kilogram",
        "of": "cocaine",
    }
    assert "upper" not in seized
    [rate] = built.nodes[f"{POST}#claim-676-724"]["quantities"]
    assert (rate["value"], rate["per"]) == (12, "day")


def test_figures_that_no_claim_or_event_has_are_the_articles_own(built, graph):
    told = {(f["article"], f["start"]) for _, a in built.nodes(data=True) for f in a.get("quantities", ())}
    own = {(f["article"], f["start"]): f for figures in built.graph["figures"].values() for f in figures}
    everything = graph.query("SELECT ?q { ?q a qudt:QuantityValue }").rows
    assert len(own) + len(told) == len(everything)
    assert not told & set(own)


def test_a_place_whose_position_is_known_has_it_as_numbers():
    """Longitude comes first in WKT; a place without a position, or with a shape that is no point, has none."""
    store = pyoxigraph.Store()
    geo, schema = "http://www.opengis.net/ont/geosparql#", "https://schema.org/"
    store.load(
        f"""<x:a> a <{schema}Place> ; <{geo}hasGeometry> <x:a#point> .
            <x:a#point> a <{geo}Geometry> ; <{geo}asWKT> "POINT(-99.127 19.43)" .
            <x:b> a <{schema}Place> ; <{geo}hasGeometry> <x:b#shape> .
            <x:b#shape> a <{geo}Geometry> ; <{geo}asWKT> "POLYGON((0 0, 1 1, 1 0, 0 0))" .
            <x:c> a <{schema}Place> .""".encode(),
        format=pyoxigraph.RdfFormat.TURTLE,
    )
    built = network(KnowledgeGraph(store))
    positions = {iri: (built.nodes[iri]["latitude"], built.nodes[iri]["longitude"]) for iri in ("x:a", "x:b", "x:c")}
    assert positions == {"x:a": (19.43, -99.127), "x:b": (None, None), "x:c": (None, None)}


def test_a_rejected_claim_is_left_out(built):
    assert f"{POST}#claim-664-673" not in built


def test_who_said_it_is_counted_once_though_the_identity_graph_repeats_it(built):
    said = edges(built, "said")
    assert said[ANNA, f"{POST}#claim-81-159"]["weight"] == 1
    assert {end for start, end in said if start == ANNA} >= {f"{POST}#claim-81-159", f"{POST}#claim-162-258"}


def test_an_event_says_whose_voice_tells_it_and_who_took_part(built):
    event = built.nodes[f"{POST}#event-97-103"]
    assert (event["event_type"], event["voice"], event["earliest"]) == ("seizure", "reported", "2025-03-09")
    assert event["figures"] == ("more than 40 kilograms of cocaine",)
    assert event["participants"] == ("cocaine (theme)",)
    [(_, end)] = [key for key in edges(built, "participant") if key[0] == f"{POST}#event-97-103"]
    assert built.nodes[end]["label"] == "guards"
    assert words(edges(built, "participant")[f"{POST}#event-97-103", end]["evidence"], "trigger") == ["seized"]


def test_relations_between_claims_carry_their_reason(built):
    contradicts = edges(built, "contradicts")
    assert len(contradicts) == 2
    doubtful = contradicts[f"{POST}#claim-199-219", f"{POST}#claim-221-225"]
    assert doubtful["confidence"] == 0.5
    assert doubtful["rationale"].startswith('If "This" is the sentence before it')


def test_offices_and_places_are_edges(built):
    [title] = [a["role"] for (start, _), a in edges(built, "role").items() if start == ANNA]
    assert title == "interior minister"
    labels = {(built.nodes[s]["label"], built.nodes[e]["label"]) for s, e in edges(built, "located")}
    assert ("Port Elm", "Norhaven") in labels


def test_focus_keeps_what_is_near_and_names_what_is_called_alike(graph, built):
    near = network(graph, focus="berg")
    assert ANNA in near
    assert 5 < len(near) < len(built)
    assert near.graph["focus"] == "Anna Berg"
    assert "Health Agency" not in {label for _, label in near.nodes(data="label")}
    with pytest.raises(UsageError, match="Anna Berg"):
        around(built, "Ana Berg")


def test_the_same_graph_gives_the_same_network_in_any_order_of_loading(built):
    turned = network(load(*reversed(EXAMPLES)))
    assert list(turned.nodes(data=True)) == list(built.nodes(data=True))
    assert list(turned.edges(data=True)) == list(built.edges(data=True))


def test_graphml_and_gexf_keep_spans_and_claims(built, tmp_path):
    write_graphml(built, tmp_path / "network.graphml")
    write_gexf(built, tmp_path / "network.gexf")
    for back in (nx.read_graphml(tmp_path / "network.graphml"), nx.read_gexf(tmp_path / "network.gexf")):
        claim = back.nodes[f"{POST}#claim-311-370"]
        assert [figure["value"] for figure in json.loads(claim["quantities"])] == [62.5]
        assert len(back) == len(built)
        assert back.number_of_edges() == built.number_of_edges()
        assert claim["cue"] == "According to"
        cues = [span for span in json.loads(claim["evidence"]) if span["part"] == "cue"]
        assert cues == [{"part": "cue", "article": POST, "start": 276, "end": 288, "text": "According to"}]


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_exports_have_no_day_in_them_and_stay_xml_whatever_the_text_holds(tmp_path, write):
    path = tmp_path / "network.xml"
    odd = nx.MultiDiGraph()
    bad = Evidence("mention", "x:t", 0, 4, "\x00bad")
    odd.add_node("x:a", kind="person", label="bell \x07 <&> \ud800 \U0001f30a", evidence=(bad,))
    write(odd, path)
    elements = list(ET.parse(path).iter())
    assert "bell \ufffd <&> \ufffd \U0001f30a" in {
        text for one in elements for text in (one.text, *one.attrib.values())
    }
    assert "lastmodified" not in path.read_text(encoding="utf-8")
