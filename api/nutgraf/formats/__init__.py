"""CMS and wire formats -> articles as a request has them. It knows neither web nor core.

Each module reads one format: its name, what tells it (`recognises`), and its articles (`read`). A new format is one file
and one line here.
"""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from nutgraf.formats import (
    ans,
    feeds,
    ghost,
    newsml_g2,
    ninjs1,
    ninjs2,
    ninjs3,
    nitf,
    prose,
    schema_org,
    superdesk,
    wordpress,
)
from nutgraf.formats.common import MISSING, Fields, UnreadableDocumentError

# In the order in which `auto` asks: who says most about itself first.
_MODULES: Sequence[ModuleType] = (
    newsml_g2,
    nitf,
    feeds,
    ans,
    ghost,
    schema_org,
    wordpress,
    ninjs3,
    ninjs2,
    superdesk,
    ninjs1,
)
FORMATS = {module.NAME: module for module in _MODULES}
AUTO = "auto"
# Media types that name a format; XML without one is recognised.
MEDIA_TYPES = {media_type: module.NAME for module in _MODULES for media_type in module.MEDIA_TYPES} | {
    "application/xml": AUTO,
    "text/xml": AUTO,
}
# What an answer can be written as: its media type, and the writer of the dumped answer.
OUTPUTS: dict[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = {
    "ninjs-2": ("application/vnd.iptc.ninjs+json", ninjs2.write),
    "ninjs-3": ("application/vnd.iptc.ninjs+json", ninjs3.write),
    "superdesk": ("application/merge-patch+json", superdesk.write),
    "wordpress": ("application/merge-patch+json", wordpress.write),
    "ans": ("application/merge-patch+json", ans.write),
    "text": ("text/plain", prose.text),
    "markdown": ("text/markdown", prose.markdown),
    "html": ("text/html", prose.html),
}
# What `Accept` asks for, in the order of a tie.
ACCEPTED = {
    "application/json": "json",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/vnd.iptc.ninjs+json": "ninjs-3",
}


def read(name: str, document: Any) -> list[Fields]:
    """The articles of a document, of a format by name or of any with "auto"; XML is text.

    Raises UnreadableDocumentError where it is no such document.
    """
    module = FORMATS[name] if name != AUTO else _recognised(document)
    wants_text = module in (newsml_g2, nitf, feeds)
    if wants_text != isinstance(document, str):
        raise UnreadableDocumentError(f"{module.TITLE} is {'XML, sent as text' if wants_text else 'JSON'}.")
    if not wants_text and not isinstance(document, (dict, list)):
        raise UnreadableDocumentError(f"{module.TITLE} is a JSON object.")
    if not wants_text and isinstance(document, list) and module is not schema_org:
        raise UnreadableDocumentError(f"{module.TITLE} is a JSON object, not a list.")
    articles: list[Fields] = module.read(document)
    return articles


def _recognised(document: Any) -> ModuleType:
    for module in _MODULES:
        if module.recognises(document):
            return module
    raise UnreadableDocumentError(f"The document is of no format that is known: {', '.join(FORMATS)}. Name one as `format`.")


def describe(name: str) -> Fields:
    """What a format is called, reads and writes."""
    module = FORMATS.get(name)
    accepted = [media_type for media_type, output in ACCEPTED.items() if output == name]
    return {
        "name": name,
        "title": module.TITLE if module else name.capitalize(),
        "reads": module.READS if module else None,
        "writes": name in OUTPUTS,
        "media_types": [*dict.fromkeys([*(module.MEDIA_TYPES if module else ()), *accepted])],
    }


__all__ = [
    "ACCEPTED",
    "AUTO",
    "FORMATS",
    "MEDIA_TYPES",
    "MISSING",
    "OUTPUTS",
    "Fields",
    "UnreadableDocumentError",
    "describe",
    "read",
]
