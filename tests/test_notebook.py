from __future__ import annotations

import re
from html import unescape

import pyoxigraph
import pytest

from claimgraph.drawing.things import articles
from claimgraph.errors import UsageError
from claimgraph.network import network
from claimgraph.ontology_files import ontology_folder
from claimgraph.page import to_html
from claimgraph.store import KnowledgeGraph


@pytest.fixture(scope="module")
def graph():
    store = pyoxigraph.Store()
    store.load(path=ontology_folder() / "examples" / "norhaven-post.trig", format=pyoxigraph.RdfFormat.TRIG)
    return KnowledgeGraph(store)


def test_a_notebook_shows_the_whole_page_in_a_frame_that_cannot_reach_it(graph):
    markup = graph.view()._repr_html_()
    [(attributes, page)] = re.findall(r'^<iframe ([^>]*) srcdoc="([^"]*)"></iframe>$', markup)
    assert unescape(page) == to_html(network(graph), articles(graph))
    sandbox = re.search(r'sandbox="([^"]*)"', attributes)[1].split()
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox


def test_a_view_has_a_focus_and_a_height_and_names_that_are_not_there_are_refused(graph):
    view = graph.view(focus="Anna Berg", height=420)
    assert "<h1>Anna Berg</h1>" in view.html
    assert 'height="420"' in view._repr_html_()
    assert len(repr(view)) < 100
    with pytest.raises(UsageError):
        graph.view(focus="Nobody at all")


def test_ipython_takes_the_page_as_html(graph):
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(graph.view())
    assert data["text/html"].startswith("<iframe ")
    assert data["text/plain"].startswith("<page of ")
