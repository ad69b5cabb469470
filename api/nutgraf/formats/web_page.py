"""Reads whole web pages: the story without navigation, teasers and footers, found by trafilatura, and its metadata."""

import re
from collections.abc import Sequence
from typing import Any

from lxml import html
from lxml.etree import ErrorTypes, ParserError, XMLSyntaxError, iterwalk

from nutgraf.formats import encodings, optional_libraries, page_metadata, paywalls, web_page_layout, xml
from nutgraf.formats.common import TEXT, Fields, UnreadableDocumentError, article
from nutgraf.formats.start_tag_attributes import strip_attributes_of_crowded_tags

NAME, TITLE = "web-page", "Web page"
SENT_AS = TEXT
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
READS = (
    "the story; from JSON-LD, Open Graph and other meta elements: title, site name, author, published, modified, canonical, "
    "lang"
)
# trafilatura walks through the page recursively. All known pages are less than half as deep.
MAX_DEPTH = 250
# Some of its steps take time that is quadratic in the number of elements of a page and of inline elements of a block, and
# grows with the text of each element. A page at all of these limits takes a second or two. No known news page reaches half
# of a limit.
MAX_ELEMENTS, MAX_INLINE, MAX_INSIDE = 15_000, 2_000, 600_000
# In a request of a hundred pages, the average depth of elements matters; on real pages it is less than half of this.
MAX_MEAN_DEPTH, _ANY_DEPTH_INSIDE = 40, 5_000
# This many characters of text take as long as one element.
_CHARACTERS_OF_ELEMENT = 100
# The text of other elements may be merged with the text around them.
_BLOCKS = frozenset(
    "article aside blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 head header hr html li link main "
    "meta nav ol p pre script section table tbody td tfoot th thead tr ul".split()
)
_ROOTS = frozenset({"html", "head", "body"})
_DOCTYPE = "<!doctype html"
_DOCTYPE_CHARACTERS = 100
# Signs of a whole document, and not of a fragment to which the CMS adds the rest …
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
# … and signs that it has more than the story, or that it is published.
_SITE = re.compile(
    r"<(?:nav|footer|header|aside|script)\b|role=[\"']?(?:navigation|banner|contentinfo)|property=[\"']?og:"
    r"|rel=[\"']?canonical|(?:id|class)=[\"']?(?:nav|menu|footer|header|sidebar)",
    re.I,
)
# Exceptions that trafilatura can raise on unexpected markup.
_EXTRACTOR_ERRORS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
# Marks around text that only subscribers may read: characters that occur in no news text. They are printable, because
# trafilatura drops other characters.
_CLOSED_START, _CLOSED_END = "\N{LEFT DOUBLE PARENTHESIS}", "\N{RIGHT DOUBLE PARENTHESIS}"
_MARKED = re.compile(f"{_CLOSED_START}[^{_CLOSED_START}{_CLOSED_END}]*+{_CLOSED_END}")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
# How many bytes are searched for the declared encoding of a page (WHATWG, HTML Standard).
_DECLARATION_BYTES = 2_000
_DECLARED = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.I)


def recognizes(document: Any) -> bool:
    """Whether the document is a web page, by its doctype or its root element."""
    if not isinstance(document, str):
        return False
    start = document[:_DOCTYPE_CHARACTERS].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(_DOCTYPE) or (xml.root_name(document) or "").lower() in _ROOTS


def is_page(markup: str) -> bool:
    """Whether HTML is a whole page of a website, and not only a story: a document with navigation, scripts and the like."""
    return _DOCUMENT.search(markup) is not None and _SITE.search(markup) is not None


def states_access(markup: str) -> bool:
    """Returns whether HTML contains one of the texts that may declare a paywall (`paywalls.MARKS`); only parsing tells."""
    return any(mark in markup for mark in paywalls.MARKS)


def decode(body: bytes, charset: str | None = None) -> str:
    """Returns the text of a page, in `charset`, the encoding that its `meta` element declares, UTF-8 or Windows-1252.

    Raises UnreadableDocumentError for unknown encodings, and for bytes that are not valid in the encoding.
    """
    declared = _DECLARED.search(body[:_DECLARATION_BYTES])
    if not charset and declared and not encodings.codec_of(declared[1].decode()).startswith("utf-"):
        charset = declared[1].decode()
    try:
        return encodings.decode(body, charset)
    except UnreadableDocumentError:
        if charset:
            raise
        return encodings.decode(body, "windows-1252")


