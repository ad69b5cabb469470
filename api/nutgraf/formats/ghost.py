"""Ghost: the body of a webhook, `{"post": {"current": {…}}}`."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import Fields, article, as_object, first_text

NAME, TITLE = "ghost", "Ghost webhook"
MEDIA_TYPES = ()
READS = "post.current: id, title, html, plaintext, url, published_at, updated_at, primary_author.name"


def recognises(document: Any) -> bool:
    """Whether the document is a Ghost webhook, by its `post.current`."""
    return isinstance(as_object(as_object(document).get("post")).get("current"), Mapping)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the current version of the post as a list of one article.

    HTML takes precedence over plain text. The first known id, `id` or `uuid`, becomes the id of the article.
    """
    post = as_object(as_object(document.get("post")).get("current"))
    html, plain = post.get("html"), post.get("plaintext")
    body = {"html": html} if first_text(html) else {"text": plain}
    return [
        article(
            **body,
            id=first_text(post.get("id"), post.get("uuid")),
            title=post.get("title"),
            byline=as_object(post.get("primary_author")).get("name"),
            url=post.get("url"),
            published_at=post.get("published_at"),
            updated_at=post.get("updated_at"),
        )
    ]
