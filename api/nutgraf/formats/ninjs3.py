"""ninjs 3.x: like 2.x, but with property names in camel case."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import Fields, as_objects
from nutgraf.formats.ninjs2 import read_item, write_item

NAME, TITLE = "ninjs-3", "ninjs 3.x"
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versionCreated, firstCreated, embargoedUntil, pubStatus, language"
_NAMES = {
    "content_type": "contentType", "note": "edNote", "embargo": "embargoedUntil", "completeness": "representationType",
    "created": "firstCreated", "changed": "versionCreated", "status": "pubStatus", "sources": "infoSources",
    "holder": "copyrightHolder",
}  # fmt: skip
# The IPTC's term for content that people made and software arranged.
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"


def recognises(document: Any) -> bool:
    """Whether the document is ninjs 3.x, by the camel case of its property names."""
    if not isinstance(document, Mapping):
        return False
    content_types = any("contentType" in body for body in as_objects(document.get("bodies")))
    return content_types or "versionCreated" in document or "pubStatus" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article."""
    return [read_item(document, _NAMES)]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the answer as an item: summary in `descriptions`, suggestions in `headlines`, sources in `associations`."""
    return {**write_item(answer, _NAMES, version="3.3"), "digitalSourceType": {"uri": DIGITAL_SOURCE_TYPE}}
