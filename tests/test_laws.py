"""Laws that hold for any text: spans are exact, the text is untouched, what is written is what was read."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.iris import Iris
from claimgraph.model import Article, prove, spans_of
from claimgraph.pipeline import to_graph
from claimgraph.quads import decimal, to_nquads
from claimgraph.reader import read
from claimgraph.store import KnowledgeGraph

WORDS = [
    "said",
    "“",
    "”",
    "'",
    "that",
    "Ms.",
    "Oslo",
    "police",
    "denied",
    "40%",
    "more than",
    "on Monday",
    "$3 million",
    ",",
    ".",
    "—",
    "according to",
    "the minister",
    "😀",
    "É́",
    "(",
    "he",
    "not",
    "2021",
    ":",
    "Jane Doe",
]
SIGNS = ['"', "\n\n", "\r\n", "\u202e", "\x85"]
texts = st.lists(st.one_of(st.sampled_from(WORDS + SIGNS), st.text(max_size=8)), min_size=1, max_size=25).map(" ".join)
few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@few
@given(texts)
def test_spans_are_exact_and_the_text_is_untouched(text):
    reading = read(Article(id="any", text=text, published="2022-05-05"))
    prove(reading)
    assert reading.article.text == text
    assert all(
        0 <= s.start < s.end <= len(text)
        for layer in reading.__struct_fields__[1:]
        for s in spans_of(getattr(reading, layer))
    )


@few
@given(texts)
def test_any_text_makes_a_graph_that_loads_and_proves_itself(text):
    record = to_nquads(to_graph([read(Article(id="any", text=text))], iris=Iris(), text="full", now=None))
    graph = KnowledgeGraph.from_nquads(record.encode())
    assert graph.quick_check().violations == ()
    assert len(graph) == record.count("\n")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
@settings(derandomize=True, deadline=None)
def test_a_decimal_comes_back_from_a_store_as_it_was_written(number):
    line = f"<urn:a> <urn:b> {decimal(number)} <urn:g> .\n"
    graph = KnowledgeGraph.from_nquads(line.encode())
    assert "".join(f"{q} .\n" for q in graph.store) == line


@few
@given(st.lists(texts, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_no_byte(several, shuffle):
    readings = [read(Article(id=f"a{i}", text=text)) for i, text in enumerate(several)]
    mixed = list(readings)
    shuffle.shuffle(mixed)
    first, second = (to_nquads(to_graph(some, iris=Iris(), text="full", now=None)) for some in (readings, mixed))
    assert first == second


@few
@given(texts)
def test_read_twice_is_read_once(text):
    article = Article(id="any", text=text)
    assert read(article) == read(article)
