"""ninjs 1.x: news in JSON (IPTC), with bodies in properties whose names begin with `body_`."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import (
    JSON,
    Fields,
    UnreadableDocumentError,
    article,
    as_object,
    first_text,
    prefer_plain_text,
)

NAME, TITLE = "ninjs-1", "ninjs 1.x"
SENT_AS = JSON
MEDIA_TYPES = ("application/vnd.iptc.ninjs+json",)
READS = "uri, headline, body_*, byline, versioncreated, firstcreated, embargoed, pubstatus, language"

_EVENTS = frozenset({"event", "planning"})
_MEDIA = frozenset({"picture", "photo", "graphic", "audio", "video", "animation", "composite"})


def recognizes(document: Any) -> bool:
    """Whether the document is ninjs 1.x, by the standard that it names, or its `uri` and `body_*` properties."""
    if not isinstance(document, Mapping):
        return False
    return standard_version(document).startswith("1") or (
        "uri" in document and "bodies" not in document and (_has_body(document) or _type(document) in _EVENTS | _MEDIA)
    )


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article. Its `uri` is both the id and the address of the article.

    Raises UnreadableDocumentError for items without text, such as pictures and events.
    """
    return [
        article(
            **shared_fields(document),
            id=document.get("uri"),
            byline=document.get("byline"),
            source=first_text(document.get("source"), document.get("copyrightholder")),
            url=document.get("uri"),
            published_at=first_text(document.get("firstcreated"), document.get("versioncreated")),
        )
    ]


def standard_version(document: Mapping[str, Any]) -> str:
    """Returns the version of ninjs that an item names, such as "1.3"; an empty text for other items."""
    standard = as_object(document.get("standard"))
    return str(standard.get("version") or "") if str(standard.get("name")).lower() == "ninjs" else ""


def refuse_other_types(document: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Raises UnreadableDocumentError for events and plans of coverage, and for pictures and the like without a body."""
    kind = "event" if "eventDetails" in document or "eventdetails" in document else _type(document)
    if kind in _EVENTS or (kind in _MEDIA and not any(body.values())):
        raise UnreadableDocumentError(f"The item is of the type {kind!r}, which is not a story.")


def _type(document: Mapping[str, Any]) -> str:
    return str(document.get("type")).lower()


def shared_fields(document: Mapping[str, Any]) -> Fields:
    """Returns the fields whose properties have the same names in ninjs 1.x and in Superdesk's variant of it.

    Raises UnreadableDocumentError for items without text, such as pictures and events.
    """
    body = _body(document)
    refuse_other_types(document, body)
    return {
        **body,
        "title": _headline(document),
        "updated_at": document.get("versioncreated"),
        "embargoed_until": document.get("embargoed"),
        "status": document.get("pubstatus"),
        "language": document.get("language"),
    }


def _body(document: Mapping[str, Any]) -> Fields:
    """The body of the item: plain text if there is one, else HTML."""
    bodies = [(key, value) for key, value in document.items() if key.startswith("body_") and isinstance(value, str)]
    return prefer_plain_text(sorted(bodies, key=lambda body: body[0] not in ("body_html", "body_xhtml")))


def _headline(document: Mapping[str, Any]) -> str | None:
    """The property `headline`, or the first one whose name is `headline_` and a role."""
    others = (document[key] for key in sorted(document) if key.startswith("headline_"))
    headline: str | None = first_text(document.get("headline"), *others)
    return headline


def _has_body(document: Mapping[str, Any]) -> bool:
    return any(isinstance(key, str) and key.startswith("body_") for key in document) or "headline" in document
