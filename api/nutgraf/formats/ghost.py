"""Ghost: the body of a webhook, `{"post": {"current": {…}}}`."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import Fields, article, first, mapping

NAME, TITLE = "ghost", "Ghost webhook"
MEDIA_TYPES = ()
READS = "post.current: id, title, html, plaintext, url, published_at, updated_at, primary_author.name"


def recognises(document: Any) -> bool:
    """Whether the document is a Ghost webhook, by its `post.current`."""
    return isinstance(mapping(mapping(document).get("post")).get("current"), Mapping)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the current version of the post as a list of one article."""
    post = mapping(mapping(document.get("post")).get("current"))
    html, plain = post.get("html"), post.get("plaintext")
    body = {"html": html} if first(html) else {"text": plain}
    return [
        article(
            **body,
            id=first(post.get("id"), post.get("uuid")),
            title=post.get("title"),
            byline=mapping(post.get("primary_author")).get("name"),
            url=post.get("url"),
            published_at=post.get("published_at"),
            updated_at=post.get("updated_at"),
        )
    ]
