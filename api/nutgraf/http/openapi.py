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
from flask_smorest import Api, Blueprint
from flask_smorest.response import ResponseMixin

from nutgraf import __version__
from nutgraf.http.negotiation import CompactJSON
from nutgraf.http.security.authentication import API_KEY_HEADER, PUBLIC_BLUEPRINTS, SIGNED_BLUEPRINTS
from nutgraf.http.security.hook_signatures import SENDERS
from nutgraf.service.schemas.problem_types import EXAMPLE_ID, MEDIA_TYPE, PROBLEM_TYPES, example_body
from nutgraf.service.schemas.response import ProblemSchema

DESCRIPTION = """\
Summaries and headlines from news articles, for newsrooms, on their own machine.

Every sentence of a summary is quoted word for word, with its article and its position there; headlines consist of the
words of a title or a sentence. The same request always gets the same answer. Nothing is stored."""


_KEY_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "apiKey": {"type": "apiKey", "in": "header", "name": API_KEY_HEADER},
}
_SIGNATURE_SCHEMES = {
    f"{name}Signature": {"type": "apiKey", "in": "header", "name": cms.header, "description": "The signature of the body."}
    for name, cms in SENDERS.items()
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

    def _register_pagination_header(self) -> None:
        """Leaves out a component that no operation uses."""


class ContractBlueprint(Blueprint):
    """flask-smorest's Blueprint, extended by operation ids: the view `create_job` gets the id `createJob`."""

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Callable[..., Any] | None = None, **options: Any
    ) -> None:
        """Registers a view as an operation of the contract. Called by the decorators `get`, `post` and `delete`."""
        if view_func is not None:
            first, *others = view_func.__name__.split("_")
            view_func = self.doc(operationId=first + "".join(map(str.capitalize, others)))(view_func)
        super().add_url_rule(rule, endpoint, view_func, **options)


class _Converter(OpenAPIConverter):
    def schema2jsonschema(self, schema: Any) -> dict[str, Any]:
        described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]  # apispec's
        instance = schema() if isinstance(schema, type) else schema
        described.setdefault("description", cleandoc(type(instance).__doc__ or ""))  # Python 3.13 removes the indent itself
        return described | dict(getattr(instance, "json_schema", {}))

    def field2property(self, field: Any) -> dict[str, Any]:
        """The JSON Schema of a field. Defaults are part of the description.

        The keyword `default` is not used: client generators turn it into required properties, or into properties that are
        always sent with the default of the version that the client was generated from.
        """
        described: dict[str, Any] = super().field2property(field)
        default = described.pop("default", None)
        if default is not None:
            described["description"] = f"{described.get('description', '')} Default: `{json.dumps(default)}`.".strip()
        return described


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
            "servers": [{"url": "/"}],  # the server from which the contract was read
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
                _add_security(operation)
                operation["responses"] = dict(sorted(operation["responses"].items()))
    spec["components"]["securitySchemes"] = _KEY_SCHEMES | _SIGNATURE_SCHEMES
    first = ("openapi", "info", "servers", "tags", "paths")
    return {name: spec[name] for name in first} | spec


def _add_security(operation: dict[str, Any]) -> None:
    """Adds, in place, the authentication of a caller, and the problems that can occur before the view runs.

    Keys are optional in the contract: a service without any key answers without one.
    """
    slugs: tuple[str, ...]
    if PUBLIC_BLUEPRINTS.intersection(operation["tags"]):
        operation["security"] = []
        slugs = ("bad-request",)
    elif SIGNED_BLUEPRINTS.intersection(operation["tags"]):
        operation["security"] = [{name: []} for name in _SIGNATURE_SCHEMES]
        slugs = ("limit-exceeded",)
    else:
        operation["security"] = [*({name: []} for name in _KEY_SCHEMES), {}]
        slugs = (*_KEY_PROBLEMS, "limit-exceeded")
    if "requestBody" in operation:
        slugs += _BODY_PROBLEMS
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
