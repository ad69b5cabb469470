"""Converts offsets and sizes from code points to the caller's unit."""

from bisect import bisect_left
from collections.abc import Callable

from nutgraf.summarizer.models import OffsetUnit


def converter(text: str, unit: OffsetUnit) -> Callable[[int], int]:
    """Returns a function that converts offsets in code points of `text` to offsets in `unit`.

    "codepoint" is the unit of Python strings, "utf16" that of JavaScript. One conversion takes time logarithmic in the
    number of characters outside the Basic Multilingual Plane.
    """
    if unit == "codepoint" or text.isascii():
        return lambda offset: offset
    astral = [index for index, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(astral, offset)


def size(text: str, unit: OffsetUnit) -> int:
    """Returns the length of a text in `unit`."""
    return converter(text, unit)(len(text))
