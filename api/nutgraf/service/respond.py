"""A request -> its reply: the one way to an answer, for HTTP, jobs, batch and the command line."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from nutgraf import formats
from nutgraf.errors import NutgrafError
from nutgraf.observability import metrics
from nutgraf.service.compute_slot import compute_slot
from nutgraf.service.limits import CONTRACT_LIMITS, Deadline, Limits
from nutgraf.service.problems import Problem, problem, problem_of
from nutgraf.service.schemas.request import SummarizeRequest, SummarizeRequestSchema
from nutgraf.service.schemas.response import SummarizeResponseSchema
from nutgraf.service.serialization import summary_body
from nutgraf.service.strict_json import parse
from nutgraf.summarizer import summarize

JSON = "application/json"


class Reply(NamedTuple):
    """The answer to one request: the HTTP status, the media type, and the content in UTF-8."""

    status: int
    media_type: str
    content: bytes


class BodyTooLargeError(NutgrafError):
    """A request's body has more bytes than the service takes."""

    problem_type = "body-too-large"


def respond(
    request: SummarizeRequest, limits: Limits = CONTRACT_LIMITS, *, started: float | None = None, accepted: str = "json"
) -> Reply:
    """The reply to a valid request, written as the request's `output` says, else as `accepted`, a name of an output.

    `started` is when the request arrived (of `time.monotonic`). Raises SummaryError, BusyError, DeadlineExceededError.
    """
    deadline = Deadline(limits.seconds, started=started, observe=metrics.step)
    with compute_slot(request.characters, limits.wait_seconds):
        deadline.begin()
        summary = summarize(request.articles, request.options, on_step=deadline, max_sentences=limits.sentences)
    metrics.count_summary(len(summary.articles), sum(report.sentences for report in summary.articles))
    body: Mapping[str, Any] = SummarizeResponseSchema().dump(summary_body(request, summary))
    output = request.output or accepted
    if output == "json":
        return Reply(200, JSON, _json(body, separators=(",", ":")) + b"\n")
    media_type, write = formats.OUTPUTS[output]
    written = write(body)
    return Reply(200, media_type, written.encode() if isinstance(written, str) else _json(written))


class Responder:
    """Replies to requests that arrive as bytes, outside HTTP: a job's items and the lines of a batch.

    Nobody waits for these, so no clock bounds them; all other limits are those of a request over HTTP, and so are the
    bytes of the answers.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._limits = Limits.of(settings).without_clock()
        self._schema = SummarizeRequestSchema(self._limits, settings["profiles"])

    def __call__(self, body: bytes, request_id: str) -> tuple[int, bytes]:
        """The status and the answer or problem as JSON text. Never raises."""
        try:
            reply = respond(self._load(body), self._limits)
        except Exception as error:  # the edge: one request that fails must not end the others
            return self.refuse(problem_of(error, request_id), request_id)
        if "json" in reply.media_type:
            return reply.status, reply.content.rstrip(b"\n")
        return reply.status, _json(reply.content.decode())  # text, Markdown, HTML

    def fail(self, detail: str, request_id: str) -> tuple[int, bytes]:
        """The status and the problem of a request that can't be answered through a fault of the service."""
        return self.refuse(problem("internal-error", detail), request_id)

    @staticmethod
    def refuse(problem: Problem, request_id: str) -> tuple[int, bytes]:
        """The status and the JSON text of a problem."""
        return problem.status, _json(problem.body(request_id))

    def _load(self, body: bytes) -> SummarizeRequest:
        if self._limits.body_bytes is not None and len(body) > self._limits.body_bytes:
            raise BodyTooLargeError(f"The body may have at most {self._limits.body_bytes} bytes.")
        request: SummarizeRequest = self._schema.load(parse(body, max_depth=self._limits.json_depth))
        return request


def _json(value: Any, **options: Any) -> bytes:
    # What is quoted from a request may hold half a surrogate pair, which has no UTF-8.
    return json.dumps(value, ensure_ascii=False, **options).encode(errors="replace")
