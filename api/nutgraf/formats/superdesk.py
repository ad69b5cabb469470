"""Superdesk's variant of ninjs 1.x: `guid` instead of `uri`, and the item that a story evolved from."""

from collections.abc import Mapping
from html import escape
from typing import Any

from nutgraf.formats.common import Fields, article, as_objects, first_text
from nutgraf.formats.ninjs1 import shared_fields

NAME, TITLE = "superdesk", "Superdesk ninjs"
MEDIA_TYPES = ()
READS = (
    "guid, headline, body_html, body_text, byline, authors, source, versioncreated, firstpublished, evolvedfrom, pubstatus, "
    "language"
)


def recognises(document: Any) -> bool:
    """Whether the document is from Superdesk, by its `guid` without `uri`."""
    return isinstance(document, Mapping) and "guid" in document and "uri" not in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article; the item that it evolved from becomes its `rewrite_of`."""
    return [
        article(
            **shared_fields(document),
            id=document.get("guid"),
            byline=first_text(
                document.get("byline"), *(author.get("name") for author in as_objects(document.get("authors")))
            ),
            source=document.get("source"),
            published_at=first_text(
                document.get("firstpublished"), document.get("firstcreated"), document.get("versioncreated")
            ),
            rewrite_of=document.get("evolvedfrom"),
        )
    ]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for an item in Superdesk.

    It contains the summary as the abstract, in HTML and in plain text, the first suggested headline, if any, and the list
    of all suggestions.
    """
    headlines = [headline["text"] for headline in answer["headlines"]]
    return {
        "description_html": f"<p>{escape(answer['summary']['text'])}</p>",
        "description_text": answer["summary"]["text"],
        **({"headline": headlines[0]} if headlines else {}),
        "headline_suggestions": headlines,
    }
