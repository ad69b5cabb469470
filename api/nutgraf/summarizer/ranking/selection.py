"""Sentences and salience -> the selected sentences, within a length.

The summary opens with a lede: the most salient of the first sentences of the articles that can be understood alone. Then a
greedy algorithm adds the sentence whose new concepts have the highest weight, divided by a power of its length (Lin and
Bilmes 2010, "Multi-document summarization via budgeted maximization of submodular functions"), until no sentence fits.
Concepts that the summary has already count nothing, so that it covers all of the news instead of repeating its centre. A
sentence that needs another one is selected only together with it. Sentences that repeat a selected one are skipped, and so
are those before the lede in its article.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.concepts import Concepts
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import Ratings
from nutgraf.summarizer.reading.words import SentenceWords

# Tuned like the constants of salience.py. If the length is a number of sentences, long sentences are penalized less.
LENGTH_POWER = 1.0
LENGTH_POWER_BY_SENTENCE = 0.7
SALIENCE_POWER = 0.2
# The lede is searched in this many first sentences of each article. If none of them can open the summary, three times as
# many are searched, and then all.
LEDE_WITHIN = 3
# The lede has the highest score: salience times a power of the weight of its concepts, divided by a power of its length and
# by 1 + LEDE_DISTANCE * n for sentence n of its article, counted from 0. The factors below apply too.
LEDE_GAIN_POWER = 0.7
LEDE_LENGTH_POWER = 0.7
LEDE_DISTANCE = 0.5
# Factors of a possible lede in which the writer speaks of themselves, that tells background, or that names a day. One that
# names a day never counts as background.
NARRATOR_FACTOR = 0.3
BACKGROUND_FACTOR = 0.6
DAY_FACTOR = 1.0
# The gain of a sentence without new concepts is not 0: such sentences fill the remaining length, the most salient first.
MIN_GAIN = 1e-6
DECIMALS = 9
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "lede_within": LEDE_WITHIN,
    "lede_gain_power": LEDE_GAIN_POWER,
    "lede_length_power": LEDE_LENGTH_POWER,
    "lede_distance": LEDE_DISTANCE,
    "narrator_factor": NARRATOR_FACTOR,
    "background_factor": BACKGROUND_FACTOR,
    "day_factor": DAY_FACTOR,
}


@dataclass(frozen=True)
class Pool:
    """The sentences to select from, with their words, forms, salience, concepts and sources, all by position.

    `later` returns the sentences of later articles that give other figures for the same thing. `main` has the articles of
    the main story. With `about_query`, salience is similarity to a query, and any sentence may open the summary. The same
    pool is used for all lengths of a request: the summary, its variants, and the summaries of single articles.
    """

    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    forms: Sequence[Form]
    salience: Ratings
    concepts: Concepts
    sources: Sequence[str]
    readability: Readability
    repetition: Repetition
    later: Callable[[int], Sequence[int]]
    main: frozenset[int]
    about_query: bool


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of the selection.

    `pinned` positions are selected first. `allowed` has the positions that may be selected; None means all. `max_per_source`
    limits the number of sentences from one source.
    """

    pinned: Sequence[int] = ()
    allowed: frozenset[int] | None = None
    max_per_source: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected positions, in the order of selection. `opening` is the one that opens the summary, if there is one."""

    chosen: Sequence[int]
    opening: int | None


def select(
    pool: Pool,
    cost: Callable[[Sentence], int],
    budget: int,
    *,
    by_sentence: bool = False,
    constraints: Constraints = Constraints(),
) -> Selection:
    """Returns the positions of the selected sentences in the order of selection.

    The sum of their costs does not exceed `budget`. `by_sentence` says that the budget is a number of sentences. Sentences
    that cannot be understood are selected only if no other sentence is. Raises SentenceRefError if the pinned sentences
    alone cost more than the budget.
    """
    search = _Search(pool, cost, budget, by_sentence, constraints)
    search.open()
    search.fill(lambda position: search.in_main_story(position) and not pool.readability.narrates(position))
    search.fill(search.in_main_story)
    search.fill(lambda position: True)
    if not search.chosen:
        search.fill(lambda position: True, readable=False)
    return Selection(search.chosen, search.opening)


class _Search:
    """A greedy search, computed lazily (Minoux 1978): the sentences selected so far, and the concepts not yet covered."""

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
        self._by_sentence = by_sentence
        self.costs = [cost(sentence) for sentence in pool.sentences]
        self._worth = pool.concepts.worth.copy()
        power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
        sizes = np.array([max(1, len(sentence_words.tokens)) for sentence_words in pool.words], float)
        self._power, self._sizes = power, sizes
        self._salience_factors = pool.salience**SALIENCE_POWER
        self._per_source: Counter[str] = Counter()
        self.left = budget
        self.chosen: list[int] = []
        self.opening: int | None = None
        self._allowed = [position for position in range(len(pool.sentences)) if self._is_allowed(position)]
        articles = frozenset(pool.sentences[position].article for position in self._allowed)
        self._main = pool.main if pool.main & articles else articles
        self._lede_gains = pool.concepts.sums(self._worth) + MIN_GAIN
        self._take(constraints.pinned)
        if self.left < 0:
            raise SentenceRefError(
                "The pinned sentences do not fit into the length of the summary. Pin fewer sentences, or allow a longer "
                "summary."
            )

    def in_main_story(self, position: int) -> bool:
        """Whether a sentence is of the main story. If no allowed sentence is, all sentences count as such."""
        return self._pool.sentences[position].article in self._main

    def open(self) -> None:
        """Selects the lede: the best of the first sentences that can be understood alone and fit. It may be a pinned one."""
        pool = self._pool
        scores = pool.salience * self._lede_gains**LEDE_GAIN_POWER / self._sizes**LEDE_LENGTH_POWER

        def score(position: int) -> float:
            distance = 0 if pool.about_query else pool.sentences[position].index
            factor = 1 / (1 + LEDE_DISTANCE * distance)
            if pool.readability.narrates(position):
                factor *= NARRATOR_FACTOR
            if pool.readability.tells_day(position):
                factor *= DAY_FACTOR
            elif pool.readability.is_background(position):
                factor *= BACKGROUND_FACTOR
            return -round(float(scores[position]) * factor, DECIMALS)

        for within in (len(pool.sentences), None) if pool.about_query else (LEDE_WITHIN, 3 * LEDE_WITHIN, None):
            candidates = [
                position
                for position in self._places(within)
                if self._may_open(position) and not (within and pool.readability.opens_with_reference(position))
            ]
            for position in sorted(candidates, key=lambda position: (score(position), position)):
                if position in self.chosen:
                    self.opening = position
                    return
                if pool.readability.chain(position, (), None) == [position] and not self._is_told([position]):
                    self.opening = self._latest(position)
                    self._take([self.opening])
                    return

    def _may_open(self, position: int) -> bool:
        if position in self.chosen:
            return True  # it is pinned
        return (
            self.costs[position] <= self.left
            and not self._pool.forms[position].fragment
            and not self._exceeds_source_limit([position])
        )

    def _places(self, within: int | None) -> list[int]:
        """The first `within` allowed sentences of each article of the main story, or all of them."""
        counts: Counter[int] = Counter()
        places = []
        for position in self._allowed:
            sentence = self._pool.sentences[position]
            counts[sentence.article] += 1
            if (within is None or counts[sentence.article] <= within) and self.in_main_story(position):
                places.append(position)
        return places

    def _latest(self, position: int) -> int:
        """A sentence of a later article with other figures for the same thing, if it can replace this one; else this one."""
        for other in self._pool.later(position):
            if (
                other not in self.chosen
                and self._may_open(other)
                and self._is_allowed(other)
                and self._chain(other) == [other]
                and not self._precedes_opening(other)
            ):
                return other
        return position

    def fill(self, suits: Callable[[int], bool], *, readable: bool = True) -> None:
        """Selects sentences that suit until no more fit. With `readable`, only sentences that can be understood."""
        pool, chosen = self._pool, self.chosen
        if self.left <= 0:
            return
        # Vectorized: computing a single priority takes ten microseconds.
        single = -np.round(
            (pool.concepts.sums(self._worth) + MIN_GAIN) / self._sizes**self._power * self._salience_factors, DECIMALS
        )
        queue = [
            (float(single[position]), position)
            for position in self._allowed
            if self.costs[position] <= self.left and position not in chosen and not self._precedes_opening(position)
        ]
        heapify(queue)
        waiting: dict[int, list[int]] = {}
        while queue and self.left > 0:
            last_priority, position = heappop(queue)
            if position in chosen or self.costs[position] > self.left or not suits(position):
                continue
            if self._is_told([position]):
                continue
            members = self._chain(position) if readable else [position]
            if members is None:
                continue
            if not self._fits(members):
                # It may fit once the sentences that it needs are selected.
                for member in members[:-1]:
                    waiting.setdefault(member, []).append(position)
                continue
            # Gains only shrink as concepts are covered: if the updated priority is still the best, the sentence is the best.
            new_priority = self._priority(members)
            if new_priority > last_priority and queue and (new_priority, position) > queue[0]:
                heappush(queue, (new_priority, position))
                continue
            self._take([self._latest(position)] if members == [position] else members)
            for dependent in {dependent for member in members for dependent in waiting.pop(member, ())}:
                if dependent not in chosen:
                    heappush(queue, (self._priority([dependent]), dependent))

    def _fits(self, members: Sequence[int]) -> bool:
        """Whether sentences can be selected together."""
        return (
            sum(self.costs[member] for member in members) <= self.left
            and not self._exceeds_source_limit(members)
            and all(map(self._is_allowed, members))
            and not any(map(self._precedes_opening, members))
            and not (len(members) > 1 and self._is_told(members))
        )

    def _chain(self, position: int) -> list[int] | None:
        """A sentence with those that it needs; see Readability.chain. `strict` is for lengths in sentences."""
        return self._pool.readability.chain(position, self.chosen, self.opening, strict=self._by_sentence)

    def _priority(self, members: Sequence[int]) -> float:
        concepts_of_pool = self._pool.concepts
        carried = (
            concepts_of_pool.of(members[0])
            if len(members) == 1
            else np.unique(np.concatenate([concepts_of_pool.of(member) for member in members]))
        )
        gain = float(self._worth[carried].sum()) + MIN_GAIN
        cost = float(self._sizes[list(members)].sum() ** self._power)
        return -round(gain / cost * float(self._salience_factors[members[-1]]), DECIMALS)

    def _take(self, members: Sequence[int]) -> None:
        for member in members:
            self.chosen.append(member)
            self._worth[self._pool.concepts.of(member)] = 0
            self._per_source[self._pool.sources[member]] += 1
            self.left -= self.costs[member]

    def _is_allowed(self, position: int) -> bool:
        return self._constraints.allowed is None or position in self._constraints.allowed

    def _exceeds_source_limit(self, members: Sequence[int]) -> bool:
        if self._constraints.max_per_source is None:
            return False
        added = Counter(self._pool.sources[member] for member in members)
        limit = self._constraints.max_per_source
        return any(self._per_source[source] + count > limit for source, count in added.items())

    def _precedes_opening(self, position: int) -> bool:
        """Whether a sentence stands before the opening in its article. After the opening, it would reverse the story."""
        if self.opening is None or position >= self.opening:
            return False
        return self._pool.sentences[position].article == self._pool.sentences[self.opening].article

    def _is_told(self, members: Collection[int]) -> bool:
        """Whether one of the sentences repeats a selected one."""
        repeats = self._pool.repetition.repeats
        return any(repeats(member, other, strict=self._by_sentence) for member in members for other in self.chosen)
