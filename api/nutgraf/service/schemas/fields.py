"""Strict marshmallow fields: a value must have the right JSON type, and is never converted from another one."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, pre_load, validate

# More errors than this usually have one common cause: no more are listed, and an object with more unknown fields is refused
# at once.
MAX_ERRORS = 100
UNKNOWN_FIELD = "Is not a known field."
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?")


class Text(fields.String):
    """A JSON string without lone surrogates, which are not valid Unicode text."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects it from class attributes
        "invalid": "Must be text.",
        "null": "Must be text, not null.",
        "surrogate": "Must not contain a lone surrogate (half of a pair).",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if _LONE_SURROGATE.search(value):
            raise self.make_error("surrogate")
        return value


class Document(fields.Raw):
    """Any JSON value in which no string and no key has a lone surrogate."""

    default_error_messages = {"surrogate": Text.default_error_messages["surrogate"]}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        values = [value]
        while values:  # a stack, because a document may be nested deep
            current = values.pop()
            if isinstance(current, str):
                if _LONE_SURROGATE.search(current):
                    raise self.make_error("surrogate")
            elif isinstance(current, Mapping):
                values.extend(current)
                values.extend(current.values())
            elif isinstance(current, list):
                values.extend(current)
        return value


class WholeNumber(fields.Integer):
    """A JSON number with an integer value, such as 5 or 5.0; neither "5" nor true is accepted."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Must be a whole number.",
        "null": "Must be a whole number, not null.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
            raise self.make_error("invalid")
        return int(value)


class Ratio(fields.Float):
    """A JSON number from 0 to 1, loaded as float. Numbers far outside are clipped; the range of the field refuses them."""

    default_error_messages = {"invalid": "Must be a number.", "null": "Must be a number, not null."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid")
        return float(min(max(value, -1), 2))  # a huge integer can't be a float; the range is checked next


class Boolean(fields.Boolean):
    """A JSON true or false; neither 1 nor "yes" is accepted."""

    default_error_messages = {"invalid": "Must be true or false.", "null": "Must be true or false, not null."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Timestamp(fields.AwareDateTime):
    """An RFC 3339 timestamp with its offset from UTC."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Must be a timestamp such as 2026-01-31T14:05:00Z.",
        "naive": "Must have a UTC offset, such as Z or +01:00.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        if not isinstance(value, str) or not _TIMESTAMP.fullmatch(value):
            raise self.make_error("invalid")
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError as error:
            raise self.make_error("invalid") from error
        if moment.tzinfo is None:
            raise self.make_error("naive")
        return moment


class NamedValues(fields.Dict):
    """A JSON object of named values; errors are reported under the name of the value.

    The number of values is checked before they are loaded.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            self._validate(value)
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]  # marshmallow's
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError(
                {key: nested.get("value", nested.get("key")) for key, nested in error.messages.items()}
            ) from error


class BoundedList(fields.List[Any]):
    """A JSON list whose length is checked before its elements are loaded, so that a list that is too long costs nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, list):
            self._validate(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Pattern(validate.Regexp):
    """Validates the whole value with a regular expression; marshmallow's Regexp only checks its beginning."""

    def __call__(self, value: Any) -> Any:
        if not self.regex.fullmatch(value):
            raise ValidationError(self._format_error(value))
        return value


class StrictSchema(Schema):
    """The base of all schemas: refuses unknown fields, and names each of them."""

    error_messages = {"unknown": UNKNOWN_FIELD, "type": "Must be an object."}  # noqa: RUF012

    # Merged into the JSON Schema, for what the fields alone can't express.
    json_schema: ClassVar[Mapping[str, Any]] = {}

    @pre_load
    def _refuse_many_unknown_fields(self, sent: Any, **kwargs: Any) -> Any:
        """Stops just above MAX_ERRORS unknown fields; marshmallow would collect an error for each of them."""
        if isinstance(sent, Mapping) and len(sent) > len(self.load_fields) + MAX_ERRORS:
            unknown = (str(name) for name in sent if name not in self.load_fields)
            raise ValidationError({name: [self.error_messages["unknown"]] for name in islice(unknown, MAX_ERRORS + 1)})
        return sent


def described(description: str, example: Any = None, **extra: Any) -> dict[str, Any]:
    """Returns the metadata of a field for the contract: its description, an example, and more JSON Schema keywords."""
    return {"description": description, **({} if example is None else {"examples": [example]}), **extra}
