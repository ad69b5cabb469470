"""Sentences -> the concepts that they carry, and what each is worth to a summary.

A concept is a pair of neighbouring words, stemmed, at least one of them a content word (Gillick and Favre 2009, "A
scalable global model for summarization"). In each article that carries it, it is worth as much as the most salient
sentence that says it; what several articles carry is worth more than the sum of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.summarizer.models import Sentence
from api.summarizer.ranking import DECIMALS, Ratings
from api.summarizer.words import SentenceWords

# A concept of n articles counts n ** AGREEMENT times over; searched as the constants of salience.py were.
AGREEMENT = 2


@dataclass(frozen=True, slots=True)
class Concepts:
    """Which concepts a sentence carries, as positions in `worth`: `carried[starts[i] : starts[i + 1]]`."""

    carried: NDArray[np.int64]
    starts: NDArray[np.int64]
    worth: Ratings

    def of(self, sentence: int) -> NDArray[np.int64]:
        """The concepts of a sentence, each once."""
        return self.carried[self.starts[sentence] : self.starts[sentence + 1]]


def concepts(sentences: Sequence[Sentence], words: Sequence[SentenceWords], salience: Ratings) -> Concepts:
    """The concepts of the sentences, worth by salience and by how many articles carry them."""
    pairs, sentence_of = _pairs(words)
    kinds, concept_of = np.unique(pairs, return_inverse=True)
    count = max(1, len(kinds))
    # Sorted by sentence, then concept; a sentence that repeats a concept carries it once.
    sentence_of, carried = np.divmod(np.unique(sentence_of * count + concept_of), count)
    starts = np.searchsorted(sentence_of, np.arange(len(sentences) + 1))
    article = np.array([sentence.article for sentence in sentences])
    return Concepts(carried, starts, _worth(carried, article[sentence_of], salience[sentence_of], count))


def _pairs(words: Sequence[SentenceWords]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair of neighbours as a number, and the sentence that it stands in."""
    numbers: dict[str, int] = {}
    ids: list[int] = []
    content: list[bool] = []
    sizes: list[int] = []
    for its in words:
        terms = [stem or token.lower() for stem, token in zip(its.stems, its.tokens, strict=True)]
        ids += [numbers.setdefault(term, len(numbers)) for term in terms]
        content += map(bool, its.stems)
        sizes.append(len(terms))
    sentence_of = np.repeat(np.arange(len(words)), sizes)
    numbered, is_content = np.array(ids, np.int64), np.array(content, bool)
    together = (sentence_of[:-1] == sentence_of[1:]) & (is_content[:-1] | is_content[1:])
    pairs = numbered[:-1] * len(numbers) + numbered[1:]
    return pairs[together], sentence_of[:-1][together]


def _worth(carried: NDArray[np.int64], article: NDArray[np.int_], salience: Ratings, count: int) -> Ratings:
    articles = int(article.max(initial=0)) + 1
    mentions, mention_of = np.unique(carried * articles + article, return_inverse=True)
    best = np.zeros(len(mentions))
    np.maximum.at(best, mention_of, salience)
    concept = mentions // articles
    total = np.bincount(concept, weights=best, minlength=count)
    carriers = np.bincount(concept, minlength=count)
    return np.asarray(np.round(total * carriers**AGREEMENT, DECIMALS))
