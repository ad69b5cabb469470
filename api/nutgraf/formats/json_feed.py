"""JSON Feed 1.0 and 1.1, whose items are articles."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import JSON, Fields, UnreadableDocumentError, article, as_object, as_objects, first_text
from nutgraf.formats.feeds import MAX_ENTRIES

NAME, TITLE = "json-feed", "JSON Feed"
SENT_AS = JSON
MEDIA_TYPES = ("application/feed+json",)
READS = (
    "items: id, title, content_text, content_html, summary, authors, url, external_url, date_published, date_modified, "
    "language; title, authors and language of the feed"
)
_VERSION = "jsonfeed.org/version/"


def recognizes(document: Any) -> bool:
    """Whether the document is a JSON Feed, by its version."""
    return _VERSION in str(as_object(document).get("version"))


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns each item as an article, in the order of the feed.

    HTML takes precedence over plain text, in which paragraphs are often lost, and both over the item's summary. Raises
    UnreadableDocumentError for a feed without items or with more than MAX_ENTRIES.
    """
    items = as_objects(document.get("items"))
    if not items:
        raise UnreadableDocumentError("The feed has no items.")
    if len(items) > MAX_ENTRIES:
        raise UnreadableDocumentError(f"The feed has more than {MAX_ENTRIES} items.")
    return [article(**_fields(item, document)) for item in items]


def _fields(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Fields:
    body = first_text(item.get("content_html"))
    return {
        **({"html": body} if body else {"text": first_text(item.get("content_text"), item.get("summary"))}),
        "id": item.get("id"),
        "title": item.get("title"),
        "byline": _authors(item) or _authors(feed),
        "source": feed.get("title"),
        "url": first_text(item.get("url"), item.get("external_url")),
        "published_at": item.get("date_published"),
        "updated_at": item.get("date_modified"),
        "language": first_text(item.get("language"), feed.get("language")),
    }


def _authors(value: Mapping[str, Any]) -> str | None:
    """The names of the authors of an item or a feed; `author` is that of version 1.0."""
    authors = as_objects(value.get("authors")) or [as_object(value.get("author"))]
    return ", ".join(name for author in authors if (name := first_text(author.get("name")))) or None
