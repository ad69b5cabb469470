"""Computes how similar two articles are, for pairs that may be about the same event."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu

from nutgraf.summarizer.interruption import check_for_interruption
from nutgraf.summarizer.stories.features import Features

DECIMALS = 9
# If two reports are further apart than the first, similarity decays with the second as its half-life.
DECAY_STARTS_AFTER_DAYS = 2.0
HALF_LIFE_DAYS = 7.0
# Two short notices may be alike by chance: with fewer shared words, the cosine is multiplied by their share of this number.
MIN_SHARED_WORDS = 3
# Unrelated articles often reach this similarity. Pairs below it are left out.
MIN_COSINE = 0.05
# From this similarity, two articles have the same text. That is the same story whenever it is printed: nothing decays.
SAME_TEXT = 0.8
_DAY = 86_400.0

Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def similarities(articles: Sequence[Features]) -> Pairs:
    """Returns the similarities of pairs of articles: three arrays.

    The pairs are those in one language that share a rare word and have a cosine of at least MIN_COSINE.

    The first two are the positions of the articles, the first below the second; the third has the cosine of their weights,
    from 0 to 1, lowered if they share few words, or if days are between them.
    """
    rare, weights = _matrices(articles)
    check_for_interruption()
    candidates = triu(rare @ rare.T, k=1).tocsr().sorted_indices().tocoo()
    languages = np.array([article.language for article in articles])
    is_same = languages[candidates.row] == languages[candidates.col]
    first, second = candidates.row[is_same].astype(np.int64), candidates.col[is_same].astype(np.int64)
    cosine = np.zeros(len(first))
    has_word = weights.astype(bool).astype(np.float64)
    starts = [*range(0, len(articles), _BLOCK_ROWS), len(articles)]
    for start, end in pairwise(starts):
        check_for_interruption()
        pairs = slice(*np.searchsorted(first, (start, end)))
        rows, columns = first[pairs] - start, second[pairs]
        products = (weights[start:end] @ weights.T).toarray()[rows, columns]
        shared = (has_word[start:end] @ has_word.T).toarray()[rows, columns]
        cosine[pairs] = products * np.minimum(1.0, shared / MIN_SHARED_WORDS)
    is_similar = cosine >= MIN_COSINE
    first, second, cosine = first[is_similar], second[is_similar], cosine[is_similar]
    times = np.array([article.published_at.timestamp() if article.published_at else np.nan for article in articles])
    between = np.abs(times[first] - times[second]) / _DAY
    days = np.where(np.isnan(between), 0.0, between)
    lowered = cosine * 0.5 ** (np.maximum(0.0, days - DECAY_STARTS_AFTER_DAYS) / HALF_LIFE_DAYS)
    return first, second, np.asarray(np.round(np.where(cosine >= SAME_TEXT, cosine, lowered), DECIMALS), np.float64)


# Rows of each block of the matrix product; this bounds the memory.
_BLOCK_ROWS = 256


def _matrices(articles: Sequence[Features]) -> tuple[csr_matrix, csr_matrix]:
    """Returns two matrices, articles by words: 1 for each rare word, and the weights of all words.

    Words are sorted. So the terms of each product are added in the same order whatever other articles there are; a sum of
    floating-point numbers depends on the order.
    """
    columns = {
        stem: column for column, stem in enumerate(sorted({stem for article in articles for stem in article.weights}))
    }
    ends = np.cumsum([0, *(len(article.weights) for article in articles)])
    terms = [columns[stem] for article in articles for stem in article.weights]
    values = [weight for article in articles for weight in article.weights.values()]
    is_rare = [float(stem in article.rare) for article in articles for stem in article.weights]
    shape = (len(articles), max(1, len(columns)))
    rare = csr_matrix((is_rare, terms, ends), shape)
    rare.eliminate_zeros()
    return rare, csr_matrix((values, terms, ends), shape)
