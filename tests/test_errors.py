from __future__ import annotations

import pickle

import pytest

from claimgraph.errors import EvidenceError, InputError, LanguageError, QueryError, SurroundingsError, UsageError
from claimgraph.model import Span

ERRORS = [
    InputError("a.jsonl", "is empty", line=3),
    LanguageError("a.txt", "de"),
    EvidenceError(Span(0, 1, "x"), "y"),
    QueryError("no verb", line=1, column=2),
    UsageError("99", "no such question"),
    SurroundingsError("out", "cannot be written"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_come_out_of_worker_processes_whole(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_messages_say_where_and_what_in_one_line():
    assert str(ERRORS[0]) == "a.jsonl:3: is empty"
    assert str(ERRORS[3]) == "query: line 1, column 2: no verb"
    assert all("\n" not in str(error) for error in ERRORS)


def test_exit_status_tells_data_usage_and_surroundings_apart():
    assert [error.exit_status for error in ERRORS] == [1, 1, 1, 2, 2, 3]
