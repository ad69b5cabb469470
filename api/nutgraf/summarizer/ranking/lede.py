"""Selects the sentence that opens a draft: the best of the first sentences of each article that can be understood alone."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.ranking.draft import Draft
from nutgraf.summarizer.reading.term_weights import DECIMALS

# The lede is one of this many first sentences of each article; the second value is for a single article whose summary has a
# length in words or characters. If none of them can open the summary, it is one of the first nine, or else any sentence.
LEDE_WITHIN = 3
LEDE_WITHIN_ARTICLE = 4
# If the length is a number of sentences, an opening may be an anecdote or a scene. Then the lede is the best of this many
# first sentences (but not one of the first two, and no quotation) if its score is higher than that of the opening; after an
# anecdote, ANECDOTE_RATIO times as high. Chosen on 600 single articles.
BEHIND_ANECDOTE_WITHIN = 8
ANECDOTE_RATIO = 1.8
LEDE_DISTANCE_BEHIND_ANECDOTE = 0.15
# The lede has the highest score: salience times a power of the weight of its concepts, divided by a power of its length and
# by 1 + LEDE_DISTANCE * n for sentence n of its article, counted from 0. The factors below apply too. If the length is a
# number of sentences, LEDE_DISTANCE_BY_SENTENCE replaces LEDE_DISTANCE; with a query, the distance does not count.
LEDE_GAIN_POWER = 0.7
LEDE_LENGTH_POWER = 0.7
LEDE_DISTANCE = 0.5
LEDE_DISTANCE_BY_SENTENCE = 1.5
# Factors of a possible lede, if it …
NARRATOR_FACTOR = 0.1  # has the writer in the first person
DEFINITE_FACTOR = 0.5  # has a definite noun that nothing introduces, such as "The psychiatrist" (if the draft is strict)
REFERENCE_FACTOR = 0.5  # opens its article with a word such as "It" or "Another" (if the length is in sentences)
BACKGROUND_FACTOR = 0.6  # is background or, if the length is in sentences, a scene
# The factor of a possible lede that names a day, if the length is a number of sentences: news states when, comment does not.
DAY_FACTOR = 1.5
# Every answer of `POST /summarize` contains these values, so that it can be reproduced.
PARAMETERS = {
    "lede_within": LEDE_WITHIN,
    "lede_within_article": LEDE_WITHIN_ARTICLE,
    "lede_within_behind_anecdote": BEHIND_ANECDOTE_WITHIN,
    "anecdote_ratio": ANECDOTE_RATIO,
    "lede_distance_behind_anecdote": LEDE_DISTANCE_BEHIND_ANECDOTE,
    "lede_gain_power": LEDE_GAIN_POWER,
    "lede_length_power": LEDE_LENGTH_POWER,
    "lede_distance": LEDE_DISTANCE,
    "lede_distance_by_sentence": LEDE_DISTANCE_BY_SENTENCE,
    "narrator_factor": NARRATOR_FACTOR,
    "definite_factor": DEFINITE_FACTOR,
    "reference_factor": REFERENCE_FACTOR,
    "background_factor": BACKGROUND_FACTOR,
    "day_factor": DAY_FACTOR,
}


class _Lede(NamedTuple):
    """A possible lede: its position, the positions to select with it, in order, and its score."""

    position: int
    members: Sequence[int]
    score: float


def open_with_lede(draft: Draft) -> None:
    """Selects the lede, which may be a pinned sentence, with the sentences that it needs; the first of them opens the draft.

    Nothing is selected if no sentence of the main story both fits and can be understood alone.
    """
    lede = _find_lede(draft)
    if lede is None:
        return
    draft.opening = lede.members[0]
    if lede.position not in draft.chosen:
        draft.select(lede.members)


def _find_lede(draft: Draft) -> _Lede | None:
    ranks_by_query = draft.pool.ranks_by_query
    within_first = len(draft.pool.sentences) if ranks_by_query else LEDE_WITHIN if draft.strict_lede else LEDE_WITHIN_ARTICLE
    distance = 0.0 if ranks_by_query else LEDE_DISTANCE_BY_SENTENCE if draft.by_sentence else LEDE_DISTANCE
    lede = _best_lede(draft, within_first, distance)
    if lede is not None and draft.by_sentence and not ranks_by_query:
        lede = _behind_anecdote(draft, lede) or lede
    for within in (3 * LEDE_WITHIN, None):
        lede = lede or _best_lede(draft, within, distance)
    return lede


def _behind_anecdote(draft: Draft, lede: _Lede) -> _Lede | None:
    """The sentence with the news, if the article opens with an anecdote or a scene.

    A scene is about somebody whom it does not name yet ("They came with two diggers"). An anecdote names no day; the rest of
    its article repeats few of its words, so its score is low.
    """
    pool = draft.pool
    index = pool.sentences[lede.position].index
    is_scene = pool.readability.sets_scene(lede.position - index)
    may_be_anecdote = not index and not pool.readability.names_day(lede.position)
    if lede.position in draft.chosen or not (is_scene or may_be_anecdote):
        return None
    behind = _best_lede(draft, BEHIND_ANECDOTE_WITHIN, LEDE_DISTANCE_BEHIND_ANECDOTE)
    if behind is None or pool.opens_with_quotation[behind.position] or pool.sentences[behind.position].index < 2:
        return None
    return behind if behind.score > (1 if is_scene else ANECDOTE_RATIO) * lede.score else None


def _best_lede(draft: Draft, within: int | None, distance: float) -> _Lede | None:
    """The best lede among the first `within` sentences of each article, or among all sentences if it is None.

    The score of sentence n of an article is divided by 1 + n * `distance`.
    """
    pool = draft.pool
    candidates = [
        position
        for position in interruptible(_places(draft, within))
        if draft.may_open(position) and not (within and _should_not_open(draft, position))
    ]
    for score, position in interruptible(_best_first(draft, candidates, distance)):
        if position in draft.chosen:
            return _Lede(position, [position], score)
        chain = pool.readability.chain(
            position,
            (),
            None,
            strict=draft.strict_lede and not pool.ranks_by_query,
            introduce=draft.introduce,
        )
        needed = chain or _remark_before(draft, position)
        if needed == [position] and not draft.repeats_selected([position]):
            return _Lede(position, [draft.latest_version(position)], score)
        if needed is not None and _may_open_together(draft, needed):
            return _Lede(position, needed, score)
    return None


def _should_not_open(draft: Draft, position: int) -> bool:
    """Whether a sentence should open a summary only if no other can.

    It refers back or, if several articles are summarized to a number of sentences, is comment or an interview. If the length
    is a number of sentences, the first sentence of an article only must not open with somebody whom it does not name: it has
    nothing to refer back to ("It was cheering that filled the town hall on Friday").
    """
    readability = draft.pool.readability
    if draft.by_sentence and draft.has_several_articles and readability.uses_first_person(position):
        return True
    if draft.by_sentence and not draft.pool.sentences[position].index:
        return readability.opens_with_unnamed_person(position)
    return readability.opens_with_reference(position, include_phrases=draft.strict_lede)


def _best_first(draft: Draft, candidates: Sequence[int], distance: float) -> list[tuple[float, int]]:
    """The possible ledes as scores and positions, the highest score first."""
    pool, start = draft.pool, draft.allowed_range.start
    informativeness = draft.initial_gains**LEDE_GAIN_POWER / pool.sizes[draft.allowed_range] ** LEDE_LENGTH_POWER
    scores = pool.salience[draft.allowed_range] * informativeness

    def score(position: int) -> float:
        factor = 1 / (1 + distance * pool.sentences[position].index)
        if draft.uses_first_person(position):
            factor *= NARRATOR_FACTOR
        if draft.strict_lede and not pool.ranks_by_query and pool.readability.has_unintroduced_noun(position):
            factor *= DEFINITE_FACTOR
        is_first = not pool.sentences[position].index
        if draft.by_sentence and is_first and pool.readability.opens_with_reference(position, include_phrases=True):
            factor *= REFERENCE_FACTOR
        if draft.is_background(position) or (draft.by_sentence and pool.readability.sets_scene(position)):
            factor *= BACKGROUND_FACTOR
        if draft.by_sentence and pool.readability.names_day(position):
            factor *= DAY_FACTOR
        return round(float(scores[position - start]) * factor, DECIMALS)

    return sorted(((score(position), position) for position in candidates), key=lambda scored: (-scored[0], scored[1]))


def _places(draft: Draft, within: int | None) -> list[int]:
    """The first `within` allowed sentences of each article of the main story, or all of them if it is None."""
    counts: Counter[int] = Counter()
    places = []
    for position in draft.allowed_positions:
        article = draft.pool.sentences[position].article
        counts[article] += 1
        if draft.in_main_story(position) and (within is None or counts[article] <= within):
            places.append(position)
    return places


def _remark_before(draft: Draft, position: int) -> list[int] | None:
    """The first two sentences of an article, if the first is a quotation without its speaker; else None.

    `position` is that of the second one.
    """
    sentence, before = draft.pool.sentences[position], draft.pool.sentences[max(0, position - 1)]
    opens = sentence.index == 1 and before.article == sentence.article and before.unattributed
    return [position - 1, position] if opens else None


def _may_open_together(draft: Draft, members: Sequence[int]) -> bool:
    """Whether the first sentence of an article can open the summary with the lede directly after it."""
    return (
        draft.by_sentence
        and len(members) == 2
        and draft.pool.sentences[members[0]].index == 0
        and sum(draft.costs[member] for member in members) < draft.remaining_budget
        and not draft.pool.readability.opens_with_reference(members[0], include_phrases=True)
        and all(map(draft.is_allowed, members))
        and not draft.exceeds_source_limit(members)
        and not draft.repeats_selected(members)
    )
