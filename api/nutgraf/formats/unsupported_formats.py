"""File formats that are not supported, each with a sentence that says what to send instead."""

from nutgraf.formats.common import UnreadableDocumentError

_PICTURE = "The document is a picture. Recognize its text first, and send the text."
_TO_SAVE = "Save it as .docx or as plain text, and send that."
# First bytes of a file -> the name of its format.
_SIGNATURES = (
    (b"{\\rtf", f"The document is RTF, which is not read. {_TO_SAVE}"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        f"The document is an old or a protected Office file, which is not read. {_TO_SAVE}",
    ),
    (b"PK\x03\x04", f"The document is a zip archive or an OpenDocument file, which is not read. {_TO_SAVE}"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
)
_START_BYTES = 100
MEDIA_TYPES = frozenset(
    "application/rtf text/rtf text/richtext application/msword application/vnd.oasis.opendocument.text".split()
)


def refuse(document: bytes) -> None:
    """Raises UnreadableDocumentError, which says what to send instead, if the first bytes show one of these formats."""
    sentence = _sentence(document)
    if sentence:
        raise UnreadableDocumentError(sentence)


def is_refused(document: bytes) -> bool:
    """Whether the file has one of these formats, by its first bytes. Word documents begin like other zip archives."""
    return _sentence(document) is not None


def _sentence(document: bytes) -> str | None:
    start = document[:_START_BYTES].lstrip(b" \t\r\n\xef\xbb\xbf")
    return next((sentence for signature, sentence in _SIGNATURES if start.startswith(signature)), None)
