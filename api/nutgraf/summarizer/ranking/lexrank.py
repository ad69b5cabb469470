"""Content words -> centrality: LexRank (Erkan and Radev 2004, JAIR 22) on sumy's class.

sumy compares every pair of sentences in Python, 18 µs each. Here a sentence is a row of a sparse matrix of
tf-idf weights with unit length, so that all similarities are one product; with sumy's own parameters the ratings
are sumy's, to rounding. The service's default is the paper's continuous LexRank (section 3.3), damped and iterated
until it stands still: no threshold to tune, and the product is never formed, so that a step costs what the text
costs and not its square.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags
from sumy.summarizers.lex_rank import LexRankSummarizer

from nutgraf.summarizer.reading.term_weights import DECIMALS, Ratings, TermWeights, tf_idf
from nutgraf.summarizer.reading.terms import number
from nutgraf.summarizer.reading.words import SentenceWords

# The paper's damping, which is PageRank's.
DAMPING = 0.85
# With a query, so that half of the vote is the query's; the paper finds 0.1 to 0.5 alike.
QUERY_DAMPING = 0.5
# The walk stops when no rating moves by more than this share of the mean rating.
TOLERANCE = 1e-10
MAX_STEPS = 200
# Up to so many sentences where the walk ends is solved for: thirty steps cost 8 microseconds each before they multiply.
SOLVED_SENTENCES = 100
# A sentence like no other has no degree but for rounding.
LEAST_DEGREE = 1e-9
# What an answer names, so that it can be computed again.
PARAMETERS = {"damping": DAMPING, "query_damping": QUERY_DAMPING, "tolerance": TOLERANCE}


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
        weights = tf_idf(number([SentenceWords(tuple(words), tuple(words)) for words in sentences]), smoothed=False).weights
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


def rank(terms: TermWeights, relevance: Ratings | None = None) -> Ratings:
    """Centrality of each sentence, above 0, the highest 1, by continuous LexRank.

    A sentence does not vote for itself: one that is like no other would keep its vote, and outrank the rest. With
    `relevance` to a query, not all 0, the walk starts again at relevant sentences (Otterbacher, Erkan and Radev 2005, "Using
    random walks for question-focused sentence retrieval").
    """
    weights, itself = terms.weights, terms.has_terms
    transposed, count = weights.T.tocsr(), weights.shape[0]
    degrees = weights @ (transposed @ np.ones(count)) - itself
    share = np.divide(1, degrees, out=np.zeros(count), where=degrees > LEAST_DEGREE)
    restart = np.full(count, 1 / count) if relevance is None else relevance / relevance.sum()
    damping = DAMPING if relevance is None else QUERY_DAMPING
    if count <= SOLVED_SENTENCES:
        similarity = (weights @ transposed).toarray() - np.diag(itself)
        ratings = np.linalg.solve(np.eye(count) - damping * similarity * share, (1 - damping) * restart)
        return np.asarray(np.round(ratings / ratings.max(), DECIMALS))
    ratings = restart
    for _ in range(MAX_STEPS):
        votes = share * ratings
        following = (1 - damping) * restart + damping * (weights @ (transposed @ votes) - itself * votes)
        moved = np.abs(following - ratings).max()
        ratings = following
        if moved < TOLERANCE / count:
            break
    return np.asarray(np.round(ratings / ratings.max(), DECIMALS))


def _row_sums(matrix: csr_matrix) -> Ratings:
    return np.asarray(matrix.sum(axis=1), float).ravel()
