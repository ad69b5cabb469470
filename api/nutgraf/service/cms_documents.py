"""A document POSTed alone -> the request that it means: its options stand in the query string."""

import re
from collections.abc import Mapping
from typing import Any

from nutgraf import formats
from nutgraf.service.schemas.length import LENGTH_UNITS

_NUMBERS = frozenset({"keywords", "max_per_source"})
_TEXTS = frozenset({"order", "offset_unit", "query", "output"})
_ARTICLE = frozenset({"id", "title", "source", "language", "rewrite_of", "status"})


def format_of(media_type: str, query: Mapping[str, str]) -> str | None:
    """The format of a body by `?format=` or by its media type; None for a request of our own."""
    return query.get("format") or formats.MEDIA_TYPES.get(media_type)


def is_xml(media_type: str) -> bool:
    """Whether a body is XML by its media type."""
    return media_type in ("application/xml", "text/xml") or media_type.endswith("+xml") or "nitf" in media_type


def decode_xml(body: bytes) -> str:
    """XML as text, in the encoding that its declaration names, else UTF-8."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']", body[:400])
    try:
        return body.decode(declared[1].decode() if declared else "utf-8-sig", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def request(name: str, document: Any, query: Mapping[str, str]) -> dict[str, Any]:
    """The request for one document: `?words=120&headlines=5&max_characters=60&order=score`.

    Nothing is checked here: the schema names the parameter that can't be used as the field that it stands for.
    """
    body: dict[str, Any] = {"articles": [{"format": name, "document": document}]}
    for key, value in query.items():
        if key in LENGTH_UNITS:
            body.setdefault("length", {})[key] = _number(value)
        elif key in ("headlines", "max_characters", "style"):
            body.setdefault("headlines", {})["count" if key == "headlines" else key] = _number(value)
        elif key in _ARTICLE:
            body["articles"][0][key] = value
        elif key == "exclude":
            body[key] = value.split(",")
        elif key in _NUMBERS or key in _TEXTS:
            body[key] = _number(value) if key in _NUMBERS else value
        elif key != "format":
            body[key] = value
    return body


def _number(value: str) -> Any:
    """The number that the text is, else the text, which the schema refuses."""
    try:
        return int(value) if value.lstrip("-").isdecimal() and len(value) < 20 else float(value)
    except ValueError:
        return value
