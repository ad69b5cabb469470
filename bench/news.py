"""Builds articles of any size from a file of news, to measure time."""

import json
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from nutgraf.summarizer.reading.sentences import punkt

ARTICLE_SENTENCES = 25
MIN_SENTENCE_WORDS = 5


def sentences(file: Path) -> list[str]:
    """Returns the sentences of a file in order, without very short ones; each line is {"articles": [{"text"}]}."""
    result = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            for block in chain.from_iterable(article["text"].split("\n") for article in json.loads(line)["articles"]):
                result += [
                    sentence for sentence in punkt("english").tokenize(block) if len(sentence.split()) >= MIN_SENTENCE_WORDS
                ]
    return result


def articles(pool: Sequence[str], count: int) -> list[str]:
    """Returns articles of 25 sentences each, with `count` sentences of the pool in all; the pool is repeated if needed."""
    chosen = list(islice(chain.from_iterable(iter(lambda: pool, None)), count))
    return [" ".join(chosen[start : start + ARTICLE_SENTENCES]) for start in range(0, count, ARTICLE_SENTENCES)]
