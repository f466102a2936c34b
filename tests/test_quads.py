"""Terms and files: what is written is what a parser reads."""

from __future__ import annotations

from hashlib import sha256

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.quads import Quad, canonical_hash, day, decimal, integer, ref, to_nquads, to_trig, words

HARD = [
    '"',
    "\\",
    "\n\r\t\b\f",
    "\x00\x1f\x7f",
    "\ufffe\uffff",
    "é́😀\u202e\u2028\x85",
    "a@en",
    '"^^<urn:x>',
    "<urn:a>",
    "",
]


def loaded(data: str, form: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(data.encode(), format=form)}


@pytest.mark.parametrize("text", HARD)
def test_any_words_come_back_as_they_were_from_both_files(text):
    quads = [Quad(ref("urn:a"), ref("urn:b"), words(text), ref("urn:g/graph"))]
    (quad,) = ox.parse(to_nquads(quads).encode(), format=ox.RdfFormat.N_QUADS)
    assert quad.object.value == text
    assert loaded(to_trig(quads), ox.RdfFormat.TRIG) == {str(quad)}


def test_a_lone_surrogate_does_not_break_the_file():
    quads = [Quad(ref("urn:a"), ref("urn:b"), words("a\ud800b"), ref("urn:g"))]
    assert "a\ufffdb" in to_nquads(quads)
    assert to_nquads(quads).encode()


def test_order_and_repetition_of_quads_change_nothing():
    quads = [
        Quad(ref(f"urn:{s}"), ref("urn:p"), integer(o), ref(f"urn:{g}")) for s in "ba" for o in (10, 9) for g in "yx"
    ]
    for write in (to_nquads, to_trig):
        assert write(quads) == write([*reversed(quads), *quads])
    assert to_nquads(quads).splitlines() == sorted(to_nquads(quads).splitlines())


@pytest.mark.parametrize(
    ("number", "lexical"),
    [(86.30, "86.3"), (100.0, "100"), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"), (-0.0, "0"), (0.1, "0.1")],
)
def test_decimals_are_canonical(number, lexical):
    assert decimal(number).startswith(f'"{lexical}"^^')


@pytest.mark.parametrize(
    ("iso", "datatype"),
    [("2021", "gYear"), ("2021-03", "gYearMonth"), ("2021-03-04", "date"), ("2021-03-04T05:06:07Z", "dateTime")],
)
def test_a_date_is_no_more_exact_than_what_was_given(iso, datatype):
    assert day(iso).endswith(f"#{datatype}>")


def test_a_date_time_has_the_form_that_a_store_gives_back():
    for written in ("2021-03-04T05:06:07+00:00", "2021-03-04T05:06:07.500-00:00", "2021-03-04T05:06:07.000+02:00"):
        line = f"<urn:a> <urn:b> {day(written)} <urn:g> .\n"
        store = ox.Store()
        store.bulk_load(input=line.encode(), format=ox.RdfFormat.N_QUADS)
        assert [f"{quad} .\n" for quad in store] == [line]


def rdfc_1_0(nquads: str) -> str:
    """The hash as another implementation of the W3C recommendation has it."""
    held = ox.Dataset(ox.parse(nquads.encode(), format=ox.RdfFormat.N_QUADS))
    held.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(ox.serialize(held, format=ox.RdfFormat.N_QUADS).decode().splitlines(keepends=True))
    return sha256("".join(lines).encode()).hexdigest()


@given(st.lists(st.tuples(st.text(max_size=5), st.sampled_from("xy\u00e9\uffe0\U00010000")), max_size=8))
@settings(derandomize=True, deadline=None)
def test_the_hash_is_that_of_w3c_canonicalization(rows):
    quads = [Quad(ref(f"urn:{place}"), ref("urn:p"), words(said, "en"), ref(f"urn:g{place}")) for said, place in rows]
    quads += [Quad(ref("urn:a"), ref("urn:p"), words(said), ref("urn:g")) for said, _ in rows]
    record = to_nquads(quads)
    assert canonical_hash(record.encode()) == rdfc_1_0(record)
    assert record == to_nquads([*reversed(quads), *quads])
