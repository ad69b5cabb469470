"""A job's body -> the stored job and its 202, for `/jobs` and `/hooks`."""

from typing import Any

from flask import current_app, url_for
from marshmallow import ValidationError

from nutgraf.http.job_body import JobBody
from nutgraf.jobs import store
from nutgraf.jobs.system import JobSystem
from nutgraf.jobs.view import job_view

# How long to wait before asking how far a job is, in seconds.
POLL_SECONDS = 2
EXAMPLE_JOB = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "reference": None,
    "state": "queued",
    "counts": {"queued": 2, "running": 0, "done": 0, "failed": 0},
    "progress": 0.0,
    "created_at": "2026-01-11T14:05:00.250Z",
    "started_at": None,
    "finished_at": None,
    "expires_at": None,
    "results": "/jobs/0f8fad5bd9cb469fa16570867728950e/results",
    "callback": None,
}
ACCEPTED_HEADERS = {
    "Location": {"description": "The job.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds until asking is worth while.", "schema": {"type": "integer"}},
}
REFUSALS = ("malformed-json", "body-too-large", "invalid-request", "internal-error", "storage-unavailable")


def job_system() -> JobSystem:
    """The job system of the application that serves."""
    system: JobSystem = current_app.extensions["nutgraf-jobs"]
    return system


def accept_job(
    body: JobBody, *, owner: str | None, idempotency_key: str | None, digest: str | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Stores the job and announces it to the workers; the job that is there already where its key and digest are known.

    Returns the job as the wire has it, and the headers of the answer. `digest` replaces that of the body. Raises
    ValidationError for a callback that can't be made, IdempotencyKeyReusedError, StorageUnavailableError.
    """
    system = job_system()
    with body.spool:
        callback = (body.options["callback"] or {}).get("url")
        if callback is not None:
            _check_callback(system, callback)
        new = store.NewJob(
            total=body.total,
            digest=digest or body.digest,
            expires_after=body.options["expires_after"] or system.expiry_seconds,
            owner=owner,
            reference=body.options["reference"],
            callback=callback,
            idempotency_key=idempotency_key,
        )
        job, is_new = store.keep(system.database, new, body.requests())
    if is_new:
        system.queue.announce(job.id)
    headers = {"Location": url_for("Jobs.show_job", job_id=job.id), "Retry-After": str(POLL_SECONDS)}
    return dict(job_view(job)), headers


def _check_callback(system: JobSystem, url: str) -> None:
    if not system.sender.secrets:
        raise ValidationError({"callback": ["Callbacks are off: set NUTGRAF_WEBHOOK_SECRET, which signs them."]})
    if not system.sender.allowed.host(url):
        raise ValidationError({"callback": {"url": ["Its host is not one of those that NUTGRAF_CALLBACK_HOSTS names."]}})
