"""Sentences, salience -> the chosen ones, within a length.

Greedy for the worth of the concepts that a sentence adds, over a power of its length (Lin and Bilmes 2010,
"Multi-document summarization via budgeted maximization of submodular functions"): what is said already is worth nothing,
so that the summary covers the news instead of repeating its centre. A sentence that leans on the one before it comes
with it, or not at all; one that repeats a chosen one does not come.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.concepts import Concepts, concepts
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import Ratings
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

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
# What an answer names, so that it can be computed again.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "repeated_share": REPEATED_SHARE,
}


@dataclass(frozen=True)
class Pool:
    """What is chosen from: the sentences of a cluster, how salient each is and what it carries."""

    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    forms: Sequence[Form]
    salience: Ratings
    concepts: Concepts
    sources: Sequence[str]

    @cached_property
    def chains(self) -> list[list[int]]:
        """For each sentence those that are told with it."""
        return _chains(self.sentences, self.forms)


@dataclass(frozen=True, slots=True)
class Constraints:
    """An editor's hand: positions that come first, positions that may come at all, and how many of one source."""

    pinned: Sequence[int] = ()
    allowed: frozenset[int] | None = None
    max_per_source: int | None = None


def pool(
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    forms: Sequence[Form],
    salience: Ratings,
    sources: Sequence[str],
) -> Pool:
    """The pool of a cluster; `sources` name for each sentence whose it is."""
    return Pool(sentences, words, forms, salience, concepts(sentences, terms, salience), sources)


def select(
    pool: Pool,
    cost: Callable[[Sentence], int],
    budget: int,
    *,
    by_sentence: bool = False,
    constraints: Constraints = Constraints(),
) -> list[int]:
    """Positions of the chosen sentences, in the order of choice; their costs sum to no more than `budget`.

    Raises SentenceRefError where the pinned sentences alone cost more.
    """
    found, chains, constraints = pool.concepts, pool.chains, constraints
    worth = found.worth.copy()
    costs = [cost(sentence) for sentence in pool.sentences]
    power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
    sizes = np.array([max(1, len(its.tokens)) for its in pool.words], float)
    boosts = pool.salience**SALIENCE_POWER
    chosen: list[int] = []
    said = _Said(pool.words)
    spoken: Counter[str] = Counter()

    def missing(at: int) -> list[int]:
        return [link for link in chains[at] if link not in said]

    def promise(at: int) -> float:
        links = missing(at)
        carried = found.of(at) if len(links) == 1 else np.unique(np.concatenate([found.of(link) for link in links]))
        gain = float(worth[carried].sum()) + LEAST_GAIN
        return -round(gain / float(sizes[links].sum() ** power) * float(boosts[at]), DECIMALS)

    def take(links: Sequence[int]) -> int:
        chosen.extend(links)
        for link in links:
            said.add(link)
            worth[found.of(link)] = 0
            spoken[pool.sources[link]] += 1
        return sum(costs[link] for link in links)

    def over_quota(links: Sequence[int]) -> bool:
        if constraints.max_per_source is None:
            return False
        more = Counter(pool.sources[link] for link in links)
        return any(spoken[source] + count > constraints.max_per_source for source, count in more.items())

    budget -= take(constraints.pinned)
    if budget < 0:
        raise SentenceRefError("The pinned sentences are longer than the summary may be. Allow more, or pin fewer.")
    # All at once where a sentence stands alone, as most do: a promise by itself costs ten microseconds.
    alone = -np.round((found.sums() + LEAST_GAIN) / sizes**power * boosts, DECIMALS)
    waiting = [
        (float(alone[at]) if len(chain) == 1 and not constraints.pinned else promise(at), at)
        for at, chain in enumerate(chains)
        if chain and at not in said and (constraints.allowed is None or constraints.allowed.issuperset(chain))
    ]
    followers = _followers(chains)
    heapify(waiting)
    while waiting and budget > 0:
        hoped, at = heappop(waiting)
        links = missing(at)
        if at in said or sum(costs[link] for link in links) > budget or over_quota(links) or said.repeated(links):
            continue
        # Gains only shrink as concepts are said: whoever still keeps its promise is the best (Minoux 1978).
        kept = promise(at)
        if kept > hoped and waiting and (kept, at) > waiting[0]:
            heappush(waiting, (kept, at))
            continue
        budget -= take(links)
        # A sentence whose chain has become shorter is cheaper than it promised.
        for follower in {follower for link in links for follower in followers.get(link, ())} - set(chosen):
            if constraints.allowed is None or constraints.allowed.issuperset(chains[follower]):
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
        run = [*run[-LONGEST_CHAIN:], at] if form.depends_on_previous and follows else [at]
        chains.append(run if len(run) <= LONGEST_CHAIN else [])
    return chains


def _followers(chains: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """For each sentence those whose chains it is in."""
    followers: dict[int, list[int]] = {}
    for chain in chains:
        for link in chain[:-1]:
            followers.setdefault(link, []).append(chain[-1])
    return followers
