"""Computes tf-idf weights of terms.

A sentence is a row of unit length, so the product of two rows is their cosine similarity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nutgraf.summarizer.reading.terms import Terms

FloatArray = NDArray[np.float64]

# The number of decimal places of scores: rounding makes them independent of the order of additions on a machine.
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class TermWeights:
    """tf-idf weights as a matrix of unit rows (sentences x terms); `column_of` maps a term to its column."""

    weights: csr_matrix
    column_of: Mapping[str, int]

    @property
    def self_similarity(self) -> FloatArray:
        """The similarity of each sentence to itself: 1 if it has content words, otherwise 0."""
        return np.diff(self.weights.indptr).astype(bool).astype(float)


def tf_idf(terms: Terms, *, smoothed: bool = True) -> TermWeights:
    """Returns the tf-idf weights of the content words of sentences; tf is divided by the highest count in the sentence.

    idf is log(1 + n / (1 + n_j)), for a term in n_j of n sentences. Without `smoothed` it is sumy's log(n / (1 + n_j)),
    which is zero for a term in one sentence of a text of two.
    """
    width = max(1, len(terms.numbers))
    keys, counts = np.unique(terms.sentence[terms.content] * width + terms.ids[terms.content], return_counts=True)
    sentence, term = np.divmod(keys, width)
    highest = np.zeros(terms.sentences)
    np.maximum.at(highest, sentence, counts)
    ratio = terms.sentences / (1 + np.bincount(term, minlength=width))
    idf = np.log1p(ratio) if smoothed else np.log(ratio)
    row_ends = np.searchsorted(sentence, np.arange(terms.sentences + 1))
    weights = csr_matrix((counts / highest[sentence] * idf[term], term, row_ends), (terms.sentences, width))
    return TermWeights(_unit_rows(weights), terms.numbers)


def similarity_to(terms: TermWeights, stems: Iterable[str]) -> FloatArray:
    """Returns the cosine similarity of each sentence to a text given by its stems; all 0 if no sentence has one of them."""
    query = np.zeros(terms.weights.shape[1])
    query[[terms.column_of[stem] for stem in dict.fromkeys(stems) if stem in terms.column_of]] = 1
    norm = float(np.linalg.norm(query))
    return np.asarray(terms.weights @ query / norm) if norm else np.zeros(terms.weights.shape[0])


def _unit_rows(weights: csr_matrix) -> csr_matrix:
    sizes = np.diff(weights.indptr)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    norms = np.sqrt(np.bincount(row_of, weights.data**2, len(sizes)))
    weights.data /= np.where(norms > 0, norms, 1)[row_of]
    return weights
