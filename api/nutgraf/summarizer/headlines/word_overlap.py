"""Computes the worth of a candidate: how well its words probably agree with those of an editor's headline.

The worth is the expected F1 of the words. The probability of each word to be in the editor's headline comes from a logistic
regression: on how many sentences have the word, and whether the opening sentences have it. The weights were fitted on 600
articles with their editors' headlines (`python -m training.headlines words --news FILE` prints them). part_weights.py has
the weights of the parts of a clause.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.terms import Terms, distinct
from nutgraf.summarizer.reading.words import Vocabulary

BIAS, SHARE, LEAD, EARLY = -6.8, 7.4, 1.9, 0.8
EARLY_SENTENCES = 4
# A function word counts for little, because it is hard to predict which one the headline has.
FUNCTION_WORD = 0.02
# Words that an editor's headline has; fewer than eight, so that the shorter of two that say the same comes first.
USUAL_WORDS = 6


def features(sentences: Sequence[Sentence], terms: Terms) -> NDArray[np.float64]:
    """Returns the features of the regression, one row for each term.

    A row has 1, the share of the sentences that have the term as a content word (a quotient of logarithms, 0..1), whether
    the first sentence of an article has it (1 or 0), and whether another early sentence has it.
    """
    width = max(1, len(terms.numbers))
    sentence, term = np.divmod(distinct(terms.sentence[terms.content] * width + terms.ids[terms.content]), width)
    index = np.array([item.index for item in sentences])[sentence]
    share = np.log1p(np.bincount(term, minlength=width)) / np.log1p(len(sentences))
    lead, early = np.zeros((2, width))
    lead[term[index == 0]] = 1
    early[term[(index > 0) & (index < EARLY_SENTENCES)]] = 1
    return np.stack([np.ones(width), share, lead, early], axis=1)


class WordProbabilities:
    """The probability, from 0 to 1, that an editor's headline contains each stem of the articles.

    It is 0 for an unknown stem, and FUNCTION_WORD for a function word.
    """

    def __init__(self, sentences: Sequence[Sentence], terms: Terms) -> None:
        self._terms = terms
        self._of_term = 1 / (1 + np.exp(-features(sentences, terms) @ np.array([BIAS, SHARE, LEAD, EARLY])))

    def of(self, stem: str) -> float:
        """Returns the probability of a word by its stem, which is "" for a function word; 0 for an unknown stem."""
        if not stem:
            return FUNCTION_WORD
        number = self._terms.numbers.get(stem)
        return 0.0 if number is None else float(self._of_term[number])


def worth(stems: Sequence[str], probabilities: WordProbabilities) -> float:
    """Returns the expected F1 of a candidate's words with those of an editor's headline, from 0 to 1."""
    return 2 * sum(map(probabilities.of, stems)) / (len(stems) + USUAL_WORDS)


def headline_stems(text: str, language_words: Vocabulary) -> list[str]:
    """Returns the stems of a text's words in order, with "" for function words."""
    lowered = [token.lower() for token in language_words.tokens(text)]
    return ["" if word in language_words.stop_words else language_words.stem(word) for word in lowered]
