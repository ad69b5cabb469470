"""Chosen sentences -> the other stories that say the same."""

from collections.abc import Sequence

import numpy as np

from api.summarizer.models import Echo, Sentence
from api.summarizer.ranking import DECIMALS, TermWeights

# Cosine of two sentences that say the same in their own words; below it they share a topic. Chosen on pairs of our own
# (tests/summarizer/test_corroboration.py).
SAME = 0.4


def echoes(chosen: Sequence[int], sentences: Sequence[Sentence], terms: TermWeights) -> dict[int, list[Echo]]:
    """For each chosen position the likest sentence of every other article that says it, the likest first.

    The sentences are those of articles that stand for themselves: a copy corroborates nothing.
    """
    if not chosen:
        return {}
    likeness = np.round((terms.weights[list(chosen)] @ terms.weights.T).toarray(), min(6, DECIMALS))
    found: dict[int, list[Echo]] = {}
    for row, at in zip(likeness, chosen, strict=True):
        best: dict[int, Echo] = {}
        for other in np.flatnonzero(row >= SAME).tolist():
            sentence = sentences[other]
            echo = Echo(sentence.article, sentence.index, float(min(1.0, row[other])))
            if sentence.article != sentences[at].article and echo.similarity > best.get(echo.article, _NONE).similarity:
                best[echo.article] = echo
        found[at] = sorted(best.values(), key=lambda echo: (-echo.similarity, echo.article))
    return found


_NONE = Echo(-1, -1, -1.0)
