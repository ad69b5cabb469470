"""Work can be interrupted within each long step, not only between two steps."""

from collections import Counter

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from nutgraf.summarizer.interruption import check_for_interruption, checked_by, interruptible
from tests.builders import numbered_sentences

ARTICLES, SENTENCES = 6, 60


class StopError(Exception):
    """Raised by the checks of these tests."""


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    pool = numbered_sentences(ARTICLES * SENTENCES)
    texts = [" ".join(pool[number * SENTENCES :][:SENTENCES]) for number in range(ARTICLES)]
    return [Article(text, source=f"Paper {number}", language="en") for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def options() -> Options:
    return Options(
        length=Length("sentences", 100),
        headlines=HeadlineOptions(count=5),
        keywords=20,
        quotes=5,
        per_article=Length("sentences", 3),
        all_sentences=True,
    )


def test_each_long_step_checks_for_interruption_in_its_loops(articles: list[Article], options: Options) -> None:
    """There is at least one check for each sentence or candidate that a step processes."""
    checks: Counter[str] = Counter()
    ended: list[str] = []

    def check() -> None:
        checks[str(len(ended))] += 1

    with checked_by(check):
        summary = summarize(articles, options, on_step=ended.append)
    in_step = {step: checks[str(number)] for number, step in enumerate(ended)}
    kept = len({scored.sentence for report in summary.articles for scored in report.all_sentences or ()})
    least = {"clean": ARTICLES, "split": kept, "words": kept, "rank": kept, "select": kept, "figures": kept}
    least |= {"copies": ARTICLES, "headlines": 30, "keywords": 20}
    assert kept > 100
    assert {step for step, number in least.items() if in_step[step] < number} == set()


@pytest.mark.parametrize("after", [1, 100, 1_000, 2_000])
def test_a_check_that_raises_stops_the_work_there(articles: list[Article], options: Options, after: int) -> None:
    left = after

    def check() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise StopError

    with pytest.raises(StopError), checked_by(check):
        summarize(articles, options)
    assert left == 0


def test_a_check_changes_no_answer_and_ends_with_its_block(articles: list[Article], options: Options) -> None:
    with checked_by(lambda: None):
        answer = summarize(articles, options)
    assert answer == summarize(articles, options)

    def stop() -> None:
        raise StopError

    with checked_by(stop), pytest.raises(StopError):
        check_for_interruption()
    check_for_interruption()
    assert list(interruptible("ab")) == ["a", "b"]
