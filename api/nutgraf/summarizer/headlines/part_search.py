"""Searches the choices of parts of a clause that fit a slot, best first.

Each part but the first depends on another one, its parent, and can be chosen only together with it. The value of a choice
is the sum of the weights of its parts, less the omission costs of the other parts, each the cost of leaving the part
out while its parent is chosen. A beam search decides on one part after the other and keeps the best choices of each length.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.interruption import interruptible

# The choices that each step keeps of those with the same length.
CHOICES_PER_LENGTH = 4
# A choice is stored as the bits of a 64-bit integer, so parts after this number are never chosen.
MAX_PARTS = 62


class Choice(NamedTuple):
    """The positions of parts, in order, with their value and their size in characters."""

    value: float
    size: int
    parts: tuple[int, ...]


def choices(
    parents: Sequence[int],
    sizes: Sequence[int],
    weights: Sequence[float],
    omission_costs: Sequence[float],
    available: Sequence[bool],
    longest: int,
) -> Iterator[Choice]:
    """Yields choices of parts, best first.

    The sequences have one item for each part. Part 0 is in every choice, and the parent of each other part is before
    it. Sizes are in characters; the parts of a choice have at most `longest` together. Parts that are not `available` are
    never chosen.
    """
    if sizes[0] > longest:
        return
    value, length, mask = np.zeros(1), np.full(1, sizes[0]), np.ones(1, np.int64)
    for part in interruptible(range(1, min(len(parents), MAX_PARTS))):
        has_parent = (mask >> parents[part]) & 1 == 1
        can_add = has_parent & (length + sizes[part] <= longest) if available[part] else np.zeros(len(mask), bool)
        value_without = value - omission_costs[part] * has_parent
        value = np.concatenate([value_without, value[can_add] + weights[part]])
        length = np.concatenate([length, length[can_add] + sizes[part]])
        mask = np.concatenate([mask, mask[can_add] | np.int64(1 << part)])
        value, length, mask = _best_of_each_length(np.round(value, 6), length, mask)
    for choice in np.lexsort((mask, -value)).tolist():
        bits = int(mask[choice])
        parts = tuple(part for part in range(len(parents)) if bits >> part & 1)
        yield Choice(float(value[choice]), int(length[choice]), parts)


def _best_of_each_length(
    value: NDArray[np.float64], length: NDArray[np.int_], mask: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int_], NDArray[np.int64]]:
    if len(value) <= CHOICES_PER_LENGTH:
        return value, length, mask
    order = np.lexsort((mask, -value, length))
    length = length[order]
    first = np.searchsorted(length, length)
    kept = np.arange(len(length)) - first < CHOICES_PER_LENGTH
    return value[order][kept], length[kept], mask[order][kept]
