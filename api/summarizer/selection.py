"""Sentences and scores -> the chosen ones, within a length, none twice said.

Greedy by maximal marginal relevance (Carbonell and Goldstein 1998): the best score goes in if it fits, and if the
sentence repeats none that is in.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from api.summarizer.models import Sentence
from api.summarizer.words import SentenceWords

# A sentence repeats another where it shares so many of the shorter one's content words and bigrams.
REPEATED_SHARE = 0.6


def select(
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    scores: Sequence[float],
    cost: Callable[[Sentence], int],
    budget: int,
) -> list[int]:
    """Positions of the chosen sentences, best first; their costs sum to no more than `budget`."""
    order = sorted(range(len(sentences)), key=lambda at: (-scores[at], at))
    chosen: list[int] = []
    grams: list[frozenset[object]] = []
    for at in order:
        price = cost(sentences[at])
        if price > budget:
            continue
        stems = words[at].content
        these = frozenset((*stems, *pairwise(stems)))
        if not stems or any(_repeats(these, others) for others in grams):
            continue
        chosen.append(at)
        grams.append(these)
        budget -= price
        if budget <= 0:
            break
    return chosen


def _repeats(one: frozenset[object], other: frozenset[object]) -> bool:
    return len(one & other) >= REPEATED_SHARE * min(len(one), len(other))
