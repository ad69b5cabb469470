"""Strict marshmallow fields: a value must have the right JSON type, and is never converted from another one."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?")


class Text(fields.String):
    """A JSON string without lone surrogates, which are not valid Unicode text."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects it from class attributes
        "invalid": "Must be text.",
        "null": "Must be text, not null.",
        "surrogate": "Must not contain half of a surrogate pair.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if _LONE_SURROGATE.search(value):
            raise self.make_error("surrogate")
        return value


class WholeNumber(fields.Integer):
    """A JSON number without a fraction; neither "5" nor true is accepted."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Must be a whole number.",
        "null": "Must be a whole number, not null.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
            raise self.make_error("invalid")
        return int(value)


class Number(fields.Float):
    """A JSON number, loaded as float; values far outside 0 to 1 are clipped, because the schema refuses them anyway."""

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
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise self.make_error("invalid")
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError as error:
            raise self.make_error("invalid") from error
        if moment.tzinfo is None:
            raise self.make_error("naive")
        return moment


class NamedValues(fields.Dict):
    """A JSON object of named values; errors are reported under the name of the value."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]  # marshmallow's
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError(
                {key: nested.get("value", nested.get("key")) for key, nested in error.messages.items()}
            ) from error


class Pattern(validate.Regexp):
    """Validates the whole value with a regular expression; marshmallow's Regexp allows a line end after it."""

    def __call__(self, value: Any) -> Any:
        if not self.regex.fullmatch(value):
            raise ValidationError(self._format_error(value))
        return value


class StrictSchema(Schema):
    """The base of all schemas: refuses unknown fields by name."""

    error_messages = {"unknown": "Is not a known field.", "type": "Must be an object."}  # noqa: RUF012

    # Merged into the JSON Schema, for what the fields alone can't express.
    json_schema: ClassVar[Mapping[str, Any]] = {}


def described(description: str, example: Any = None, **extra: Any) -> dict[str, Any]:
    """Returns the metadata of a field for the contract: its description, an example, and more JSON Schema keywords."""
    return {"description": description, **({} if example is None else {"examples": [example]}), **extra}
