"""POST /summarize and POST /summarize/<output>: load -> respond."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.http.body import BodyParser
from nutgraf.http.negotiation import accepted_output
from nutgraf.http.openapi import ContractBlueprint, View, documented
from nutgraf.samples import sample
from nutgraf.service.limits import Limits
from nutgraf.service.respond import respond
from nutgraf.service.schemas.request import SummarizeRequest, SummarizeRequestSchema
from nutgraf.service.schemas.response import SummarizeResponseSchema

_PROBLEMS = (
    "malformed-json",
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


def blueprint(settings: Mapping[str, Any]) -> ContractBlueprint:
    """Returns the routes that summarize, with the limits and length profiles of `settings`.

    `POST /summarize` answers the JSON of the contract, and `POST /summarize/<output>` what a CMS stores, or prose.
    """
    limits = Limits.from_settings(settings)
    schema = SummarizeRequestSchema(limits, settings["profiles"])
    routes = ContractBlueprint("Summaries", __name__, description="Summaries and headlines of articles.")
    routes.ARGUMENTS_PARSER = BodyParser(settings)

    @routes.before_request
    def negotiate() -> None:
        """Before the body is read. A path that names its output answers in that one, whatever `Accept` says."""
        g.accepted_output = (request.view_args or {}).get("output") or accepted_output(request)

    def answer(body: SummarizeRequest) -> Response:
        connection = request.environ.get("gunicorn.socket")  # only in the server
        client = None if connection is None else connection.fileno()
        reply = respond(body, limits, started=g.started, default_output=g.accepted_output, client=client)
        charset = "; charset=utf-8" if reply.media_type.startswith("text/") else ""
        return Response(reply.content, reply.status, content_type=f"{reply.media_type}{charset}")

    @routes.post("/summarize")
    @routes.arguments(
        schema,
        description="The articles and the options of the summary.",
        examples={
            "three-stories": {"summary": "Three stories about one event", "value": sample("ferry")},
            "newsroom": {"summary": "A query, a push alert, a duplicate and a withheld article", "value": sample("bridge")},
            "one-text": {"summary": "One text with the default options", "value": sample("short")},
            "variants": {
                "summary": "Four lengths from one ranking, and headlines for a narrow slot",
                "value": sample("variants"),
            },
            "pins-and-bans": {
                "summary": "One sentence pinned and one banned by an editor",
                "value": sample("pins-and-bans"),
            },
            "background": {"summary": "Only what is new since the published version", "value": sample("background")},
        },
    )
    @routes.response(
        200,
        SummarizeResponseSchema,
        description="The summary, headlines and key terms.",
        examples={
            "three-stories": {"summary": "Three stories about one event", "value": sample("ferry-answer")},
            "newsroom": {
                "summary": "A query, a push alert, a duplicate and a withheld article",
                "value": sample("bridge-answer"),
            },
        },
    )
    @documented(*_PROBLEMS, "not-acceptable")
    def summarize(body: SummarizeRequest) -> Response:
        """Summarize a cluster of articles"""
        response = answer(body)
        response.vary.add("Accept")
        return response

    @routes.post(f"/summarize/<any({', '.join(map(repr, formats.OUTPUTS))}):output>")
    @routes.arguments(
        schema,
        description="The articles and the options of the summary, without `output`.",
        examples={"document": {"summary": "A document of a CMS", "value": sample("document")}},
    )
    @_answers_in_outputs
    @documented(*_PROBLEMS, "not-found")
    def summarize_as(body: SummarizeRequest, output: str) -> Response:
        """Summarize a cluster of articles for a CMS, or as text, Markdown or HTML"""
        if body.output is not None:
            raise ValidationError({"output": ["Must not be sent: the path names the output."]})
        return answer(body)

    return routes


def _answers_in_outputs(view: View) -> View:
    """Documents the answers of the outputs; flask-smorest documents one media type of a status.

    Text comes first: generators that support one media type take the first one, and all outputs can be read as text.
    """
    media_types = sorted({media_type for media_type, _ in formats.OUTPUTS.values()}, key=lambda name: ("json" in name, name))
    content = {name: {"schema": {"type": "object" if "json" in name else "string"}} for name in media_types}
    answers = {"200": {"description": "The summary and its headlines, as the output has them.", "content": content}}
    documented_view: View = ContractBlueprint.doc(responses=answers)(view)
    return documented_view
