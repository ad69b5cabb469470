"""schema.org NewsArticles in JSON-LD: as a single object, in a list or in a graph."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from nutgraf.formats.common import (
    JSON,
    Fields,
    UnreadableDocumentError,
    article,
    as_object,
    as_objects,
    first_text,
    is_false,
    text_or_html,
)
from nutgraf.formats.common import names as joined

NAME, TITLE = "schema-org", "schema.org NewsArticle"
SENT_AS = JSON
MEDIA_TYPES = ("application/ld+json",)
READS = (
    "@id, headline, articleBody, description, datePublished, dateModified, author.name, publisher.name, inLanguage, url, "
    "isAccessibleForFree"
)
# Article and its subtypes: the types whose names end like these, and the types in _TYPES.
_TYPE_ENDS = ("Article", "Posting")
_TYPES = frozenset({"Report"})
_NO_STORIES = frozenset({"JobPosting"})
# The properties of a document, or of another object, that may contain the article.
_PLACES = ("@graph", "mainEntity", "mainEntityOfPage")
MAX_DEPTH = 5
_HTTP = re.compile("https?://")
_NO_BODY = "a body, so its description is read"


class Access(NamedTuple):
    """Whether an article is not accessible for free, and the CSS selectors of the paid parts, if it names any."""

    is_closed: bool
    closed_selectors: Sequence[str]


def recognizes(document: Any) -> bool:
    """Whether the document is JSON-LD, alone or in a list, by its `@type` or `@graph`."""
    return any("@type" in item or "@graph" in item for item in _objects(document))


def read(document: Any) -> list[Fields]:
    """Returns each NewsArticle, or other kind of article, of the document as an article, in order.

    References to other objects of the document, such as `{"@id": "#publisher"}`, are resolved. An article without a body is
    read from its description. One that is not accessible for free, as a whole or in part, is withheld. Raises
    UnreadableDocumentError if there is no article.
    """
    found = list(_everything(document))
    articles = [item for item in found if any(map(_is_article, _types(item)))]
    if not articles:
        types = dict.fromkeys(name for item in found for name in _types(item))
        content = f" It has: {', '.join(types)}." if types else ""
        raise UnreadableDocumentError(f"The document has no NewsArticle.{content}")
    by_id = _by_id(found)
    return [_article(item, by_id) for item in articles]


def access(documents: Sequence[Any]) -> Iterator[Access]:
    """Yields what the JSON-LD of a web page says about the access to its story.

    `documents` are the values of its scripts. Statements about other articles, with addresses of their own, are left out.
    """
    found = [item for document in documents for item in _everything(document)]
    by_id = _by_id(found)
    main: str | None = None
    for item in found:
        is_article = any(map(_is_article, _types(item)))
        address = first_text(item.get("url"), item.get("@id"), as_object(item.get("mainEntityOfPage")).get("@id"))
        if is_article and main is None:
            main = address or ""
        elif not any(kind.endswith("Page") for kind in _types(item)) and not (is_article and (address or main) == main):
            continue
        yield _access(item, by_id)


def _access(item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Access:
    parts = item.get("hasPart")
    closed: list[Any] = []
    for part in as_objects(parts if isinstance(parts, list) else [parts]):
        part = by_id.get(str(part.get("@id")), part)
        if is_false(part.get("isAccessibleForFree")):
            selectors = part.get("cssSelector")
            closed += selectors if isinstance(selectors, list) else [selectors]
    # A part without a selector can't be found in the page.
    return Access(
        bool(closed) or is_false(item.get("isAccessibleForFree")),
        [selector if isinstance(selector, str) else "" for selector in closed],
    )


def _by_id(found: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {item["@id"]: item for item in found if isinstance(item.get("@id"), str) and len(item) > 1}


def _objects(document: Any) -> list[Mapping[str, Any]]:
    return [item for item in (document if isinstance(document, list) else [document]) if isinstance(item, Mapping)]


def _everything(document: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects of a document and of its graphs, and the objects that its web pages are about."""
    for item in _objects(document):
        yield item
        for place in _PLACES:
            if depth < MAX_DEPTH and isinstance(item.get(place), (list, Mapping)):
                yield from _everything(item[place], depth + 1)


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    written = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    return [kind.replace(":", "/").rsplit("/", 1)[-1][:100] for kind in written]


def _is_article(kind: str) -> bool:
    return kind in _TYPES or (kind.endswith(_TYPE_ENDS) and kind not in _NO_STORIES)


def _texts(values: list[Any]) -> Iterator[str]:
    """The texts among JSON-LD values, also within lists, and the URLs of pages."""
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            yield from filter(first_text, (each, as_object(each).get("@id"), as_object(each).get("url")))


def _article(item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Fields:
    def resolved(value: Any) -> Any:
        """A JSON-LD value, with references replaced by the objects and wrapped texts replaced by the texts."""
        if isinstance(value, list):
            return [resolved(each) for each in value if not isinstance(each, list)]
        if not isinstance(value, Mapping):
            return value
        value = by_id.get(str(value.get("@id")), value) if "name" not in value else value
        return value.get("@value", value)

    def text(name: str) -> Any:
        value = resolved(item.get(name))
        return first_text(*value) if isinstance(value, list) else first_text(value)

    page = resolved(item.get("mainEntityOfPage"))
    language = resolved(item.get("inLanguage"))
    written = resolved(item.get("articleBody") or item.get("text"))
    parts = [part for part in (written if isinstance(written, list) else [written]) if first_text(part)]
    body = text_or_html("\n\n".join(parts)) if parts else {}
    description = {} if body else text_or_html(text("description"))
    return article(
        **(body or description),
        also_missing=[_NO_BODY] if description else [],
        id=first_text(item.get("@id"), item.get("identifier")),
        title=first_text(text("headline"), text("name")),
        byline=first_text(joined(resolved(item.get("author"))), joined(resolved(item.get("creator")))),
        source=first_text(joined(resolved(item.get("publisher"))), joined(resolved(item.get("sourceOrganization")))),
        url=next(filter(_HTTP.match, _texts([item.get("url"), item.get("mainEntityOfPage"), page])), None),
        published_at=first_text(text("datePublished"), text("dateCreated")),
        updated_at=text("dateModified"),
        status="withheld" if _access(item, by_id).is_closed else "usable",
        language=first_text(language, as_object(language).get("alternateName"), as_object(language).get("name")),
    )
