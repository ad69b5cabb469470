"""POST /summarize and what describes the service: load -> call -> dump."""

from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from werkzeug.exceptions import NotAcceptable

from api import bounds, formats, profiles
from api.answers import answer
from api.contract import Documented, as_yaml, specification
from api.formats import describe
from api.observability import metrics
from api.outputs import written
from api.problems import documented
from api.samples import sample
from api.schemas.request import SummarizeRequest, SummarizeRequestSchema
from api.schemas.response import FormatsSchema, LanguagesSchema, ProfilesSchema, SummarizeResponseSchema, VersionSchema
from api.strictjson import BodyParser
from api.summarizer.language import languages
from api.version import NAME, VERSION

summaries = Blueprint("Summaries", __name__, description="From articles to a summary and headlines.")
summaries.ARGUMENTS_PARSER = BodyParser()
about = Blueprint("About", __name__, description="What the service is and can do.")


def register(api: Documented) -> None:
    """Adds the routes to the service and to its contract."""
    api.register_blueprint(summaries)
    api.register_blueprint(about)


@summaries.before_request
def _writes_what_is_accepted() -> None:
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(formats.ACCEPTED):
        raise NotAcceptable(f"Answers are {', '.join(formats.ACCEPTED)}.")


@summaries.post("/summarize")
@summaries.arguments(
    SummarizeRequestSchema,
    description="The articles, and what the summary shall be.",
    examples={
        "three-stories": {"summary": "Three stories about one event", "value": sample("ferry")},
        "newsroom": {"summary": "A question, a push alert, a copy and copy that is withheld", "value": sample("bridge")},
        "one-text": {"summary": "One text, defaults for the rest", "value": sample("short")},
        "lengths": {"summary": "Four lengths from one ranking, headlines for a narrow slot", "value": sample("lengths")},
        "hand": {"summary": "An editor's hand: a sentence pinned, one left out", "value": sample("hand")},
        "update": {"summary": "Only what is new since the version published", "value": sample("update")},
        "document": {"summary": "A CMS document in, Markdown out", "value": sample("document")},
    },
)
@summaries.response(
    200,
    SummarizeResponseSchema,
    description="The summary, headlines and key terms.",
    examples={
        "three-stories": {"summary": "Three stories about one event", "value": sample("ferry-answer")},
        "newsroom": {
            "summary": "A question, a push alert, a copy and copy that is withheld",
            "value": sample("bridge-answer"),
        },
    },
)
@documented(
    "malformed-json",
    "not-acceptable",
    "body-too-large",
    "unsupported-media-type",
    "invalid-request",
    "no-usable-text",
    "too-many-sentences",
    "bad-mark",
    "internal-error",
    "not-ready",
    "too-slow",
)
def summarize(body: SummarizeRequest) -> dict[str, Any] | Response:
    """Summarize a cluster of articles"""
    return written(metrics.counted(answer(body, bounds.of_this_request(metrics.step))), body.output)


@about.get("/languages")
@about.response(
    200,
    LanguagesSchema,
    description="By code.",
    example={"languages": [{"code": "en", "name": "English", "tokenizer": "punkt"}]},
)
def list_languages() -> dict[str, Any]:
    """List the languages that are told from one another"""
    return {
        "languages": [
            {"code": each.code, "name": each.name.capitalize(), "tokenizer": each.splitter} for each in languages()
        ]
    }


@about.get("/formats")
@about.response(
    200,
    FormatsSchema,
    description="By name.",
    example={
        "formats": [{"name": "ghost", "title": "Ghost webhook", "reads": "post.current", "writes": False, "media_types": []}]
    },
)
def list_formats() -> dict[str, Any]:
    """List the formats of CMS and wires, in and out"""
    return {"formats": [*map(describe, dict.fromkeys([*formats.FORMATS, *formats.OUTPUTS]))]}


@about.get("/profiles")
@about.response(
    200,
    ProfilesSchema,
    description="By name.",
    example={"profiles": [{"name": "push", "length": {"characters": 120}}]},
)
def list_profiles() -> dict[str, Any]:
    """List the named lengths"""
    return {"profiles": [{"name": name, "length": {each.unit: each.value}} for name, each in profiles.known().items()]}


@about.get("/version")
@about.response(200, VersionSchema, description="The service's version.", example={"name": NAME, "version": VERSION})
def version() -> dict[str, Any]:
    """Name the version that is running"""
    return {"name": NAME, "version": VERSION}


@about.get("/openapi.json")
@about.response(200, {"type": "object"}, description="The contract.", example={"openapi": "3.1.0"})
def openapi_json() -> Response:
    """Read the contract as JSON"""
    return _conditional(Response(current_app.json.dumps(specification(current_app)), content_type="application/json"))


@about.get("/openapi.yaml")
@about.response(
    200, {"type": "object"}, content_type="application/yaml", description="The contract.", example={"openapi": "3.1.0"}
)
def openapi_yaml() -> Response:
    """Read the contract as YAML"""
    return _conditional(Response(as_yaml(specification(current_app)), content_type="application/yaml"))


def _conditional(response: Response) -> Response:
    """With an entity tag, so that a client that has it gets a 304."""
    response.add_etag()
    response.make_conditional(request)
    return response
