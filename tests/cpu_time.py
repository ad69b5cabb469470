"""Limits of CPU time that hold on slow machines too."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# The CPU time of `_reference()` on the machine for which the limits are chosen. A shared machine is half as fast at times.
REFERENCE_SECONDS = 0.014
# The machine's speed varies: the median of this many measurements counts.
MEASUREMENTS = 5


@contextmanager
def at_most(limit: float, what: object = "") -> Iterator[None]:
    """Fails if the block needs more than `limit` seconds of CPU time, or proportionally more on a slower machine."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    if took >= limit:  # only now is it worth the time to measure the machine
        limit *= slowness()
    assert took < limit, f"{took:.2f} seconds of CPU time instead of {limit:.2f} {what}"


def slowness() -> float:
    """How many times as long as on the reference machine this machine takes for the same work; at least 1."""
    return max(1.0, sorted(_reference() for _ in range(MEASUREMENTS))[MEASUREMENTS // 2] / REFERENCE_SECONDS)


def _reference() -> float:
    """Measures work of the kind that the tests measure: short strings, a dictionary, calls."""
    began = time.process_time()
    counts: dict[str, int] = {}
    for number in range(100_000):
        word = str(number % 1_000)
        counts[word] = counts.get(word, 0) + len(word)
    return time.process_time() - began
