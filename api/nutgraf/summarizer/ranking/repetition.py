"""Sentences -> whether one tells again what another one told, judged by their words.

Two sentences share the weight of the content words that both have; rare words weigh more, because names, places and figures
tell events apart. Within an article reporters seldom repeat themselves, so that only nearly equal sentences count as
repeated there. The first sentences of two articles on one event nearly always tell the same, in whatever words.
"""

import os
from collections.abc import Sequence

import numpy as np

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# The part of the lighter sentence's weight that two sentences share if one repeats the other: in one article, in two, and
# if both are among the first LEDE_SENTENCES of their articles.
MIN_SHARED = float(os.environ.get("R1", 0.6))
MIN_SHARED_BETWEEN_ARTICLES = float(os.environ.get("R2", 0.45))
MIN_SHARED_BETWEEN_LEDES = float(os.environ.get("R3", 0.25))
LEDE_SENTENCES = int(os.environ.get("R4", 1))


class Repetition:
    """The shared weight of pairs of sentences; the content of each sentence is prepared when it is first asked for."""

    def __init__(self, sentences: Sequence[Sentence], words: Sequence[SentenceWords], terms: Terms) -> None:
        self._sentences = sentences
        self._words = words
        counts = np.bincount(terms.ids[terms.content], minlength=len(terms.numbers))
        self._idf = np.log1p(len(sentences) / (1 + counts))
        self._numbers = terms.numbers
        self._content: dict[int, dict[str, float]] = {}

    def repeats(self, position: int, other: int) -> bool:
        """Whether one of two sentences tells again what the other one tells."""
        return self.shared(position, other) >= self._limit(self._sentences[position], self._sentences[other])

    def shared(self, position: int, other: int) -> float:
        """Returns the part of the lighter sentence's weight that both sentences share, from 0 to 1."""
        one, two = self._content_of(position), self._content_of(other)
        if len(two) < len(one):
            one, two = two, one
        common = sum(weight for stem, weight in one.items() if stem in two)
        lighter = min(sum(one.values()), sum(two.values()))
        return common / lighter if lighter else 0.0

    @staticmethod
    def _limit(one: Sentence, other: Sentence) -> float:
        if one.article == other.article:
            return MIN_SHARED
        return MIN_SHARED_BETWEEN_LEDES if max(one.index, other.index) < LEDE_SENTENCES else MIN_SHARED_BETWEEN_ARTICLES

    def _content_of(self, position: int) -> dict[str, float]:
        content = self._content.get(position)
        if content is None:
            stems = self._words[position].content
            content = {stem: float(self._idf[self._numbers[stem]]) for stem in stems}
            content = self._content[position] = content or {token.lower(): 1.0 for token in self._words[position].tokens}
        return content
