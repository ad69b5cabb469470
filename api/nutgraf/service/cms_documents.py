"""Turns a CMS document that is POSTed alone into a request, with the options of the query string."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.formats.encodings import decode
from nutgraf.service.schemas.length import LENGTH_UNITS
from nutgraf.service.strict_json import parse_leniently

_NUMBER_OPTIONS = frozenset({"keywords", "quotes", "max_per_source"})
_ARTICLE_FIELDS = frozenset({"id", "title", "source", "language", "rewrite_of", "status"})


def format_of(media_type: str, parameters: Mapping[str, str]) -> str | None:
    """Returns the name of a body's format, by `?format=` or else by its media type; None for our own request format."""
    return parameters.get("format") or formats.MEDIA_TYPES.get(media_type)


def is_xml(media_type: str) -> bool:
    """Whether a body is XML by its media type."""
    return media_type in ("application/xml", "text/xml") or media_type.endswith("+xml") or "nitf" in media_type


def is_document(media_type: str, name: str) -> bool:
    """Whether a body that is not JSON is read: by its media type or, if that is generic, by the format `name`."""
    module = formats.FORMATS.get(name)
    is_text = name == formats.AUTO or (module is not None and module.SENT_AS != formats.JSON)
    return is_xml(media_type) or media_type in formats.MEDIA_TYPES or is_text


def read_body(
    body: bytes, media_type: str, charset: str | None, parameters: Mapping[str, str], *, max_depth: int
) -> dict[str, Any]:
    """Returns the request for a body that is a document, whose format `format_of` knows.

    `charset` is that of `Content-Type`. JSON is read leniently, up to `max_depth` levels. Raises ValidationError for a
    body that can't be decoded, and MalformedJSONError.
    """
    name = format_of(media_type, parameters) or formats.AUTO
    if media_type.endswith("json"):
        document = parse_json(body, charset, max_depth=max_depth)
    else:
        document = _decoded(name, body, charset)
    return to_request(name, document, parameters)


def parse_json(body: bytes, charset: str | None, *, max_depth: int) -> Any:
    """Returns the value of a document in JSON, which may break some rules. Raises the errors of `read_body`."""
    return parse_leniently(_decoded(None, body, charset), max_depth=max_depth)


def _decoded(name: str | None, body: bytes, charset: str | None) -> Any:
    try:
        return formats.decode(name, body, charset) if name else decode(body, charset)
    except formats.UnreadableDocumentError as error:
        raise ValidationError({"articles": {0: {"document": [str(error)]}}}) from error


def to_request(name: str, document: Any, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Returns the request for one document, with options such as `?words=120&headlines=5&max_characters=60&order=score`.

    Nothing is validated here. If a parameter is invalid, the schema reports it, with the field's name.
    """
    body: dict[str, Any] = {"articles": [{"format": name, "document": document}]}
    for key, value in parameters.items():
        if key in LENGTH_UNITS:
            body.setdefault("length", {})[key] = _number(value)
        elif key in ("headlines", "max_characters", "style"):
            body.setdefault("headlines", {})["count" if key == "headlines" else key] = _number(value)
        elif key in _ARTICLE_FIELDS:
            body["articles"][0][key] = value
        elif key == "exclude":
            body[key] = value.split(",")
        elif key in _NUMBER_OPTIONS:
            body[key] = _number(value)
        elif key != "format":
            body[key] = value
    return body


def _number(value: str) -> Any:
    """The text as a number if it is one; other text is returned unchanged and the schema validates it."""
    # Longer numbers are far above every limit, and a float is exact enough; int() takes quadratic time for many digits.
    try:
        return int(value) if value.lstrip("-").isdecimal() and len(value) < 20 else float(value)
    except ValueError:
        return value
