"""Quotation marks: where they open and close, whose words stand between, over pieces and paragraphs."""

from __future__ import annotations

import pytest

from claimgraph.language import parse_article
from claimgraph.model import Article
from claimgraph.speech.quotations import find_quotations
from readings import claim, claims, name, reading


def quoted(text: str) -> list[str]:
    parse = parse_article(Article(id="a", text=text))
    return [text[q.start : q.end] for q in find_quotations(parse)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "no" and then "yes, of course."', ['"no"', '"yes, of course."']),
        ("He said “it’s over” at last.", ["“it’s over”"]),
        ("'We won't go,' she said.", ["'We won't go,'"]),
        ("The dogs' owners and the cats' owners met.", []),
        ('"We are here.\n\n"We stay," he said.', ['"We are here.', '"We stay,"']),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_words_split_round_their_speaker_are_one_claim() -> None:
    text = '"The tests come from one lab," Maria Lopez said, "and the police know its address."'
    assert claims(text) == [
        ("Maria Lopez", "said", ['"The tests come from one lab,"', '"and the police know its address."'])
    ]


def test_speech_goes_on_in_the_next_paragraph() -> None:
    text = 'A teacher lost her house. "I heard a roar and ran," said Maya Gurung. "I took my children.\n\n"We sit in the school now."'
    assert len(claim(text, "said")["content"]) == 3


def test_a_later_quotation_keeps_its_speaker_and_says_that_it_is_inferred() -> None:
    text = 'Maya Gurung, a teacher, said the village was gone. "We lost all that we had in one night."'
    later = reading(text)["claims"][-1]
    assert (later["source"], later["inferred"]) == (None, ["source"])
    assert later["source_entity"] == claim(text, "said")["source_entity"] is not None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('"The bridge is safe," the mayor said.', "direct"),
        ('The mayor said the bridge was "entirely safe" for cars.', "mixed"),
        ("The mayor said the bridge was safe.", "indirect"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert claim(text, "said")["form"] == form


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    text = 'Ana Reed said, "I want to stay. I want to help. I want to be a mayor for all" - the first such promise in years.'
    words = '"I want to stay. I want to help. I want to be a mayor for all"'
    assert claim(text, "said")["content"][0]["text"] == words
    assert {c["inside"] for c in reading(text)["claims"] if c["cue"]["text"] == "want"} == {claim(text, "said")["id"]}


@pytest.mark.parametrize("marks", ['""', "''''", "“”"])
def test_who_goes_on_also_says_what_is_claimed_in_the_quotation(marks: str) -> None:
    a, z = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    text = f"{a}The town will suffer,{z} said Tom Hall, president of the union. {a}That is no threat. I hope they see reason.{z}"
    hope = claim(text, "hope")
    assert hope["inside"] is not None
    assert name(text, hope["source_entity"]) == "Tom Hall"


def test_a_blank_lost_behind_a_quotation_does_not_lengthen_it() -> None:
    text = "“We want peace!” Ana Reed said. “I hope we win!”Former mayor Tom Hall disagreed."
    assert claim(text, "hope")["content"][0]["text"] == "we win"
