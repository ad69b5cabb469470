"""Exceptions -> the problems (RFC 9457) that answer a request, whoever asked: HTTP, a job or a batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from nutgraf.errors import NutgrafError
from nutgraf.observability.logs import frames, log
from nutgraf.service.schemas.problem_types import PROBLEM_TYPES

# So many wrong fields are named; a client that sends more has one mistake, not a thousand.
MAX_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem: the slug of its type, what happened, the HTTP status, and the fields that can't be used."""

    slug: str
    detail: str
    status: int
    errors: Sequence[Mapping[str, str]] | None = None

    def body(self, request_id: str) -> dict[str, Any]:
        """The body of `application/problem+json` for the request of that id."""
        body = PROBLEM_TYPES[self.slug].body(self.detail, request_id, self.status)
        return body if self.errors is None else {**body, "errors": [*self.errors]}


def problem(slug: str, detail: str, status: int | None = None) -> Problem:
    """A problem of a type; `status` where the type alone does not say."""
    return Problem(slug, detail, status or PROBLEM_TYPES[slug].status)


def problem_of(error: Exception, request_id: str) -> Problem:
    """The problem that an exception is; the log gets what the caller must not see."""
    if isinstance(error, ValidationError):
        return invalid_request(list(pointers(error)))
    if not isinstance(error, NutgrafError):
        log.error("request-failed", request_id=request_id, error=type(error).__name__, frames=frames(error))
        return problem("internal-error", "The log has the details under the request's id.")
    if error.pointer is not None:
        return invalid_request([(error.pointer, str(error))])
    if error.public_detail is not None:
        log.error(error.problem_type, request_id=request_id, detail=str(error))
        return problem(error.problem_type, error.public_detail)
    return problem(error.problem_type, str(error))


def invalid_request(errors: Sequence[tuple[str, str]]) -> Problem:
    """The problem of a request whose fields can't be used: JSON pointers, each with one sentence."""
    count = len(errors)
    detail = "One field can't be used" if count == 1 else f"{count} fields can't be used"
    listed = [{"pointer": pointer, "detail": detail} for pointer, detail in errors[:MAX_ERRORS]]
    return Problem("invalid-request", f"{detail}; `errors` says where and why.", 422, listed)


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
