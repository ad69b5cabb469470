"""CMS and wire formats -> the articles of a request, and answers -> such formats. Independent of HTTP and the summarizer.

Each module handles one format: its name, `recognises` for detection, `read` for its articles, and perhaps `write` for
answers. `READS` names the main fields that it reads; `GET /formats` shows them. A new format is one file and one line here.
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

# In the order in which `auto` tries them: the formats with the most specific marks first.
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
# Media types that select a format; for generic XML, the format is detected.
MEDIA_TYPES = {media_type: module.NAME for module in _MODULES for media_type in module.MEDIA_TYPES} | {
    "application/xml": AUTO,
    "text/xml": AUTO,
}
# Output formats: the media type, and the function that writes an answer as the response schema dumps it.
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
# The output for each media type in `Accept`; if several are equally acceptable, the first one is used.
ACCEPTED = {
    "application/json": "json",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/vnd.iptc.ninjs+json": "ninjs-3",
}


def read(name: str, document: Any) -> list[Fields]:
    """Returns the articles of a document, as dicts of the fields of a request's article, plus `MISSING`.

    `name` is a format's name or "auto". `document` is text for XML formats and a parsed JSON value for the others. Raises
    UnreadableDocumentError if the document does not have that format or no format recognises it.
    """
    module = FORMATS[name] if name != AUTO else _recognised(document)
    wants_text = module in (newsml_g2, nitf, feeds)
    if wants_text != isinstance(document, str):
        raise UnreadableDocumentError(f"{module.TITLE} must be {'XML, sent as text' if wants_text else 'JSON'}.")
    if not wants_text and not isinstance(document, (dict, list)):
        raise UnreadableDocumentError(f"{module.TITLE} must be a JSON object.")
    if not wants_text and isinstance(document, list) and module is not schema_org:
        raise UnreadableDocumentError(f"{module.TITLE} must be a JSON object, not a list.")
    articles: list[Fields] = module.read(document)
    return articles


def _recognised(document: Any) -> ModuleType:
    for module in _MODULES:
        if module.recognises(document):
            return module
    raise UnreadableDocumentError(f"The format was not recognised; send one of these as `format`: {', '.join(FORMATS)}.")


def describe(name: str) -> Fields:
    """Returns the entry of a format for `GET /formats`.

    It contains the format's name and title, the properties that are read (None for an output format), whether answers can
    be written in it, and the media types that select it.
    """
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
