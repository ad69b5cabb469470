"""ninjs 2.x: bodies and headlines in lists, property names in lower case."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from nutgraf.formats.common import Fields, article, first, objects, prefer

NAME, TITLE = "ninjs-2", "ninjs 2.x"
MEDIA_TYPES = ()
READS = "uri, headlines, bodies, by, versioncreated, firstcreated, embargoed, pubstatus, language"
# What 2.x calls its properties.
_NAMES = {
    "content_type": "contenttype", "note": "ednote", "embargo": "embargoed", "completeness": "representationtype",
    "created": "firstcreated", "changed": "versioncreated", "status": "pubstatus", "sources": "infosources",
    "holder": "copyrightholder",
}  # fmt: skip
MACHINE_SELECTED = "Machine-selected: every sentence is quoted word for word from the associated items."


def recognises(document: Any) -> bool:
    """By its bodies, without the capitals of 3.x."""
    return isinstance(document, Mapping) and "bodies" in document


def read(document: Mapping[str, Any]) -> list[Fields]:
    """The item as an article."""
    return [read_item(document, _NAMES)]


def read_item(document: Mapping[str, Any], names: Mapping[str, str]) -> Fields:
    """The article of a ninjs whose bodies and headlines are lists; `names` are what its version calls its properties."""
    sources = (each.get("name") for each in objects(document.get(names["sources"])))
    return article(
        **_body(document, names["content_type"]),
        id=document.get("uri"),
        title=_headline(document),
        byline=document.get("by"),
        source=first(document.get("source"), *sources, document.get(names["holder"])),
        url=document.get("uri"),
        published_at=first(document.get(names["created"]), document.get(names["changed"])),
        updated_at=document.get(names["changed"]),
        embargoed_until=first(document.get(names["embargo"]), document.get("embargoed")),
        status=document.get(names["status"]),
        language=document.get("language"),
    )


def _body(document: Mapping[str, Any], content_type: str) -> Fields:
    """The item's body, which may stand there several times: plain text first, else HTML."""
    found = [
        (str(each.get(content_type) or each.get("role") or ""), str(each["value"]))
        for each in objects(document.get("bodies"))
        if isinstance(each.get("value"), str)
    ]
    return prefer(found)


def _headline(document: Mapping[str, Any]) -> str | None:
    """The main headline, else the first."""
    headlines = objects(document.get("headlines"))
    main = [each for each in headlines if each.get("role") in (None, "main", "headline")]
    found: str | None = first(*(each.get("value") for each in (*main, *headlines)), document.get("headline"))
    return found


def write(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as an item: the summary in `descriptions`, suggestions in `headlines`, the sources associated."""
    return write_item(answer, _NAMES, version="2.1")


def write_item(answer: Mapping[str, Any], names: Mapping[str, str], *, version: str) -> dict[str, Any]:
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
