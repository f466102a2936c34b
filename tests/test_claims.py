"""Who said what: each way in which news attributes, and what must not be taken for a claim."""

from __future__ import annotations

import pytest

from readings import claim, claims, name

ATTRIBUTED = [
    ("The mayor said that the bridge was safe.", "The mayor", "said", ["that the bridge was safe"]),
    ("The bridge, officials said, was safe for cars.", "officials", "said", ["The bridge", "was safe for cars"]),
    ("Critics have repeatedly warned that the dam may fail.", "Critics", "have repeatedly warned", ["that the dam may fail"]),
    ("According to the Geological Survey, the quake hit at noon.", "the Geological Survey", "According to", ["the quake hit at noon"]),
    ("The union demanded to see the accounts.", "The union", "demanded", ["to see the accounts"]),
    ('The union called the plan "a bad joke" on Monday.', "The union", "called", ['the plan "a bad joke"']),
    ("Senator Hawley called for the secretary to resign.", "Senator Hawley", "called for", ["the secretary to resign"]),
    ('She dismissed as "nonsense" the idea that taxes would rise.', "She", "dismissed", ['as "nonsense" the idea that taxes would rise']),
    ("The agency denied reports that the trucks had been stopped.", "The agency", "denied", ["reports that the trucks had been stopped"]),
    ("The ministers are confident that the talks will succeed.", "The ministers", "are confident", ["that the talks will succeed"]),
    ("Three senators who oppose the bill were absent.", "Three senators who", "oppose", ["the bill"]),
    ("The plan was rejected by the senate's president, Tom Hall.", "the senate's president, Tom Hall", "was rejected", ["The plan"]),
    ("The government's decision to close the mine surprised many.", "The government", "decision", ["to close the mine"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), ATTRIBUTED)
def test_source_cue_and_content(text: str, source: str, cue: str, content: list[str]) -> None:
    bare = [(s and s.removesuffix("'s"), q, c) for s, q, c in claims(text)]
    assert (source, cue, content) in bare


@pytest.mark.parametrize(
    "text",
    [
        "The train left the station at noon.",
        "Ferries left the terminal on Tuesday according to schedule.",
        "Nobody said that the bridge was safe.",
        "The minister visited the school and left.",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims(text) == []


def test_speech_over_two_clauses_is_not_the_sentence_before_the_semicolon() -> None:
    contents = [
        c
        for _, cue, c in claims("Moscow has accused the bloc of theft; the alliance rejects the charge.")
        if cue == "rejects"
    ]
    assert contents == [["the charge"]]


@pytest.mark.parametrize(
    ("text", "cue", "field", "value"),
    [
        ("The mayor denied that the bridge was unsafe.", "denied", "polarity", "denied"),
        ("The mayor did not say whether the bridge was safe.", "did not say", "polarity", "questioned"),
        ("The mayor did not say whether the bridge was safe.", "did not say", "certainty", "unknown"),
        ("The mayor said the bridge was not safe.", "said", "negated", True),
        ("The mayor said the bridge may be unsafe.", "said", "certainty", "possible"),
        ("Many doctors believe that the drug is safe.", "believe", "certainty", "probable"),
        ("The mayor praised the firefighters of the town.", "praised", "stance", "positive"),
        ("The minister rejected the opposition's account.", "rejected", "stance", "negative"),
    ],
)
def test_what_kind_of_claim(text: str, cue: str, field: str, value: object) -> None:
    assert claim(text, cue)[field] == value


def test_a_clause_after_the_speech_is_the_article_s() -> None:
    text = "The minister said that smugglers are the main problem after lawmakers pressed her government."
    assert claims(text)[0][2] == ["that smugglers are the main problem"]


def test_told_by_another_lies_inside() -> None:
    text = "Anna Reed said that Tom Hall had told her that the file was lost."
    outer, inner = claim(text, "said"), claim(text, "had told")
    assert inner["inside"] == outer["id"]
    assert (name(text, outer["source_entity"]), name(text, inner["source_entity"])) == ("Anna Reed", "Tom Hall")


def test_to_whom_something_is_attributed_is_not_what_is_said() -> None:
    text = "Anna Reed denied that the dam had failed, a view that she attributed to some engineers. She referred to the dam as safe."
    contents = [piece for _, _, pieces in claims(text) for piece in pieces]
    assert not any(piece.startswith("to some engineers") for piece in contents)
