"""ninjs 1.x: news in JSON (IPTC), bodies in properties whose names begin with `body_`."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import Fields, article, first, prefer

NAME, TITLE = "ninjs-1", "ninjs 1.x"
MEDIA_TYPES = ("application/vnd.iptc.ninjs+json",)
READS = "uri, headline, body_*, byline, versioncreated, firstcreated, embargoed, pubstatus, language"


def recognises(document: Any) -> bool:
    """By its bodies, and a uri."""
    return isinstance(document, Mapping) and "uri" in document and "bodies" not in document and _has_body(document)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """The item as an article."""
    return [
        article(
            **shared_fields(document),
            id=document.get("uri"),
            byline=document.get("byline"),
            source=first(document.get("source"), document.get("copyrightholder")),
            url=document.get("uri"),
            published_at=first(document.get("firstcreated"), document.get("versioncreated")),
        )
    ]


def shared_fields(document: Mapping[str, Any]) -> Fields:
    """The fields that ninjs 1.x and Superdesk's variant of it name alike."""
    return {
        **_body(document),
        "title": _headline(document),
        "updated_at": document.get("versioncreated"),
        "embargoed_until": document.get("embargoed"),
        "status": document.get("pubstatus"),
        "language": document.get("language"),
    }


def _body(document: Mapping[str, Any]) -> Fields:
    """The item's body: plain text first, else HTML."""
    found = [(key, value) for key, value in document.items() if key.startswith("body_") and isinstance(value, str)]
    return prefer(sorted(found, key=lambda each: each[0] not in ("body_html", "body_xhtml")))


def _headline(document: Mapping[str, Any]) -> str | None:
    """The headline, or the first of those with a role in their name."""
    others = (document[key] for key in sorted(document) if key.startswith("headline_"))
    found: str | None = first(document.get("headline"), *others)
    return found


def _has_body(document: Mapping[str, Any]) -> bool:
    return any(isinstance(key, str) and key.startswith("body_") for key in document) or "headline" in document
