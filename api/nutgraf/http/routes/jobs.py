"""/jobs: read -> store -> acknowledge; the state, results and deletion of jobs."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from flask import Response, g, request
from werkzeug.exceptions import BadRequest

from nutgraf.http import job_body
from nutgraf.http.body import BodyParser
from nutgraf.http.job_creation import (
    ACCEPTED_HEADERS,
    EXAMPLE_JOB,
    JOB_PROBLEMS,
    POLL_SECONDS,
    create_or_find_job,
    job_system,
)
from nutgraf.http.openapi import ContractBlueprint, documented
from nutgraf.jobs import store
from nutgraf.jobs.job_json import job_as_dict
from nutgraf.samples import sample
from nutgraf.service.ndjson import result_line
from nutgraf.service.schemas.job import JobPageQuerySchema, JobPageSchema, JobRequestSchema, JobSchema

MAX_KEY_CHARACTERS = 255


def blueprint(settings: Mapping[str, Any]) -> ContractBlueprint:
    """Returns the routes that create, list, show and delete jobs and read their results.

    A caller sees only the jobs of its own API key. Jobs without an owner, such as those of webhooks, are seen by the key
    that the setting `hook_owner` names and, while there never was a key, by everybody.
    """
    routes = ContractBlueprint(
        "Jobs",
        __name__,
        description="Many requests at once: stored, processed in the background, then fetched or sent to a callback.",
    )
    routes.ARGUMENTS_PARSER = BodyParser(settings)

    def visible_owners() -> tuple[str | None, ...]:
        """The owners whose jobs the caller sees; None stands for jobs without an owner."""
        return (_owner(), None) if g.key and g.key.name == settings["hook_owner"] else (_owner(),)

    @routes.post("/jobs")
    @routes.doc(
        requestBody={
            "required": True,
            "description": "The requests. NDJSON has one request per line, and `callback`, `reference` and `expires_after` "
            "in the query string.",
            "content": {
                "application/json": {
                    "schema": JobRequestSchema,
                    "examples": {
                        "two-requests": {
                            "summary": "Two requests, with results kept for an hour",
                            "value": {"requests": [sample("ferry"), sample("short")], "expires_after": 3600},
                        }
                    },
                },
                "application/x-ndjson": {"schema": {"type": "string"}},
            },
        },
        parameters=[
            {
                "in": "header",
                "name": "Idempotency-Key",
                "description": "A repeated request with the same key and body returns the existing job.",
                "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_CHARACTERS, "pattern": r"^[!-~]+$"},
            }
        ],
    )
    @routes.response(202, JobSchema, description="The job is stored.", example=EXAMPLE_JOB, headers=ACCEPTED_HEADERS)
    @documented(*JOB_PROBLEMS, "bad-request", "unsupported-media-type", "idempotency-key-reused")
    def create_job() -> tuple[dict[str, Any], dict[str, str]]:
        """Submit many requests as a job"""
        key = _scoped_idempotency_key()
        return create_or_find_job(job_body.read(request, settings), owner=_owner(), idempotency_key=key)

    @routes.get("/jobs")
    @routes.arguments(JobPageQuerySchema, location="query")
    @routes.response(
        200, JobPageSchema, description="Jobs, the newest first.", example={"jobs": [EXAMPLE_JOB], "next": None}
    )
    @documented("invalid-request", "internal-error", "storage-unavailable")
    def list_jobs(query: dict[str, Any]) -> dict[str, Any]:
        """List jobs"""
        jobs, next_cursor = store.list_jobs(job_system().database, visible_owners(), query["cursor"], query["limit"])
        return {"jobs": [job_as_dict(job) for job in jobs], "next": next_cursor}

    @routes.get("/jobs/<job_id>")
    @routes.response(200, JobSchema, description="The job and its progress.", example={**EXAMPLE_JOB, "state": "running"})
    @documented("not-found", "internal-error", "storage-unavailable")
    def show_job(job_id: str) -> tuple[Any, dict[str, str]]:
        """Show a job and its progress"""
        job = store.find(job_system().database, job_id, visible_owners())
        return job_as_dict(job), {"Retry-After": str(POLL_SECONDS)} if job.state in ("queued", "running") else {}

    @routes.get("/jobs/<job_id>/results")
    @routes.response(
        200,
        {"type": "string"},
        content_type="application/x-ndjson",
        description='The requests answered so far, in their order, one per line: `{"index", "status", "body"}`, or '
        '`"problem"` instead of the body.',
    )
    @documented("not-found", "internal-error", "storage-unavailable")
    def read_results(job_id: str) -> Response:
        """Read the results available so far"""
        database = job_system().database
        store.find(database, job_id, visible_owners())
        lines = (result_line(*result) for result in store.results(database, job_id))
        # The first line is read before the response begins: a database error then gives a problem, not a truncated response.
        first = next(lines, b"")
        return Response(chain([first], lines), content_type="application/x-ndjson")

    @routes.delete("/jobs/<job_id>")
    @routes.response(204, description="The job is canceled and deleted with all its text.")
    @documented("not-found", "internal-error", "storage-unavailable")
    def delete_job(job_id: str) -> None:
        """Cancel and delete a job"""
        store.delete_job(job_system().database, job_id, visible_owners())

    return routes


def _scoped_idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_KEY_CHARACTERS or not key.isascii() or not key.isprintable() or " " in key:
        raise BadRequest(
            f"The header Idempotency-Key must have 1 to {MAX_KEY_CHARACTERS} printable ASCII characters without spaces."
        )
    return f"{_owner() or ''} {key}"


def _owner() -> str | None:
    """The owner of the caller's jobs: the id of its API key, or None while there is no key file."""
    return g.key.owner if g.key else None
