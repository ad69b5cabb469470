"""Strict fields: what JSON says is taken, what it could be made to say is not."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?")


class Text(fields.String):
    """A JSON string that is Unicode text: without lone surrogates, which no other program could read."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects it from class attributes
        "invalid": "Must be text.",
        "null": "Must be text, not null.",
        "surrogate": "Holds half of a surrogate pair; send whole characters.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if _LONE_SURROGATE.search(value):
            raise self.make_error("surrogate")
        return value


class WholeNumber(fields.Integer):
    """A JSON number that is whole; "5" is not 5, and neither is true."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Must be a whole number.",
        "null": "Must be a whole number, not null.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
            raise self.make_error("invalid")
        return int(value)


class Share(fields.Float):
    """A JSON number."""

    default_error_messages = {"invalid": "Must be a number.", "null": "Must be a number, not null."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid")
        return float(min(max(value, -1), 2))  # the range is checked next; a huge integer has no float


class Flag(fields.Boolean):
    """A JSON true or false; 1 and "yes" are neither."""

    default_error_messages = {"invalid": "Must be true or false.", "null": "Must be true or false, not null."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Moment(fields.AwareDateTime):
    """An RFC 3339 timestamp with its offset from UTC."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Must be a timestamp such as 2026-01-31T14:05:00Z.",
        "naive": "Needs its offset from UTC, such as Z or +01:00.",
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


class ByName(fields.Dict):
    """A JSON object of values by name; what is wrong with one is said at its name."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]  # marshmallow's
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError({key: of.get("value", of.get("key")) for key, of in error.messages.items()}) from error


class Pattern(validate.Regexp):
    """A regular expression for the whole value; the library's own lets a line end follow."""

    def __call__(self, value: Any) -> Any:
        if not self.regex.fullmatch(value):
            raise ValidationError(self._format_error(value))
        return value


class Strict(Schema):
    """Refuses what it does not know, by name."""

    error_messages = {"unknown": "There is no such field.", "type": "Must be an object."}  # noqa: RUF012

    # Merged into the JSON Schema, for what fields alone can't say.
    json_schema: ClassVar[Mapping[str, Any]] = {}


def described(description: str, example: Any = None, **more: Any) -> dict[str, Any]:
    return {"description": description, **({} if example is None else {"examples": [example]}), **more}
