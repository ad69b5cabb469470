"""ANS (Arc Native Specification): a document that consists of typed elements."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from nutgraf.formats.common import (
    EMBARGOED,
    JSON,
    Fields,
    article,
    as_object,
    as_objects,
    first_text,
    is_false,
    names,
    to_rfc3339,
)

NAME, TITLE = "ans", "Arc ANS"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = (
    "_id, headlines.basic, content_elements (text, header, list, quote, element_group, table), credits.by, "
    "distributor.name, source.name, first_publish_date, display_date, last_updated_date, content_restrictions, "
    "language, canonical_url"
)
MAX_DEPTH = 20  # elements that are nested deeper are ignored
_TAGS = {"text": "p", "header": "h2", "code": "pre"}
# Types of elements that contain other elements -> the property that has these elements.
_CONTAINERS = {"list": "items", "element_group": "content_elements", "content_zone": "content_elements"}
# Each site has its own values of `content_code`, in its language: "free", "sports-metered", "cerrada". A code that contains
# one of the open words lets everybody read the story, or a few stories a month, unless it also contains one of the closed
# words.
_OPEN_WORDS = frozenset(
    "0 default exempt free metered metering none open public standard unlocked "
    "abierta abierto aberta aberto gratis gratuita gratuito gratuit libre livre ouvert aperto frei kostenlos".split()
)
_CLOSED_WORDS = frozenset(
    "ad ads closed exclusive hard locked login member members no non not only paid pay paywall plus premium pro registered "
    "registration subscriber subscribers subscription unmetered "
    "abonnes abonnés abonados cerrada cerrado exclusiva exclusivo exklusiv fechado nicht pago suscriptores".split()
)
_MISSING_OPEN_CODE = "a content_code that is known to be free"  # completes "The document lacks ..."
_MAX_CODE_CHARACTERS = 60
_WORD_SEPARATOR = re.compile(r"[\W_]+")
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def recognizes(document: Any) -> bool:
    """Whether the document is ANS, by its type and version."""
    return isinstance(document, Mapping) and document.get("type") == "story" and "version" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns a list with one article, made from the ANS document.

    The body of the article is HTML made from the elements of the document. A correction becomes a `<footer>`, which the
    plain text leaves out, because it is not part of the reporting. The article is withheld if its embargo has no end, or if
    its `content_code` is not known to be open.
    """
    restrictions = as_object(document.get("content_restrictions"))
    stated = restrictions.get("embargo")
    embargoes = as_objects(stated if isinstance(stated, list) else [stated])
    # An embargo without an end holds as long as it is active. If there are several embargoes, the latest counts.
    ends = [each.get("end_time") for each in embargoes if each.get("active") and not is_false(each["active"])]
    embargoed_until = max(map(_comparable_time, ends), default=None)
    code = str(restrictions.get("content_code") or "").strip()
    words = set(_WORD_SEPARATOR.split(code.lower()))
    is_open = not code or not (words.isdisjoint(_OPEN_WORDS) or words & _CLOSED_WORDS)
    return [
        article(
            html="\n".join(_blocks(document.get("content_elements"))),
            id=document.get("_id"),
            title=as_object(document.get("headlines")).get("basic"),
            byline=names([_author(each) for each in as_objects(as_object(document.get("credits")).get("by"))]),
            source=first_text(
                as_object(document.get("distributor")).get("name"), as_object(document.get("source")).get("name")
            ),
            url=_address(document),
            published_at=first_text(
                document.get("first_publish_date"), document.get("display_date"), document.get("publish_date")
            ),
            updated_at=document.get("last_updated_date"),
            embargoed_until=embargoed_until,
            status="usable" if is_open else "withheld",
            also_missing=(
                []
                if is_open or words & _CLOSED_WORDS
                else [f"{_MISSING_OPEN_CODE} (it has {code[:_MAX_CODE_CHARACTERS]!r}, so the article is withheld)"]
            ),
            language=document.get("language"),
        )
    ]


def _author(author: Mapping[str, Any]) -> str | None:
    parts = filter(first_text, (author.get("first_name"), author.get("last_name")))
    name: str | None = first_text(author.get("name"), author.get("byline"), " ".join(map(str, parts)))
    return name


def _comparable_time(value: Any) -> str:
    """A time in a form that can be compared; EMBARGOED, which is greater than all times, if it can't be read."""
    return to_rfc3339(value) or EMBARGOED


def _address(document: Mapping[str, Any]) -> str | None:
    """The first absolute URL of the ANS document; a path is resolved if the name of the website is a host name."""
    paths = [document.get("canonical_url"), document.get("website_url")]
    website = first_text(document.get("canonical_website"), document.get("website"))
    for path in filter(None, map(first_text, paths)):
        if not path.startswith("/"):
            return str(path)
        if website and _HOST.fullmatch(website):
            return f"https://{website}{path}"
    return first_text(document.get("canonical_url_external"), document.get("short_url"))  # type: ignore[no-any-return]


def _blocks(elements: Any, depth: int = 0) -> Iterator[str]:
    """The elements as blocks of HTML, without images, embeds and links to other stories."""
    if depth > MAX_DEPTH:
        return
    for element in as_objects(elements):
        kind, content = str(element.get("type")), element.get("content")
        if kind in _TAGS and isinstance(content, str):
            yield f"<{_TAGS[kind]}>{content}</{_TAGS[kind]}>"
        elif kind in _CONTAINERS:
            yield from _blocks(element.get(_CONTAINERS[kind]), depth + 1)
        elif kind in ("quote", "blockquote"):
            inside = "\n".join(_blocks(element.get("content_elements"), depth + 1)) or str(content or "")
            yield f"<blockquote>{inside}</blockquote>"
        elif kind == "table":
            rows = element.get("rows")
            yield f"<table>{''.join(map(_row, [element.get('header'), *(rows if isinstance(rows, list) else ())]))}</table>"
        elif kind == "correction" and isinstance(element.get("text"), str):
            yield f"<footer>{escape(element['text'])}</footer>"


def _row(cells: Any) -> str:
    texts = (as_object(cell).get("content", cell) for cell in (cells if isinstance(cells, list) else ()))
    return f"<tr>{''.join(f'<td>{text}</td>' for text in texts if isinstance(text, str))}</tr>"


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a patch for an ANS document: the summary as its description, and the first suggested headline, if any.

    `answer` is an answer as the response schema dumps it. Both texts are HTML, as in ANS.
    """
    headlines = [escape(headline["text"], quote=False) for headline in answer["headlines"]]
    return {
        "type": "story",
        "description": {"basic": escape(answer["summary"]["text"], quote=False)},
        **({"headlines": {"basic": headlines[0]}} if headlines else {}),
    }
