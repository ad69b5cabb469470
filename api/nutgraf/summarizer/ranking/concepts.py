"""Finds the concepts of sentences, and the weight of each concept.

A concept is a pair of adjacent stemmed words, at least one of which is a content word (Gillick and Favre 2009, "A scalable
global model for summarization"). Its weight in one article is the salience of the most salient sentence that contains it.
The weights of all articles are added, and the sum is raised if several articles contain the concept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, FloatArray
from nutgraf.summarizer.reading.terms import Terms, distinct

# The weights of a concept in n articles are multiplied by n ** AGREEMENT; tuned like the constants of salience.py.
AGREEMENT = 2


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts of all sentences, stored like the rows of a sparse matrix (CSR).

    Sentence i contains the concepts `carried[starts[i] : starts[i + 1]]`. They are positions in `worth`, which has the
    weight of each concept.
    """

    carried: NDArray[np.int64]
    starts: NDArray[np.int64]
    worth: FloatArray

    def of(self, sentence: int) -> NDArray[np.int64]:
        """Returns the distinct concepts of the sentence at a position, sorted: shape (concepts,)."""
        return self.carried[self.starts[sentence] : self.starts[sentence + 1]]

    def sums(self, worth: FloatArray, first: int, end: int) -> FloatArray:
        """Returns the sum of the weights of each sentence's concepts, by the weights in `worth`: shape (end - first,).

        They are those of the sentences from `first` to before `end`.
        """
        starts = self.starts[first : end + 1]
        cumulative = np.concatenate([[0.0], np.cumsum(worth[self.carried[starts[0] : starts[-1]]])])
        starts = starts - starts[0]
        return np.asarray(cumulative[starts[1:]] - cumulative[starts[:-1]])


def concepts(sentences: Sequence[Sentence], terms: Terms, salience: FloatArray) -> Concepts:
    """Returns the concepts of the sentences with their weights.

    `salience` is the salience of each sentence. A weight is the sum, over the articles that contain the concept, of the
    best salience there, times the number of these articles to the power of AGREEMENT.
    """
    is_pair = (terms.sentence[:-1] == terms.sentence[1:]) & (terms.content[:-1] | terms.content[1:])
    pairs = (terms.ids[:-1] * len(terms.numbers) + terms.ids[1:])[is_pair]
    kinds, concept_of = np.unique(pairs, return_inverse=True)
    count = max(1, len(kinds))
    # Sorted by sentence, then by concept, without repetitions within a sentence.
    sentence_of, carried = np.divmod(distinct(terms.sentence[:-1][is_pair] * count + concept_of), count)
    starts = np.searchsorted(sentence_of, np.arange(len(sentences) + 1))
    article = np.array([sentence.article for sentence in sentences])
    return Concepts(carried, starts, _worth(carried, article[sentence_of], salience[sentence_of], count))


def _worth(carried: NDArray[np.int64], article: NDArray[np.int_], salience: FloatArray, count: int) -> FloatArray:
    articles = int(article.max(initial=0)) + 1
    mentions, mention_of = np.unique(carried * articles + article, return_inverse=True)
    best_salience = np.zeros(len(mentions))
    np.maximum.at(best_salience, mention_of, salience)
    concept = mentions // articles
    total = np.bincount(concept, weights=best_salience, minlength=count)
    carriers = np.bincount(concept, minlength=count)
    return np.asarray(np.round(total * carriers**AGREEMENT, DECIMALS))
