"""Word documents and PDF files, made as the tests need them, and in base64 as JSON contains them."""

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx

# Points from the top of a page, and between lines.
_TOP, _LINE_HEIGHT = 760, 14


def word_document(*blocks: tuple[str, str], change: Any = None) -> bytes:
    """A Word document of paragraphs, each with the name of its style; `change` gets the document of python-docx."""
    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    if change:
        change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(*pages: Sequence[tuple[int, str]], info: str = "") -> bytes:
    """A PDF of lines, each with the size of its letters. Lines are in Windows-1252."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        commands, y = [], _TOP
        for size, line in lines:
            escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            commands.append(f"BT /F1 {size} Tf 1 0 0 1 60 {y} Tm ({escaped}) Tj ET")
            y -= _LINE_HEIGHT * size // 10
        content = "\n".join(commands).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent @ 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 1 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    parent = len(objects) + 1
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    file = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content.replace(b"/Parent @", b"/Parent %d" % parent))
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    file += b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        info.encode(),
        start,
    )
    return bytes(file)


def base64(file: bytes) -> str:
    """The file as JSON contains it."""
    return b64encode(file).decode()
