"""What every format needs: documents break rules, and are read all the same."""

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
# What the request's schema takes; a document's longer values are cut, or left out where a part means nothing.
LONGEST = {"title": 1_000, "source": 200, "byline": 500}
# The key of what a document should have and has not; no field of an article is called so.
MISSING = "missing"
LONGEST_ID, LONGEST_URL, LONGEST_LANGUAGE = 200, 2_000, 35
STATUSES = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled", "publish": "usable"}


class UnreadableDocumentError(NutgrafError, ValueError):
    """A document is not what its format says, or can't be read safely; the message says why."""

    problem_type = "invalid-request"


def article(**fields: Any) -> Fields:
    """The fields of one article as a request takes them, without those that are empty or can't be used; MISSING says which.

    Values are what a document holds, of any type; dates are any that `moment` reads.
    """
    found: Fields = {}
    missing = []
    for name, value in fields.items():
        if name in ("text", "html"):
            if isinstance(value, str) and value.strip():
                found[name] = _whole(value)
        elif name in ("published_at", "updated_at", "embargoed_until"):
            found[name] = moment(value)
            if value and found[name] is None:
                missing.append(f"a date that can be read ({name})")
        elif name == "status":
            found[name] = STATUSES.get(str(value or "usable").rsplit(":", 1)[-1].lower(), "withheld")
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            found[name] = _fitting(name, _whole(" ".join(str(value).split())))
    if "text" not in found and "html" not in found:
        found["text"] = ""
        missing.append("a body")
    if not found.get("title"):
        missing.append("a title")
    if "text" in found:
        found.pop("html", None)
    return {name: value for name, value in found.items() if value is not None} | {MISSING: missing}


def moment(value: Any) -> str | None:
    """An ISO 8601 date, extended or basic, as RFC 3339; without an offset it is taken for UTC, None where it is no date."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    basic = _BASIC.fullmatch(value)
    if basic:
        year, month, day, hour, minute, second, offset = basic.groups()
        value = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{offset or ''}"
    try:
        read = datetime.fromisoformat(value.upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    if read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
    try:
        return read.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError):
        return None


def text_or_html(value: Any) -> Fields:
    """A body that may be markup whatever it is said to be."""
    if not isinstance(value, str):
        return {}
    return {"html" if _MARKUP.search(value) else "text": value}


def prefer(bodies: Sequence[tuple[str, str]]) -> Fields:
    """Of the same body in several forms one: plain text first, else HTML. Each is its content type and its value."""
    kinds = [("plain" in kind or kind in ("text", "body_text"), value) for kind, value in bodies if value.strip()]
    for is_text, value in kinds:
        if is_text:
            return text_or_html(value)
    return {"html": kinds[0][1]} if kinds else {}


def mapping(value: Any) -> Mapping[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def first(*values: Any) -> Any:
    """The first value that is text and not empty."""
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _fitting(name: str, value: str) -> str | None:
    if not value:
        return None
    if name == "url":
        return value if re.fullmatch(r"https?://\S+", value) and len(value) <= LONGEST_URL else None
    if name == "language":
        return _language_tag(value)
    if name in ("id", "rewrite_of"):
        return value[-LONGEST_ID:]
    return value[: LONGEST.get(name, LONGEST_ID)]


def _language_tag(value: str) -> str | None:
    """The value as a BCP 47 tag ("en_US" is "en-US"); None where it is none, or one of a private use alone."""
    try:
        tag = langcodes.standardize_tag(value)
    except LanguageTagError:
        return None
    language = langcodes.Language.get(tag).language or ""
    return tag if language.isalpha() and len(language) <= 3 and len(tag) <= LONGEST_LANGUAGE else None


def _whole(value: str) -> str:
    return _SURROGATE.sub("\ufffd", value)
