from __future__ import annotations

import gc

import pytest

from claimgraph import corpus
from claimgraph.errors import EvidenceError, InputError
from claimgraph.language import Token
from claimgraph.model import Article, Reading, Span
from claimgraph.workers import BATCH

ARTICLES = [Article(id=f"n{n}", text=f"Mayor {n} said it rained.", published="2021") for n in range(40)]


def test_readings_come_in_the_order_of_the_articles_from_any_number_of_workers():
    one, two = (list(corpus.read_all(ARTICLES, workers=n)) for n in (1, 2))
    assert [reading.article.id for reading in one] == [article.id for article in ARTICLES]
    assert one == two


@pytest.fixture
def failing(monkeypatch):
    def read(article, **_options):
        if article.id == "n1":
            raise EvidenceError(Span(0, 1, "x"), "y")
        if article.id == "n2":
            raise IndexError("list index out of range")
        return Reading(article=article)

    monkeypatch.setattr(corpus, "read", read)


@pytest.mark.usefixtures("failing")
def test_one_bad_article_does_not_cost_the_others():
    errors: list[InputError] = []
    readings = list(corpus.read_all(ARTICLES[:4], errors=errors))
    assert [reading.article.id for reading in readings] == ["n0", "n3"]
    assert [error.path for error in errors] == ["n1", "n2"]
    assert "please report it: IndexError: list index out of range (test_corpus.py:" in str(errors[1])


@pytest.mark.usefixtures("failing")
def test_without_a_list_the_error_is_raised():
    with pytest.raises(InputError, match="n1"):
        list(corpus.read_all(ARTICLES[:3]))


@pytest.mark.usefixtures("failing")
def test_articles_are_taken_as_they_come():
    taken = []
    stream = (taken.append(article.id) or article for article in ARTICLES * 50)
    next(corpus.read_all(stream, errors=[]))
    assert len(taken) == BATCH


@pytest.mark.usefixtures("failing")
def test_long_articles_are_taken_one_by_one():
    taken = []
    long = Article(id="n9", text="It rained. " * 10_000)
    next(corpus.read_all((taken.append(article.id) or article for article in [long] * 3), errors=[]))
    assert len(taken) == 1


def test_an_article_that_cannot_be_parsed_does_not_cost_its_batch(monkeypatch):
    def parse_articles(articles):
        raise ValueError(len(articles))

    monkeypatch.setattr(corpus, "parse_articles", parse_articles)
    assert [reading.article.id for reading in corpus.read_all(ARTICLES[:3])] == ["n0", "n1", "n2"]


def test_what_is_read_is_let_go_without_the_search_for_cycles():
    gc.collect()
    gc.disable()
    try:
        before = _tokens()
        assert len(list(corpus.read_all(ARTICLES))) == len(ARTICLES)
        assert _tokens() == before
    finally:
        gc.enable()


def _tokens():
    return sum(isinstance(one, Token) for one in gc.get_objects())
