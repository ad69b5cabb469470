"""Answers Arrow batches of articles or requests with Arrow batches of answers, for archives in Ray, Spark and the command.

A batch has one request per row, in one of two forms:

- Columns of an article: `text` or `html`, and any of ARTICLE_COLUMNS. Each row is a request with this article alone. Text
  may be strings or bytes in UTF-8, ids also whole numbers, and times also timestamps or dates; without a time zone they
  are in UTC. Null and empty values count as absent, and `text` is used where there is `html` too.
- A column `request`: the JSON text of a body of `POST /summarize` (or `{"stories": …}` for `POST /stories`), or of one
  article, which is an object with `text` or `html`. A column `id` is optional.

Other columns, and other fields of an article in JSON, are ignored. The answers have ANSWER_SCHEMA, one row for each row
of the input, in its order.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import pyarrow as pa
from marshmallow import ValidationError

from nutgraf.errors import NutgrafError
from nutgraf.service.compute_process_responder import Reply
from nutgraf.service.limits import CONTRACT_LIMITS, Limits
from nutgraf.service.problems import field_errors, invalid_request, problem
from nutgraf.service.respond import SETTINGS_OF_ANSWERS, STORIES, Responder
from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.service.spawned_responders import SpawnedResponders
from nutgraf.service.strict_json import MalformedJSONError, parse
from nutgraf.settings import load

REQUEST = "request"
BODIES = ("text", "html")
TIMES = ("published_at", "updated_at", "embargoed_until")
ARTICLE_COLUMNS = ("id", *BODIES, "title", "source", "byline", "url", "language", *TIMES)
# `status` is the HTTP status. `body` has the JSON text of the answer, byte for byte that of `POST /summarize` without its
# line end, and is null where `problem` has the JSON text of the problem.
ANSWER_SCHEMA = pa.schema([("id", pa.string()), ("status", pa.int32()), ("body", pa.string()), ("problem", pa.string())])
# The same schema for Spark's mapInArrow.
SPARK_SCHEMA = "id string, status int, body string, problem string"

# The maximum number of rows that are answered together, and of rows in a batch of answers.
SLICE_ROWS = 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ColumnError(NutgrafError):
    """A batch has no column that can be summarized, or one with a type that can't be read; the message names it."""


class OptionsError(NutgrafError):
    """The options for all rows are invalid; the message names the field."""


def summarize_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    options: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yields the answers to all rows, in batches of at most SLICE_ROWS rows.

    `options` are fields of a body of `POST /summarize`, such as `{"length": {"words": 60}}`, for all rows; those of a
    request replace them. `settings` are those of `answer_settings`, by default from the environment. A row that can't be
    answered gets a problem, even if it kills the process that computes it. Raises ColumnError, OptionsError, and
    SpawnError if no process can be started.
    """
    settings = answer_settings() if settings is None else settings
    options = options or {}
    check_options(options, settings)
    responders = _responders(os.getpid(), _Settings(settings))
    for batch in batches:
        used = used_columns(batch.schema)
        with responders.one() as responder:
            for start in range(0, batch.num_rows, SLICE_ROWS):
                rows = [*_rows(batch.select(used).slice(start, SLICE_ROWS), options, settings["max_json_depth"])]
                requests = [(body, _request_id(body)) for _, body in rows]
                yield _answers([row_id for row_id, _ in rows], responder.respond_all(requests))


def answer_settings() -> dict[str, Any]:
    """Returns the settings that answers depend on, by name, from the environment; they contain no secret."""
    settings = load()
    return {name: settings[name] for name in SETTINGS_OF_ANSWERS}


def check_options(options: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Raises OptionsError unless the options are valid for a request with a single article."""
    if "articles" in options:
        raise OptionsError("The options must not have articles; each row has its own.")
    try:
        schema = SummarizeRequestSchema(Limits.from_settings(settings), settings["profiles"])
        schema.load({"articles": [{"text": "The options are checked with this sentence."}], **options})
    except ValidationError as error:
        raise OptionsError(f"The options can't be used. {invalid_request([*field_errors(error)]).detail}") from error


def used_columns(schema: pa.Schema) -> list[str]:
    """Returns the names of the columns that are read. Raises ColumnError."""
    names = set(schema.names)
    if REQUEST in names:
        used = [name for name in ("id", REQUEST) if name in names]
    elif names.isdisjoint(BODIES):
        listed = ", ".join(schema.names) or "none"
        raise ColumnError(f"There is no column 'text', 'html' or 'request'; the columns are: {listed}.")
    else:
        used = [name for name in ARTICLE_COLUMNS if name in names]
    for name in used:
        if schema.names.count(name) > 1:
            raise ColumnError(f"There are several columns {name!r}.")
        _reader(name, schema.field(name).type)
    return used


def problem_rows(batch: pa.RecordBatch, detail: str) -> pa.RecordBatch:
    """Returns a problem for each row of a batch that could not be computed; the batch has at least one row."""
    rows = _rows(batch.select(used_columns(batch.schema)), {}, CONTRACT_LIMITS.json_depth)
    ids, bodies = zip(*rows, strict=True)
    failure = problem("internal-error", detail)
    return _answers(ids, [Responder.refuse(failure, _request_id(body)) for body in bodies])


