"""Sentences and salience -> the selected sentences, within a length.

A greedy algorithm selects the sentence whose new concepts have the highest weight, divided by a power of its length (Lin
and Bilmes 2010, "Multi-document summarization via budgeted maximization of submodular functions"). Concepts that are
already covered count nothing, so that the summary covers all of the news instead of repeating its centre. A sentence that
depends on the previous one is selected only together with it. A sentence that repeats a selected one is skipped.
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

# Tuned like the constants of salience.py. If the length is a number of sentences, long sentences are penalized less.
LENGTH_POWER = 1.0
LENGTH_POWER_BY_SENTENCE = 0.5
SALIENCE_POWER = 0.2
# Maximum number of sentences that depend on one another; longer chains are never selected.
MAX_CHAIN = 3
# A sentence repeats another one if they share at least this part of the shorter one's content words and their pairs.
MIN_REPEATED_SHARE = 0.6
# The gain of a sentence without new concepts: such sentences fill the remaining length, the most salient first.
MIN_GAIN = 1e-6
DECIMALS = 9
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "repeated_share": MIN_REPEATED_SHARE,
}


@dataclass(frozen=True)
class Pool:
    """The sentences to select from, with their words, forms, salience, concepts and sources, all by position.

    One pool serves all lengths of a request: summary, variants, and summaries of single articles.
    """

    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    forms: Sequence[Form]
    salience: Ratings
    concepts: Concepts
    sources: Sequence[str]

    @cached_property
    def chains(self) -> list[list[int]]:
        """For each sentence the positions that must be selected with it, itself last; empty if they are too many."""
        return _chains(self.sentences, self.forms)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of the selection.

    `pinned` positions are selected first. `allowed` are the positions that may be selected, None for all. `max_per_source`
    bounds the number of sentences from one source.
    """

    pinned: Sequence[int] = ()
    allowed: frozenset[int] | None = None
    max_per_source: int | None = None


def build_pool(
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    forms: Sequence[Form],
    salience: Ratings,
    sources: Sequence[str],
) -> Pool:
    """Returns the pool of a cluster, and computes the concepts of its sentences.

    All sequences are by sentence: `sources` has the source of each, `salience` is above 0 with 1 as the highest value.
    """
    return Pool(sentences, words, forms, salience, concepts(sentences, terms, salience), sources)


