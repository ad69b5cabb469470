"""Which form the caller wants the answer in, and the answer in it."""

from typing import Any

from flask import Response, current_app, request

from api import formats
from api.schemas.response import SummarizeResponseSchema


def written(answer: dict[str, Any], output: str | None) -> dict[str, Any] | Response:
    """The answer as `output` or the request's Accept header asks for it; our own JSON as the value that it is."""
    output = output or formats.ACCEPTED[request.accept_mimetypes.best_match(formats.ACCEPTED) or "application/json"]
    if output == "json":
        return answer
    media_type, write = formats.OUTPUTS[output]
    value = write(SummarizeResponseSchema().dump(answer))
    body = value if isinstance(value, str) else current_app.json.dumps(value)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, content_type=f"{media_type}{charset}", headers={"Vary": "Accept"})
