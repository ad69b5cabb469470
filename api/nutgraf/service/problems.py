"""Turns exceptions into problems (RFC 9457), for requests over HTTP, in jobs and in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from marshmallow import ValidationError

from nutgraf.errors import NutgrafError
from nutgraf.observability.logs import class_name, frames, log
from nutgraf.service.schemas.fields import MAX_ERRORS, UNKNOWN_FIELD
from nutgraf.service.schemas.problem_types import PROBLEM_TYPES

# How many invalid fields the `detail` of a problem names; `errors` lists more.
MAX_DETAILED_ERRORS = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem (RFC 9457) that answers a request.

    `slug` names its type, `detail` says what happened, and `status` is the HTTP status. `errors` lists invalid fields, each
    with a JSON pointer and a detail; None for other problems.
    """

    slug: str
    detail: str
    status: int
    errors: Sequence[Mapping[str, str]] | None = None

    def body(self, request_id: str) -> dict[str, Any]:
        """Returns the body of the `application/problem+json` response to the request with this id."""
        body = PROBLEM_TYPES[self.slug].body(self.detail, request_id, self.status)
        return body if self.errors is None else {**body, "errors": [*self.errors]}


def problem(slug: str, detail: str, status: int | None = None) -> Problem:
    """Returns a problem of the type `slug`; `status` overrides the status of the type."""
    return Problem(slug, detail, status or PROBLEM_TYPES[slug].status)


def problem_of(error: Exception, request_id: str) -> Problem:
    """Returns the problem for an exception, and logs what the caller must not see.

    A ValidationError becomes `invalid-request` with one error per field, a NutgrafError the type that its class names, and
    any other exception `internal-error`.
    """
    if isinstance(error, ValidationError):
        return invalid_request(list(islice(field_errors(error), MAX_ERRORS + 1)))
    if not isinstance(error, NutgrafError):
        log.error("request-failed", request_id=request_id, error=class_name(error), frames=frames(error))
        return problem("internal-error", "The server's log has the details under this request's id.")
    if error.pointer is not None:
        return invalid_request([(error.pointer, str(error))])
    if error.public_detail is not None:
        log.error(error.problem_type, request_id=request_id, detail=str(error))
        return problem(error.problem_type, error.public_detail)
    return problem(error.problem_type, str(error))


def invalid_request(errors: Sequence[tuple[str, str]]) -> Problem:
    """Returns the problem of a request with invalid fields; `errors` are JSON pointers, each with one sentence.

    `detail` names the first fields and what they need, and says how many there are if there are several. At most
    MAX_ERRORS errors are listed.
    """
    detail = " ".join(_with_pointer(pointer, sentence) for pointer, sentence in errors[:MAX_DETAILED_ERRORS])
    if len(errors) > 1:
        first = "" if len(errors) <= MAX_DETAILED_ERRORS else f". The first {MAX_DETAILED_ERRORS}"
        number = str(len(errors)) if len(errors) <= MAX_ERRORS else f"More than {MAX_ERRORS}"
        detail = f"{number} fields are invalid{first}: {detail}"
    listed = [{"pointer": pointer, "detail": sentence} for pointer, sentence in errors[:MAX_ERRORS]]
    return Problem("invalid-request", detail, 422, listed)


def _with_pointer(pointer: str, sentence: str) -> str:
    return f"{pointer}: {sentence}" if pointer else sentence


def field_errors(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yields the errors of a ValidationError as JSON pointers (RFC 6901), each with one sentence.

    marshmallow nests messages by field name and position; an error of the whole request has the empty pointer.
    """
    yield from _walk(error.normalized_messages(), "")  # type: ignore[no-untyped-call]  # marshmallow's


def _walk(messages: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        # marshmallow lists unknown fields in the order of a set, which differs from process to process.
        unknown = iter(sorted(str(key) for key, nested in messages.items() if nested == [UNKNOWN_FIELD]))
        for key, nested in messages.items():
            name = next(unknown) if nested == [UNKNOWN_FIELD] else str(key)
            name = name.replace("~", "~0").replace("/", "~1")
            yield from _walk(nested, pointer if key == "_schema" else f"{pointer}/{name}")
    elif isinstance(messages, (list, tuple)):
        for message in messages:
            yield from _walk(message, pointer)
    else:
        yield pointer, str(messages)
