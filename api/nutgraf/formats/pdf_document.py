"""Reads the text of PDF files."""

from collections import Counter
from io import BytesIO
from typing import Any

from nutgraf.formats import optional_libraries, pdf_layout
from nutgraf.formats.common import BYTES, Fields, UnreadableDocumentError, article
from nutgraf.formats.pdf_layout import Line

NAME, TITLE = "pdf", "PDF"
SENT_AS = BYTES
MEDIA_TYPES = ("application/pdf",)
READS = "the text of the pages; the title, by the size of its letters"
MAX_PAGES = 200
# A PDF begins with this mark, after at most this many other bytes.
_MAGIC, _MAX_OFFSET = b"%PDF-", 1_024
# A file with fewer letters per page than this consists of scanned pictures: the letters are labels on them.
_LEAST_LETTERS = 25


def recognizes(document: Any) -> bool:
    """Whether the document is a PDF, by its first bytes."""
    return isinstance(document, bytes) and _MAGIC in document[:_MAX_OFFSET]


def read(document: bytes) -> list[Fields]:
    """Returns the file as a list of one article; paragraphs that begin with "#" are headings.

    Raises UnreadableDocumentError for a file that is damaged, encrypted, longer than MAX_PAGES, or without text, such as
    a scanned one, and if the package pypdf is not installed.
    """
    pages = pdf_layout.without_repeated_lines(_pages(document))
    pages = [pdf_layout.in_reading_order(page) for page in pages]
    letters = sum(map(str.isalpha, "".join(line.text for page in pages for line in page)))
    if letters < _LEAST_LETTERS * max(1, len(pages)):
        raise UnreadableDocumentError(
            "The PDF has no text; it is probably scanned. Recognize its text first, for example with OCRmyPDF, or send the "
            "text."
        )
    return [article(text=pdf_layout.text(pages), title=pdf_layout.title(pages))]


def _pages(document: bytes) -> list[list[Line]]:
    pypdf = optional_libraries.load("pypdf", extra="documents")
    try:
        reader = pypdf.PdfReader(BytesIO(document), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocumentError("The PDF is protected by a password; save it without one.")
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableDocumentError(f"The PDF has more than {MAX_PAGES} pages.")
        return [_lines(page) for page in reader.pages]
    except (UnreadableDocumentError, MemoryError):
        raise
    except pypdf.errors.DependencyError as error:
        raise UnreadableDocumentError("The PDF is encrypted; save it without encryption.") from error
    except Exception as error:  # pypdf raises many kinds of exceptions, because files break the rules in many ways
        raise UnreadableDocumentError("The PDF is damaged; save or print it again as PDF, or send its text.") from error


def _lines(page: Any) -> list[Line]:
    """The lines of a page, in the order in which the file draws them: column by column in most files."""
    pieces: list[tuple[str, float, float, float]] = []

    def collect(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        scale = abs(matrix[3] * user[3]) or abs(matrix[1] * user[2]) or 1.0
        x, y = (matrix[4] * user[at] + matrix[5] * user[at + 2] + user[at + 4] for at in (0, 1))
        pieces.append((text, round((size or 0) * scale, 1), x, y))

    page.extract_text(visitor_text=collect)
    lines: list[Line] = []
    text, sizes, place = "", Counter[float](), (0.0, 0.0)
    for piece, size, x, y in (*pieces, ("\n", 0.0, 0.0, 0.0)):
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append(Line(" ".join(text.split()), sizes.most_common(1)[0][0] if sizes else 0.0, *place))
                text, sizes = "", Counter()
            if part.strip():
                place = place if text.strip() else (x, y)
                sizes[size] += len(part)
            text += part
    return [line for line in lines if line.text]
