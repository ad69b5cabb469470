"""Converts HTML to the plain text that a reader sees."""

import re
from itertools import islice
from typing import Any

from lxml import html
from lxml.etree import ErrorTypes, ParserError, XMLSyntaxError, iterwalk
from lxml.html import defs

from nutgraf.errors import NutgrafError
from nutgraf.formats.paragraphs import Paragraphs, is_data_row
from nutgraf.formats.start_tag_attributes import strip_attributes_of_crowded_tags

# libxml2's limit with `huge_tree`. It silently leaves out elements that are nested deeper.
MAX_DEPTH = 2_048

# Elements that are not part of the story.
_LEFT_OUT = frozenset(
    "aside audio button canvas del dialog embed figcaption figure footer form head iframe input map nav noscript object s "
    "script select strike style svg template textarea title video".split()
)
_LEFT_OUT_CLASSES = frozenset({"wp-caption-text", "wp-caption-dd", "screen-reader-text", "sr-only", "visually-hidden"})
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "listing main ol p pre section summary table tbody tfoot thead tr ul xmp".split()
)
_CELLS = frozenset({"td", "th"})
# The elements of HTML: those that lxml lists, and inline elements that its lists lack. Unknown elements, such as `<rubrik>`,
# are treated as blocks, except elements of Word (`o:p`) and custom elements (`x-name`).
_KNOWN_TAGS = defs.tags | frozenset(
    "bdi data mi mn mo mrow ms msup msub mfrac msqrt mtext nobr picture rb rbc rtc semantics slot spacer".split()
)
_PREFORMATTED = frozenset({"pre", "listing", "xmp"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# Upper limits for a footnote mark: the number of characters, with surrounding white space, and of descendant elements.
_MAX_FOOTNOTE_CHARACTERS = 40
_MAX_FOOTNOTE_ELEMENTS = 40
_FOOTNOTE = re.compile(r"[\[(]\s*\w{1,3}\s*[\])]|\d{1,3}|[*†‡§]{1,3}")
# A superscript number after one of these units is an exponent, not a footnote mark: 9 km². A unit is searched for in this
# many characters before the superscript.
_CHARACTERS_BEFORE_EXPONENT = 40
_EXPONENT = re.compile(r"[-−]?[0-9]{1,3}")
_SUPERSCRIPTS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_UNITS = re.compile(r"\b(?:[mck]?m|km|ft|in|yd|mi|x|10)\s*$", re.I)


class HTMLTooDeepError(NutgrafError, ValueError):
    """HTML is nested so deep that a part of it could not be read."""

    problem_type = "invalid-request"


def plain_text(markup: str) -> str:
    """Returns the text of an HTML document or fragment: an empty line between blocks, white space collapsed.

    Headings begin with "#", once for each level; the lines of a block quotation begin with ">"; short cells of a row
    are one line. Captions, navigation, forms, scripts, embeds, footnote marks and hidden elements are left out. Broken
    markup is read as browsers read it. Raises HTMLTooDeepError for elements nested deeper than MAX_DEPTH.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(
            _without_nul(strip_attributes_of_crowded_tags(markup)).encode("utf-8"), parser=parser
        )
    except (ParserError, XMLSyntaxError):
        root = None
    if any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise HTMLTooDeepError(f"Elements must not be nested deeper than {MAX_DEPTH} levels.")
    if root is None:
        return ""
    paragraphs = Paragraphs()
    left_out: list[Any] = []
    rows: list[Any] = []
    # Events instead of recursion, because markup may be nested too deep for recursion.
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            if left_out or _is_left_out(element, paragraphs):
                left_out.append(element)
            else:
                _begin(element, paragraphs, rows)
                paragraphs.add(_exponent(element, paragraphs) or element.text)
        else:
            if left_out:
                left_out.pop()
                if not left_out and _is_block(element.tag):
                    paragraphs.begin()
            else:
                _end(element, paragraphs, rows)
            if not left_out:
                paragraphs.add(element.tail)
    return paragraphs.text()


def _begin(element: Any, paragraphs: Paragraphs, rows: list[Any]) -> None:
    tag = element.tag
    if tag == "blockquote":
        paragraphs.quotation_depth += 1
    elif tag in _PREFORMATTED:
        paragraphs.preformatted_depth += 1
    elif tag in _HEADINGS:
        paragraphs.heading_level = int(tag[1])
    if _is_block(tag):
        paragraphs.begin()
    elif tag in _CELLS:
        paragraphs.add_cell()
    elif tag == "br":
        paragraphs.add_line_break()
    if tag == "tr" and is_data_row([cell for cell in element if cell.tag in _CELLS]):
        rows.append(element)
        paragraphs.row_depth += 1


def _end(element: Any, paragraphs: Paragraphs, rows: list[Any]) -> None:
    tag = element.tag
    if tag == "blockquote":
        paragraphs.quotation_depth -= 1
    elif tag in _PREFORMATTED:
        paragraphs.preformatted_depth -= 1
    elif tag in _HEADINGS:
        paragraphs.heading_level = 0
    elif tag == "tr" and rows and rows[-1] is element:
        rows.pop()
        paragraphs.row_depth -= 1
    if _is_block(tag) or (tag in _CELLS and not paragraphs.row_depth):
        paragraphs.begin()


def _is_block(tag: str) -> bool:
    return tag in _BLOCKS or (tag.isalnum() and tag not in _KNOWN_TAGS)


def _is_left_out(element: Any, paragraphs: Paragraphs) -> bool:
    """Whether an element is hidden, or is not part of the story."""
    if element.tag in _LEFT_OUT or "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    if element.tag == "sup":
        return _is_footnote_mark(element) and _UNITS.search(paragraphs.last_text(_CHARACTERS_BEFORE_EXPONENT)) is None
    return not _LEFT_OUT_CLASSES.isdisjoint(element.get("class", "").split())


def _exponent(element: Any, paragraphs: Paragraphs) -> str | None:
    """The digits of a power in superscript characters, so that 10<sup>6</sup> is not read as 106; None for other text."""
    text = (element.text or "").strip() if element.tag == "sup" else ""
    is_power = _EXPONENT.fullmatch(text) is not None and paragraphs.last_text(1).isdigit()
    return text.translate(_SUPERSCRIPTS) if is_power else None


def _is_footnote_mark(element: Any) -> bool:
    """Whether all text of an element is a footnote mark.

    Reading stops as soon as the text or the number of elements exceeds its limit.
    """
    if next(islice(element.iter(), _MAX_FOOTNOTE_ELEMENTS, None), None) is not None:
        return False
    mark = ""
    for piece in element.itertext():
        mark += piece[: _MAX_FOOTNOTE_CHARACTERS + 1]
        if len(mark) > _MAX_FOOTNOTE_CHARACTERS:
            return False
    return _FOOTNOTE.fullmatch(mark.strip()) is not None


def _without_nul(markup: str) -> str:
    return markup.replace("\0", " ")
