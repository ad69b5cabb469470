"""Schemas of jobs: the request that creates one, its options, and its state."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from nutgraf.service.schemas.fields import BoundedList, Pattern, StrictSchema, Text, WholeNumber, described
from nutgraf.service.schemas.length import bounded

MAX_REQUESTS = 100_000
MAX_REFERENCE_CHARACTERS = 200
MAX_EXPIRY_SECONDS = 30 * 24 * 3600
STATES = ("queued", "running", "done", "canceled")


def _without_null(text: str) -> None:
    """Refuses U+0000, which Postgres can't store in text."""
    if "\0" in text:
        raise ValidationError("Must not contain the character U+0000.")


class CallbackSchema(StrictSchema):
    """Where to send a webhook when the job ends."""

    url = Text(
        required=True,
        error_messages={"required": "Is required."},
        validate=[
            validate.Length(max=2_000, error="Must have at most 2000 characters."),
            Pattern(r"https?://\S+", error="Must be an http or https address."),
            _without_null,
        ],
        metadata=described("Address that receives the signed webhook.", "https://cms.example/nutgraf"),
    )


class JobOptionsSchema(StrictSchema):
    """The options of a job: everything except its requests."""

    callback = fields.Nested(
        CallbackSchema, allow_none=True, load_default=None, metadata=described("Where to send a webhook when the job ends.")
    )
    reference = Text(
        allow_none=True,
        load_default=None,
        validate=[validate.Length(1, MAX_REFERENCE_CHARACTERS, error="Must have 1 to 200 characters."), _without_null],
        metadata=described("Your own name for the job, such as the id of a story; returned with the job.", "night digest"),
    )
    expires_after = WholeNumber(
        allow_none=True,
        load_default=None,
        validate=bounded(1, MAX_EXPIRY_SECONDS),
        metadata=described(
            "Seconds for which the results are kept after the job ends; a setting defines the default.", 3600
        ),
    )


# Requests are validated one by one when a worker answers them. These are their types in the contract.
_SUMMARIZE_REQUEST = {"$ref": "#/components/schemas/SummarizeRequest"}
_STORIES_REQUEST = {"allOf": [{"$ref": "#/components/schemas/StoriesRequest"}]}
_FEED_REQUEST = {
    "title": "FeedRequest",
    "type": "object",
    "properties": {"stories": {"$ref": "#/components/schemas/StoriesRequest"}},
    "required": ["stories"],
    "additionalProperties": False,
}


class JobRequestSchema(JobOptionsSchema):
    """The body of `POST /jobs`."""

    json_schema = {  # noqa: RUF012
        "description": "The body of `POST /jobs`: exactly one of `requests` and `stories`, and options."
    }

    requests = BoundedList(
        fields.Raw(metadata={"anyOf": [_SUMMARIZE_REQUEST, _FEED_REQUEST]}),
        validate=validate.Length(1, MAX_REQUESTS, error=f"Must have 1 to {MAX_REQUESTS} requests."),
        error_messages={"invalid": "Must be a list of requests."},
        metadata=described(
            'Requests as for `POST /summarize`, or as for `POST /stories` in the form `{"stories": …}`. A request that is '
            "not valid gets a problem and does not affect the others."
        ),
    )
    stories = fields.Raw(
        metadata=described("Instead of `requests`: one request as for `POST /stories`.", **_STORIES_REQUEST)
    )

    @validates_schema(skip_on_field_errors=False)
    def _one_of_both(self, loaded: Any, **kwargs: Any) -> None:
        if ("requests" in loaded) == ("stories" in loaded):
            raise ValidationError("Must have either requests or stories.", "requests")


def _timestamp(description: str, **extra: Any) -> fields.String:
    example = "2026-01-11T14:05:00.250Z"
    return fields.String(required=True, metadata=described(description, example, format="date-time"), **extra)


def _count(description: str) -> fields.Integer:
    return fields.Integer(required=True, metadata=described(description, 3, minimum=0))


class JobCountsSchema(StrictSchema):
    """Requests of a job, by their state."""

    queued = _count("Requests that wait for a worker.")
    running = _count("Requests that a worker has taken and not yet recorded an answer for.")
    done = _count("Requests with an answer.")
    failed = _count("Requests with a problem instead of an answer.")


class CallbackStateSchema(StrictSchema):
    """The state of the callback."""

    url = fields.String(required=True, metadata=described("Address of the callback.", "https://cms.example/nutgraf"))
    state = fields.String(
        required=True,
        validate=validate.OneOf(("pending", "delivered", "failed")),
        metadata=described("`failed` after the last attempt, or after status 410.", "pending"),
    )
    attempts = _count("Attempts so far.")
    last_error = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Why the last attempt failed.", "The receiver answered with status 502."),
    )
    next_attempt_at = _timestamp(
        "Time of the next attempt; null before the job ends, and after the callback was delivered or has failed.",
        allow_none=True,
    )


class JobSchema(StrictSchema):
    """A job and its progress."""

    id = fields.String(required=True, metadata=described("Id of the job.", "0f8fad5bd9cb469fa16570867728950e"))
    reference = fields.String(
        required=True,
        allow_none=True,
        metadata=described("The caller's name for the job; for a webhook of a CMS, the id of its article.", "night digest"),
    )
    state = fields.String(
        required=True,
        validate=validate.OneOf(STATES),
        metadata=described(
            "State of the job. A job with failed requests is `done`, too; `counts` has their number.", "running"
        ),
    )
    counts = fields.Nested(JobCountsSchema, required=True)
    progress = fields.Float(
        required=True,
        metadata=described(
            "Share of the requests that have an answer or a problem; 1 if the job is canceled.", 0.25, minimum=0, maximum=1
        ),
    )
    created_at = _timestamp("Time at which the job was stored.")
    started_at = _timestamp("Time at which a worker started the job.", allow_none=True)
    finished_at = _timestamp("Time at which the last request was answered, or the job was canceled.", allow_none=True)
    expires_at = _timestamp(
        "Time at which the job and all its text are deleted; null until the job has ended.", allow_none=True
    )
    results = fields.String(
        required=True, metadata=described("Path of the results.", "/jobs/0f8fad5bd9cb469fa16570867728950e/results")
    )
    callback = fields.Nested(CallbackStateSchema, required=True, allow_none=True)


class JobPageSchema(StrictSchema):
    """One page of jobs, the newest first."""

    jobs = fields.List(fields.Nested(JobSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata=described("`cursor` of the next page; null at the end."))


class JobPageQuerySchema(StrictSchema):
    """Query parameters that select a page of jobs."""

    limit = fields.Integer(
        load_default=50, validate=bounded(1, 200), metadata=described("Maximum number of jobs on the page.", 50)
    )
    cursor = fields.String(load_default=None, metadata=described("`next` of the previous page."))
