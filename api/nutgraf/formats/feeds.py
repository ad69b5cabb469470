"""RSS 2.0 and Atom feeds, whose entries are articles."""

import calendar
import re
from datetime import UTC, datetime
from typing import Any

import feedparser

from nutgraf.formats.common import Fields, UnreadableDocumentError, article, first_text

NAME, TITLE = "feed", "RSS 2.0, Atom"
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml")
READS = "entries: title, content:encoded, content, description, summary, author, link, pubDate, updated; title and language"
# Without these limits, feedparser takes half a minute for 8 MB of entries or of unclosed elements.
MAX_ENTRIES = 1_000
MAX_DEPTH = 2_000
# feedparser's loose mode, for markup that is not XML, can raise these exceptions on unexpected input.
_PARSER_ERRORS = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")


def recognises(document: Any) -> bool:
    """Whether the document is a feed, by its root element."""
    return isinstance(document, str) and any(mark in document[:4_000] for mark in ("<rss", "<feed", "<rdf:RDF"))


def read(document: str) -> list[Fields]:
    """Returns each entry as an article, in the order of the feed. Malformed feeds are read as far as possible.

    Raises UnreadableDocumentError for a feed with a DTD, without entries, above the limits, or that can't be read at all.
    """
    if "<!DOCTYPE" in document or "<!ENTITY" in document:
        raise UnreadableDocumentError("The feed declares a DTD or entities, which are not allowed.")
    if len(_ENTRY.findall(document)) > MAX_ENTRIES or _depth(document) > MAX_DEPTH:
        raise UnreadableDocumentError(
            f"The feed has more than {MAX_ENTRIES} entries, or is nested deeper than {MAX_DEPTH} elements."
        )
    try:
        feed = feedparser.parse(document.encode("utf-8", "replace"), sanitize_html=False, resolve_relative_uris=False)
    except _PARSER_ERRORS as error:
        raise UnreadableDocumentError(
            "The feed violates RSS and Atom so that it can't be read; check its markup."
        ) from error
    if not feed.entries:
        raise UnreadableDocumentError("The feed has no entries.")
    language = first_text(feed.feed.get("language"))
    return [
        article(
            html=first_text(*(content.get("value") for content in entry.get("content", ())), entry.get("summary")),
            title=entry.get("title"),
            byline=entry.get("author"),
            source=first_text(feed.feed.get("title")),
            url=entry.get("link"),
            published_at=_moment(entry, "published_parsed") or _moment(entry, "updated_parsed"),
            updated_at=_moment(entry, "updated_parsed"),
            language=first_text(*(content.get("language") for content in entry.get("content", ())), language),
        )
        for entry in feed.entries
    ]


def _depth(document: str) -> int:
    """The maximum number of elements that are open at the same time; unclosed elements stay open."""
    depth = max_depth = 0
    for closing, self_closing in _TAG.findall(document):
        if closing:
            depth -= 1
        elif not self_closing:
            depth += 1
            max_depth = max(max_depth, depth)
    return max_depth


def _moment(entry: Any, name: str) -> str | None:
    """A time that feedparser has parsed, in UTC, as ISO 8601."""
    parsed = dict.get(entry, name)  # feedparser's own `get` substitutes one date for another, with a warning
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None
    except (ValueError, OverflowError, TypeError):
        return None
