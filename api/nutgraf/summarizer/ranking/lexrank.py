"""Computes centrality from content words: LexRank (Erkan and Radev 2004, JAIR 22), based on sumy's class.

sumy compares every pair of sentences in Python, which takes 18 µs per pair. Here each sentence is a row of a sparse matrix
of tf-idf weights with unit length, so that one matrix product gives all similarities. The class `LexRank` has sumy's
interface; with sumy's parameters, its ratings equal sumy's up to rounding. The service uses `rank`, the paper's continuous
LexRank (section 3.3) with damping: it has no threshold to tune. For many sentences it iterates and never computes the
product, so that the cost of an iteration grows with the length of the text and not with its square; for few, it solves the
equations.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags
from sumy.summarizers.lex_rank import LexRankSummarizer

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.reading.term_weights import DECIMALS, FloatArray, TermWeights, tf_idf
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import SentenceWords

# The paper's damping, which is PageRank's.
DAMPING = 0.85
# With a query, half of the weight comes from the query; in the paper, 0.1 to 0.5 give similar results.
QUERY_DAMPING = 0.5
# The iteration stops when no rating changes by more than this share of the mean rating.
TOLERANCE = 1e-10
MAX_ITERATIONS = 200
# For up to this many sentences, the fixed point is computed directly by solving the linear equations: about thirty
# iterations with an overhead of 8 microseconds each would take longer.
MAX_SOLVED_SENTENCES = 100
# The degree of a sentence that is similar to no other is 0, except for rounding errors.
MIN_DEGREE = 1e-9
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {"damping": DAMPING, "query_damping": QUERY_DAMPING, "tolerance": TOLERANCE}


class LexRank(LexRankSummarizer):
    """sumy's LexRank with sparse matrices. `rate` returns the ratings; calling the object summarizes, as in sumy."""

    def rate(self, sentences: Sequence[Sequence[str]]) -> FloatArray:
        """Returns the rating of each sentence, as sumy's class computes it, as an array of shape (sentences,).

        `sentences` are the stemmed content words of each sentence.
        """
        if not sentences:
            return np.zeros(0)
        matrix = self._create_matrix(sentences, self.threshold, None, None)
        return self.power_method(matrix, self.epsilon)

    def _create_matrix(
        self, sentences: Sequence[Sequence[str]], threshold: float, tf_metrics: None, idf_metrics: None
    ) -> csr_matrix:
        """sumy's transition matrix, sparse: links between sentences more similar than the threshold; rows sum to one."""
        terms = number_terms([SentenceWords(tuple(words), tuple(words)) for words in sentences])
        weights = tf_idf(terms, smoothed=False).weights
        similarity = (weights @ weights.T).tocsr()
        # sumy compares `similarity > threshold`; rounding makes that independent of the last bit of a sum.
        similarity.data = (np.round(similarity.data, 12) > threshold).astype(float)
        similarity.eliminate_zeros()
        degrees = np.maximum(_row_sums(similarity), 1)
        return csr_matrix(diags(1 / degrees) @ similarity)

    @staticmethod
    def power_method(matrix: csr_matrix, epsilon: float) -> FloatArray:
        """Returns the ratings, shape (sentences,), by sumy's power iteration on the transition matrix.

        The matrix has shape (sentences, sentences). The iteration stops when a step changes the ratings by at most `epsilon`
        (Euclidean norm).
        """
        transposed, ratings = matrix.T.tocsr(), np.full(matrix.shape[0], 1 / matrix.shape[0])
        step = 1.0
        while step > epsilon:
            next_ratings = transposed @ ratings
            next_ratings /= np.linalg.norm(next_ratings)
            step = float(np.linalg.norm(next_ratings - ratings))
            ratings = next_ratings
        return ratings


def rank(terms: TermWeights, relevance: FloatArray | None = None) -> FloatArray:
    """Returns the centrality of each sentence by continuous LexRank: shape (sentences,), 0 to 1, the highest is 1.

    Similarity of a sentence to itself is ignored: otherwise a sentence that is similar to no other would get the highest
    rating. With `relevance` to a query, at least one value above 0, the random walk restarts at relevant sentences
    (Otterbacher, Erkan and Radev 2005, "Using random walks for question-focused sentence retrieval").
    """
    weights, self_similarity = terms.weights, terms.self_similarity
    transposed, count = weights.T.tocsr(), weights.shape[0]
    degrees = weights @ (transposed @ np.ones(count)) - self_similarity
    inverse_degrees = np.divide(1, degrees, out=np.zeros(count), where=degrees > MIN_DEGREE)
    restart_weights = np.full(count, 1 / count) if relevance is None else relevance / relevance.sum()
    damping = DAMPING if relevance is None else QUERY_DAMPING
    if count <= MAX_SOLVED_SENTENCES:
        similarity = (weights @ transposed).toarray() - np.diag(self_similarity)
        ratings = np.linalg.solve(np.eye(count) - damping * similarity * inverse_degrees, (1 - damping) * restart_weights)
        return np.asarray(np.round(ratings / ratings.max(), DECIMALS))
    ratings = restart_weights
    for _ in interruptible(range(MAX_ITERATIONS)):
        votes = inverse_degrees * ratings
        next_ratings = (1 - damping) * restart_weights + damping * (weights @ (transposed @ votes) - self_similarity * votes)
        change = np.abs(next_ratings - ratings).max()
        ratings = next_ratings
        if change < TOLERANCE / count:
            break
    return np.asarray(np.round(ratings / ratings.max(), DECIMALS))


def _row_sums(matrix: csr_matrix) -> FloatArray:
    return np.asarray(matrix.sum(axis=1), float).ravel()
