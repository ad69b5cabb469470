"""Sentences -> which articles are copies of one story.

A story printed by two papers carries another headline, a cut tail, another byline; its runs of words stay. Articles
are compared by their shingles (Broder 1997): a copy has most of the shorter one's.
"""

from collections.abc import Sequence, Set

import numpy as np
from scipy.sparse import csr_matrix

from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.terms import Numbers, Terms

SHINGLE_WORDS = 4
# Share of the shorter article's shingles that a copy has: copies with a tenth of the words changed keep two thirds
# of their 4-word shingles, two reports of one event share under a fifth.
COPIED_SHARE = 0.6
# Fewer shingles than this say nothing: two flashes of one line may well be equal in news and not in origin.
LEAST_SHINGLES = 8


def near_duplicates(
    articles: Sequence[CleanArticle], sentences: Sequence[Sentence], terms: Terms, apart: Set[int] = frozenset()
) -> list[int | None]:
    """For each article the position of the copy that is used in its place, or None where it is used itself.

    Articles `apart` stand for none, and none for them.

    Of copies the fullest stays, then the earliest, then the first.
    """
    if len(articles) < 2:
        return [None] * len(articles)
    shingles = _shingle_matrix(len(articles), sentences, terms)
    sizes = np.asarray(shingles.sum(axis=1)).ravel()
    shared = (shingles @ shingles.T).tocoo()
    partners: list[list[int]] = [[] for _ in articles]
    for one, other, common in zip(shared.row, shared.col, shared.data, strict=True):
        smaller = min(sizes[one], sizes[other])
        if one != other and not {one, other} & apart and smaller >= LEAST_SHINGLES and common >= COPIED_SHARE * smaller:
            partners[one].append(int(other))

    def precedence(position: int) -> tuple[float, bool, float, int]:
        published = articles[position].article.published_at
        return -sizes[position], published is None, published.timestamp() if published else 0.0, position

    canonical: list[int | None] = [None] * len(articles)
    kept: set[int] = set()
    for position in sorted(range(len(articles)), key=precedence):
        standing = [partner for partner in partners[position] if partner in kept]
        if standing:
            canonical[position] = min(standing, key=precedence)
        else:
            kept.add(position)
    return canonical


def _shingle_matrix(count: int, sentences: Sequence[Sentence], terms: Terms) -> csr_matrix:
    """One row an article, one column a shingle, 1 where the article has it."""
    article = np.array([sentence.article for sentence in sentences])[terms.sentence]
    # Two neighbours are a pair, two pairs a shingle: numbered anew at each step, no product of numbers overflows.
    pairs = _numbered(terms.ids[:-1], terms.ids[1:])
    shingles = _numbered(pairs[:-2], pairs[2:])
    inside = article[: len(shingles)] == article[SHINGLE_WORDS - 1 :]
    width = int(shingles.max(initial=0)) + 1
    rows, columns = np.divmod(np.unique(article[: len(shingles)][inside] * width + shingles[inside]), width)
    return csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), (count, width))


def _numbered(first: Numbers, second: Numbers) -> Numbers:
    """A number for each pair of numbers, the same for the same pair."""
    pairs = first * (int(second.max(initial=0)) + 1) + second
    return np.asarray(np.unique(pairs, return_inverse=True)[1])
