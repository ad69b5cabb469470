"""A sentence -> the sentences of later articles that give other figures for the same thing."""

from collections.abc import Callable, Sequence

import numpy as np

from nutgraf.summarizer.findings.figures import StatedFigures
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, TermWeights

# Only sentences with at least this cosine similarity are compared, and only so many of the most similar ones.
MIN_SIMILARITY = 0.3
MAX_COMPARED = 4


def later_figures(
    sentences: Sequence[Sentence],
    articles: Sequence[CleanArticle],
    weights: TermWeights,
    figures: StatedFigures,
    repeats: Callable[[int, int], bool],
) -> Callable[[int], list[int]]:
    """Returns a function from a position to those of later articles that report the same with other figures, latest first.

    Articles without `published_at` are neither earlier nor later than others. `repeats` says whether the sentences at two
    positions tell the same.
    """
    moments = [article.article.published_at for article in articles]
    if len({moment for moment in moments if moment}) < 2:
        return lambda position: []

    def gives_other_figures(position: int, other: int) -> bool:
        if figures.compare(position, other) == "differ":
            return True
        one, two = ({quantity.value for quantity in figures.quantities(each)[0]} for each in (position, other))
        return bool(two - one) and repeats(position, other)

    def later(position: int) -> list[int]:
        moment = moments[sentences[position].article]
        if moment is None or not figures.quantities(position)[0]:
            return []
        similarity = np.round((weights.weights[position] @ weights.weights.T).toarray().ravel(), DECIMALS)
        found = [
            (other_moment, other)
            for other in np.argsort(-similarity, kind="stable")[: 4 * MAX_COMPARED].tolist()
            if similarity[other] >= MIN_SIMILARITY
            and (other_moment := moments[sentences[other].article]) is not None
            and other_moment > moment
        ][:MAX_COMPARED]
        figures.prepare([position, *(other for _, other in found)])
        differing = [(when, other) for when, other in found if gives_other_figures(position, other)]
        return [other for _, other in sorted(differing, key=lambda pair: (-pair[0].timestamp(), pair[1]))]

    return later
