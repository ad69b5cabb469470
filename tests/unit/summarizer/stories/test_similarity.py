"""The similarities of pairs equal those of a slow loop, and do not depend on other articles."""

import math
import random

import pytest

from nutgraf.summarizer.stories import similarity
from nutgraf.summarizer.stories.features import Features


def made(count: int, seed: int) -> list[Features]:
    chance = random.Random(seed)
    articles = []
    for _ in range(count):
        weights = {f"word{chance.randrange(30):02}": chance.random() + 0.1 for _ in range(chance.randrange(1, 9))}
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        rare = frozenset(stem for stem in weights if stem > "word10")
        language = chance.choice(["en", "en", "fr"])
        articles.append(Features(language, {stem: weight / norm for stem, weight in weights.items()}, rare, None))
    return articles


def pairs(articles: list[Features]) -> dict[tuple[int, int], float]:
    first, second, values = similarity.similarities(articles)
    return dict(zip(zip(first.tolist(), second.tolist(), strict=True), values.tolist(), strict=True))


@pytest.mark.parametrize("rows", [2, 7, 256])
def test_similarities_equal_those_of_a_simple_loop(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "_BLOCK_ROWS", rows)
    articles = made(23, rows)
    expected = {}
    for second, other in enumerate(articles):
        for first, one in enumerate(articles[:second]):
            shared = one.weights.keys() & other.weights.keys()
            cosine = sum(one.weights[stem] * other.weights[stem] for stem in shared)
            cosine *= min(1.0, len(shared) / similarity.MIN_SHARED_WORDS)
            if one.language == other.language and one.rare & other.rare and cosine >= similarity.MIN_COSINE:
                expected[first, second] = pytest.approx(cosine, abs=1e-8)
    assert pairs(articles) == expected


def test_similarities_do_not_depend_on_other_articles() -> None:
    articles = made(40, 3)
    alone = pairs(articles[:20])
    assert alone
    assert {pair: value for pair, value in pairs(articles).items() if pair[1] < 20} == alone
