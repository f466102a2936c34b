"""The vocabulary in code: every code that a reading may hold has its concept, every prefix its namespace."""

from __future__ import annotations

from typing import get_args

import pytest

from claimgraph.lexicon import load_table
from claimgraph.model import Certainty, Comparator, Factuality, Form, Polarity, RelationType
from claimgraph.terms import concept, unit
from claimgraph.vocab import PREFIXES, full, load_concepts, load_triggers

SCHEMES = {
    "Certainty": Certainty,
    "Comparator": Comparator,
    "Factuality": Factuality,
    "Form": Form,
    "Polarity": Polarity,
    "RelationType": RelationType,
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_code_of_the_model_is_a_concept_of_its_own(scheme):
    codes = get_args(SCHEMES[scheme])
    assert len({concept(scheme, code) for code in codes}) == len(codes)


def test_a_trigger_of_one_word_class_serves_that_alone():
    triggers = load_triggers()
    limited = [(lemma, k.code) for k in load_concepts().values() for lemma in k.lemmas if lemma.endswith(" (verb)")]
    assert limited
    for lemma, code in limited:
        assert triggers[lemma.removesuffix(" (verb)"), "verb"] == code
        if lemma.replace("(verb)", "(noun)") not in load_concepts()["EventKind", code].lemmas:
            assert triggers.get((lemma.removesuffix(" (verb)"), "noun")) != code


def test_no_trigger_belongs_to_two_kinds():
    kinds: dict[str, set[str]] = {}
    for (scheme, code), found in load_concepts().items():
        for lemma in found.lemmas if scheme == "EventKind" else ():
            kinds.setdefault(lemma, set()).add(code)
    assert {lemma: codes for lemma, codes in kinds.items() if len(codes) > 1} == {}


def test_every_currency_is_one_of_qudt():
    codes = {row[1] for table in ("currencies", "national_currencies") for row in load_table(table) if row[1]}
    assert "USD" in codes
    assert all(unit(code) == {"qudt:hasUnit": f"<{full(f'cur:{code}')}>"} for code in codes)


def test_a_prefix_that_is_not_there_is_no_silent_iri():
    with pytest.raises(KeyError):
        full("dbo:Person")
    assert len(set(PREFIXES.values())) == len(PREFIXES)
