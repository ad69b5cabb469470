"""ninjs 3.x: as 2.x, property names with capitals inside."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import Fields, objects
from nutgraf.formats.ninjs2 import read_item, write_item

NAME, TITLE = "ninjs-3", "ninjs 3.x"
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versionCreated, firstCreated, embargoedUntil, pubStatus, language"
_NAMES = {
    "content_type": "contentType", "note": "edNote", "embargo": "embargoedUntil", "completeness": "representationType",
    "created": "firstCreated", "changed": "versionCreated", "status": "pubStatus", "sources": "infoSources",
    "holder": "copyrightHolder",
}  # fmt: skip
# What the IPTC calls content that people made and software arranged.
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"


def recognises(document: Any) -> bool:
    """By the capitals in its names."""
    if not isinstance(document, Mapping):
        return False
    content_types = any("contentType" in each for each in objects(document.get("bodies")))
    return content_types or "versionCreated" in document or "pubStatus" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """The item as an article."""
    return [read_item(document, _NAMES)]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as an item: the summary in `descriptions`, suggestions in `headlines`, the sources associated."""
    return {**write_item(answer, _NAMES, version="3.3"), "digitalSourceType": {"uri": DIGITAL_SOURCE_TYPE}}
