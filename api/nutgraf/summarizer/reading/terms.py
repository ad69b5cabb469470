"""Words -> numbers: each term gets one, once, and the steps after count in arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.reading.words import SentenceWords

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Terms:
    """The tokens of all sentences, one after the other, as arrays of one length.

    A token's term is its stem or, for a function word, the word in lower case; `numbers` gives each term its number, in the
    order of first mention. `sentence` is the position of the token's sentence, of `sentences` in all.
    """

    numbers: Mapping[str, int]
    ids: Numbers
    content: NDArray[np.bool_]
    sentence: Numbers
    sentences: int

    def subset(self, kept: Sequence[int]) -> "Terms":
        """The terms of some of the sentences, which are counted anew; the numbers stay."""
        position = np.full(self.sentences, -1)
        position[list(kept)] = np.arange(len(kept))
        sentence = position[self.sentence]
        stays = sentence >= 0
        return Terms(self.numbers, self.ids[stays], self.content[stays], sentence[stays], len(kept))


def number(words: Sequence[SentenceWords]) -> Terms:
    """The terms of sentences given by their words."""
    numbers: dict[str, int] = {}
    ids: list[int] = []
    content: list[bool] = []
    for its in words:
        terms = [stem or token.lower() for stem, token in zip(its.stems, its.tokens, strict=True)]
        ids += [numbers.setdefault(term, len(numbers)) for term in terms]
        content += map(bool, its.stems)
    sentence = np.repeat(np.arange(len(words)), [len(its.tokens) for its in words])
    return Terms(numbers, np.array(ids, np.int64), np.array(content, bool), sentence, len(words))
