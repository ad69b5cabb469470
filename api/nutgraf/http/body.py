"""Reads the body of an HTTP request: as bytes, as a stream, or as a JSON value."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from io import BufferedReader, BytesIO
from typing import IO, Any, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.http import parse_list_header

from nutgraf.errors import NutgrafError
from nutgraf.http.security import admission
from nutgraf.service import cms_documents
from nutgraf.service.strict_json import parse

_GZIP = ("gzip", "x-gzip")
# zlib's largest window, 15 bits; adding 16 tells zlib to expect a gzip header and checksum.
_WBITS = 16 + zlib.MAX_WBITS
# zlib copies the remaining bytes after each member, so many members would take quadratic time. Programs that compress in
# parallel write one member per core.
MAX_GZIP_MEMBERS = 64
# In this key of the WSGI environment, the server states whether the whole body has arrived: then no thread waits for it.
BODY_HAS_ARRIVED = "nutgraf.body_has_arrived"
# News in JSON shrinks to a third or a tenth, and a hundred versions of one story to a fiftieth. A body that inflates to more
# than MAX_INFLATION times its size was made to exhaust the service. Small bodies may consist of repeated text.
MAX_INFLATION = 100
ALWAYS_INFLATED_BYTES = 1024 * 1024


class UnreadableGzipError(NutgrafError):
    """A body has the header Content-Encoding: gzip, but is not valid gzip or has too many members."""

    problem_type = "not-gzip"


class InflatedTooLargeError(NutgrafError):
    """A gzip body is too large after decompression; the message says how large it may be."""

    problem_type = "inflated-too-large"


def is_compressed(request: Request) -> bool:
    """Whether the header Content-Encoding says that the body is gzip. Raises UnsupportedMediaType for other encodings."""
    encodings = [name.lower() for name in parse_list_header(request.headers.get("Content-Encoding", ""))]
    if not encodings or encodings == ["identity"]:
        return False
    if len(encodings) > 1 or encodings[0] not in _GZIP:
        raise UnsupportedMediaType("Send the body uncompressed, or with Content-Encoding: gzip.")
    return True


def read_as_sent(request: Request) -> bytes:
    """Waits for the whole body and returns its bytes as sent, still compressed.

    Raises RequestEntityTooLarge for a body above the request's limit, with or without a Content-Length, and BusyError if too
    many threads wait for bodies.
    """
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise RequestEntityTooLarge
    with nullcontext() if request.environ.get(BODY_HAS_ARRIVED) else admission.body_reading():
        return _read(request)


def _read(request: Request) -> bytes:
    received = request.get_data(cache=False)
    # werkzeug silently truncates a chunked body, which has no length, at the limit. So one byte more than allowed is read.
    at_limit = request.content_length is None and len(received) == request.max_content_length
    if at_limit and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return received


def inflate(body: bytes, max_bytes: int) -> bytes:
    """Decompresses a gzip body of one or more members, up to `max_bytes` in all and up to MAX_INFLATION times its size.

    Raises UnreadableGzipError for invalid gzip and for more than MAX_GZIP_MEMBERS members. Raises InflatedTooLargeError as
    soon as a limit is passed, without decompressing the rest.
    """
    pieces: list[bytes] = []
    plausible_bytes = max(ALWAYS_INFLATED_BYTES, MAX_INFLATION * len(body))
    remaining_bytes = min(max_bytes, plausible_bytes) + 1
    while body:
        if len(pieces) >= MAX_GZIP_MEMBERS:
            raise UnreadableGzipError(f"The gzip body has more than {MAX_GZIP_MEMBERS} members.")
        member = zlib.decompressobj(_WBITS)
        try:
            pieces.append(member.decompress(body, remaining_bytes))
        except zlib.error as error:
            raise UnreadableGzipError("The body is not valid gzip, although its Content-Encoding is gzip.") from error
        remaining_bytes -= len(pieces[-1])
        if remaining_bytes <= 0:
            if plausible_bytes < max_bytes:
                raise InflatedTooLargeError(f"The body decompresses to more than {MAX_INFLATION} times its size.")
            raise InflatedTooLargeError(f"The decompressed body may have at most {max_bytes} bytes.")
        if not member.eof:
            raise UnreadableGzipError("The gzip body is incomplete.")
        body = member.unused_data
    return b"".join(pieces)


def read_decompressed(request: Request, settings: Mapping[str, Any]) -> bytes:
    """Returns the whole body, decompressed. A gzip body is counted in the admission queue before decompression.

    Raises RequestEntityTooLarge, UnsupportedMediaType, UnreadableGzipError, InflatedTooLargeError, and BusyError if the
    queue is full.
    """
    if not is_compressed(request):
        return read_as_sent(request)
    received = read_as_sent(request)
    admission.enter()
    return inflate(received, settings["max_inflated_bytes"])


@contextmanager
def open_stream(request: Request, settings: Mapping[str, Any], max_bytes: int) -> Iterator[IO[bytes]]:
    """Yields the body as a stream of up to `max_bytes`.

    A gzip body is decompressed completely first; the setting `max_inflated_bytes` then applies instead of `max_bytes`.

    Raises the errors of `read_decompressed`. Reading from the stream raises RequestEntityTooLarge at the limit.
    """
    if is_compressed(request):
        yield BytesIO(read_decompressed(request, settings))
        return
    request.max_content_length = max_bytes
    with nullcontext() if request.environ.get(BODY_HAS_ARRIVED) else admission.body_reading():
        yield BufferedReader(request.stream)  # type: ignore[type-var]  # a RawIOBase, though its type does not say so


class BodyParser(FlaskParser):
    """webargs' parser, extended by strict JSON, CMS documents and gzip.

    It uses the limits in `settings`. Its exceptions go unchanged to the problem handlers.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self._settings = settings

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Returns the JSON value of the body; a CMS document is converted to an equivalent request.

        The request enters the admission queue only after its body has arrived, so that slow clients do not occupy the queue.
        Raises UnsupportedMediaType, MalformedJSONError, ValidationError, BusyError, and the errors of
        `read_decompressed`.
        """
        parameters = req.args.to_dict()
        format_name = cms_documents.format_of(req.mimetype, parameters)
        compressed = is_compressed(req)
        if not req.is_json and not (format_name and cms_documents.is_document(req.mimetype, format_name)):
            raise UnsupportedMediaType(
                "Send JSON with the header Content-Type: application/json, or a document in a format of GET /formats."
            )
        body = read_as_sent(req)
        admission.enter()
        if compressed:
            body = inflate(body, self._settings["max_inflated_bytes"])
        if not format_name:
            return parse(body, max_depth=self._settings["max_json_depth"])
        charset = req.mimetype_params.get("charset")
        return cms_documents.read_body(body, req.mimetype, charset, parameters, max_depth=self._settings["max_json_depth"])

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **kwargs: Any) -> NoReturn:
        """Raises marshmallow's ValidationError again.

        webargs wraps the messages in `{"json": …}`; this removes that wrapper.
        """
        raise ValidationError(next(iter(error.messages_dict.values()))) from error