def _rows(batch: pa.RecordBatch, options: Mapping[str, Any], max_depth: int) -> Iterator[tuple[str | None, bytes]]:
    """The id and the body of the request of each row."""
    names = batch.schema.names
    columns = {name: _reader(name, batch.schema.field(name).type)(batch.column(name)) for name in names}
    if REQUEST in columns:
        ids = columns.get("id", [None] * batch.num_rows)
        for row_id, text in zip(ids, columns[REQUEST], strict=True):
            own_id, body = _request(_to_utf8(text or ""), options, max_depth)
            yield row_id or own_id, body
    else:
        for row in zip(*columns.values(), strict=True):
            article = _article(dict(zip(names, row, strict=True)))
            yield article.get("id"), _body(article, options)


def _request(text: bytes, options: Mapping[str, Any], max_depth: int) -> tuple[str | None, bytes]:
    """The id and the body of the request for a JSON text; the responder refuses what can't be read."""
    try:
        value = parse(text, max_depth=max_depth)
    except MalformedJSONError:
        return None, text
    if not isinstance(value, dict):
        return None, text
    if "articles" not in value and not value.keys().isdisjoint(BODIES):
        article = _article(value)
        row_id = article.get("id")
        return row_id if isinstance(row_id, str) else None, _body(article, options)
    if options and value.keys() != {STORIES}:
        return None, _to_utf8(json.dumps({**options, **value}, ensure_ascii=False))
    return None, text


def _article(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an article that have a value; always with a body, so that the problem of an empty one names it."""
    article = {name: fields[name] for name in ARTICLE_COLUMNS if fields.get(name) not in (None, "")}
    if "text" in article:
        article.pop("html", None)
    if isinstance(article.get("id"), int) and not isinstance(article["id"], bool):
        article["id"] = str(article["id"])
    return article


def _body(article: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    return _to_utf8(json.dumps({"articles": [article], **options}, ensure_ascii=False))


def _to_utf8(text: str) -> bytes:
    """The text in UTF-8. Invalid bytes and halves of surrogate pairs stay unchanged: the responder refuses them."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode(errors="surrogatepass")


def _request_id(body: bytes) -> str:
    """An id that depends only on the request and not on its position, so that its problem is always the same."""
    return f"row-{sha256(body).hexdigest()[:16]}"


def _answers(ids: Sequence[str | None], replies: Sequence[Reply]) -> pa.RecordBatch:
    statuses = [status for status, _ in replies]
    bodies = [content if status == 200 else None for status, content in replies]
    problems = [None if status == 200 else content for status, content in replies]
    written = [None if row_id is None else row_id.encode(errors="replace") for row_id in ids]
    columns = [
        pa.array(written, pa.binary()).cast(pa.string()),
        pa.array(statuses, pa.int32()),
        pa.array(bodies, pa.binary()).cast(pa.string()),
        pa.array(problems, pa.binary()).cast(pa.string()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=ANSWER_SCHEMA)


def _reader(name: str, kind: pa.DataType) -> Callable[[pa.Array], list[str | None]]:
    """A function from a column to its values as text. Raises ColumnError for a type that can't be read."""
    if pa.types.is_dictionary(kind):
        read = _reader(name, kind.value_type)
        return lambda column: read(column.cast(kind.value_type))
    if any(matches(kind) for matches in _TEXT_TYPES):
        return _texts
    if pa.types.is_null(kind):
        return lambda column: [None] * len(column)
    if name == "id" and pa.types.is_integer(kind):
        return lambda column: [None if value is None else str(value) for value in column.to_pylist()]
    if name in TIMES and (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
        return _moments
    usual = {"id": "text or whole numbers"}.get(name, "text or timestamps" if name in TIMES else "text")
    raise ColumnError(f"The column {name!r} has the type {kind}; it must have {usual}.")


_TEXT_TYPES = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)


def _texts(column: pa.Array) -> list[str | None]:
    """The values of a column as text.

    They are read as bytes: Arrow does not check UTF-8, and one invalid value must not stop the others.
    """
    values = column.cast(pa.large_binary()).to_pylist()
    return [None if value is None else value.decode(errors="surrogateescape") for value in values]


def _moments(column: pa.Array) -> list[str | None]:
    """Times as RFC 3339; a time that Python can't represent as a number, which the schema of an article refuses."""
    microseconds = column.cast(pa.timestamp("us"), safe=False).cast(pa.int64()).to_pylist()
    return [None if value is None else _moment(value) for value in microseconds]


def _moment(microseconds: int) -> str:
    try:
        return (_EPOCH + timedelta(microseconds=microseconds)).isoformat()
    except OverflowError:
        return str(microseconds)


class _Settings(dict[str, Any]):
    """Settings as a cache key, so that equal settings share processes."""

    def __hash__(self) -> int:  # type: ignore[override]  # nothing changes them
        return hash(repr(sorted(self.items())))


@cache
def _responders(process: int, settings: _Settings) -> SpawnedResponders:
    """The responders of this process; a fork of it must not use those of its parent."""
    return SpawnedResponders(settings)
