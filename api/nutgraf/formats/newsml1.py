"""NewsML 1.x (IPTC), which many agencies still send: items with news components, which contain NITF, XHTML or plain text."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from nutgraf.formats import nitf, xml
from nutgraf.formats.common import EMBARGOED, TEXT, Fields, UnreadableDocumentError, article, first_text, text_or_html

NAME, TITLE = "newsml-1", "NewsML 1.x"
SENT_AS = TEXT
MEDIA_TYPES = ("text/vnd.iptc.newsml", "application/vnd.iptc.newsml+xml")
READS = (
    "NewsIdentifier, HeadLine, ByLine, DataContent, Provider, FirstCreated, ThisRevisionCreated, Status, StatusWillChange, "
    "Language"
)
# The maximum number of components, because each component is searched for fields that it inherits from the enclosing
# components.
MAX_COMPONENTS = 1_000
# A component with one of these roles is not a story; neither is one whose content has one of these media types.
_OTHER_ROLES = (
    "caption",
    "legend",
    "photo",
    "picture",
    "image",
    "graphic",
    "video",
    "audio",
    "metadata",
    "thumbnail",
    "preview",
)
_OTHER_MEDIA = ("photo", "graphic", "video", "audio", "image", "animation", "complexdata")


# Instructions to the recipient of an item, which override its status.
_WITHDRAWING = frozenset({"delete", "kill", "cancel", "withdraw"})


def recognizes(document: Any) -> bool:
    """Whether the document is NewsML 1.x, by its root element."""
    return xml.root_name(document) == "NewsML"


def read(document: str) -> list[Fields]:
    """Returns each story of the document as an article, in the order of the document.

    Of equivalent components, the first with text is read. A text component with its own headline is a story of its
    own; other components are parts of the story before them. Raises UnreadableDocumentError for XML that can't be read
    safely, and for a document without a NewsItem or, with the media types that it has, without text.
    """
    root = xml.parse(document)
    items = [element for element in root.iter() if xml.name(element) == "NewsItem"]
    if not items:
        raise UnreadableDocumentError("The document has no NewsItem.")
    if max(len(items), sum(1 for element in root.iter() if xml.name(element) == "NewsComponent")) > MAX_COMPONENTS:
        raise UnreadableDocumentError(f"The document has more than {MAX_COMPONENTS} items or components.")
    # An item may be inside a component of another item, which must not read it a second time.
    articles = [article(**fields) for item in items for fields in _stories(item, root)]
    if not articles:
        kinds = sorted(
            {kind for element in root.iter() if xml.name(element) == "MediaType" and (kind := _formal_name(element))}
        )
        raise UnreadableDocumentError(f"The document has no text, only: {', '.join(kinds)[:200] or 'metadata'}.")
    return articles


def _stories(item: Element, root: Element) -> Iterator[Fields]:
    stories: list[tuple[list[Element], list[Fields]]] = []
    for components in _text_components(item, []):
        body = next(_bodies(components[-1]), None)
        if body is None:
            continue
        if stories and not _own_headline(components, stories[-1][0]):
            stories[-1][1].append(body)
        else:
            stories.append((components, [body]))
    if not stories and _formal_name(xml.find(item, "NewsManagement/Status")) and not _has_media(item):
        stories.append(([item], [{}]))  # a notice about an earlier version: canceled, for example
    for components, bodies in stories:
        yield _fields(item, components, bodies, root)


def _text_components(element: Element, ancestors: list[Element]) -> Iterator[list[Element]]:
    """The components with text, in order, each with its enclosing components, the outermost first."""
    for component in xml.findall(element, "NewsComponent"):
        role = (_formal_name(xml.find(component, "Role")) or "").lower()
        if any(other in role for other in _OTHER_ROLES):
            continue
        chain = [*ancestors, component]
        if any(True for _ in _bodies(component)):
            yield chain
        nested = _text_components(component, chain)
        if (component.get("EquivalentsList") or "no").lower() == "yes":
            first = next(nested, None)
            nested = iter([first] if first else [])
        yield from nested


def _bodies(component: Element) -> Iterator[Fields]:
    """The texts of the component's own content items in all their forms; the first form is used."""
    for item in xml.findall(component, "ContentItem"):
        kind = (_formal_name(xml.find(item, "MediaType")) or "").lower()
        content = xml.find(item, "DataContent")
        if content is None or any(other in kind for other in _OTHER_MEDIA):
            continue
        inside = xml.find_descendant(content, "nitf")
        if inside is not None:
            yield nitf.fields(inside)
        elif len(content):
            inner = next(
                (found for name in ("body.content", "body") if (found := xml.find_descendant(content, name)) is not None),
                content,
            )
            yield {"text": xml.paragraphs(inner)}
        elif (content.text or "").strip():
            yield text_or_html(content.text)


