"""Decodes documents, as browsers do, in the encodings of the web (WHATWG, Encoding Standard)."""

import codecs
import re
from base64 import b64decode

from nutgraf.formats.common import UnreadableDocumentError

# How many bytes are searched for the XML declaration, so that a document without one costs nothing.
_MAX_XML_DECLARATION_BYTES = 400
_XML_DECLARATION = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"))
# Python's name of an encoding -> the codec that reads it as browsers do: documents labelled with a small character set often
# use characters of the larger set. All other codecs of Python are refused: some are slow, and none is used on the web.
_CODECS = {name: name for name in (
    "utf-8 utf-16-le utf-16-be iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u cp866 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp1258 mac-roman mac-cyrillic gb18030 euc_jp iso2022_jp cp932 cp949 big5hkscs"
).split()} | {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-16-le", "utf-8-sig": "utf-8",
}  # fmt: skip
_SINGLE_BYTE = ("cp125", "cp874", "iso8859", "koi8", "mac")
# The labels of the ISO 8859 family are written in many ways; "-i" and "-e" tell the direction of Hebrew and Arabic.
_ISO_8859 = re.compile(r"iso[-_]?8859[-_]?(\d{1,2})(?:-[ei])?")
# Base64: texts in all other formats contain a space, a punctuation mark or a bracket.
_BASE64 = re.compile(r"[A-Za-z0-9+/\r\n]++={0,2}\s*+")
# Labels of the Encoding Standard that Python does not know.
_LABELS = {
    "windows-874": "cp874", "dos-874": "cp874", "x-sjis": "cp932",
    "windows-31j": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "x-x-big5": "big5hkscs", "windows-949": "cp949",
    "ks_c_5601-1989": "cp949", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "koi8-ru": "koi8-u",
    "koi": "koi8-r", "koi8": "koi8-r", "mac": "mac-roman", "x-mac-ukrainian": "mac-cyrillic", "cn-big5": "big5hkscs",
    "unicode": "utf-16-le", "ucs-2": "utf-16-le", "unicodefffe": "utf-16-be", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip


def decode(body: bytes, charset: str | None = None) -> str:
    """Returns the text of a document, without a byte order mark.

    The encoding is chosen by the byte order mark, else by `charset` (from `Content-Type`), else by the XML declaration, else
    it is UTF-8; UTF-16 is also recognized by its first character. UTF-8 is often
    declared as ISO-8859-1 or the like. Text in those encodings is never valid UTF-8 by chance, so valid UTF-8 is read as
    UTF-8. Raises UnreadableDocumentError for unknown encodings, and for bytes that are not valid in the encoding.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _decode_with(body[len(mark) :], codec)
    if len(body) > 1 and (body[0] == 0) != (body[1] == 0):
        return _decode_with(body, "utf-16-be" if body[0] == 0 else "utf-16-le")
    declared = None if charset else _XML_DECLARATION.match(body[:_MAX_XML_DECLARATION_BYTES])
    codec = codec_of(charset or (declared[1].decode() if declared else "utf-8"))
    # A declaration that can be read as ASCII is not in UTF-16, even if it says so.
    if (declared and codec.startswith("utf-16")) or (codec.startswith(_SINGLE_BYTE) and _is_utf_8(body)):
        codec = "utf-8"
    return _decode_with(body, codec)


def is_base64(document: str) -> bool:
    """Whether a string in JSON is a binary document in base64."""
    return _BASE64.fullmatch(document) is not None


def to_bytes(document: str) -> bytes:
    """Returns the bytes of a document that is a string in JSON: the decoded base64, else the text in UTF-8."""
    if not is_base64(document):
        return document.encode("utf-8", "replace")
    try:
        return b64decode("".join(document.split()), validate=True)
    except ValueError as error:
        raise UnreadableDocumentError("The document is not valid base64.") from error


def codec_of(label: str) -> str:
    """Returns Python's codec for a label of the Encoding Standard. Raises UnreadableDocumentError for other labels."""
    label = label.strip().strip("'\"").lower()
    try:
        return _LABELS.get(label) or _CODECS[codecs.lookup(_ISO_8859.sub(r"iso8859-\1", label)).name]
    except (LookupError, ValueError) as error:
        raise UnreadableDocumentError(
            f"The encoding {label[:40]!r} is not in the WHATWG Encoding Standard. Send UTF-8."
        ) from error


def _is_utf_8(body: bytes) -> bool:
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_with(body: bytes, codec: str) -> str:
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            f"The document can't be decoded as {codec}: byte {error.start} is not valid in it. Send UTF-8, or declare "
            "the encoding in Content-Type or in the XML declaration."
        ) from error
