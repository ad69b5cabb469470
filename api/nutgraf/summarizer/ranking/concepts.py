"""Sentences -> the concepts that they carry, and what each is worth to a summary.

A concept is a pair of neighbouring words, stemmed, at least one of them a content word (Gillick and Favre 2009, "A
scalable global model for summarization"). In each article that carries it, it is worth as much as the most salient
sentence that says it; what several articles carry is worth more than the sum of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, Ratings
from nutgraf.summarizer.reading.terms import Terms

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

    def sums(self) -> Ratings:
        """What the concepts of each sentence are worth together."""
        upto = np.concatenate([[0.0], np.cumsum(self.worth[self.carried])])
        return np.asarray(upto[self.starts[1:]] - upto[self.starts[:-1]])


def concepts(sentences: Sequence[Sentence], terms: Terms, salience: Ratings) -> Concepts:
    """The concepts of the sentences, worth by salience and by how many articles carry them."""
    together = (terms.sentence[:-1] == terms.sentence[1:]) & (terms.content[:-1] | terms.content[1:])
    pairs = (terms.ids[:-1] * len(terms.numbers) + terms.ids[1:])[together]
    kinds, concept_of = np.unique(pairs, return_inverse=True)
    count = max(1, len(kinds))
    # Sorted by sentence, then concept; a sentence that repeats a concept carries it once.
    sentence_of, carried = np.divmod(np.unique(terms.sentence[:-1][together] * count + concept_of), count)
    starts = np.searchsorted(sentence_of, np.arange(len(sentences) + 1))
    article = np.array([sentence.article for sentence in sentences])
    return Concepts(carried, starts, _worth(carried, article[sentence_of], salience[sentence_of], count))


def _worth(carried: NDArray[np.int64], article: NDArray[np.int_], salience: Ratings, count: int) -> Ratings:
    articles = int(article.max(initial=0)) + 1
    mentions, mention_of = np.unique(carried * articles + article, return_inverse=True)
    best = np.zeros(len(mentions))
    np.maximum.at(best, mention_of, salience)
    concept = mentions // articles
    total = np.bincount(concept, weights=best, minlength=count)
    carriers = np.bincount(concept, minlength=count)
    return np.asarray(np.round(total * carriers**AGREEMENT, DECIMALS))
