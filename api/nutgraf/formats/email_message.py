"""E-mail (RFC 5322, MIME): its subject, author and time, and its text; the first version of it that readers can read."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from nutgraf.formats import encodings
from nutgraf.formats.common import BYTES, Fields, UnreadableDocumentError, article

NAME, TITLE = "email", "E-mail"
SENT_AS = BYTES
MEDIA_TYPES = ("message/rfc822", "message/global")
READS = "Message-ID, Subject, From, Organization, Date, Supersedes, Content-Language, and the body: plain text, else HTML"
# Python's parser compares each line with the boundaries of all parts that it is in.
MAX_MULTIPARTS = 50
# The header is searched here for what shows that a document is an e-mail.
_HEADER_BYTES = 20_000
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_MAILBOX_LINE = re.compile(rb"\AFrom \S[^\r\n]*\r?\n")
_REQUIRED = frozenset({b"from", b"sender", b"return-path"})
_TYPICAL = frozenset({b"date", b"subject", b"mime-version", b"message-id", b"received", b"to"})
_MULTIPART = re.compile(rb"multipart/", re.I)
# What mail programs put before the subject of an answer or of a forwarded e-mail.
_SUBJECT_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|rif|sv|vs|enc)\s*(?:\[\d+\])?:\s*)+", re.I)
# Longer fields of the header are cut; decoding them takes quadratic time.
_MAX_FIELD_CHARACTERS = 5_000
# The line before a signature (RFC 3676, 4.3), and how long a signature is at most.
_SIGNATURE = re.compile(r"\n-- \n")
_MAX_SIGNATURE_LINES = 20
# A plain text this much shorter than the HTML beside it only says that the e-mail is in HTML.
_LEAST_SHARE = 0.3
_TAG = re.compile(r"<[^<>]*>")


def recognizes(document: Any) -> bool:
    """Whether the document is an e-mail, by the fields at its start."""
    if not isinstance(document, bytes):
        return False
    names = set()
    head = _MAILBOX_LINE.sub(b"", document[:_HEADER_BYTES].lstrip(), count=1)
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        field = _FIELD.match(line)
        if field is None:
            break
        names.add(field[0][:-1].strip().lower())
    return bool(names & _REQUIRED and names & _TYPICAL)


def read(document: bytes) -> list[Fields]:
    """Returns the e-mail as a list of one article.

    Plain text takes precedence over HTML. Attachments are not read. Raises UnreadableDocumentError for an e-mail without
    text, in an encoding that is not one of the web's, or with more than MAX_MULTIPARTS multiparts.
    """
    if len(_MULTIPART.findall(document)) > MAX_MULTIPARTS:
        raise UnreadableDocumentError(f"The e-mail has more than {MAX_MULTIPARTS} multiparts.")
    try:
        message = message_from_bytes(_MAILBOX_LINE.sub(b"", document.lstrip(), count=1))
        parts = list(_inline_texts(message))
    except (MessageError, LookupError, RecursionError, ValueError) as error:
        raise UnreadableDocumentError("The e-mail violates MIME so that it can't be read.") from error
    return [
        article(
            **_body(message, parts),
            id=(_field(message, "Message-ID") or "").strip("<> "),
            title=_SUBJECT_PREFIX.sub("", _field(message, "Subject") or "", count=1),
            byline=parseaddr(_field(message, "From") or "")[0],
            source=_field(message, "Organization") or _field(message, "Organisation"),
            published_at=_field(message, "Date"),
            rewrite_of=(_field(message, "Supersedes") or "").strip("<> "),
            language=(_field(message, "Content-Language") or "").partition(",")[0].strip(),
        )
    ]


def _inline_texts(message: Message) -> Iterator[tuple[str, str]]:
    """The subtype and the text of each part that is text and no attachment, in order."""
    for part in message.walk():
        # A multipart without a boundary is one part.
        is_text = part.get_content_maintype() == "text" or (
            part.get_content_maintype() == "multipart" and not part.is_multipart()
        )
        if is_text and part.get_content_disposition() != "attachment":
            yield part.get_content_subtype(), _text(part)


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        # What is valid UTF-8 with characters beyond ASCII is UTF-8, whatever it says, as in an e-mail that was sent as text.
        text = content.decode("ascii" if _is_stateful(part) else "utf-8")
    except UnicodeDecodeError:
        text = encodings.decode(content, part.get_content_charset() or "windows-1252")
    else:
        if _is_stateful(part):
            text = encodings.decode(content, part.get_content_charset())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_subtype() == "plain" and str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _is_stateful(part: Message) -> bool:
    """Whether the encoding of a part represents other characters by ASCII."""
    return (part.get_content_charset() or "").startswith(("iso-2022", "hz", "utf-7", "utf-16"))


def _unflowed(text: str, *, delete_space: bool) -> str:
    """The text with lines that end in a space joined to the next (RFC 3676); a signature begins a new line."""
    pieces: list[str] = []
    is_flowing = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if not is_flowing or line == "-- ":
            pieces.append("\n")
        is_flowing = line.endswith(" ") and line != "-- "
        pieces.append(line[:-1] if is_flowing and delete_space else line)
    return "".join(pieces[1:])


def _body(message: Message, parts: list[tuple[str, str]]) -> Fields:
    plain = _without_signature("\n\n".join(text for subtype, text in parts if subtype != "html" and text.strip()))
    html = "\n".join(text for subtype, text in parts if subtype == "html" and text.strip())
    if not plain and not html:
        names = [name for part in message.walk() if (name := part.get_filename())]
        if names:
            raise UnreadableDocumentError(
                f"The e-mail has no text of its own; send its attachment by itself: {names[0][:100]}."
            )
        raise UnreadableDocumentError("The e-mail has no text.")
    if html and len(plain) < _LEAST_SHARE * len(_TAG.sub("", html)):
        return {"html": html}
    return {"text": plain.strip("\n")} if plain else {"html": html}


def _without_signature(text: str) -> str:
    mark = None
    for mark in _SIGNATURE.finditer(text):  # noqa: B007  # the last one
        pass
    if mark and text.count("\n", mark.end()) <= _MAX_SIGNATURE_LINES:
        return text[: mark.start()]
    return text


def _field(message: Message, name: str) -> str | None:
    """The text of a field of the header, with encoded words (RFC 2047) and raw UTF-8 decoded; None without the field."""
    value = message.get(name)
    if value is None:
        return None
    value = str(value)[:_MAX_FIELD_CHARACTERS]
    try:
        text = str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        text = value
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
