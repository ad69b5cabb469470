"""Word documents (Office Open XML, .docx): the text of the body with its insertions, without comments and deletions."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml.etree import LxmlError

from nutgraf.formats import optional_libraries
from nutgraf.formats.common import BYTES, Fields, UnreadableDocumentError, article

NAME, TITLE = "docx", "Word document"
SENT_AS = BYTES
MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
READS = "the paragraphs, headings, quotations, lists and tables of the body; the title"
# The maximum size of an uncompressed document with its images, in bytes. A typical document has a hundredth of this.
MAX_BYTES = 100_000_000
MAX_PARTS = 5_000
_MAGIC = b"PK\x03\x04"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# Passages that an editor has deleted or moved, drawings with their captions, and internal elements of Word.
_LEFT_OUT = {
    f"{_W}{name}" for name in "del moveFrom drawing pict object pPr rPr footnoteReference endnoteReference instrText".split()
} | {_ALTERNATIVES}
_TEXT_OF = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}
_CAPTION_STYLE, _TITLE_STYLE = "caption", "title"
_QUOTE_STYLES = frozenset({"quote", "intense quote"})
_CELL_BORDER = " | "
# As in `web_page_layout`, a cell with more text is a column of the page.
_MAX_CELL_CHARACTERS = 100
_MAX_DEPTH = 200
# python-docx raises these exceptions for packages with missing or wrong parts, and zipfile raises them for damaged and
# encrypted parts.
_PACKAGE_ERRORS = (
    AttributeError,
    EOFError,
    LookupError,
    LxmlError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)


def recognizes(document: Any) -> bool:
    """Whether the document is a Word document: a zip archive that contains one."""
    return isinstance(document, bytes) and document.startswith(_MAGIC) and b"word/" in document


def read(document: bytes) -> list[Fields]:
    """Returns the document as a list of one article; lines that begin with "#" are headings, with ">" quotations.

    Raises UnreadableDocumentError for a damaged document, for one with more than MAX_PARTS parts or MAX_BYTES, and if the
    package python-docx is not installed.
    """
    body, title_of_properties, style_names = _open(document)
    blocks, title = [], None
    for style, text in _paragraphs(body, style_names):
        if style == _CAPTION_STYLE or not text:
            continue
        if style == _TITLE_STYLE and title is None:
            title = " ".join(text.split())
        blocks.append(_with_mark(style, text))
    return [article(text="\n\n".join(blocks), title=title or title_of_properties)]


def _open(document: bytes) -> tuple[Any, str, dict[str, str]]:
    """The body of the document, the title in its properties, and the names of its paragraph styles by id, in lower case."""
    docx = optional_libraries.load("docx", extra="documents")
    try:
        with zipfile.ZipFile(BytesIO(document)) as package:
            parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_BYTES:
            raise UnreadableDocumentError(
                f"The Word document has more than {MAX_PARTS:,} parts, or {MAX_BYTES // 1_000_000} MB uncompressed."
            )
        opened = docx.Document(BytesIO(document))
        styles = {style.style_id: (style.name or "").lower() for style in opened.styles}
        return opened.element.body, str(opened.core_properties.title or ""), styles
    except UnreadableDocumentError:
        raise
    except _PACKAGE_ERRORS as error:
        raise UnreadableDocumentError(
            "The Word document can't be read. Save it again as .docx, without a password, or send its text."
        ) from error


def _paragraphs(body: Any, style_names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The style and the text of each paragraph; a row of data is one paragraph."""
    elements = [iter(body)]
    while elements:
        element = next(elements[-1], None)
        if element is None:
            elements.pop()
        elif element.tag == f"{_W}p":
            yield _style(element, style_names), _text(element)
        elif element.tag == f"{_W}tr" and (cells := _data_cells(element)):
            yield "", _CELL_BORDER.join(cells)
        elif element.tag not in _LEFT_OUT and len(elements) < _MAX_DEPTH:
            elements.append(iter(element))


def _data_cells(row: Any) -> list[str]:
    """The texts of a row of data; [] for a row of a layout table, whose cells are read as paragraphs."""
    cells = [text for cell in row.iter(f"{_W}tc") if (text := " ".join(_text(cell).split()))]
    return cells if all(len(text) <= _MAX_CELL_CHARACTERS for text in cells) else []


def _style(paragraph: Any, style_names: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style_names.get(style.get(f"{_W}val", ""), "") if style is not None else ""


def _text(paragraph: Any) -> str:
    """The text of a paragraph or a cell, with inserted passages and without deleted and hidden ones."""
    pieces: list[str] = []
    elements = [iter(paragraph)]
    while elements:
        element = next(elements[-1], None)
        if element is None:
            elements.pop()
        elif element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _TEXT_OF:
            pieces.append(_TEXT_OF[element.tag])
        elif element.tag not in _LEFT_OUT and not _is_hidden(element) and len(elements) < _MAX_DEPTH:
            if element.tag == f"{_W}p":
                pieces.append("\n")
            elements.append(iter(element))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off")


def _with_mark(style: str, text: str) -> str:
    """The text of a paragraph, with headings and quotations marked as in `html_text.plain_text`."""
    if style == _TITLE_STYLE:
        return f"# {' '.join(text.split())}"
    if style.startswith("heading ") and style[8:].isdecimal():
        return f"{'#' * min(int(style[8:10]), 6)} {' '.join(text.split())}"
    return "\n".join(f"> {line}" for line in text.split("\n")) if style in _QUOTE_STYLES else text
