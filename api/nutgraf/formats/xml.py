"""Safe reading of XML from clients: no entities, no internal DTD, no network access, and limited depth."""

import re
import sys
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from nutgraf.formats.common import UnreadableDocumentError
from nutgraf.formats.paragraphs import Paragraphs

MAX_DEPTH = 200
# How many characters are searched for the root element: comments and a stylesheet may come before it.
_ROOT_CHARACTERS = 20_000
# Inline elements of NITF and XHTML. All other elements, including unknown ones, separate paragraphs.
_INLINE = frozenset(
    "a abbr acronym alt-code b bdo big cite city classifier code copyrite copyrite.holder copyrite.year country del dfn "
    "em event font frac frac-sep denom function i ins kbd lang location mark money name.family name.given num "
    "numer object.title org person postaddr pronounce q region s samp small span state strike strong sub sublocation sup "
    "time tt u var virtloc".split()
)
# Elements with names, which may lack a space next to them: "By<person>Ann Lock</person>". U+0000 is not allowed in XML.
_NAMES = frozenset({"person", "org", "location", "function", "name.given", "name.family"})
_BORDER = "\0"
_BORDER_IN_WORD = re.compile(r"(?<=\w)\x00+(?=\w)")
_SKIPPED = frozenset(
    "aside caption embed figcaption figure form iframe media media-caption media-metadata media-producer media-reference "
    "nav nitf-table object picture script style svg table tgroup video".split()
)
_HEADINGS = {"hl1": 1, "hl2": 2} | {f"h{level}": level for level in range(1, 7)}
_QUOTATIONS = frozenset({"blockquote", "bq"})
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_NUMERIC_REFERENCE, _MOST_DIGITS = re.compile(r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));"), 7
_WHITE_SPACE = (0x9, 0xA, 0xD)
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What may come before the root element, any number of times.
_PROLOG_PART = re.compile(r"[\s\ufeff]++|<\?.*?\?>|<!--.*?-->", re.DOTALL)
# A document type without an internal subset has only these parts. It declares nothing, and is ignored.
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_DOCTYPE_PART = re.compile(r"[^\[\]<>\"']++|\"[^\"]*+\"|'[^']*+'")
_ROOT = re.compile(r"<(?:!DOCTYPE\s++)?(?:[\w.-]++:)?([\w.-]++)", re.IGNORECASE)


def without_prolog(document: str) -> str:
    """Returns a document from its root element on: without XML declaration, comments, and document type.

    Raises UnreadableDocumentError for a document type with an internal subset, which may declare entities.
    """
    start = _end_of_parts(_PROLOG_PART, document, 0, len(document))
    if document[start : start + 9].upper() != "<!DOCTYPE":
        return document[start:]
    doctype = _DOCTYPE.match(document, start)
    end = _end_of_parts(_DOCTYPE_PART, document, doctype.end(), len(document)) if doctype else start
    if not document.startswith(">", end):
        raise UnreadableDocumentError("The document declares a DTD or entities, which are not allowed.")
    return document[_end_of_parts(_PROLOG_PART, document, end + 1, len(document)) :]


def _end_of_parts(part_pattern: re.Pattern[str], document: str, start: int, limit: int) -> int:
    """Returns where the parts that follow each other from `start` on end, at most at `limit`."""
    while part := part_pattern.match(document, start, limit):
        start = part.end()
    return start


def root_name(document: Any) -> str | None:
    """Returns the name of the root element of XML that is sent as text, without its prefix; None for anything else.

    A document type also names the root element, so it is sufficient.
    """
    if not isinstance(document, str):
        return None
    start = _end_of_parts(_PROLOG_PART, document, 0, _ROOT_CHARACTERS)
    root = _ROOT.match(document, start)
    return root[1] if root else None


def parse(document: str) -> Element:
    """Parses an XML document and returns its root element.

    Raises UnreadableDocumentError for XML that is not well-formed, has an internal DTD or entities, or is nested too deep.
    """
    depth = 0
    root: Element | None = None
    content = BytesIO(readable(without_prolog(document)).encode("utf-8", "replace"))
    try:
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
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


