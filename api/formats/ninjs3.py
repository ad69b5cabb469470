"""ninjs 3.x: as 2.x, property names with capitals inside."""

from collections.abc import Mapping
from typing import Any

from api.formats.common import Fields, article, first, objects
from api.formats.ninjs2 import bodies, headline, item

NAME, TITLE = "ninjs-3", "ninjs 3.x"
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versionCreated, firstCreated, embargoedUntil, pubStatus, language"


def recognises(document: Any) -> bool:
    """By the capitals in its names."""
    if not isinstance(document, Mapping):
        return False
    content_types = any("contentType" in each for each in objects(document.get("bodies")))
    return content_types or "versionCreated" in document or "pubStatus" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """The item as an article."""
    return [
        article(
            **bodies(document, "contentType"),
            id=document.get("uri"),
            title=headline(document),
            byline=document.get("by"),
            source=first(
                *(each.get("name") for each in objects(document.get("infoSources"))), document.get("copyrightHolder")
            ),
            url=document.get("uri"),
            published_at=first(document.get("firstCreated"), document.get("versionCreated")),
            updated_at=document.get("versionCreated"),
            embargoed_until=first(document.get("embargoedUntil"), document.get("embargoed")),
            status=document.get("pubStatus"),
            language=document.get("language"),
        )
    ]


_NAMES = {"content_type": "contentType", "note": "edNote", "embargo": "embargoedUntil", "completeness": "representationType"}
# What the IPTC calls content that people made and software arranged.
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as an item: the summary in `descriptions`, suggestions in `headlines`, the sources associated."""
    return {**item(answer, _NAMES, version="3.3"), "digitalSourceType": {"uri": DIGITAL_SOURCE_TYPE}}
