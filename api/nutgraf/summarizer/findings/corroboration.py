"""Chosen sentences -> the other stories that say the same."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import CorroboratingSentence, Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, TermWeights

# Cosine of two sentences that say the same in their own words; below it they share a topic. Chosen on pairs of our own
# (tests/summarizer/test_corroboration.py).
SAME = 0.4
# Rows of likeness that are dense at a time: 10,000 sentences beside each other would take 800 MB.
AT_ONCE = 256


def find_corroborating(
    chosen: Sequence[int], sentences: Sequence[Sentence], terms: TermWeights
) -> dict[int, list[CorroboratingSentence]]:
    """For each chosen position the likest sentence of every other article that says it, the likest first.

    The sentences are those of articles that stand for themselves: a copy corroborates nothing.
    """
    found: dict[int, list[CorroboratingSentence]] = {}
    for start in range(0, len(chosen), AT_ONCE):
        some = chosen[start : start + AT_ONCE]
        likeness = np.round((terms.weights[list(some)] @ terms.weights.T).toarray(), min(6, DECIMALS))
        found |= {at: _of_row(row, at, sentences) for row, at in zip(likeness, some, strict=True)}
    return found


def _of_row(row: NDArray[np.float64], at: int, sentences: Sequence[Sentence]) -> list[CorroboratingSentence]:
    """The echoes of one sentence, by its likeness to every other."""
    best: dict[int, CorroboratingSentence] = {}
    for other in np.flatnonzero(row >= SAME).tolist():
        sentence = sentences[other]
        echo = CorroboratingSentence(sentence.article, sentence.index, float(min(1.0, row[other])))
        if sentence.article != sentences[at].article and echo.similarity > best.get(echo.article, _NONE).similarity:
            best[echo.article] = echo
    return sorted(best.values(), key=lambda echo: (-echo.similarity, echo.article))


_NONE = CorroboratingSentence(-1, -1, -1.0)
