"""Splits Japanese text into words as TinySegmenter does (Kudo 2008), in a tenth of its time.

At each boundary between two characters, TinySegmenter adds up about forty weights: of the surrounding characters, of their
types, and of its decisions at the three boundaries before. It looks up each weight with a Python call. This module looks up
the weights of characters for many boundaries at once, and caches the sums for types and decisions, which have few
combinations. A test compares the words with TinySegmenter's.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import repeat
from operator import add

from tinysegmenter import TinySegmenter

# Decisions: a word begins here, no word begins here, and unknown, before the text.
_BEGINS, _CONTINUES, _UNKNOWN = "B", "O", "U"
# TinySegmenter's type of all other characters; not the decision "O".
_OTHER_TYPE = "O"
# Contexts of six types whose weights are cached. Ordinary text has far fewer; 117,000 are possible.
MAX_CACHED_CONTEXTS = 20_000
# How many characters are processed at a time: their weights take a hundred times the memory of the text.
CHUNK = 10_000
# TinySegmenter's padding: B3, B2 and B1 before the text, E1 and E2 after it.
_BEFORE, _AFTER = ("B3", "B2", "B1"), ("E1", "E2")

_segmenter = TinySegmenter()


class _Types(dict[int, str]):
    """The type of each character, by its code point, for `str.translate`."""

    def __missing__(self, code_point: int) -> str:
        found: str = _segmenter._ctype(chr(code_point))
        if found != _OTHER_TYPE:  # there are too many other characters to cache them
            self[code_point] = found
        return found


_types = _Types()
# (n, offset, table) for each table of n-grams. The offset is that of the n-gram's first character, counted from the third
# character before the boundary.
_CHARACTER_TABLES = (
    *((1, offset, getattr(_segmenter, f"_UW{offset + 1}")) for offset in range(6)),
    *((2, offset + 1, getattr(_segmenter, f"_BW{offset + 1}")) for offset in range(3)),
    *((3, offset, getattr(_segmenter, f"_TW{offset + 1}")) for offset in range(4)),
)
_TYPE_TABLES = (
    *((1, offset, getattr(_segmenter, f"_UC{offset + 1}")) for offset in range(6)),
    *((2, offset + 1, getattr(_segmenter, f"_BC{offset + 1}")) for offset in range(3)),
    *((3, offset, getattr(_segmenter, f"_TC{offset + 1}")) for offset in range(4)),
)


def japanese_words(text: str) -> list[str]:
    """Returns the words of a text in order, with punctuation and white space: joined, they are the text.

    Empty text gives an empty list.
    """
    words: list[str] = []
    start, decisions = 0, 3 * _UNKNOWN
    for first in range(1, len(text), CHUNK):
        end = min(first + CHUNK, len(text))
        for place, (weight, types) in enumerate(_contexts(text, first, end), first):
            begins = weight + _weight_of_types(types) + _weight_of_decisions(decisions, types[:4]) > 0
            if begins:
                words.append(text[start:place])
                start = place
            decisions = decisions[1:] + (_BEGINS if begins else _CONTINUES)
    return [*words, text[start:]] if text else []


def _contexts(text: str, first: int, end: int) -> Iterator[tuple[int, str]]:
    """Yields the weight of the characters around each boundary from `first` to before `end`, and their six types.

    Boundary i is the one before character i.
    """
    before, after = _BEFORE[first:], _AFTER[: max(0, end + 2 - len(text))]
    here = text[max(0, first - 3) : end + 2]
    characters = [*before, *here, *after]
    pairs = list(map(add, characters, characters[1:]))
    grams = (characters, pairs, list(map(add, pairs, characters[2:])))
    columns = (
        map(table.get, grams[size - 1][offset : offset + end - first], repeat(0))
        for size, offset, table in _CHARACTER_TABLES
    )
    types = len(before) * _OTHER_TYPE + here.translate(_types) + len(after) * _OTHER_TYPE
    return ((sum(weights), types[offset : offset + 6]) for offset, weights in enumerate(zip(*columns, strict=True)))


@lru_cache(MAX_CACHED_CONTEXTS)
def _weight_of_types(types: str) -> int:
    """Returns the weight of the three types before a boundary and the three after it."""
    return int(_segmenter._BIAS + sum(table.get(types[offset : offset + size], 0) for size, offset, table in _TYPE_TABLES))


@cache  # caches at most 36,015 combinations of arguments
def _weight_of_decisions(decisions: str, types: str) -> int:
    """Returns the weight of the decisions at the three boundaries before, and of the types around them.

    `types` are those of the three characters before this boundary and of the one after it.
    """
    first, second, third = tuple(decisions)
    model = _segmenter
    pairs = (
        (model._UP1, first),
        (model._UP2, second),
        (model._UP3, third),
        (model._BP1, first + second),
        (model._BP2, second + third),
        (model._UQ1, first + types[0]),
        (model._UQ2, second + types[1]),
        (model._UQ3, third + types[2]),
        (model._BQ1, second + types[1:3]),
        (model._BQ2, second + types[2:4]),
        (model._BQ3, third + types[1:3]),
        (model._BQ4, third + types[2:4]),
        (model._TQ1, second + types[:3]),
        (model._TQ2, second + types[1:]),
        (model._TQ3, third + types[:3]),
        (model._TQ4, third + types[1:]),
    )
    return sum(table.get(key, 0) for table, key in pairs)
