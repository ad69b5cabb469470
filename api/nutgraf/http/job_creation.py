"""Stores a job and makes the 202 response, for `/jobs` and `/hooks`."""

import hashlib
from typing import Any

from flask import current_app, url_for
from marshmallow import ValidationError

from nutgraf.http.job_body import JobBody
from nutgraf.jobs import store
from nutgraf.jobs.job_json import job_as_dict
from nutgraf.jobs.job_system import JobSystem

# Suggested pause between two requests for the state of a job.
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
    "Location": {"description": "The address of the job.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait before asking for the state of the job.", "schema": {"type": "integer"}},
}
# For the contract: the problem types of every route that accepts a job.
JOB_PROBLEMS = ("malformed-json", "body-too-large", "invalid-request", "internal-error", "storage-unavailable")


def job_system() -> JobSystem:
    """Returns the job system of the current Flask application."""
    system: JobSystem = current_app.extensions["nutgraf-jobs"]
    return system


def create_or_find_job(
    body: JobBody, *, owner: str | None, idempotency_key: str | None, replay_protected: bool = False
) -> tuple[dict[str, Any], dict[str, str]]:
    """Stores a job and announces it to the workers, or finds the existing job with the same idempotency key and body.

    Returns the job in its wire format and the headers of the response. With `replay_protected` (webhooks), the idempotency
    key alone identifies the job, whatever the body, and a call that is repeated after the job was deleted is refused (see
    `store.NewJob`). Raises IdempotencyKeyReusedError, CallReplayedError, StorageUnavailableError and, if the callback is
    not allowed, ValidationError.
    """
    system = job_system()
    with body.spool:
        callback = (body.options["callback"] or {}).get("url")
        if callback is not None:
            _check_callback(system, callback)
        # With replay protection, the digest is the same for every body: only the key counts.
        digest = hashlib.sha256(str(idempotency_key).encode()).hexdigest() if replay_protected else body.digest
        new = store.NewJob(
            total=body.total,
            digest=digest,
            expires_after=body.options["expires_after"] or system.expiry_seconds,
            owner=owner,
            reference=body.options["reference"],
            callback=callback,
            idempotency_key=idempotency_key,
            replay_protected=replay_protected,
        )
        job, is_new = store.create_or_find(system.database, new, body.requests())
    if is_new:
        system.queue.announce(job.id)
    headers = {"Location": url_for("Jobs.show_job", job_id=job.id), "Retry-After": str(POLL_SECONDS)}
    return dict(job_as_dict(job)), headers


def _check_callback(system: JobSystem, url: str) -> None:
    if not system.callback_client.secrets:
        raise ValidationError(
            {"callback": ["Callbacks are disabled on this server; set NUTGRAF_WEBHOOK_SECRET to enable them."]}
        )
    if not system.callback_client.allowed.allows_url(url):
        raise ValidationError({"callback": {"url": ["Must have a host that NUTGRAF_CALLBACK_HOSTS lists."]}})
