"""Sentences and salience -> the selected sentences, within a length.

The summary opens with a lede: the most salient of the first sentences of the articles that can be understood alone. Then a
greedy algorithm adds the sentence whose new concepts have the highest weight, divided by a power of its length (Lin and
Bilmes 2010, "Multi-document summarization via budgeted maximization of submodular functions"), until no sentence fits.
Concepts that the summary has already count nothing, so that it covers all of the news instead of repeating its centre. A
sentence that needs another one is selected only together with it. Sentences that repeat a selected one are skipped, and so
are those before the lede in its article. If the length is a number of sentences, those of the lede's article come first, and
facts come before quotations and background.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.checkpoint import checked, checkpoint
from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.concepts import Concepts
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import Ratings
from nutgraf.summarizer.reading.terms import distinct
from nutgraf.summarizer.reading.words import SentenceWords

# Tuned like the constants of salience.py. If the length is a number of sentences, long sentences are penalized less.
LENGTH_POWER = 1.0
LENGTH_POWER_BY_SENTENCE = 0.7
SALIENCE_POWER = 0.2
# Of a sentence that opens with a quotation: in a single article, or if the length is a number of sentences.
SPEECH_FACTOR = 0.5
# If the length is a number of sentences, the few sentences should read as one report: those of other articles than the
# lede's weigh less, by this factor for FEW sentences and OTHER_ARTICLE_STEP more for each further one, and so do those far
# down their article, by 1 + FEW_DISTANCE * n for sentence n. Each sentence counts as so many words longer, since short ones
# say little. Read by eye on 80 clusters.
FEW = 3
OTHER_ARTICLE_FACTOR = 0.4
OTHER_ARTICLE_STEP = 0.2
FEW_DISTANCE = 0.08
EXTRA_WORDS = 4
# The same for a single article whose summary has a length in words or characters.
EXTRA_WORDS_WITHIN_ARTICLE = 2
# The lede is searched in this many first sentences of each article; the second value is for a single article whose summary
# has a length in words or characters. If none of them can open the summary, three times as many are searched, and then all.
LEDE_WITHIN = 3
LEDE_WITHIN_ARTICLE = 4
# The lede has the highest score: salience times a power of the weight of its concepts, divided by a power of its length and
# by 1 + LEDE_DISTANCE * n for sentence n of its article, counted from 0. The factors below apply too. LEDE_DISTANCE has
# another value if the length is a number of sentences.
LEDE_GAIN_POWER = 0.7
LEDE_LENGTH_POWER = 0.7
LEDE_DISTANCE = 0.5
LEDE_DISTANCE_BY_SENTENCE = 1.5
# Factors of a possible lede in which the writer speaks of themselves, that opens with "The psychiatrist" after the first
# sentence, or that tells background. One that names a day never counts as background. If the length is a number of
# sentences, the last factor is for all sentences.
NARRATOR_FACTOR = 0.1
DEFINITE_FACTOR = 0.5
BACKGROUND_FACTOR = 0.6
# The gain of a sentence without new concepts is not 0: such sentences fill the remaining length, the most salient first.
MIN_GAIN = 1e-6
DECIMALS = 9
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "other_article_factor": OTHER_ARTICLE_FACTOR,
    "other_article_step": OTHER_ARTICLE_STEP,
    "few_distance": FEW_DISTANCE,
    "speech_factor": SPEECH_FACTOR,
    "extra_words": EXTRA_WORDS,
    "extra_words_within_article": EXTRA_WORDS_WITHIN_ARTICLE,
    "lede_within": LEDE_WITHIN,
    "lede_within_article": LEDE_WITHIN_ARTICLE,
    "lede_gain_power": LEDE_GAIN_POWER,
    "lede_length_power": LEDE_LENGTH_POWER,
    "lede_distance": LEDE_DISTANCE,
    "lede_distance_by_sentence": LEDE_DISTANCE_BY_SENTENCE,
    "narrator_factor": NARRATOR_FACTOR,
    "definite_factor": DEFINITE_FACTOR,
    "background_factor": BACKGROUND_FACTOR,
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

    @cached_property
    def articles(self) -> NDArray[np.int64]:
        """The article of each sentence."""
        return np.array([sentence.article for sentence in self.sentences])

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The position of each sentence in its article."""
        return np.array([sentence.index for sentence in self.sentences])

    @cached_property
    def sizes(self) -> Ratings:
        """The number of words of each sentence, at least 1."""
        return np.array([max(1, len(sentence_words.tokens)) for sentence_words in self.words], float)

    @cached_property
    def speech_factors(self) -> Ratings:
        """SPEECH_FACTOR for each sentence that opens with a quotation, 1 for the others."""
        return np.where([_is_speech(sentence) for sentence in self.sentences], SPEECH_FACTOR, 1.0)


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
    costs: Sequence[int],
    budget: int,
    *,
    by_sentence: bool = False,
    constraints: Constraints = Constraints(),
) -> Selection:
    """Returns the positions of the selected sentences in the order of selection.

    The sum of their `costs`, by position, does not exceed `budget`. `by_sentence` says that the budget is a number of
    sentences. Sentences that cannot be understood are selected only if no other sentence is. Raises SentenceRefError if the
    pinned sentences alone cost more than the budget.
    """
    search = _Search(pool, costs, budget, by_sentence, constraints)
    search.open()
    search.stay_with_opening()
    search.fill(lambda position: search.in_main_story(position) and not search.narrates(position))
    search.fill(search.in_main_story)
    search.fill(lambda position: True)
    if not search.chosen:
        search.fill(lambda position: True, readable=False)
    return Selection(list(search.chosen), search.opening)


