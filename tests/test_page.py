from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import time

import networkx as nx
import numpy as np
import pytest

from claimgraph.drawing.things import Evidence
from claimgraph.model import Article
from claimgraph.page import to_html, write_page
from claimgraph.page.layout import place
from claimgraph.page.multilevel import spread
from claimgraph.page.scripts import ASSETS, EXPORT, IMPORT, modules
from page_reader import in_page, read

TEXT = "Mayor Ada Roos said that the bridge holds."
SPANS = (
    Evidence("source", "x:t", 0, 14, "Mayor Ada Roos"),
    Evidence("cue", "x:t", 15, 19, "said"),
    Evidence("content", "x:t", 20, 41, "that the bridge holds"),
)
ARTICLES = {"x:t": Article(id="t", text=TEXT, title="Bridge", published="2025-01-02")}


def small():
    network = nx.MultiDiGraph()
    network.add_node("x:ada", kind="person", label="Ada Roos", evidence=())
    network.add_node("x:claim", kind="claim", label=SPANS[2].text, text=SPANS[2].text, evidence=SPANS)
    network.add_edge("x:ada", "x:claim", type="said", weight=1, evidence=SPANS)
    return network


def data_of(html):
    return dict(zip(("articles", "records", "links"), read(in_page(html)), strict=True))


def test_the_page_holds_the_text_only_where_it_may_be_passed_on():
    assert data_of(to_html(small(), ARTICLES))["articles"]["x:t"]["text"] == TEXT
    for text in ("quotes", "none"):
        assert TEXT not in to_html(small(), ARTICLES, text=text)


def test_the_page_carries_figures_as_values():
    network = small()
    network.nodes["x:claim"]["quantities"] = ({"value": 40, "comparator": ">", "unit": "kilogram"},)
    [claim] = [record for record in data_of(to_html(network, ARTICLES))["records"] if record["kind"] == "claim"]
    assert claim["quantities"] == [{"value": 40, "comparator": ">", "unit": "kilogram"}]


def test_a_part_of_a_network_takes_only_its_own_articles_along():
    network = small()
    network.graph["focus"] = "Ada Roos"
    html = to_html(network, ARTICLES | {"x:other": Article(id="other", text="Elsewhere it rained.")})
    assert list(data_of(html)["articles"]) == ["x:t"]
    assert "<h1>Ada Roos</h1>" in html


def test_policy_allows_the_pages_own_scripts_by_hash_and_nothing_from_elsewhere():
    html = to_html(small(), ARTICLES)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    for source in scripts + styles:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'" in policy


def test_no_address_is_loaded_from_the_web():
    without_scripts = re.sub(r"<script>.*?</script>", "", to_html(small(), ARTICLES), flags=re.DOTALL)
    assert re.findall(r"(?:src|href)=[\"'](?!#)|url\(|@import", without_scripts) == []


def test_an_edge_and_a_node_keep_their_evidence_in_the_page():
    data = data_of(to_html(small(), ARTICLES))
    [link] = data["links"]
    assert [(part, start, end) for part, _, start, end, _ in link["evidence"]] == [
        ("source", 0, 14), ("cue", 15, 19), ("content", 20, 41),
    ]  # fmt: skip
    assert data["records"][0]["short"] == "“that the bridge holds”"


def test_an_empty_network_makes_a_page_that_says_so(tmp_path):
    write_page(nx.MultiDiGraph(), {}, tmp_path / "network.html")
    assert "Nothing, from 0 articles." in (tmp_path / "network.html").read_text(encoding="utf-8")


