"""Candidates for key terms -> how much each weighs: how salient its sentences are, and how rare it is in its language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.key_terms.mentions import Mentions
from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.words import vocabulary

DECIMALS = 6
# All weights below were chosen with `python -m bench keywords` on French news, and by eye in the other languages; the result
# hardly changes with any of them.
# Words as frequent as this in their language are not terms; those as rare are worth most (see WordFrequencies).
FREQUENT = 6.5
RARE = 3.0
# Each further word makes a phrase this much rarer than its rarest word.
RARER_BY_WORD = 0.5
# Famous names are frequent, and still worth naming.
MAX_NAME_FREQUENCY = 4.0
# So are central terms. A candidate is central if it opens most of the articles, in the title or in the first
# sentences, and recurs: in this many sentences and titles, and in this share of the sentences. A noun by itself needs
# more, and one that fits any story ("police") most.
MAX_CENTRAL_FREQUENCY = 4.4
LEDE_SENTENCES = 2
MOST = 0.5
CENTRAL_MENTIONS = 3
CENTRAL_SHARE = 0.1
CENTRAL_SHARE_OF_NOUN = 0.2
CENTRAL_SHARE_OF_GENERAL_NOUN = 0.38
# A mention in a headline counts like this many mentions in the best sentence.
TITLE_WEIGHT = 1.0
# A phrase with one mention outside titles is often made up on the spot, most of all one with an adjective: "odd concern".
ONCE_WEIGHT = 0.4
DESCRIBED_ONCE_WEIGHT = 0.1


def rarity(frequency: float) -> float:
    """Returns how much a word of this frequency is worth, 0..1 (see WordFrequencies)."""
    return min(1.0, max(0.0, (FREQUENT - frequency) / (FREQUENT - RARE)))


class Weights:
    """The weights of the candidates of a request: how salient their sentences are, over how many stories, and how rare."""

    def __init__(
        self, articles: Sequence[CleanArticle], sentences: Sequence[Sentence], scores: Sequence[float], mentions: Mentions
    ) -> None:
        self._sentences, self._scores, self._mentions = sentences, scores, mentions
        self._articles = len(articles)
        self._titles = {
            position: (article.headline, spaced_numbers(mentions.numbers(article.headline, article.language)))
            for position, article in enumerate(articles)
            if article.headline
        }

    def __call__(self, candidate: Candidate) -> float:
        """Returns the weight of a candidate, and sets what `Candidate` says that the weights set."""
        by_article: dict[int, float] = defaultdict(float)
        ledes: set[int] = set()
        for position in sorted(candidate.sentences):
            sentence = self._sentences[position]
            by_article[sentence.article] += self._scores[position]
            if sentence.index < LEDE_SENTENCES:
                ledes.add(sentence.article)
        candidate.times = len(candidate.sentences)
        in_titles = {article: forms for article in self._titles if (forms := self._in_title(candidate, article))}
        candidate.titled = frozenset(in_titles)
        for article, forms in in_titles.items():
            by_article[article] += forms * TITLE_WEIGHT
            candidate.times += forms
        candidate.articles = len(by_article)
        candidate.is_early = bool(ledes)
        candidate.openings = len(ledes | candidate.titled) / self._articles
        candidate.is_central = candidate.openings >= MOST and self._recurs(candidate)
        # The logarithm makes mentions in several stories worth more than as many in one.
        salience = float(np.log1p(np.array(sorted(by_article.values()))).sum())
        if candidate.times < 2 and not candidate.is_name and not candidate.titled:
            salience *= DESCRIBED_ONCE_WEIGHT if candidate.described else ONCE_WEIGHT
        return round(salience * self._rarity(candidate), DECIMALS)

    def _recurs(self, candidate: Candidate) -> bool:
        wanted, share = min(CENTRAL_MENTIONS, len(self._sentences) // 2 + 1), CENTRAL_SHARE
        if len(candidate.key) == 1 and not candidate.is_name:
            share = CENTRAL_SHARE_OF_GENERAL_NOUN if candidate.general else CENTRAL_SHARE_OF_NOUN
        if candidate.general:
            wanted = CENTRAL_MENTIONS
        return candidate.times >= max(2, wanted) and len(candidate.sentences) >= share * len(self._sentences)

    def _in_title(self, candidate: Candidate, article: int) -> int:
        """How many of the forms of a candidate the title of an article has."""
        return sum(self._mentions.has_key(*self._titles[article], key) for key in (candidate.key, *candidate.absorbed))

    def _rarity(self, candidate: Candidate) -> float:
        table, stop_words = word_frequencies(candidate.language), vocabulary(candidate.language).stop_words
        stems = [word for number in candidate.key if (word := self._mentions.words[number]) not in stop_words]
        if not stems:
            return 0.0
        if table is None:  # what many sentences mention is frequent
            return float(np.log1p(self._mentions.terms.sentences / len(candidate.sentences)))
        candidate.frequency = min(map(table.frequency, stems)) - RARER_BY_WORD * (len(stems) - 1)
        most = MAX_NAME_FREQUENCY if candidate.is_name else MAX_CENTRAL_FREQUENCY if candidate.is_central else FREQUENT
        return rarity(min(candidate.frequency, most))


def spaced_numbers(numbers: Iterable[int]) -> str:
    """Returns numbers as a text, between spaces, in which a sequence of numbers can be found."""
    return f" {' '.join(map(str, numbers))} "
