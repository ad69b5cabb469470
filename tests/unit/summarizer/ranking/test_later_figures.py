"""If two sentences report different figures for one thing, the later one is selected."""

from datetime import UTC, datetime

import pytest

from nutgraf.summarizer import Options, summarize
from tests.builders import article

EARLY = "A fire in a hotel in Kalden killed 17 people on Monday, police said. The hotel had ninety rooms."
LATE = "A fire in a hotel in Kalden killed 23 people on Monday, police said. Guests jumped from windows of the third floor."


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_sentence_with_the_later_figure_is_selected(order: tuple[int, int]) -> None:
    texts = [(EARLY, 3), (LATE, 9)]
    articles = [article(texts[each][0], published_at=datetime(2026, 3, 2, texts[each][1], tzinfo=UTC)) for each in order]
    text = summarize(articles, Options()).summary.text
    assert "killed 23 people" in text
    assert "killed 17 people" not in text
