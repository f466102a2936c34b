"""The trained taggers: their arithmetic, and what they see that no rule does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import claimgraph
from claimgraph.attribution import find_attributions
from claimgraph.attribution.crf import above, segments
from claimgraph.attribution.minilm import (
    CONTENT,
    ROLES,
    STEPS,
    WINDOW,
    decode_cues,
    decode_roles,
    find_distances,
    find_windows,
)
from claimgraph.claims import find_claims, find_rules
from claimgraph.language import parse_article
from claimgraph.model import Article, to_annotation
from claimgraph.reader import read
from claimgraph.speech.quotations import find_quotations
from claimgraph.speech.tagged import to_drafts

MODELS = Path(claimgraph.__file__).parent / "models"
LARGEST = 30_000_000
STORY = (
    "The mayor brushed aside the idea that the bridge was unsafe. Engineers, she told a radio station, had looked at "
    "every bolt. \u201cNobody will be hurt,\u201d Ana Petrova said. \u201cI would drive my own children over it.\u201d\n\n"
    "Residents are wary of the plan. A study by the port authority points to rust in three of nine pillars, and the "
    "harbour master likens the structure to an old ship."
)


def claims_of(text: str, model: str) -> list[tuple[str | None, str | None, list[str]]]:
    found = read(Article(id="a", text=text), model=model).claims
    return [(c.source and c.source.text, c.cue and c.cue.text, [s.text for s in c.content]) for c in found]


@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_quotation_around_its_speaker_is_one_claim(model):
    assert any(
        source == "Ana Petrova" and cue == "said" and len(content) == 2
        for source, cue, content in claims_of(STORY, model)
    )


def test_cues_that_no_lexicon_has_are_seen():
    parse = parse_article(Article(id="a", text=STORY))
    quotations = find_quotations(parse)
    ruled = find_rules(parse, quotations)
    tagged = to_drafts(
        parse, find_attributions(parse, quotations, ruled, model="accurate"), quotations, name="accurate"
    )
    known = {d.verb.i for d in ruled if d.verb}
    new = {
        (d.source.text, d.cue.text)
        for d in find_claims(parse, quotations, ruled, tagged)
        if d.verb and d.source and d.verb.i not in known
    }
    assert {("Residents", "are wary of"), ("A study by the port authority", "points")} <= new


@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_one_claim_for_each_cue(model):
    cues = [cue for _, cue, _ in claims_of(STORY, model) if cue]
    assert len(cues) == len(set(cues)) >= 4


@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_same_text_same_claims_whatever_was_read_before(model):
    article = Article(id="a", text=STORY)
    first = to_annotation(read(article, model=model))
    read(
        Article(id="b", text="The union said that it would strike. \u201cWe have no choice,\u201d its leader wrote."),
        model=model,
    )
    assert to_annotation(read(article, model=model)) == first


@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_text_without_words_has_no_attributions(model):
    assert claims_of("\u2026\n\n\u2014", model) == []


def test_windows_hold_every_word_once():
    text = "\n\n".join(["The mayor said it rained. " * 9, "word " * 900, "He left."])
    parse = parse_article(Article(id="a", text=text))
    lengths = [1 + t.i % 3 for t in parse.tokens]
    windows = list(find_windows(parse, lengths))
    assert [i for w in windows for i in range(w.begin, w.end)] == list(range(len(parse.tokens)))
    assert all(w.first <= w.begin < w.end <= w.last for w in windows)
    assert max(sum(lengths[w.first : w.last]) for w in windows) < 512 - 2
    assert max(sum(lengths[w.begin : w.end]) for w in windows) <= WINDOW


def test_roles_are_well_formed_whatever_the_scores():
    scores = np.random.default_rng(0).normal(size=(200, ROLES)).astype(np.float32)
    path = decode_roles(scores)
    pairs = list(zip([0, *path], [*path, 0], strict=True))
    assert all(STEPS[a, b] == 0 for a, b in pairs)
    assert {r for r in path if r > CONTENT}


def test_cue_ends_where_the_next_begins():
    outside, first, further = [0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    runs = [(a, b) for a, b, _ in decode_cues(np.array([outside, first, further, first, outside]), 0.5)]
    assert runs == [(1, 3), (3, 4)]


def test_distances_grow_by_powers_of_two():
    assert find_distances(3, 5, 9).tolist() == [2, 2, 1, 0, 0, 10, 11, 11, 12]


def test_runs_of_labels():
    assert list(above([0.1, 0.6, 0.7, 0.2, 0.9], 0.5)) == [(1, 3), (4, 5)]
    assert segments(["O", "B-S", "I-S", "B-K", "I-K", "O", "I-K"], "K") == [(3, 5), (6, 7)]


def test_weights_are_small_and_carry_their_cards():
    assert sum(p.stat().st_size for p in MODELS.rglob("*") if p.is_file()) < LARGEST
    for name in ("fast", "accurate"):
        card = (MODELS / name / "CARD.md").read_text(encoding="utf-8")
        assert all(f"## {part}" in card for part in ("Data", "Licence", "Scores", "Limits"))
