"""POST /stories: load -> respond."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request

from nutgraf.http.body import BodyParser
from nutgraf.http.openapi import ContractBlueprint, documented
from nutgraf.samples import sample
from nutgraf.service.limits import Limits
from nutgraf.service.respond import respond
from nutgraf.service.schemas.stories import StoriesRequest, StoriesRequestSchema, StoriesResponseSchema


def blueprint(settings: Mapping[str, Any]) -> ContractBlueprint:
    """Returns the route of `POST /stories`, with the limits and length profiles of `settings`."""
    limits = Limits.from_settings(settings)
    routes = ContractBlueprint("Stories", __name__, description="A mixed feed, grouped into stories.")
    routes.ARGUMENTS_PARSER = BodyParser(settings)

    @routes.post("/stories")
    @routes.arguments(
        StoriesRequestSchema(limits, settings["profiles"]),
        description="The articles of a feed, and the options of the summaries.",
        examples={
            "feed": {"summary": "Five articles about three events", "value": sample("feed")},
            "next-hour": {
                "summary": "An hour later: what was grouped before keeps its story",
                "value": sample("feed-later"),
            },
        },
    )
    @routes.response(
        200,
        StoriesResponseSchema,
        description="The stories, the largest first.",
        examples={"feed": {"summary": "Five articles about three events", "value": sample("feed-answer")}},
    )
    @documented(
        "malformed-json",
        "body-too-large",
        "unsupported-media-type",
        "invalid-request",
        "internal-error",
        "not-ready",
        "too-slow",
    )
    def group_stories(body: StoriesRequest) -> Response:
        """Group a feed into stories"""
        connection = request.environ.get("gunicorn.socket")  # only in the server
        client = None if connection is None else connection.fileno()
        reply = respond(body, limits, started=g.started, client=client)
        return Response(reply.content, reply.status, content_type=reply.media_type)

    return routes
