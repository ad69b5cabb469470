"""Paywalls of web pages: which elements only subscribers may read, as pages state it for search engines.

Sites that show a part of a story only to subscribers state `isAccessibleForFree`, in JSON-LD or as microdata. Often they
send the whole text to everybody, and a script hides the paid part; `cssSelector` names the elements that the script hides.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from nutgraf.formats import schema_org
from nutgraf.formats.common import is_false

_PROPERTY = "isAccessibleForFree"
# A page that contains none of these texts has no paywall.
MARKS = (_PROPERTY, "content_tier")
# Open Graph's `article:content_tier`: free, metered, or this.
_LOCKED = "locked"
_TIERS = ("article:content_tier", "og:article:content_tier")
# Elements that AMP shows only to subscribers.
_AMP_CONTENT = '[subscriptions-section="content"]'
_MOST_SELECTORS = 50
_MAX_SELECTOR_CHARACTERS = 1_000
# Selectors are simplified: conditions on siblings and pseudo-classes are ignored, and a child may be any descendant. So a
# selector may match more elements than the site means, but never fewer.
_SIBLING, _DESCENDANT = re.compile(r"[+~](?!=)"), re.compile(r"\s*>\s*|\s+")
_SIMPLE = re.compile(
    r"""(?P<tag>[A-Za-z][\w-]*)|\.(?P<class>[\w-]+)|\#(?P<id>[\w-]+)"""
    r"""|\[(?P<attribute>[\w:-]+)(?:\s*(?P<operator>[~|^$*]?=)\s*["']?(?P<value>[^"'\]]*)["']?)?\]|::?[\w-]+(?:\([^()]*\))?"""
)


class Access(NamedTuple):
    """Whether a page has a paywall, and the elements behind it if the page names any."""

    is_closed: bool
    closed_elements: Sequence[Any]


def access(root: Any, json_ld: Sequence[Any]) -> Access:
    """Returns the access that a page declares.

    `root` is its `html` element, and `json_ld` has the values of its scripts in JSON-LD.
    """
    stated = [*schema_org.access(json_ld), *_microdata(root)]
    tiers = {
        (meta.get("content") or "").strip().lower()
        for meta in root.iter("meta")
        if (meta.get("property") or meta.get("name") or "").strip().lower() in _TIERS
    }
    selectors = list(dict.fromkeys(selector for each in stated for selector in each.closed_selectors))
    is_closed = bool(selectors) or _LOCKED in tiers or any(each.is_closed for each in stated)
    if not is_closed:
        return Access(False, [])
    elements = _select(root, selectors or [_AMP_CONTENT])
    return Access(True, elements)


def _microdata(root: Any) -> Iterator[schema_org.Access]:
    """The access that the microdata of the story declares; the microdata of teasers is ignored."""
    marked = [element for element in root.iter() if element.get("itemprop") in (_PROPERTY, "cssSelector")]
    scopes = [(element, _article_scope(element)) for element in marked]
    own = {scope for _, scope in scopes if scope is None or scope.find(".//h1") is not None}
    if not own and len({scope for _, scope in scopes}) == 1:
        own = {scope for _, scope in scopes}
    values: dict[str, list[str]] = {_PROPERTY: [], "cssSelector": []}
    for element, scope in scopes:
        if scope in own:
            value = element.get("content") or element.get("href") or "".join(element.itertext())
            values[element.get("itemprop")].append(value.strip())
    if any(map(is_false, values[_PROPERTY])):
        yield schema_org.Access(True, values["cssSelector"])


def _article_scope(element: Any) -> Any:
    """The innermost microdata item around an element, except items of the type WebPageElement; None if there is none."""
    for parent in element.iterancestors():
        if "itemscope" in parent.attrib and "WebPageElement" not in parent.get("itemtype", ""):
            return parent
    return None


def _select(root: Any, selectors: Sequence[str]) -> list[Any]:
    """The elements that at least one selector matches; none if one of the selectors can't be read or matches nothing."""
    found: list[Any] = []
    for selector in selectors[: _MOST_SELECTORS + 1]:
        for each in selector[:_MAX_SELECTOR_CHARACTERS].split(","):
            matches = _matcher(each)
            elements = [element for element in root.iter() if matches and isinstance(element.tag, str) and matches(element)]
            if not elements:
                return []
            found.extend(elements)
    return found if len(selectors) <= _MOST_SELECTORS else []


def _matcher(selector: str) -> Callable[[Any], bool] | None:
    """A function that tells whether an element matches a selector.

    None for a selector that can't be read, or that matches all elements.
    """
    # White space and commas within brackets should not separate, but such selectors are too rare to support.
    steps = [_parts(step) for step in _DESCENDANT.split(_SIBLING.split(selector)[-1].strip())]
    read = [step for step in steps if step is not None]
    if len(read) < len(steps) or not read[-1]:
        return None

    def matches(element: Any) -> bool:
        if not all(_has(element, part) for part in read[-1]):
            return False
        ancestors = element.iterancestors()
        return all(any(all(_has(each, part) for part in step) for each in ancestors) for step in reversed(read[:-1]))

    return matches


def _parts(step: str) -> list[Mapping[str, str | None]] | None:
    """The conditions of one compound selector, such as `div.paid`; None if it can't be read."""
    wanted: list[Mapping[str, str | None]] = []
    at = 0
    while at < len(step):
        part = _SIMPLE.match(step, at)
        if part is None:
            return None
        at = part.end()
        if part.lastgroup:
            wanted.append(part.groupdict())
    return wanted


def _has(element: Any, part: Mapping[str, str | None]) -> bool:
    if part["tag"]:
        return bool(element.tag.lower() == part["tag"].lower())
    if part["class"]:
        return part["class"] in element.get("class", "").split()
    if part["id"]:
        return bool(element.get("id") == part["id"])
    value = element.get((part["attribute"] or "").lower())
    if value is None or part["operator"] is None:
        return value is not None
    # Other operators than "=" compare a part of the value.
    return value == part["value"] if part["operator"] == "=" else (part["value"] or "") in value