BYTES = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import test_page
print(hashlib.sha256(test_page.to_html(test_page.small(), test_page.ARTICLES).encode()).hexdigest())
"""


def test_bytes_do_not_depend_on_hash_seed_locale_or_folder(tmp_path, request):
    digests = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("4242", "POSIX")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale}
        command = [sys.executable, "-c", BYTES, str(request.path.parent)]
        ran = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
        digests.add(ran.stdout)
    assert len(digests) == 1


def test_no_two_nodes_stand_on_each_other_and_linked_ones_stand_near():
    links = [(0, i) for i in range(1, 12)] + [(12, i) for i in range(13, 24)] + [(0, 12)]
    points = place(links, [24.0] * 24)
    assert len(set(points)) == 24

    def distance(a, b):
        return ((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) ** 0.5

    apart = [distance(a, b) for a in range(24) for b in range(a)]
    assert min(apart) > 20
    linked = sum(distance(a, b) for a, b in links) / len(links)
    assert linked < 0.6 * sum(apart) / len(apart)


@pytest.mark.parametrize("number", [0, 1, 2, 300])
def test_layout_gives_each_node_a_point_inside_one_view(number):
    points = place([(i, i // 2) for i in range(1, number)], [40.0] * number)
    assert len(points) == number
    assert all(abs(x) < 4000 and abs(y) < 4000 for x, y in points)


SCRIPTS = ASSETS / "scripts"


def test_every_module_of_the_page_is_used_and_imports_in_no_circle():
    assert sorted(modules()) == sorted(path.stem for path in SCRIPTS.glob("*.js"))
    order = modules()
    for name in order:
        needed = [needed for _, needed in IMPORT.findall((SCRIPTS / f"{name}.js").read_text(encoding="utf-8"))]
        assert [late for late in needed if order.index(late) >= order.index(name)] == []


@pytest.mark.parametrize("name", modules())
def test_a_module_imports_only_what_another_exports(name):
    source = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    for names, needed in IMPORT.findall(source):
        given = EXPORT.findall((SCRIPTS / f"{needed}.js").read_text(encoding="utf-8"))
        assert {each.strip() for each in names.split(",")} <= set(given)
    assert re.findall(r"^(?:import|export)\b.*", EXPORT.sub("", IMPORT.sub("", source)), re.MULTILINE) == []


def test_a_console_is_there_only_when_asked_for_and_holds_every_quad(tmp_path):
    trig = tmp_path / "graph.trig"
    trig.write_text('@prefix x: <x:> . x:g { x:a x:b "<\\/script>" }\n', encoding="utf-8")
    write_page(small(), ARTICLES, tmp_path / "network.html", trig=trig)
    html = (tmp_path / "network.html").read_text("utf-8")
    carried = json.loads(re.search(r'id="console">(.*?)</script>', html, re.DOTALL)[1])
    assert gzip.decompress(base64.b64decode(carried["graph"])) == trig.read_bytes()
    assert gzip.decompress(base64.b64decode(carried["wasm"]))[:4] == b"\0asm"
    assert carried["questions"][0]["asks"] == "Who said what, in which role, and when?"
    assert len(html) - len(to_html(small(), ARTICLES)) < 2_100_000
    policies = [re.search(r'Policy" content="([^"]*)"', page)[1] for page in (html, to_html(small(), ARTICLES))]
    assert ["wasm-unsafe-eval" in policy for policy in policies] == [True, False]
    assert "worker-src" not in policies[1]


def stories(number, members=40):
    """Links of `number` stories: in each a few actors, joined by claims; one actor is in every story."""
    links = []
    for story in range(number):
        first = 1 + story * members
        links += [(first + i % 4, first + i) for i in range(4, members)]
        links += [(first + (i + 1) % 4, first + i) for i in range(4, members)] + [(0, first)]
    return 1 + number * members, links


def test_the_overview_keeps_each_story_together_and_apart_from_the_others():
    number, links = stories(30)
    points = np.array(spread(number, links), dtype=float)
    middles = np.array([points[1 + 40 * story : 41 + 40 * story].mean(axis=0) for story in range(30)])
    own = [np.sqrt(((points[1 + 40 * s : 41 + 40 * s] - middles[s]) ** 2).sum(axis=1)).mean() for s in range(30)]
    apart = [min(np.hypot(*(middles[a] - middles[b])) for b in range(30) if b != a) for a in range(30)]
    assert sum(a > o for a, o in zip(apart, own, strict=True)) >= 27
    assert len({tuple(point) for point in points.tolist()}) > 0.95 * number


def test_parts_without_a_link_to_each_other_do_not_overlap_in_the_overview():
    number, links = stories(3)
    alone = [*links, (number, number + 1), *((number + 2, number + 3 + i) for i in range(100))]
    points = np.array(spread(number + 110, alone), dtype=float)
    parts = [points[:number], points[number : number + 2], points[number + 2 : number + 103]]
    boxes = [(*part.min(axis=0), *part.max(axis=0)) for part in parts] + [(*p, *p) for p in points[number + 103 :]]
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top


def test_the_overview_is_the_same_every_time_and_takes_seconds():
    number, links = stories(100)
    began = time.process_time()
    points = spread(number, sorted(links))
    assert time.process_time() - began < 20
    assert points == spread(number, sorted(links))
    assert spread(0, []) == []
