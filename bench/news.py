"""Articles of any size from a file of news, for what measures time."""

import json
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from nutgraf.summarizer.reading.sentences import punkt

ARTICLE_SENTENCES = 25
SHORTEST_WORDS = 5


def sentences(file: Path) -> list[str]:
    """The sentences of a file in order; a line is {"articles": [{"text"}]}."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            for block in chain.from_iterable(article["text"].split("\n") for article in json.loads(line)["articles"]):
                found += [
                    sentence for sentence in punkt("english").tokenize(block) if len(sentence.split()) >= SHORTEST_WORDS
                ]
    return found


def articles(pool: Sequence[str], count: int) -> list[str]:
    """So many sentences of the pool, in order and from the start again where it ends, as articles of 25."""
    some = list(islice(chain.from_iterable(iter(lambda: pool, None)), count))
    return [" ".join(some[at : at + ARTICLE_SENTENCES]) for at in range(0, count, ARTICLE_SENTENCES)]
