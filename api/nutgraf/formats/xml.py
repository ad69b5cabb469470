"""XML from outside: no entities, no DTD, no network, bounded depth."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from nutgraf.formats.common import UnreadableDocumentError

DEEPEST = 200
# HTML that stands in XML keeps these of its elements when it is written out again.
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li ul ol blockquote pre table tr td th div section article br hl1 hl2".split())
_LEFT_OUT = frozenset(
    "media media-caption media-metadata media-reference table script style figure figcaption aside iframe object embed "
    "svg nav form".split()
)


def parse(document: str) -> Element:
    """The root of an XML document. Raises UnreadableDocumentError: ill-formed, with a DTD, or nested too deep."""
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(_bytes(document)), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                root = element if root is None else root
                depth += 1
                if depth > DEEPEST:
                    raise UnreadableDocumentError(f"The document nests deeper than {DEEPEST} elements.")
            else:
                depth -= 1
    except UnreadableDocumentError:
        raise
    except DefusedXmlException as error:
        raise UnreadableDocumentError("The document declares a DTD or entities, which are not read from outside.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableDocumentError(f"The document is not well-formed XML: {error}.") from error
    if root is None:
        raise UnreadableDocumentError("The document has no element.")
    return root


def name(element: Element) -> str:
    """The name without its namespace, whatever prefix it had."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def find(element: Element | None, path: str) -> Element | None:
    """The first descendant on a path of names, namespaces aside."""
    return next(findall(element, path), None)


def findall(element: Element | None, path: str) -> Iterator[Element]:
    """All descendants on a path of names, namespaces aside."""
    if element is None:
        return
    step, _, rest = path.partition("/")
    for child in element:
        if name(child) == step:
            if rest:
                yield from findall(child, rest)
            else:
                yield child


def anywhere(element: Element | None, wanted: str) -> Element | None:
    """The first descendant of a name, at any depth."""
    return None if element is None else next((each for each in element.iter() if name(each) == wanted), None)


def text(element: Element | None) -> str | None:
    """All text in an element, white space folded; None where there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def attribute(element: Element | None, wanted: str) -> str | None:
    """An attribute by its name, namespace aside."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == wanted), None)


def paragraphs(element: Element) -> str:
    """The text of an element's blocks, an empty line between them; captions, tables and embeds left out."""
    blocks: list[list[str]] = [[]]

    def walk(node: Element) -> None:
        is_block, skipped = name(node) in _BLOCKS, name(node) in _LEFT_OUT
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
    """The document in UTF-8, whatever encoding its declaration names: it came as text."""
    body = document.lstrip("\ufeff \t\r\n")
    if body.startswith("<?xml"):
        body = body.partition("?>")[2]
    return body.encode("utf-8", "replace")
