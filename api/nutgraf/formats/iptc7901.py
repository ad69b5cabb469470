"""IPTC 7901: text messages of agencies, framed by control characters."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from nutgraf.formats import wire_text
from nutgraf.formats.common import TEXT, Fields, article

NAME, TITLE = "iptc-7901", "IPTC 7901"
SENT_AS = TEXT
MEDIA_TYPES = ()
READS = "source, message number, headline, byline, text, time; left out: priority, category, slug"
# Source, number, priority, category, number of words; additions of agencies after them are ignored.
_HEADER = re.compile(r"\s*([A-Za-z]{2,5})\s?(\d{3,5})\s+[0-9]\s+[A-Za-z]{1,3}\s+\d{1,5}\b")
_START_CHARACTERS = 200
_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)\s*([A-Z]{1,4})?\s+([^\W\d]{3})[^\W\d]*\.?\s+(\d{4}|\d\d)\b")
# The months by their first three letters, in the languages of agencies that use the format.
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene gen", "feb fév fev", "mar mär mae mrz", "apr abr avr", "may mai mag mei maj", "jun jui giu", "jul lug",
         "aug ago aoû aou", "sep set", "oct okt ott out", "nov", "dec dez dic déc"), 1)
    for name in names.split()
}  # fmt: skip
# Hours ahead of UTC. Names of other time zones are ambiguous.
_ZONES = {None: 0, "Z": 0, "GMT": 0, "UTC": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2}
# The last line above the text ends with this sign.
_END_OF_HEADLINES = "="
_MAX_HEADLINES = 6

decode = wire_text.decode


def recognizes(document: Any) -> bool:
    """Whether the document is an IPTC 7901 message, by its first character and its header."""
    start = wire_text.start_of_header(document, _START_CHARACTERS)
    return start is not None and _HEADER.match(start) is not None


def read(document: str) -> list[Fields]:
    """Returns each message as an article, in order.

    The lines before the text end with "=": the longest is the headline, and the one after it the byline. Without that sign,
    the first line is the headline if an empty line follows it. Raises UnreadableDocumentError for a document without
    messages.
    """
    return [article(**_fields(message)) for message in wire_text.messages(document)]


def _fields(message: wire_text.Message) -> Fields:
    header = _HEADER.match(message.header)
    source, number = header.groups() if header else (None, None)
    time = _time(message.trailer)
    headlines, lines = _split(message.text.strip("\n").split("\n"))
    title = max(headlines, key=len, default=None)
    after_title = headlines[headlines.index(title) + 1 :] if title else []
    return {
        "id": "-".join(filter(None, (f"{source}{number}" if header else None, time and time[:10]))),
        "title": title,
        "byline": after_title[0] if after_title else None,
        "source": source,
        "published_at": time,
        "text": "\n\n".join([*wire_text.notices(each for each in headlines if each != title), *wire_text.paragraphs(lines)]),
        "status": "withheld" if any(map(wire_text.is_killed_slug, headlines[:1])) and len(headlines) > 1 else None,
    }


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """The headlines, without empty ones, and the lines of the text."""
    for at, line in enumerate(lines[:_MAX_HEADLINES]):
        if line.rstrip().endswith(_END_OF_HEADLINES):
            above = [wire_text.printable(each).strip().rstrip(_END_OF_HEADLINES).strip() for each in lines[: at + 1]]
            return [each for each in above if each], lines[at + 1 :]
    if (
        len(lines) > 2
        and not lines[1].strip()
        and not lines[0].startswith((" ", "\t"))
        and not lines[0].rstrip().endswith(".")
    ):
        return [wire_text.printable(lines[0]).strip()], lines[1:]
    return [], lines


def _time(trailer: str) -> str | None:
    """The time of transmission, day first; None without one, and for a time zone that is not in _ZONES."""
    stated = _TIME.search(trailer)
    if stated is None or stated[4] not in _ZONES or stated[5].lower() not in _MONTHS:
        return None
    year = int(stated[6]) if len(stated[6]) == 4 else _full_year(int(stated[6]))
    try:
        local = datetime(year, _MONTHS[stated[5].lower()], int(stated[1]), int(stated[2]), int(stated[3]), tzinfo=UTC)
    except ValueError:
        return None
    return (local - timedelta(hours=_ZONES[stated[4]])).isoformat()


def _full_year(two_digits: int) -> int:
    """The year in full; the format was published in 1979, so there are no earlier years."""
    return (1900 if two_digits >= 79 else 2000) + two_digits
