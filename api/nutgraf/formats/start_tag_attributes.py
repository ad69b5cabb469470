"""Removes the attributes of start tags that have thousands of them: parsers take quadratic time for these."""

import regex

MAX_ATTRIBUTES = 200
# A shorter tag can't have more attributes, because each needs two characters.
_LEAST_CHARACTERS = 2 * MAX_ATTRIBUTES
# A ">" in a quoted value does not end a tag. Only the quotation mark after a "=" begins one: the apostrophe in `alt=Bob's`
# does not, and the text up to the next apostrophe is not a part of the tag. `re` would need memory for each
# attribute, about 100 bytes; `regex` does not.
_TAG = regex.compile(r"""<([^\s<>/!?"'][^\s<>/"']*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+)""")
_ATTRIBUTE = regex.compile(r"""[^\s"'=/]+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++))?""")


def has_crowded_tag(markup: str) -> bool:
    """Whether a tag of the markup has more than MAX_ATTRIBUTES attributes."""
    return any(map(_is_crowded, _TAG.finditer(markup)))


def strip_attributes_of_crowded_tags(markup: str) -> str:
    """Returns the markup without the attributes of tags that have more than MAX_ATTRIBUTES attributes."""
    return _TAG.sub(lambda tag: f"<{tag[1]}" if _is_crowded(tag) else tag[0], markup)


def _is_crowded(tag: regex.Match[str]) -> bool:
    start, end = tag.span(2)
    if end - start < _LEAST_CHARACTERS:
        return False
    return sum(1 for _ in _ATTRIBUTE.finditer(tag.string, start, end)) > MAX_ATTRIBUTES