def readable(document: str) -> str:
    """Returns a document whose HTML character references, such as `&nbsp;`, are replaced, because XML does not know them.

    Control characters, which XML does not allow, become spaces, and so do references to them and invalid references.
    """
    document = _NUMERIC_REFERENCE.sub(_without_invalid, _CONTROL_CHARACTERS.sub(" ", document))
    return _REFERENCE.sub(_character, document)


def _without_invalid(reference: re.Match[str]) -> str:
    digits = (reference[1] or reference[2]).lstrip("0")
    number = int(digits or "0", 16 if reference[1] else 10) if len(digits) <= _MOST_DIGITS else sys.maxunicode + 1
    is_allowed = (
        number in _WHITE_SPACE or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number <= sys.maxunicode
    )
    return reference[0] if is_allowed else " "


def _character(reference: re.Match[str]) -> str:
    character = html5.get(f"{reference[1]};", "")
    return reference[0] if not character or character in "<>&\"'" else character


def name(element: Element) -> str:
    """Returns the name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def find(element: Element | None, path: str) -> Element | None:
    """Returns the first descendant on a path such as "head/docdata", ignoring namespaces and case; None without one."""
    return next(findall(element, path), None)


def findall(element: Element | None, path: str) -> Iterator[Element]:
    """Yields all descendants on a path of names such as "head/docdata", ignoring namespaces and case."""
    if element is None:
        return
    step, _, rest = path.partition("/")
    for child in element:
        if name(child).lower() == step.lower():
            if rest:
                yield from findall(child, rest)
            else:
                yield child


def find_descendant(element: Element | None, local_name: str) -> Element | None:
    """Returns the first descendant with this name at any depth, or None."""
    return (
        None
        if element is None
        else next((each for each in element.iter() if name(each).lower() == local_name.lower()), None)
    )


def text(element: Element | None, separator: str = " ") -> str | None:
    """Returns all text in an element with single spaces; None if there is no text.

    `separator` is put between block elements, such as a name and a job title. Names are separate words.
    """
    if element is None:
        return None
    parts: list[list[str]] = [[element.text or ""]]

    def border(node: Element) -> None:
        if name(node).lower() not in _INLINE:
            parts.append([])
        elif name(node).lower() in _NAMES:
            parts[-1].append(_BORDER)

    def walk(node: Element) -> None:
        border(node)
        parts[-1].append(node.text or "")
        for child in node:
            walk(child)
        border(node)
        parts[-1].append(node.tail or "")

    for child in element:
        walk(child)
    joined = (_BORDER_IN_WORD.sub(" ", "".join(part)).replace(_BORDER, "") for part in parts)
    words = (" ".join(part.split()).strip(f"{separator} ") for part in joined)
    return separator.join(filter(None, words)) or None


def attribute(element: Element | None, local_name: str) -> str | None:
    """Returns the value of an attribute by its name, ignoring namespaces; None without one."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == local_name), None)


def paragraphs(element: Element) -> str:
    """Returns the text of an element as paragraphs, separated by empty lines.

    Headings begin with "#" and block quotations with ">", as in `html_text.plain_text`. Captions, media, tables and embeds
    are skipped.
    """
    collected = Paragraphs()
    collected.add(element.text)
    for child in element:
        _collect(child, collected)
    return collected.text()


def _collect(node: Element, collected: Paragraphs) -> None:
    tag = name(node).lower()
    is_quoted, is_preformatted, level = tag in _QUOTATIONS, tag == "pre", _HEADINGS.get(tag, 0)
    if tag == "br":
        collected.add_line_break()
    elif tag in _SKIPPED:
        collected.begin()
    else:
        collected.quotation_depth += is_quoted
        collected.preformatted_depth += is_preformatted
        collected.heading_level = level or collected.heading_level
        if tag not in _INLINE:
            collected.begin()
        collected.add(node.text)
        for child in node:
            _collect(child, collected)
        collected.quotation_depth -= is_quoted
        collected.preformatted_depth -= is_preformatted
        collected.heading_level = 0 if level else collected.heading_level
        if tag not in _INLINE:
            collected.begin()
    collected.add(node.tail)
