"""Computes the weights of the words in the opening of an article.

A word weighs more the more often it occurs in the opening, and the rarer it is in the language.
"""

import math
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from nutgraf.summarizer.findings.word_frequencies import UNLISTED, word_frequencies
from nutgraf.summarizer.stories.opening import Opening

# A word in the title counts like this many mentions in the text.
TITLE_MENTIONS = 2
# A word as frequent as this in its language says nothing about a story (see WordFrequencies).
MOST_FREQUENT = 7.0
# Without the square root, names, which are the rarest words, would outweigh the words for the event.
RARITY_POWER = 0.5
# In a language without a table of frequencies, all content words are as rare as this.
USUAL_FREQUENCY = 4.0
# Only articles that share a word as rare as this are compared: less than half of the pairs of a feed. Comparing all
# pairs does not improve the groups.
RARE_FREQUENCY = 5.3


class Features(NamedTuple):
    """The features by which two articles are compared.

    `weights` maps each stem to its weight; the sum of their squares is 1. `rare` has the stems that are rare in the
    language: those of at most RARE_FREQUENCY. An article without words has no weights.
    """

    language: str
    weights: Mapping[str, float]
    rare: frozenset[str]
    published_at: datetime | None


def features(opening: Opening) -> Features:
    """Returns the features of an article: the weights of the stems of its title and opening, scaled to unit length.

    With them come its rare stems, its language and its publication time. An article without words has no weights.
    """
    language = opening.article.language
    counts = Counter({stem: TITLE_MENTIONS * count for stem, count in Counter(opening.title).items()})
    for words in opening.words:
        counts.update(words.content)
    frequencies = {stem: frequency(stem, language) for stem in counts}
    weights = {
        stem: math.log1p(count) * max(0.0, MOST_FREQUENT - frequencies[stem]) ** RARITY_POWER
        for stem, count in sorted(counts.items())
    }
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return Features(
        language,
        {stem: weight / norm for stem, weight in weights.items() if weight},
        frozenset(stem for stem, value in frequencies.items() if value <= RARE_FREQUENCY),
        opening.article.article.published_at,
    )


def frequency(stem: str, language: str) -> float:
    """Returns how frequent a stem is in its language, as the logarithm of its uses in a billion words."""
    table = word_frequencies(language)
    if table is None:
        return USUAL_FREQUENCY if stem.isalpha() else UNLISTED
    return table.frequency(stem)
