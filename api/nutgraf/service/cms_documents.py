"""A CMS document that is POSTed alone -> a request, with the options of the query string."""

import re
from collections.abc import Mapping
from typing import Any

from nutgraf import formats
from nutgraf.service.schemas.length import LENGTH_UNITS

# The encoding is searched only here, so that a document without a declaration costs nothing.
_MAX_XML_DECLARATION_BYTES = 400
_NUMBER_OPTIONS = frozenset({"keywords", "quotes", "max_per_source"})
_ARTICLE_FIELDS = frozenset({"id", "title", "source", "language", "rewrite_of", "status"})


def format_of(media_type: str, parameters: Mapping[str, str]) -> str | None:
    """Returns the name of a body's format, by `?format=` or else by its media type; None for our own request format."""
    return parameters.get("format") or formats.MEDIA_TYPES.get(media_type)


def is_xml(media_type: str) -> bool:
    """Whether a body is XML by its media type."""
    return media_type in ("application/xml", "text/xml") or media_type.endswith("+xml") or "nitf" in media_type


def decode_xml(body: bytes) -> str:
    """Decodes XML in the encoding that its declaration names, else in UTF-8; invalid bytes become U+FFFD."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']", body[:_MAX_XML_DECLARATION_BYTES])
    try:
        return body.decode(declared[1].decode() if declared else "utf-8-sig", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


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
