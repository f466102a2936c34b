"""The pages of the service as a browser and as a program meet them, over a real process."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from claimgraph.errors import UsageError
from claimgraph.pipeline import build
from claimgraph.server import drawn as drawing
from claimgraph.server.addresses import Addresses
from claimgraph.server.passages import Mark, pieces
from claimgraph.store import KnowledgeGraph
from page_reader import in_page, read
from served import serving, store

SOURCE = Path(__file__).parent.parent / "src" / "claimgraph"
BASE = "https://example.org/news/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE = '<img src="x" onerror="alert(1)">'
TITLE = "Flood & <script>alert('title')</script> in Valmera"
TEXT = (
    "Governor Ada Lindqvist said on Monday that 40 bridges were closed. She denied that the dam had failed.\n\n"
    "The rescue service evacuated two villages on Monday. Lindqvist said that </div><script>alert(2)</script> was safe.\n"
)


@pytest.fixture(scope="module")
def article():
    return {"id": "flood", "title": TITLE, "text": TEXT, "date": "2025-04-02", "url": "javascript:alert(3)"}


def built(folder, article, text):
    (folder / "flood.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    build([folder / "flood.jsonl"], folder / "out", base=BASE, text=text)
    return folder / "out"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, article):
    """A graph of one article, with a name in it that no reader would have let in."""
    out = built(tmp_path_factory.mktemp("pages"), article, "full")
    quads = (out / "graph.nq").read_text(encoding="utf-8").replace('"Ada Lindqvist"', json.dumps(HOSTILE))
    return store(tmp_path_factory.mktemp("hostile"), quads)


@pytest.fixture(scope="module")
def graph(folder):
    return KnowledgeGraph.open(folder)


@pytest.fixture(scope="module")
def served(folder):
    with serving(folder) as service:
        yield service


def one(graph, question):
    """The first cell of the first row."""
    return graph.query(question).rows[0][0].value


def at(iri):
    """The path of a thing's page."""
    return Addresses(BASE).of(iri)


def ask(served, path, **headers):
    return served.ask(path=path, headers=headers or BROWSER)


def test_an_article_shows_its_text_with_source_cue_and_content_of_each_claim(served, graph):
    iri = one(graph, "SELECT ?a { ?a a schema:NewsArticle }")
    got = ask(served, at(iri))
    assert (got.status, got.media) == (200, "text/html")
    text = re.search(r'<div class="text">(.*?)</div>', got.text, re.DOTALL)[1]
    for part in ("source", "cue", "content"):
        spans = graph.query(f"SELECT ?w {{ ?c a cg:Claim ; cg:{part}Span/nif:anchorOf ?w }}").rows
        marked = "".join(html.unescape(m) for m in re.findall(rf'<mark class="{part}">(.*?)</mark>', text, re.DOTALL))
        assert spans
        assert all(row[0].value in marked or part == "content" for row in spans)
    assert html.unescape(re.sub("<[^>]+>", "", text)).strip() == TEXT.strip()
    targets = set(re.findall(r'class="mark" href="#([^"]+)"', text))
    assert targets
    assert all(f'id="{target}"' in got.text for target in targets)


def test_words_that_the_article_does_not_quote_stand_without_quotation_marks(served, graph):
    claim, words = graph.query(
        "SELECT ?c ?w { ?c a cg:Claim ; schema:text ?w FILTER(STRSTARTS(?w, 'that the dam')) }"
    ).rows[0]
    heading = re.search(r'<h1 class="quote">(.*?)</h1>', ask(served, at(claim.value)).text, re.DOTALL)[1]
    assert heading.strip() == words.value


def test_hostile_titles_names_and_quotations_are_text_everywhere(served, graph):
    iris = {row[0].value for row in graph.query("SELECT DISTINCT ?s { ?s a ?class }").rows}
    assert len(iris) > 30
    seen = ""
    for iri in sorted(iris):
        got = ask(served, at(iri))
        seen += got.text if got.status == 200 else ""
        assert got.status in (200, 303), iri
        assert not re.search(
            r"<img|<script>|javascript:|onerror=\"", re.sub(r"<code.*?</code>|<td>.*?</td>", "", got.text)
        )
        assert "<script>alert" not in got.text
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in seen


