"""The contract: builds OpenAPI from the marshmallow schemas, and writes `openapi.yaml`."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, TypeVar

import yaml
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask
from flask_smorest import Api
from flask_smorest.response import ResponseMixin

from nutgraf import __version__, formats
from nutgraf.http.negotiation import CompactJSON
from nutgraf.http.security.authentication import API_KEY, PUBLIC_BLUEPRINTS, SIGNED_BLUEPRINTS
from nutgraf.service.schemas.problem_types import EXAMPLE_ID, MEDIA_TYPE, PROBLEM_TYPES, example_body
from nutgraf.service.schemas.response import ProblemSchema

DESCRIPTION = """\
Summaries and headlines from news articles, for newsrooms, on their own machine.

Every sentence of a summary is quoted word for word, with its article and its position there; headlines consist of the
words of a title or a sentence. The same request always gets the same answer. Nothing is stored."""


_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "apiKey": {"type": "apiKey", "in": "header", "name": API_KEY},
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
# Problems that can occur before a view runs: with a key, and with a body.
_KEY_PROBLEMS = ("key-missing", "key-unknown", "keys-unreadable")
_BODY_PROBLEMS = ("not-gzip", "too-late", "body-too-large", "inflated-too-large", "busy")


class ContractApi(Api):
    """flask-smorest's Api without its error handlers: `problem_handlers.py` makes all error responses."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass


class _Converter(OpenAPIConverter):
    def schema2jsonschema(self, schema: Any) -> dict[str, Any]:
        described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]  # apispec's
        instance = schema() if isinstance(schema, type) else schema
        described.setdefault("description", cleandoc(type(instance).__doc__ or ""))  # Python 3.13 removes indents by itself
        return described | dict(getattr(instance, "json_schema", {}))


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract of an application, serialized once because it is the same for every request."""

    as_json: bytes
    as_yaml: bytes


def create_contract_api(app: Flask) -> ContractApi:
    """Creates the flask-smorest extension, which collects the contract from the blueprints registered on it.

    It also sets the application's JSON provider.
    """
    app.json = CompactJSON(app)
    return ContractApi(
        app,
        spec_kwargs={
            "title": "Nutgraf",
            "version": __version__,
            "openapi_version": "3.1.0",
            "marshmallow_plugin": _Plugin(),
            "info": {"description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}},
        },
    )


def serialized_contract(app: Flask) -> Contract:
    """Returns the contract of an application as JSON and as YAML.

    The first call serializes it and stores it in the application; the server makes that call before it forks.
    """
    extensions = app.extensions
    if "nutgraf-contract" not in extensions:
        spec = specification(app)
        compact = json.dumps(spec, ensure_ascii=False).encode()
        extensions["nutgraf-contract"] = Contract(compact, as_yaml(spec).encode())
    written: Contract = extensions["nutgraf-contract"]
    return written


def documented(*slugs: str) -> Callable[[View], View]:
    """Returns a decorator that documents the problems a view may answer with, each with an example.

    `slugs` are the keys of PROBLEM_TYPES; problems with the same status share one response in the contract.
    """

    def decorate(view: View) -> View:
        for status in sorted({PROBLEM_TYPES[slug].status for slug in slugs}):
            types = [PROBLEM_TYPES[slug] for slug in slugs if PROBLEM_TYPES[slug].status == status]
            view = ResponseMixin().alt_response(
                status,
                schema=ProblemSchema,
                content_type=MEDIA_TYPE,
                description=" ".join(f"{problem_type.title}." for problem_type in types),
                examples={
                    problem_type.slug: {"summary": problem_type.title, "value": example_body(problem_type)}
                    for problem_type in types
                },
            )(view)
        return view

    return decorate


def specification(app: Flask) -> dict[str, Any]:
    """Returns the contract of an application as an OpenAPI 3.1 object, in an order that is easy to read.

    Paths keep the order of registration, and responses are sorted by status.
    """
    # A copy, because apispec returns its own internal dicts.
    spec: dict[str, Any] = deepcopy(app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict())
    for operations in spec["paths"].values():
        for operation in operations.values():
            if "responses" in operation:
                if not PUBLIC_BLUEPRINTS.intersection(operation["tags"]):
                    _add_security(operation)
                operation["responses"] = dict(sorted(operation["responses"].items()))
    spec["components"]["securitySchemes"] = _SCHEMES
    # The answer has several media types, but flask-smorest documents only one per status.
    answer = spec["paths"]["/summarize"]["post"]["responses"]["200"]
    for media_type in dict.fromkeys(media_type for media_type, _ in formats.OUTPUTS.values()):
        answer["content"].setdefault(media_type, {"schema": {"type": "object" if "json" in media_type else "string"}})
    first = ("openapi", "info", "tags", "paths")
    return {name: spec[name] for name in first} | spec


def _add_security(operation: dict[str, Any]) -> None:
    """Adds, in place, the security schemes and the problems of all protected operations.

    The schemes are optional in the contract: a service without any key answers without one.
    """
    is_signed = bool(SIGNED_BLUEPRINTS.intersection(operation["tags"]))
    if not is_signed:
        operation["security"] = [*({name: []} for name in _SCHEMES), {}]
    slugs = (
        *(() if is_signed else _KEY_PROBLEMS),
        "limit-exceeded",
        *(_BODY_PROBLEMS if "requestBody" in operation else ()),
    )
    for slug in slugs:
        problem_type = PROBLEM_TYPES[slug]
        response = operation["responses"].setdefault(str(problem_type.status), {"description": ""})
        content = response.setdefault("content", {}).setdefault(MEDIA_TYPE, {"schema": _PROBLEM, "examples": {}})
        if slug not in content["examples"]:
            response["description"] = f"{response['description']} {problem_type.title}.".strip()
            content["examples"][slug] = {
                "summary": problem_type.title,
                "value": problem_type.body(problem_type.example, EXAMPLE_ID),
            }


def as_yaml(spec: Any) -> str:
    """Returns the contract as the text of `openapi.yaml`."""
    return yaml.dump(spec, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and repeats equal values instead of using YAML anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
