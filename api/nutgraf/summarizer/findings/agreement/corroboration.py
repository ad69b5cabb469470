"""Finds, for a sentence, the sentences of other articles that state the same fact, and whether they differ in a detail.

Similar words find candidates; `facts.same_fact` decides by their trees. A sentence that denies what the other reports, or
that only expects it, is not listed. One that gives another figure, day, name or outcome for the same thing is listed, with
`differs`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.findings.agreement.fact_words import key_of_stem
from nutgraf.summarizer.findings.agreement.facts import (
    MIN_SHARED,
    NEARLY_IDENTICAL,
    SIMILARITY_IF_FEW_SHARED,
    Facts,
    differ,
    facts_of_words,
    is_stated_enough,
    read_facts,
    same_fact,
    stated_share,
)
from nutgraf.summarizer.findings.agreement.number_contradictions import (
    Numbers,
    contradict_singular,
    numbers_differ,
    numbers_of,
    singular_nouns,
)
from nutgraf.summarizer.findings.figures.differing_figures import StatedFigures
from nutgraf.summarizer.findings.quotations.direct_speech import is_balanced
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import CorroboratingSentence
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.term_weights import TermWeights

# Cosine similarity from which two sentences may state the same fact. At 0.3 they do in 6 of 10 pairs, at 0.5 in 9 of 10.
MIN_SIMILARITY = 0.35
# Share of the main statement that the other sentence must state. Below it, a sentence only mentions what the other reports.
MIN_STATED = 0.3
# If one sentence is only the start of a quotation, another that is this many times as long is taken to quote more of it.
MORE_OF_A_QUOTATION = 1.5
_OPENING = '"“„«»'
# The maximum number of compared sentences of each article, the most similar ones.
MAX_CANDIDATES_PER_ARTICLE = 2
# Sentences that are parsed for one request; those with the most similar candidates come first, others are not corroborated.
MAX_PARSED = 400
# A statement has a single source only if no other source has a sentence at least this similar. With 0.2, another source
# made the same statement in one of five such cases; with 0.1, in none (22 sentences, checked by hand).
MAX_SIMILARITY_OF_UNMATCHED = 0.1
SIMILARITY_UNIT = 1_000_000  # similarities have six decimals
# The number of similarities that are computed at a time, as a dense matrix.
BATCH_PAIRS = 2_000_000
# The maximum number of similarities that are computed for one request: those of 7,000 sentences with each other. Beyond it,
# the last requested sentences are not corroborated.
MAX_PAIRS = 50_000_000


class Corroboration:
    """Finds the sentences of other articles that state the same fact as a sentence of the request.

    Each pair of sentences is compared at most once.
    """

    def __init__(self, cluster: Cluster, weights: TermWeights, trees: TreeCache, figures: StatedFigures) -> None:
        """`weights`, `trees` and `figures` are those of the cluster's sentences."""
        self._cluster = cluster
        self._weights = weights
        self._trees = trees
        self._figures = figures
        self._facts: dict[int, Facts] = {}
        self._numbers: dict[int, Numbers] = {}
        self._keys: dict[int, frozenset[str]] = {}
        self._singular: dict[int, frozenset[str]] = {}
        self._found: dict[int, list[CorroboratingSentence]] = {}
        self._unmatched: set[int] = set()
        self._article_of = np.array([sentence.article for sentence in cluster.sentences], np.int64)
        # Where the sentences of each article begin: those of one article are consecutive.
        self._articles, self._first = np.unique(self._article_of, return_index=True)
        self._pairs_left = MAX_PAIRS
        # For each article, the articles of other sources; none if one of these is in another language.
        self._comparable_articles: dict[int, frozenset[int]] = {}

    def find(self, chosen: Iterable[int]) -> Mapping[int, list[CorroboratingSentence]]:
        """Returns, for each chosen position, the most similar sentence of every other article that states the same fact.

        The most similar sentences come first. Copies are not among the sentences, because a copy corroborates nothing.
        """
        new = [position for position in dict.fromkeys(chosen) if position not in self._found]
        if len(self._articles) < 2:
            self._found |= {position: [] for position in new}
            return self._found
        count = len(self._article_of)
        compared = new[: self._pairs_left // count]
        self._pairs_left -= len(compared) * count
        self._found |= {position: [] for position in new[len(compared) :]}
        rows = max(1, BATCH_PAIRS // count)
        found = [self._candidates(np.array(compared[at : at + rows])) for at in interruptible(range(0, len(compared), rows))]
        if found:
            candidates = _Candidates(*map(np.concatenate, zip(*found, strict=True)))
            self._read(candidates)
            self._found |= {position: [] for position in compared}
            for position, similar in interruptible(candidates.with_facts(self._facts).items()):
                kept = [(other, alike) for other, alike in similar if self._may_be_same(position, other, alike)]
                self._found[position] = self._same(position, kept)
        return self._found

    def single_source(self, position: int) -> bool:
        """Returns whether no other source of the request states the fact of a sentence, given by position.

        False if that is not certain, and for a sentence that was not passed to `find` before.
        """
        return position in self._unmatched and not self._found[position]

    def _candidates(self, positions: NDArray[np.int64]) -> "_Candidates":
        """The most similar sentences of other articles that may state the same as those at `positions`."""
        weights, count = self._weights.weights, len(self._article_of)
        # Similarity and position in one number: its maximum is the most similar sentence, the first of equally similar ones.
        ranks = np.rint((weights[positions] @ weights.T).toarray() * SIMILARITY_UNIT).astype(np.int64)
        ranks[self._article_of[positions][:, None] == self._article_of] = -1
        ranks *= count
        ranks += np.arange(count - 1, -1, -1)
        best: list[NDArray[np.int64]] = []
        rows = np.arange(len(positions))[:, None]
        for _ in range(MAX_CANDIDATES_PER_ARTICLE):
            best.append(np.maximum.reduceat(ranks, self._first, axis=1))
            ranks[rows, count - 1 - best[-1] % count] = -1
        is_similar = best[0] >= round(MAX_SIMILARITY_OF_UNMATCHED * SIMILARITY_UNIT) * count
        for position, similar in zip(positions.tolist(), is_similar, strict=True):
            if self._is_unmatched(int(self._article_of[position]), frozenset(self._articles[similar].tolist())):
                self._unmatched.add(position)
        found = np.concatenate(best, axis=1)
        row, column = np.nonzero(found >= round(MIN_SIMILARITY * SIMILARITY_UNIT) * count)
        ranked = found[row, column]
        return _Candidates(positions[row], count - 1 - ranked % count, ranked // count)

    def _may_be_same(self, position: int, other: int, similarity: float) -> bool:
        """Whether two sentences have enough words in common to state the same fact; saves parsing the others."""
        return similarity >= SIMILARITY_IF_FEW_SHARED or len(self._keys_of(position) & self._keys_of(other)) >= MIN_SHARED

    def _keys_of(self, position: int) -> frozenset[str]:
        if position not in self._keys:
            code = primary(self._cluster.articles[self._cluster.sentences[position].article].language)
            self._keys[position] = frozenset(key_of_stem(stem, code) for stem in self._cluster.words[position].content)
        return self._keys[position]

    def _is_unmatched(self, own: int, similar: frozenset[int]) -> bool:
        """Whether there are other sources in the same language, and no article of theirs has a similar sentence."""
        if own not in self._comparable_articles:
            articles = self._cluster.articles
            source, language = articles[own].article.source, articles[own].language
            others = {
                article
                for article in set(self._articles.tolist()) - {own}
                if not source or articles[article].article.source != source
            }
            comparable = all(articles[article].language == language for article in others)
            self._comparable_articles[own] = frozenset(others) if comparable else frozenset()
        return bool(self._comparable_articles[own]) and self._comparable_articles[own].isdisjoint(similar)

    def _read(self, candidates: "_Candidates") -> None:
        """Reads the facts of all sentences that are compared, in one batch, up to the limit of a request."""
        new: dict[int, None] = {}
        for position, other, similarity in candidates.pairs():
            if len(self._facts) + len(new) >= MAX_PARSED:
                break
            if not self._may_be_same(position, other, similarity):
                continue
            new |= dict.fromkeys(read for read in (position, other) if read not in self._facts)
        wanted = list(new)[: max(0, MAX_PARSED - len(self._facts))]
        trees = self._trees.of(wanted)
        for position in wanted:
            code = primary(self._cluster.languages[self._cluster.sentences[position].article])
            tree = trees.get(position)
            self._facts[position] = (
                read_facts(tree, code) if tree else facts_of_words(self._cluster.words[position].content, code)
            )
            self._singular[position] = singular_nouns(tree, code) if tree else frozenset()
            self._numbers[position] = numbers_of(tree, self._figures.quantities(position), code) if tree else {}

    def _same(self, position: int, similar: Sequence[tuple[int, float]]) -> list[CorroboratingSentence]:
        """Of each article, the most similar sentence that states the same fact as the sentence at `position`."""
        found: dict[int, CorroboratingSentence] = {}
        own = self._facts.get(position)
        for other, similarity in similar:
            sentence, facts = self._cluster.sentences[other], self._facts.get(other)
            if not own or not facts or sentence.article in found:
                continue
            if _asks(sentence.text) != _asks(self._cluster.sentences[position].text):
                continue  # a question states nothing
            if self._is_start_of_quotation(position, other) or (facts.superseded and not own.superseded):
                continue
            stated = stated_share(own, facts) >= MIN_STATED or similarity >= NEARLY_IDENTICAL
            if stated and same_fact(own, facts, similarity) and is_stated_enough(own, facts, similarity):
                differs = (
                    self._figures.compare(position, other) == "differ"
                    or differ(own, facts)
                    or numbers_differ(
                        self._numbers[position],
                        self._numbers[other],
                        self._figures.quantities(position),
                        self._figures.quantities(other),
                    )
                    or contradict_singular(self._numbers[position], self._singular[other])
                    or contradict_singular(self._numbers[other], self._singular[position])
                )
                found[sentence.article] = CorroboratingSentence(sentence.article, sentence.index, similarity, differs)
        return list(found.values())

    def _is_start_of_quotation(self, position: int, other: int) -> bool:
        """Whether `other` is only the start of a quotation, and the sentence at `position` quotes more of it."""
        own, text = self._cluster.sentences[position].text, self._cluster.sentences[other].text
        return len(own) > MORE_OF_A_QUOTATION * len(text) and text[0] in _OPENING and not is_balanced(text)


class _Candidates(NamedTuple):
    """Pairs of sentences that may state the same fact: arrays of the two positions and of the similarity in millionths."""

    position: NDArray[np.int64]
    other: NDArray[np.int64]
    similarity: NDArray[np.int64]

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Yields the positions of each pair and their similarity, the most similar pair first."""
        order = np.lexsort((self.other, self.position, -self.similarity))
        for start in range(0, len(order), BATCH_PAIRS):
            batch = order[start : start + BATCH_PAIRS]
            similarity = np.minimum(1.0, self.similarity[batch] / SIMILARITY_UNIT).tolist()
            yield from zip(self.position[batch].tolist(), self.other[batch].tolist(), similarity, strict=True)

    def with_facts(self, facts: Mapping[int, Facts]) -> dict[int, list[tuple[int, float]]]:
        """Returns, for each position, its candidates with their similarities, the most similar first.

        Only sentences whose facts are in `facts`, by position, are included.
        """
        known = np.array(sorted(facts), np.int64)
        chosen = np.flatnonzero(np.isin(self.position, known) & np.isin(self.other, known))
        order = chosen[np.lexsort((self.other[chosen], -self.similarity[chosen]))]
        found: dict[int, list[tuple[int, float]]] = {}
        for position, other, similarity in zip(*(values[order].tolist() for values in self), strict=True):
            found.setdefault(position, []).append((other, min(1.0, similarity / SIMILARITY_UNIT)))
        return found


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’»“ \n").endswith("?")
