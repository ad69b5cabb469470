"""Exceptions -> application/problem+json (RFC 9457). No other module makes an error response."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected, HTTPException

from nutgraf.service.problems import Problem, problem, problem_of
from nutgraf.service.schemas.problem_types import MEDIA_TYPE, PROBLEM_TYPES

_CHALLENGES = {"key-missing": 'Bearer realm="nutgraf"', "key-unknown": 'Bearer realm="nutgraf", error="invalid_token"'}
_BY_STATUS = {
    400: "bad-request", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "body-too-large",
    415: "unsupported-media-type", 429: "limit-exceeded",
}  # fmt: skip


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Makes a problem of every exception that leaves a view."""

    def on_http_error(error: HTTPException) -> Response:
        return _of_http_error(error, settings["client_seconds"])

    def on_error(error: Exception) -> Response:
        return response(problem_of(error, g.get("request_id", "")))

    def on_bad_chunks(error: ParseException) -> Response:
        return response(problem("bad-request", "The body's chunks can't be read."))

    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(ParseException, on_bad_chunks)
    app.register_error_handler(Exception, on_error)


def response(problem: Problem) -> Response:
    """A response with the problem as its body."""
    # What is quoted from a request may hold half a surrogate pair, which has no UTF-8.
    text = json.dumps(problem.body(g.get("request_id", "")), ensure_ascii=False).encode(errors="replace")
    problem_type = PROBLEM_TYPES[problem.slug]
    headers = {"Retry-After": str(problem_type.retry_seconds)} if problem_type.retry_seconds else {}
    if problem.slug in _CHALLENGES:
        headers["WWW-Authenticate"] = _CHALLENGES[problem.slug]
    return Response(text, problem.status, headers, content_type=MEDIA_TYPE)


def _of_http_error(error: HTTPException, client_seconds: int) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect of the router's
        return error.get_response()  # type: ignore[return-value]  # werkzeug's base class of Flask's
    if status == 413:
        detail = f"The body may have at most {request.max_content_length} bytes."
    elif status == 429:
        detail = f"The limit is {error.description}."
    elif isinstance(error, ClientDisconnected):
        return response(_unfinished(error, client_seconds))
    else:
        detail = error.description or error.name
    if status >= 500:
        return response(problem("internal-error", "The log has the details under the request's id."))
    answer = response(problem(_BY_STATUS.get(status, "request-refused"), detail, status))
    answer.headers.extend((key, value) for key, value in error.get_headers() if key in ("Allow", "Retry-After"))
    return answer


def _unfinished(error: ClientDisconnected, client_seconds: int) -> Problem:
    """A body that stopped coming: its time was over, or its end never came."""
    if isinstance(error.__context__, TimeoutError):
        return problem("too-late", f"The request did not arrive within {client_seconds} seconds.")
    return problem("bad-request", "The body ends before the length that its header gives.")
