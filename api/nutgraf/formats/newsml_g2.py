"""NewsML-G2 (IPTC): newsItems, alone or in a newsMessage, with NITF, XHTML or plain text inside."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from nutgraf.formats import nitf, xml
from nutgraf.formats.common import Fields, UnreadableDocumentError, article, first_text, text_or_html

NAME, TITLE = "newsml-g2", "NewsML-G2"
MEDIA_TYPES = ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml")
READS = "guid, headline, inlineXML, inlineData, by, creator, versionCreated, firstCreated, embargoed, pubStatus, language"
# The namespace is searched in this many characters at the start of the document: comments may come before the root element,
# which declares it.
_ROOT_CHARACTERS = 10_000
NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"


def recognises(document: Any) -> bool:
    """Whether the document is NewsML-G2, by its namespace."""
    return isinstance(document, str) and NAMESPACE in document[:_ROOT_CHARACTERS]


def read(document: str) -> list[Fields]:
    """Returns each newsItem of the document as an article, in the order of the document.

    `inlineData` takes precedence over NITF and XHTML in `inlineXML`. Raises UnreadableDocumentError for XML that can't be
    read safely, and for a document without newsItems.
    """
    root = xml.parse(document)
    items = [element for element in root.iter() if xml.name(element) == "newsItem"]
    if not items:
        raise UnreadableDocumentError("The document has no newsItem.")
    return [article(**_fields(item)) for item in items]


def _fields(item: Element) -> Fields:
    meta, content = xml.find(item, "itemMeta"), xml.find(item, "contentMeta")
    body = next(_bodies(item), {})
    version_created = xml.text(xml.find(meta, "versionCreated"))
    return {
        **{name: value for name, value in body.items() if value},
        "id": xml.attribute(item, "guid"),
        "title": _headline(content) or body.get("title"),
        "byline": first_text(
            xml.text(xml.find(content, "by")), xml.text(xml.find(content, "creator/name")), body.get("byline")
        ),
        "source": first_text(
            xml.text(xml.find(meta, "provider/name")), xml.attribute(xml.find(meta, "provider"), "literal")
        ),
        "published_at": first_text(xml.text(xml.find(meta, "firstCreated")), version_created),
        "updated_at": version_created,
        "embargoed_until": xml.text(xml.find(meta, "embargoed")),
        "status": xml.attribute(xml.find(meta, "pubStatus"), "qcode"),
        "language": first_text(xml.attribute(xml.find(content, "language"), "tag"), xml.attribute(item, "lang")),
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