def read(document: str) -> list[Fields]:
    """Returns the page as a list of one article.

    All visible text is the body if no story is found, if the page is too large or too deep to search for it, and for HTML
    that is not a page of a website. If the page has a paywall, the paid parts are left out; if it does not name them, the
    article is withheld.
    """
    root = _parse(document)
    if root is None:
        return [article(html=document, status="withheld" if states_access(document) else "usable")]
    json_ld = page_metadata.read_json_ld(root)
    stated = page_metadata.fields(root, json_ld)
    access = paywalls.access(root, json_ld)
    if not access.is_closed:
        story = _story(root) if is_page(document) else None
        return [article(**stated, html=story or document)]
    if not access.closed_elements:
        return [article(**stated, html=(_story(root) if is_page(document) else None) or document, status="withheld")]
    # Paid parts are marked, and removed at the end: trafilatura needs their text to find the story.
    _mark(access.closed_elements)
    whole = html.tostring(root, encoding="unicode")
    marked = (_story(root) if is_page(document) else None) or whole
    story = _MARKED.sub(" ", marked)
    is_clean = _CLOSED_START not in story and _CLOSED_END not in story
    return [article(**stated, html=story, status="usable" if is_clean else "withheld")]


def warm_up() -> None:
    """Imports trafilatura, which takes a quarter of a second and is not needed for most requests."""
    optional_libraries.load("trafilatura")


def _mark(elements: Sequence[Any]) -> None:
    """Puts marks around all text in the elements."""
    marked = set()
    for element in elements:
        for node in element.iter():
            if node not in marked:
                marked.add(node)
                if node.text and isinstance(node.tag, str):
                    node.text = _with_marks(node.text)
                if node is not element and node.tail:
                    node.tail = _with_marks(node.tail)


def _with_marks(text: str) -> str:
    return f"{_CLOSED_START}{text}{_CLOSED_END}" if text.strip() and _CLOSED_START not in text else text


def _parse(markup: str) -> Any:
    """The `html` element of the page; None for empty markup, and if finding the story would take too long."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        # Control characters separate attributes, too.
        root = html.document_fromstring(
            strip_attributes_of_crowded_tags(_CONTROL.sub(" ", markup)).encode("utf-8"), parser=parser
        )
    except (ParserError, XMLSyntaxError):
        return None
    is_cut = any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return None if is_cut or _is_costly(root) else root


def _is_costly(root: Any) -> bool:
    """Whether the page is deeper or larger than trafilatura can read in a second or two."""
    count = units = inside = squares = 0
    inline = [0]  # the number of inline elements of each open block, nested ones included
    for event, element in iterwalk(root, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            inline.append(0)
            count += 1
            added = 1 + len(element.text or "") // _CHARACTERS_OF_ELEMENT
        else:
            within = inline.pop()
            if is_block:
                squares += within**2
            else:
                inline[-1] += within + 1
            added = len(element.tail or "") // _CHARACTERS_OF_ELEMENT
        units += added
        inside += len(inline) * added
        if len(inline) > MAX_DEPTH + 1 or count > MAX_ELEMENTS or inside > MAX_INSIDE or squares > MAX_INLINE**2:
            return True
    return inside > max(_ANY_DEPTH_INSIDE, MAX_MEAN_DEPTH * units)


def _story(root: Any) -> str | None:
    """The story of a page as HTML; None if there is none. Takes 20 to 30 ms for a page of usual size.

    trafilatura's fast mode has the same precision and recall on pages with known stories as its full one, without its two
    further extractors. It neither uses the clock nor keeps state between calls, because we do not let it find dates or
    compare duplicates. Formatting is kept because it marks footnotes.
    """
    trafilatura = optional_libraries.load("trafilatura")
    try:
        web_page_layout.normalize(root)
        story: str | None = trafilatura.extract(
            root, output_format="html", fast=True, include_comments=False, include_formatting=True
        )
    except _EXTRACTOR_ERRORS:
        return None
    return story
