"""A guard against a slow step: beside the floor of the same run, never beside the clock; generous, for a busy machine."""

import itertools
import time
from collections.abc import Callable

import pytest

from bench.news import articles
from bench.speed import floor, ours
from nutgraf.samples import sample

# Parsing for headlines and key terms costs as much for a hundred sentences as for a thousand.
MOST_TIMES_THE_FLOOR = 7
# Two thirds of a thousand sentences would take this share of a thousand's time if cost were quadratic.
SIZES = (100, 1_000)
RUNS = 4


def best(call: Callable[[], object]) -> float:
    """The least of a few runs, in seconds of the processor: other programs are no fault of the code."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken)


def text(size: int) -> list[str]:
    """Articles of 25 sentences."""
    return articles(sentences(size), size)


def sentences(size: int) -> list[str]:
    """Sentences from the words of the samples, each another one."""
    words = [
        word for each in sample("ferry")["articles"] if "text" in each for word in each["text"].replace(".", "").split()
    ]
    source = itertools.cycle(words)
    return [
        f"{number}th: {' '.join(itertools.islice(source, 11 + number % 13))} in the year {1200 + number}."
        for number in range(size)
    ]


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("size", SIZES)
def test_whole_summaries_cost_a_few_times_the_floor(size: int) -> None:
    texts = text(size)
    assert best(lambda: ours(texts)) <= MOST_TIMES_THE_FLOOR * best(lambda: floor(texts))


@pytest.mark.usefixtures("untraced")
def test_cost_grows_with_the_text_and_not_with_its_square() -> None:
    """Ten times the text costs about ten times as much; squared, it would be a hundred."""
    small, large = text(400), text(4_000)
    assert best(lambda: ours(large)) <= 25 * best(lambda: ours(small))
