"""Parts of a clause -> the choices of parts that fit a slot, best first.

A beam search over the parts in their order keeps the best choices of every length. What a choice is worth is what its parts
are worth, less what the gaps cost that it leaves: parts that are missing although what they hang on is there.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# Choices of one length that are kept at each step.
WIDTH = 4
# A choice is a mask of bits; what comes after so many parts is left out.
MAX_PARTS = 62


def choices(
    parents: Sequence[int],
    sizes: Sequence[int],
    worths: Sequence[float],
    gaps: Sequence[float],
    available: Sequence[bool],
    longest: int,
) -> Iterator[tuple[float, list[int]]]:
    """Yields choices of parts with what they are worth, best first.

    Part 0 is in every choice; the parent of each other part precedes it. Sizes are in characters, and a choice has at most
    `longest` of them.
    """
    if sizes[0] > longest:
        return
    value, length, mask = np.zeros(1), np.full(1, sizes[0]), np.ones(1, np.int64)
    for part in range(1, min(len(parents), MAX_PARTS)):
        hangs = (mask >> parents[part]) & 1 == 1
        taken = hangs & (length + sizes[part] <= longest) if available[part] else np.zeros(len(mask), bool)
        without = value - gaps[part] * hangs
        value = np.concatenate([without, value[taken] + worths[part]])
        length = np.concatenate([length, length[taken] + sizes[part]])
        mask = np.concatenate([mask, mask[taken] | np.int64(1 << part)])
        value, length, mask = _best_of_each_length(np.round(value, 6), length, mask)
    for choice in np.lexsort((mask, -value)).tolist():
        bits = int(mask[choice])
        yield float(value[choice]), [part for part in range(len(parents)) if bits >> part & 1]


def _best_of_each_length(
    value: NDArray[np.float64], length: NDArray[np.int_], mask: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int_], NDArray[np.int64]]:
    if len(value) <= WIDTH:
        return value, length, mask
    order = np.lexsort((mask, -value, length))
    length = length[order]
    first = np.searchsorted(length, length)
    kept = np.arange(len(length)) - first < WIDTH
    return value[order][kept], length[kept], mask[order][kept]
