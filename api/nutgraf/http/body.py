"""The body of a request -> its bytes, its lines, or the JSON value in it."""

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
# Each member costs a copy of those behind it; programs that compress in parallel write one a core.
MAX_MEMBERS = 64


class NotGzipError(NutgrafError):
    """A body is not the gzip that its Content-Encoding says."""

    problem_type = "not-gzip"


class InflatedTooLargeError(NutgrafError):
    """A body is too large once its gzip is undone; the message says how large it may be."""

    problem_type = "inflated-too-large"


def is_compressed(request: Request) -> bool:
    """Whether the body is gzip by its header. Raises UnsupportedMediaType for another encoding."""
    encodings = [name.lower() for name in parse_list_header(request.headers.get("Content-Encoding", ""))]
    if not encodings or encodings == ["identity"]:
        return False
    if len(encodings) > 1 or encodings[0] not in _GZIP:
        raise UnsupportedMediaType("Send the body as it is, or with Content-Encoding: gzip.")
    return True


def receive(request: Request) -> bytes:
    """The body as it was sent, once all of it has arrived. Raises RequestEntityTooLarge."""
    received = request.get_data(cache=False)
    # Of what comes in chunks, without a length, werkzeug would only cut off what is too much.
    at_limit = request.content_length is None and len(received) == request.max_content_length
    if at_limit and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return received


def inflate(body: bytes, max_bytes: int) -> bytes:
    """What was compressed, of several members too. Raises NotGzipError; InflatedTooLargeError without inflating further."""
    pieces: list[bytes] = []
    left = max_bytes + 1
    while body:
        if len(pieces) >= MAX_MEMBERS:
            raise NotGzipError(f"The body's gzip has more than {MAX_MEMBERS} members.")
        member = zlib.decompressobj(_WBITS)
        try:
            pieces.append(member.decompress(body, left))
        except zlib.error as error:
            raise NotGzipError("The body is not gzip, as its Content-Encoding says.") from error
        left -= len(pieces[-1])
        if left <= 0:
            raise InflatedTooLargeError(f"The body may have at most {max_bytes} bytes once its gzip is undone.")
        if not member.eof:
            raise NotGzipError("The body's gzip ends before its end.")
        body = member.unused_data
    return b"".join(pieces)


def read(request: Request, settings: Mapping[str, Any]) -> bytes:
    """The whole body, its gzip undone; who sends gzip needs a place in the admission queue for it.

    Raises RequestEntityTooLarge, UnsupportedMediaType, NotGzipError, InflatedTooLargeError, BusyError.
    """
    if not is_compressed(request):
        return receive(request)
    received = receive(request)
    admission.enter()
    return inflate(received, settings["max_inflated_bytes"])


def stream(request: Request, settings: Mapping[str, Any], max_bytes: int) -> IO[bytes]:
    """The body to be read piece by piece, up to `max_bytes`; gzip is inflated first, and bounded as elsewhere.

    Raises what `read` raises, RequestEntityTooLarge while it is read.
    """
    if is_compressed(request):
        return BytesIO(read(request, settings))
    request.max_content_length = max_bytes
    return BufferedReader(request.stream)  # type: ignore[type-var]  # a RawIOBase, though its type does not say so


class BodyParser(FlaskParser):
    """webargs' parser: reads bodies strictly and leaves what it refuses to the problem handlers."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self._settings = settings

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as a JSON value; a document of a CMS as the request that it means.

        The request enters the admission queue once its body has arrived: a slow sender takes no place from others.
        Raises UnsupportedMediaType, MalformedJSONError, BusyError, and what `read` raises.
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
            return cms_documents.request(format_name, cms_documents.decode_xml(body), query)
        value = parse(body, max_depth=self._settings["max_json_depth"])
        return cms_documents.request(format_name, value, query) if format_name else value

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **kwargs: Any) -> NoReturn:
        """Passes marshmallow's error on, without the location that webargs wraps around it."""
        raise ValidationError(next(iter(error.messages_dict.values()))) from error
