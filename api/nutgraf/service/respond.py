"""Answers valid requests: `respond`, which HTTP, jobs, batches and the command line use."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.errors import NutgrafError
from nutgraf.observability import metrics
from nutgraf.service import document_reading
from nutgraf.service.compute_process import ComputeProcess, is_gone, run
from nutgraf.service.compute_slot import compute_slot, use_process
from nutgraf.service.limits import CONTRACT_LIMITS, Deadline, Limits
from nutgraf.service.problems import Problem, problem, problem_of
from nutgraf.service.schemas.request import SummarizeRequest, SummarizeRequestSchema
from nutgraf.service.schemas.response import SummarizeResponseSchema
from nutgraf.service.schemas.stories import StoriesRequest, StoriesRequestSchema, StoriesResponseSchema
from nutgraf.service.serialization import summary_body
from nutgraf.service.stories_answer import stories_body
from nutgraf.service.strict_json import parse
from nutgraf.summarizer import summarize
from nutgraf.summarizer.interruption import checked_by

JSON = "application/json"
# A line of a job or batch is a request of `POST /stories` if it is an object with only this key.
STORIES = "stories"
# The settings that `Responder` reads.
SETTINGS_OF_ANSWERS = (
    "max_articles", "max_body_bytes", "max_characters", "max_elements", "max_feed_articles", "max_feed_characters",
    "max_json_depth", "max_seconds", "max_sentences", "max_wait_seconds", "profiles",
)  # fmt: skip

Request = SummarizeRequest | StoriesRequest

# Schemas have no state, so one instance serves all requests. Creating one takes as long as dumping an answer.
_SUMMARIZE_RESPONSE = SummarizeResponseSchema()
_STORIES_RESPONSE = StoriesResponseSchema()


class Reply(NamedTuple):
    """The reply to one request: the HTTP status, the media type, and the content in UTF-8."""

    status: int
    media_type: str
    content: bytes


class BodyTooLargeError(NutgrafError):
    """The body of a request has more bytes than the service accepts."""

    problem_type = "body-too-large"


def respond(
    request: Request,
    limits: Limits = CONTRACT_LIMITS,
    *,
    started: float | None = None,
    default_output: str = "json",
    client: int | None = None,
) -> Reply:
    """Returns the reply to a valid request: a summary in the output that it names, else in `default_output`; or stories.

    `started` is the time of arrival, a value of `time.monotonic`, and `client` the file descriptor of the client's socket.
    Raises SummaryError for text that can't be summarized, BusyError if no compute slot becomes free in time,
    DeadlineExceededError if the request takes too long, ClientGoneError if the client closes the connection, and
    ComputeProcessError if the process that computes the request dies.
    """
    deadline = Deadline(
        limits.seconds,
        started=started,
        observe=metrics.observe_step,
        is_client_gone=None if client is None else partial(is_gone, client),
    )
    with compute_slot(request.characters, limits.wait_seconds) as process:
        deadline.begin()
        if process is None:
            return _compute(request, limits, default_output, deadline)
        try:
            reply: Reply = process.call(
                _compute_in_child,
                request,
                limits,
                default_output,
                deadline.started,
                seconds=deadline.remaining_seconds,
                client=client,
            )
            return reply
        except TimeoutError as error:
            raise deadline.exceeded_error() from error


def isolate_large_requests() -> None:
    """From now on, computes large requests, and reads documents that may take long, in other processes.

    Call it before the process starts threads.
    """
    process: ComputeProcess[Any] = ComputeProcess(run)
    process.start()
    use_process(process)
    document_reading.use_process(process.another())


def _compute_in_child(request: Request, limits: Limits, default_output: str, started: float) -> Reply:
    deadline = Deadline(limits.seconds, started=started, observe=metrics.observe_step)
    return _compute(request, limits, default_output, deadline)


def _compute(request: Request, limits: Limits, default_output: str, deadline: Deadline) -> Reply:
    if isinstance(request, StoriesRequest):
        with checked_by(deadline.check):
            stories = _STORIES_RESPONSE.dump(stories_body(request, limits, deadline))
        return Reply(200, JSON, _json(stories, separators=(",", ":")) + b"\n")
    with checked_by(deadline.check):
        summary = summarize(request.articles, request.options, on_step=deadline, max_sentences=limits.sentences)
    metrics.count_summary(len(summary.articles), sum(report.sentences for report in summary.articles))
    body: Mapping[str, Any] = _SUMMARIZE_RESPONSE.dump(summary_body(request, summary))
    output = request.output or default_output
    if output == "json":
        return Reply(200, JSON, _json(body, separators=(",", ":")) + b"\n")
    media_type, write = formats.OUTPUTS[output]
    written = write(body)
    return Reply(200, media_type, written.encode() if isinstance(written, str) else _json(written))


class Responder:
    """Answers requests that do not come over HTTP: the items of a job and the lines of a batch.

    An answer in JSON is that of `POST /summarize` without its last line end, or that of `POST /stories` if the request is
    `{"stories": …}`; text, Markdown and HTML become a JSON string. The limits are the same, except those of time: only
    reading a document has one. The caller ends a request that takes too long.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._limits = Limits.from_settings(settings).without_time_limits()
        self._schema = SummarizeRequestSchema(self._limits, settings["profiles"])
        self._stories_schema = StoriesRequestSchema(self._limits, settings["profiles"])

    def __call__(self, body: bytes, request_id: str) -> tuple[int, bytes]:
        """Returns the status, and the answer or problem as JSON text in UTF-8. Never raises an exception."""
        try:
            reply = respond(self._load(body), self._limits)
        except Exception as error:  # the outermost level: a failing request must not stop the others
            return self.refuse(problem_of(error, request_id), request_id)
        if "json" in reply.media_type:
            return reply.status, reply.content.rstrip(b"\n")
        return reply.status, _json(reply.content.decode())  # text, Markdown, HTML

    def fail(self, detail: str, request_id: str) -> tuple[int, bytes]:
        """Returns the status and the problem, as JSON text, of a request that failed through a fault of the service."""
        return self.refuse(problem("internal-error", detail), request_id)

    @staticmethod
    def refuse(problem: Problem, request_id: str) -> tuple[int, bytes]:
        """Returns the status and the JSON text of a problem."""
        return problem.status, _json(problem.body(request_id))

    def _load(self, body: bytes) -> Request:
        if self._limits.body_bytes is not None and len(body) > self._limits.body_bytes:
            raise BodyTooLargeError(f"The body may have at most {self._limits.body_bytes} bytes.")
        value = parse(body, max_depth=self._limits.json_depth)
        request: Request
        if isinstance(value, dict) and value.keys() == {STORIES}:
            try:
                request = self._stories_schema.load(value[STORIES])
            except ValidationError as error:
                raise ValidationError({STORIES: error.normalized_messages()}) from error  # type: ignore[no-untyped-call]
        else:
            request = self._schema.load(value)
        return request


def _json(value: Any, **options: Any) -> bytes:
    # Text that is quoted from a request may contain a lone surrogate, which UTF-8 can't encode.
    return json.dumps(value, ensure_ascii=False, **options).encode(errors="replace")
