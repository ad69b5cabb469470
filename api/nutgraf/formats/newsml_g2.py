"""NewsML-G2 (IPTC): newsItems, alone or in a newsMessage, with NITF, XHTML, HTML or plain text inside."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from nutgraf.formats import nitf, xml
from nutgraf.formats.common import (
    EMBARGOED,
    TEXT,
    Fields,
    UnreadableDocumentError,
    article,
    first_text,
    is_account_name,
    names,
    text_or_html,
)

NAME, TITLE = "newsml-g2", "NewsML-G2"
SENT_AS = TEXT
MEDIA_TYPES = ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml")
READS = "guid, headline, inlineXML, inlineData, by, creator, versionCreated, firstCreated, embargoed, pubStatus, language"
# How many characters at the start of the document are searched for the namespace: comments may come before the root element,
# which declares it.
_ROOT_CHARACTERS = 10_000
# Items of NewsML-G2 that are no newsItem, and how a message names them.
_OTHER_ITEMS = {
    "packageItem": "package (packageItem)", "conceptItem": "concept (conceptItem)",
    "planningItem": "planning item (planningItem)",
    "knowledgeItem": "list of concepts (knowledgeItem)", "catalogItem": "catalog (catalogItem)",
}  # fmt: skip
# Content in XML that is not a story.
_OTHER_CONTENT = {
    "sports-content": "sports results in SportsML", "events": "a list of events (EventsML)", "event": "an event (EventsML)",
    "concept": "an event or a concept", "conceptSet": "a list of events or concepts",
}  # fmt: skip
# Classes of items that have no text to summarize.
_CLASSES_WITHOUT_TEXT = frozenset({"picture", "graphic", "video", "audio", "animation", "event", "planning", "composite"})
NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"


def recognizes(document: Any) -> bool:
    """Returns whether the document is NewsML-G2, by its namespace."""
    return isinstance(document, str) and NAMESPACE in document[:_ROOT_CHARACTERS]


def read(document: str) -> list[Fields]:
    """Returns each newsItem that is a story as an article, in the order of the document.

    `inlineData` takes precedence over NITF and XHTML in `inlineXML`. Results in SportsML, pictures and other items are
    left out. Raises UnreadableDocumentError for XML that can't be read safely, and for a document without
    stories.
    """
    root = xml.parse(document)
    items = [element for element in root.iter() if xml.name(element) == "newsItem"]
    kinds = [_kind_of_item(item) for item in items]
    stories = [item for item, kind in zip(items, kinds, strict=True) if kind is None]
    if not items:
        found = (_OTHER_ITEMS[xml.name(element)] for element in root.iter() if xml.name(element) in _OTHER_ITEMS)
        instead = next(found, None)
        content = f"It contains a {instead}" if instead else f"Its root element is {xml.name(root)}"
        raise UnreadableDocumentError(f"The document has no newsItem. {content}.")
    if not stories:
        contents = ", ".join(dict.fromkeys(filter(None, kinds)))
        raise UnreadableDocumentError(f"The document has no story. It contains: {contents}.")
    return [article(**_fields(item)) for item in stories]


def _kind_of_item(item: Element) -> str | None:
    """The name of the kind of an item that is not a story; None for a story."""
    item_class = xml.find(item, "itemMeta/itemClass")
    kind = (
        (xml.attribute(item_class, "qcode") or xml.attribute(item_class, "uri") or "").replace("/", ":").rsplit(":", 1)[-1]
    )
    inside = {xml.name(element) for inline in xml.findall(item, "contentSet/inlineXML") for element in inline}
    found: str | None = next((_OTHER_CONTENT[name] for name in sorted(inside) if name in _OTHER_CONTENT), None)
    return found or (f"an item of class {kind}" if kind in _CLASSES_WITHOUT_TEXT else None)


def _fields(item: Element) -> Fields:
    meta, content = xml.find(item, "itemMeta"), xml.find(item, "contentMeta")
    body = next(_bodies(item), {})
    version_created = xml.text(xml.find(meta, "versionCreated"))
    embargo = xml.find(meta, "embargoed")
    status = xml.find(meta, "pubStatus")
    statuses = [xml.attribute(status, "qcode"), xml.attribute(status, "uri"), body.get("status")]
    creators = [
        first_text(xml.text(xml.find(creator, "name")), xml.attribute(creator, "literal"))
        for creator in xml.findall(content, "creator")
    ]
    return {
        **{name: value for name, value in body.items() if value},
        "id": xml.attribute(item, "guid"),
        "title": _headline(content) or body.get("title"),
        "byline": first_text(
            names([xml.text(by, ", ") for by in xml.findall(content, "by")]),
            body.get("byline"),
            names([creator for creator in creators if creator and not is_account_name(creator)]),
        ),
        "source": first_text(
            xml.text(xml.find(meta, "provider/name")), xml.attribute(xml.find(meta, "provider"), "literal")
        ),
        "published_at": first_text(xml.text(xml.find(meta, "firstCreated")), version_created),
        "updated_at": version_created,
        # With `nil` instead of a time, the embargo holds until another version of the item is sent.
        "embargoed_until": first_text(
            xml.text(embargo), EMBARGOED if xml.attribute(embargo, "nil") else None, body.get("embargoed_until")
        ),
        # The first status other than "usable": that of the item, or else that of the NITF inside it.
        "status": first_text(*(each for each in statuses if each and not each.endswith("usable")), *statuses),
        "language": first_text(
            xml.attribute(xml.find(content, "language"), "tag"), xml.attribute(item, "lang"), body.get("language")
        ),
    }


def _headline(content: Element | None) -> str | None:
    headlines = list(xml.findall(content, "headline"))
    main = [headline for headline in headlines if "subHeadline" not in (xml.attribute(headline, "role") or "")]
    text: str | None = first_text(*(xml.text(headline) for headline in main))
    return text


def _bodies(item: Element) -> Iterator[Fields]:
    """The body of the item in each of its forms: first `inlineData`, as text or HTML, then NITF or XHTML."""
    contents = xml.find(item, "contentSet")
    for data in xml.findall(contents, "inlineData"):
        if "".join(data.itertext()).strip():
            yield text_or_html("".join(data.itertext()))
    for inline in xml.findall(contents, "inlineXML"):
        inside = xml.find_descendant(inline, "nitf")
        if inside is not None:
            yield nitf.fields(inside)
        else:
            body = xml.find_descendant(inline, "body")
            yield {"text": xml.paragraphs(inline if body is None else body)}
