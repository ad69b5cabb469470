"""One contract, tested in both directions."""

import json
import re
from typing import Any, NamedTuple

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from nutgraf import formats
from nutgraf.http.openapi import as_yaml, serialized_contract, specification
from nutgraf.samples import sample
from nutgraf.service.schemas.problem_types import PROBLEM_TYPES
from tests.service import ROOT
from tests.workers import work_off

CONTRACT = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
OPERATIONS = [
    (path, method, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
]


def schema(media: dict[str, Any]) -> dict[str, Any]:
    """A media type's schema with the components that it refers to."""
    return {**media["schema"], "components": CONTRACT["components"]}


class Body(NamedTuple):
    """A body that the contract describes: a request, or an answer with its status."""

    path: str
    method: str
    status: str
    media_type: str
    media: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status} {self.media_type}"


def bodies() -> list[Body]:
    """Every body that the contract describes."""
    return [
        Body(path, method, status, media_type, media)
        for path, method, operation in OPERATIONS
        for status, described in [("request", operation.get("requestBody", {})), *operation["responses"].items()]
        for media_type, media in described.get("content", {}).items()
    ]


WITH_SCHEMA = [body for body in bodies() if "$ref" in body.media["schema"]]
# Prose, NDJSON, and formats of other software: the contract states only their type.
BARE = [body for body in bodies() if "$ref" not in body.media["schema"]]
BARE_ANSWERS = [body for body in BARE if body.status != "request"]


def examples(media: dict[str, Any]) -> list[Any]:
    return [media["example"]] if "example" in media else [each["value"] for each in media.get("examples", {}).values()]


# For people, probes and operators.
NOT_IN_THE_CONTRACT = {
    "/", "/docs", "/favicon.ico", "/docs/guide", "/openapi.json", "/openapi.yaml", "/problems/{slug}", "/warnings",
    "/healthz", "/readyz", "/metrics",
}  # fmt: skip