class _Search:
    """A greedy search, computed lazily (Minoux 1978): the sentences selected so far, and the concepts not yet covered."""

    def __init__(
        self,
        pool: Pool,
        costs: Sequence[int],
        budget: int,
        by_sentence: bool,
        constraints: Constraints,
    ) -> None:
        self._pool = pool
        self._constraints = constraints
        self._by_sentence = by_sentence
        self._costs = costs
        self._worth = pool.concepts.worth.copy()
        # One article, within words or characters, has the fewest ledes to choose from: the rules for them are less strict.
        self._are_several = bool((pool.articles != pool.articles[0]).any())
        self._careful = by_sentence or self._are_several
        self._lede_sizes = pool.sizes**LEDE_LENGTH_POWER
        self._sizes = pool.sizes + (EXTRA_WORDS if by_sentence else 0 if self._careful else EXTRA_WORDS_WITHIN_ARTICLE)
        self._power = LENGTH_POWER_BY_SENTENCE if by_sentence else LENGTH_POWER
        self._factors = pool.salience**SALIENCE_POWER
        if by_sentence or not self._careful:
            self._factors *= pool.speech_factors
        if by_sentence:
            self._factors /= 1 + FEW_DISTANCE * pool.places
        self._per_source: Counter[str] = Counter()
        self._budget = budget
        self.left = budget
        self.chosen: dict[int, None] = {}  # in the order of selection
        self._told = pool.repetition.told(strict=by_sentence)
        self.opening: int | None = None
        allowed = constraints.allowed
        self._allowed: Sequence[int] = range(len(pool.sentences)) if allowed is None else sorted(allowed)
        # The allowed sentences may be those of one article of a hundred: what is computed for all at once is for these.
        self._range = slice(self._allowed[0], self._allowed[-1] + 1) if self._allowed else slice(0, 0)
        articles = frozenset(pool.sentences[position].article for position in self._allowed)
        self._main = pool.main if pool.main & articles else articles
        self._lede_gains = self._gains()
        self._take(constraints.pinned)
        if self.left < 0:
            raise SentenceRefError(
                "The pinned sentences do not fit into the length of the summary. Pin fewer sentences, or allow a longer "
                "summary."
            )

    def in_main_story(self, position: int) -> bool:
        """Whether a sentence is of the main story. If no allowed sentence is, all sentences count as such."""
        return self._pool.sentences[position].article in self._main

    def narrates(self, position: int) -> bool:
        """Whether the writer speaks of themselves; in a few sentences from several articles, "we" counts too."""
        return self._pool.readability.narrates(position, together=self._by_sentence and self._are_several)

    def open(self) -> None:
        """Selects the lede: the best of the first sentences that can be understood alone and fit. It may be a pinned one."""
        pool, allowed = self._pool, self._range
        scores = pool.salience[allowed] * self._lede_gains**LEDE_GAIN_POWER / self._lede_sizes[allowed]

        per_sentence = LEDE_DISTANCE_BY_SENTENCE if self._by_sentence else LEDE_DISTANCE

        def score(position: int) -> float:
            distance = 0 if pool.about_query else pool.sentences[position].index
            factor = 1 / (1 + per_sentence * distance)
            if self.narrates(position):
                factor *= NARRATOR_FACTOR
            if self._careful and not pool.about_query and pool.readability.opens_with_definite(position):
                factor *= DEFINITE_FACTOR
            if self._is_background(position):
                factor *= BACKGROUND_FACTOR
            return -round(float(scores[position - allowed.start]) * factor, DECIMALS)

        for within in (
            (len(pool.sentences), None)
            if pool.about_query
            else (LEDE_WITHIN if self._careful else LEDE_WITHIN_ARTICLE, 3 * LEDE_WITHIN, None)
        ):
            candidates = [
                position
                for position in checked(self._places(within))
                if self._may_open(position)
                and not (within and pool.readability.opens_with_reference(position, strict=self._careful))
            ]
            for position in checked(sorted(candidates, key=lambda position: (score(position), position))):
                if position in self.chosen:
                    self.opening = position
                    return
                chain = pool.readability.chain(position, (), None, strict=self._careful, every_noun=self._by_sentence)
                needed = chain or self._remark_before(position)
                if needed == [position] and not self._is_told([position]):
                    self.opening = self._latest(position)
                    self._take([self.opening])
                    return
                if self._may_open_together(needed):
                    self.opening = position - 1
                    self._take([position - 1, position])
                    return

    def stay_with_opening(self) -> None:
        """Lets the sentences of other articles weigh less, if the length is a number of sentences."""
        if not self._by_sentence or self.opening is None or self._pool.about_query:
            return
        article = self._pool.sentences[self.opening].article
        is_other = self._pool.articles != article
        weight = OTHER_ARTICLE_FACTOR + OTHER_ARTICLE_STEP * max(0, self._budget - FEW)
        self._factors = np.where(is_other, min(1.0, weight), 1.0) * self._factors

    def _may_open(self, position: int) -> bool:
        if position in self.chosen:
            return True  # it is pinned
        return (
            self._costs[position] <= self.left
            and not self._pool.forms[position].fragment
            and not self._exceeds_source_limit([position])
        )

    def _remark_before(self, position: int) -> list[int] | None:
        """A sentence with the quotation before it that opens its article, without a speaker; None if there is none."""
        sentence, before = self._pool.sentences[position], self._pool.sentences[max(0, position - 1)]
        opens = sentence.index == 1 and before.article == sentence.article and before.unattributed
        return [position - 1, position] if opens else None

    def _may_open_together(self, members: Sequence[int] | None) -> bool:
        """Whether a lede can open the summary behind the first sentence of its article: a short remark, then who made it."""
        return (
            self._by_sentence
            and members is not None
            and len(members) == 2
            and self._pool.sentences[members[0]].index == 0
            and sum(self._costs[member] for member in members) < self.left
            and not self._pool.readability.opens_with_reference(members[0], strict=True)
            and all(map(self._is_allowed, members))
            and not self._exceeds_source_limit(members)
            and not self._is_told(members)
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
        chosen, allowed = self.chosen, self._range
        if self.left <= 0:
            return
        # Vectorized: computing a single priority takes ten microseconds.
        single = -np.round(self._gains() / self._sizes[allowed] ** self._power * self._factors[allowed], DECIMALS)
        queue = [
            (float(single[position - allowed.start]), position)
            for position in self._allowed
            if self._costs[position] <= self.left and position not in chosen and not self._precedes_opening(position)
        ]
        heapify(queue)
        waiting: dict[int, list[int]] = {}
        while queue and self.left > 0:
            checkpoint()
            last_priority, position = heappop(queue)
            if position in chosen or self._costs[position] > self.left or not suits(position):
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
            sum(self._costs[member] for member in members) <= self.left
            and not self._exceeds_source_limit(members)
            and all(map(self._is_allowed, members))
            and not any(map(self._precedes_opening, members))
            and not (len(members) > 1 and self._is_told(members))
        )

    def _chain(self, position: int) -> list[int] | None:
        """A sentence with those that it needs; see Readability.chain. It is stricter for lengths in sentences."""
        few = self._by_sentence
        return self._pool.readability.chain(position, self.chosen, self.opening, strict=few, every_noun=few)

    def _gains(self) -> Ratings:
        """The weight of the concepts of each sentence in the range that the summary does not have yet."""
        return self._pool.concepts.sums(self._worth, self._range.start, self._range.stop) + MIN_GAIN

    def _priority(self, members: Sequence[int]) -> float:
        concepts_of_pool = self._pool.concepts
        carried = (
            concepts_of_pool.of(members[0])
            if len(members) == 1
            else distinct(np.concatenate([concepts_of_pool.of(member) for member in members]))
        )
        gain = float(self._worth[carried].sum()) + MIN_GAIN
        cost = float(self._sizes[list(members)].sum() ** self._power)
        factor = float(self._factors[members[-1]])
        if self._by_sentence and self._is_background(members[-1]):
            factor *= BACKGROUND_FACTOR
        return -round(gain / cost * factor, DECIMALS)

    def _is_background(self, position: int) -> bool:
        readability = self._pool.readability
        return readability.is_background(position) and not readability.tells_day(position)

    def _take(self, members: Sequence[int]) -> None:
        for member in members:
            self.chosen[member] = None
            self._told.add(member)
            self._worth[self._pool.concepts.of(member)] = 0
            self._per_source[self._pool.sources[member]] += 1
            self.left -= self._costs[member]

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
        return any(member in self._told for member in members)


def _is_speech(sentence: Sentence) -> bool:
    """Whether a sentence opens with a quotation."""
    return sentence.quoted and not sentence.text[0].isalnum()
