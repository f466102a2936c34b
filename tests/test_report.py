from __future__ import annotations

import json

import msgspec
import pytest

from claimgraph import report as reporting
from claimgraph.errors import InputError
from claimgraph.model import Article, Claim, Entity, Mention, Quantity, Reading, Relation, Span
from claimgraph.report import to_json
from claimgraph.reporting.text import to_markdown

TEXT = 'Ada Lee said more than 150 people died. Officials called it "bad". "Nobody knows what will come next," it went.'


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


@pytest.fixture
def to_report(tmp_path):
    """The report, each with a folder of its own for its rows."""

    def made(readings, errors, violations, **options):
        folder = tmp_path / str(len([*tmp_path.iterdir()]))
        folder.mkdir()
        return reporting.to_report(readings, reporting.Found(errors, violations), folder=folder, **options)

    return made


def plain(report):
    """The report without anything on disk."""
    return {name: [*value] if isinstance(value, reporting.Rows) else value for name, value in report.items()}


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


def test_report_names_what_stays_open(reading, to_report):
    report = to_report([reading], [], [])
    assert [row["text"] for row in report["unattributed"]] == ['"Nobody knows what will come next,"']
    assert [*report["vague_sources"]] == [{"article": "a|b", "source": "officials", "claims": 1}]
    assert [*report["unlinked_names"]] == [{"name": "Ada Lee", "type": "person", "mentions": 1, "articles": ["a|b"]}]
    assert [*report["warnings"]] == [{"article": "a|b", "note": "no publication date"}]


def test_figures_say_who_gives_them(reading, to_report):
    (row,) = to_report([reading], [], [])["figures"]
    assert (row["said_by"], row["value"], row["comparator"], row["of"]) == ("Ada Lee", 150, ">", "people")
    assert "| more than 150 people | more than 150 | people | Ada Lee |" in to_markdown(to_report([reading], [], []))


def test_errors_are_named_without_the_folder_they_lie_in(reading, to_report):
    report = to_report([reading], [InputError("/home/me/b.jsonl", "is no JSON object", line=3)], [])
    assert report["errors"] == [{"input": "b.jsonl", "line": 3, "reason": "is no JSON object"}]
    assert "/x/" not in "".join(to_json(report))
    assert "/home" not in "".join(to_json(report))


def test_report_does_not_depend_on_the_order_of_articles(reading, to_report):
    other = Reading(article=Article(id="z", text="It rained."))
    one, same = (
        "".join(to_json(to_report(*told)))
        for told in (([reading, other], [], ["y", "x"]), ([other, reading], [], ["x", "y"]))
    )
    assert one == same


def test_markdown_takes_no_markup_from_the_articles(reading, to_report):
    page = to_markdown(to_report([reading], [], []))
    assert "<b>" not in page
    assert "a\\|b" in page


def test_every_claim_stands_under_its_speaker(reading, to_report):
    page = to_markdown(to_report([reading], [], []))
    below = page.split("### officials")[1].split("##")[0]
    assert 'it "bad"' in below
    assert "mixed, denied, possible" in below


def test_report_without_the_articles_words_keeps_their_places(reading, to_report):
    report = to_report([reading], [], [], text="none")
    assert "150 people" not in "".join(to_json(report))
    assert next(iter(report["figures"]))["start"] == TEXT.index("more than")
    assert "Violations" in to_markdown(report)


def test_json_is_the_report(reading, to_report):
    report = to_report([reading], [], ["span wrong"])
    assert json.loads("".join(to_json(report))) == plain(report)
    assert "".join(to_json(report)) == json.dumps(plain(report), indent=2, ensure_ascii=False) + "\n"


def test_of_thousands_of_claims_the_page_tells_who_makes_most(to_report, reading, monkeypatch):
    monkeypatch.setattr("claimgraph.reporting.text.MOST_CLAIMS", 3)
    monkeypatch.setattr("claimgraph.reporting.text.SHOWN", 1)
    readings = [msgspec.structs.replace(reading, article=Article(id=f"a{n}", text=TEXT)) for n in range(3)]
    page = to_markdown(to_report(readings, [], []))
    assert (
        "## Who says most, of 6 claims\n\n| speaker | claims | articles |\n|---|---|---|\n| Ada Lee | 3 | 3 |" in page
    )
    assert "And 1 more, in report.json." in page
    assert "| a0 | more than 150 people |" in page
    assert "| a1 | more than 150 people |" not in page


def test_equal_rows_are_all_there(to_report, reading):
    twice = msgspec.structs.replace(
        reading, article=msgspec.structs.replace(reading.article, notes=("no date", "no date"))
    )
    assert len([*to_report([twice], [], [])["warnings"]]) == 2
