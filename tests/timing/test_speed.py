"""A guard against a slow step: beside the floor of the same run, never beside the clock; generous, for a busy machine."""

import time
from collections.abc import Callable

import pytest

from bench.news import articles
from bench.speed import floor, ours
from nutgraf.summarizer import Article, summarize
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.near_duplicates import near_duplicates
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import number as number_terms
from nutgraf.summarizer.reading.words import content_words
from tests.builders import numbered_sentences

# Parsing for headlines and key terms costs as much for a hundred sentences as for a thousand. A hundred take 7.3 floors.
MOST_TIMES_THE_FLOOR = 10
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
    return articles(numbered_sentences(size), size)


@pytest.mark.parametrize("size", SIZES)
def test_whole_summaries_cost_a_few_times_the_floor(size: int) -> None:
    texts = text(size)
    assert best(lambda: ours(texts)) <= MOST_TIMES_THE_FLOOR * best(lambda: floor(texts))


def test_cost_grows_with_the_text_and_not_with_its_square() -> None:
    """Ten times the text costs about ten times as much; squared, it would be a hundred."""
    small, large = text(400), text(4_000)
    assert best(lambda: ours(large)) <= 25 * best(lambda: ours(small))


def test_a_hundred_articles_are_compared_in_less_time_than_they_are_read() -> None:
    """Beside the reading of the same run, so that a busy machine does not fail it."""
    stories = [
        Article(" ".join(f"Story {number} has {word} and ship {word * number} at sea." for word in range(25)), language="en")
        for number in range(100)
    ]
    cleaned = [clean(story, "en") for story in stories]
    start = time.process_time()
    sentences = split(cleaned)
    words = content_words(sentences, ["en"] * len(stories))
    reading = time.process_time() - start
    terms = number_terms(words)
    start = time.process_time()
    near_duplicates(cleaned, sentences, terms)
    assert time.process_time() - start < reading


def test_a_hundred_thousand_equal_sentences_are_one() -> None:
    summary = summarize([Article("The bridge is closed. " * 100_000, language="en")])
    assert summary.summary.text == "The bridge is closed."
