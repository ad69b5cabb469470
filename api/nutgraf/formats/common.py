"""Functions that all formats use. They are tolerant, because real documents often break the rules of their format."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

import langcodes
from langcodes.tag_parser import LanguageTagError

from nutgraf.errors import NutgrafError
from nutgraf.formats.markup_in_text import (
    count_blocks,
    has_tags,
    plain_line,
    with_line_breaks,
    without_character_references,
    without_escaped_tags,
)

Fields = dict[str, Any]
# The forms in which clients send the documents of a format.
JSON, TEXT, BYTES = "JSON", "text", "bytes, or in JSON as base64"

_ISO_8601_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_SPACE_BEFORE_OFFSET = re.compile(r"\s(?=[+-]\d\d:?\d\d$)")
# Longer texts are not dates, and would take long to parse.
_LONGEST_DATE = 60
_LONGEST_MAIL_ADDRESS, _MAX_PARENTHESES = 1_000, 20
# "mlk", "ann.lock_2", "al/ic": a CMS account name, which is not the name of a person.
_ACCOUNT_NAME = re.compile(r"[a-z0-9._@+/-]+")
# The URL of an author's page instead of a name.
_URL_START = re.compile(r"(?:https?:)?//|www\.", re.I)
_FALSE = ("false", "no", "0")
_SURROGATE = re.compile("[\ud800-\udfff]")
# The limits of the request's schema. Longer values of a document are truncated, except URLs and language tags: if they are
# too long, they are omitted, because a truncated one would be wrong.
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
    "published": "usable",
}
# The status of a document that may be published only after a time given elsewhere in it.
EMBARGOED = "embargoed"


class UnreadableDocumentError(NutgrafError, ValueError):
    """A document does not have the format that it should have, or can't be read safely; the message says why."""

    problem_type = "invalid-request"


def article(*, also_missing: Sequence[str] = (), **fields: Any) -> Fields:
    """Returns the fields of a request's article, without empty and unusable values.

    `fields` are values of a document, of any type; dates may have any form that `to_rfc3339` reads, and titles and names may
    have HTML in them. An article is withheld if it is under embargo, by its status or its date, and the end of the embargo
    can't be read. The entry MISSING lists what the document lacks: a body, a title or a
    readable date, and the items of `also_missing`.
    """
    result: Fields = {}
    lacking = list(also_missing)
    for name, value in fields.items():
        if name in ("text", "html"):
            if isinstance(value, str) and value.strip():
                result[name] = _without_surrogates(value)
        elif name in ("published_at", "updated_at", "embargoed_until"):
            result[name] = to_rfc3339(value)
            if value and result[name] is None:
                lacking.append(f"a date that can be read ({name})")
        elif name == "status":
            result[name] = _status(value)
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            text = plain_line(str(value)) if name in ("title", "byline", "source") else " ".join(str(value).split())
            result[name] = _within_limits(name, _without_surrogates(text))
    is_embargoed = bool(fields.get("embargoed_until")) or result.get("status") == EMBARGOED
    if is_embargoed and (result.get("status", EMBARGOED) in ("usable", EMBARGOED)):
        result["status"] = "usable" if result.get("embargoed_until") else "withheld"
    if "text" not in result and "html" not in result:
        result["text"] = ""
        lacking.append("a body")
    if not result.get("title"):
        lacking.append("a title")
    if "text" in result:
        result.pop("html", None)
    return {name: value for name, value in result.items() if value is not None} | {MISSING: lacking}


def to_rfc3339(value: Any) -> str | None:
    """Converts an ISO 8601 date (extended or basic format) or an e-mail date (RFC 2822) to RFC 3339 in UTC.

    Returns None for other values. A time without an offset is taken as UTC.
    """
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        return None
    value = value.strip()
    basic = _ISO_8601_BASIC.fullmatch(value)
    if basic:
        year, month, day, hour, minute, second, offset = basic.groups()
        value = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{offset or ''}"
    try:
        parsed = datetime.fromisoformat(_SPACE_BEFORE_OFFSET.sub("", value.upper().replace("Z", "+00:00")))
    except ValueError:
        try:
            parsed = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    try:
        return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError):
        return None


