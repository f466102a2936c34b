from __future__ import annotations

import subprocess
import sys

import pytest

import claimgraph


def test_public_names_are_exactly_these():
    assert claimgraph.__all__ == ["KnowledgeGraph", "build", "load", "read", "view"]
    assert dir(claimgraph) == sorted([*claimgraph.__all__, "__version__"])
    assert all(callable(getattr(claimgraph, name)) for name in claimgraph.__all__)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        claimgraph.biuld  # noqa: B018


def test_help_does_not_load_the_heavy_libraries():
    code = (
        "import sys, claimgraph.cli; print([m for m in ('spacy', 'rdflib', 'networkx', 'pyvis') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
