"""Turns exceptions into application/problem+json responses (RFC 9457). No other module of the application makes them.

A browser that opens an address that does not exist or accepts only POST gets the problem as an HTML page. What never reaches
Flask, such as a malformed head, is answered in server/gunicorn_worker.py.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, render_template, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected, HTTPException

from nutgraf.errors import pluralize
from nutgraf.service.problems import Problem, problem, problem_of
from nutgraf.service.schemas.problem_types import MEDIA_TYPE, PROBLEM_TYPES

_CHALLENGES = {"key-missing": 'Bearer realm="nutgraf"', "key-unknown": 'Bearer realm="nutgraf", error="invalid_token"'}
_BY_STATUS = {
    400: "bad-request", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "body-too-large",
    415: "unsupported-media-type", 429: "limit-exceeded",
}  # fmt: skip


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Registers handlers that turn every exception of a request into a problem response.

    They cover errors of Flask and Werkzeug, invalid chunked bodies, validation errors, and all other exceptions.
    """

    def on_http_error(error: HTTPException) -> Response:
        return _of_http_error(error, settings["client_seconds"])

    def on_error(error: Exception) -> Response:
        return response(problem_of(error, g.get("request_id", "")))

    def on_bad_chunks(error: ParseException) -> Response:
        return response(problem("bad-request", "The chunked encoding of the body is not valid."))

    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(ParseException, on_bad_chunks)
    app.register_error_handler(Exception, on_error)


def response(problem: Problem) -> Response:
    """Returns the response for a problem: its status and its body as application/problem+json.

    Problems that may go away carry Retry-After, and problems with API keys WWW-Authenticate.
    """
    # Text that is quoted from a request may contain a lone surrogate, which UTF-8 can't encode.
    text = json.dumps(problem.body(g.get("request_id", "")), ensure_ascii=False).encode(errors="replace")
    problem_type = PROBLEM_TYPES[problem.slug]
    headers = {"Retry-After": str(problem_type.retry_seconds)} if problem_type.retry_seconds else {}
    if problem.slug in _CHALLENGES:
        headers["WWW-Authenticate"] = _CHALLENGES[problem.slug]
    return Response(text, problem.status, headers, content_type=MEDIA_TYPE)


def _of_http_error(error: HTTPException, client_seconds: int) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect by Flask's router
        return error.get_response()  # type: ignore[return-value]  # werkzeug's base class of Flask's
    if status == 413:
        detail = f"The body may have at most {request.max_content_length} bytes."
    elif status == 429:
        detail = f"The rate limit is {error.description}."
    elif isinstance(error, ClientDisconnected):
        return response(_incomplete_body(error, client_seconds))
    else:
        detail = error.description or error.name
    if status >= 500:
        return response(problem("internal-error", "The server's log has the details under this request's id."))
    refused = problem(_BY_STATUS.get(status, "request-refused"), detail, status)
    answer = (
        _page_or_document(refused) if request.routing_exception and request.method in ("GET", "HEAD") else response(refused)
    )
    answer.headers.extend((key, value) for key, value in error.get_headers() if key in ("Allow", "Retry-After"))
    return answer


def _page_or_document(problem: Problem) -> Response:
    """The problem as a page for browsers, which prefer text/html, and as a document for all others."""
    accepted = request.accept_mimetypes
    if accepted["text/html"] > max(accepted[MEDIA_TYPE], accepted["application/json"]):
        page = render_template("problem.html", problem=PROBLEM_TYPES[problem.slug], detail=problem.detail)
        answer = Response(page, problem.status, content_type="text/html; charset=utf-8")
    else:
        answer = response(problem)
    answer.vary.add("Accept")
    return answer


def _incomplete_body(error: ClientDisconnected, client_seconds: int) -> Problem:
    """The problem of a body that arrived too late or not completely."""
    if isinstance(error.__context__, TimeoutError):
        return problem("too-late", f"The request did not arrive within {pluralize(client_seconds, 'second')}.")
    return problem("bad-request", "The body is shorter than its Content-Length.")
