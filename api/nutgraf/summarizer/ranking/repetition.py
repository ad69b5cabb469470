"""Decides whether one sentence repeats another.

The measure is the weight of the content words that both sentences have, as a share of the weight of the lighter sentence.
Rare words weigh more, because names, places and figures distinguish events. Reporters seldom state the same twice in an
article, so two sentences of one article must share more to count as repeated. The first sentences of two articles about one
event mostly state the same in other words, so little evidence is enough for them. If there is a parser for the language, the
facts of sentences are compared too: who did what (findings/agreement/facts.py).
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from nutgraf.summarizer.findings.agreement.fact_words import Words, key
from nutgraf.summarizer.findings.agreement.facts import Facts, read_facts, same_fact
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.fact_prefilter import may_be_same_fact, may_share_enough
from nutgraf.summarizer.reading.term_weights import DECIMALS, FloatArray, TermWeights
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence repeats another one if they share at least this part of the weight of the lighter one: for two sentences of one
# article.
MIN_SHARED = 0.7
# The same for sentences of two articles.
MIN_SHARED_BETWEEN_ARTICLES = 0.55
# The same for sentences of two articles if the length of the summary is a number of sentences. Then a repetition costs a
# sentence of news, so more sentences count as repeated.
MIN_SHARED_BETWEEN_ARTICLES_STRICT = 0.26
# The same for two of the first LEDE_SENTENCES sentences of two articles.
MIN_SHARED_BETWEEN_LEDES = 0.25
LEDE_SENTENCES = 2
# Two values for these sentences if the length is a number of sentences. Below the lower one, the sentences do not repeat
# each other; from the higher one on, they do. In between, their facts decide or, without a parser, the middle of the values.
SHARED_BETWEEN_LEDES = (0.06, 0.15)
# Added to the similarity of the words before facts are compared. So more pairs count as repeated than count as corroborated:
# corroboration must be sure that two sentences state the same, a summary must be sure that they do not.
LENIENCE = 0.55
# The same two values and the same addition for sentences of one article. Where the length is a number of sentences, a later
# sentence that adds only details to an earlier one is a repetition, too. The values were chosen by reading the changes in
# 735 summaries.
SHARED_WITHIN_ARTICLE = (0.17, 0.5)
LENIENCE_WITHIN_ARTICLE = 0.2
# Sentences that share less never repeat each other, and need no comparison of facts; with a margin for rounding.
LEAST_SHARED = min(MIN_SHARED, MIN_SHARED_BETWEEN_ARTICLES, MIN_SHARED_BETWEEN_LEDES) - 0.001
LEAST_SHARED_STRICT = min(MIN_SHARED_BETWEEN_ARTICLES_STRICT, *SHARED_BETWEEN_LEDES, *SHARED_WITHIN_ARTICLE) - 0.001
# The facts of at most this many sentences of a request are compared.
MAX_PARSED = 12
# At most this many mentions of the words of selected sentences are looked up for one request. Beyond it, a summary of
# thousands of sentences may repeat itself. A selection of 500 from 2,500 sentences looks up about 300,000.
MAX_MENTIONS = 10_000_000
# At most this many pairs of sentences are kept for a comparison of their facts, which is made when the second sentence is
# about to be selected.
MAX_UNDECIDED = 100_000
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "repeated_share": MIN_SHARED,
    "repeated_share_between_articles": MIN_SHARED_BETWEEN_ARTICLES,
    "repeated_share_between_articles_strict": MIN_SHARED_BETWEEN_ARTICLES_STRICT,
    "repeated_share_between_ledes": MIN_SHARED_BETWEEN_LEDES,
    "repeated_share_between_ledes_strict": SHARED_BETWEEN_LEDES,
    "repeated_lenience": LENIENCE,
    "repeated_share_within_article_strict": SHARED_WITHIN_ARTICLE,
    "repeated_lenience_within_article": LENIENCE_WITHIN_ARTICLE,
}


Positions = NDArray[np.int32]
_NONE: Positions = np.array([], np.int32)
_NEVER = np.iinfo(np.int64).max


class Repetition:
    """Which sentences of a request repeat each other. The content of a sentence is prepared when it is first used."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[SentenceWords],
        terms: Terms,
        weights: TermWeights,
        trees: TreeCache,
        languages: Sequence[str],
    ) -> None:
        """`languages` has one entry for each article; the other parameters are those of `sentences`."""
        self._sentences = sentences
        self._words = words
        counts = np.bincount(terms.ids[terms.content], minlength=len(terms.numbers))
        self._idf = np.log1p(len(sentences) / (1 + counts))
        self._term_ids = terms.numbers
        self._weights = weights.weights
        self._trees = trees
        self._languages = languages
        self._content: dict[int, dict[str, float]] = {}
        self._totals: dict[int, float] = {}
        self._keys: dict[int, Words] = {}
        self._facts: dict[int, Facts] = {}
        self._terms = terms
        self._mentions_left = MAX_MENTIONS
        self._undecided_left = MAX_UNDECIDED

    def new_selection(self, *, strict: bool) -> "SelectedSentences":
        """Returns an empty SelectedSentences. `repeats` explains `strict`."""
        return SelectedSentences(self, len(self._sentences), strict)

    def repeats(self, position: int, other: int, *, strict: bool = True) -> bool:
        """Whether one of two sentences repeats what the other one states.

        `strict` is for summaries whose length is a number of sentences. Otherwise fewer sentences count as repeated: what
        a sentence adds to a similar one helps to fill the length.
        """
        one, two = self._sentences[position], self._sentences[other]
        shared = self.shared(position, other)
        if one.article == two.article:
            if not strict:
                return shared >= MIN_SHARED
            return self._states_the_same(position, other, shared, SHARED_WITHIN_ARTICLE, LENIENCE_WITHIN_ARTICLE)
        if max(one.index, two.index) >= LEDE_SENTENCES:
            return shared >= (MIN_SHARED_BETWEEN_ARTICLES_STRICT if strict else MIN_SHARED_BETWEEN_ARTICLES)
        if not strict:
            return shared >= MIN_SHARED_BETWEEN_LEDES
        return self._states_the_same(position, other, shared, SHARED_BETWEEN_LEDES, LENIENCE)

    def _states_the_same(
        self, position: int, other: int, shared: float, bounds: tuple[float, float], lenience: float
    ) -> bool:
        """Whether two sentences state the same. Outside the bounds, `shared` decides; between them, the facts do."""
        low, high = bounds
        if shared < low or shared >= high:
            return shared >= high
        words, others = self._keys_of(position), self._keys_of(other)
        if not words or not others:
            return shared >= (low + high) / 2
        similarity = self._cosine(position, other) + lenience
        if not may_share_enough(words, others, similarity):
            return False
        # If neither is parsed yet, `other` is parsed, because it is selected and will be compared with further sentences.
        parsed, rest = (position, other) if position in self._facts else (other, position)
        if not may_be_same_fact(self._facts_of(parsed), self._keys_of(rest), similarity):
            return False
        return same_fact(self._facts_of(position), self._facts_of(other), similarity)

    def repeating(self, position: int, *, strict: bool) -> tuple[Positions, Positions]:
        """Returns the sentences that repeat a sentence by their words alone, and those whose facts must be compared with it.

        The sentence is compared with all sentences at once, itself included. After MAX_UNDECIDED results of a request whose
        facts must be compared, the middle of the bounds decides instead. After MAX_MENTIONS mentions, both arrays are empty.
        """
        index = self._index
        bounds = index.by_term.indptr
        own_terms = index.by_sentence.indices[index.by_sentence.indptr[position] : index.by_sentence.indptr[position + 1]]
        self._mentions_left -= int((bounds[own_terms + 1] - bounds[own_terms]).sum())
        if self._mentions_left < 0 or not len(own_terms):
            return _NONE, _NONE
        slices = [slice(bounds[term], bounds[term + 1]) for term in own_terms.tolist()]
        others = np.concatenate([index.by_term.indices[each] for each in slices])
        np.add.at(index.shared_buffer, others, np.concatenate([index.by_term.data[each] for each in slices]))
        shared = index.shared_buffer[others] / np.minimum(index.totals[others], index.totals[position])
        index.shared_buffer[others] = 0
        # Nearly all share less than the lowest threshold.
        share_enough = shared >= (LEAST_SHARED_STRICT if strict else LEAST_SHARED)
        others, shared = others[share_enough], np.round(shared[share_enough], DECIMALS)
        same_article = index.article[others] == index.article[position]
        is_later = np.maximum(index.index_in_article[others], index.index_in_article[position]) >= LEDE_SENTENCES
        if not strict:
            between = np.where(is_later, MIN_SHARED_BETWEEN_ARTICLES, MIN_SHARED_BETWEEN_LEDES)
            return others[shared >= np.where(same_article, MIN_SHARED, between)], _NONE
        later = (MIN_SHARED_BETWEEN_ARTICLES_STRICT, MIN_SHARED_BETWEEN_ARTICLES_STRICT)
        low, high = (
            np.where(same_article, within, np.where(is_later, between, ledes))
            for within, between, ledes in zip(SHARED_WITHIN_ARTICLE, later, SHARED_BETWEEN_LEDES, strict=True)
        )
        undecided = np.unique(others[(shared >= low) & (shared < high)])
        self._undecided_left -= len(undecided)
        if self._undecided_left < 0:
            return others[shared >= (low + high) / 2], _NONE
        return others[shared >= high], undecided

    @cached_property
    def _index(self) -> "_Index":
        """The weights of the words of all sentences, as in `_content_of`."""
        content = csr_matrix(
            (self._idf[self._weights.indices], self._weights.indices, self._weights.indptr), self._weights.shape
        )
        terms, count = self._terms, len(self._sentences)
        is_empty = np.diff(self._weights.indptr)[terms.sentence] == 0
        pairs = np.unique(terms.sentence[is_empty] * max(1, len(terms.numbers)) + terms.ids[is_empty])
        sentence, term = np.divmod(pairs, max(1, len(terms.numbers)))
        by_sentence = csr_matrix(content + csr_matrix((np.ones(len(term)), (sentence, term)), content.shape))
        return _Index(
            by_sentence,
            by_sentence.tocsc(),
            np.asarray(by_sentence.sum(axis=1), float).ravel(),
            np.array([sentence.article for sentence in self._sentences], np.int64),
            np.array([sentence.index for sentence in self._sentences], np.int64),
            np.zeros(count),
        )

    def _keys_of(self, position: int) -> Words:
        """The words of a sentence by which facts are compared.

        None if it has no tree, or if this was called for MAX_PARSED other sentences before.
        """
        keys = self._keys.get(position)
        if keys is None:
            words = self._trees.words(position) if len(self._keys) < MAX_PARSED else ()
            code = self._code(position)
            keys = self._keys[position] = frozenset(key(word.lower(), code) for word in words)
        return keys

    def _facts_of(self, position: int) -> Facts:
        """The facts of a sentence that has a tree."""
        facts = self._facts.get(position)
        if facts is None:
            facts = self._facts[position] = read_facts(self._trees.of([position])[position], self._code(position))
        return facts

    def _code(self, position: int) -> str:
        return primary(self._languages[self._sentences[position].article])

    def _cosine(self, position: int, other: int) -> float:
        """The cosine similarity of two sentences."""
        rows, ends = self._weights, self._weights.indptr
        one, two = (
            dict(zip(rows.indices[start:end].tolist(), rows.data[start:end].tolist(), strict=True))
            for start, end in ((ends[row], ends[row + 1]) for row in (position, other))
        )
        similarity: float = sum(weight * two[term] for term, weight in one.items() if term in two)
        return round(similarity, DECIMALS)

    def shared(self, position: int, other: int) -> float:
        """Returns the part of the lighter sentence's weight that both sentences share, from 0 to 1."""
        one, two = self._content_of(position), self._content_of(other)
        lighter = min(self._totals[position], self._totals[other])
        common = one.keys() & two.keys()
        return round(sum(map(one.__getitem__, sorted(common))) / lighter, DECIMALS) if common else 0.0

    def _content_of(self, position: int) -> dict[str, float]:
        content = self._content.get(position)
        if content is None:
            stems = self._words[position].content
            content = {stem: float(self._idf[self._term_ids[stem]]) for stem in stems}
            content = self._content[position] = content or {token.lower(): 1.0 for token in self._words[position].tokens}
            self._totals[position] = sum(content.values())
        return content


