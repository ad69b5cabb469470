"""NITF: the News Industry Text Format (IPTC), XML with the root `nitf`."""

from typing import Any
from xml.etree.ElementTree import Element

from nutgraf.formats import xml
from nutgraf.formats.common import EMBARGOED, TEXT, Fields, UnreadableDocumentError, article, first_text, names

NAME, TITLE = "nitf", "NITF"
SENT_AS = TEXT
MEDIA_TYPES = ("application/nitf+xml", "text/vnd.iptc.nitf", "application/vnd.iptc.nitf")
READS = "doc-id, hedline, body.content, byline, distributor, date.issue, date.release, management-status, baselang"


def recognizes(document: Any) -> bool:
    """Whether the document is NITF, by its root element."""
    return (xml.root_name(document) or "").lower() == "nitf"


def read(document: str) -> list[Fields]:
    """Returns the document as a list of one article.

    Raises UnreadableDocumentError for XML that can't be read safely, and for a document without an element `nitf`.
    """
    root = xml.parse(document)
    nitf = xml.find_descendant(root, "nitf")
    if nitf is None:
        raise UnreadableDocumentError("The document has no nitf element.")
    return [article(**fields(nitf))]


def fields(nitf: Element) -> Fields:
    """Returns the content of an element `nitf` as arguments of `common.article`.

    The body becomes paragraphs of plain text. An embargo ends at the date of release. NewsML-G2 uses this function for NITF
    inside a newsItem.
    """
    head, body = xml.find(nitf, "head"), xml.find(nitf, "body")
    docdata = xml.find(head, "docdata")
    content = xml.find(body, "body.content")
    issued = xml.attribute(xml.find(docdata, "date.issue"), "norm")
    released = xml.attribute(xml.find(docdata, "date.release"), "norm")
    status = xml.attribute(docdata, "management-status")
    is_embargoed = (status or "").strip().lower() == EMBARGOED
    return {
        "id": xml.attribute(xml.find(docdata, "doc-id"), "id-string"),
        "title": first_text(xml.text(xml.find(body, "body.head/hedline/hl1")), xml.text(xml.find(head, "title"))),
        "byline": names([xml.text(byline, ", ") for byline in xml.findall(body, "body.head/byline")]),
        "source": first_text(
            xml.text(xml.find(body, "body.head/distributor")),
            xml.attribute(xml.find(docdata, "doc-id"), "regsrc"),
            xml.attribute(xml.find(docdata, "doc.copyright"), "holder"),
        ),
        "published_at": first_text(released, issued),
        "updated_at": issued,
        "embargoed_until": released if is_embargoed else None,
        "status": status,
        "language": xml.attribute(nitf, "baselang") or xml.attribute(nitf, "lang"),
        "text": xml.paragraphs(content) if content is not None else None,
    }
