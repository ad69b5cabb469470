"""Selected sentences -> the sentences of other articles that report the same fact."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import CorroboratingSentence, Sentence
from nutgraf.summarizer.reading.term_weights import TermWeights

# Cosine similarity from which two sentences report the same fact in different words; below it they only share a topic.
# Chosen on our own pairs of sentences.
MIN_SIMILARITY = 0.4
SIMILARITY_DECIMALS = 6
# Number of sentences whose similarities are computed at a time, as a dense matrix. For 10,000 sentences at once, that matrix
# would take 800 MB.
BATCH_ROWS = 256


def find_corroborating(
    chosen: Sequence[int], sentences: Sequence[Sentence], terms: TermWeights
) -> dict[int, list[CorroboratingSentence]]:
    """Returns, for each chosen position, the most similar sentence of every other article that reports the same fact.

    The most similar sentences come first. `sentences` must not include those of duplicates, because a copy corroborates
    nothing.
    """
    corroborating: dict[int, list[CorroboratingSentence]] = {}
    for start in range(0, len(chosen), BATCH_ROWS):
        batch = chosen[start : start + BATCH_ROWS]
        likeness = np.round((terms.weights[list(batch)] @ terms.weights.T).toarray(), SIMILARITY_DECIMALS)
        corroborating |= {
            position: _most_similar(row, position, sentences) for row, position in zip(likeness, batch, strict=True)
        }
    return corroborating


def _most_similar(row: NDArray[np.float64], position: int, sentences: Sequence[Sentence]) -> list[CorroboratingSentence]:
    """The corroborating sentences of one sentence, from its row of similarities to all sentences."""
    best: dict[int, CorroboratingSentence] = {}
    for other in np.flatnonzero(row >= MIN_SIMILARITY).tolist():
        sentence = sentences[other]
        match = CorroboratingSentence(sentence.article, sentence.index, float(min(1.0, row[other])))
        if sentence.article != sentences[position].article and match.similarity > best.get(match.article, _NONE).similarity:
            best[match.article] = match
    return sorted(best.values(), key=lambda match: (-match.similarity, match.article))


_NONE = CorroboratingSentence(-1, -1, -1.0)
