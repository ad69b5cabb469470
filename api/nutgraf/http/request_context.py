"""An id for every request, its counts, and its line in the log."""

import re
import time
import uuid

from flask import Flask, Response, g, request

from nutgraf.observability import metrics
from nutgraf.observability.logs import log

REQUEST_ID = "X-Request-ID"
TRACE = "traceparent"
_USABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# W3C Trace Context: version, trace, parent, flags; not all zeros.
_USABLE_TRACE = re.compile(r"[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def register(app: Flask) -> None:
    """Gives each request its id (`g.request_id`) and its start (`g.started`), and counts and logs its answer."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given, trace = request.headers.get(REQUEST_ID, ""), request.headers.get(TRACE, "")
    g.request_id = given if _USABLE_ID.fullmatch(given) else uuid.uuid4().hex
    g.trace = trace if _USABLE_TRACE.fullmatch(trace) else None
    g.started = time.monotonic()


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    if g.trace:
        response.headers[TRACE] = g.trace
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
