"""The input of selection: the sentences with their properties, and the editor's constraints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.concepts import Concepts
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import FloatArray
from nutgraf.summarizer.reading.words import SentenceWords


@dataclass(frozen=True)
class Pool:
    """The sentences to select from, with their properties.

    `words`, `forms`, `salience` and `sources` have one item for each sentence; `concepts`, `readability`, `repetition` and
    `find_later_figures` take the position of a sentence. `find_later_figures` returns the sentences of later articles that
    give other figures for the same thing. `main_story_articles` has the articles of the main story. With `ranks_by_query`,
    salience is similarity to a query, and any sentence may open the summary. The same pool is used for all lengths of a
    request: the summary, its variants, and the summaries of single articles.
    """

    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    forms: Sequence[Form]
    salience: FloatArray
    concepts: Concepts
    sources: Sequence[str]
    readability: Readability
    repetition: Repetition
    find_later_figures: Callable[[int], Sequence[int]]
    main_story_articles: frozenset[int]
    ranks_by_query: bool

    @cached_property
    def articles(self) -> NDArray[np.int64]:
        """The article of each sentence."""
        return np.array([sentence.article for sentence in self.sentences])

    @cached_property
    def indices_in_article(self) -> NDArray[np.int64]:
        """The index of each sentence in its article."""
        return np.array([sentence.index for sentence in self.sentences])

    @cached_property
    def sizes(self) -> FloatArray:
        """The number of words of each sentence, at least 1."""
        return np.array([max(1, len(sentence_words.tokens)) for sentence_words in self.words], float)

    @cached_property
    def opens_with_quotation(self) -> NDArray[np.bool_]:
        """Whether each sentence opens with a quotation, judged by its first character."""
        return np.array([_opens_with_quotation(sentence) for sentence in self.sentences])


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of the selection.

    `pinned` positions are selected first. `allowed` has the positions that may be selected; None means all. `max_per_source`
    limits the number of sentences from one source.
    """

    pinned: Sequence[int] = ()
    allowed: frozenset[int] | None = None
    max_per_source: int | None = None


UNCONSTRAINED = Constraints()


def _opens_with_quotation(sentence: Sentence) -> bool:
    """Whether a sentence contains or is inside a quotation and begins with a mark, usually an opening quotation mark."""
    return sentence.quoted and not sentence.text[0].isalnum()
