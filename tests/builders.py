"""Builders of requests and articles, so that a test shows only the fields that matter to it."""

import json
import os
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from nutgraf.samples import sample
from nutgraf.summarizer import Article

NEWS = (
    "The harbour bridge will close for eleven weeks from Monday, the city said. Engineers found cracks in two of the "
    "bridge's six piers in March. Buses will take another way and need twenty minutes longer. Repairs will cost "
    "9 million euros, which the city will borrow. The bridge opened in 1961 and carries 40,000 cars a day."
)
# Articles in wire style that were invented for the tests, with reference summaries. Do not tune the summarizer on them.
INVENTED_NEWS = Path(__file__).parent / "invented_news.jsonl"
# The folder of real news, which is not part of the project.
SHARED = Path(os.environ.get("NUTGRAF_NEWS", Path(__file__).parents[2] / "shared" / "data"))


def article(text: str = NEWS, **more: Any) -> Article:
    """An article, by default in English."""
    return Article(text, **{"language": "en", **more})


def body(*texts: str, **more: Any) -> dict[str, Any]:
    """The body of a request with an article for each text."""
    return {"articles": [{"text": text} for text in texts or (NEWS,)], **more}


def real_news(name: str, limit: int | None = None) -> list[dict[str, Any]]:
    """Rows of a news set; the test is skipped if the set is not installed."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {name} in the folder that NUTGRAF_NEWS names")
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, limit)]
    assert rows, f"{path} is empty"
    return rows


def invented_news() -> list[dict[str, Any]]:
    """The invented articles, as rows of a news set."""
    return [json.loads(line) for line in INVENTED_NEWS.read_text(encoding="utf-8").splitlines()]


class Unread:
    """A `wsgi.input` that fails if the body is read."""

    def read(self, *arguments: Any) -> bytes:
        raise AssertionError("The body was read.")

    readline = readinto = read


def numbered_sentences(size: int) -> list[str]:
    """Different sentences made of words of the samples."""
    words = [
        word for each in sample("ferry")["articles"] if "text" in each for word in each["text"].replace(".", "").split()
    ]
    source = cycle(words)
    return [
        f"{number}th: {' '.join(islice(source, 11 + number % 13))} in the year {1200 + number}." for number in range(size)
    ]
