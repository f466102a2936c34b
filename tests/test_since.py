"""What is new since an earlier graph: exactly the claims that it had not, the same bytes each time."""

from __future__ import annotations

import json

import pytest

from claimgraph.drawing.since import mark_fresh
from claimgraph.network import network
from claimgraph.page.data import page_data
from claimgraph.pipeline import build, view, view_data
from claimgraph.store import KnowledgeGraph

CALM = "Mayor Anna Reed said that the bridge is safe."
LOUD = CALM + " Tom Hall said that the bridge will fall."


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """An earlier graph of one article; a later one of the same article, written on, and of another."""
    folder = tmp_path_factory.mktemp("since")
    for name, articles in (("before", {"calm": CALM}), ("after", {"calm": LOUD, "tax": "Bo Ek said that taxes rise."})):
        texts = folder / f"{name}-texts"
        texts.mkdir()
        for identifier, words in articles.items():
            (texts / f"{identifier}.txt").write_text(words, encoding="utf-8")
        build([texts], folder / name, workers=1, model="fast")
    return folder / "before", folder / "after"


def fresh(folder, since):
    graph = KnowledgeGraph.open(folder)
    built = network(graph)
    mark_fresh(built, graph, KnowledgeGraph.open(since))
    claims = {a["text"] for _, a in built.nodes(data=True) if a.get("fresh")}
    return claims, built.graph["since"]


def test_only_what_the_earlier_graph_had_not_is_fresh(folders):
    before, after = folders
    claims, since = fresh(after, before)
    assert claims == {"that the bridge will fall", "that taxes rise"}
    assert since["claims"] == 1
    assert [iri.rpartition("/")[2].rpartition("-")[0] for iri in since["articles"]] == ["tax"]


def test_a_graph_compared_with_itself_has_nothing_new(folders):
    _, after = folders
    assert fresh(after, after) == (set(), {"claims": 3, "articles": []})


def test_words_that_moved_in_their_article_are_not_new(folders, tmp_path):
    _, after = folders
    (tmp_path / "calm.txt").write_text(f"Valmera woke late.\n\n{LOUD}", encoding="utf-8")
    build([tmp_path / "calm.txt"], tmp_path / "out", workers=1, model="fast")
    claims, _ = fresh(tmp_path / "out", after)
    assert claims == set()


def test_the_page_carries_what_is_new_and_is_the_same_each_time(folders):
    before, after = folders
    plain = view(after).read_bytes()
    compared = view(after, since=before).read_bytes()
    assert plain != compared == view(after, since=before).read_bytes()
    assert view(after).read_bytes() == plain
    data = json.loads(view_data(after, since=before))
    assert data["since"]["claims"] == 1
    assert "since" not in json.loads(view_data(after))
    assert page_data(network(KnowledgeGraph.open(after)), {}).get("since") is None
