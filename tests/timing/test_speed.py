"""Detects slow steps: compares with a simple baseline, the floor, in the same run, generously, as machines may be busy."""

import time
from collections.abc import Callable

import pytest

from bench.news import articles
from bench.speed import floor, ours
from nutgraf.summarizer import Article, summarize
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.near_duplicates import near_duplicates
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import content_words
from tests.builders import numbered_sentences

# The maximum number of floors by number of sentences, twice what they take on a busy machine. Parsing for headlines and key
# terms costs as much for a hundred sentences as for a thousand: a hundred take 15 to 24 floors, a thousand 9. A hundred took
# 7.3 while articles with the same phrases and other figures, as these are, counted as copies.
MOST_TIMES_THE_FLOOR = {100: 50, 1_000: 20}
RUNS = 4


def best(call: Callable[[], object]) -> float:
    """The minimum CPU time of a few runs, because other programs may run at the same time."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken)


def text(size: int) -> list[str]:
    """Articles of 25 sentences."""
    return articles(numbered_sentences(size), size)


@pytest.mark.parametrize("size", MOST_TIMES_THE_FLOOR)
def test_summaries_take_a_few_times_the_minimum_time(size: int) -> None:
    texts = text(size)
    assert best(lambda: ours(texts)) <= MOST_TIMES_THE_FLOOR[size] * best(lambda: floor(texts))


def test_time_grows_linearly_with_the_text() -> None:
    """Ten times the text takes about ten times as long; if time were quadratic, it would be a hundred times."""
    small, large = text(400), text(4_000)
    assert best(lambda: ours(large)) <= 25 * best(lambda: ours(small))


def test_comparing_a_hundred_articles_takes_less_time_than_reading_them() -> None:
    """Both are measured in the same run, so that a busy machine does not make the test fail."""
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


def test_a_hundred_thousand_equal_sentences_count_as_one() -> None:
    summary = summarize([Article("The bridge is closed. " * 100_000, language="en")])
    assert summary.summary.text == "The bridge is closed."
