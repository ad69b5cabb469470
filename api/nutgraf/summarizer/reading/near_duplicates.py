"""Finds articles that are copies of the same text.

When two papers print the same text, the headline and byline may differ and the end may be missing, but most sequences of
words are the same. Articles are compared by their shingles, sequences of four words (Broder 1997). Two articles are copies
if they share most of the shingles of the shorter article, and do not contradict each other: an update with another number of
deaths, or a report with the same phrases about another company, is no copy.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence, Set
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.contradictions import Statements, contradict, read_statements
from nutgraf.summarizer.reading.terms import Numbers, Terms, distinct

SHINGLE_WORDS = 4
# Share of the shorter article's shingles that a copy has. If a tenth of the words is changed, two thirds of the shingles are
# still the same. Two independent reports of one event share less than a fifth.
COPIED_SHARE = 0.6
# Articles with fewer shingles are not compared: two one-line news flashes can have the same words although neither was
# copied from the other.
MIN_SHINGLES = 8


def near_duplicates(
    articles: Sequence[CleanArticle], sentences: Sequence[Sentence], terms: Terms, not_compared: Set[int] = frozenset()
) -> list[int | None]:
    """Returns for each article the position of the copy that is used instead, or None if the article itself is used.

    Articles in `not_compared` never replace another article and are never replaced.

    Of several copies, the one with the most shingles is kept; if equal, the one published earliest; if equal again, the one
    that comes first in the request.
    """
    if len(articles) < 2:
        return [None] * len(articles)
    shingles = _shingle_matrix(len(articles), sentences, terms)
    sizes = np.asarray(shingles.sum(axis=1)).ravel()
    shared = (shingles @ shingles.T).tocoo()
    copies: list[list[int]] = [[] for _ in articles]
    statements = _statements(articles, sentences)
    for first, second, common in interruptible(zip(shared.row, shared.col, shared.data, strict=True)):
        smaller = min(sizes[first], sizes[second])
        if (
            first != second
            and not {first, second} & not_compared
            and smaller >= MIN_SHINGLES
            and common >= COPIED_SHARE * smaller
        ):
            copies[first].append(int(second))

    def precedence(position: int) -> tuple[float, bool, float, int]:
        published = articles[position].article.published_at
        return -sizes[position], published is None, published.timestamp() if published else 0.0, position

    replaced_by: list[int | None] = [None] * len(articles)
    kept: set[int] = set()
    for position in sorted(range(len(articles)), key=precedence):
        kept_copies = [
            copy for copy in copies[position] if copy in kept and not contradict(statements(position), statements(copy))
        ]
        if kept_copies:
            replaced_by[position] = min(kept_copies, key=precedence)
        else:
            kept.add(position)
    return replaced_by


def _statements(articles: Sequence[CleanArticle], sentences: Sequence[Sentence]) -> Callable[[int], Statements]:
    """Returns a function that reads the statements of the article at a position, once: most articles have no copy."""

    @cache
    def of(position: int) -> Statements:
        start, end = (bisect_left(sentences, number, key=lambda each: each.article) for number in (position, position + 1))
        words = language(articles[position].language)
        return read_statements(
            [sentence.text for sentence in sentences[start:end]],
            words.words("headlines", "negations"),
            words.words("calendar", "days") | words.words("calendar", "months") | words.words("names", "titles"),
            capital_nouns=words.text("discourse", "capital_nouns") == "true",
        )

    return of


def _shingle_matrix(count: int, sentences: Sequence[Sentence], terms: Terms) -> csr_matrix:
    """Returns a matrix (articles x shingles) with 1 for each shingle that an article has."""
    article_of_token = np.array([sentence.article for sentence in sentences])[terms.sentence]
    # Two neighbouring words form a pair, and two pairs that follow each other without overlap form a shingle. The ids are
    # reassigned from 0 after each step, so that the multiplication in `_pair_ids` can't overflow.
    pairs = _pair_ids(terms.ids[:-1], terms.ids[1:])
    shingles = _pair_ids(pairs[:-2], pairs[2:])
    in_one_article = article_of_token[: len(shingles)] == article_of_token[SHINGLE_WORDS - 1 :]
    shingle_count = int(shingles.max(initial=0)) + 1
    articles, kept = article_of_token[: len(shingles)][in_one_article], shingles[in_one_article]
    rows, columns = np.divmod(distinct(articles * shingle_count + kept), shingle_count)
    return csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), (count, shingle_count))


def _pair_ids(first: Numbers, second: Numbers) -> Numbers:
    """Returns an id for each pair of numbers, from 0 on; equal pairs have equal ids."""
    pairs = first * (int(second.max(initial=0)) + 1) + second
    return np.asarray(np.unique(pairs, return_inverse=True)[1])
