"""Selects sentences by salience, within a length.

The summary opens with a lede: the most salient of the first sentences of the articles that can be understood alone. Then a
greedy algorithm adds the sentence whose new concepts have the highest weight, divided by a power of its length (Lin and
Bilmes 2010, "Multi-document summarization via budgeted maximization of submodular functions"), until no sentence fits.
Concepts that are already in the summary add nothing, so that the summary covers all of the news instead of repeating its
main point. A sentence that needs another one is selected only together with it. Sentences that repeat a selected one are
skipped, and so are those before the lede in its article. If the length is a number of sentences, those of the lede's article
come first, and facts come before quotations and background.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from nutgraf.summarizer.interruption import check_for_interruption
from nutgraf.summarizer.ranking.draft import MIN_GAIN, Draft
from nutgraf.summarizer.ranking.lede import BACKGROUND_FACTOR, open_with_lede
from nutgraf.summarizer.ranking.lede import PARAMETERS as LEDE_PARAMETERS
from nutgraf.summarizer.ranking.pool import UNCONSTRAINED, Constraints, Pool
from nutgraf.summarizer.reading.term_weights import DECIMALS, FloatArray
from nutgraf.summarizer.reading.terms import distinct

# Tuned like the constants of salience.py. If the length is a number of sentences, long sentences are penalized less.
LENGTH_POWER = 1.0
LENGTH_POWER_BY_SENTENCE = 0.7
SALIENCE_POWER = 0.2
# Factor for the gain of a sentence that opens with a quotation. It applies to single articles and to lengths in sentences.
SPEECH_FACTOR = 0.5
# The next five values are for lengths in sentences; they were chosen by reading the summaries of 260 clusters.
# The first LEAD_SENTENCES sentences of the summary should read as one report: they are taken from the article of the lede,
# if enough of its next LEAD_WINDOW sentences can be selected. After that, the first LEAD_WINDOW sentences of every article
# come before later ones. A single article has another number.
LEAD_SENTENCES = 4
LEAD_SENTENCES_SINGLE_ARTICLE = 3
LEAD_WINDOW = 8
# The gain of sentence n of an article, counted from 0, is divided by 1 + POSITION_PENALTY * n.
POSITION_PENALTY = 0.2
# Added to the number of words of each sentence, because short sentences say little.
LENGTH_OFFSET_WORDS = 4
# The same for a single article whose summary has a length in words or characters.
LENGTH_OFFSET_WORDS_SINGLE_ARTICLE = 2
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "length_power": LENGTH_POWER,
    "length_power_by_sentence": LENGTH_POWER_BY_SENTENCE,
    "salience_power": SALIENCE_POWER,
    "few": LEAD_SENTENCES,
    "few_within_article": LEAD_SENTENCES_SINGLE_ARTICLE,
    "near": LEAD_WINDOW,
    "few_distance": POSITION_PENALTY,
    "speech_factor": SPEECH_FACTOR,
    "extra_words": LENGTH_OFFSET_WORDS,
    "extra_words_within_article": LENGTH_OFFSET_WORDS_SINGLE_ARTICLE,
    **LEDE_PARAMETERS,
}


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
    constraints: Constraints = UNCONSTRAINED,
) -> Selection:
    """Returns the selected sentences and the one that opens the summary.

    The sum of their `costs`, by position, is at most `budget`; with `by_sentence`, the budget is a number of sentences.
    Sentences that need context from outside the summary are selected only if no other sentence can be. Raises
    SentenceRefError if the pinned sentences alone cost more than the budget.
    """
    draft = Draft(pool, costs, budget, constraints, by_sentence=by_sentence)
    open_with_lede(draft)
    search = _Search(draft, _factors(draft))

    def is_report(position: int) -> bool:
        return draft.in_main_story(position) and not draft.uses_first_person(position)

    if by_sentence and not pool.ranks_by_query:
        search.fill(
            lambda position: draft.follows_opening(position, LEAD_WINDOW) and is_report(position),
            max_selected=LEAD_SENTENCES if draft.has_several_articles else LEAD_SENTENCES_SINGLE_ARTICLE,
        )
        search.fill(lambda position: pool.indices_in_article[position] < LEAD_WINDOW and is_report(position))
    search.fill(is_report)
    reports = (
        by_sentence
        and draft.has_several_articles
        and draft.opening is not None
        and not draft.uses_first_person(draft.opening)
    )
    if reports:
        search.fill(lambda position: not draft.uses_first_person(position))  # a report is not continued with opinion
    else:
        search.fill(draft.in_main_story)
        search.fill(lambda position: True)
    if not draft.chosen:
        search.fill(lambda position: True, readable=False)
    return Selection(list(draft.chosen), draft.opening)


def _factors(draft: Draft) -> FloatArray:
    """Returns the factor of the gain of each sentence."""
    pool = draft.pool
    factors = pool.salience**SALIENCE_POWER
    if draft.by_sentence or not draft.strict_lede:
        factors = factors * np.where(pool.opens_with_quotation, SPEECH_FACTOR, 1.0)
    if draft.by_sentence:
        factors = factors / (1 + POSITION_PENALTY * pool.indices_in_article)
    return factors


class _Search:
    """A greedy search, computed lazily (Minoux 1978), for sentences that a draft still lacks."""

    def __init__(self, draft: Draft, factors: FloatArray) -> None:
        """The gain of each sentence is multiplied by its factor."""
        self._draft = draft
        self._factors = factors
        self._sizes = draft.pool.sizes + (
            LENGTH_OFFSET_WORDS if draft.by_sentence else 0 if draft.strict_lede else LENGTH_OFFSET_WORDS_SINGLE_ARTICLE
        )
        self._power = LENGTH_POWER_BY_SENTENCE if draft.by_sentence else LENGTH_POWER

    def fill(self, is_eligible: Callable[[int], bool], *, readable: bool = True, max_selected: int | None = None) -> None:
        """Selects eligible sentences until no more fit, or until `max_selected` sentences are selected in all.

        With `readable`, a sentence is selected only if it can be understood, together with the sentences that it needs.
        """
        draft, allowed = self._draft, self._draft.allowed_range
        chosen = draft.chosen
        if draft.remaining_budget <= 0:
            return
        # Vectorized: computing a single priority takes ten microseconds.
        single = -np.round(draft.gains() / self._sizes[allowed] ** self._power * self._factors[allowed], DECIMALS)
        queue = [
            (float(single[position - allowed.start]), position)
            for position in draft.allowed_positions
            if draft.costs[position] <= draft.remaining_budget
            and position not in chosen
            and not draft.precedes_opening(position)
        ]
        heapify(queue)
        waiting: dict[int, list[int]] = {}
        while queue and draft.remaining_budget > 0 and (max_selected is None or len(chosen) < max_selected):
            check_for_interruption()
            last_priority, position = heappop(queue)
            if position in chosen or draft.costs[position] > draft.remaining_budget or not is_eligible(position):
                continue
            if draft.repeats_selected([position]):
                continue
            members = draft.chain(position) if readable else [position]
            if members is None:
                continue
            if not draft.fits(members):
                # It may fit once the sentences that it needs are selected.
                for member in members[:-1]:
                    waiting.setdefault(member, []).append(position)
                continue
            # Gains only shrink as concepts are covered: if the updated priority is still the best, the sentence is the best.
            new_priority = self._priority(members)
            if new_priority > last_priority and queue and (new_priority, position) > queue[0]:
                heappush(queue, (new_priority, position))
                continue
            draft.select([draft.latest_version(position)] if members == [position] else members)
            for dependent in {dependent for member in members for dependent in waiting.pop(member, ())}:
                if dependent not in chosen:
                    heappush(queue, (self._priority([dependent]), dependent))

    def _priority(self, members: Sequence[int]) -> float:
        draft = self._draft
        concepts_of_pool = draft.pool.concepts
        carried = (
            concepts_of_pool.of(members[0])
            if len(members) == 1
            else distinct(np.concatenate([concepts_of_pool.of(member) for member in members]))
        )
        gain = float(draft.uncovered_weights[carried].sum()) + MIN_GAIN
        cost = float(self._sizes[list(members)].sum() ** self._power)
        factor = float(self._factors[members[-1]])
        if draft.by_sentence and draft.is_background(members[-1]):
            factor *= BACKGROUND_FACTOR
        return -round(gain / cost * factor, DECIMALS)
