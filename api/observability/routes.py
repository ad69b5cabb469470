"""What the person who runs the service sees of it: health, readiness, counts, and a line and an id for every request."""

import re
import time
import uuid
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_smorest import Blueprint

from api import nltk_data
from api.contract import Documented
from api.jobs import service
from api.jobs.backlog import Backlog
from api.lines import INTERNAL
from api.observability import metrics
from api.observability.logs import log
from api.problems import documented
from api.schemas.response import HealthSchema, ReadinessSchema
from api.summarizer import MissingData, warm_up

REQUEST_ID = "X-Request-ID"
TRACE = "traceparent"
_USABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# W3C Trace Context: version, trace, parent, flags; not all zeros.
_USABLE_TRACE = re.compile(r"[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")

blueprint = Blueprint("Operation", __name__, description="For the person who runs the service, and for probes.")


def register(api: Documented, app: Flask) -> None:
    """Adds the probes, and to every request its id, its counts and its line in the log."""
    api.register_blueprint(blueprint)
    app.before_request(_begin)
    app.after_request(_end)


@blueprint.get("/healthz")
@blueprint.response(200, HealthSchema, description="The process answers.", example={"status": "ok"})
def healthz() -> dict[str, Any]:
    """Is the process alive?"""
    return {"status": "ok"}


@blueprint.get("/readyz")
@blueprint.response(200, ReadinessSchema, description="It can summarize.", example={"status": "ready"})
@documented("not-ready", "keys-unreadable")
def readyz() -> dict[str, Any]:
    """Can it summarize? It tries."""
    if missing := nltk_data.missing():
        raise MissingData(f"NLTK data is missing: {', '.join(missing)}. Set it up with `{nltk_data.COMMAND}`.")
    current_app.extensions["nutgraf-keys"].keys()
    warm_up()
    return {"status": "ready"}


@blueprint.get("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="In Prometheus' format.")
def read_metrics() -> Response:
    """Count what the service did"""
    return metrics.exposition(Backlog(service.current().database))


def _begin() -> None:
    given, trace = request.headers.get(REQUEST_ID, ""), request.headers.get(TRACE, "")
    g.request_id = given if _USABLE_ID.fullmatch(given) else uuid.uuid4().hex
    g.trace = trace if _USABLE_TRACE.fullmatch(trace) else None
    g.started = time.monotonic()


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    if g.trace:
        response.headers[TRACE] = g.trace
    if INTERNAL not in request.environ:
        seconds = time.monotonic() - g.started
        metrics.count(_route(), request.method, response.status_code, seconds)
        log.info(
            "request",
            request_id=g.request_id,
            **({"trace_id": g.trace.split("-")[1]} if g.trace else {}),
            key=g.get("key_name"),
            method=metrics.method(request.method),
            route=_route(),
            status=response.status_code,
            bytes=response.content_length,
            milliseconds=round(1000 * seconds, 1),
        )
    return response


def _route() -> str:
    """The address as the contract has it, not as the client wrote it; "-" where there is none such."""
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", request.url_rule.rule) if request.url_rule else "-"
