from __future__ import annotations

from io import BytesIO

import pytest

from claimgraph.building.record import SCREENED, write_lines
from claimgraph.store import KnowledgeGraph
from graphs import nquads

RECORD = nquads().encode().splitlines(keepends=True)
MISTAKES = {
    "blank-node": b"<urn:s> <urn:p> _:b <urn:g> .\n",
    "schema-org-over-http": b'<urn:s> <http://schema.org/name> "A" <urn:g> .\n',
    "subject-without-type": b'<urn:s> <https://w3id.org/claimgraph/ns#origin> "A" <urn:g> .\n',
}


def screened(lines):
    return write_lines(lines, BytesIO()).suspect


def test_the_checks_that_a_record_cannot_break_are_not_asked():
    assert screened(RECORD) == frozenset()
    assert set(MISTAKES) == SCREENED


@pytest.mark.parametrize("check", sorted(MISTAKES))
def test_what_such_a_check_finds_is_suspected_wherever_it_stands(check):
    for before, after in ((RECORD, []), ([], RECORD), ([], [])):
        lines = sorted([*before, MISTAKES[check], *after])
        assert screened(lines) == {check}
    graph = KnowledgeGraph.from_nquads(MISTAKES[check])
    assert [line.partition(":")[0] for line in graph.quick_check(suspect={check}).violations] == [check]
    assert graph.quick_check(suspect=()).violations == ()


def test_a_type_in_another_graph_is_one():
    typed = b"<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> <urn:other> .\n"
    assert screened(sorted([typed, MISTAKES["subject-without-type"]])) == frozenset()
