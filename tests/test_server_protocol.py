"""The requests of tests/protocol/manifest.json and what must come back, against a real process."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from served import serving, store

MANIFEST = json.loads((Path(__file__).parent / "protocol" / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    quads = (line.removesuffix(".") + f"<{graph}> .\n" for graph, line in MANIFEST["graphs"].items())
    with serving(store(tmp_path_factory.mktemp("protocol"), "".join(quads)), "--workers", 2) as service:
        yield service


@pytest.mark.parametrize("entry", MANIFEST["entries"], ids=lambda entry: entry["name"])
def test_protocol(served, entry):
    request, wanted = entry["request"], entry["response"]
    body = request["latin1"].encode("latin-1") if "latin1" in request else request.get("body", "").encode() or None
    got = served.ask(request["method"], request["path"], headers=request.get("headers"), body=body)
    assert re.fullmatch(wanted["status"].replace("x", r"\d"), str(got.status)), got.text
    for name, value in wanted.get("headers", {}).items():
        assert got.headers[name] == value
    assert wanted.get("media", got.media) == got.media
    assert wanted.get("says", "") in got.text
    if request["method"] == "HEAD":
        assert got.body == b""
    if "format" in wanted:
        assert kind(got, wanted["format"]) == wanted.get("boolean", True)


def kind(got, form):
    """The truth value of an answer, or whether it is rows or a graph that can be read and hold something."""
    if form == "RDF":
        return bool(list(ox.parse(got.body, format=ox.RdfFormat.from_media_type(got.media))))
    if form == "tabular" and got.media == "text/csv":
        return got.text.splitlines()[0].split(",") == ["o", "p", "s"]
    read = ox.parse_query_results(got.body, format=ox.QueryResultsFormat.from_media_type(got.media))
    return bool(read) if form == "boolean" else bool(list(read))


def test_names_are_unique():
    names = [entry["name"] for entry in MANIFEST["entries"]]
    assert len(names) == len(set(names))
