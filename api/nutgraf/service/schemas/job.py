"""Jobs on the wire: what makes one, and how far it is."""

from typing import Any

from marshmallow import fields, validate

from nutgraf.service.schemas.fields import Pattern, Strict, Text, WholeNumber, described
from nutgraf.service.schemas.length import bounded

MAX_REQUESTS = 100_000
MAX_EXPIRY_SECONDS = 30 * 24 * 3600
STATES = ("queued", "running", "done", "canceled")


class CallbackSchema(Strict):
    """Who is told when the job ends."""

    url = Text(
        required=True,
        error_messages={"required": "Is needed."},
        validate=[
            validate.Length(max=2_000, error="Must have at most 2000 characters."),
            Pattern(r"https?://\S+", error="Must be an http or https address."),
        ],
        metadata=described("Where the signed webhook goes.", "https://cms.example/nutgraf"),
    )


class JobOptionsSchema(Strict):
    """What a job is beside its requests."""

    callback = fields.Nested(
        CallbackSchema, allow_none=True, load_default=None, metadata=described("Who is told when the job ends.")
    )
    reference = Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(1, 200, error="Must have 1 to 200 characters."),
        metadata=described("A name of your own for the job, such as a story's id; comes back with it.", "night digest"),
    )
    expires_after = WholeNumber(
        allow_none=True,
        load_default=None,
        validate=bounded(1, MAX_EXPIRY_SECONDS),
        metadata=described("Seconds that the results are kept for once the job is done; a setting's where absent.", 3600),
    )


class JobRequestSchema(JobOptionsSchema):
    """The body of `POST /jobs`."""

    requests = fields.List(
        fields.Raw(),
        required=True,
        validate=validate.Length(1, MAX_REQUESTS, error=f"Needs 1 to {MAX_REQUESTS} requests."),
        error_messages={"required": "Needs a list of requests.", "invalid": "Must be a list of requests."},
        metadata=described("Each as `POST /summarize` takes it; one that can't be used fails alone, in its place."),
    )


def _moment(description: str, **more: Any) -> fields.String:
    example = "2026-01-11T14:05:00.250Z"
    return fields.String(required=True, metadata=described(description, example, format="date-time"), **more)


def _count(description: str) -> fields.Integer:
    return fields.Integer(required=True, metadata=described(description, 3, minimum=0))


class JobCountsSchema(Strict):
    """Requests of a job, by what has become of them."""

    queued = _count("Wait for a worker.")
    running = _count("Are with a worker.")
    done = _count("Have an answer.")
    failed = _count("Have a problem in place of an answer.")


class CallbackStateSchema(Strict):
    """How far the telling is."""

    url = fields.String(required=True, metadata=described("Where it goes.", "https://cms.example/nutgraf"))
    state = fields.String(
        required=True,
        validate=validate.OneOf(("pending", "delivered", "failed")),
        metadata=described("`failed` after the last attempt, or a 410.", "pending"),
    )
    attempts = _count("Made so far.")
    last_error = fields.String(
        required=True, allow_none=True, metadata=described("Why the last attempt failed.", "It answered 502.")
    )
    next_attempt_at = _moment("When it is tried next; null before the job ends, and once it is told.", allow_none=True)


class JobSchema(Strict):
    """A job, and how far it is."""

    id = fields.String(required=True, metadata=described("Its id.", "0f8fad5bd9cb469fa16570867728950e"))
    reference = fields.String(
        required=True,
        allow_none=True,
        metadata=described("The caller's own name for it; of a story that a CMS sent, its id.", "night digest"),
    )
    state = fields.String(
        required=True,
        validate=validate.OneOf(STATES),
        metadata=described("A job with failed requests is `done`; `counts` says how many.", "running"),
    )
    counts = fields.Nested(JobCountsSchema, required=True)
    progress = fields.Float(
        required=True, metadata=described("Share of the requests that are answered.", 0.25, minimum=0, maximum=1)
    )
    created_at = _moment("When it was stored.")
    started_at = _moment("When the first worker took it up.", allow_none=True)
    finished_at = _moment("When the last request was answered, or it was canceled.", allow_none=True)
    expires_at = _moment("When it goes, with all text; null until it is done.", allow_none=True)
    results = fields.String(
        required=True, metadata=described("Where the answers are.", "/jobs/0f8fad5bd9cb469fa16570867728950e/results")
    )
    callback = fields.Nested(CallbackStateSchema, required=True, allow_none=True)


class JobPageSchema(Strict):
    """Some jobs, the newest first."""

    jobs = fields.List(fields.Nested(JobSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata=described("`cursor` of the next page; null at the end."))


class JobPageQuerySchema(Strict):
    """Which page of the jobs."""

    limit = fields.Integer(load_default=50, validate=bounded(1, 200), metadata=described("So many jobs.", 50))
    cursor = fields.String(load_default=None, metadata=described("`next` of the page before."))
