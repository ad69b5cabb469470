"""Reads the body of `POST /jobs`; requests go to a temporary file, so that a job of any size needs little memory.

Nothing is written to the database before the whole body has arrived, so that a slow client blocks no other writer.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request
from marshmallow import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from nutgraf.http import body
from nutgraf.jobs.database import StorageUnavailableError
from nutgraf.service.schemas.job import MAX_REQUESTS, JobOptionsSchema, JobRequestSchema
from nutgraf.service.strict_json import parse

NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
# Larger bodies are spooled to an unnamed file on disk.
MAX_MEMORY_BYTES = 4 * 1024 * 1024
# Maximum number of values in the JSON of a job: ten for each request. NDJSON has no such limit.
MAX_VALUES = 10 * MAX_REQUESTS


@dataclass(frozen=True, slots=True)
class JobBody:
    """The body of a job: its options, the number of requests, a SHA-256 digest of all, and the requests, one per line.

    Whoever receives it must close the `spool`.
    """

    options: Mapping[str, Any]
    total: int
    digest: str
    spool: IO[bytes]

    def requests(self) -> Iterator[bytes]:
        """Yields the JSON text of each request, in order, from the start of the spool."""
        self.spool.seek(0)
        return (line.rstrip(b"\r\n") for line in self.spool)


def read(request: Request, settings: Mapping[str, Any]) -> JobBody:
    """Reads a job from JSON, or from NDJSON with its options in the query string.

    Raises ValidationError for options that can't be used or a wrong number of requests, MalformedJSONError,
    UnsupportedMediaType, RequestEntityTooLarge, and StorageUnavailableError if the spool can't be written.
    """
    if request.mimetype in NDJSON:
        options = JobOptionsSchema().load(_options(request.args))
        with body.open_stream(request, settings, settings["max_job_bytes"]) as stream:
            return _spool(options, _lines(stream, settings["max_body_bytes"]))
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON as application/json, or one request per line as application/x-ndjson.")
    # The requests of a job are two levels deeper than the body of one request: in an object, in the list `requests`.
    value = parse(body.read_decompressed(request, settings), max_depth=settings["max_json_depth"] + 2, max_values=MAX_VALUES)
    options = JobRequestSchema().load(value)
    requests = options.pop("requests", None) or [{"stories": options.pop("stories")}]
    return _spool(options, (json.dumps(item, separators=(",", ":")).encode() for item in requests))


def of_one_request(options: Mapping[str, Any], request: Mapping[str, Any]) -> JobBody:
    """Returns the body of a job that consists of one request, for webhooks of a CMS.

    Raises StorageUnavailableError if the spool can't be written.
    """
    return _spool(options, [json.dumps(request, separators=(",", ":")).encode()])


def _options(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The options of a query string; the schema checks them and names those that can't be used."""
    options: dict[str, Any] = dict(parameters)
    if "callback" in options:
        options["callback"] = {"url": options["callback"]}
    if options.get("expires_after", "").isdecimal():
        # A number with more digits is above the maximum anyway, and int() is slow for many digits.
        options["expires_after"] = int(options["expires_after"][:12])
    return options


def _lines(stream: IO[bytes], max_bytes: int) -> Iterator[bytes]:
    """The lines that are not empty. A line that is too long is cut off just above the limit: its request will be refused."""
    while line := stream.readline(max_bytes + 2):
        request = line.rstrip(b"\r\n")
        while line and not line.endswith(b"\n") and len(line) > max_bytes:
            line = stream.readline(max_bytes + 2)
        if request.strip():
            yield request


def _spool(options: Mapping[str, Any], lines: Iterable[bytes]) -> JobBody:
    digest = hashlib.sha256(json.dumps(options, sort_keys=True).encode())
    with ExitStack() as on_error:
        spool = on_error.enter_context(SpooledTemporaryFile(MAX_MEMORY_BYTES))
        total = 0
        try:
            for total, line in enumerate(lines, 1):
                if total > MAX_REQUESTS:
                    break
                digest.update(line + b"\n")
                spool.write(line + b"\n")
        except OSError as error:
            raise StorageUnavailableError(error.strerror or type(error).__name__) from error
        if not 1 <= total <= MAX_REQUESTS:
            raise ValidationError({"requests": [f"Must have 1 to {MAX_REQUESTS} requests."]})
        on_error.pop_all()
    return JobBody(options, total, digest.hexdigest(), spool)
