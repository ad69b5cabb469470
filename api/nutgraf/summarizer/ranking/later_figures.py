"""Finds sentences of later articles that give other figures for the same thing as a sentence."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from nutgraf.summarizer.findings.figures.differing_figures import StatedFigures
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, TermWeights

# Only sentences with at least this cosine similarity are compared, and at most MAX_COMPARED of them.
MIN_SIMILARITY = 0.3
MAX_COMPARED = 4
# For how many sentences with figures of a request later ones are searched, in the order of selection.
MAX_ASKED = 400


def later_figures(
    sentences: Sequence[Sentence],
    articles: Sequence[CleanArticle],
    weights: TermWeights,
    figures: StatedFigures,
    repeats: Callable[[int, int], bool],
) -> Callable[[int], list[int]]:
    """Returns a function from a position to those of later articles that give other figures for the same, latest first.

    Articles without `published_at` are neither earlier nor later than others. `repeats` says whether the sentences at two
    positions state the same.
    """
    moments = [article.article.published_at for article in articles]
    if len({moment for moment in moments if moment}) < 2:
        return lambda position: []

    def gives_other_figures(position: int, other: int) -> bool:
        if figures.compare(position, other) == "differ":
            return True
        values, other_values = ({quantity.value for quantity in figures.quantities(at)} for at in (position, other))
        return bool(other_values - values) and repeats(position, other)

    transposed = weights.weights.T.tocsr()
    asked: set[int] = set()

    @cache
    def later(position: int) -> list[int]:
        moment = moments[sentences[position].article]
        if moment is None or len(asked) == MAX_ASKED or not figures.quantities(position):
            return []
        asked.add(position)
        similarity = np.round((weights.weights[position] @ transposed).toarray().ravel(), DECIMALS)
        similar = np.flatnonzero(similarity >= MIN_SIMILARITY)
        most_similar = similar[np.argsort(-similarity[similar], kind="stable")[: 4 * MAX_COMPARED]]
        found = [
            (other_moment, other)
            for other in most_similar.tolist()
            if (other_moment := moments[sentences[other].article]) is not None and other_moment > moment
        ][:MAX_COMPARED]
        figures.prepare([position, *(other for _, other in found)])
        differing = [(when, other) for when, other in found if gives_other_figures(position, other)]
        return [other for _, other in sorted(differing, key=lambda pair: (-pair[0].timestamp(), pair[1]))]

    return later
