"""Offsets and sizes in code points -> offsets and sizes in the unit that the caller slices by."""

from bisect import bisect_left
from collections.abc import Callable

from nutgraf.summarizer.models import OffsetUnit


def converter(text: str, unit: OffsetUnit) -> Callable[[int], int]:
    """A function from an offset in code points of `text` to the same place in `unit`; JavaScript counts utf16."""
    if unit == "codepoint" or text.isascii():
        return lambda offset: offset
    astral = [at for at, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(astral, offset)


def size(text: str, unit: OffsetUnit) -> int:
    """How long a text is in `unit`."""
    return converter(text, unit)(len(text))