class SelectedSentences:
    """The sentences selected so far, to find those that repeat one of them."""

    def __init__(self, repetition: Repetition, count: int, strict: bool) -> None:
        """`count` is the number of sentences of the request."""
        self._repetition = repetition
        self._strict = strict
        self._added = 0
        # For each sentence, the number of the first added sentence that it repeats by its words; _NEVER if it repeats none.
        self._first = np.full(count, _NEVER)
        # For a sentence, the positions of the added sentences with which its facts must be compared, in the order in which
        # they were added: only a limited number of sentences is parsed.
        self._undecided: dict[int, list[int]] = {}

    def add(self, position: int) -> None:
        """Adds a selected sentence."""
        repeating, undecided = self._repetition.repeating(position, strict=self._strict)
        for other in undecided[self._first[undecided] == _NEVER].tolist():
            self._undecided.setdefault(other, []).append(position)
        self._first[repeating] = np.minimum(self._first[repeating], self._added)
        self._added += 1

    def repeats_one(self, position: int) -> bool:
        """Whether a sentence repeats one of the selected sentences."""
        if any(self._repetition.repeats(position, other) for other in self._undecided.get(position, ())):
            return True
        return bool(self._first[position] != _NEVER)


class _Index(NamedTuple):
    """The weights of the words of sentences.

    - `by_sentence`, `by_term`: the same matrix (sentences x terms), stored by rows and by columns.
    - `totals`: the sum of each sentence's weights.
    - `article`, `index_in_article`: for each sentence, the position of its article, and its position there.
    - `shared_buffer`: a scratch buffer, one value for each sentence; all 0 between calls.
    """

    by_sentence: csr_matrix
    by_term: csc_matrix
    totals: FloatArray
    article: NDArray[np.int64]
    index_in_article: NDArray[np.int64]
    shared_buffer: FloatArray
