"""Gives every request an id, counts it in the metrics, and logs it."""

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
    """Sets the id (`g.request_id`), the trace (`g.trace`) and the start (`g.started`) of each request.

    The id comes from X-Request-ID if that is usable, and the start is a value of `time.monotonic`. After the request, the
    answer is counted and logged.
    """
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    sent_id, trace = request.headers.get(REQUEST_ID, ""), request.headers.get(TRACE, "")
    g.request_id = sent_id if _USABLE_ID.fullmatch(sent_id) else uuid.uuid4().hex
    g.trace = trace if _USABLE_TRACE.fullmatch(trace) else None
    g.started = time.monotonic()


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    if g.trace:
        response.headers[TRACE] = g.trace
    seconds = time.monotonic() - g.started
    metrics.count_request(_route(), request.method, response.status_code, seconds)
    log.info(
        "request",
        request_id=g.request_id,
        **({"trace_id": g.trace.split("-")[1]} if g.trace else {}),
        key=g.get("key_name"),
        method=metrics.method_label(request.method),
        route=_route(),
        status=response.status_code,
        bytes=response.content_length,
        milliseconds=round(1000 * seconds, 1),
    )
    return response


def _route() -> str:
    """The path as the contract writes it, not as the client sent it; "-" for unknown paths."""
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", request.url_rule.rule) if request.url_rule else "-"
