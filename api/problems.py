"""Exceptions -> application/problem+json (RFC 9457). No other module makes an error body."""

import json
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, g, request
from flask_smorest.response import ResponseMixin
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from api.jobs.database import StorageUnavailable
from api.jobs.hooks import BadSignature, HookOff
from api.jobs.store import BadCursor, KeyReused, NoSuchJob
from api.nltk_data import COMMAND
from api.schemas.response import ProblemSchema
from api.strictjson import MalformedJSON
from api.summarizer import NoUsableText
from api.summarizer.errors import BadMark, MissingData

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
# So many wrong fields are named; a client that sends more has one mistake, not a thousand.
MOST_ERRORS = 100

log = logging.getLogger("nutgraf")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its page is `/problems/<slug>`; `advice` says what to do about it, `example` is a detail."""

    slug: str
    status: int
    title: str
    advice: str
    example: str


_TABLE = (
    Problem(
        "bad-request", 400, "The request can't be read",
        "Compare the request with the documentation at /docs.",
        "The browser (or proxy) sent a request that this server could not understand.",
    ),
    Problem(
        "malformed-json", 400, "The body is not JSON that can be read",
        "Send one JSON object in UTF-8. A key that stands twice in an object, NaN, Infinity, nesting without end and "
        "numbers of thousands of digits are refused, because two programs could read them in two ways.",
        "The body is not JSON: Expecting value at line 1, column 1.",
    ),
    Problem(
        "not-found", 404, "There is nothing at this address",
        "The addresses that there are stand at /docs.",
        "The requested URL was not found on the server.",
    ),
    Problem(
        "method-not-allowed", 405, "This address does not answer to that method",
        "The header Allow lists the methods that it does answer to.",
        "The method is not allowed for the requested URL.",
    ),
    Problem(
        "not-acceptable", 406, "No answer in the media types asked for",
        "Send Accept: application/json, or no Accept header.",
        "Answers are application/json.",
    ),
    Problem(
        "body-too-large", 413, "The body is larger than this service takes",
        "Send fewer articles at a time, or have the setting NUTGRAF_MAX_BODY_BYTES raised.",
        "The body may have at most 8388608 bytes.",
    ),
    Problem(
        "unsupported-media-type", 415, "The body's media type is not supported",
        "Send JSON with the header Content-Type: application/json.",
        "Send JSON with the header Content-Type: application/json.",
    ),
    Problem(
        "invalid-request", 422, "The request is not valid",
        "Each entry of errors has a JSON pointer to a field and a sentence about it. Fields that this version does not "
        "know are refused by name, so that a misspelt option never goes unnoticed.",
        "One field can't be used; `errors` says where and why.",
    ),
    Problem(
        "no-usable-text", 422, "No article has a sentence",
        "A sentence has at least one letter or digit. Check that the articles' text arrives as it should.",
        "No article has a sentence: a sentence has at least one letter or digit.",
    ),
    Problem(
        "bad-mark", 422, "A pinned or banned sentence can't be",
        "Name sentences as the answer does: by `article_id` and `sentence_index`. Pin only sentences of articles that may "
        "be quoted, and no more than the length holds.",
        "Sentence 40 of article 'ap-1' can't be pinned: it has 18 sentences, from 0.",
    ),
    Problem(
        "idempotency-key-reused", 422, "The idempotency key came back with another body",
        "Use a new Idempotency-Key for every new job; send the same key only to repeat the very same request.",
        "The idempotency key was used before, with another body.",
    ),
    Problem(
        "bad-signature", 401, "The call is not signed as the CMS signs",
        "Compare the secret in the CMS with that of the service, and the clocks of both machines. Whatever stands between "
        "them must pass the body on as it is.",
        "The signature in X-Ghost-Signature is of another body or secret.",
    ),
    Problem(
        "hook-off", 403, "The service takes no calls from this CMS",
        "Whoever runs the service turns the hook on with a setting that holds the secret which the CMS signs with.",
        "Set NUTGRAF_GHOST_SECRETS to what Ghost signs with.",
    ),
    Problem(
        "request-refused", 400, "The request was refused",
        "Compare the request with the documentation at /docs.",
        "The server refuses the request.",
    ),
    Problem(
        "internal-error", 500, "Something went wrong in the service",
        "The fault is the service's. Give the request id of the answer to whoever runs it: the log has the details.",
        "The log has the details under the request's id.",
    ),
    Problem(
        "not-ready", 503, "The service can't summarize yet",
        f"Its tokenizer data is missing. Whoever runs it sets the data up with `{COMMAND}` and starts the service again.",
        f"NLTK data is missing: tokenizers/punkt_tab. Set it up with `{COMMAND}`.",
    ),
    Problem(
        "storage-unavailable", 503, "Jobs can't be stored or read right now",
        "Send the request again later. Whoever runs the service looks at the database, its disk and its folder; what was "
        "acknowledged is safe, and goes on by itself.",
        "The jobs' database does not answer.",
    ),
)  # fmt: skip
PROBLEMS = {kind.slug: kind for kind in _TABLE}
_BY_STATUS = {
    400: "bad-request", 404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "body-too-large",
    415: "unsupported-media-type",
}  # fmt: skip


def register(app: Flask) -> None:
    """Makes a problem of every exception that leaves a view."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(MalformedJSON, lambda error: problem("malformed-json", str(error)))
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(NoUsableText, lambda error: problem("no-usable-text", str(error)))
    app.register_error_handler(BadMark, lambda error: problem("bad-mark", str(error)))
    app.register_error_handler(KeyReused, lambda error: problem("idempotency-key-reused", str(error)))
    app.register_error_handler(BadSignature, lambda error: problem("bad-signature", str(error)))
    app.register_error_handler(HookOff, lambda error: problem("hook-off", str(error)))
    app.register_error_handler(NoSuchJob, lambda error: problem("not-found", "No job has this id, or it has expired."))
    app.register_error_handler(BadCursor, lambda error: _invalid(ValidationError({"cursor": [str(error)]})))
    app.register_error_handler(StorageUnavailable, _no_storage)
    app.register_error_handler(MissingData, lambda error: problem("not-ready", str(error)))
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
    body = _body(kind, status, detail, g.get("request_id", ""))
    if errors is not None:
        body["errors"] = errors
    # What is quoted from a request may hold half a surrogate pair, which has no UTF-8.
    text = json.dumps(body, ensure_ascii=False).encode(errors="replace")
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}
    return Response(text, status, headers, content_type=MEDIA_TYPE)