def test_the_contract_and_the_url_map_have_the_same_paths(app: Flask) -> None:
    rules = {re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {rule for rule in rules if not rule.startswith("/static/")} - NOT_IN_THE_CONTRACT == set(CONTRACT["paths"])
    assert rules > NOT_IN_THE_CONTRACT


def test_the_contract_and_the_url_map_have_the_same_methods(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule)
        methods.setdefault(path, set()).update(method.lower() for method in rule.methods or ())
    for path, operations in CONTRACT["paths"].items():
        assert methods[path] - {"head", "options"} == set(operations) - {"parameters"}


@pytest.mark.parametrize("body", WITH_SCHEMA, ids=str)
def test_every_body_with_a_schema_has_examples_that_it_accepts(body: Body) -> None:
    assert examples(body.media)
    for example in examples(body.media):
        Draft202012Validator(schema(body.media)).validate(example)


@pytest.mark.parametrize("body", BARE_ANSWERS, ids=str)
def test_an_answer_without_a_schema_has_the_documented_media_type(shared_client: FlaskClient, body: Body) -> None:
    response = served(shared_client, body)
    assert response.status_code == int(body.status)
    assert response.mimetype == body.media_type
    text = response.get_data(as_text=True)
    assert text
    kind = body.media["schema"]["type"]
    assert kind in ("object", "string")
    if kind == "object":
        assert isinstance(json.loads(text), dict)
    elif body.media_type == "text/html":
        assert "<" in text
    elif body.media_type == "application/x-ndjson":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    for example in examples(body.media):
        Draft202012Validator(schema(body.media)).validate(example)


def served(client: FlaskClient, body: Body) -> TestResponse:
    """The real answer in the media type of a body."""
    if body.method == "post":
        output = next(name for name, (media_type, _) in formats.OUTPUTS.items() if media_type == body.media_type)
        return client.post(body.path.replace("{output}", output), json=sample("short"))
    path = body.path
    if "{job_id}" in path:
        app = client.application
        job = client.post("/jobs", json={"requests": [sample("short")]}).get_json()
        work_off(app, job["id"])
        path = path.replace("{job_id}", job["id"])
    return client.get(path, headers={"Accept": body.media_type})


def test_requests_without_a_schema_are_read_only_with_their_media_type(shared_client: FlaskClient) -> None:
    assert {(body.path, body.media_type) for body in BARE if body.status == "request"} == {
        ("/jobs", "application/x-ndjson"),
        ("/hooks/{sender}", "application/json"),
    }
    line = json.dumps(sample("short"))
    job = shared_client.post("/jobs", data=f"{line}\n{line}", content_type="application/x-ndjson").get_json()
    assert job["counts"]["queued"] == 2
    assert shared_client.post("/jobs", data=line, content_type="text/plain").status_code == 415
    hook = next(operation for path, _, operation in OPERATIONS if path == "/hooks/{sender}")
    unsigned = shared_client.post("/hooks/ghost", json={"post": {}})
    assert unsigned.status_code == 403
    assert str(unsigned.status_code) in hook["responses"]


def test_every_example_request_is_answered_as_documented(shared_client: FlaskClient) -> None:
    sent = 0
    for path, method, operation in OPERATIONS:
        if "{" in path:
            continue
        sent_bodies = [
            example for media in operation.get("requestBody", {}).get("content", {}).values() for example in examples(media)
        ]
        for body in sent_bodies or [None]:
            response = shared_client.open(path, method=method.upper(), json=body)
            assert str(response.status_code) in operation["responses"]
            media = operation["responses"][str(response.status_code)].get("content", {}).get(response.mimetype)
            if response.is_json:
                Draft202012Validator(schema(media)).validate(json.loads(response.get_data()))
            sent += 1
    assert sent >= 8


def properties(described: Any) -> list[dict[str, Any]]:
    """The JSON Schemas of all properties, at any depth."""
    if isinstance(described, list):
        return [each for value in described for each in properties(value)]
    if not isinstance(described, dict):
        return []
    named = described.get("properties", {})
    return [*named.values(), *properties(list(named.values())), *properties(list(described.values()))]


def test_objects_are_simple_so_that_generated_types_have_named_properties() -> None:
    """`oneOf` of required properties made types without a name, and `default` properties that had to be sent."""
    schemas = CONTRACT["components"]["schemas"]
    for name in ("Article", "Length", "SummarizeRequest", "StoriesRequest", "JobRequest"):
        assert schemas[name]["additionalProperties"] is False
        assert not {"oneOf", "anyOf", "allOf"} & set(schemas[name]), name
    assert all("exactly one of" in schemas[name]["description"] for name in ("Article", "Length", "JobRequest"))
    assert not [each for each in properties(schemas) if "default" in each]
    assert "Default: `3`." in schemas["HeadlineOptions"]["properties"]["count"]["description"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_an_operation_has_an_id_its_security_and_the_problems_of_callers(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", operation["operationId"])
    assert "security" in operation
    assert any(status.startswith("4") for status in operation["responses"])


def test_each_operation_has_a_unique_id_and_one_answer() -> None:
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(ids)) == len(ids)
    assert {"summarize", "summarizeAs", "groupStories", "createJob", "readResults"} <= set(ids)
    for path, _, operation in OPERATIONS:
        answers = [answer for status, answer in operation["responses"].items() if status < "300"]
        assert len(answers) == 1
        assert len(answers[0].get("content", {})) <= 1 or path == "/summarize/{output}"


def test_every_component_is_used() -> None:
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    assert [name for name in CONTRACT["components"]["schemas"] if f"#/components/schemas/{name}'" not in text] == []


@pytest.mark.parametrize("slug", PROBLEM_TYPES)
def test_every_problem_has_a_page(shared_client: FlaskClient, slug: str) -> None:
    page = shared_client.get(f"/problems/{slug}")
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    assert PROBLEM_TYPES[slug].advice.split(".")[0].split("'")[0] in page.get_data(as_text=True)


def test_every_operation_has_a_description() -> None:
    for _, _, operation in OPERATIONS:
        assert operation["summary"]
        assert operation["tags"]


def test_the_contract_is_serialized_once(app: Flask, client: FlaskClient) -> None:
    """It was once serialized for each request, which took 0.3 s and changed apispec's internal data."""
    first = serialized_contract(app)
    assert client.get("/openapi.yaml").get_data() == first.as_yaml == (ROOT / "openapi.yaml").read_bytes()
    assert client.get("/openapi.json").get_json() == yaml.safe_load(first.as_yaml)
    assert serialized_contract(app) is first
    assert as_yaml(specification(app)) == as_yaml(specification(app)) == first.as_yaml.decode()
