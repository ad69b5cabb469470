"""E-mail (RFC 5322, MIME): its subject, author, time and text.

Of alternative versions of the text, the first readable one.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from nutgraf.formats import docx_document, encodings, pdf_document
from nutgraf.formats.common import BYTES, MISSING, Fields, UnreadableDocumentError, article, mail_name

NAME, TITLE = "email", "E-mail"
SENT_AS = BYTES
MEDIA_TYPES = ("message/rfc822", "message/global")
READS = "Message-ID, Subject, From, Organization, Date, Supersedes, Content-Language, and the body: plain text, else HTML"
# Python's parser compares each line with the boundaries of all enclosing parts, so their number is limited.
MAX_MULTIPARTS = 50
# How many characters at the start are searched for the header fields that show that a document is an e-mail.
_HEADER_BYTES = 20_000
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_MAILBOX_LINE = re.compile(rb"\AFrom \S[^\r\n]*\r?\n")
_REQUIRED = frozenset({b"from", b"sender", b"return-path"})
_TYPICAL = frozenset({b"date", b"subject", b"mime-version", b"message-id", b"received", b"to"})
_MULTIPART = re.compile(rb"multipart/", re.I)
# Prefixes that mail programs put before the subject of a reply or of a forwarded e-mail.
_SUBJECT_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|rif|sv|vs|enc)\s*(?:\[\d+\])?:\s*)+", re.I)
# Longer fields of the header are cut; decoding them takes quadratic time.
_MAX_FIELD_CHARACTERS = 5_000
# The line before a signature (RFC 3676, 4.3), and the maximum length of a signature.
_SIGNATURE = re.compile(r"\n-- \n")
_MAX_SIGNATURE_LINES = 20
# If the plain text is this much shorter than the HTML, it is only a placeholder which says that the e-mail is in HTML.
_LEAST_SHARE = 0.3
_TAG = re.compile(r"<[^<>]*>")
MAX_ATTACHMENTS, MAX_FORWARDED = 20, 3
_FORWARDED = "message/rfc822"
# The types of attachments that are read -> their formats.
_KINDS = {
    "text/plain": "plain",
    "text/html": "html",
    _FORWARDED: NAME,
    **{media_type: module.NAME for module in (docx_document, pdf_document) for media_type in module.MEDIA_TYPES},
}
# Types that many mail programs use for all files.
_UNKNOWN_TYPES = frozenset({"application/octet-stream", "application/x-download", "application/force-download"})
_EXTENSIONS = {
    "txt": "plain",
    "htm": "html",
    "html": "html",
    "eml": NAME,
    "docx": docx_document.NAME,
    "pdf": pdf_document.NAME,
}
_NOT_READ, _MAX_NAMES = "its attachments, which are not read unless you send them by themselves", 200


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

    Plain text takes precedence over HTML. Of an e-mail without text of its own, each attachment that can be read is an
    article. Raises UnreadableDocumentError for an e-mail without text, in an unknown encoding, or with
    more than MAX_MULTIPARTS multiparts.
    """
    return _read(document)


def _read(document: bytes, depth: int = 0) -> list[Fields]:
    if len(_MULTIPART.findall(document)) > MAX_MULTIPARTS:
        raise UnreadableDocumentError(f"The e-mail has more than {MAX_MULTIPARTS} multiparts.")
    try:
        message = message_from_bytes(_MAILBOX_LINE.sub(b"", document.lstrip(), count=1))
        own = list(_own_parts(message))
        parts = [(part.get_content_subtype(), _text(part)) for part in own if not _is_attachment(part)]
        attachments = [part for part in own if _is_attachment(part)]
    except UnreadableDocumentError:
        raise
    except (MessageError, LookupError, RecursionError, ValueError) as error:
        raise UnreadableDocumentError("The e-mail is not valid MIME and can't be read.") from error
    body = _body(parts)
    if not body:
        return _read_attachments(message, attachments, depth)
    names = [_file_name(part) for part in attachments if _is_text(part)]
    return [
        article(
            **body,
            **_header_fields(message),
            also_missing=[f"{_NOT_READ}: {', '.join(names)[:_MAX_NAMES]}"] if names else [],
        )
    ]


def _header_fields(message: Message) -> Fields:
    """The fields that the header states."""
    return {
        "id": (_field(message, "Message-ID") or "").strip("<> "),
        "title": _SUBJECT_PREFIX.sub("", _field(message, "Subject") or "", count=1),
        "byline": mail_name(_field(message, "From") or ""),
        "source": _field(message, "Organization") or _field(message, "Organisation"),
        "published_at": _field(message, "Date"),
        "rewrite_of": (_field(message, "Supersedes") or "").strip("<> "),
        "language": (_field(message, "Content-Language") or "").partition(",")[0].strip(),
    }


def _own_parts(message: Message) -> Iterator[Message]:
    """The parts of an e-mail that may be its text, and its attachments, in order. An attached e-mail is an attachment."""
    if message.is_multipart() and not _is_attachment(message):
        for part in message.get_payload():
            yield from _own_parts(part)  # type: ignore[arg-type]  # of a multipart
    # A multipart without a boundary is one part.
    elif message.get_content_maintype() != "message" or _is_attachment(message):
        yield message


