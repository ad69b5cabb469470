"""One contract, tested in both directions."""

import json
import re
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from nutgraf.http.openapi import as_yaml, specification, written_contract
from nutgraf.service.schemas.problem_types import PROBLEM_TYPES
from tests.service import ROOT

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


def media_types() -> list[tuple[str, dict[str, Any]]]:
    """Every body that the contract describes, requests and answers, by name."""
    found = []
    for path, method, operation in OPERATIONS:
        for media in operation.get("requestBody", {}).get("content", {}).values():
            found.append((f"{method} {path} request", media))
        for status, response in operation["responses"].items():
            found += [(f"{method} {path} {status}", media) for media in response.get("content", {}).values()]
    return found


def examples(media: dict[str, Any]) -> list[Any]:
    return [media["example"]] if "example" in media else [each["value"] for each in media.get("examples", {}).values()]


def test_every_path_is_in_the_url_map_and_the_other_way_round(app: Flask) -> None:
    rules = {re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {rule for rule in rules if not rule.startswith("/static/")} == set(CONTRACT["paths"])


def test_methods_are_those_of_the_url_map(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule)
        methods.setdefault(path, set()).update(method.lower() for method in rule.methods or ())
    for path, operations in CONTRACT["paths"].items():
        assert methods[path] - {"head", "options"} == set(operations) - {"parameters"}


@pytest.mark.parametrize(("name", "media"), [pytest.param(*pair, id=pair[0]) for pair in media_types()])
def test_every_json_body_has_examples_that_its_schema_accepts(name: str, media: dict[str, Any]) -> None:
    if "$ref" not in media["schema"]:  # pages and the contract itself
        return
    assert examples(media)
    for example in examples(media):
        Draft202012Validator(schema(media)).validate(example)


def test_every_example_request_is_answered_as_documented(client: FlaskClient) -> None:
    sent = 0
    for path, method, operation in OPERATIONS:
        if "{" in path:
            continue
        bodies = [
            example for media in operation.get("requestBody", {}).get("content", {}).values() for example in examples(media)
        ]
        for body in bodies or [None]:
            response = client.open(path, method=method.upper(), json=body)
            assert str(response.status_code) in operation["responses"]
            media = operation["responses"][str(response.status_code)].get("content", {}).get(response.mimetype)
            if response.is_json:
                Draft202012Validator(schema(media)).validate(json.loads(response.get_data()))
            sent += 1
    assert sent >= 8


def test_exactly_one_is_said_with_one_of() -> None:
    schemas = CONTRACT["components"]["schemas"]
    bodies = [{"required": ["text"]}, {"required": ["html"]}, {"required": ["format", "document"]}]
    assert schemas["Article"]["oneOf"] == bodies
    assert len(schemas["Length"]["oneOf"]) == 4
    assert all(schemas[name]["additionalProperties"] is False for name in ("Article", "Length", "SummarizeRequest"))


@pytest.mark.parametrize("slug", PROBLEM_TYPES)
def test_every_problem_has_a_page(client: FlaskClient, slug: str) -> None:
    page = client.get(f"/problems/{slug}")
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    assert PROBLEM_TYPES[slug].advice.split(".")[0].split("'")[0] in page.get_data(as_text=True)


def test_every_operation_says_what_it_does() -> None:
    for _, _, operation in OPERATIONS:
        assert operation["summary"]
        assert operation["tags"]


def test_the_contract_is_written_once(app: Flask, client: FlaskClient) -> None:
    """It was made anew, 0.3 s, for each request, and each changed what apispec keeps."""
    first = written_contract(app)
    assert client.get("/openapi.yaml").get_data() == first.as_yaml == (ROOT / "openapi.yaml").read_bytes()
    assert client.get("/openapi.json").get_json() == yaml.safe_load(first.as_yaml)
    assert written_contract(app) is first
    assert as_yaml(specification(app)) == as_yaml(specification(app)) == first.as_yaml.decode()