def text_or_html(value: Any) -> Fields:
    """Returns a body under the key `html` if it contains HTML tags, else under the key `text`; {} if it is not text.

    Its declared type is ignored, because many documents declare HTML as plain text, escape its tags twice, or contain
    character references such as `&amp;` in plain text. In HTML without block elements, the line ends that separate
    paragraphs become `<br>`.
    """
    if not isinstance(value, str):
        return {}
    value = without_escaped_tags(value)
    if not has_tags(value):
        return {"text": without_character_references(value)}
    return {"html": value if count_blocks(value) else with_line_breaks(value)}


def prefer_plain_text(bodies: Sequence[tuple[str, str]]) -> Fields:
    """Returns one of several forms of the same body: plain text if there is one, else HTML.

    `bodies` are pairs of a content type and a value. If the plain text has fewer lines than the HTML has
    paragraphs, its paragraph breaks were lost, so the HTML is returned.
    """
    filled = [(content_type, value) for content_type, value in bodies if value.strip()]
    flagged = [("plain" in content_type or content_type in ("text", "body_text"), value) for content_type, value in filled]
    plain = next((value for is_plain, value in flagged if is_plain), None)
    markups = [value for content_type, value in filled if "html" in content_type]
    markup = next(iter(markups), next((value for is_plain, value in flagged if not is_plain), None))
    lines = sum(1 for line in (plain or "").splitlines() if line.strip())
    if plain is None or (markup and not has_tags(plain) and lines < count_blocks(markup)):
        return text_or_html(markup)
    return text_or_html(plain)


def as_object(value: Any) -> Mapping[str, Any]:
    """Returns the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_objects(value: Any) -> list[Mapping[str, Any]]:
    """Returns the JSON objects in a list; an empty list if the value is not a list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def first_text(*values: Any) -> Any:
    """Returns the first value that is text and not blank, else None."""
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def mail_name(address: str) -> str | None:
    """Returns the name in an e-mail address, such as "Ann Lock <ann@news.example>"; None without one.

    Returns None also for an address that is long or has many parentheses, because Python's parser recurses for each
    parenthesis and takes quadratic time.
    """
    if len(address) > _LONGEST_MAIL_ADDRESS or address.count("(") > _MAX_PARENTHESES:
        return None
    return parseaddr(address)[0] or None


def is_false(value: Any) -> bool:
    """Whether a value is false, in one of the forms that sites write: `false`, "False" or "https://schema.org/False"."""
    values = value if isinstance(value, list) else [value]
    texts = (str(as_object(each).get("@value", as_object(each).get("@id", each))) for each in values)
    return any(text.strip().rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() in _FALSE for text in texts)


def is_account_name(value: str) -> bool:
    """Whether a value is the name of a CMS account, such as "mlk2", and not the name of a person."""
    return _ACCOUNT_NAME.fullmatch(value.strip()) is not None


def names(*values: Any) -> str | None:
    """Returns the names in values, each once, as one text; None without any.

    A value is a name, an object with a `name`, or a list of these.
    """
    found: dict[str, None] = {}
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            stated = as_object(item).get("name")
            name = first_text(item, *(stated if isinstance(stated, list) else [stated]))
            if name:
                found[" ".join(name.split())] = None
    return ", ".join(found) or None


def _status(value: Any) -> str:
    status = str(value or "usable").rsplit(":", 1)[-1].rsplit("/", 1)[-1].strip().lower()
    return EMBARGOED if status == EMBARGOED else STATUS_OF.get(status, "withheld")


def _within_limits(name: str, value: str) -> str | None:
    if not value:
        return None
    if name == "url":
        return value if re.fullmatch(r"https?://\S+", value) and len(value) <= MAX_URL_CHARACTERS else None
    if name == "language":
        return _language_tag(value)
    if name == "byline" and (is_account_name(value) or _URL_START.match(value)):
        return None
    if name in ("id", "rewrite_of"):
        return value[-MAX_ID_CHARACTERS:]
    return value[: MAX_CHARACTERS.get(name, MAX_ID_CHARACTERS)]


def _language_tag(value: str) -> str | None:
    """The value as a BCP 47 tag ("en_US" and NITF's "en.us" become "en-US"); None for other values and private-use tags."""
    try:
        tag = langcodes.standardize_tag(value.replace(".", "-"))
    except LanguageTagError:
        return None
    language = langcodes.Language.get(tag).language or ""
    return tag if language.isalpha() and len(language) <= 3 and len(tag) <= MAX_LANGUAGE_CHARACTERS else None


def _without_surrogates(value: str) -> str:
    return _SURROGATE.sub("\ufffd", value)