def as_json(slug: str, detail: str, request_id: str) -> bytes:
    """The problem as JSON text, for where no request is being answered."""
    kind = PROBLEMS[slug]
    return json.dumps(_body(kind, kind.status, detail, request_id), ensure_ascii=False).encode()


def _body(kind: Problem, status: int, detail: str, request_id: str) -> dict[str, Any]:
    return {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": status,
        "detail": detail,
        "instance": f"urn:nutgraf:request:{request_id}",
    }


def _example(kind: Problem) -> dict[str, Any]:
    body = _body(kind, kind.status, kind.example, "0f8fad5bd9cb469fa16570867728950e")
    if kind.slug == "invalid-request":
        body["errors"] = [{"pointer": "/articles/0/text", "detail": "Must be text."}]
    return body


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect of the router's
        return error.get_response()  # type: ignore[return-value]  # werkzeug's base class of Flask's
    if status == 413:
        detail = f"The body may have at most {request.max_content_length} bytes."
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


def _no_storage(error: StorageUnavailable) -> Response:
    log.warning("request %s: the jobs' database does not answer (%s)", g.get("request_id", ""), error)
    return problem("storage-unavailable", "The jobs' database does not answer.")


def _unexpected(error: Exception) -> Response:
    # Frames and lines of ours, but not the message: it may quote the text of an article.
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("request %s failed: %s\n%s", g.get("request_id", ""), type(error).__name__, frames)
    return problem("internal-error", "The log has the details under the request's id.")
