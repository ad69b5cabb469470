"""Builds extracts from selected sentences, and the reports on how articles were used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from nutgraf.summarizer.findings.agreement.corroboration import Corroboration
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import (
    Article,
    ArticleReport,
    Extract,
    Length,
    OffsetUnit,
    ScoredSentence,
    Sentence,
)
from nutgraf.summarizer.offsets import size
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.paragraphs import on_one_line

DECIMALS = 6


class Costs:
    """The cost of each sentence in each unit of length: sentences, words or characters.

    `of` returns the costs and the budget for a length. Each unit is counted once for all lengths of a request.
    """

    def __init__(self, sentences: Sequence[Sentence], word_counts: Sequence[int], offset_unit: OffsetUnit) -> None:
        """`word_counts` has the number of words of each sentence."""
        self._sentences, self._word_counts, self._offset_unit = sentences, word_counts, offset_unit

    def of(self, length: Length) -> tuple[Sequence[int], int]:
        """Returns the cost of each sentence, and the budget for a summary of this length.

        Both are in the unit of the length: sentences, characters in the offset unit, or words. A ratio is converted to
        words of all sentences.
        """
        if length.unit == "sentences":
            return self._ones, int(length.value)
        if length.unit == "characters":
            # Every sentence is counted with one space; the budget has one more character, because the first has no space.
            return self._characters, int(length.value) + 1
        if length.unit == "ratio":
            return self._word_counts, words_of_ratio(length.value, sum(self._word_counts))
        return self._word_counts, int(length.value)

    @cached_property
    def _ones(self) -> list[int]:
        return [1] * len(self._sentences)

    @cached_property
    def _characters(self) -> list[int]:
        return [size(on_one_line(sentence.text), self._offset_unit) + 1 for sentence in self._sentences]


def words_of_ratio(ratio: float, words: int) -> int:
    """Returns the number of words that are a share of `words`, rounded down."""
    # The addition undoes the rounding of floats: 0.29 * 100 is 28.999999999999996, which must not become 28.
    return int(ratio * words + 1e-9)


def build_extract(
    order: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    corroboration: Corroboration,
    word_counts: Sequence[int],
) -> Extract:
    """Returns the extract of the sentences at the positions in `order`, in that order.

    `scores` and `word_counts` are indexed by sentence position.
    """
    chosen = [sentences[position] for position in order]
    return Extract(
        text=" ".join(on_one_line(sentence.text) for sentence in chosen),
        words=sum(word_counts[position] for position in order),
        sentences=scored_sentences(order, sentences, scores, corroboration),
    )


def scored_sentences(
    order: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    corroboration: Corroboration,
) -> tuple[ScoredSentence, ...]:
    """Returns the sentences at the positions in `order`, in that order.

    Each has its score, rounded to DECIMALS places, and the sentences of other articles that state the same.
    """
    also_in = corroboration.find(sorted(order, key=lambda position: (-scores[position], position)))
    return tuple(
        ScoredSentence(
            sentences[position],
            round(scores[position], DECIMALS),
            tuple(also_in[position]),
            corroboration.single_source(position),
        )
        for position in order
    )


def reports(
    cluster: Cluster, summaries: Mapping[int, Extract], all_sentences: Sequence[ScoredSentence] | None
) -> list[ArticleReport]:
    """Returns the report on each article: language, counts, removed spans, and the copy or newer version that is used
    instead.

    `summaries` are summaries of single articles by position. `all_sentences` are those of all articles, or None if they
    were not requested.
    """
    counts = Counter(sentence.article for sentence in cluster.all_sentences)
    sentences_of: dict[int, list[ScoredSentence]] = defaultdict(list)
    for scored in all_sentences or ():
        sentences_of[scored.sentence.article].append(scored)
    return [
        ArticleReport(
            article.article,
            article.language,
            counts[position],
            cluster.article_word_counts[position],
            tuple(article.removed),
            cluster.replaced_by[position],
            summaries.get(position),
            None if all_sentences is None else tuple(sentences_of[position]),
            "withheld" if article.killed and article.article.status == "usable" else article.article.status,
        )
        for position, article in enumerate(interruptible(cluster.articles))
    ]


def articles_of_terms(terms: Sequence[str], cluster: Cluster) -> Iterator[int]:
    """Yields the positions of the articles under embargo that have a term which no article without embargo has."""
    if not any(article.article.embargoed_until for article in cluster.articles):
        return
    texts = {
        position: f"{article.article.title or ''}\n{article.article.text}".casefold()
        for position, article in enumerate(cluster.articles)
        if cluster.quotable(position)
    }
    embargoed = [position for position in texts if cluster.articles[position].article.embargoed_until]
    for term in map(str.casefold, terms):
        if not any(term in text for position, text in texts.items() if position not in embargoed):
            yield from (position for position in embargoed if term in texts[position])


def latest_embargo(
    extracts: Iterable[Extract], other_positions: Iterable[int], articles: Sequence[Article]
) -> datetime | None:
    """Returns the latest embargo of all quoted articles, or None if none of them has an embargo.

    `other_positions` are those of articles that are quoted outside the extracts, in headlines, figures, quotations or key
    terms.
    """
    quoted = {scored.sentence.article for extract in extracts for scored in extract.sentences} | set(other_positions)
    embargoes = (articles[position].embargoed_until for position in quoted)
    return max((moment for moment in embargoes if moment), default=None)
