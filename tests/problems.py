"""The assertion about problems that all error tests use."""

from typing import Any

from jsonschema import validate
from werkzeug.test import TestResponse

SHAPE = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"pattern": "^/problems/[a-z-]+$"},
        "title": {"type": "string", "minLength": 5},
        "status": {"type": "integer"},
        "detail": {"type": "string", "minLength": 5},
        "instance": {"pattern": "^urn:nutgraf:request:."},
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"pattern": "^(/.*)?$"}, "detail": {"minLength": 5}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def is_problem(response: TestResponse, status: int, slug: str) -> dict[str, Any]:
    """Asserts that a response is a problem of this status and type, and returns it."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    problem: dict[str, Any] = response.get_json(force=True)
    validate(problem, SHAPE)
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{slug}"
    assert problem["instance"].endswith(response.headers["X-Request-ID"])
    return problem


def errors_by_pointer(problem: dict[str, Any]) -> dict[str, str]:
    """The errors of a problem: pointers, each with its sentence."""
    return {error["pointer"]: error["detail"] for error in problem["errors"]}
