"""Measures whether a step's time grows in proportion to its input."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")

# If the input doubles, a step may take at most this many times as long. Linear steps take 2.0 to 2.2 times, quadratic ones
# 4.
MOST_TIMES = 2.4
# A CPU time below this is too short to compare.
LEAST_SECONDS = 0.03
# The input is doubled until it takes longer than this. A quadratic part of a step may be a tenth of its time for a small
# input, where no ratio shows it, and most of its time for an input eight times as large.
ENOUGH_SECONDS = 0.3
# A shared machine may be half as fast for some seconds. So a ratio that looks wrong is measured again, with times right
# after one another; a step that grows too fast does so each time.
ROUNDS = 7


def growth(step: Callable[[Input], object], make: Callable[[int], Input], size: int, most: int) -> float:
    """Returns the highest ratio of a step's times for an input and half of it, for sizes from `size`, doubled, to `most`.

    Only the step is measured. The result is 0 if the time at `most` is below LEAST_SECONDS.
    """
    worst = 0.0
    small = make(size)
    took = seconds(step, small)
    while took >= LEAST_SECONDS or 2 * size <= most:
        large = make(2 * size)
        twice = seconds(step, large)
        if took >= LEAST_SECONDS:
            ratio = twice / took
            worst = max(worst, ratio if ratio <= MOST_TIMES else _ratio(step, small, large))
            if worst > MOST_TIMES or twice >= ENOUGH_SECONDS or 2 * size > most:
                break
        size, small, took = 2 * size, large, twice
    return worst


def _ratio(step: Callable[[Input], object], small: Input, large: Input) -> float:
    """The lowest of a few ratios of the times for a large and a small input; stops at one that is small enough."""
    least = float("inf")
    for _ in range(ROUNDS):
        before, twice, after = seconds(step, small), seconds(step, large), seconds(step, small)
        least = min(least, 2 * twice / (before + after))
        if least <= MOST_TIMES:
            break
    return least


def seconds(step: Callable[[Input], object], value: Input) -> float:
    """Returns the CPU time of a step, without garbage collections that it could cause."""
    gc.collect(0)
    gc.disable()
    try:
        began = time.process_time()
        step(value)
        return time.process_time() - began
    finally:
        gc.enable()
