"""WordPress posts in the format of the WordPress REST API."""

from collections.abc import Mapping
from html import escape
from typing import Any

from nutgraf.formats.common import (
    EMBARGOED,
    JSON,
    Fields,
    UnreadableDocumentError,
    article,
    as_object,
    as_objects,
    first_text,
    names,
)

NAME, TITLE = "wordpress", "WordPress post"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = "id, title, content, date_gmt, modified_gmt, link, status, _embedded.author"
# Statuses of posts that are not public.
_UNPUBLISHED = frozenset({"private", "trash"})


def recognizes(document: Any) -> bool:
    """Whether the document is a WordPress post, by its `content` object."""
    return isinstance(document, Mapping) and isinstance(document.get("content"), Mapping)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the post as a list of one article.

    Private posts, those with a password, and those in the trash are withheld. A post with the status `future` is under
    embargo until its date.

    Raises UnreadableDocumentError for a password-protected post whose content was not sent.
    """
    content, title = as_object(document.get("content")), as_object(document.get("title"))
    if content.get("protected") is True and not first_text(content.get("raw"), content.get("rendered")):
        raise UnreadableDocumentError("The post is protected by a password, so its content was not sent.")
    authors = as_objects(as_object(document.get("_embedded")).get("author"))
    status = str(document.get("status"))
    is_closed = status in _UNPUBLISHED or content.get("protected") is True or bool(first_text(document.get("password")))
    return [
        article(
            html=first_text(content.get("rendered"), content.get("raw")),
            id=document.get("id"),
            title=first_text(title.get("raw"), title.get("rendered")),
            byline=names(list(authors)),
            url=document.get("link"),
            published_at=document.get("date_gmt"),
            updated_at=document.get("modified_gmt"),
            embargoed_until=(document.get("date_gmt") or EMBARGOED) if status == "future" else None,
            status="withheld" if is_closed else "usable",
        )
    ]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for a post: the summary as its excerpt, in HTML. The title, which an editor wrote, is not changed."""
    return {"excerpt": escape(answer["summary"]["text"], quote=False)}
