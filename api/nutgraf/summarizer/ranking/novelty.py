"""Finds the sentences that repeat the background, which readers already know.

The background consists of articles that readers have seen; a summary with a background contains only what is new (as in
TAC's update task). A sentence is redundant if most of its words and pairs of words occur in the background. A sentence with
a figure that the background does not contain is always new.
"""

import re
from collections.abc import Set
from itertools import pairwise

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.words import SentenceWords

MIN_REDUNDANT_SHARE = 0.7
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def redundant_with_background(cluster: Cluster, background: Cluster) -> set[int]:
    """Returns the positions of the cluster's sentences that say nothing new compared with the background.

    Content words and their pairs are compared with those of the whole background. A sentence is redundant if at least
    MIN_REDUNDANT_SHARE of them, and all its figures, occur there.
    """
    background_grams = set().union(*map(_grams, background.words))
    figures = {figure for sentence in background.all_sentences for figure in _FIGURE.findall(sentence.text)}
    return {
        position
        for position, (sentence, sentence_words) in enumerate(
            interruptible(zip(cluster.sentences, cluster.words, strict=True))
        )
        if figures.issuperset(_FIGURE.findall(sentence.text)) and _is_redundant(_grams(sentence_words), background_grams)
    }


def _is_redundant(grams: Set[object], background_grams: Set[object]) -> bool:
    return len(grams & background_grams) >= MIN_REDUNDANT_SHARE * len(grams)


def _grams(words: SentenceWords) -> set[object]:
    return {*words.content, *pairwise(words.content)} or set(map(str.lower, words.tokens))
