"""What is let in: so many requests at a time, and compressed bodies inflated before a route reads them, within a bound."""

import zlib
from io import BytesIO

from flask import Flask, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.http import parse_list_header

from api.lanes import Queue
from api.observability import metrics
from api.security.authentication import guarded

_GZIP = ("gzip", "x-gzip")
_WBITS = 16 + zlib.MAX_WBITS
# Each member costs a copy of those behind it; programs that compress in parallel write one a core.
MOST_MEMBERS = 64


class NotGzip(ValueError):
    """Says that a body is not the gzip that its header promises."""


class InflatedTooLarge(ValueError):
    """Says how large a body may be once its gzip is undone."""


def register(app: Flask) -> None:
    """Turns away what a process has no place for, and undoes the gzip of the rest."""
    app.extensions["nutgraf-queue"] = Queue(app.config["NUTGRAF_MAX_WAITING"])
    app.before_request(_inflate)
    app.teardown_request(_leave)


def inflated(body: bytes, most: int) -> bytes:
    """What was compressed, of several members too. Raises NotGzip, and InflatedTooLarge without inflating further."""
    pieces: list[bytes] = []
    left = most + 1
    while body:
        if len(pieces) >= MOST_MEMBERS:
            raise NotGzip(f"The body's gzip has more than {MOST_MEMBERS} members.")
        member = zlib.decompressobj(_WBITS)
        try:
            pieces.append(member.decompress(body, left))
        except zlib.error as error:
            raise NotGzip("The body is not gzip, as its Content-Encoding says.") from error
        left -= len(pieces[-1])
        if left <= 0:
            raise InflatedTooLarge(f"The body may have at most {most} bytes once its gzip is undone.")
        if not member.eof:
            raise NotGzip("The body's gzip ends before its end.")
        body = member.unused_data
    return b"".join(pieces)


def body() -> bytes:
    """The body of a request that is answered at once: it has a place from when it is all there.

    Raises Busy where there is none, RequestEntityTooLarge.
    """
    received = whole()
    if guarded() and "leave" not in g:  # a slow sender takes no place from others
        g.leave = current_app.extensions["nutgraf-queue"].enter()
        metrics.INSIDE.inc()
    return received


def whole() -> bytes:
    """The body of the request. Raises RequestEntityTooLarge; werkzeug would cut off what comes in chunks."""
    read = request.get_data(cache=False)
    if request.content_length is None and len(read) == request.max_content_length and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return read


def _leave(error: BaseException | None) -> None:
    if leave := g.pop("leave", None):
        leave()
        metrics.INSIDE.dec()


def _inflate() -> None:
    encodings = [name.lower() for name in parse_list_header(request.headers.get("Content-Encoding", ""))]
    if not encodings or encodings == ["identity"]:
        return
    if len(encodings) > 1 or encodings[0] not in _GZIP:
        raise UnsupportedMediaType("Send the body as it is, or with Content-Encoding: gzip.")
    most = current_app.config["NUTGRAF_MAX_INFLATED_BYTES"]
    content = inflated(body(), most)
    # The route reads what it would have read of an uncompressed request.
    request.environ.pop("HTTP_CONTENT_ENCODING")
    request.environ.update({"wsgi.input": BytesIO(content), "CONTENT_LENGTH": str(len(content))})
    request.__dict__.pop("stream", None)
    request.max_content_length = most