def test_every_page_forbids_inline_code_and_other_origins(served, graph):
    for path in ("/", "/find", at(one(graph, "SELECT ?a { ?a a schema:NewsArticle }")), "/id/entity/nobody-0"):
        policy = ask(served, path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert "http" not in policy


def test_an_actor_has_claims_roles_events_and_a_timeline(served, graph):
    iri = one(
        graph,
        f"SELECT ?e {{ ?e a schema:Person ; rdfs:label ?l FILTER(STR(?l) = {json.dumps(HOSTILE)}) FILTER(!CONTAINS(STR(?e), '#')) }}",
    )
    text = html.unescape(ask(served, at(iri)).text)
    assert "that 40 bridges were closed" in text
    assert "that the dam had failed" in text
    assert re.search(r"<dt>Role</dt><dd>.*?[Gg]overnor", text, re.DOTALL)
    days = re.findall(r'<li><time datetime="([^"]+)"', text[text.index('class="timeline"') :])
    assert days == sorted(days, reverse=True)
    assert days


def test_a_claim_has_its_chain_its_evidence_and_its_exact_characters(served, graph):
    iri, begin = (
        cell.value
        for cell in graph.query(
            "SELECT ?c ?b { ?c a cg:Claim ; cg:polarity cgc:PolarityDenied ; cg:cueSpan/nif:beginIndex ?b }"
        ).rows[0]
    )
    text = html.unescape(ask(served, at(iri)).text)
    assert "denies it" in text
    assert f"cue at characters {begin}–" in text
    assert "She denied that the dam had failed." in re.sub("<[^>]+>", "", text)
    assert HOSTILE in text


def test_an_event_an_office_and_a_span_have_pages_too(served, graph):
    event = one(graph, "SELECT ?e { ?e a sem:Event ; cg:voice cgc:Narrated }")
    assert '<mark class="trigger">' in ask(served, at(event)).text
    role = one(graph, "SELECT ?r { ?r a cg:RoleHolding }")
    assert "cg:roleTitle" in ask(served, at(role)).text
    span = one(graph, "SELECT ?s { ?c a cg:Claim ; cg:contentSpan ?s }")
    assert '<mark class="other">' in ask(served, at(span)).text


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/ld+json", "application/trig"])
def test_a_program_gets_the_same_thing_as_data(served, graph, media):
    iri = one(graph, "SELECT ?e { ?c cg:claimant ?e FILTER(!CONTAINS(STR(?e), '#')) } ORDER BY ?e")
    got = ask(served, at(iri), Accept=media)
    assert (got.status, got.media, got.headers["vary"]) == (200, media, "accept")
    read = {str(q.triple) for q in ox.parse(got.body, format=ox.RdfFormat.from_media_type(media))}
    held = graph.query(
        f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
    ).rows
    assert read == {str(ox.Triple(*row)) for row in held}
    alternates = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', got.headers["link"])
    assert f'<{iri}>; rel="describes"' in got.headers["link"]
    assert len(alternates) == 5
    assert all(served.ask(path=path, headers={"Accept": "image/png"}).media == kind for path, kind in alternates)


def test_the_data_of_an_article_is_its_whole_graph(served, graph):
    iri = one(graph, "SELECT ?a { ?a a schema:NewsArticle }")
    got = ask(served, at(iri), Accept="application/n-triples")
    assert sorted(got.body.splitlines()) == sorted(graph.triples(f"{iri}/graph").splitlines())


def test_what_is_of_one_article_leads_to_the_actor_of_all(served, graph):
    local, entity = (cell.value for cell in graph.query("SELECT ?l ?e { ?l cg:canonical ?e } LIMIT 1").rows[0])
    got = ask(served, at(local))
    assert (got.status, got.headers["location"]) == (303, at(entity))
    assert served.ask(path="/id", iri=entity, headers=BROWSER).headers["location"] == at(entity)
    assert ask(served, at(local), Accept="text/turtle").status == 200


def test_what_is_not_there_says_so_and_names_what_is_called_alike(served):
    got = ask(served, "/id/entity/valmera-00000000")
    assert (got.status, got.media) == (404, "text/html")
    assert 'href="/id/entity/valmera' in got.text or "Valmera" in got.text
    assert ask(served, "/id/entity/nobody-0", Accept="text/turtle").status == 404
    assert ask(served, "/id/entity/x", Accept="image/png").status == 406
    assert ask(served, "/id/entity/x?format=exe").status == 400
    assert served.ask(path="/id", iri="not an iri>", headers=BROWSER).status == 400


def test_names_are_found_by_a_part_of_them_whatever_their_case(served):
    got = served.ask(path="/find", name="ALERT(1)", headers=BROWSER)
    assert html.unescape(re.findall(r"<li>.*person.*>([^<]+)</a>", got.text)[0]) == HOSTILE
    assert "No article" in served.ask(path="/find", name='"} <x> zebra', headers=BROWSER).text
    assert (
        html.escape(TITLE.replace("'", "&#39;"), quote=False).replace("&amp;#39;", "&#39;") in ask(served, "/find").text
    )


def test_a_browser_gets_the_query_page_and_a_program_the_protocol(served):
    for path in ("/", "/sparql", "/sparql?query=ASK{}"):
        got = ask(served, path)
        assert (got.status, got.media, got.headers["vary"]) == (200, "text/html", "accept")
    questions = re.findall(
        r'<button type="button" data-name="([^"]+)" data-query="([^"]+)">([^<]+)\?</button>', got.text
    )
    assert len(questions) == len(list((SOURCE.parent.parent / "ontology" / "questions").glob("*.rq")))
    assert served.ask(query="ASK{}").media == "application/sparql-results+json"
    assert served.ask(headers={"Accept": "*/*"}).media == "text/turtle"
    assert served.ask(path="/", headers={"Accept": "text/turtle"}).status == 307


@pytest.mark.parametrize("text", ["quotes", "none"])
def test_without_the_text_the_pages_say_so_and_show_none_of_it(tmp_path, article, text):
    out = built(tmp_path, article, text)
    graph = KnowledgeGraph.open(out)
    with serving(out) as service:
        got = ask(service, at(one(graph, "SELECT ?a { ?a a schema:NewsArticle }")))
        assert "The text of this article is not stored" in got.text
        assert "The rescue service evacuated two villages" not in got.text
        claims = [ask(service, at(row[0].value)) for row in graph.query("SELECT ?c { ?c a cg:Claim }").rows]
        assert {claim.status for claim in claims} == {200}
        assert any("bridges were closed" in claim.text for claim in claims) == (text == "quotes")


def network_data(got):
    return read(in_page(got.text))[1]


def test_the_network_of_the_whole_and_of_a_neighbourhood_is_that_of_the_graph(served, graph):
    got = ask(served, "/network")
    assert (got.status, got.media) == (200, "text/html")
    assert {record["iri"] for record in network_data(got)} == set(graph.network())
    iri = one(
        graph,
        "SELECT ?e { ?c cg:claimant ?e . ?e skos:altLabel|rdfs:label ?l FILTER(!CONTAINS(STR(?e), '#')) } ORDER BY ?e",
    )
    near = served.ask(path="/network", focus=iri, headers=BROWSER)
    assert {record["iri"] for record in network_data(near)} == set(graph.network(focus=iri))
    named = served.ask(path="/network", focus=HOSTILE.upper(), headers=BROWSER)
    assert "<h1>&lt;img src=&#34;x&#34;" in named.text
    policy = got.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', got.text)[1]) in policy


def test_a_name_that_is_not_there_is_answered_with_those_alike(served):
    got = served.ask(path="/network", focus="lindqvis")
    assert (got.status, got.media) == (404, "text/plain")
    assert "called so" in got.text
    assert served.ask(path="/network", focus="x" * 501).status == 400


def test_of_a_graph_that_is_too_large_a_neighbourhood_is_drawn_from_its_articles(graph):
    little, enough = {"time": 0.002, "memory": 512}, {"time": 10, "memory": 512}
    with pytest.raises(UsageError, match=r"takes some 0 s and \d MB, too much of a query's 0.002 s.*focus=NAME"):
        drawing.drawn(graph.store, "", **little)
    with pytest.raises(UsageError, match="focus=NAME"):
        drawing.drawn(graph.store, "", time=10, memory=0)
    assert "</html>" in drawing.drawn(graph.store, "", **enough)
    iri = one(graph, "SELECT ?e { ?c cg:claimant ?e FILTER(!CONTAINS(STR(?e), '#')) } ORDER BY ?e")
    page = drawing.drawn(graph.store, iri, **little)
    assert ", in 1 of 1 articles</h1>" in page
    records = read(in_page(page))[1]
    assert {record["iri"] for record in records} == set(graph.network(focus=iri))


def test_the_network_follows_a_change_of_the_store(tmp_path, article):
    out = built(tmp_path, article, "full")
    with serving(out) as service:
        before = network_data(ask(service, "/network"))
        with KnowledgeGraph.open(out, write=True) as writer:
            writer.remove(["flood"])
        after = network_data(ask(service, "/network"))
    assert before
    assert not after


def test_a_text_is_cut_at_every_mark_and_the_inner_one_is_seen():
    text = "Ada said Bo denied it."
    marks = [Mark(0, 3, "source", "a"), Mark(4, 8, "cue", "a"), Mark(9, 21, "content", "a"), Mark(9, 11, "source", "b"), Mark(12, 18, "cue", "b")]  # fmt: skip
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    assert [(p.text, p.part, p.of) for p in cut if p.part] == [
        ("Ada", "source", "a"), ("said", "cue", "a"), ("Bo", "source", "b"), (" ", "content", "a"), ("denied", "cue", "b"), (" it", "content", "a"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in pieces(text, marks, begin=5, end=10)) == text[5:10]


def test_a_packed_script_is_sent_packed_and_is_whole(served):
    got = ask(served, "/assets/yasgui.min.js")
    assert (got.status, got.media, got.headers["content-encoding"]) == (200, "text/javascript", "gzip")
    assert b"Yasgui" in gzip.decompress(got.body)
    assert "content-encoding" not in ask(served, "/assets/query.js").headers


def test_files_of_others_are_those_of_the_table():
    head, *rows = (line.split("\t") for line in (SOURCE / "vendored.tsv").read_text(encoding="utf-8").splitlines())
    assert head == ["file", "package", "version", "licence", "sha256"]
    others = {*SOURCE.rglob("*.min.*"), *SOURCE.rglob("vendor/*")} - {*SOURCE.rglob("*.LICENSE.txt")}
    assert {row[0] for row in rows} == {str(path.relative_to(SOURCE)) for path in others}
    for name, _, version, licence, digest in rows:
        data = (SOURCE / name).read_bytes()
        data = gzip.decompress(data) if name.endswith(".gz") else data
        assert hashlib.sha256(data).hexdigest() == digest
        assert version[0].isdigit()
        assert "GPL" not in licence
