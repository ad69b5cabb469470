"""/jobs and /hooks: load -> keep -> acknowledge, and the way to what became of it."""

from itertools import chain
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from flask_smorest import Blueprint
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest

from api import documents
from api.contract import Documented
from api.formats.common import mapping
from api.jobs import hooks, intake, service, store
from api.jobs.intake import Intake
from api.jobs.view import shown
from api.lines import line
from api.problems import documented
from api.samples import sample
from api.schemas.job import JobOptionsSchema, JobPageQuerySchema, JobPageSchema, JobRequestSchema, JobSchema
from api.security import admission
from api.strictjson import BodyParser, parse

# How long to wait before asking how far a job is, in seconds.
POLL_SECONDS = 2
LONGEST_KEY = 255
_EXAMPLE = {
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
_ACKNOWLEDGED = {
    "Location": {"description": "The job.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds until asking is worth while.", "schema": {"type": "integer"}},
}
_REFUSALS = ("malformed-json", "body-too-large", "invalid-request", "internal-error", "storage-unavailable")

blueprint = Blueprint(
    "Jobs", __name__, description="What does not fit in a request: stored, worked on, fetched or called back."
)
blueprint.ARGUMENTS_PARSER = BodyParser()
calls = Blueprint("Hooks", __name__, description="For a CMS that calls of itself when a story changes.")


def register(api: Documented, app: Flask) -> None:
    """Adds the routes to the service and to its contract."""
    app.extensions["nutgraf-jobs"] = service.of(app)
    api.register_blueprint(blueprint)
    api.register_blueprint(calls)


@blueprint.post("/jobs")
@blueprint.doc(
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
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": r"^[!-~]+$"},
        }
    ],
)
@blueprint.response(202, JobSchema, description="Stored, and safe.", example=_EXAMPLE, headers=_ACKNOWLEDGED)
@documented(*_REFUSALS, "bad-request", "unsupported-media-type", "idempotency-key-reused")
def create_job() -> tuple[dict[str, Any], dict[str, str]]:
    """Store many requests as a job"""
    key = _idempotency_key()
    return _kept(intake.read(request), key)


@blueprint.get("/jobs")
@blueprint.arguments(JobPageQuerySchema, location="query")
@blueprint.response(200, JobPageSchema, description="The newest first.", example={"jobs": [_EXAMPLE], "next": None})
@documented("invalid-request", "internal-error", "storage-unavailable")
def list_jobs(query: dict[str, Any]) -> dict[str, Any]:
    """List the jobs"""
    jobs, following = store.page(service.current().database, _caller(), query["cursor"], query["limit"])
    return {"jobs": [shown(job) for job in jobs], "next": following}


@blueprint.get("/jobs/<job_id>")
@blueprint.response(200, JobSchema, description="How far it is.", example={**_EXAMPLE, "state": "running"})
@documented("not-found", "internal-error", "storage-unavailable")
def show_job(job_id: str) -> tuple[Any, dict[str, str]]:
    """See how far a job is"""
    job = store.find(service.current().database, job_id, _caller())
    return shown(job), {"Retry-After": str(POLL_SECONDS)} if job.state in ("queued", "running") else {}


@blueprint.get("/jobs/<job_id>/results")
@blueprint.response(
    200,
    {"type": "string"},
    content_type="application/x-ndjson",
    description='`{"index", "status", "body"}`, or `"problem"` in place of the body, a line each, in the order of the '
    "requests: what is answered so far.",
)
@documented("not-found", "internal-error", "storage-unavailable")
def read_results(job_id: str) -> Response:
    """Read what is answered so far"""
    database = service.current().database
    store.find(database, job_id, _caller())
    lines = (line(*result) for result in store.results(database, job_id))
    # The first is read before the answer begins, so that a database that is down is a problem and not half an answer.
    first = next(lines, b"")
    return Response(chain([first], lines), content_type="application/x-ndjson")


@blueprint.delete("/jobs/<job_id>")
@blueprint.response(204, description="Canceled and forgotten, with all text.")
@documented("not-found", "internal-error", "storage-unavailable")
def delete_job(job_id: str) -> None:
    """Cancel and forget a job"""
    store.forget(service.current().database, job_id, _caller())


@calls.post("/hooks/<any(superdesk, ghost):sender>")
@calls.doc(
    requestBody={
        "required": True,
        "description": "What the CMS sends. Options, `callback` too, stand in the query string.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
)
@calls.response(202, JobSchema, description="Stored, and safe, or known.", example=_EXAMPLE, headers=_ACKNOWLEDGED)
@documented(*_REFUSALS, "bad-signature", "hook-off", "not-found")
def receive(sender: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Take a story that a CMS sends"""
    row = hooks.SENDERS[sender]
    secrets = current_app.config[f"NUTGRAF_{sender.upper()}_SECRETS"]
    body = admission.whole()
    hooks.verify(row, secrets, request.headers.get(row.header), body)
    document = parse(body, max_depth=current_app.config["NUTGRAF_MAX_JSON_DEPTH"])
    query = request.args.to_dict()
    callback = query.pop("callback", None)
    story, _ = row.story(mapping(document))
    options = {"callback": callback and {"url": callback}, "reference": story and story[-200:]}
    key = hooks.repeat_key(row, document, request.query_string.decode("latin-1"))
    asked = intake.one(JobOptionsSchema().load(options), documents.request(sender, document, query))
    return _kept(asked, key, digest=key.removeprefix("hook:"), owner=None)


def _kept(asked: Intake, key: str | None, **known: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """The job of what was asked, stored and announced."""
    jobs = service.current()
    with asked.spool:
        callback = (asked.options["callback"] or {}).get("url")
        if callback is not None:
            _check_callback(jobs, callback)
        new = store.NewJob(
            total=asked.total,
            digest=known.get("digest", asked.digest),
            expires_after=asked.options["expires_after"] or jobs.expiry_seconds,
            owner=known.get("owner", _caller()),
            reference=asked.options["reference"],
            callback=callback,
            idempotency_key=key,
        )
        job, is_new = store.keep(jobs.database, new, asked.requests())
    if is_new:
        jobs.queue.announce(job.id)
    headers = {"Location": url_for("Jobs.show_job", job_id=job.id), "Retry-After": str(POLL_SECONDS)}
    return dict(shown(job)), headers


def _check_callback(jobs: service.Jobs, url: str) -> None:
    if not jobs.sender.secrets:
        raise ValidationError({"callback": ["Callbacks are off: set NUTGRAF_WEBHOOK_SECRET, which signs them."]})
    if not jobs.sender.allowed.host(url):
        raise ValidationError({"callback": {"url": ["Its host is not one of those that NUTGRAF_CALLBACK_HOSTS names."]}})


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise BadRequest(f"The header Idempotency-Key must have 1 to {LONGEST_KEY} ASCII characters, without spaces.")
    return f"{_caller() or ''} {key}"


def _caller() -> str | None:
    """The name of the caller's key, whose jobs others do not see; None where there are no keys."""
    name: str | None = g.get("key_name")
    return name
