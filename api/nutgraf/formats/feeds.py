"""RSS 2.0 and Atom feeds, whose entries are articles."""

import calendar
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import feature_namespaces
from xml.sax.xmlreader import InputSource

from defusedxml.sax import make_parser
from feedparser.api import LooseFeedParser, StrictFeedParser

from nutgraf.formats import xml
from nutgraf.formats.common import (
    EMBARGOED,
    TEXT,
    Fields,
    UnreadableDocumentError,
    article,
    as_object,
    first_text,
    mail_name,
    names,
    text_or_html,
)
from nutgraf.formats.start_tag_attributes import MAX_ATTRIBUTES, has_crowded_tag

NAME, TITLE = "feed", "RSS 2.0, Atom"
SENT_AS = TEXT
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml")
READS = "entries: title, content:encoded, content, description, summary, author, link, pubDate, updated; title and language"
# Without these limits, feedparser takes half a minute for 8 MB of entries or of unclosed elements.
MAX_ENTRIES = 1_000
MAX_DEPTH = 2_000
# feedparser's loose mode, for markup that is not XML, can raise these exceptions on unexpected input.
_PARSER_ERRORS = (AssertionError, AttributeError, LookupError, OverflowError, TypeError, ValueError)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
# How many characters are searched for the root element: comments and a stylesheet may come before it.
_ROOT_CHARACTERS = 4_000
# feedparser takes quadratic time for the author's e-mail address, and for categories, which we do not use.
_LONGEST_AUTHOR = 1_000
_MOST_CATEGORIES = 100
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")


def recognizes(document: Any) -> bool:
    """Whether the document is a feed, by its root element; what comes before it, such as an error message, is ignored."""
    return isinstance(document, str) and _ROOT.search(document[:_ROOT_CHARACTERS]) is not None


def read(document: str) -> list[Fields]:
    """Returns each entry as an article, in the order of the feed. Malformed feeds are read as far as possible.

    Raises UnreadableDocumentError for a feed with an internal DTD, without entries, above the limits, or that can't be read
    at all.
    """
    document = xml.readable(xml.without_prolog(document))
    root = _ROOT.search(document)
    if root is None:
        raise UnreadableDocumentError("The document has no element rss, feed or RDF.")
    document = document[root.start() :]
    if len(_ENTRY.findall(document)) > MAX_ENTRIES or _depth(document) > MAX_DEPTH:
        raise UnreadableDocumentError(
            f"The feed has more than {MAX_ENTRIES} entries, or is nested deeper than {MAX_DEPTH} elements."
        )
    if has_crowded_tag(document):
        raise UnreadableDocumentError(f"An element of the feed has more than {MAX_ATTRIBUTES} attributes.")
    try:
        feed, entries = _parse(document)
    except _PARSER_ERRORS as error:
        raise UnreadableDocumentError(
            "The feed violates RSS and Atom so that it can't be read; check its markup."
        ) from error
    if not entries:
        raise UnreadableDocumentError("The feed has no entries.")
    return [_article(entry, feed) for entry in entries]


def _article(entry: Any, feed: Any) -> Fields:
    contents = entry.get("content", ())
    # An export of WordPress contains posts with all statuses.
    is_closed = entry.get("wp_status") in ("private", "trash") or bool(entry.get("wp_post_password"))
    return article(
        **text_or_html(first_text(*(content.get("value") for content in contents), entry.get("summary"))),
        title=entry.get("title"),
        byline=_byline(entry),
        source=first_text(as_object(entry.get("source")).get("title"), feed.get("title")),
        url=entry.get("link"),
        published_at=_moment(entry, "published_parsed") or _moment(entry, "updated_parsed"),
        updated_at=_moment(entry, "updated_parsed"),
        embargoed_until=(entry.get("wp_post_date_gmt") or EMBARGOED) if entry.get("wp_status") == "future" else None,
        status="withheld" if is_closed else "usable",
        language=first_text(*(content.get("language") for content in contents), feed.get("language")),
    )


def _byline(entry: Any) -> str | None:
    """The names of the authors. In RSS, an author is an e-mail address, often with the name beside it."""
    author = entry.get("author")
    if isinstance(author, str) and "@" in author:
        return mail_name(author)
    return names(entry.get("authors")) or author


class _LinearSteps:
    """Steps of feedparser's parsers that take quadratic time, replaced."""

    def _sync_author_detail(self, key: str = "author") -> None:
        """Separates the author's name and e-mail address, unless the text is too long for them."""
        if len(self._get_context().get(key) or "") <= _LONGEST_AUTHOR:  # type: ignore[attr-defined]  # a parser's
            super()._sync_author_detail(key)  # type: ignore[misc]

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """Adds a category, unless there are many already, because each is compared with all earlier ones."""
        if len(self._get_context().get("tags", ())) < _MOST_CATEGORIES:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]


class _StrictParser(_LinearSteps, StrictFeedParser):
    """feedparser's parser of well-formed feeds."""


class _LooseParser(_LinearSteps, LooseFeedParser):
    """feedparser's parser of all other feeds."""


def _parse(document: str) -> tuple[Any, list[Any]]:
    """The feed and its entries, as feedparser reads them.

    These are the steps of `feedparser.parse` after it has found the encoding. That function would also open a file if the
    document is a file name.
    """
    parser = _StrictParser("", None, "utf-8")
    reader = make_parser()
    reader.setFeature(feature_namespaces, True)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = InputSource()
    source.setByteStream(BytesIO(document.encode("utf-8", "replace")))
    parser.sanitize_html = parser.resolve_relative_uris = False
    try:
        reader.parse(source)
    except SAXException:
        parser = _LooseParser("", None, "utf-8", {})
        parser.sanitize_html = parser.resolve_relative_uris = False
        parser.feed(document)
    return parser.feeddata, parser.entries


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
