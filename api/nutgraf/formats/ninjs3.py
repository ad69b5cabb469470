"""ninjs 3.x: like 2.x, but with property names in camel case."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import JSON, Fields, as_objects
from nutgraf.formats.ninjs1 import standard_version
from nutgraf.formats.ninjs2 import has_bodies_or_headlines_as_lists, read_item, write_item

NAME, TITLE = "ninjs-3", "ninjs 3.x"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versionCreated, firstCreated, embargoedUntil, pubStatus, language"
# Our name of a property -> its name in ninjs 3.x.
_PROPERTY_NAMES = {
    "content_type": "contentType", "note": "edNote", "embargo": "embargoedUntil", "completeness": "representationType",
    "created": "firstCreated", "changed": "versionCreated", "status": "pubStatus", "sources": "infoSources",
    "holder": "copyrightHolder",
}  # fmt: skip
_CAMEL_CASE = frozenset(name for name in _PROPERTY_NAMES.values() if not name.islower())
# The IPTC's term for content that people made and software arranged.
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"


def recognizes(document: Any) -> bool:
    """Whether the document is ninjs 3.x.

    It states this standard or, if it states none, has its lists and property names in camel case.
    """
    if not isinstance(document, Mapping):
        return False
    if version := standard_version(document):
        return version.startswith("3")
    listed = [*as_objects(document.get("bodies")), *as_objects(document.get("headlines"))]
    has_content_type = any("contentType" in item for item in listed)
    return has_content_type or (has_bodies_or_headlines_as_lists(document) and not _CAMEL_CASE.isdisjoint(document))


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article. Raises UnreadableDocumentError for items without text, such as events."""
    return [read_item(document, _PROPERTY_NAMES)]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the answer as an item: summary in `descriptions`, suggestions in `headlines`, sources in `associations`."""
    return {**write_item(answer, _PROPERTY_NAMES, version="3.3"), "digitalSourceType": {"uri": DIGITAL_SOURCE_TYPE}}
