"""Ghost: the body of a webhook, `{"post": {"current": {…}}}`."""

import re
from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import EMBARGOED, JSON, Fields, article, as_object, first_text, names

NAME, TITLE = "ghost", "Ghost webhook"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = (
    "post.current: id, title, html, plaintext, url, status, visibility, published_at, updated_at, authors, primary_author"
)
# The mark before the part of a post that only members can read.
_MEMBERS_ONLY = re.compile(r"<!--\s{0,9}members-only\s{0,9}-->")
# The marks around a part that only some readers can read; its attributes say whether non-members can.
_GATE = re.compile(r"<!--kg-gated-block:(begin[^<>]*|end\s{0,9})-->")
_CLOSED_GATE = re.compile(r"\bnonMember:false\b")


def recognizes(document: Any) -> bool:
    """Whether the document is a Ghost webhook, by its `post.current`."""
    return isinstance(as_object(as_object(document).get("post")).get("current"), Mapping)


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the current version of the post as a list of one article.

    HTML takes precedence over plain text. The first known id, `id` or `uuid`, becomes the id of the article. Of a post that
    is not public, only the part above the mark `members-only` is read; without the mark, the post is withheld. Parts that
    only members can read are left out. A scheduled post is under embargo until then.
    """
    post = as_object(as_object(document.get("post")).get("current"))
    written = first_text(post.get("html"))
    html = _without_closed_gates(written or "")
    mark = _MEMBERS_ONLY.search(html)
    visibility = first_text(post.get("visibility"))
    # If the post does not state its visibility, the mark shows that it is not public.
    is_public = visibility == "public" or (visibility is None and mark is None)
    return [
        article(
            html=html[: mark.start()] if mark and not is_public else html,
            text=None if written else post.get("plaintext"),
            id=first_text(post.get("id"), post.get("uuid")),
            title=post.get("title"),
            byline=names(post.get("authors")) or names(post.get("primary_author")),
            url=post.get("url"),
            published_at=post.get("published_at"),
            updated_at=post.get("updated_at"),
            embargoed_until=(post.get("published_at") or EMBARGOED) if post.get("status") == "scheduled" else None,
            status="usable" if is_public or mark else "withheld",
        )
    ]


def _without_closed_gates(html: str) -> str:
    """HTML without the parts that are only for members. A part without an end mark reaches to the end of the post."""
    pieces: list[str] = []
    is_open = True
    for number, part in enumerate(_GATE.split(html)):
        if number % 2:
            is_open = part.startswith("end") or _CLOSED_GATE.search(part) is None
        elif is_open:
            pieces.append(part)
    return "".join(pieces)
