"""WordPress posts in the format of the WordPress REST API."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from nutgraf.formats.common import Fields, UnreadableDocumentError, article, as_object, as_objects, first_text

NAME, TITLE = "wordpress", "WordPress post"
MEDIA_TYPES = ()
READS = "id, title, content, date_gmt, modified_gmt, link, status, _embedded.author"
# Statuses of posts that are not public.
_UNPUBLISHED = frozenset({"private", "trash"})


def recognises(document: Any) -> bool:
    """Whether the document is a WordPress post, by its `content` object."""
    return isinstance(document, Mapping) and isinstance(document.get("content"), Mapping)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the post as a list of one article. Private posts and posts in the trash are withheld.

    Raises UnreadableDocumentError for a password-protected post whose content was not sent.
    """
    content, title = as_object(document.get("content")), as_object(document.get("title"))
    if content.get("protected") is True and not first_text(content.get("raw"), content.get("rendered")):
        raise UnreadableDocumentError("The post is protected by a password, so its content was not sent.")
    authors = as_objects(as_object(document.get("_embedded")).get("author"))
    heading = first_text(title.get("raw"), title.get("rendered"))
    return [
        article(
            html=first_text(content.get("rendered"), content.get("raw")),
            id=document.get("id"),
            title=unescape(heading) if heading else None,
            byline=first_text(*(author.get("name") for author in authors)),
            url=document.get("link"),
            published_at=document.get("date_gmt"),
            updated_at=document.get("modified_gmt"),
            status="withheld" if str(document.get("status")) in _UNPUBLISHED else "usable",
        )
    ]


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for a post: the summary as its excerpt. The title, which an editor wrote, is not changed."""
    return {"excerpt": answer["summary"]["text"]}
