"""Body of an HTTP request -> its bytes, a stream of them, or the JSON value in it."""

import zlib
from collections.abc import Mapping
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
_WBITS = 16 + zlib.MAX_WBITS
# Reading a gzip member copies all members after it. Programs that compress in parallel write one member per core.
MAX_GZIP_MEMBERS = 64


class NotGzipError(NutgrafError):
    """A body has the header Content-Encoding: gzip, but is not valid gzip."""

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


def receive(request: Request) -> bytes:
    """Waits for the whole body and returns its bytes as sent, still compressed.

    Raises RequestEntityTooLarge for a body above the request's limit, with or without a Content-Length.
    """
    received = request.get_data(cache=False)
    # werkzeug silently truncates a chunked body, which has no length, at the limit: one more byte shows that it is too long.
    at_limit = request.content_length is None and len(received) == request.max_content_length
    if at_limit and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return received


def inflate(body: bytes, max_bytes: int) -> bytes:
    """Decompresses a gzip body of one or more members, up to `max_bytes` in all.

    Raises NotGzipError for invalid gzip. Raises InflatedTooLargeError as soon as the limit is passed, without decompressing
    the rest.
    """
    pieces: list[bytes] = []
    remaining_bytes = max_bytes + 1
    while body:
        if len(pieces) >= MAX_GZIP_MEMBERS:
            raise NotGzipError(f"The gzip body has more than {MAX_GZIP_MEMBERS} members.")
        member = zlib.decompressobj(_WBITS)
        try:
            pieces.append(member.decompress(body, remaining_bytes))
        except zlib.error as error:
            raise NotGzipError("The body is not valid gzip, although its Content-Encoding is gzip.") from error
        remaining_bytes -= len(pieces[-1])
        if remaining_bytes <= 0:
            raise InflatedTooLargeError(f"The decompressed body may have at most {max_bytes} bytes.")
        if not member.eof:
            raise NotGzipError("The gzip body is incomplete.")
        body = member.unused_data
    return b"".join(pieces)


def read(request: Request, settings: Mapping[str, Any]) -> bytes:
    """Returns the whole body, decompressed. A gzip body takes a place in the admission queue before decompression.

    Raises RequestEntityTooLarge, UnsupportedMediaType, NotGzipError, InflatedTooLargeError, and BusyError if the queue is
    full.
    """
    if not is_compressed(request):
        return receive(request)
    received = receive(request)
    admission.enter()
    return inflate(received, settings["max_inflated_bytes"])


def stream(request: Request, settings: Mapping[str, Any], max_bytes: int) -> IO[bytes]:
    """Returns the body as a stream of up to `max_bytes`. A gzip body is read and decompressed first, with the usual limits.

    Raises the errors of `read`. Reading from the stream raises RequestEntityTooLarge at the limit.
    """
    if is_compressed(request):
        return BytesIO(read(request, settings))
    request.max_content_length = max_bytes
    return BufferedReader(request.stream)  # type: ignore[type-var]  # a RawIOBase, though its type does not say so


class BodyParser(FlaskParser):
    """webargs' parser, extended by strict JSON, CMS documents and gzip.

    It uses the limits in `settings`. Its exceptions go unchanged to the problem handlers.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self._settings = settings

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Returns the JSON value of the body; a CMS document is converted to the request that it stands for.

        The request enters the admission queue only after its body has arrived, so that slow clients take no places.
        Raises UnsupportedMediaType, MalformedJSONError, BusyError, and the errors of `read`.
        """
        query = req.args.to_dict()
        format_name = cms_documents.format_of(req.mimetype, query)
        as_xml = bool(format_name) and cms_documents.is_xml(req.mimetype)
        compressed = is_compressed(req)
        if not as_xml and not req.is_json:
            raise UnsupportedMediaType(
                "Send JSON with the header Content-Type: application/json, or a document in a format of GET /formats."
            )
        body = receive(req)
        admission.enter()
        if compressed:
            body = inflate(body, self._settings["max_inflated_bytes"])
        if format_name and as_xml:
            return cms_documents.to_request(format_name, cms_documents.decode_xml(body), query)
        value = parse(body, max_depth=self._settings["max_json_depth"])
        return cms_documents.to_request(format_name, value, query) if format_name else value

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **kwargs: Any) -> NoReturn:
        """Raises marshmallow's ValidationError again, without the level for the location that webargs adds to it."""
        raise ValidationError(next(iter(error.messages_dict.values()))) from error
