"""The contract: how marshmallow's schemas become OpenAPI, and `openapi.yaml`."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask
from flask_smorest import Api
from flask_smorest.response import ResponseMixin

from nutgraf import __version__, formats
from nutgraf.http.negotiation import CompactJSON
from nutgraf.http.security.authentication import API_KEY, OPEN_TO_ALL, SIGNED
from nutgraf.service.schemas.problem_types import EXAMPLE_ID, MEDIA_TYPE, PROBLEM_TYPES, example_body
from nutgraf.service.schemas.response import ProblemSchema

DESCRIPTION = """\
Summaries and headlines from news articles, for newsrooms, on their own machine.

Every sentence of a summary is quoted word for word, with the article and the place that it stands in; headlines are
made of the words of a title or a sentence. The same request gets the same answer. Nothing is kept."""


_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "apiKey": {"type": "apiKey", "in": "header", "name": API_KEY},
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
# What may happen before a view runs: to who sends a key, and to who sends a body.
_KEY_PROBLEMS = ("key-missing", "key-unknown", "keys-unreadable")
_BODY_PROBLEMS = ("not-gzip", "too-late", "body-too-large", "inflated-too-large", "busy")


class ContractApi(Api):
    """flask-smorest without its own error bodies: `problem_handlers.py` makes those."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass


class _Converter(OpenAPIConverter):
    def schema2jsonschema(self, schema: Any) -> dict[str, Any]:
        described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]  # apispec's
        instance = schema() if isinstance(schema, type) else schema
        described.setdefault("description", (type(instance).__doc__ or "").strip())
        return described | dict(getattr(instance, "json_schema", {}))


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract of an application as it is sent: the same for every request, and so written once."""

    as_json: bytes
    as_yaml: bytes


def contract_of(app: Flask) -> ContractApi:
    """The extension that collects the contract from the blueprints that are registered on it."""
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


def written_contract(app: Flask) -> Contract:
    """The contract as JSON and as YAML; the server asks for it once before it forks."""
    extensions = app.extensions
    if "nutgraf-contract" not in extensions:
        spec = specification(app)
        compact = json.dumps(spec, ensure_ascii=False).encode()
        extensions["nutgraf-contract"] = Contract(compact, as_yaml(spec).encode())
    written: Contract = extensions["nutgraf-contract"]
    return written


def documented(*slugs: str) -> Callable[[View], View]:
    """A decorator that documents which problems a view may answer with, each with an example."""

    def decorate(view: View) -> View:
        for status in sorted({PROBLEM_TYPES[slug].status for slug in slugs}):
            types = [PROBLEM_TYPES[slug] for slug in slugs if PROBLEM_TYPES[slug].status == status]
            view = ResponseMixin().alt_response(
                status,
                schema=ProblemSchema,
                content_type=MEDIA_TYPE,
                description=" ".join(f"{each.title}." for each in types),
                examples={each.slug: {"summary": each.title, "value": example_body(each)} for each in types},
            )(view)
        return view

    return decorate


def specification(app: Flask) -> dict[str, Any]:
    """The contract of an application, in the order in which a person reads it: addresses as registered, successes first."""
    # A copy, since apispec gives out the dicts that it keeps.
    spec: dict[str, Any] = deepcopy(app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict())
    for operations in spec["paths"].values():
        for operation in operations.values():
            if "responses" in operation:
                if not OPEN_TO_ALL.intersection(operation["tags"]):
                    _guard(operation)
                operation["responses"] = dict(sorted(operation["responses"].items()))
    spec["components"]["securitySchemes"] = _SCHEMES
    # An answer that is written in other forms too; flask-smorest documents one media type a status.
    answer = spec["paths"]["/summarize"]["post"]["responses"]["200"]
    for media_type in dict.fromkeys(media_type for media_type, _ in formats.OUTPUTS.values()):
        answer["content"].setdefault(media_type, {"schema": {"type": "object" if "json" in media_type else "string"}})
    first = ("openapi", "info", "tags", "paths")
    return {name: spec[name] for name in first} | spec


def _guard(operation: dict[str, Any]) -> None:
    """Adds what everything that needs a key may answer, in place; where no key is set up, none is needed."""
    is_signed = bool(SIGNED.intersection(operation["tags"]))
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
    """The contract as the text of `openapi.yaml`."""
    return yaml.dump(spec, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it reads, and what is said twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
