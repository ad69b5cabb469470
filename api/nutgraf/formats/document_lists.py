"""Finds the documents in a list that a CMS API returned. Each of them is then read in its own format."""

from collections.abc import Mapping
from typing import Any

from nutgraf.formats.common import UnreadableDocumentError, as_object, as_objects

# The same limit as for the entries of a feed.
MAX_DOCUMENTS = 1_000


def documents(value: Any) -> list[Mapping[str, Any]] | None:
    """Returns the documents that an API's answer contains; None for other values.

    These are: a list of WordPress posts, Superdesk's `_items`, Ghost's `posts`, and a collection or a search of Arc. Raises
    UnreadableDocumentError for more than MAX_DOCUMENTS, and for an answer without any.
    """
    contained = _find_documents(value)
    if contained is None:
        return None
    if not contained:
        raise UnreadableDocumentError("The list contains no documents.")
    if len(contained) > MAX_DOCUMENTS:
        raise UnreadableDocumentError(f"The list contains more than {MAX_DOCUMENTS} documents.")
    return contained


def _find_documents(value: Any) -> list[Mapping[str, Any]] | None:
    if isinstance(value, list):
        posts = as_objects(value)
        return posts if posts and all(isinstance(post.get("content"), Mapping) for post in posts) else None
    answer = as_object(value)
    if isinstance(answer.get("_items"), list):
        return as_objects(answer["_items"])
    if isinstance(answer.get("posts"), list) and "post" not in answer:
        return [{"post": {"current": post}} for post in as_objects(answer["posts"])]
    # A story has `content_elements`, too, but they are paragraphs.
    elements = as_objects(answer.get("content_elements"))
    if answer.get("type") != "story" and elements and any(element.get("type") == "story" for element in elements):
        return [element for element in elements if element.get("type") == "story"]
    return None
