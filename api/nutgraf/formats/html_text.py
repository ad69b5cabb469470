"""HTML -> the plain text that a reader sees. Each block element becomes one paragraph."""

import re
from typing import Any

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError, iterwalk

# Elements that are not part of the story.
_LEFT_OUT = frozenset(
    "aside audio button canvas dialog embed figcaption figure footer form head iframe input map nav noscript object "
    "script select style svg template textarea title video".split()
)
_LEFT_OUT_CLASSES = frozenset({"wp-caption-text", "wp-caption-dd", "screen-reader-text", "sr-only", "visually-hidden"})
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
# Separates the cells of a table row, which become one line of the text.
_CELL_BORDER = " | "
# Precedes each line of a block quotation, as in e-mail.
_QUOTE_PREFIX = "> "
# Precedes a heading once for each level, as in Markdown, so that it is read as a heading.
_HEADING_PREFIX = "#"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_FOOTNOTE = re.compile(r"\s*(?:[\[(]\s*\w{1,3}\s*[\])]|\d{1,3}|[*†‡§]{1,3})\s*")
# A superscript number after one of these units is an exponent, not a footnote mark: 9 km².
_UNITS = re.compile(r"\b(?:[mck]?m|km|ft|in|yd|mi|x|10)\s*$", re.I)


class _Blocks:
    """The pieces of text of each block, its heading level (0: none), and whether it is inside a `<blockquote>`."""

    def __init__(self) -> None:
        self._pieces: list[list[str]] = [[]]
        self._is_quoted: list[bool] = [False]
        self._levels: list[int] = [0]
        self.quotation_depth = 0
        self.heading_level = 0

    def begin(self) -> None:
        self._pieces.append([])
        self._is_quoted.append(self.quotation_depth > 0)
        self._levels.append(self.heading_level)

    def add(self, piece: str | None) -> None:
        if piece:
            self._pieces[-1].append(piece)

    def add_border(self) -> None:
        if any(map(str.strip, self._pieces[-1])):
            self._pieces[-1].append(_CELL_BORDER)

    def ends_in_unit(self) -> bool:
        return bool(self._pieces[-1]) and _UNITS.search(self._pieces[-1][-1]) is not None

    def text(self) -> str:
        blocks = []
        for pieces, quoted, level in zip(self._pieces, self._is_quoted, self._levels, strict=True):
            block = _fold(pieces)
            if block and level:
                block = f"{_HEADING_PREFIX * level} {' '.join(block.split())}"
            if block:
                blocks.append(_with_quote_marks(block) if quoted else block)
        return "\n\n".join(blocks)


def plain_text(markup: str) -> str:
    """The text of an HTML document or fragment: blocks separated by an empty line, white space folded.

    Headings begin with "#", once for each level; the lines of a block quotation begin with ">"; the cells of a row are one
    line. Captions, navigation, forms, scripts, embeds, footnote marks and whatever is hidden are left out. Broken markup is
    read as browsers read it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_without_nul(markup).encode("utf-8"), parser=parser)
    except (ParserError, XMLSyntaxError):
        return ""
    blocks = _Blocks()
    left_out: list[Any] = []
    # Events instead of recursion: markup may be nested too deep for recursion.
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            if left_out or _is_left_out(element, blocks):
                left_out.append(element)
            _begin(element, blocks)
            if not left_out:
                blocks.add(element.text)
        else:
            _end(element, blocks)
            if left_out:
                left_out.pop()
            if not left_out:
                blocks.add(element.tail)
    return blocks.text()


def _begin(element: Any, blocks: _Blocks) -> None:
    if element.tag == "blockquote":
        blocks.quotation_depth += 1
    if element.tag in _HEADINGS:
        blocks.heading_level = int(element.tag[1])
    if element.tag in _BLOCKS:
        blocks.begin()
    elif element.tag in _CELLS:
        blocks.add_border()
    elif element.tag == "br":
        blocks.add("\n")


def _end(element: Any, blocks: _Blocks) -> None:
    if element.tag == "blockquote":
        blocks.quotation_depth -= 1
    if element.tag in _HEADINGS:
        blocks.heading_level = 0
    if element.tag in _BLOCKS:
        blocks.begin()


def _is_left_out(element: Any, blocks: _Blocks) -> bool:
    """Whether an element is hidden, or is not part of the story."""
    if element.tag in _LEFT_OUT or "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    if element.tag == "sup":
        return _FOOTNOTE.fullmatch(element.text_content()) is not None and not blocks.ends_in_unit()
    return not _LEFT_OUT_CLASSES.isdisjoint(element.get("class", "").split())


def _with_quote_marks(block: str) -> str:
    return _QUOTE_PREFIX + block.replace("\n", f"\n{_QUOTE_PREFIX}")


def _fold(pieces: list[str]) -> str:
    """The pieces of a block in one string; a `<br>` stays a line break, other white space becomes one space."""
    lines = ("".join(pieces)).split("\n") if "\n" in pieces else ["".join(pieces)]
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _without_nul(markup: str) -> str:
    return markup.replace("\0", " ")
