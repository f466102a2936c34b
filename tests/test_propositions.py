"""Sentences of claims, compared."""

from __future__ import annotations

import pytest

from claimgraph.lexicon import load_words
from claimgraph.relating.bases import words_in
from claimgraph.relating.propositions import best_acts, likeness, population, sentences_of
from claimgraph.vocab import load_concepts


def test_likeness_is_of_words_without_endings_order_and_stop_words() -> None:
    [one] = sentences_of(["The warnings were passed on."], negated=False)
    [other] = sentences_of(["that they passed on a warning"], negated=False)
    assert likeness(one, other) == 1
    [third] = sentences_of(["The bridge is closed."], negated=False)
    assert likeness(one, third) == 0


def test_figures_count_as_words() -> None:
    assert words_in("20 killed") != words_in("30 killed")


@pytest.mark.parametrize("text", ["Was it safe?", "“Was it safe?”", "if it was safe", "whether it was safe"])
def test_questions_and_conditions_say_nothing(text: str) -> None:
    assert sentences_of([text], negated=False) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("they are the main smugglers of it", True),
        ("the best fentanyl smugglers", True),
        ("most families lost a teacher", False),
        ("smugglers are the main problem", False),
    ],
)
def test_a_doer_in_the_superlative(text: str, found: bool) -> None:
    assert bool(best_acts(text)) is found


def test_a_majority_names_its_population() -> None:
    assert population("that most of the people arrested are citizens") == "people arrested"


def test_incidents_are_kinds_of_events() -> None:
    assert load_words("incidents") <= {code for scheme, code in load_concepts() if scheme == "EventKind"}
