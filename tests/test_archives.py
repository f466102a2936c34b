"""Packed files, web archives and feeds as inputs, and those that are made for harm."""

from __future__ import annotations

import gzip
import json

import pytest

from claimgraph import articles
from claimgraph.articles import load

STORY = [f"The rain ended in district {n} of Rome on Friday, the mayor of the city said at noon." for n in range(6)]
PAGE = (
    "<!DOCTYPE html><html><head><title>Rain ends in Rome</title></head><body><nav>World</nav><article><h1>Rain ends in Rome"
    f"</h1>{''.join(f'<p>{p}</p>' for p in STORY)}</article></body></html>"
).encode()
PLAIN = "The rain ended in Rome on Friday, the mayor of the city said at noon."


def record(kind: str, address: str, body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """One record of an archive, as Common Crawl writes them."""
    http = "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]).encode() + b"\r\n\r\n" + body
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {address}",
        "WARC-Date: 2023-03-23T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


HTML = "Content-Type: text/html; charset=utf-8"
ARCHIVE = [
    record("response", "https://example.org/one", PAGE, HTML),
    record("response", "https://example.org/packed", gzip.compress(PAGE), HTML, "Content-Encoding: gzip"),
    record("response", "https://example.org/gone", PAGE, HTML, status="404 Not Found"),
    record("response", "https://example.org/picture", b"\x89PNG" * 99, "Content-Type: image/png"),
    record("request", "https://example.org/asked", PAGE, HTML),
    record("response", "https://example.org/empty", b"<html><body></body></html>", HTML),
]


def read(path):
    errors = []
    return list(load(path, errors=errors)), errors


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_an_archive_gives_its_pages_and_names_those_without_an_article(tmp_path, name):
    pack = gzip.compress if name.endswith("gz") else bytes
    (tmp_path / name).write_bytes(b"".join(pack(one) for one in ARCHIVE))
    found, errors = read(tmp_path)
    assert [(one.id, one.url) for one in found] == [(f"https://example.org/{n}",) * 2 for n in ("one", "packed")]
    assert all("World" not in one.text and STORY[5] in one.text for one in found)
    assert [str(error).rpartition(": ")[2] for error in errors] == ["no article text found in this page"]


def test_a_damaged_archive_gives_what_comes_before_the_damage(tmp_path):
    whole = b"".join(gzip.compress(one) for one in ARCHIVE)
    (tmp_path / "crawl.warc.gz").write_bytes(whole[: len(gzip.compress(ARCHIVE[0])) + 40])
    found, errors = read(tmp_path)
    assert [one.id for one in found] == ["https://example.org/one"]
    assert ["is damaged" in str(error) for error in errors] == [True]


def test_packed_json_lines_are_read_as_if_they_were_not(tmp_path):
    rows = [json.dumps({"text": f"{PLAIN} {n}", "published": "2023-03-24"}) for n in range(3)]
    data = "\n".join(rows).encode()
    (tmp_path / "n.jsonl").write_bytes(data)
    plain, _ = read(tmp_path / "n.jsonl")
    (tmp_path / "n.jsonl.gz").write_bytes(gzip.compress(data))
    packed, errors = read(tmp_path / "n.jsonl.gz")
    assert [(one.id, one.text) for one in packed] == [(one.id, one.text) for one in plain]
    assert ([one.id for one in packed], errors) == (["n-1", "n-2", "n-3"], [])


def test_a_packed_file_that_ends_early_or_swells_is_named(tmp_path, monkeypatch):
    row = json.dumps({"id": "a", "text": PLAIN}).encode() + b"\n"
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(row + b"x" * 5000)[:-20])
    (tmp_path / "no.jsonl.gz").write_bytes(b"not packed")
    monkeypatch.setattr(articles, "LARGEST_LINE", 10_000)
    (tmp_path / "swells.jsonl.gz").write_bytes(gzip.compress(b" " * 1_000_000))
    found, errors = read(tmp_path)
    assert [one.id for one in found] in ([], ["a"])
    told = {error.path.name: error.reason for error in errors}
    assert set(told) == {"cut.jsonl.gz", "no.jsonl.gz", "swells.jsonl.gz"}
    assert "more than 10,000 bytes" in told["swells.jsonl.gz"]


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title><link>https://example.org</link>
<item><title>Rain ends in Rome</title><link>https://example.org/rain</link><guid isPermaLink="false">n-17</guid>
<dc:creator>Ada Lee</dc:creator><pubDate>Thu, 23 Mar 2023 10:05:00 GMT</pubDate><description>{PLAIN}</description>
<content:encoded><![CDATA[<p>{STORY[0]}</p><script>alert(1)</script><p>{STORY[1]} Caf&eacute;s <b>open</b>.</p>]]></content:encoded></item>
<item><title>Nothing</title><link>https://example.org/nothing</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><entry><id>urn:x:1</id>
<title type="html">Rain &lt;i&gt;ends&lt;/i&gt; in Rome</title><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/rain"/><author><name>Ada Lee</name><uri>https://example.org/lee</uri></author>
<updated>2023-03-24T08:00:00Z</updated><published>2023-03-23T10:05:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY[0]}</p><p>{STORY[1]}</p></div></content></entry></feed>"""


@pytest.mark.parametrize(
    ("name", "feed", "id_"), [("a.rss", RSS, "n-17"), ("a.atom", ATOM, "urn:x:1"), ("a.xml", RSS, "n-17")]
)
def test_a_feed_gives_its_items(tmp_path, name, feed, id_):
    (tmp_path / name).write_text(feed, encoding="utf-8")
    (found,), _ = read(tmp_path)
    assert (found.id, found.title, found.author) == (id_, "Rain ends in Rome", "Ada Lee")
    assert (found.published, found.publisher) == ("2023-03-23T10:05:00Z", "The Example")
    assert found.url == "https://example.org/rain"
    assert found.text.split("\n\n")[:2] == ["Rain ends in Rome", STORY[0]]
    assert STORY[1] in found.text
    assert "alert" not in found.text


def test_words_of_a_feed_are_words_not_markup(tmp_path):
    (tmp_path / "a.rss").write_text(RSS, encoding="utf-8")
    (found,), errors = read(tmp_path)
    assert "Cafés open." in found.text
    assert [str(error).endswith("this item has no text") for error in errors] == [True]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;</title></item></channel></rss>',
    "a file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>',
    "an address": '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><rss><channel><item/></channel></rss>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_feed_that_declares_entities_is_refused(tmp_path, bomb, encoding):
    (tmp_path / "a.rss").write_bytes(bomb.encode(encoding))
    found, errors = read(tmp_path)
    assert found == []
    assert ["declares entities" in str(error) for error in errors] == [True]


def test_a_dtd_from_elsewhere_is_not_fetched(tmp_path):
    feed = RSS.replace("<rss ", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss ', 1)
    (tmp_path / "a.rss").write_text(feed, encoding="utf-8")
    assert [one.id for one in read(tmp_path)[0]] == ["n-17"]


def test_other_xml_is_no_feed(tmp_path):
    (tmp_path / "a.xml").write_text("<svg><title>x</title></svg>", encoding="utf-8")
    found, errors = read(tmp_path)
    assert (found, errors[0].reason) == ([], "is no RSS or Atom feed")
