"""ANPA 1312: text messages of North American agencies, framed by control characters."""

import re
from datetime import UTC, datetime
from typing import Any

from nutgraf.formats import wire_text
from nutgraf.formats.common import TEXT, Fields, article

NAME, TITLE = "anpa-1312", "ANPA 1312"
SENT_AS = TEXT
MEDIA_TYPES = ()
READS = (
    "service level and story number, headline, byline, text, time and agency; left out: selector, priority, category, slug"
)
# Service level and story number; the unit separator and the selector code follow.
_HEADER = re.compile(r"\s*([A-Za-z])(\d{3,4})\x1f")
_START_CHARACTERS = 200
# Agency, service, date (month first) and time at the end of a message.
_TIME = re.compile(r"([A-Za-z]{2,5})-[\w-]{1,10}-(\d\d)-(\d\d)-(\d\d)\s+(\d\d):?(\d\d)\s?(?:GMT|UTC)")
# Some messages have a number before the slug.
_NUMBER = re.compile(r"\A\^?\*\d+<?\s*")
# A header line above the text begins with _HEADLINE_MARK and ends with one of _LINE_ENDS.
_HEADLINE_MARK = "^"
_LINE_ENDS = "<=@"
# "BC-US--Harbor Ice,1st Ld-Writethru,466": the slug, a version and the number of words.
_SLUG = re.compile(r"(?:[A-Z]{1,4}-)?[^\s,]*--?[^.?!]*(?:,\s?[^,.?!]{0,40})?,?\d*")
_MAX_SLUG = 200
_FIELD_NAME = re.compile(r"(?:HL|HEADLINE|TITLE)\s?:\s?", re.I)
_BYLINE = re.compile(r"(?:By|BY)\s.{2,150}")
_OTHER_FIELD = re.compile(r"\*\d+|[A-Za-z]{2,12}\s?:\S.*|\(?Eds\s?:.*|(?:EDITORS?|Editors?)\b.{0,10}(?:NOTE|Note)\b.*", re.S)

decode = wire_text.decode


def recognizes(document: Any) -> bool:
    """Whether the document is an ANPA 1312 message, by its first characters and its header."""
    start = wire_text.start_of_header(document, _START_CHARACTERS)
    return start is not None and _HEADER.match(start) is not None


def read(document: str) -> list[Fields]:
    """Returns each message as an article, in order.

    The first header line is the slug, which is left out, and the second is the headline. Further header lines are part of
    the text, because some agencies mark the first paragraphs of the text in the same way. Raises UnreadableDocumentError
    for a document without messages.
    """
    return [article(**_fields(message)) for message in wire_text.messages(document)]


def _fields(message: wire_text.Message) -> Fields:
    header = _HEADER.match(message.header)
    agency, time = _time(message.trailer)
    slug, editors, header_lines, lines = _split(_NUMBER.sub("", message.text.strip("\n")).split("\n"))
    title = next(iter(header_lines), None)
    return {
        "id": "-".join(filter(None, (header and f"{header[1]}{header[2]}", time and time[:10]))),
        "title": title,
        "byline": next((line for line in header_lines[1:] if _BYLINE.fullmatch(line)), None),
        "source": agency,
        "published_at": time,
        "text": "\n\n".join(
            [*wire_text.notices(editors), *header_lines[1:], *wire_text.paragraphs(list(map(_without_marks, lines)))]
        ),
        "status": "withheld" if wire_text.is_killed_slug(slug) else None,
    }


def _split(lines: list[str]) -> tuple[str, list[str], list[str], list[str]]:
    """The slug, the header lines for editors, the other header lines without marks, and the lines of the text."""
    header_lines: list[list[str]] = []
    start = 0
    for line in lines:
        if line.startswith(_HEADLINE_MARK):
            header_lines.append([])
        elif line.strip() and not _continues(header_lines, line) and not (start == 0 and _OTHER_FIELD.match(line)):
            break
        start += 1
        if header_lines:
            header_lines[-1].append(line.lstrip(_HEADLINE_MARK))
    header = [" ".join(wire_text.printable(" ".join(line)).split()).rstrip(_LINE_ENDS).strip() for line in header_lines]
    headline = next((line for line in header if _FIELD_NAME.match(line)), None)
    slug = header.pop(0) if header and len(header[0]) <= _MAX_SLUG and _SLUG.fullmatch(header[0]) else ""
    if headline:
        header = [_FIELD_NAME.sub("", headline), *(line for line in header if line != headline)]
    editors = [line for line in header if _OTHER_FIELD.fullmatch(line)]
    return slug, editors, [line for line in header if line and line not in editors], lines[start:]


def _without_marks(line: str) -> str:
    """A line of the text; a line that has the mark of header lines becomes a separate paragraph."""
    if line.startswith(_HEADLINE_MARK):
        return f"\t{line[1:].rstrip().rstrip(_LINE_ENDS)}"
    return line.replace(f"\b{_HEADLINE_MARK}", "\b").rstrip().removesuffix("<")


def _continues(header_lines: list[list[str]], line: str) -> bool:
    """Whether a line continues the last header line, which has no end mark yet."""
    return (
        bool(header_lines)
        and not header_lines[-1][-1].rstrip().endswith(tuple(_LINE_ENDS))
        and not line.startswith(("\t", "  "))
    )


def _time(trailer: str) -> tuple[str | None, str | None]:
    """The agency and the time at the end of a message; None for a missing one."""
    stated = _TIME.search(trailer)
    if stated is None:
        return None, None
    month, day, year, hour, minute = map(int, stated.groups()[1:])
    try:
        return stated[1], datetime(2000 + year, month, day, hour, minute, tzinfo=UTC).isoformat()
    except ValueError:
        return stated[1], None
