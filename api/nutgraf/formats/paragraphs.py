"""Builds paragraphs of plain text from the text of HTML or XML elements.

The parsers of HTML and XML report where elements begin and end. This module decides what becomes a paragraph, a line, or a
table row.
"""

import re
from itertools import islice
from typing import Any

# Separates the cells of a table row, which become one line of the text.
_CELL_BORDER = " | "
# Precedes each line of a block quotation, as in e-mail.
_QUOTE_PREFIX = "> "
# Precedes a heading once for each level, as in Markdown, so that it is read as a heading.
_HEADING_PREFIX = "#"
# A row of at least two cells, each with at most this many characters and elements, is data. In other rows, which belong to
# the layout of a page, each cell is a block.
_MAX_CELL_CHARACTERS = 100
_MAX_CELL_ELEMENTS = 40
# Marks between the pieces of a block; no piece contains them, because its white space is collapsed.
_LINE, _BLANK_LINE, _PARAGRAPH = "\n", "\v", "\f"
_MARKS = re.compile(r" ?([\n\v\f][\n\v\f ]*)")
_SENTENCE_END = re.compile(r"[.!?:…。！？؟।][\"'”’»“)\]]*$")
# How many characters at the end of a piece are searched for the end of a sentence.
_MAX_END_CHARACTERS = 100
_BULLET, _DASH = re.compile(r"[•▪▫◦●○■□‣⁃∙]"), re.compile(r"[*–—-]\s")
_SPACES = re.compile(" {2,}")
_MANY_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*+\n){2,}")


class Paragraphs:
    """Collects the text of elements in the order of a document.

    `quotation_depth`, `preformatted_depth` and `row_depth` count the open elements of a kind, and `heading_level` is the
    level of the open heading (0: none); they apply to blocks that begin later.
    """

    def __init__(self) -> None:
        self.quotation_depth = self.preformatted_depth = self.row_depth = self.heading_level = 0
        self._blocks: list[_Block] = []
        self.begin()

    def begin(self) -> None:
        """Begins a block. Within the row of a table there are no blocks."""
        if self.row_depth and self._blocks:
            self._blocks[-1].pieces.append(" ")
        elif not self._blocks or self._blocks[-1].pieces or not self._blocks[-1].is_like(self):
            self._blocks.append(_Block(self))

    def add(self, text: str | None) -> None:
        """Adds text of the document. A line end in it is white space, or separates paragraphs or items of a list."""
        if not text:
            return
        block = self._blocks[-1]
        block.pieces.append(text if block.is_preformatted else _collapse_white_space(text))
        block.has_words = block.has_words or not text.isspace()

    def add_line_break(self) -> None:
        """Adds a line break of the document, such as `<br>`."""
        self._blocks[-1].pieces.append(" " if self.row_depth else _LINE)

    def add_cell(self) -> None:
        """Begins a cell of a table."""
        if not self.row_depth:
            self.begin()
        elif self._blocks[-1].has_words:
            self._blocks[-1].pieces.append(_CELL_BORDER)

    def last_text(self, max_characters: int) -> str:
        """Returns up to `max_characters` characters from the end of the current block's last piece of text."""
        pieces = self._blocks[-1].pieces
        return pieces[-1][-max_characters:] if pieces else ""

    def text(self) -> str:
        """Returns the paragraphs, separated by empty lines.

        Headings begin with "#", once for each level; the lines of a block quotation begin with ">".
        """
        return "\n\n".join(filter(None, (block.text() for block in self._blocks)))


class _Block:
    def __init__(self, paragraphs: Paragraphs) -> None:
        self.pieces: list[str] = []
        self.has_words = False
        self.is_quoted = paragraphs.quotation_depth > 0
        self.is_preformatted = paragraphs.preformatted_depth > 0
        self.level = paragraphs.heading_level

    def is_like(self, paragraphs: Paragraphs) -> bool:
        return (self.is_quoted, self.is_preformatted, self.level) == (
            paragraphs.quotation_depth > 0,
            paragraphs.preformatted_depth > 0,
            paragraphs.heading_level,
        )

    def text(self) -> str:
        joined = "".join(self.pieces)
        block = _preformatted(joined) if self.is_preformatted else _broken_into_lines(joined)
        if block and self.level:
            block = f"{_HEADING_PREFIX * self.level} {' '.join(block.split())}"
        if not block or not self.is_quoted:
            return block
        return "\n".join(f"{_QUOTE_PREFIX}{line}" if line.strip() else "" for line in block.split("\n"))


def is_data_row(cells: list[Any]) -> bool:
    """Whether a table row with these elements as its cells is data: several cells with little text."""
    return len(cells) > 1 and all(map(_is_short, cells))


def _is_short(cell: Any) -> bool:
    elements = list(islice(cell.iter(), _MAX_CELL_ELEMENTS + 1))
    texts = [cell.text, *(text for element in elements[1:] for text in (element.text, element.tail))]
    return len(elements) <= _MAX_CELL_ELEMENTS and sum(len(text or "") for text in texts) <= _MAX_CELL_CHARACTERS


def _collapse_white_space(text: str) -> str:
    """The text with single spaces, and with marks in place of empty lines and before items of a list."""
    before, after = " " * text[0].isspace(), " " * text[-1].isspace()
    if "\n" not in text:
        words = " ".join(text.split())
        return before + words + after if words else " "
    pieces: list[str] = []
    is_after_empty_line = False
    for line in text.split("\n"):
        words = " ".join(line.split())
        if not words:
            is_after_empty_line = True
            continue
        if pieces:
            mark = _LINE if _is_list_item(words, pieces[-1]) else " "
            pieces.append(_PARAGRAPH if is_after_empty_line else mark)
        pieces.append(words)
        is_after_empty_line = False
    # Empty lines next to another element may be only layout of the markup.
    if not pieces:
        return _BLANK_LINE if text.count("\n") > 1 else " "
    if text.count("\n", 0, len(text) - len(text.lstrip())) > 1:
        before = _BLANK_LINE
    if text.count("\n", len(text.rstrip())) > 1:
        after = _BLANK_LINE
    return "".join((before, *pieces, after))


def _is_list_item(line: str, line_before: str) -> bool:
    """Whether a line is the item of a list. A line may also begin with a dash within a sentence."""
    if _BULLET.match(line):
        return True
    is_dash = _DASH.match(line) is not None
    return is_dash and (
        _SENTENCE_END.search(line_before[-_MAX_END_CHARACTERS:]) is not None or _DASH.match(line_before) is not None
    )


def _broken_into_lines(text: str) -> str:
    """A block's pieces as lines and paragraphs.

    A line break within a sentence, before a lower-case letter, becomes a space.
    """
    pieces: list[str] = []
    marks = ""
    for number, part in enumerate(_MARKS.split(_SPACES.sub(" ", text))):
        if number % 2:
            marks = part
        elif words := part.strip():
            if pieces:
                pieces.append(_separator(pieces[-1], marks, words))
            pieces.append(words)
    return "".join(pieces)


def _separator(before: str, marks: str, after: str) -> str:
    ends = _SENTENCE_END.search(before[-_MAX_END_CHARACTERS:]) is not None
    if _PARAGRAPH in marks or marks.count(_LINE) > 1 or (_BLANK_LINE in marks and ends):
        return "\n\n"
    return "\n" if _LINE in marks and (ends or not after[0].islower()) else " "


def _preformatted(text: str) -> str:
    lines = "\n".join(map(str.rstrip, text.replace("\r\n", "\n").split("\n")))
    return _MANY_EMPTY_LINES.sub("\n\n", lines).strip()
