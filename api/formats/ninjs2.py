"""ninjs 2.x: bodies and headlines in lists, property names in lower case."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from api.formats.common import Fields, article, first, objects, prefer

NAME, TITLE = "ninjs-2", "ninjs 2.x"
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versioncreated, firstcreated, embargoed, pubstatus, language"


def recognises(document: Any) -> bool:
    """By its bodies, without the capitals of 3.x."""
    return isinstance(document, Mapping) and "bodies" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """The item as an article."""
    return [
        article(
            **bodies(document, "contenttype"),
            id=document.get("uri"),
            title=headline(document),
            byline=document.get("by"),
            source=provider(document),
            url=document.get("uri"),
            published_at=first(document.get("firstcreated"), document.get("versioncreated")),
            updated_at=document.get("versioncreated"),
            embargoed_until=document.get("embargoed"),
            status=document.get("pubstatus"),
            language=document.get("language"),
        )
    ]


def bodies(document: Mapping[str, Any], content_type: str) -> Fields:
    """The item's body, which may stand there several times: plain text first, else HTML."""
    found = [
        (str(each.get(content_type) or each.get("role") or ""), str(each["value"]))
        for each in objects(document.get("bodies"))
        if isinstance(each.get("value"), str)
    ]
    return prefer(found)


def headline(document: Mapping[str, Any]) -> str | None:
    """The main headline, else the first."""
    headlines = objects(document.get("headlines"))
    main = [each for each in headlines if each.get("role") in (None, "main", "headline")]
    found: str | None = first(*(each.get("value") for each in (*main, *headlines)), document.get("headline"))
    return found


def provider(document: Mapping[str, Any]) -> str | None:
    """Who provides the item."""
    organisations = (each.get("name") for each in objects(document.get("infosources")))
    found: str | None = first(document.get("source"), *organisations, document.get("copyrightholder"))
    return found


MACHINE_SELECTED = "Machine-selected: every sentence is quoted word for word from the associated items."


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as an item: the summary in `descriptions`, suggestions in `headlines`, the sources associated."""
    return item(answer, _NAMES, version="2.1")


# What 2.x calls what 3.x calls otherwise.
_NAMES = {"content_type": "contenttype", "note": "ednote", "embargo": "embargoed", "completeness": "representationtype"}


def item(answer: Mapping[str, Any], names: Mapping[str, str], *, version: str) -> dict[str, Any]:
    """An item of a ninjs with lists, whose property names differ between versions."""
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
            {"role": "main" if at == 0 else "suggestion", content_type: "text/plain", "value": headline["text"]}
            for at, headline in enumerate(answer["headlines"])
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
