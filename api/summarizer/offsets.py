"""Offsets in code points -> offsets in the unit that the caller slices by."""

from bisect import bisect_left
from collections.abc import Callable

from api.summarizer.models import OffsetUnit


def converter(text: str, unit: OffsetUnit) -> Callable[[int], int]:
    """A function from an offset in code points of `text` to the same place in `unit`; JavaScript counts utf16."""
    if unit == "codepoint" or text.isascii():
        return lambda offset: offset
    astral = [at for at, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(astral, offset)
