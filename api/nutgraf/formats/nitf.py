"""NITF: the News Industry Text Format (IPTC), XML with the root `nitf`."""

from typing import Any
from xml.etree.ElementTree import Element

from nutgraf.formats import xml
from nutgraf.formats.common import Fields, UnreadableDocumentError, article, first_text

NAME, TITLE = "nitf", "NITF"
MEDIA_TYPES = ("application/nitf+xml", "text/vnd.iptc.nitf", "application/vnd.iptc.nitf")
READS = "doc-id, hedline, body.content, byline, distributor, date.issue, date.release, management-status, baselang"


def recognises(document: Any) -> bool:
    """Whether the document is NITF, by its root element."""
    return isinstance(document, str) and "<nitf" in document[:4_000]


def read(document: str) -> list[Fields]:
    """Returns the document as a list of one article.

    Raises UnreadableDocumentError for XML that can't be read safely, and for a document without an element `nitf`.
    """
    root = xml.parse(document)
    nitf = root if xml.name(root) == "nitf" else xml.find_descendant(root, "nitf")
    if nitf is None:
        raise UnreadableDocumentError("The document has no nitf element.")
    return [article(**fields(nitf))]


def fields(nitf: Element) -> Fields:
    """Returns the content of an element `nitf` as arguments of `common.article`.

    The body becomes paragraphs of plain text. NewsML-G2 uses this function for NITF inside a newsItem.
    """
    head, body = xml.find(nitf, "head"), xml.find(nitf, "body")
    docdata = xml.find(head, "docdata")
    content = xml.find(body, "body.content")
    issued = xml.attribute(xml.find(docdata, "date.issue"), "norm")
    return {
        "id": xml.attribute(xml.find(docdata, "doc-id"), "id-string"),
        "title": first_text(xml.text(xml.find(body, "body.head/hedline/hl1")), xml.text(xml.find(head, "title"))),
        "byline": xml.text(xml.find(body, "body.head/byline")),
        "source": xml.text(xml.find(body, "body.head/distributor")),
        "published_at": first_text(xml.attribute(xml.find(docdata, "date.release"), "norm"), issued),
        "updated_at": issued,
        "status": xml.attribute(docdata, "management-status"),
        "language": xml.attribute(nitf, "baselang") or xml.attribute(nitf, "lang"),
        "text": xml.paragraphs(content) if content is not None else None,
    }
