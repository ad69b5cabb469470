"""Content words -> centrality: LexRank (Erkan and Radev 2004, JAIR 22) on sumy's class.

sumy compares every pair of sentences in Python, 18 µs each. Here a sentence is a row of a sparse matrix of
tf-idf weights with unit length, so that all similarities are one product; with sumy's own parameters the ratings
are sumy's, to rounding. The service's default is the paper's continuous LexRank (section 3.3), damped and iterated
until it stands still: no threshold to tune, and the product is never formed, so that a step costs what the text
costs and not its square.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sumy.summarizers.lex_rank import LexRankSummarizer

Ratings = NDArray[np.float64]

# The paper's damping, which is PageRank's.
DAMPING = 0.85
# The walk stops when no rating moves by more than this share of the mean rating.
TOLERANCE = 1e-6
MAX_STEPS = 100
# Ratings are compared and reported at this precision, so that the order of additions on some machine decides nothing.
DECIMALS = 9
# What an answer names, so that it can be computed again.
PARAMETERS = {"damping": DAMPING, "tolerance": TOLERANCE}


class LexRank(LexRankSummarizer):
    """sumy's LexRank over sparse matrices; `rate` instead of calling it gives the ratings themselves."""

    def rate(self, sentences: Sequence[Sequence[str]]) -> Ratings:
        """The rating of each sentence, given by its stemmed content words, as sumy's class computes it."""
        if not sentences:
            return np.zeros(0)
        matrix = self._create_matrix(sentences, self.threshold, None, None)
        return self.power_method(matrix, self.epsilon)

    def _create_matrix(
        self, sentences: Sequence[Sequence[str]], threshold: float, tf_metrics: None, idf_metrics: None
    ) -> csr_matrix:
        """sumy's matrix of transitions, sparse: sentences similar beyond the threshold, rows summing to one."""
        weights = tf_idf(sentences)
        similarity = (weights @ weights.T).tocsr()
        # sumy asks `similarity > threshold`; rounding keeps the last bit of a sum from answering.
        similarity.data = (np.round(similarity.data, 12) > threshold).astype(float)
        similarity.eliminate_zeros()
        degrees = np.maximum(_row_sums(similarity), 1)
        return csr_matrix(diags(1 / degrees) @ similarity)

    @staticmethod
    def power_method(matrix: csr_matrix, epsilon: float) -> Ratings:
        """sumy's iteration, as it is: it stops as soon as a step moves by no more than epsilon."""
        transposed, ratings = matrix.T.tocsr(), np.full(matrix.shape[0], 1 / matrix.shape[0])
        step = 1.0
        while step > epsilon:
            following = transposed @ ratings
            following /= np.linalg.norm(following)
            step = float(np.linalg.norm(following - ratings))
            ratings = following
        return ratings


def tf_idf(sentences: Sequence[Sequence[str]], *, smoothed: bool = False) -> csr_matrix:
    """Unit rows of tf-idf, (sentences x terms), as sumy weights them: tf over the sentence's highest, idf of
    sentences as log(n / (1 + n_j)), which a term in half of two sentences has at zero; `smoothed` has it above."""
    vocabulary: dict[str, int] = {}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for sentence in sentences:
        counts = Counter(sentence)
        highest = max(counts.values(), default=1)
        for term, count in counts.items():
            indices.append(vocabulary.setdefault(term, len(vocabulary)))
            values.append(count / highest)
        ends.append(len(indices))
    shape = (len(sentences), max(1, len(vocabulary)))
    frequency = np.bincount(indices, minlength=shape[1])
    idf = np.log1p(len(sentences) / (1 + frequency)) if smoothed else np.log(len(sentences) / (1 + frequency))
    weights = csr_matrix((np.asarray(values) * idf[indices] if indices else values, indices, ends), shape)
    return _unit_rows(weights)


def rank(sentences: Sequence[Sequence[str]]) -> Ratings:
    """Centrality of each sentence, 0..1, the highest 1, by continuous LexRank."""
    count = len(sentences)
    weights = tf_idf(sentences, smoothed=True)
    degrees = weights @ (weights.T @ np.ones(count))
    transitions = csr_matrix(diags(np.divide(1, degrees, out=np.zeros(count), where=degrees > 0)) @ weights)
    ratings = np.full(count, 1 / count)
    for _ in range(MAX_STEPS):
        following = (1 - DAMPING) / count + DAMPING * (weights @ (transitions.T @ ratings))
        moved = np.abs(following - ratings).max()
        ratings = following
        if moved < TOLERANCE / count:
            break
    return np.asarray(np.round(ratings / ratings.max(), DECIMALS))


def _unit_rows(weights: csr_matrix) -> csr_matrix:
    norms = np.sqrt(_row_sums(weights.multiply(weights)))
    return csr_matrix(diags(np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)) @ weights)


def _row_sums(matrix: csr_matrix) -> Ratings:
    return np.asarray(matrix.sum(axis=1), float).ravel()
