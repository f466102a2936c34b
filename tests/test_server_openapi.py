"""The service against its own OpenAPI description: requests that schemathesis makes of it, a bounded number."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from claimgraph.server import create_app
from claimgraph.server.openapi import description
from served import serving, store
from test_server import DATA

schemathesis.serializer.alias(["application/sparql-query"], "text/plain")
UNSAYABLE = {"query", "query-by-post"}
"""Operations whose right requests no schema can tell: a query has a grammar."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(store(tmp_path_factory.mktemp("described"), DATA)) as service:
        yield service


schema = schemathesis.openapi.from_dict(description("1"))


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_as_described(case, served):
    unsaid = (
        {"positive_data_acceptance", "negative_data_rejection"}
        if case.operation.definition.raw["operationId"] in UNSAYABLE
        else set()
    )
    excluded = [CHECKS.get_one(name) for name in unsaid]
    case.call_and_validate(base_url=f"http://127.0.0.1:{served.port}", excluded_checks=excluded, timeout=30)


def test_every_route_is_described_and_the_description_is_served(served):
    routes = {route.path.replace(":path", "") for route in create_app(".").routes}
    assert routes - set(description("1")["paths"]) == {"/palette.css", "/assets"}
    assert json.loads(served.ask(path="/openapi.json").body) == description(version("claimgraph"))
