"""Japanese text -> words, as TinySegmenter splits it (Kudo 2008), in a tenth of its time.

TinySegmenter adds up some forty weights for each place between two characters: of the characters around it, of their types,
and of what was decided at the three places before. It looks each of them up in a Python function. Here the weights of the
characters are looked up for the whole sentence, and those of types and decisions are kept, because there are few of both. A
test compares the words with TinySegmenter's.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import repeat
from operator import add

from tinysegmenter import TinySegmenter

# Decisions: a word begins here, no word begins here, and unknown, before the text.
_BEGINS, _CONTINUES, _UNKNOWN = "B", "O", "U"
_OTHER = "O"
# Contexts of six types whose weights are kept. Ordinary text has some thousand; there are 117,000.
KEPT_CONTEXTS = 20_000
# Characters whose weights are looked up at a time: they take a hundred times the memory of the text.
CHUNK = 10_000
# What stands for the characters before the text, by the distance of the place from its start, and for those after it.
_BEFORE, _AFTER = ("B3", "B2", "B1"), ("E1", "E2")

_segmenter = TinySegmenter()


class _Types(dict[int, str]):
    """The type of each character, by its code point, for `str.translate`."""

    def __missing__(self, code_point: int) -> str:
        found: str = _segmenter._ctype(chr(code_point))
        if found != _OTHER:  # of other characters there are too many to be kept
            self[code_point] = found
        return found


_types = _Types()
# By n-gram: each table with the place of its n-gram's first character, counted from three characters before the place.
_OF_CHARACTERS = (
    *((1, at, getattr(_segmenter, f"_UW{at + 1}")) for at in range(6)),
    *((2, at + 1, getattr(_segmenter, f"_BW{at + 1}")) for at in range(3)),
    *((3, at, getattr(_segmenter, f"_TW{at + 1}")) for at in range(4)),
)
_OF_TYPES = (
    *((1, at, getattr(_segmenter, f"_UC{at + 1}")) for at in range(6)),
    *((2, at + 1, getattr(_segmenter, f"_BC{at + 1}")) for at in range(3)),
    *((3, at, getattr(_segmenter, f"_TC{at + 1}")) for at in range(4)),
)


def japanese_words(text: str) -> list[str]:
    """Returns the words of a text; together they are the text, with its marks and white space."""
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
    """Yields the weight of the characters around each place from `first` to before `end`, and their six types.

    A place is before the character with its number.
    """
    before, after = _BEFORE[first:], _AFTER[: max(0, end + 2 - len(text))]
    here = text[max(0, first - 3) : end + 2]
    characters = [*before, *here, *after]
    pairs = list(map(add, characters, characters[1:]))
    grams = (characters, pairs, list(map(add, pairs, characters[2:])))
    columns = (map(table.get, grams[size - 1][at : at + end - first], repeat(0)) for size, at, table in _OF_CHARACTERS)
    types = len(before) * _OTHER + here.translate(_types) + len(after) * _OTHER
    return ((sum(weights), types[at : at + 6]) for at, weights in enumerate(zip(*columns, strict=True)))


@lru_cache(KEPT_CONTEXTS)
def _weight_of_types(types: str) -> int:
    """The weight of the three types before a place and the three after it."""
    return int(_segmenter._BIAS + sum(table.get(types[at : at + size], 0) for size, at, table in _OF_TYPES))


@cache  # of at most 36,000 arguments
def _weight_of_decisions(decisions: str, types: str) -> int:
    """The weight of the decisions at the three places before, and of the types of three characters before and one after."""
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
