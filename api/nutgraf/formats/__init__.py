"""Reads documents in CMS and wire formats as articles, and writes answers in such formats.

Independent of HTTP and of the summarizer.

Each module handles one format: its name, the form in which clients send its documents (`SENT_AS`), `recognizes` for
detection, `read` for its articles, and, for an output format, `write`. `READS` names the main fields that it reads; `GET
/formats` shows them. A new format needs one file and one line here.
"""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from nutgraf.formats import (
    anpa1312,
    ans,
    document_lists,
    docx_document,
    email_message,
    encodings,
    feeds,
    ghost,
    iptc7901,
    json_feed,
    newsml1,
    newsml_g2,
    ninjs1,
    ninjs2,
    ninjs3,
    nitf,
    pdf_document,
    schema_org,
    superdesk,
    text_outputs,
    unsupported_formats,
    web_page,
    wordpress,
    xml,
)
from nutgraf.formats.common import BYTES, JSON, MISSING, TEXT, Fields, UnreadableDocumentError, article

# In the order in which `auto` tries them: the formats with the most specific marks first.
_MODULES: Sequence[ModuleType] = (
    nitf,
    feeds,
    newsml_g2,
    newsml1,
    iptc7901,
    anpa1312,
    web_page,
    docx_document,
    pdf_document,
    email_message,
    json_feed,
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
# How many bytes at the start of a document are used to choose its encoding.
_RECOGNIZED_BYTES = 20_000
_MAX_ROOT_CHARACTERS = 60
# Root elements of XML news that is not a story.
_NO_STORIES = {
    "sports-content": "results in SportsML",
    "events": "a list of events in EventsML",
    "event": "an event in EventsML",
}
# Media types that select a format; for generic XML, the format is detected.
MEDIA_TYPES = {media_type: module.NAME for module in _MODULES for media_type in module.MEDIA_TYPES} | {
    "application/xml": AUTO,
    "text/xml": AUTO,
    **dict.fromkeys(unsupported_formats.MEDIA_TYPES, AUTO),
}
# Output formats: the media type, and the function that writes an answer as the response schema dumps it.
OUTPUTS: dict[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = {
    "ninjs-2": ("application/vnd.iptc.ninjs+json", ninjs2.write),
    "ninjs-3": ("application/vnd.iptc.ninjs+json", ninjs3.write),
    "superdesk": ("application/merge-patch+json", superdesk.write),
    "wordpress": ("application/merge-patch+json", wordpress.write),
    "ans": ("application/merge-patch+json", ans.write),
    "text": ("text/plain", text_outputs.text),
    "markdown": ("text/markdown", text_outputs.markdown),
    "html": ("text/html", text_outputs.html),
}
# The output for each media type in `Accept`; if several are equally acceptable, the first one is used.
ACCEPTED = {
    "application/json": "json",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/vnd.iptc.ninjs+json": "ninjs-3",
}


def decode(name: str, body: bytes, charset: str | None = None) -> str | bytes:
    """Returns a document that is a whole request body in the form that `read` takes: text or, for binary formats, bytes.

    `name` is a format's name or "auto", and `charset` that of `Content-Type`. Raises UnreadableDocumentError for text that
    can't be decoded.
    """
    module = FORMATS.get(name) or _detect_format_of_body(body)
    if unsupported_formats.is_refused(body) or (module is not None and module.SENT_AS == BYTES):
        return body
    text: str = getattr(module, "decode", encodings.decode)(body, charset)
    return text


def binary_format(body: bytes) -> str | None:
    """Returns the name of a binary file's format, "auto" for binary formats that are not supported, None for text."""
    module = next((module for module in _MODULES if module.SENT_AS == BYTES and module.recognizes(body)), None)
    if module is not None:
        return str(module.NAME)
    return AUTO if unsupported_formats.is_refused(body) else None


def read(name: str, document: Any) -> list[Fields]:
    """Returns the articles of a document, as dicts of the fields of a request's article, plus `MISSING`.

    `name` is a format's name or "auto". `document` is text for XML and text formats, bytes or their base64 for binary ones,
    and a parsed JSON value for the others. The documents of an API's answer are read one by one. Raises
    UnreadableDocumentError if the document does not have that format or no format recognizes it.
    """
    contained = document_lists.documents(document) if name == AUTO or FORMATS[name].SENT_AS == JSON else None
    if contained is not None:
        return _read_contained(name, contained)
    return _read_one(name, document)


def _read_contained(name: str, documents: Sequence[Mapping[str, Any]]) -> list[Fields]:
    """The articles of the documents in an API's answer.

    Pictures and the like become articles without text, so that the positions of the others do not change. Raises
    UnreadableDocumentError if no document can be read.
    """
    entries: list[Fields] = []
    errors: list[UnreadableDocumentError] = []
    for each in documents:
        try:
            entries += _read_one(name, each)
        except UnreadableDocumentError as error:
            errors.append(error)
            entries.append(article(also_missing=[f"a story ({error})"]))
    if len(errors) == len(documents):
        raise errors[0]
    return entries


def _read_one(name: str, document: Any) -> list[Fields]:
    module = FORMATS[name] if name != AUTO else _detect_format(document)
    if module.SENT_AS == BYTES and isinstance(document, str):
        document = encodings.to_bytes(document)
    if isinstance(document, bytes) and not module.recognizes(document):
        unsupported_formats.refuse(document)
    if isinstance(document, str) != (module.SENT_AS == TEXT) or isinstance(document, bytes) != (module.SENT_AS == BYTES):
        raise UnreadableDocumentError(f"{module.TITLE} must be sent as {module.SENT_AS}.")
    if module.SENT_AS == JSON and not isinstance(document, (dict, list)):
        raise UnreadableDocumentError(f"{module.TITLE} must be a JSON object.")
    if isinstance(document, list) and module is not schema_org:
        raise UnreadableDocumentError(f"{module.TITLE} must be a JSON object, not a list.")
    articles: list[Fields] = module.read(document)
    return articles


def _detect_format(document: Any) -> ModuleType:
    content = encodings.to_bytes(document) if isinstance(document, str) else document
    for module in _MODULES:
        if module.recognizes(content if module.SENT_AS == BYTES else document):
            return module
    if isinstance(content, bytes):
        unsupported_formats.refuse(content)
    root = xml.root_name(document)
    kind = _NO_STORIES.get(root, f"XML with the root element {root[:_MAX_ROOT_CHARACTERS]}") if root else None
    raise UnreadableDocumentError(
        f"The format was not recognized{f': the document is {kind}' if kind else ''}; "
        f"send one of these as `format`: {', '.join(FORMATS)}."
    )


def _detect_format_of_body(body: bytes) -> ModuleType | None:
    """The format of a document that is a whole request body, if it is binary or has its own rules for its encoding."""
    start = body[:_RECOGNIZED_BYTES].decode("latin-1")
    for module in _MODULES:
        if module.recognizes(body) if module.SENT_AS == BYTES else hasattr(module, "decode") and module.recognizes(start):
            return module
    return None


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
    "BYTES",
    "FORMATS",
    "JSON",
    "MEDIA_TYPES",
    "MISSING",
    "OUTPUTS",
    "Fields",
    "UnreadableDocumentError",
    "binary_format",
    "decode",
    "describe",
    "read",
]
