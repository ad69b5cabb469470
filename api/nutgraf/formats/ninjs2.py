"""ninjs 2.x: news in JSON (IPTC), with bodies and headlines in lists, and property names in lower case."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from nutgraf.formats.common import JSON, Fields, article, as_objects, first_text, prefer_plain_text
from nutgraf.formats.ninjs1 import refuse_other_types, standard_version

NAME, TITLE = "ninjs-2", "ninjs 2.x"
SENT_AS = JSON
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versioncreated, firstcreated, embargoed, pubstatus, language"
# Our name of a property -> its name in ninjs 2.x.
_PROPERTY_NAMES = {
    "content_type": "contenttype", "note": "ednote", "embargo": "embargoed", "completeness": "representationtype",
    "created": "firstcreated", "changed": "versioncreated", "status": "pubstatus", "sources": "infosources",
    "holder": "copyrightholder",
}  # fmt: skip
MACHINE_SELECTED = "Machine-selected: every sentence is quoted word for word from the associated items."


def recognizes(document: Any) -> bool:
    """Whether the document is ninjs 2.x, by the standard that it names, or its lists; `auto` tries ninjs 3.x first."""
    if not isinstance(document, Mapping):
        return False
    return standard_version(document).startswith("2") or "bodies" in document or has_bodies_or_headlines_as_lists(document)


def has_bodies_or_headlines_as_lists(document: Mapping[str, Any]) -> bool:
    """Whether an item has lists of headlines or descriptions, as ninjs has them from 2.0 on, and a `uri`."""
    return "uri" in document and any(
        isinstance(document.get(name), list) for name in ("bodies", "headlines", "descriptions")
    )


def read(document: Mapping[str, Any]) -> list[Fields]:
    """Returns the item as a list of one article. Raises UnreadableDocumentError for items without text, such as events."""
    return [read_item(document, _PROPERTY_NAMES)]


def read_item(document: Mapping[str, Any], names: Mapping[str, str]) -> Fields:
    """Returns the article of a ninjs 2.x or 3.x item.

    `names` maps our names of properties to those of the version. The body is plain text if the item has it, else HTML; the
    headline is the main one, else the first. Raises UnreadableDocumentError for items without text, such as events.
    """
    body = _body(document, names["content_type"])
    refuse_other_types(document, body)
    sources = (source.get("name") for source in as_objects(document.get(names["sources"])))
    return article(
        **body,
        id=document.get("uri"),
        title=_headline(document),
        byline=first_text(document.get("by"), document.get("byline")),
        source=first_text(document.get("source"), *sources, document.get(names["holder"])),
        url=document.get("uri"),
        published_at=first_text(document.get(names["created"]), document.get(names["changed"])),
        updated_at=document.get(names["changed"]),
        embargoed_until=first_text(document.get(names["embargo"]), document.get("embargoed")),
        status=document.get(names["status"]),
        language=document.get("language"),
    )


def _body(document: Mapping[str, Any], content_type: str) -> Fields:
    """The body of the item, which may have several forms: plain text if there is one, else HTML."""
    bodies = [
        (str(body.get(content_type) or body.get("role") or ""), str(body["value"]))
        for body in as_objects(document.get("bodies"))
        if isinstance(body.get("value"), str)
    ]
    return prefer_plain_text(bodies)


def _headline(document: Mapping[str, Any]) -> str | None:
    """The main headline, else the first one."""
    headlines = as_objects(document.get("headlines"))
    main = [headline for headline in headlines if headline.get("role") in (None, "main", "headline")]
    text: str | None = first_text(*(headline.get("value") for headline in (*main, *headlines)), document.get("headline"))
    return text


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the answer as an item: summary in `descriptions`, suggestions in `headlines`, sources in `associations`."""
    return write_item(answer, _PROPERTY_NAMES, version="2.1")


def write_item(answer: Mapping[str, Any], names: Mapping[str, str], *, version: str) -> dict[str, Any]:
    """Returns the answer as a ninjs 2.x or 3.x item, marked as partial and machine-selected.

    `names` maps our names of properties to those of the version. The quoted articles are associations, and the digest of
    the request is part of the `uri`, so that equal requests give equal items.
    """
    content_type = names["content_type"]
    languages = {article["language"] for article in answer["articles"]}
    quoted = {sentence["article_id"] for sentence in answer["summary"]["sentences"]}
    embargo = {names["embargo"]: answer["embargoed_until"]} if answer["embargoed_until"] else {}
    return {
        "uri": f"urn:nutgraf:{answer['engine']['input_sha256']}",
        "standard": {"name": "ninjs", "version": version},
        "type": "text",
        names["completeness"]: "partial",
        **({"language": languages.pop()} if len(languages) == 1 else {}),
        **embargo,
        names["note"]: MACHINE_SELECTED,
        "headlines": [
            {"role": "main" if position == 0 else "suggestion", content_type: "text/plain", "value": headline["text"]}
            for position, headline in enumerate(answer["headlines"])
        ],
        "descriptions": [{"role": "summary", content_type: "text/plain", "value": answer["summary"]["text"]}],
        "associations": [
            {
                "name": article["title"] or article["source"] or article["id"],
                "uri": article["url"] or f"urn:nutgraf:article:{quote(article['id'], safe='')}",
            }
            for article in answer["articles"]
            if article["id"] in quoted
        ],
    }
