"""The published schema, walked by schemathesis: what is answered is what the schema says, for values it allows and others."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages_server import busy
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

HERE = {"host": "localhost"}
CONFORMS = (
    status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
    unsupported_method,
)  # fmt: skip
WORKED_OUT = ("/runs/", "/check")
"""What goes to a worker: told here that all are busy, so that no odd value starts a run."""


@pytest.fixture(scope="module")
def published(library):
    return schemathesis.openapi.from_asgi("/openapi.json", busy(library), headers=HERE)


def test_every_operation_answers_as_the_schema_says(published):
    """Values that the schema allows, a few for every operation."""

    @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def walk(data):
        case = data.draw(operation.as_strategy())
        answer = case.call(headers=HERE)
        assert answer.status_code < 500 or (case.path.startswith(WORKED_OUT) and answer.status_code == 503)
        case.validate_response(answer, checks=list(CONFORMS))

    walked = 0
    for found in published.get_all_operations():
        operation = found.ok()
        walk()
        walked += 1
    assert walked > 40
