"""Japanese words, split as TinySegmenter splits them."""

from random import Random

import pytest

from tests.language_samples import language_samples

tinysegmenter = pytest.importorskip("tinysegmenter")
japanese = pytest.importorskip("nutgraf.summarizer.reading.japanese")

# Characters of each type, marks, and characters outside the tables.
CHARACTERS = "一三百万々〆ヵ東京都知事ぁあいうんァアイウーｱﾞａＺazZéß019０９。、「」『』（）,.!?-−〓―• \u3000\n\u0301€😀"


def by_tinysegmenter(text: str) -> list[str]:
    words: list[str] = tinysegmenter.TinySegmenter().tokenize(text)
    return words


@pytest.mark.parametrize("chunk", [10_000, 1, 2, 3, 7])
def test_words_equal_those_of_tinysegmenter(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For any characters and for news, in batches of any size."""
    monkeypatch.setattr(japanese, "CHUNK", chunk)
    random = Random(chunk)
    news = language_samples()["ja"].paragraph
    for _ in range(200):
        at, length = random.randrange(len(news)), random.randrange(30)
        for text in ("".join(random.choices(CHARACTERS, k=length)), news[at : at + length]):
            assert japanese.japanese_words(text) == by_tinysegmenter(text)