def _is_attachment(part: Message) -> bool:
    """Whether a part is a file. An enclosed e-mail is not always one: in a digest, it is a part of the text."""
    is_shown = part.get_content_maintype() in ("text", "multipart", "message")
    return part.get_content_disposition() == "attachment" or not is_shown


def _is_text(part: Message) -> bool:
    """Whether an attachment may be a story, by its type or by its name."""
    return _kind(part) is not None


def _kind(part: Message) -> str | None:
    """The format of an attachment, or "plain"; None for others."""
    declared, extension = part.get_content_type(), _file_name(part).lower().rpartition(".")[2]
    if declared in _KINDS:
        return str(_KINDS[declared])
    return _EXTENSIONS.get(extension) if declared in _UNKNOWN_TYPES else None


def _file_name(part: Message) -> str:
    try:
        name = str(make_header(decode_header((part.get_filename() or "")[:_MAX_FIELD_CHARACTERS])))
    except (MessageError, LookupError, ValueError, TypeError):
        name = ""
    shown = " ".join(name.encode("utf-8", "replace").decode().split())
    return shown or str(part.get_content_type())


def _read_attachments(message: Message, attachments: list[Message], depth: int) -> list[Fields]:
    """The articles of an e-mail's attachments. Fields that an attachment lacks are taken from the e-mail."""
    readable = [part for part in attachments if _is_text(part)]
    if not readable:
        names = ", ".join(map(_file_name, attachments))[:_MAX_NAMES]
        raise UnreadableDocumentError(
            f"The e-mail has no text, only attachments that are not read: {names}." if names else "The e-mail has no text."
        )
    if len(readable) > MAX_ATTACHMENTS or depth >= MAX_FORWARDED:
        raise UnreadableDocumentError(
            f"The e-mail has more than {MAX_ATTACHMENTS} attachments, or more than {MAX_FORWARDED} e-mails in each other."
        )
    stated = _header_fields(message)
    found = []
    for part in readable:
        try:
            found += [_complete(each, stated) for each in _read_attachment(part, depth)]
        except UnreadableDocumentError as error:
            if len(readable) == 1:
                raise UnreadableDocumentError(f"Attachment {_file_name(part)[:_MAX_NAMES]}: {error}") from error
            lacking = [f"an attachment that can be read ({_file_name(part)[:_MAX_NAMES]})"]
            found.append(article(**{**stated, "title": _file_name(part)}, also_missing=lacking))
    return found


def _read_attachment(part: Message, depth: int) -> list[Fields]:
    kind = _kind(part)
    if kind == NAME:
        forwarded = part.get_payload()
        inside = forwarded[0] if isinstance(forwarded, list) and forwarded else None
        try:
            content = inside.as_bytes() if isinstance(inside, Message) else _content(part)
        except (MessageError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise UnreadableDocumentError("The e-mail is not valid MIME and can't be read.") from error
        return _read(content, depth + 1)
    if kind == docx_document.NAME:
        return docx_document.read(_content(part))
    if kind == pdf_document.NAME:
        return pdf_document.read(_content(part))
    return [article(**({"html": _text(part)} if kind == "html" else {"text": _text(part).strip("\n")}))]


def _complete(entry: Fields, stated: Fields) -> Fields:
    """An attachment's article; fields that it lacks, and its id, are taken from the e-mail."""
    whole = article(**{**stated, **{name: value for name, value in entry.items() if name != MISSING}})
    return {
        **whole,
        MISSING: list(dict.fromkeys([*whole[MISSING], *(each for each in entry[MISSING] if each != "a title")])),
    }


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    content = _content(part)
    try:
        # Valid UTF-8 with characters beyond ASCII is UTF-8 whatever the part declares, as in an e-mail that was sent as
        # text.
        text = content.decode("ascii" if _is_stateful(part) else "utf-8")
    except UnicodeDecodeError:
        text = encodings.decode(content, part.get_content_charset() or "windows-1252")
    else:
        if _is_stateful(part):
            text = encodings.decode(content, part.get_content_charset())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_subtype() == "plain" and str(part.get_param("format", "")).lower() == "flowed":
        text = _join_flowed_lines(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _is_stateful(part: Message) -> bool:
    """Whether the encoding of a part represents non-ASCII characters by sequences of ASCII characters."""
    return (part.get_content_charset() or "").startswith(("iso-2022", "hz", "utf-7", "utf-16"))


def _join_flowed_lines(text: str, *, delete_space: bool) -> str:
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


def _body(parts: list[tuple[str, str]]) -> Fields:
    """The text of the e-mail, or its HTML; {} without either."""
    plain = _without_signature("\n\n".join(text for subtype, text in parts if subtype != "html" and text.strip()))
    html = "\n".join(text for subtype, text in parts if subtype == "html" and text.strip())
    if not plain and not html:
        return {}
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