def select(
    pool: Pool,
    cost: Callable[[Sentence], int],
    budget: int,
    *,
    by_sentence: bool = False,
    constraints: Constraints = Constraints(),
) -> list[int]:
    """Returns the positions of the selected sentences in the order of selection.

    The sum of their costs does not exceed `budget`. `by_sentence` means that the budget is a number of sentences. The
    result is that of a full greedy search, computed lazily (Minoux 1978). Raises SentenceRefError if the pinned sentences
    alone cost more than the budget.
    """
    concepts_of_pool, chains, constraints = pool.concepts, pool.chains, constraints
    worth = concepts_of_pool.worth.copy()
    costs = [cost(sentence) for sentence in pool.sentences]
    power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
    sizes = np.array([max(1, len(sentence_words.tokens)) for sentence_words in pool.words], float)
    salience_factors = pool.salience**SALIENCE_POWER
    chosen: list[int] = []
    covered = _CoveredSentences(pool.words)
    chosen_per_source: Counter[str] = Counter()

    def unselected(position: int) -> list[int]:
        return [member for member in chains[position] if member not in covered]

    def priority(position: int) -> float:
        members = unselected(position)
        carried = (
            concepts_of_pool.of(position)
            if len(members) == 1
            else np.unique(np.concatenate([concepts_of_pool.of(member) for member in members]))
        )
        gain = float(worth[carried].sum()) + MIN_GAIN
        return -round(gain / float(sizes[members].sum() ** power) * float(salience_factors[position]), DECIMALS)

    def take(members: Sequence[int]) -> int:
        chosen.extend(members)
        for member in members:
            covered.add(member)
            worth[concepts_of_pool.of(member)] = 0
            chosen_per_source[pool.sources[member]] += 1
        return sum(costs[member] for member in members)

    def exceeds_source_limit(members: Sequence[int]) -> bool:
        if constraints.max_per_source is None:
            return False
        added = Counter(pool.sources[member] for member in members)
        return any(chosen_per_source[source] + count > constraints.max_per_source for source, count in added.items())

    budget -= take(constraints.pinned)
    if budget < 0:
        raise SentenceRefError(
            "The pinned sentences do not fit into the length of the summary. Pin fewer sentences, or allow a longer summary."
        )
    # Vectorized for sentences that depend on no other, which are most: computing a single priority takes ten microseconds.
    single_priorities = -np.round((concepts_of_pool.sums() + MIN_GAIN) / sizes**power * salience_factors, DECIMALS)
    queue = [
        (float(single_priorities[position]) if len(chain) == 1 and not constraints.pinned else priority(position), position)
        for position, chain in enumerate(chains)
        if chain and position not in covered and (constraints.allowed is None or constraints.allowed.issuperset(chain))
    ]
    dependents = _dependents(chains)
    heapify(queue)
    while queue and budget > 0:
        last_priority, position = heappop(queue)
        members = unselected(position)
        if (
            position in covered
            or sum(costs[member] for member in members) > budget
            or exceeds_source_limit(members)
            or covered.repeated(members)
        ):
            continue
        # Gains only shrink as concepts are covered: if the updated priority is still the best, the sentence is the best.
        new_priority = priority(position)
        if new_priority > last_priority and queue and (new_priority, position) > queue[0]:
            heappush(queue, (new_priority, position))
            continue
        budget -= take(members)
        # Sentences that depend on the selected ones now need fewer others, so their priorities may have improved.
        for dependent in {dependent for member in members for dependent in dependents.get(member, ())} - set(chosen):
            if constraints.allowed is None or constraints.allowed.issuperset(chains[dependent]):
                heappush(queue, (priority(dependent), dependent))
    return chosen


class _CoveredSentences:
    """The selected sentences, and whether other sentences repeat them."""

    def __init__(self, words: Sequence[SentenceWords]) -> None:
        self._words = words
        self._grams: dict[int, frozenset[object]] = {}

    def __contains__(self, position: int) -> bool:
        return position in self._grams

    def add(self, position: int) -> None:
        self._grams[position] = self._grams_of(position)

    def repeated(self, members: Sequence[int]) -> bool:
        """Whether one of the sentences repeats a selected one."""
        return any(_repeats(self._grams_of(member), grams) for member in members for grams in self._grams.values())

    def _grams_of(self, position: int) -> frozenset[object]:
        stems = self._words[position].content
        return frozenset((*stems, *pairwise(stems))) or frozenset(map(str.lower, self._words[position].tokens))


def _repeats(one: frozenset[object], other: frozenset[object]) -> bool:
    return len(one & other) >= MIN_REPEATED_SHARE * min(len(one), len(other))


def _chains(sentences: Sequence[Sentence], forms: Sequence[Form]) -> list[list[int]]:
    """For each sentence those that must be selected with it, in order, itself last; empty if there are too many."""
    chains: list[list[int]] = []
    run: list[int] = []
    for position, (sentence, form) in enumerate(zip(sentences, forms, strict=True)):
        before = sentences[position - 1] if position else None
        follows = before is not None and (before.article, before.index + 1) == (sentence.article, sentence.index)
        run = [*run[-MAX_CHAIN:], position] if form.depends_on_previous and follows else [position]
        chains.append(run if len(run) <= MAX_CHAIN else [])
    return chains


def _dependents(chains: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """For each sentence those that depend on it."""
    dependents: dict[int, list[int]] = {}
    for chain in chains:
        for member in chain[:-1]:
            dependents.setdefault(member, []).append(chain[-1])
    return dependents
