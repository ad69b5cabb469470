"""Safe reading of XML from clients: no entities, no DTD, no network access, and limited depth."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from nutgraf.formats.common import UnreadableDocumentError

MAX_DEPTH = 200
# Elements that begin a paragraph.
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li ul ol blockquote pre table tr td th div section article br hl1 hl2".split())
_SKIPPED = frozenset(
    "media media-caption media-metadata media-reference table script style figure figcaption aside iframe object embed "
    "svg nav form".split()
)


def parse(document: str) -> Element:
    """Parses an XML document and returns its root element.

    Raises UnreadableDocumentError for XML that is not well-formed, has a DTD or entities, or is nested too deep.
    """
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(_bytes(document)), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                root = element if root is None else root
                depth += 1
                if depth > MAX_DEPTH:
                    raise UnreadableDocumentError(f"The document is nested deeper than {MAX_DEPTH} elements.")
            else:
                depth -= 1
    except UnreadableDocumentError:
        raise
    except DefusedXmlException as error:
        raise UnreadableDocumentError("The document declares a DTD or entities, which are not allowed.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableDocumentError(f"The document is not well-formed XML: {error}.") from error
    if root is None:
        raise UnreadableDocumentError("The document has no elements.")
    return root


def name(element: Element) -> str:
    """Returns the name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def find(element: Element | None, path: str) -> Element | None:
    """Returns the first descendant on a path of names such as "head/docdata", ignoring namespaces; None without one."""
    return next(findall(element, path), None)


def findall(element: Element | None, path: str) -> Iterator[Element]:
    """Yields all descendants on a path of names such as "head/docdata", ignoring namespaces."""
    if element is None:
        return
    step, _, rest = path.partition("/")
    for child in element:
        if name(child) == step:
            if rest:
                yield from findall(child, rest)
            else:
                yield child


def find_descendant(element: Element | None, local_name: str) -> Element | None:
    """Returns the first descendant with this name at any depth, or None."""
    return (
        None
        if element is None
        else next((descendant for descendant in element.iter() if name(descendant) == local_name), None)
    )


def text(element: Element | None) -> str | None:
    """Returns all text in an element with single spaces; None if there is no text."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def attribute(element: Element | None, local_name: str) -> str | None:
    """Returns the value of an attribute by its name, ignoring namespaces; None without one."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == local_name), None)


def paragraphs(element: Element) -> str:
    """Returns the text of an element as paragraphs, separated by empty lines.

    Block elements of HTML and NITF separate paragraphs. Captions, media, tables and embeds are skipped.
    """
    blocks: list[list[str]] = [[]]

    def walk(node: Element) -> None:
        is_block, skipped = name(node) in _BLOCKS, name(node) in _SKIPPED
        if is_block:
            blocks.append([])
        if not skipped:
            blocks[-1].append(node.text or "")
            for child in node:
                walk(child)
        if is_block:
            blocks.append([])
        blocks[-1].append(node.tail or "")

    blocks[-1].append(element.text or "")
    for child in element:
        walk(child)
    return "\n\n".join(filter(None, (" ".join("".join(block).split()) for block in blocks)))


def _bytes(document: str) -> bytes:
    """The document in UTF-8 and without its XML declaration, whose encoding no longer applies to text."""
    body = document.lstrip("\ufeff \t\r\n")
    if body.startswith("<?xml"):
        body = body.partition("?>")[2]
    return body.encode("utf-8", "replace")
