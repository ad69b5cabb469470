"""What a candidate is worth: how much of an editor's headline it probably has.

A word's chance to stand in the headline is a logistic regression on how many sentences have it and whether the opening
ones do; a candidate's worth is the F1 that it may expect. The weights were fitted on 600 articles with their editors'
headlines (`python -m bench headlines --fit FILE` prints them).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import exp, log1p
from operator import sub

from api.summarizer.models import Sentence
from api.summarizer.words import SentenceWords, Vocabulary

BIAS, SHARE, LEAD, EARLY = -6.8, 7.4, 1.9, 0.8
EARLY_SENTENCES = 4
# A function word's chance counts for little: which one stands there is hard to say.
FUNCTION_WORD = 0.02
# Words that an editor's headline has; fewer than eight, so that the shorter of two that say the same comes first.
USUAL_WORDS = 6
WINDOW = 8


def features(sentences: Sequence[Sentence], words: Sequence[SentenceWords]) -> Callable[[str], tuple[float, bool, bool]]:
    """A function from a word's stem to the share of sentences that have it (of logarithms, 0..1), and whether the
    first sentences of articles do, and other early ones."""
    mentions: Counter[str] = Counter()
    lead: set[str] = set()
    early: set[str] = set()
    for sentence, its in zip(sentences, words, strict=True):
        stems = set(its.stems)
        mentions.update(stems)
        if sentence.index == 0:
            lead |= stems
        elif sentence.index < EARLY_SENTENCES:
            early |= stems
    all_sentences = log1p(len(sentences))
    return lambda stem: (log1p(mentions[stem]) / all_sentences, stem in lead, stem in early)


class Chances(dict[str, float]):
    """A word's stem ("" for a function word) -> its chance to stand in the headline, 0..1; reckoned when first asked for."""

    def __init__(self, sentences: Sequence[Sentence], words: Sequence[SentenceWords]) -> None:
        super().__init__({"": FUNCTION_WORD})
        self._features = features(sentences, words)

    def __missing__(self, stem: str) -> float:
        share, lead, early = self._features(stem)
        self[stem] = chance = 1 / (1 + exp(-(BIAS + SHARE * share + LEAD * lead + EARLY * early)))
        return chance


def worth(stems: Sequence[str], chances: Chances) -> float:
    """The expected F1 of a candidate's words with those of an editor's headline, 0..1."""
    return 2 * sum(map(chances.__getitem__, stems)) / (len(stems) + USUAL_WORDS)


def promise(its: SentenceWords, chances: Chances) -> float:
    """The worth of a sentence's best run of words: about the most that a headline made of it may reach."""
    sums = [0.0, *accumulate(map(chances.__getitem__, its.stems))]
    best = max(map(sub, sums[WINDOW:], sums), default=sums[-1])
    return 2 * best / (WINDOW + USUAL_WORDS)


def headline_stems(text: str, of: Vocabulary) -> list[str]:
    """The stems of a text's words, "" for function words."""
    lowered = [token.lower() for token in of.tokens(text)]
    return ["" if word in of.stop_words else of.stem(word) for word in lowered]