def _own_headline(components: list[Element], previous: list[Element]) -> bool:
    """Whether a component has a headline that differs from the headline of the component before."""
    headline = _line(components, "HeadLine")
    return headline is not None and headline != _line(previous, "HeadLine")


def _fields(item: Element, components: list[Element], bodies: list[Fields], root: Element) -> Fields:
    identifier, management = xml.find(item, "Identification/NewsIdentifier"), xml.find(item, "NewsManagement")
    body = bodies[0]
    return {
        **body,
        **_join_bodies(bodies),
        "id": first_text(
            xml.text(xml.find(identifier, "PublicIdentifier")), xml.text(xml.find(identifier, "NewsItemId")), body.get("id")
        ),
        "title": first_text(
            _line(components, "HeadLine"), body.get("title"), xml.text(xml.find(item, "Identification/NameLabel"))
        ),
        "byline": first_text(_line(components, "ByLine"), body.get("byline")),
        "source": first_text(
            _party(components, "Provider"),
            _party(components, "Source"),
            _line(components, "CreditLine"),
            body.get("source"),
            xml.text(xml.find(identifier, "ProviderId")),
        ),
        "published_at": first_text(
            xml.text(xml.find(management, "FirstCreated")),
            body.get("published_at"),
            xml.text(xml.find(root, "NewsEnvelope/DateAndTime")),
        ),
        "updated_at": first_text(xml.text(xml.find(management, "ThisRevisionCreated")), body.get("updated_at")),
        **_rights(management, body),
        "language": first_text(
            *(_formal_name(xml.find(component, "DescriptiveMetadata/Language")) for component in reversed(components)),
            *(xml.attribute(component, "lang") for component in reversed(components)),
            xml.attribute(item, "lang"),
            body.get("language"),
        ),
    }


def _rights(management: Element | None, body: Fields) -> Fields:
    """The more restrictive status of the item and of the NITF inside it, and the end of an embargo."""
    status = _formal_name(xml.find(management, "Status"))
    instruction = _formal_name(xml.find(management, "Instruction")) or ""
    if instruction.lower() in _WITHDRAWING:
        return {"status": "canceled"}
    if status and status.lower() == EMBARGOED:
        # Without a time, the embargo holds until another version of the item.
        ends = xml.text(xml.find(management, "StatusWillChange/DateAndTime"))
        return {"status": status, "embargoed_until": ends or EMBARGOED}
    if status and status.lower() != "usable":
        return {"status": status}
    return {"status": body.get("status") or status, "embargoed_until": body.get("embargoed_until")}


def _join_bodies(bodies: list[Fields]) -> Fields:
    """The bodies as one; it is HTML only if all of them are HTML."""
    if len(bodies) == 1:
        return {}
    if all(body.get("html") for body in bodies):
        return {"html": "\n".join(body["html"] for body in bodies)}
    return {"html": None, "text": "\n\n".join(body.get("text") or body.get("html") or "" for body in bodies)}


def _line(components: list[Element], name: str) -> str | None:
    """The text of a news line of the component, else of its enclosing components."""
    lines = (xml.find(component, f"NewsLines/{name}") for component in reversed(components))
    return next((text for line in lines if (text := xml.text(line))), None)


def _party(components: list[Element], name: str) -> str | None:
    paths = (xml.find(component, f"AdministrativeMetadata/{name}/Party") for component in reversed(components))
    return next((party for path in paths if (party := _formal_name(path))), None)


def _has_media(item: Element) -> bool:
    return xml.find_descendant(item, "ContentItem") is not None


def _formal_name(element: Element | None) -> str | None:
    return xml.attribute(element, "FormalName")
