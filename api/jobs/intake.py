"""The body of `POST /jobs` -> its requests, spooled, so that a job of any size is read in little memory.

Nothing is written to the database before all has arrived: a slow sender holds up nobody who writes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request, current_app
from marshmallow import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from api.jobs.database import StorageUnavailable
from api.schemas.job import MAX_REQUESTS, JobOptionsSchema, JobRequestSchema
from api.security import admission
from api.strictjson import parse

NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
# What is larger waits on disk, in a file without a name.
MEMORY_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Intake:
    """What was asked for: the requests, a line each, how many they are, and a digest of all; who has it closes the spool."""

    options: Mapping[str, Any]
    total: int
    digest: str
    spool: IO[bytes]

    def requests(self) -> Iterator[bytes]:
        """The requests as they were sent."""
        self.spool.seek(0)
        return (line.rstrip(b"\r\n") for line in self.spool)


def read(request: Request) -> Intake:
    """A job as JSON, or as NDJSON with its options in the query string.

    Raises ValidationError, MalformedJSON, UnsupportedMediaType, RequestEntityTooLarge, StorageUnavailable.
    """
    if request.mimetype in NDJSON:
        request.max_content_length = current_app.config["NUTGRAF_MAX_JOB_BYTES"]
        options = JobOptionsSchema().load(_options(request.args))
        return _spooled(options, _lines(request, current_app.config["NUTGRAF_MAX_BODY_BYTES"]))
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON as application/json, or a request a line as application/x-ndjson.")
    body = parse(admission.whole(), max_depth=current_app.config["NUTGRAF_MAX_JSON_DEPTH"] + 2)
    options = JobRequestSchema().load(body)
    return _spooled(options, (json.dumps(each, separators=(",", ":")).encode() for each in options.pop("requests")))


def one(options: Mapping[str, Any], body: Mapping[str, Any]) -> Intake:
    """A job of one request."""
    return _spooled(options, [json.dumps(body, separators=(",", ":")).encode()])


def _options(query: Mapping[str, str]) -> dict[str, Any]:
    """The options of a query string; what can't be used is left to the schema, which names it."""
    options: dict[str, Any] = dict(query)
    if "callback" in options:
        options["callback"] = {"url": options["callback"]}
    if options.get("expires_after", "").isdecimal():
        options["expires_after"] = int(options["expires_after"][:12])
    return options


def _lines(request: Request, longest: int) -> Iterator[bytes]:
    """The lines of a body that are not empty; of one that is too long as much as shows that it is."""
    with BufferedReader(request.stream) as body:  # type: ignore[type-var]  # a RawIOBase, though its type does not say so
        while line := body.readline(longest + 2):
            kept = line.rstrip(b"\r\n")
            while line and not line.endswith(b"\n") and len(line) > longest:
                line = body.readline(longest + 2)
            if kept.strip():
                yield kept


def _spooled(options: Mapping[str, Any], lines: Iterable[bytes]) -> Intake:
    digest = hashlib.sha256(json.dumps(options, sort_keys=True).encode())
    with ExitStack() as on_error:
        spool = on_error.enter_context(SpooledTemporaryFile(MEMORY_BYTES))
        total = 0
        try:
            for total, line in enumerate(lines, 1):
                if total > MAX_REQUESTS:
                    break
                digest.update(line + b"\n")
                spool.write(line + b"\n")
        except OSError as error:
            raise StorageUnavailable(error.strerror or type(error).__name__) from error
        if not 1 <= total <= MAX_REQUESTS:
            raise ValidationError({"requests": [f"Needs 1 to {MAX_REQUESTS} requests."]})
        on_error.pop_all()
    return Intake(options, total, digest.hexdigest(), spool)
