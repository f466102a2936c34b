from __future__ import annotations

import json

import pytest

from claimgraph.errors import InputError
from claimgraph.model import Article, Claim, Entity, Mention, Quantity, Reading, Relation, Span
from claimgraph.report import to_json, to_markdown, to_report

TEXT = 'Ada Lee said more than 150 people died. Officials called it "bad". "Nobody knows what will come next," it went.'


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


@pytest.fixture
def reading():
    figure, name, said = span("more than 150 people"), span("Ada Lee"), span("more than 150 people died")
    return Reading(
        article=Article(id="a|b", text=TEXT, title="<b>Rain</b>", notes=("no publication date",), origin="/x/a.txt"),
        entities=(
            Entity(id="e1", name="Ada Lee", type="person"),
            Entity(id="e2", name="officials", type="group", vague=True),
            Entity(id="e3", name="Rome", type="place", geonames="3169070"),
        ),
        mentions=(Mention(name.start, name.end, name.text, id="m1", kind="name", type="person", entity="e1"),),
        quantities=(
            Quantity(figure.start, figure.end, figure.text, id="q1", value=150, comparator=">", of=span("people")),
        ),
        claims=(
            Claim(id="c1", source=name, source_entity="e1", cue=span("said"), content=(said,), form="indirect"),
            Claim(
                id="c2",
                source=span("Officials"),
                source_entity="e2",
                cue=span("called"),
                content=(span('it "bad"'),),
                form="mixed",
                certainty="possible",
                polarity="denied",
            ),
        ),
        relations=(
            Relation(source="c2", target="c1", type="contradicts", basis="b", rationale="bad or dead", confidence=0.5),
        ),
    )


def test_report_names_what_stays_open(reading):
    report = to_report([reading], [], [])
    assert [row["text"] for row in report["unattributed"]] == ['"Nobody knows what will come next,"']
    assert report["vague_sources"] == [{"article": "a|b", "source": "officials", "claims": 1}]
    assert report["unlinked_names"] == [{"name": "Ada Lee", "type": "person", "mentions": 1, "articles": ["a|b"]}]
    assert report["warnings"] == [{"article": "a|b", "note": "no publication date"}]


def test_figures_say_who_gives_them(reading):
    (row,) = to_report([reading], [], [])["figures"]
    assert (row["said_by"], row["value"], row["comparator"], row["of"]) == ("Ada Lee", 150, ">", "people")
    assert "| more than 150 people | more than 150 | people | Ada Lee |" in to_markdown(to_report([reading], [], []))


def test_errors_are_named_without_the_folder_they_lie_in(reading):
    report = to_report([reading], [InputError("/home/me/b.jsonl", "is no JSON object", line=3)], [])
    assert report["errors"] == [{"input": "b.jsonl", "line": 3, "reason": "is no JSON object"}]
    assert "/x/" not in to_json(report)
    assert "/home" not in to_json(report)


def test_report_does_not_depend_on_the_order_of_articles(reading):
    other = Reading(article=Article(id="z", text="It rained."))
    assert to_json(to_report([reading, other], [], ["y", "x"])) == to_json(to_report([other, reading], [], ["x", "y"]))


def test_markdown_takes_no_markup_from_the_articles(reading):
    page = to_markdown(to_report([reading], [], []))
    assert "<b>" not in page
    assert "a\\|b" in page


def test_every_claim_stands_under_its_speaker(reading):
    page = to_markdown(to_report([reading], [], []))
    below = page.split("### officials")[1].split("##")[0]
    assert 'it "bad"' in below
    assert "mixed, denied, possible" in below


def test_report_without_the_articles_words_keeps_their_places(reading):
    report = to_report([reading], [], [], text="none")
    assert "150 people" not in to_json(report)
    assert report["figures"][0]["start"] == TEXT.index("more than")
    assert "Violations" in to_markdown(report)


def test_json_is_the_report(reading):
    report = to_report([reading], [], ["span wrong"])
    assert json.loads(to_json(report)) == report
