"""Clustering by average linkage, and then by nearest neighbours."""

import random

import numpy as np
import pytest

from nutgraf.summarizer.stories.clustering import NEAREST_RATIO, NEAREST_STORY, SAME_STORY, clusters
from nutgraf.summarizer.stories.similarity import Pairs


def pairs(*triples: tuple[int, int, float]) -> Pairs:
    first, second, similarity = zip(*triples, strict=True) if triples else ((), (), ())
    return np.array(first, np.int64), np.array(second, np.int64), np.array(similarity, np.float64)


def grouped(count: int, *triples: tuple[int, int, float], names: list[str | None] | None = None) -> list[list[int]]:
    return clusters(count, pairs(*triples), names or [None] * count)


def test_articles_that_are_not_similar_stay_alone() -> None:
    assert grouped(3) == [[0], [1], [2]]
    assert grouped(2, (0, 1, NEAREST_STORY - 0.01)) == [[0], [1]]


def test_a_chain_of_similar_articles_is_not_one_story() -> None:
    """Each is similar to the next, but the first is not similar to the last, so the average is too low."""
    high, low = SAME_STORY + 0.1, SAME_STORY + 0.05
    assert grouped(4, (0, 1, high), (1, 2, low), (2, 3, high)) == [[0, 1], [2, 3]]


def test_the_most_similar_are_joined_first() -> None:
    assert grouped(4, (0, 1, 0.5), (1, 2, 0.6), (0, 3, 0.5)) == [[0, 3], [1, 2]]
    assert grouped(3, (0, 1, 0.5), (1, 2, 0.6), (0, 2, 0.4)) == [[0, 1, 2]]


def test_a_less_similar_article_joins_its_nearest_if_no_other_is_near() -> None:
    near = (SAME_STORY + NEAREST_STORY) / 2
    assert grouped(2, (0, 1, near)) == [[0, 1]]
    assert grouped(3, (0, 1, near), (0, 2, near / NEAREST_RATIO - 0.01)) == [[0, 1], [2]]
    assert grouped(3, (0, 1, near), (0, 2, near / NEAREST_RATIO + 0.01)) == [[0], [1], [2]]


def test_several_articles_may_have_the_same_nearest_story() -> None:
    """The news, and two articles about its consequences."""
    near = SAME_STORY - 0.02
    hub = [(0, 1, 0.7)]
    satellites = [(place, satellite, near) for satellite in (2, 3) for place in (0, 1)]
    assert grouped(4, *hub, *satellites) == [[0, 1, 2, 3]]
    other = [(2, 4, 0.8 * near), (2, 5, 0.8 * near), (4, 5, 0.7)]
    assert grouped(6, *hub, *satellites, *other) == [[0, 1, 3], [2], [4, 5]]


def test_names_join_articles_and_different_names_separate_them() -> None:
    assert grouped(3, names=["a", None, "a"]) == [[0, 2], [1]]
    assert grouped(2, (0, 1, 1.0), names=["a", "b"]) == [[0], [1]]
    assert grouped(3, (0, 2, 0.6), (1, 2, 0.5), names=["a", "b", None]) == [[0, 2], [1]]
    near = (SAME_STORY + NEAREST_STORY) / 2
    assert grouped(2, (0, 1, near), names=["a", "b"]) == [[0], [1]]


def test_a_new_article_joins_the_story_with_the_highest_average_similarity() -> None:
    assert grouped(3, (0, 2, 0.6), (1, 2, 0.4), names=["a", "a", None]) == [[0, 1, 2]]
    assert grouped(3, (0, 2, 0.5), (1, 2, 0.0), names=["a", "a", None]) == [[0, 1, 2]]  # near, and nothing else is
    assert grouped(3, (0, 2, 0.3), (1, 2, 0.0), names=["a", "a", None]) == [[0, 1], [2]]


@pytest.mark.parametrize("seed", range(5))
def test_clusters_equal_those_of_a_simple_implementation(seed: int) -> None:
    """A slow implementation that compares all pairs of clusters each time gives the same result."""
    chance = random.Random(seed)
    count = 25
    similarity = {
        (i, j): round(chance.random() ** 2, 6) for i in range(count) for j in range(i + 1, count) if chance.random() < 0.5
    }

    def average(one: list[int], other: list[int]) -> float:
        total = sum(similarity.get((min(i, j), max(i, j)), 0.0) for i in one for j in other)
        return total / (len(one) * len(other))

    expected = [[i] for i in range(count)]
    while True:
        best = max(((average(a, b), a, b) for a in expected for b in expected if a[0] < b[0]), key=lambda entry: entry[0])
        if best[0] < SAME_STORY:
            break
        expected = [each for each in expected if each not in best[1:]] + [sorted(best[1] + best[2])]
    joined = True
    while joined:
        joined = False
        nearest = {}
        for one in expected:
            ranked = sorted(((average(one, other), -other[0], other) for other in expected if other != one), reverse=True)
            (first, _, other), (second, *_) = ranked[:2]
            if first >= max(NEAREST_STORY, NEAREST_RATIO * second):
                nearest[tuple(one)] = (first, tuple(other))
        wanted = sorted(
            {
                (-similarity, min(one, other), max(one, other))
                for one, (similarity, other) in nearest.items()
                if len(one) < len(other) or nearest.get(other, (0, ()))[1] == one
            }
        )
        used: set[tuple[int, ...]] = set()
        for _, one_, other_ in wanted:
            if used.isdisjoint((one_, other_)):
                expected = [each for each in expected if tuple(each) not in (one_, other_)] + [sorted([*one_, *other_])]
                used |= {one_, other_}
                joined = True
    assert grouped(count, *((i, j, value) for (i, j), value in similarity.items())) == sorted(expected)
