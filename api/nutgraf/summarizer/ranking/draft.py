"""A summary in progress: the sentences selected so far, the concepts in them, and which further sentences may be added."""

from collections import Counter
from collections.abc import Collection, Sequence

from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.ranking.pool import Constraints, Pool
from nutgraf.summarizer.ranking.readability import Introduce
from nutgraf.summarizer.reading.term_weights import FloatArray

# The gain of a sentence without new concepts is not 0: such sentences fill the remaining length, the most salient first.
MIN_GAIN = 1e-6


class Draft:
    """The selected sentences, in the order of selection, and what is left of the length.

    `chosen` has their positions, and `opening` is the position of the first sentence of the summary, or None. `by_sentence`
    says that the length is a number of sentences, and `has_several_articles` that there are several articles.
    `remaining_budget` is in the unit of `costs`. `uncovered_weights` has the
    weight of each concept, 0 for those in the summary. `allowed_positions` are the positions that may be selected, sorted;
    `allowed_range` is the slice from the first to the last of them. `initial_gains` are the gains before the pinned
    sentences were selected.
    """

    def __init__(
        self, pool: Pool, costs: Sequence[int], budget: int, constraints: Constraints, *, by_sentence: bool
    ) -> None:
        """Starts with the pinned sentences. Raises SentenceRefError if they alone cost more than the budget."""
        self.pool = pool
        self.costs = costs
        self.remaining_budget = budget
        self.by_sentence = by_sentence
        self.has_several_articles = bool((pool.articles != pool.articles[0]).any())
        self.chosen: dict[int, None] = {}
        self.opening: int | None = None
        self.uncovered_weights = pool.concepts.worth.copy()
        self._constraints = constraints
        self._per_source: Counter[str] = Counter()
        self._selected = pool.repetition.new_selection(strict=by_sentence)
        allowed = constraints.allowed
        self.allowed_positions: Sequence[int] = range(len(pool.sentences)) if allowed is None else sorted(allowed)
        # Vectors are computed only for the range of allowed sentences, which may be those of one article of a hundred.
        self.allowed_range = (
            slice(self.allowed_positions[0], self.allowed_positions[-1] + 1) if self.allowed_positions else slice(0, 0)
        )
        articles = frozenset(pool.sentences[position].article for position in self.allowed_positions)
        self._main = pool.main_story_articles if pool.main_story_articles & articles else articles
        # The concepts of pinned sentences count for the lede.
        self.initial_gains = self.gains()
        self.select(constraints.pinned)
        if self.remaining_budget < 0:
            raise SentenceRefError(
                "The pinned sentences do not fit into the length of the summary. Pin fewer sentences, or allow a longer "
                "summary."
            )

    @property
    def strict_lede(self) -> bool:
        """Whether the rules for the lede are strict.

        They are not for a single article with a length in words or characters, which has the fewest possible ledes.
        """
        return self.by_sentence or self.has_several_articles

    @property
    def introduce(self) -> Introduce:
        """Which names and nouns need an introduction: "all" for lengths in sentences, else "required", with a query "none".

        The sentence that answers the query is more important than the introduction of its nouns.
        """
        return "none" if self.pool.ranks_by_query else "all" if self.by_sentence else "required"

    def select(self, members: Sequence[int]) -> None:
        """Adds sentences, given by position, to the summary. Does not check whether they fit.

        Updates the remaining budget, the uncovered weights and the number of sentences of each source.
        """
        for member in members:
            self.chosen[member] = None
            self._selected.add(member)
            self.uncovered_weights[self.pool.concepts.of(member)] = 0
            self._per_source[self.pool.sources[member]] += 1
            self.remaining_budget -= self.costs[member]

    def gains(self) -> FloatArray:
        """Returns the gain of each sentence of `allowed_range`: shape (stop - start,).

        It is the total weight of its concepts that are not in the summary yet, plus MIN_GAIN.
        """
        return self.pool.concepts.sums(self.uncovered_weights, self.allowed_range.start, self.allowed_range.stop) + MIN_GAIN

    def in_main_story(self, position: int) -> bool:
        """Whether a sentence is of the main story. If no allowed sentence is, all sentences count as such."""
        return self.pool.sentences[position].article in self._main

    def follows_opening(self, position: int, within: int) -> bool:
        """Whether a sentence is one of the next `within` sentences after the opening in its article."""
        return self.opening is not None and position <= self.opening + within and self._in_article_of(self.opening, position)

    def uses_first_person(self, position: int) -> bool:
        """Whether the writer uses the first person; in a short summary of several articles, "we" counts too."""
        return self.pool.readability.uses_first_person(position, include_we=self.by_sentence and self.has_several_articles)

    def is_background(self, position: int) -> bool:
        """Whether a sentence is background; a sentence that names a day never is."""
        readability = self.pool.readability
        return readability.is_background(position) and not readability.names_day(position)

    def repeats_selected(self, members: Collection[int]) -> bool:
        """Whether one of the sentences repeats a selected one."""
        return any(self._selected.repeats_one(member) for member in members)

    def is_allowed(self, position: int) -> bool:
        """Whether the constraints allow a sentence."""
        return self._constraints.allowed is None or position in self._constraints.allowed

    def exceeds_source_limit(self, members: Sequence[int]) -> bool:
        """Whether there would be too many sentences of one source with these."""
        if self._constraints.max_per_source is None:
            return False
        added = Counter(self.pool.sources[member] for member in members)
        limit = self._constraints.max_per_source
        return any(self._per_source[source] + count > limit for source, count in added.items())

    def precedes_opening(self, position: int) -> bool:
        """Whether a sentence stands before the opening in its article. After the opening, it would reverse the story."""
        return self.opening is not None and position < self.opening and self._in_article_of(self.opening, position)

    def may_open(self, position: int) -> bool:
        """Returns whether a sentence can open the summary.

        It is pinned, or it fits the length and the limit per source and is not a fragment.
        """
        if position in self.chosen:
            return True  # it is pinned
        return (
            self.costs[position] <= self.remaining_budget
            and not self.pool.forms[position].fragment
            and not self.exceeds_source_limit([position])
        )

    def fits(self, members: Sequence[int]) -> bool:
        """Whether sentences can be selected together."""
        return (
            sum(self.costs[member] for member in members) <= self.remaining_budget
            and not self.exceeds_source_limit(members)
            and all(map(self.is_allowed, members))
            and not any(map(self.precedes_opening, members))
            and not (len(members) > 1 and self.repeats_selected(members))
        )

    def chain(self, position: int) -> list[int] | None:
        """Returns a sentence with those that it needs and that are not selected yet, in the order of the text.

        All are positions. None if one of them is not usable; see Readability.chain.
        """
        strict = self.by_sentence and not self.pool.ranks_by_query
        return self.pool.readability.chain(position, self.chosen, self.opening, strict=strict, introduce=self.introduce)

    def latest_version(self, position: int) -> int:
        """Returns a sentence of a later article with other figures for the same thing, if it can replace this one.

        Otherwise it returns the sentence itself.
        """
        for other in self.pool.find_later_figures(position):
            if (
                other not in self.chosen
                and self.may_open(other)
                and self.is_allowed(other)
                and self.chain(other) == [other]
                and not self.precedes_opening(other)
            ):
                return other
        return position

    def _in_article_of(self, position: int, other: int) -> bool:
        return self.pool.sentences[position].article == self.pool.sentences[other].article
