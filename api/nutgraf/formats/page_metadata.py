"""Metadata of a web page: title, source, author, times, URL and language, as publishers state them for search engines.

Title, author and times come from the page's JSON-LD (schema.org), else from its `meta` elements (Open Graph and older ones),
else from elements that readers see. The source comes from `meta` elements, else from the JSON-LD; the URL and the language
first from `link rel=canonical` and `html lang`. Dates are not guessed: a date is used only if the page states it in
machine-readable form.
"""

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from nutgraf.formats import schema_org
from nutgraf.formats.common import Fields, UnreadableDocumentError, first_text

# Names of `meta` elements in lower case: the values of `property`, `name` or `itemprop`.
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title")
_SOURCES = ("og:site_name", "dc.publisher", "dcterms.publisher", "cre", "application-name")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.created",
    "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
    "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "last-modified",
    "dcterms.modified", "article.updated", "revised",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language")
# What separates a headline from the name of the site in the `title` element.
_SITE_SEPARATOR = re.compile(r"\s[|–—·»•:-]\s")
_URL_OR_EMAIL = re.compile(r"(?:https?:)?//|@")
# A longer text in a byline element is a biography.
_MAX_BYLINE_CHARACTERS = 200
# The limit for the same text before its white space is collapsed.
_MAX_RAW_BYLINE_CHARACTERS = 2_000
_MAX_JSON_LD_SCRIPTS = 20


def fields(root: Any, json_ld: Sequence[Any]) -> Fields:
    """Returns the metadata of a page as arguments of `common.article`; absent fields are None.

    `root` is the `html` element of the page, as lxml parses it, and `json_ld` is the result of `read_json_ld(root)`.
    """
    meta, from_json_ld = _meta(root), _from_json_ld(json_ld)
    source = first_text(_first_content(meta, _SOURCES), from_json_ld.get("source"))
    url = _url(root, meta, from_json_ld)
    return {
        "title": _without_site(
            first_text(
                from_json_ld.get("title"), _first_content(meta, _TITLES), _heading(root), _text(root.find(".//head/title"))
            ),
            source,
        ),
        "source": source,
        "byline": first_text(from_json_ld.get("byline"), _author(meta), _visible_byline(root)),
        "published_at": first_text(from_json_ld.get("published_at"), _first_content(meta, _PUBLISHED), _time(root)),
        "updated_at": first_text(from_json_ld.get("updated_at"), _first_content(meta, _UPDATED)),
        "url": url,
        "language": first_text(
            root.get("lang"),
            root.get("{http://www.w3.org/XML/1998/namespace}lang"),
            _first_content(meta, _LANGUAGES),
            from_json_ld.get("language"),
        ),
    }


def _meta(root: Any) -> dict[str, str]:
    """The content of the first `meta` element with each name, by name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute, "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first_content(meta: dict[str, str], names: Sequence[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _from_json_ld(json_ld: Sequence[Any]) -> Fields:
    """The fields of the first article in the JSON-LD of the page; {} if there is none. Callers do not use its body."""
    for value in json_ld:
        try:
            return schema_org.read(value)[0]
        except UnreadableDocumentError:  # it describes the site, for example, and not an article
            continue
    return {}


def read_json_ld(root: Any) -> list[Any]:
    """Returns the values of the first scripts with JSON-LD on a page, at most _MAX_JSON_LD_SCRIPTS."""
    values = []
    scripts = (script for script in root.iter("script") if "ld+json" in script.get("type", "").lower())
    for _, script in zip(range(_MAX_JSON_LD_SCRIPTS), scripts, strict=False):
        try:
            values.append(json.loads(script.text or "", strict=False))  # line ends in strings are common
        except (ValueError, RecursionError):
            continue
    return values


def _url(root: Any, meta: dict[str, str], from_json_ld: Fields) -> str | None:
    """The canonical URL of the page, resolved against `og:url` or the URL in JSON-LD; without one, that URL."""
    canonical = next(
        (link.get("href") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()), None
    )
    base: str | None = first_text(meta.get("og:url"), from_json_ld.get("url"))
    try:
        url = urljoin(base or "", (canonical or base or "").strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else base


def _heading(root: Any) -> str | None:
    """The text of the page's `h1` if there is exactly one; with several, it is uncertain which is the headline."""
    headings = [text for text in map(_text, root.iter("h1")) if text]
    return headings[0] if len(headings) == 1 else None


def _without_site(title: str | None, source: str | None) -> str | None:
    """The title without the name of the site at its end or start."""
    if not title or not source:
        return title
    parts = _SITE_SEPARATOR.split(title)
    site = source.casefold()
    for at, rest in ((-1, slice(None, -1)), (0, slice(1, None))):
        if len(parts) > 1 and parts[at].strip().casefold() in (site, site.removeprefix("the ")):
            kept = parts[rest]
            start, end = title.find(kept[0]), title.rfind(kept[-1]) + len(kept[-1])
            return title[start:end].strip()
    return title


def _author(meta: dict[str, str]) -> str | None:
    """The author; a URL, such as that of an author's page, and an e-mail address are skipped."""
    return next((meta[name] for name in _AUTHORS if name in meta and not _URL_OR_EMAIL.search(meta[name])), None)


def _visible_byline(root: Any) -> str | None:
    for element in root.iter("a", "span", "p", "div", "address"):
        marked = {
            *element.get("rel", "").split(),
            *element.get("itemprop", "").split(),
            *element.get("class", "").lower().split(),
        }
        if marked & {"author", "byline", "p-author", "author-name"}:
            text = _short_text(element)
            if text and len(text) <= _MAX_BYLINE_CHARACTERS:
                return text
    return None


def _short_text(element: Any) -> str | None:
    """The text of an element; None if it is long: every element around it would read the same long text again."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _MAX_RAW_BYLINE_CHARACTERS:
            return None
    return " ".join("".join(pieces).split()) or None


def _time(root: Any) -> str | None:
    """The `datetime` of the `time` element marked as publication time; else the one that all `time` elements have."""
    times = [(element, element.get("datetime")) for element in root.iter("time") if element.get("datetime")]
    for element, moment in times:
        marks = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        if "pubdate" in element.attrib or "datepublished" in marks or "published" in marks.split():
            return str(moment)
    return str(times[0][1]) if len({moment for _, moment in times}) == 1 else None


def _text(element: Any) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None
