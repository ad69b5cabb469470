"""Sentences and background -> which sentences tell what readers know already.

An update summary says only what is new (as in TAC's update task). A sentence is told where most of its words and pairs of
words stand in the background; one with a figure that the background lacks is new, however like the rest.
"""

import re
from collections.abc import Set
from itertools import pairwise

from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.words import SentenceWords

TOLD_SHARE = 0.7
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def redundant_with_background(cluster: Cluster, background: Cluster) -> set[int]:
    """Positions of the cluster's sentences that the background's sentences tell."""
    known = set().union(*map(_grams, background.words))
    figures = {figure for sentence in background.found for figure in _FIGURE.findall(sentence.text)}
    return {
        at
        for at, (sentence, its) in enumerate(zip(cluster.sentences, cluster.words, strict=True))
        if figures.issuperset(_FIGURE.findall(sentence.text)) and _is_told(_grams(its), known)
    }


def _is_told(grams: Set[object], known: Set[object]) -> bool:
    return len(grams & known) >= TOLD_SHARE * len(grams)


def _grams(its: SentenceWords) -> set[object]:
    return {*its.content, *pairwise(its.content)} or set(map(str.lower, its.tokens))
