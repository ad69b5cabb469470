"""/jobs: load -> store -> acknowledge, and how far each job is."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from flask import Response, g, request
from flask_smorest import Blueprint
from werkzeug.exceptions import BadRequest

from nutgraf.http import job_body
from nutgraf.http.accepted_jobs import ACCEPTED_HEADERS, EXAMPLE_JOB, POLL_SECONDS, REFUSALS, accept_job, job_system
from nutgraf.http.body import BodyParser
from nutgraf.http.openapi import documented
from nutgraf.jobs import store
from nutgraf.jobs.view import job_view
from nutgraf.samples import sample
from nutgraf.service.ndjson import result_line
from nutgraf.service.schemas.job import JobPageQuerySchema, JobPageSchema, JobRequestSchema, JobSchema

MAX_KEY_CHARACTERS = 255


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """The addresses of jobs; a caller sees the jobs of its own key."""
    routes = Blueprint(
        "Jobs", __name__, description="What does not fit in a request: stored, worked on, fetched or called back."
    )
    routes.ARGUMENTS_PARSER = BodyParser(settings)

    @routes.post("/jobs")
    @routes.doc(
        requestBody={
            "required": True,
            "description": "The requests; as NDJSON one a line, with `callback` and `expires_after` in the query string.",
            "content": {
                "application/json": {
                    "schema": JobRequestSchema,
                    "examples": {
                        "two-requests": {
                            "summary": "Two requests, kept for an hour",
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
                "description": "The same key and body again give the same job.",
                "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_CHARACTERS, "pattern": r"^[!-~]+$"},
            }
        ],
    )
    @routes.response(202, JobSchema, description="Stored, and safe.", example=EXAMPLE_JOB, headers=ACCEPTED_HEADERS)
    @documented(*REFUSALS, "bad-request", "unsupported-media-type", "idempotency-key-reused")
    def create_job() -> tuple[dict[str, Any], dict[str, str]]:
        """Store many requests as a job"""
        key = _idempotency_key()
        return accept_job(job_body.read(request, settings), owner=_caller(), idempotency_key=key)

    @routes.get("/jobs")
    @routes.arguments(JobPageQuerySchema, location="query")
    @routes.response(200, JobPageSchema, description="The newest first.", example={"jobs": [EXAMPLE_JOB], "next": None})
    @documented("invalid-request", "internal-error", "storage-unavailable")
    def list_jobs(query: dict[str, Any]) -> dict[str, Any]:
        """List the jobs"""
        jobs, following = store.page(job_system().database, _caller(), query["cursor"], query["limit"])
        return {"jobs": [job_view(job) for job in jobs], "next": following}

    @routes.get("/jobs/<job_id>")
    @routes.response(200, JobSchema, description="How far it is.", example={**EXAMPLE_JOB, "state": "running"})
    @documented("not-found", "internal-error", "storage-unavailable")
    def show_job(job_id: str) -> tuple[Any, dict[str, str]]:
        """See how far a job is"""
        job = store.find(job_system().database, job_id, _caller())
        return job_view(job), {"Retry-After": str(POLL_SECONDS)} if job.state in ("queued", "running") else {}

    @routes.get("/jobs/<job_id>/results")
    @routes.response(
        200,
        {"type": "string"},
        content_type="application/x-ndjson",
        description='`{"index", "status", "body"}`, or `"problem"` in place of the body, a line each, in the order of the '
        "requests: what is answered so far.",
    )
    @documented("not-found", "internal-error", "storage-unavailable")
    def read_results(job_id: str) -> Response:
        """Read what is answered so far"""
        database = job_system().database
        store.find(database, job_id, _caller())
        lines = (result_line(*result) for result in store.results(database, job_id))
        # The first is read before the answer begins, so that a database that is down is a problem and not half an answer.
        first = next(lines, b"")
        return Response(chain([first], lines), content_type="application/x-ndjson")

    @routes.delete("/jobs/<job_id>")
    @routes.response(204, description="Canceled and forgotten, with all text.")
    @documented("not-found", "internal-error", "storage-unavailable")
    def delete_job(job_id: str) -> None:
        """Cancel and forget a job"""
        store.forget(job_system().database, job_id, _caller())

    return routes


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_KEY_CHARACTERS or not key.isascii() or not key.isprintable() or " " in key:
        raise BadRequest(f"The header Idempotency-Key must have 1 to {MAX_KEY_CHARACTERS} ASCII characters, without spaces.")
    return f"{_caller() or ''} {key}"


def _caller() -> str | None:
    """The name of the caller's key, whose jobs others do not see; None where there are no keys."""
    name: str | None = g.get("key_name")
    return name
