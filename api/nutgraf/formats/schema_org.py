"""schema.org NewsArticles in JSON-LD: alone, in a list or in a graph."""

from collections.abc import Iterator, Mapping
from typing import Any

from nutgraf.formats.common import Fields, UnreadableDocumentError, article, as_object, first_text, text_or_html

NAME, TITLE = "schema-org", "schema.org NewsArticle"
MEDIA_TYPES = ("application/ld+json",)
READS = "@id, headline, articleBody, datePublished, dateModified, author.name, publisher.name, inLanguage, url"
_TYPES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "LiveBlogPosting"}
)


def recognises(document: Any) -> bool:
    """Whether the document contains a NewsArticle, by its `@type`."""
    return any(_articles(document))


def read(document: Any) -> list[Fields]:
    """Returns each NewsArticle, or other kind of article, of the document as an article, in order.

    Raises UnreadableDocumentError if there is none.
    """
    articles = [_fields(item) for item in _articles(document)]
    if not articles:
        raise UnreadableDocumentError("The document has no NewsArticle.")
    return [article(**fields) for fields in articles]


def _articles(document: Any) -> Iterator[Mapping[str, Any]]:
    graph = as_object(document).get("@graph")
    for item in document if isinstance(document, list) else graph if isinstance(graph, list) else [document]:
        kinds = as_object(item).get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and name.rsplit("/", 1)[-1] in _TYPES for name in names):
            yield item


def _fields(document: Mapping[str, Any]) -> Fields:
    return {
        **text_or_html(document.get("articleBody")),
        "id": first_text(document.get("@id"), document.get("identifier")),
        "title": first_text(document.get("headline"), document.get("name")),
        "byline": _name(document.get("author")),
        "source": _name(document.get("publisher")),
        "url": first_text(document.get("url"), as_object(document.get("mainEntityOfPage")).get("@id")),
        "published_at": document.get("datePublished"),
        "updated_at": document.get("dateModified"),
        "language": first_text(document.get("inLanguage"), as_object(document.get("inLanguage")).get("alternateName")),
    }


def _name(value: Any) -> Any:
    first_value = value[0] if isinstance(value, list) and value else value
    return first_text(first_value, as_object(first_value).get("name"))
