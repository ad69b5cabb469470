"""Sentences, salience -> the chosen ones, within a length.

Greedy for the worth of the concepts that a sentence adds, over a power of its length (Lin and Bilmes 2010,
"Multi-document summarization via budgeted maximization of submodular functions"): what is said already is worth nothing,
so that the summary covers the news instead of repeating its centre. A sentence that leans on the one before it comes
with it, or not at all; one that repeats a chosen one does not come.
"""

from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from api.summarizer.concepts import concepts
from api.summarizer.discourse import Form
from api.summarizer.models import Sentence
from api.summarizer.ranking import Ratings
from api.summarizer.terms import Terms
from api.summarizer.words import SentenceWords

# Searched as the constants of salience.py were. Where sentences are counted, length costs less.
LENGTH_POWER = 1.0
LENGTH_POWER_BY_SENTENCE = 0.5
SALIENCE_POWER = 0.2
# So many sentences may lean on one another; a longer chain stays out.
LONGEST_CHAIN = 3
# A sentence repeats another where it shares so many of the shorter one's content words and their pairs.
REPEATED_SHARE = 0.6
# What a sentence without a new concept is worth: it fills what is left, the most salient first.
LEAST_GAIN = 1e-6
DECIMALS = 9


def select(
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    forms: Sequence[Form],
    salience: Ratings,
    cost: Callable[[Sentence], int],
    budget: int,
    *,
    by_sentence: bool = False,
) -> list[int]:
    """Positions of the chosen sentences, in the order of choice; their costs sum to no more than `budget`."""
    found = concepts(sentences, terms, salience)
    worth = found.worth.copy()
    costs = [cost(sentence) for sentence in sentences]
    power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
    sizes = [max(1, len(its.tokens)) for its in words]
    boosts = (salience**SALIENCE_POWER).tolist()
    chains = _chains(sentences, forms)
    chosen: list[int] = []
    said = _Said(words)

    def missing(at: int) -> list[int]:
        return [link for link in chains[at] if link not in said]

    def promise(at: int) -> float:
        links = missing(at)
        carried = found.of(at) if len(links) == 1 else np.unique(np.concatenate([found.of(link) for link in links]))
        gain = float(worth[carried].sum()) + LEAST_GAIN
        size = float(sum(sizes[link] for link in links))
        return -round(gain / float(size**power) * float(boosts[at]), DECIMALS)

    followers = _followers(chains)
    # All at once where a sentence stands alone, as most do: a promise by itself costs ten microseconds.
    alone = -np.round((found.sums() + LEAST_GAIN) / np.array(sizes, float) ** power * boosts, DECIMALS)
    waiting = [(alone[at] if len(chains[at]) == 1 else promise(at), at) for at in range(len(sentences)) if chains[at]]
    heapify(waiting)
    while waiting and budget > 0:
        hoped, at = heappop(waiting)
        links = missing(at)
        price = sum(costs[link] for link in links)
        if at in said or price > budget or said.repeated(links):
            continue
        # Gains only shrink as concepts are said: whoever still keeps its promise is the best (Minoux 1978).
        kept = promise(at)
        if kept > hoped and waiting and (kept, at) > waiting[0]:
            heappush(waiting, (kept, at))
            continue
        chosen += links
        budget -= price
        for link in links:
            said.add(link)
            worth[found.of(link)] = 0
        # A sentence whose chain has become shorter is cheaper than it promised.
        for follower in {follower for link in links for follower in followers.get(link, ())} - set(chosen):
            heappush(waiting, (promise(follower), follower))
    return chosen


class _Said:
    """The sentences that are chosen, and whether others repeat them."""

    def __init__(self, words: Sequence[SentenceWords]) -> None:
        self._words = words
        self._grams: dict[int, frozenset[object]] = {}

    def __contains__(self, at: int) -> bool:
        return at in self._grams

    def add(self, at: int) -> None:
        self._grams[at] = self._grams_of(at)

    def repeated(self, links: Sequence[int]) -> bool:
        """Whether one of the sentences says what a chosen one says."""
        return any(_repeats(self._grams_of(link), grams) for link in links for grams in self._grams.values())

    def _grams_of(self, at: int) -> frozenset[object]:
        stems = self._words[at].content
        return frozenset((*stems, *pairwise(stems))) or frozenset(map(str.lower, self._words[at].tokens))


def _repeats(one: frozenset[object], other: frozenset[object]) -> bool:
    return len(one & other) >= REPEATED_SHARE * min(len(one), len(other))


def _chains(sentences: Sequence[Sentence], forms: Sequence[Form]) -> list[list[int]]:
    """For each sentence those that must be told with it, in order, itself last; empty where the chain is too long."""
    chains: list[list[int]] = []
    run: list[int] = []
    for at, (sentence, form) in enumerate(zip(sentences, forms, strict=True)):
        before = sentences[at - 1] if at else None
        follows = before is not None and (before.article, before.index + 1) == (sentence.article, sentence.index)
        run = [*run[-LONGEST_CHAIN:], at] if form.leans and follows else [at]
        chains.append(run if len(run) <= LONGEST_CHAIN else [])
    return chains


def _followers(chains: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """For each sentence those whose chains it is in."""
    followers: dict[int, list[int]] = {}
    for chain in chains:
        for link in chain[:-1]:
            followers.setdefault(link, []).append(chain[-1])
    return followers
