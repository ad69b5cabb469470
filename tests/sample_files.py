"""Builds Word documents and PDF files for tests, and encodes them in base64 for JSON."""

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx

# The distances from the top of a page, and between lines, in points.
_TOP, _LINE_HEIGHT = 760, 14


def word_document(*blocks: tuple[str, str], change: Any = None) -> bytes:
    """A Word document of paragraphs with their style names; `change` may edit python-docx's document."""
    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    if change:
        change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(*pages: Sequence[tuple[int, str]], info: str = "") -> bytes:
    """A PDF of lines with their letter sizes. Lines are encoded in Windows-1252."""
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
    """The file in base64, for JSON."""
    return b64encode(file).decode()
