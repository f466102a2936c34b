from __future__ import annotations

import json

from claimgraph.articles import html, jsonl
from claimgraph.errors import InputError

PARAGRAPHS = [
    f"The rain ended in district {n} of Rome on Friday, the mayor of the city said at noon." for n in range(6)
]


def lines(*objects, **options):
    raw = [o if isinstance(o, bytes) else json.dumps(o).encode() + b"\n" for o in objects]
    return list(jsonl.to_articles(raw, id="file", origin="file.jsonl", **options))


def page(head="", body="", title="Rain ends in Rome"):
    story = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{title} | Example</title>{head}</head><body>"
        f"<nav><ul><li>World</li></ul></nav><article><h1>{title}</h1>{story}{body}</article><footer>Imprint</footer></body></html>"
    ).encode()


def test_jsonl_gives_id_and_text_back_exactly():
    given = {
        "id": " ä/1 ",
        "text": "\ufeff\r\nIt “rained”.\u2028 \U0001f327\n",
        "published": "March 9, 2021",
        "gold": [1],
    }
    (article,) = lines(given)
    assert (article.id, article.text, article.published) == (given["id"], given["text"], "2021-03-09")


def test_jsonl_takes_the_date_from_any_of_its_fields():
    dates = [{"published": "2021"}, {"date": "March 9, 2021"}, {"dct": "03/14/1998 10:36:00"}]
    found = lines(*({"id": str(n), "text": "It rained."} | date for n, date in enumerate(dates)))
    assert [article.published for article in found] == ["2021", "2021-03-09", "1998-03-14T10:36:00"]


def test_jsonl_says_which_date_it_does_not_understand():
    (article,) = lines({"id": "a", "text": "It rained.", "date": "the other day"})
    assert article.published is None
    assert "'the other day' is not understood" in article.notes[0]


def test_broken_lines_are_named_and_the_others_read():
    good = {"id": "a", "text": "It rained."}
    found = lines(
        good, b"{broken\n", b"\n", b"[1]\n", {"id": "b"}, b'{"id": "c", "text": "\xff"}\n', good | {"id": "d"}
    )
    errors = [item for item in found if isinstance(item, InputError)]
    assert [item.id for item in found if not isinstance(item, InputError)] == ["a", "d"]
    assert [error.line for error in errors] == [2, 4, 5, 6]
    assert all(str(error).startswith(f"file.jsonl:{error.line}: ") for error in errors)


def test_jsonl_line_without_an_id_is_named_after_file_and_line():
    assert [article.id for article in lines({"text": "a b"}, {"text": "c d", "id": 7})] == ["file-1", "7"]


def test_jsonl_title_is_a_zone_only_inside_the_text():
    outside, inside = lines(
        {"id": "a", "title": "Rain ends", "text": "It did."},
        {"id": "b", "title": "Rain ends", "text": "\nRain ends\n\nIt did."},
    )
    assert outside.zones == ()
    assert [(zone.start, zone.end, zone.kind) for zone in inside.zones] == [(1, 10, "title")]


def test_page_is_its_headline_and_its_story():
    article = html.to_article(page(), id="rain", origin="rain.html")
    assert article.text == "\n\n".join(["Rain ends in Rome", *PARAGRAPHS]) + "\n"
    assert [(zone.kind, zone.text) for zone in article.zones] == [("title", "Rain ends in Rome")]


def test_page_is_believed_about_itself_json_ld_first():
    told = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Example"},
            {
                "@type": ["NewsArticle"],
                "headline": "Rain ends &amp; sun shines",
                "datePublished": "2023-03-03T08:00:00Z",
                "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}],
                "publisher": {"name": "The Example"},
                "url": "javascript:alert(1)",
            },
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script><meta name="author" content="Somebody">'
    article = html.to_article(page(head), id="rain", origin="rain.html")
    assert article.title == "Rain ends & sun shines"
    assert (article.author, article.publisher) == ("Jane Doe, John Roe", "The Example")
    assert article.published == "2023-03-03T08:00:00Z"
    assert article.url is None


def test_page_without_json_ld_tells_by_its_meta_elements():
    head = (
        '<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2023-03-03T08:00:00Z">'
        '<meta property="og:site_name" content="The Example"><link rel="canonical" href="https://example.org/rain">'
    )
    article = html.to_article(page(head), id="rain", origin="rain.html")
    assert (article.author, article.publisher, article.url) == ("Jane Doe", "The Example", "https://example.org/rain")
    assert article.published is not None
    assert article.published.startswith("2023-03-03")


def test_scripts_and_markup_stay_out():
    told = json.dumps({"@type": "NewsArticle", "headline": "<img src=x onerror=alert(1)><b>Rain</b> ends"})
    head = f'<script type="application/ld+json">{told}</script><script type="application/ld+json">{{broken</script>'
    body = (
        "<script>alert('boo')</script><style>p { color: red }</style><p onclick='alert(2)'>The sun shines in Rome.</p>"
    )
    article = html.to_article(page(head, body), id="rain", origin="rain.html")
    assert article.title == "Rain ends"
    assert "alert" not in article.text
    assert "color" not in article.text
    assert "<" not in article.text


def test_page_in_its_declared_encoding():
    raw = page('<meta charset="iso-8859-2">').replace(b"the mayor", "burmistrz Łódź".encode("iso-8859-2"))
    assert "burmistrz Łódź" in html.to_article(raw, id="a", origin="a.html").text
