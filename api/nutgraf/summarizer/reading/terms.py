"""Numbers the terms of sentences, in arrays, so that later steps can count with numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.reading.words import SentenceWords

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Terms:
    """The tokens of all sentences, one after the other, as three arrays of the same length: `ids`, `content`, `sentence`.

    The term of a token is its stem or, for a stop word, the word in lower case.

    - `numbers`: the number of each term, in the order of first mention.
    - `ids`: for each token, the number of its term.
    - `content`: for each token, whether it is a content word.
    - `sentence`: for each token, the position of its sentence.
    - `sentences`: how many sentences there are.
    """

    numbers: Mapping[str, int]
    ids: Numbers
    content: NDArray[np.bool_]
    sentence: Numbers
    sentences: int

    def subset(self, positions: Sequence[int]) -> "Terms":
        """Returns the terms of the sentences at `positions`, which are numbered from 0 again; term numbers are unchanged."""
        position = np.full(self.sentences, -1)
        position[list(positions)] = np.arange(len(positions))
        sentence = position[self.sentence]
        is_kept = sentence >= 0
        return Terms(self.numbers, self.ids[is_kept], self.content[is_kept], sentence[is_kept], len(positions))


def distinct(numbers: Numbers) -> Numbers:
    """Returns the distinct numbers, sorted; numpy's `unique`, which hashes them, takes twenty times as long."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def number_terms(words: Sequence[SentenceWords]) -> Terms:
    """Returns the terms of the sentences.

    Each distinct stem or stop word gets a number, and each token has the number of its term.
    """
    numbers: dict[str, int] = {}
    ids: list[int] = []
    content: list[bool] = []
    for sentence_words in interruptible(words):
        terms = [stem or token.lower() for stem, token in zip(sentence_words.stems, sentence_words.tokens, strict=True)]
        for term in terms:
            if term not in numbers:
                numbers[term] = len(numbers)
        ids += map(numbers.__getitem__, terms)
        content += map(bool, sentence_words.stems)
    sentence = np.repeat(np.arange(len(words)), [len(sentence_words.tokens) for sentence_words in words])
    return Terms(numbers, np.array(ids, np.int64), np.array(content, bool), sentence, len(words))
