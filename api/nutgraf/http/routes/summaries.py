"""POST /summarize: load -> respond."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from flask_smorest import Blueprint

from nutgraf.http.body import BodyParser
from nutgraf.http.negotiation import accepted_output
from nutgraf.http.openapi import documented
from nutgraf.samples import sample
from nutgraf.service.limits import Limits
from nutgraf.service.respond import respond
from nutgraf.service.schemas.request import SummarizeRequest, SummarizeRequestSchema
from nutgraf.service.schemas.response import SummarizeResponseSchema


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """Returns the route of `POST /summarize`, with the limits and length profiles of `settings`."""
    limits = Limits.from_settings(settings)
    routes = Blueprint("Summaries", __name__, description="Summaries and headlines of articles.")
    routes.ARGUMENTS_PARSER = BodyParser(settings)

    @routes.before_request
    def negotiate() -> None:
        g.accepted_output = accepted_output(request)

    @routes.post("/summarize")
    @routes.arguments(
        SummarizeRequestSchema(limits, settings["profiles"]),
        description="The articles and the options of the summary.",
        examples={
            "three-stories": {"summary": "Three stories about one event", "value": sample("ferry")},
            "newsroom": {"summary": "A query, a push alert, a duplicate and a withheld article", "value": sample("bridge")},
            "one-text": {"summary": "One text with the default options", "value": sample("short")},
            "lengths": {
                "summary": "Four lengths from one ranking, and headlines for a narrow slot",
                "value": sample("lengths"),
            },
            "hand": {"summary": "One sentence pinned and one banned by an editor", "value": sample("hand")},
            "update": {"summary": "Only what is new since the published version", "value": sample("update")},
            "document": {"summary": "A CMS document in, Markdown out", "value": sample("document")},
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
    def summarize(body: SummarizeRequest) -> Response:
        """Summarize a cluster of articles"""
        connection = request.environ.get("gunicorn.socket")  # only in the server
        client = None if connection is None else connection.fileno()
        reply = respond(body, limits, started=g.started, accepted=g.accepted_output, client=client)
        charset = "; charset=utf-8" if reply.media_type.startswith("text/") else ""
        return Response(reply.content, reply.status, {"Vary": "Accept"}, content_type=f"{reply.media_type}{charset}")

    return routes
