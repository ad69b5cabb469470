"""Sentences -> the sentences of other articles that state the same fact, and whether they differ in a detail.

Similar words find candidates; `facts.same_fact` decides on their trees. A sentence that denies what the other reports, or
that only expects it, is not listed. One that gives another figure, day, name or outcome for the same thing is, and differs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.findings.direct_speech import is_balanced
from nutgraf.summarizer.findings.facts import Facts, differ, same_fact, state, state_words, stated_in, tells_of
from nutgraf.summarizer.findings.figures import StatedFigures
from nutgraf.summarizer.findings.numbers import Numbers, numbers_differ, numbers_of
from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import CorroboratingSentence
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.term_weights import TermWeights

# Cosine similarity from which two sentences may state the same fact. At 0.3 they do in 6 of 10 pairs, at 0.5 in 9 of 10.
MIN_SIMILARITY = 0.35
# Share of the main statement that the other sentence must state. Below it, a sentence only mentions what the other tells.
MIN_STATED = 0.3
# Sentences with so similar words state the same, however the parser takes them.
ALMOST_THE_SAME_WORDS = 0.85
# A sentence with so many times the length of the first sentence of a quotation has more of it.
MORE_OF_A_QUOTATION = 1.5
_OPENING = '"“„«»'
# Of each article, so many of the most similar sentences are compared.
MAX_CANDIDATES_PER_ARTICLE = 2
# Sentences that are parsed for one request; those with the most similar candidates come first, others are not corroborated.
MAX_PARSED = 400
# A sentence is told by one source only if no other has one so similar. At 0.2, one in five was told by others as well; of
# those at 0.1 none (22 sentences, read by eye).
MAX_SIMILARITY_OF_UNTOLD = 0.1
SIMILARITY_DECIMALS = 6
# Number of sentences whose similarities are computed at a time, as a dense matrix. For 10,000 sentences at once, that matrix
# would take 800 MB.
BATCH_ROWS = 256


class Corroboration:
    """The sentences of a request with what other articles state of the same; each pair is compared at most once."""

    def __init__(self, cluster: Cluster, weights: TermWeights, trees: SentenceTrees, figures: StatedFigures) -> None:
        """`weights`, `trees` and `figures` are those of the cluster's sentences."""
        self._cluster = cluster
        self._weights = weights
        self._trees = trees
        self._figures = figures
        self._facts: dict[int, Facts] = {}
        self._numbers: dict[int, Numbers] = {}
        self._found: dict[int, list[CorroboratingSentence]] = {}
        self._untold: set[int] = set()
        self._article_of = np.array([sentence.article for sentence in cluster.sentences], np.int64)
        # For each article, those of other sources that could state the same in the same language.
        self._rivals: dict[int, frozenset[int]] = {}

    def of(self, chosen: Iterable[int]) -> Mapping[int, list[CorroboratingSentence]]:
        """Returns, for each chosen position, the most similar sentence of every other article that states the same fact.

        The most similar sentences come first. Copies are not among the sentences, because a copy corroborates nothing.
        """
        new = [position for position in dict.fromkeys(chosen) if position not in self._found]
        candidates: dict[int, list[tuple[int, float]]] = {}
        for start in range(0, len(new), BATCH_ROWS):
            batch = new[start : start + BATCH_ROWS]
            likeness = np.round((self._weights.weights[batch] @ self._weights.weights.T).toarray(), SIMILARITY_DECIMALS)
            for position, row in zip(batch, likeness, strict=True):
                candidates[position] = self._candidates(position, row)
        self._read(candidates)
        for position, similar in candidates.items():
            self._found[position] = self._same(position, similar)
        return self._found

    def single_source(self, position: int) -> bool:
        """Returns whether surely no other source of the request states what a sentence of `of` states."""
        return position in self._untold and not self._found[position]

    def _candidates(self, position: int, row: NDArray[np.float64]) -> list[tuple[int, float]]:
        """The sentences of other articles that may state the same, the most similar first, from a row of similarities."""
        own = int(self._article_of[position])
        others = np.flatnonzero((row >= MAX_SIMILARITY_OF_UNTOLD) & (self._article_of != own))
        if self._is_untold(own, frozenset(self._article_of[others].tolist())):
            self._untold.add(position)
        similar = sorted(others[row[others] >= MIN_SIMILARITY].tolist(), key=lambda other: (-row[other], other))
        count: Counter[int] = Counter()
        kept: list[tuple[int, float]] = []
        for other in similar:
            article = int(self._article_of[other])
            count[article] += 1
            if count[article] <= MAX_CANDIDATES_PER_ARTICLE:
                kept.append((other, float(min(1.0, row[other]))))
        return kept

    def _is_untold(self, own: int, similar: frozenset[int]) -> bool:
        """Whether there are other sources in the same language, and no article of theirs has a similar sentence."""
        if own not in self._rivals:
            articles = self._cluster.articles
            source, language = articles[own].article.source, articles[own].language
            others = {
                article
                for article in set(self._article_of.tolist()) - {own}
                if not source or articles[article].article.source != source
            }
            comparable = all(articles[article].language == language for article in others)
            self._rivals[own] = frozenset(others) if comparable else frozenset()
        return bool(self._rivals[own]) and self._rivals[own].isdisjoint(similar)

    def _read(self, candidates: Mapping[int, Sequence[tuple[int, float]]]) -> None:
        """Reads the facts of all sentences that are compared, in one batch, up to the limit of a request."""
        pairs = sorted(
            ((similarity, position, other) for position, similar in candidates.items() for other, similarity in similar),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )
        wanted = dict.fromkeys(read for _, position, other in pairs for read in (position, other))
        new = [position for position in wanted if position not in self._facts][: max(0, MAX_PARSED - len(self._facts))]
        trees = self._trees.of(new)
        for position in new:
            code = primary(self._cluster.languages[self._cluster.sentences[position].article])
            tree = trees.get(position)
            self._facts[position] = state(tree, code) if tree else state_words(self._cluster.words[position].content, code)
            self._numbers[position] = numbers_of(tree, self._figures.quantities(position)[0], code) if tree else {}

    def _same(self, position: int, similar: Sequence[tuple[int, float]]) -> list[CorroboratingSentence]:
        """Of each article the most similar sentence that states the same as the one at a position."""
        found: dict[int, CorroboratingSentence] = {}
        own = self._facts.get(position)
        for other, similarity in similar:
            sentence, facts = self._cluster.sentences[other], self._facts.get(other)
            if not own or not facts or sentence.article in found:
                continue
            if _asks(sentence.text) != _asks(self._cluster.sentences[position].text):
                continue  # a question states nothing
            if self._is_torn(position, other) or (facts.superseded and not own.superseded):
                continue
            stated = stated_in(own, facts) >= MIN_STATED or similarity >= ALMOST_THE_SAME_WORDS
            if stated and same_fact(own, facts, similarity) and tells_of(own, facts, similarity):
                differs = (
                    self._figures.compare(position, other) == "differ"
                    or differ(own, facts)
                    or numbers_differ(self._numbers[position], self._numbers[other])
                )
                found[sentence.article] = CorroboratingSentence(sentence.article, sentence.index, similarity, differs)
        return list(found.values())

    def _is_torn(self, position: int, other: int) -> bool:
        """Whether the other sentence is only the first of a quotation that goes on, and the one at a position has more."""
        own, text = self._cluster.sentences[position].text, self._cluster.sentences[other].text
        return len(own) > MORE_OF_A_QUOTATION * len(text) and text[0] in _OPENING and not is_balanced(text)


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’»“ \n").endswith("?")
