"""Functions for the two wire formats that are plain text, IPTC 7901 and ANPA 1312.

A message is framed by control characters: SOH, a header, STX, the text in lines of fixed width, ETX, the time, and EOT. A
file may contain several messages.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from nutgraf.formats import encodings
from nutgraf.formats.common import UnreadableDocumentError

SOH = "\1"
# The sign that begins a line of a table in ANPA 1312.
_TABLE_LINE = "\b"
# The same limit as for the entries of a feed.
MAX_MESSAGES = 1_000
_FRAME = re.compile("\1([^\1\2]*+)\2([^\1\2\3\4]*+)(?:\3([^\1\2\4]*+))?")
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
_FORM_FEED = re.compile("[\f\x19]")


# Words in the heading lines of a text that may tell editors not to use this story or an earlier one; but people can be
# "killed", too. Such a line is kept with the text, where the summarizer decides whether it is a notice.
_NOTICE = re.compile(
    r"\b(?:KILL|WITHHOLD|(?:IS|ARE|BEEN|STORY) (?:KILLED|WITHHELD|WITHDRAWN|RETRACTED)|"
    r"ELIMINATION|RETRACTION|WITHDRAW|DO NOT (?:USE|PUBLISH)|STREICH\w+|ZURÜCKGEZOGEN|"
    r"NICHT (?:ZU )?VERWENDEN|ANNUL\w*|ANUL\w*|NE PAS UTILISER|NO (?:USAR|UTILIZAR|PUBLICAR))\b",
    re.I,
)
# The word of a killed story, in capitals behind another part of the slug. In a slug that is not all in capitals, it does not
# mean that somebody was killed.
_KILLED_SLUG = re.compile(r"[-, ](?:KILL|KILLED|WITHHOLD|ELIMINATION)\b")


class Message(NamedTuple):
    """The parts of a message, with line ends "\\n": header, text, and the trailer without control characters."""

    header: str
    text: str
    trailer: str


def decode(body: bytes, charset: str | None = None) -> str:
    """Returns the text of bytes.

    Without `charset`, they are read as UTF-8 if that is valid, else as Windows-1252, which most agencies use. Raises
    UnreadableDocumentError for bytes that are not valid in that encoding.
    """
    if charset:
        return encodings.decode(body, charset)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return encodings.decode(body, "windows-1252")


def start_of_header(document: Any, characters: int) -> str | None:
    """Returns what follows SOH in the first `characters` of a document.

    None if anything but spaces, line ends and filler characters (SYN, SUB, NUL) comes before SOH.
    """
    start = document[:characters].lstrip("\r\n \x16\x1a\0") if isinstance(document, str) else ""
    return start[1:] if start.startswith(SOH) else None


def messages(document: str) -> Iterator[Message]:
    """Yields the messages of a document. Raises UnreadableDocumentError for none and for more than MAX_MESSAGES."""
    found = 0
    for frame in _FRAME.finditer(document.replace("\r\n", "\n").replace("\r", "\n")):
        found += 1
        if found > MAX_MESSAGES:
            raise UnreadableDocumentError(f"The document has more than {MAX_MESSAGES} messages.")
        header, text, trailer = frame.groups("")
        yield Message(header, text, printable(trailer))
    if not found:
        raise UnreadableDocumentError("The document has no message: it needs a header (SOH) followed by a text (STX).")


def paragraphs(lines: list[str]) -> list[str]:
    """Returns the lines joined to paragraphs. An empty line, an indent or a table mark begins a paragraph."""
    joined: list[list[str]] = [[]]
    for line in lines:
        text = printable(line).strip()
        if not text:
            joined.append([])
        elif line.startswith(("\t", "  ", _TABLE_LINE)):
            joined.append([text])
        else:
            joined[-1].append(text)
    return [" ".join(paragraph) for paragraph in joined if paragraph]


def notices(lines: Iterable[str]) -> list[str]:
    """Returns those of a text's heading lines that may be notices to editors, such as kills and withdrawals, in order."""
    return [line for line in lines if _NOTICE.search(line)]


def is_killed_slug(slug: str) -> bool:
    """Whether the slug of a message says that its story must not be used.

    A slug that is all in capitals never does, because the word may be a part of its subject.
    """
    return not slug.isupper() and _KILLED_SLUG.search(slug) is not None


def printable(text: str) -> str:
    """Returns the text with a space for each control character, and a line end for each form feed or end of medium (EM)."""
    return _CONTROL.sub(" ", _FORM_FEED.sub("\n", text))
