"""Two sentences -> whether one repeats what the other one tells.

The measure is the weight of the content words that both sentences have. Rare words weigh more, because names, places and
figures distinguish events. Reporters seldom repeat themselves within an article, so only nearly equal sentences count as
repeated there. The first sentences of two articles about one event mostly tell the same in other words, so little
evidence is enough for them. If there is a parser for the language, their facts are compared too: who did what
(findings/facts.py).
"""

from collections.abc import Iterable, Sequence

import numpy as np

from nutgraf.summarizer.findings.facts import Facts, same_fact, state
from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.term_weights import DECIMALS, TermWeights
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence repeats another one if they share at least this part of the weight of the lighter one. The first value is for
# two sentences of one article, the second for two articles. The third is for two articles if the length of the summary is a
# number of sentences: in so few sentences, a repetition takes the place of news.
MIN_SHARED = 0.7
MIN_SHARED_BETWEEN_ARTICLES = 0.55
MIN_SHARED_BETWEEN_ARTICLES_STRICT = 0.33
# The same for two of the first LEDE_SENTENCES sentences of two articles. If the length is a number of sentences, there are
# two values: below the lower one the sentences do not repeat each other, from the higher one on they do. In between the
# facts decide, or without a parser the middle of the two values. LENIENCE is added to the similarity of the facts:
# corroboration must be sure that two sentences agree, but a summary must be sure that they do not.
MIN_SHARED_BETWEEN_LEDES = 0.25
SHARED_BETWEEN_LEDES = (0.08, 0.22)
LEDE_SENTENCES = 2
LENIENCE = 0.45
# The facts of at most this many sentences of a request are compared. The same number of first sentences is parsed ahead.
MAX_PARSED = 12
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "repeated_share": MIN_SHARED,
    "repeated_share_between_articles": MIN_SHARED_BETWEEN_ARTICLES,
    "repeated_share_between_articles_strict": MIN_SHARED_BETWEEN_ARTICLES_STRICT,
    "repeated_share_between_ledes": MIN_SHARED_BETWEEN_LEDES,
    "repeated_share_between_ledes_strict": SHARED_BETWEEN_LEDES,
    "repeated_lenience": LENIENCE,
}


class Repetition:
    """Which sentences of a request repeat each other. The content of a sentence is prepared when it is first asked for."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[SentenceWords],
        terms: Terms,
        weights: TermWeights,
        trees: SentenceTrees,
        languages: Sequence[str],
    ) -> None:
        """`languages` has the language of each article; the other parameters are by sentence."""
        self._sentences = sentences
        self._words = words
        counts = np.bincount(terms.ids[terms.content], minlength=len(terms.numbers))
        self._idf = np.log1p(len(sentences) / (1 + counts))
        self._numbers = terms.numbers
        self._weights = weights.weights
        self._trees = trees
        self._languages = languages
        self._content: dict[int, dict[str, float]] = {}
        self._totals: dict[int, float] = {}
        self._ledes = [position for position, sentence in enumerate(sentences) if not sentence.index][:MAX_PARSED]
        self._facts: dict[int, Facts | None] = {}

    def repeats(self, position: int, other: int, *, strict: bool = True) -> bool:
        """Whether one of two sentences repeats what the other one tells.

        `strict` is for summaries whose length is a number of sentences. Otherwise fewer sentences count as repeated: what
        a sentence adds to a similar one helps to fill the length.
        """
        one, two = self._sentences[position], self._sentences[other]
        shared = self.shared(position, other)
        if one.article == two.article:
            return shared >= MIN_SHARED
        if max(one.index, two.index) >= LEDE_SENTENCES:
            return shared >= (MIN_SHARED_BETWEEN_ARTICLES_STRICT if strict else MIN_SHARED_BETWEEN_ARTICLES)
        if not strict:
            return shared >= MIN_SHARED_BETWEEN_LEDES
        low, high = SHARED_BETWEEN_LEDES
        if shared < low or shared >= high:
            return shared >= high
        self._read([position, other])
        facts, others = self._facts[position], self._facts[other]
        if facts is None or others is None:
            return shared >= (low + high) / 2
        cosine = round(float((self._weights[position] @ self._weights[other].T).sum()), DECIMALS)
        return same_fact(facts, others, cosine + LENIENCE)

    def _read(self, positions: Iterable[int]) -> None:
        """Reads the facts of sentences: None for a sentence without a tree, or if MAX_PARSED sentences have been read."""
        new = [position for position in positions if position not in self._facts]
        read = new[: max(0, MAX_PARSED - len(self._facts))]
        if not self._facts:  # one batch of those that are compared most takes a third of the time of single ones
            self._trees.of([*self._ledes, *read])
        trees = self._trees.of(read)
        for position in new:
            tree = trees.get(position)
            code = primary(self._languages[self._sentences[position].article])
            self._facts[position] = state(tree, code) if tree is not None and len(tree) else None

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
            content = {stem: float(self._idf[self._numbers[stem]]) for stem in stems}
            content = self._content[position] = content or {token.lower(): 1.0 for token in self._words[position].tokens}
            self._totals[position] = sum(content.values())
        return content
