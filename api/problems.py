"""Exceptions -> application/problem+json (RFC 9457). No other module makes an error body."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask_smorest.response import ResponseMixin
from gunicorn.http.errors import ParseException
from marshmallow import ValidationError
from werkzeug.exceptions import ClientDisconnected, HTTPException

from api.bounds import TooSlow
from api.jobs.database import StorageUnavailable
from api.jobs.hooks import BadSignature, HookOff
from api.jobs.store import BadCursor, KeyReused, NoSuchJob
from api.kinds import EXAMPLE_ID, MEDIA_TYPE, PROBLEMS, Problem
from api.lanes import Busy
from api.observability.logs import frames, log
from api.schemas.response import ProblemSchema
from api.security.admission import InflatedTooLarge, NotGzip
from api.security.keys import BadKeys, KeyMissing, KeyUnknown
from api.strictjson import MalformedJSON
from api.summarizer import NoUsableText
from api.summarizer.errors import BadMark, MissingData, TooManySentences

_CHALLENGES = {"key-missing": 'Bearer realm="nutgraf"', "key-unknown": 'Bearer realm="nutgraf", error="invalid_token"'}
# So many wrong fields are named; a client that sends more has one mistake, not a thousand.
MOST_ERRORS = 100

View = TypeVar("View", bound=Callable[..., Any])

_BY_STATUS = {
    400: "bad-request", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "body-too-large",
    415: "unsupported-media-type", 429: "limit-exceeded",
}  # fmt: skip
# What is raised on purpose, and the problem that it is; its sentence is the detail.
_BY_CLASS: dict[type[Exception], str] = {
    MalformedJSON: "malformed-json", NotGzip: "not-gzip", InflatedTooLarge: "inflated-too-large", KeyMissing: "key-missing",
    KeyUnknown: "key-unknown", NoUsableText: "no-usable-text", TooManySentences: "too-many-sentences", BadMark: "bad-mark",
    MissingData: "not-ready", Busy: "busy", TooSlow: "too-slow", KeyReused: "idempotency-key-reused",
    BadSignature: "bad-signature", HookOff: "hook-off",
}  # fmt: skip


def register(app: Flask) -> None:
    """Makes a problem of every exception that leaves a view."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ValidationError, _invalid)
    for kind, slug in _BY_CLASS.items():
        app.register_error_handler(kind, lambda error, slug=slug: problem(slug, str(error)))
    app.register_error_handler(NoSuchJob, lambda error: problem("not-found", "No job has this id, or it has expired."))
    app.register_error_handler(BadCursor, lambda error: _invalid(ValidationError({"cursor": [str(error)]})))
    app.register_error_handler(StorageUnavailable, _no_storage)
    app.register_error_handler(BadKeys, _keys)
    app.register_error_handler(ParseException, lambda error: problem("bad-request", "The body's chunks can't be read."))
    app.register_error_handler(Exception, _unexpected)


def pointers(error: ValidationError) -> Iterator[tuple[str, str]]:
    """marshmallow's nested messages -> JSON pointers (RFC 6901), each with one sentence."""
    yield from _walk(error.normalized_messages(), "")  # type: ignore[no-untyped-call]  # marshmallow's


def _walk(messages: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, nested in messages.items():
            name = str(key).replace("~", "~0").replace("/", "~1")
            yield from _walk(nested, pointer if key == "_schema" else f"{pointer}/{name}")
    elif isinstance(messages, (list, tuple)):
        for message in messages:
            yield from _walk(message, pointer)
    else:
        yield pointer, str(messages)


def documented(*slugs: str) -> Callable[[View], View]:
    """A decorator that documents which problems a view may answer with, each with an example."""

    def decorate(view: View) -> View:
        for status in sorted({PROBLEMS[slug].status for slug in slugs}):
            kinds = [PROBLEMS[slug] for slug in slugs if PROBLEMS[slug].status == status]
            view = ResponseMixin().alt_response(
                status,
                schema=ProblemSchema,
                content_type=MEDIA_TYPE,
                description=" ".join(f"{kind.title}." for kind in kinds),
                examples={kind.slug: {"summary": kind.title, "value": _example(kind)} for kind in kinds},
            )(view)
        return view

    return decorate


def problem(slug: str, detail: str, *, status: int | None = None, errors: list[dict[str, str]] | None = None) -> Response:
    """A response with the problem as its body; `status` where the kind alone does not say."""
    kind = PROBLEMS[slug]
    status = status or kind.status
    body = kind.body(detail, g.get("request_id", ""), status)
    if errors is not None:
        body["errors"] = errors
    # What is quoted from a request may hold half a surrogate pair, which has no UTF-8.
    text = json.dumps(body, ensure_ascii=False).encode(errors="replace")
    headers = {"Retry-After": str(kind.retry_seconds)} if kind.retry_seconds else {}
    if slug in _CHALLENGES:
        headers["WWW-Authenticate"] = _CHALLENGES[slug]
    return Response(text, status, headers, content_type=MEDIA_TYPE)


def as_json(slug: str, detail: str, request_id: str) -> bytes:
    """The problem as JSON text, for where no request is being answered."""
    return json.dumps(PROBLEMS[slug].body(detail, request_id), ensure_ascii=False).encode()


def _example(kind: Problem) -> dict[str, Any]:
    body = kind.body(kind.example, EXAMPLE_ID)
    if kind.slug == "invalid-request":
        body["errors"] = [{"pointer": "/articles/0/text", "detail": "Must be text."}]
    return body


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect of the router's
        return error.get_response()  # type: ignore[return-value]  # werkzeug's base class of Flask's
    if status == 413:
        detail = f"The body may have at most {request.max_content_length} bytes."
    elif status == 429:
        detail = f"The limit is {error.description}."
    elif isinstance(error, ClientDisconnected):
        return _unfinished(error)
    else:
        detail = error.description or error.name
    if status >= 500:
        return problem("internal-error", "The log has the details under the request's id.")
    response = problem(_BY_STATUS.get(status, "request-refused"), detail, status=status)
    response.headers.extend((key, value) for key, value in error.get_headers() if key in ("Allow", "Retry-After"))
    return response


def _invalid(error: ValidationError) -> Response:
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in pointers(error)]
    count = len(errors)
    detail = "One field can't be used" if count == 1 else f"{count} fields can't be used"
    return problem("invalid-request", f"{detail}; `errors` says where and why.", errors=errors[:MOST_ERRORS])


def _unfinished(error: ClientDisconnected) -> Response:
    """A body that stopped coming: its time was over, or its end never came."""
    if isinstance(error.__context__, TimeoutError):
        seconds = current_app.config["NUTGRAF_CLIENT_SECONDS"]
        return problem("too-late", f"The request did not arrive within {seconds} seconds.")
    return problem("bad-request", "The body ends before the length that its header gives.")


def _no_storage(error: StorageUnavailable) -> Response:
    log.warning("storage-unavailable", request_id=g.get("request_id", ""), detail=str(error))
    return problem("storage-unavailable", "The jobs' database does not answer.")


def _keys(error: BadKeys) -> Response:
    log.error("keys-unreadable", detail=str(error))
    return problem("keys-unreadable", "The keys can't be read.")


def _unexpected(error: Exception) -> Response:
    log.error("request-failed", request_id=g.get("request_id", ""), error=type(error).__name__, frames=frames(error))
    return problem("internal-error", "The log has the details under the request's id.")
