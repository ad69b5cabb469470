"""Sentences -> which articles are copies of one story.

A story printed by two papers carries another headline, a cut tail, another byline; its runs of words stay. Articles
are compared by their shingles (Broder 1997): a copy has most of the shorter one's.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from api.summarizer.models import CleanArticle, Sentence
from api.summarizer.words import SentenceWords

SHINGLE_WORDS = 4
# Share of the shorter article's shingles that a copy has: copies with a tenth of the words changed keep two thirds
# of their 4-word shingles, two reports of one event share under a fifth.
COPIED_SHARE = 0.6
# Fewer shingles than this say nothing: two flashes of one line may well be equal in news and not in origin.
LEAST_SHINGLES = 8


def copies(
    articles: Sequence[CleanArticle], sentences: Sequence[Sentence], words: Sequence[SentenceWords]
) -> list[int | None]:
    """For each article the position of the copy that stands for it, or None where it stands itself.

    Of copies the fullest stays, then the earliest, then the first.
    """
    shingles = _shingle_matrix(len(articles), sentences, words)
    sizes = np.asarray(shingles.sum(axis=1)).ravel()
    shared = (shingles @ shingles.T).tocoo()
    partners: list[list[int]] = [[] for _ in articles]
    for one, other, common in zip(shared.row, shared.col, shared.data, strict=True):
        smaller = min(sizes[one], sizes[other])
        if one != other and smaller >= LEAST_SHINGLES and common >= COPIED_SHARE * smaller:
            partners[one].append(int(other))

    def precedence(position: int) -> tuple[float, bool, float, int]:
        published = articles[position].article.published_at
        return -sizes[position], published is None, published.timestamp() if published else 0.0, position

    stands: list[int | None] = [None] * len(articles)
    kept: set[int] = set()
    for position in sorted(range(len(articles)), key=precedence):
        standing = [partner for partner in partners[position] if partner in kept]
        if standing:
            stands[position] = min(standing, key=precedence)
        else:
            kept.add(position)
    return stands


def _shingle_matrix(count: int, sentences: Sequence[Sentence], words: Sequence[SentenceWords]) -> csr_matrix:
    """One row an article, one column a shingle, 1 where the article has it."""
    tokens: list[list[str]] = [[] for _ in range(count)]
    for sentence, its in zip(sentences, words, strict=True):
        tokens[sentence.article].extend(map(str.lower, its.tokens))
    columns: dict[tuple[str, ...], int] = {}
    indices: list[int] = []
    ends = [0]
    for its_tokens in tokens:
        shingles = set(zip(*(its_tokens[i:] for i in range(SHINGLE_WORDS)), strict=False))
        indices.extend(columns.setdefault(shingle, len(columns)) for shingle in shingles)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices), np.int32), indices, ends), (count, max(1, len(columns))))
