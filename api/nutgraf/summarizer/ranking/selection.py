"""Sentences and salience -> the selected sentences, within a length.

The summary opens with a lede: the most salient of the first sentences of the articles that can be understood alone. Then a
greedy algorithm selects the sentence whose new concepts have the highest weight, divided by a power of its length (Lin and
Bilmes 2010, "Multi-document summarization via budgeted maximization of submodular functions"). Concepts that are already
covered count nothing, so that the summary covers all of the news instead of repeating its centre. A sentence that needs
another one is selected only together with it. A sentence that tells again what a selected one tells is skipped, and so is
what stands before the lede in its article.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.concepts import Concepts, concepts
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import Ratings
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# Tuned like the constants of salience.py. If the length is a number of sentences, long sentences are penalized less.
import os
LENGTH_POWER = float(os.environ.get('LP',1.0))
LENGTH_POWER_BY_SENTENCE = 0.5
SALIENCE_POWER = float(os.environ.get('SP',0.2))
# The lede is looked for among so many first sentences of each article; the rest of the article only if none can open.
LEDE_WITHIN = int(os.environ.get('LW',3))
# The gain of a sentence without new concepts: such sentences fill the remaining length, the most salient first.
MIN_GAIN = 1e-6
DECIMALS = 9
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "lede_within": LEDE_WITHIN,
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
    readability: Readability
    repetition: Repetition


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of the selection.

    `pinned` positions are selected first. `allowed` are the positions that may be selected, None for all. `max_per_source`
    bounds the number of sentences from one source.
    """

    pinned: Sequence[int] = ()
    allowed: frozenset[int] | None = None
    max_per_source: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected positions, in the order of selection; `opening` is the one that the summary begins with, if any."""

    chosen: Sequence[int]
    opening: int | None


def build_pool(
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    forms: Sequence[Form],
    salience: Ratings,
    sources: Sequence[str],
    languages: Sequence[str],
) -> Pool:
    """Returns the pool of a cluster, and computes the concepts of its sentences.

    All sequences but `languages`, which is by article, are by sentence: `sources` has the source of each, `salience` is
    above 0 with 1 as the highest value.
    """
    return Pool(
        sentences,
        words,
        forms,
        salience,
        concepts(sentences, terms, salience),
        sources,
        Readability(sentences, words, forms, languages),
        Repetition(sentences, words, terms),
    )


def select(
    pool: Pool,
    cost: Callable[[Sentence], int],
    budget: int,
    *,
    by_sentence: bool = False,
    constraints: Constraints = Constraints(),
) -> Selection:
    """Returns the positions of the selected sentences in the order of selection.

    The sum of their costs does not exceed `budget`. `by_sentence` means that the budget is a number of sentences. Sentences
    that cannot be understood are selected only if no other fits. Raises SentenceRefError if the pinned sentences alone
    cost more than the budget.
    """
    search = _Search(pool, cost, budget, by_sentence, constraints)
    import os
    if 'noopen' not in os.environ.get('X',''): search.open()
    search.fill(readable=True)
    if not search.chosen:
        search.fill(readable=False)
    return Selection(search.chosen, search.opening)


class _Search:
    """A greedy search, computed lazily (Minoux 1978): the sentences selected so far, and what they leave to be told."""

    def __init__(
        self,
        pool: Pool,
        cost: Callable[[Sentence], int],
        budget: int,
        by_sentence: bool,
        constraints: Constraints,
    ) -> None:
        self._pool = pool
        self._constraints = constraints
        self._costs = [cost(sentence) for sentence in pool.sentences]
        self._worth = pool.concepts.worth.copy()
        power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
        sizes = np.array([max(1, len(sentence_words.tokens)) for sentence_words in pool.words], float)
        self._power, self._sizes = power, sizes
        self._salience_factors = pool.salience**SALIENCE_POWER
        self._per_source: Counter[str] = Counter()
        self._left = budget
        self.chosen: list[int] = []
        self.opening: int | None = None
        self._take(constraints.pinned)
        if self._left < 0:
            raise SentenceRefError(
                "The pinned sentences do not fit into the length of the summary. Pin fewer sentences, or allow a longer "
                "summary."
            )

    def open(self) -> None:
        """Selects the lede: the most salient sentence that can be understood alone and fits."""
        sentences, salience = self._pool.sentences, self._pool.salience
        pinned = frozenset(self.chosen)
        _g = self._pool.concepts.sums(self._worth)
        for within in (LEDE_WITHIN, None):
            candidates = [
                position
                for position in self._places(within)
                if position not in pinned
                and self._costs[position] <= self._left
                and not self._exceeds_source_limit([position])
                and not self._pool.forms[position].fragment
            ]
            for position in sorted(candidates, key=lambda position: (-salience[position]**float(os.environ.get('OS',1))*_g[position]**float(os.environ.get('OG',0))/self._sizes[position]**float(os.environ.get('OL',0))/(1+float(os.environ.get('OI',0))*sentences[position].index), position)):
                if self._pool.readability.chain(position, (), None) == [position] and not self._is_told([position]):
                    self._take([position])
                    self.opening = position
                    return
            if len(candidates) == len(sentences):
                return

    def _places(self, within: int | None) -> list[int]:
        """The allowed sentences that may be the lede: the first `within` allowed ones of each article, or all."""
        counts: Counter[int] = Counter()
        places = []
        for position, sentence in enumerate(self._pool.sentences):
            if self._is_allowed(position):
                counts[sentence.article] += 1
                if within is None or counts[sentence.article] <= within:
                    places.append(position)
        return places

    def fill(self, *, readable: bool) -> None:
        """Selects sentences until none is left that fits. With `readable`, only those that can be understood."""
        pool, chosen = self._pool, self.chosen
        # Vectorized: computing a single priority takes ten microseconds.
        single = -np.round(
            (pool.concepts.sums(self._worth) + MIN_GAIN) / self._sizes**self._power * self._salience_factors, DECIMALS
        )
        queue = [
            (float(single[position]), position)
            for position in range(len(pool.sentences))
            if self._is_allowed(position) and self._costs[position] <= self._left and not self._precedes_opening(position)
        ]
        heapify(queue)
        waiting: dict[int, list[int]] = {}
        while queue and self._left > 0:
            last_priority, position = heappop(queue)
            if position in chosen or self._costs[position] > self._left or self._is_told([position]):
                continue
            members = pool.readability.chain(position, chosen, self.opening) if readable else [position]
            if members is None:
                continue
            if (
                sum(self._costs[member] for member in members) > self._left
                or self._exceeds_source_limit(members)
                or not all(map(self._is_allowed, members))
                or any(map(self._precedes_opening, members))
                or (len(members) > 1 and self._is_told(members))
            ):
                # It may fit better when what it needs is told.
                for member in members[:-1]:
                    waiting.setdefault(member, []).append(position)
                continue
            # Gains only shrink as concepts are covered: if the updated priority is still the best, the sentence is the best.
            new_priority = self._priority(members)
            if new_priority > last_priority and queue and (new_priority, position) > queue[0]:
                heappush(queue, (new_priority, position))
                continue
            self._take(members)
            for dependent in {dependent for member in members for dependent in waiting.pop(member, ())}:
                if dependent not in chosen:
                    heappush(queue, (self._priority([dependent]), dependent))

    def _priority(self, members: Sequence[int]) -> float:
        concepts_of_pool = self._pool.concepts
        carried = (
            concepts_of_pool.of(members[0])
            if len(members) == 1
            else np.unique(np.concatenate([concepts_of_pool.of(member) for member in members]))
        )
        gain = float(self._worth[carried].sum()) + MIN_GAIN
        size = float(self._sizes[list(members)].sum())
        return -round(gain / size**self._power * float(self._salience_factors[members[-1]]), DECIMALS)

    def _take(self, members: Sequence[int]) -> None:
        for member in members:
            self.chosen.append(member)
            self._worth[self._pool.concepts.of(member)] = 0
            self._per_source[self._pool.sources[member]] += 1
            self._left -= self._costs[member]

    def _is_allowed(self, position: int) -> bool:
        return self._constraints.allowed is None or position in self._constraints.allowed

    def _exceeds_source_limit(self, members: Sequence[int]) -> bool:
        if self._constraints.max_per_source is None:
            return False
        added = Counter(self._pool.sources[member] for member in members)
        limit = self._constraints.max_per_source
        return any(self._per_source[source] + count > limit for source, count in added.items())

    def _precedes_opening(self, position: int) -> bool:
        """Whether a sentence stands before the opening in its article: telling it after the opening reverses the story."""
        import os
        if self.opening is None or position >= self.opening or 'noprec' in os.environ.get('X',''):
            return False
        return self._pool.sentences[position].article == self._pool.sentences[self.opening].article

    def _is_told(self, members: Collection[int]) -> bool:
        """Whether one of the sentences tells again what a selected one tells."""
        return any(self._pool.repetition.repeats(member, other) for member in members for other in self.chosen)
