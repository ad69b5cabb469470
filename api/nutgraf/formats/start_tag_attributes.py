"""Removes the attributes of start tags that have thousands of them: parsers take quadratic time for these."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_ATTRIBUTES = 200
# A shorter tag can't have more attributes, because each needs two characters.
_LEAST_CHARACTERS = 2 * MAX_ATTRIBUTES
_TAG_NAME = re.compile(r"""<[^\s<>/!?"'][^\s<>/"']*+""")
# A ">" in a quoted value does not end a tag. Only the quotation mark after a "=" begins one: the apostrophe in `alt=Bob's`
# does not, and the text up to the next apostrophe is not a part of the tag.
_QUOTED_VALUE_OR_END = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')|>""")
_ATTRIBUTE = re.compile(r"""[^\s"'=/]+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++))?""")


class _Attributes(NamedTuple):
    """Where the attributes of a start tag are: from after its name to before its ">" or the end of the markup."""

    start: int
    end: int


def has_crowded_tag(markup: str) -> bool:
    """Whether a tag of the markup has more than MAX_ATTRIBUTES attributes."""
    return any(_is_crowded(attributes, markup) for attributes in _start_tags(markup))


def strip_attributes_of_crowded_tags(markup: str) -> str:
    """Returns the markup without the attributes of tags that have more than MAX_ATTRIBUTES attributes."""
    pieces, kept_until = [], 0
    for attributes in _start_tags(markup):
        if _is_crowded(attributes, markup):
            pieces.append(markup[kept_until : attributes.start])
            kept_until = attributes.end
    return "".join(pieces) + markup[kept_until:]


def _start_tags(markup: str) -> Iterator[_Attributes]:
    """Yields the attributes of each start tag."""
    position = 0
    while name := _TAG_NAME.search(markup, position):
        ends = (match.start() for match in _QUOTED_VALUE_OR_END.finditer(markup, name.end()) if match[0] == ">")
        position = next(ends, len(markup))
        yield _Attributes(name.end(), position)


def _is_crowded(attributes: _Attributes, markup: str) -> bool:
    if attributes.end - attributes.start < _LEAST_CHARACTERS:
        return False
    return sum(1 for _ in _ATTRIBUTE.finditer(markup, *attributes)) > MAX_ATTRIBUTES
