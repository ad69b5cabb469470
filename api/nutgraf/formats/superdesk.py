"""Superdesk's variant of ninjs 1.x: `guid` instead of `uri`, and the item that a story evolved from."""

from collections.abc import Mapping
from html import escape
from typing import Any

from nutgraf.formats.common import EMBARGOED, JSON, Fields, article, first_text, names
from nutgraf.formats.ninjs1 import shared_fields

NAME, TITLE = "superdesk", "Superdesk ninjs"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = (
    "guid, headline, body_html, body_text, byline, authors, source, versioncreated, firstpublished, evolvedfrom, pubstatus, "
    "language, state"
)
# The state of an item of the archive -> its status; for other states, `pubstatus` decides.
_STATUS_OF_STATE = {"killed": "canceled", "recalled": "canceled", "spiked": "withheld", "unpublished": "withheld"}


def recognizes(document: Any) -> bool:
    """Whether the document is from Superdesk, by its `guid` without `uri`."""
    return isinstance(document, Mapping) and "guid" in document and "uri" not in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article; the item that it evolved from becomes its `rewrite_of`.

    Items of the archive are read as well: killed and spiked ones are not quoted, and scheduled ones are under embargo.
    Raises UnreadableDocumentError for items without text, such as pictures and events.
    """
    fields = shared_fields(document)
    state = document.get("state")
    scheduled = (document.get("publish_schedule") or EMBARGOED) if state == "scheduled" else None
    return [
        article(
            **{
                **fields,
                "embargoed_until": first_text(fields["embargoed_until"], document.get("embargo"), scheduled),
                "status": _STATUS_OF_STATE.get(str(state), fields["status"]),
            },
            id=document.get("guid"),
            byline=first_text(document.get("byline"), names(document.get("authors"))),
            source=document.get("source"),
            published_at=first_text(
                document.get("firstpublished"), document.get("firstcreated"), document.get("versioncreated")
            ),
            rewrite_of=document.get("evolvedfrom"),
        )
    ]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for an item of the archive: the summary as its abstract, in HTML, and the first headline, if any."""
    headlines = [headline["text"] for headline in answer["headlines"]]
    return {
        "abstract": f"<p>{escape(answer['summary']['text'])}</p>",
        **({"headline": headlines[0]} if headlines else {}),
    }
