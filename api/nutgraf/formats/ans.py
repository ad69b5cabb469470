"""ANS (Arc Native Specification): a story that consists of typed elements."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from nutgraf.formats.common import Fields, article, as_object, as_objects, first_text

NAME, TITLE = "ans", "Arc ANS"
MEDIA_TYPES = ()
READS = (
    "_id, headlines.basic, content_elements (text, header, list, quote), credits.by, source.name, display_date, language, "
    "canonical_url"
)
MAX_DEPTH = 20


def recognises(document: Any) -> bool:
    """Whether the document is ANS, by its type and version."""
    return isinstance(document, Mapping) and document.get("type") == "story" and "version" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the story as a list of one article.

    Its body is HTML made from the text, header, list and quote elements. A correction becomes a `<footer>`, which the plain
    text leaves out, because it is not part of the story. The first author is the byline.
    """
    return [
        article(
            html="\n".join(_blocks(document.get("content_elements"))),
            id=document.get("_id"),
            title=as_object(document.get("headlines")).get("basic"),
            byline=first_text(*(author.get("name") for author in as_objects(as_object(document.get("credits")).get("by")))),
            source=as_object(document.get("source")).get("name"),
            url=document.get("canonical_url"),
            published_at=first_text(
                document.get("first_publish_date"), document.get("display_date"), document.get("publish_date")
            ),
            updated_at=document.get("last_updated_date"),
            language=document.get("language"),
        )
    ]


def _blocks(elements: Any, depth: int = 0) -> Iterator[str]:
    """Each element as a block of HTML, without images, embeds and links to other stories."""
    for element in as_objects(elements):
        kind, content = element.get("type"), element.get("content")
        if kind in ("text", "header") and isinstance(content, str):
            tag = "h2" if kind == "header" else "p"
            yield f"<{tag}>{content}</{tag}>"
        elif kind in ("list", "quote") and depth < MAX_DEPTH:
            yield from _blocks(element.get("items") if kind == "list" else element.get("content_elements"), depth + 1)
        elif kind == "correction" and isinstance(element.get("text"), str):
            yield f"<footer>{escape(element['text'])}</footer>"


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for a story in Arc: the summary as its description, and the first suggested headline, if any.

    `answer` is an answer as the response schema dumps it.
    """
    headlines = [headline["text"] for headline in answer["headlines"]]
    return {
        "type": "story",
        "description": {"basic": answer["summary"]["text"]},
        **({"headlines": {"basic": headlines[0]}} if headlines else {}),
    }
