"""RSS 2.0 and Atom: each entry an article."""

import calendar
import re
from datetime import UTC, datetime
from typing import Any

import feedparser

from nutgraf.formats.common import Fields, UnreadableDocumentError, article, first

NAME, TITLE = "feed", "RSS 2.0, Atom"
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml")
READS = "entries: title, content:encoded, content, description, summary, author, link, pubDate, updated; title and language"
# feedparser reads whatever it is given, and takes half a minute for 8 MB of entries or of open elements.
MOST_ENTRIES = 1_000
DEEPEST = 2_000
# What feedparser raises over markup that it did not foresee, once it reads what is no XML as loosely as it can.
_BREAKS_OVER = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")


def recognises(document: Any) -> bool:
    """By its root."""
    return isinstance(document, str) and any(mark in document[:4_000] for mark in ("<rss", "<feed", "<rdf:RDF"))


def read(document: str) -> list[Fields]:
    """Each entry as an article, in the feed's order. Ill-formed feeds are read as far as they can be."""
    if "<!DOCTYPE" in document or "<!ENTITY" in document:
        raise UnreadableDocumentError("The feed declares a DTD or entities, which are not read from outside.")
    if len(_ENTRY.findall(document)) > MOST_ENTRIES or _depth(document) > DEEPEST:
        raise UnreadableDocumentError(
            f"The feed has more than {MOST_ENTRIES} entries, or nests deeper than {DEEPEST} elements."
        )
    try:
        feed = feedparser.parse(document.encode("utf-8", "replace"), sanitize_html=False, resolve_relative_uris=False)
    except _BREAKS_OVER as error:
        raise UnreadableDocumentError(
            "The feed breaks the rules of RSS and Atom in a way that can't be read; check its markup."
        ) from error
    if not feed.entries:
        raise UnreadableDocumentError("The feed has no entry.")
    language = first(feed.feed.get("language"))
    return [
        article(
            html=first(*(each.get("value") for each in entry.get("content", ())), entry.get("summary")),
            title=entry.get("title"),
            byline=entry.get("author"),
            source=first(feed.feed.get("title")),
            url=entry.get("link"),
            published_at=_moment(entry, "published_parsed") or _moment(entry, "updated_parsed"),
            updated_at=_moment(entry, "updated_parsed"),
            language=first(*(each.get("language") for each in entry.get("content", ())), language),
        )
        for entry in feed.entries
    ]


def _depth(document: str) -> int:
    """How many elements are open at once, at most; those that never close count on."""
    depth = deepest = 0
    for closing, alone in _TAG.findall(document):
        if closing:
            depth -= 1
        elif not alone:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _moment(entry: Any, name: str) -> str | None:
    """feedparser's time in UTC, as ISO 8601."""
    parsed = dict.get(entry, name)  # feedparser's own `get` gives one date for another, with a warning
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else None
    except (ValueError, OverflowError, TypeError):
        return None
