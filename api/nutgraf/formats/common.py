"""Helpers of all formats. They are tolerant, because real documents often break the rules of their format."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import langcodes
from langcodes.tag_parser import LanguageTagError

from nutgraf.errors import NutgrafError

Fields = dict[str, Any]

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|span|a|em|strong|b|i|article|section|blockquote)\b[^<>]*>", re.IGNORECASE
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# The limits of the request's schema.
# Longer values of a document are truncated. Addresses and language tags are omitted: a truncated one would be wrong.
MAX_CHARACTERS = {"title": 1_000, "source": 200, "byline": 500}
MAX_ID_CHARACTERS, MAX_URL_CHARACTERS, MAX_LANGUAGE_CHARACTERS = 200, 2_000, 35
# The key under which an article lists what its document lacks; no field of an article has this name.
MISSING = "missing"
# A status in a document, in lower case -> the status of an article; all others count as withheld.
STATUS_OF = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "publish": "usable",
}


class UnreadableDocumentError(NutgrafError, ValueError):
    """A document does not have the format that it should have, or can't be read safely; the message says why."""

    problem_type = "invalid-request"


def article(**fields: Any) -> Fields:
    """Returns the fields of a request's article, without empty and unusable values.

    `fields` are values of a document, of any type; dates may have any form that `to_rfc3339` reads. The entry MISSING lists
    what the document lacks: a body, a title, or a date that can be read.
    """
    result: Fields = {}
    missing = []
    for name, value in fields.items():
        if name in ("text", "html"):
            if isinstance(value, str) and value.strip():
                result[name] = _without_surrogates(value)
        elif name in ("published_at", "updated_at", "embargoed_until"):
            result[name] = to_rfc3339(value)
            if value and result[name] is None:
                missing.append(f"a date that can be read ({name})")
        elif name == "status":
            result[name] = STATUS_OF.get(str(value or "usable").rsplit(":", 1)[-1].lower(), "withheld")
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            result[name] = _within_limits(name, _without_surrogates(" ".join(str(value).split())))
    if "text" not in result and "html" not in result:
        result["text"] = ""
        missing.append("a body")
    if not result.get("title"):
        missing.append("a title")
    if "text" in result:
        result.pop("html", None)
    return {name: value for name, value in result.items() if value is not None} | {MISSING: missing}


def to_rfc3339(value: Any) -> str | None:
    """Returns an ISO 8601 date, in extended or basic format, as RFC 3339 in UTC; None if the value is not a date.

    A time without an offset is taken as UTC.
    """
    if not isinstance(value, str):
        return None
    value = value.strip()
    basic = _BASIC.fullmatch(value)
    if basic:
        year, month, day, hour, minute, second, offset = basic.groups()
        value = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{offset or ''}"
    try:
        parsed = datetime.fromisoformat(value.upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    try:
        return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError):
        return None


def text_or_html(value: Any) -> Fields:
    """Returns a body under the key `html` if it contains HTML tags, else under the key `text`; {} if it is not text.

    Its declared type is ignored, because many documents declare HTML as plain text.
    """
    if not isinstance(value, str):
        return {}
    return {"html" if _MARKUP.search(value) else "text": value}


def prefer_plain_text(bodies: Sequence[tuple[str, str]]) -> Fields:
    """Returns one of several forms of the same body: plain text if there is one, else HTML.

    `bodies` are pairs of a content type and a value.
    """
    kinds = [("plain" in kind or kind in ("text", "body_text"), value) for kind, value in bodies if value.strip()]
    for is_text, value in kinds:
        if is_text:
            return text_or_html(value)
    return {"html": kinds[0][1]} if kinds else {}


def as_object(value: Any) -> Mapping[str, Any]:
    """Returns the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_objects(value: Any) -> list[Mapping[str, Any]]:
    """Returns the JSON objects in a list; an empty list if the value is not a list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def first_text(*values: Any) -> Any:
    """Returns the first value that is text and not blank, else None."""
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _within_limits(name: str, value: str) -> str | None:
    if not value:
        return None
    if name == "url":
        return value if re.fullmatch(r"https?://\S+", value) and len(value) <= MAX_URL_CHARACTERS else None
    if name == "language":
        return _language_tag(value)
    if name in ("id", "rewrite_of"):
        return value[-MAX_ID_CHARACTERS:]
    return value[: MAX_CHARACTERS.get(name, MAX_ID_CHARACTERS)]


def _language_tag(value: str) -> str | None:
    """The value as a BCP 47 tag ("en_US" becomes "en-US"); None for other values and for private-use tags."""
    try:
        tag = langcodes.standardize_tag(value)
    except LanguageTagError:
        return None
    language = langcodes.Language.get(tag).language or ""
    return tag if language.isalpha() and len(language) <= 3 and len(tag) <= MAX_LANGUAGE_CHARACTERS else None


def _without_surrogates(value: str) -> str:
    return _SURROGATE.sub("\ufffd", value)
