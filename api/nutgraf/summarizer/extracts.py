"""Selected sentences -> extracts; articles -> reports on how they were used."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from nutgraf.summarizer.findings.corroboration import Corroboration
from nutgraf.summarizer.models import (
    Article,
    ArticleReport,
    CleanArticle,
    Extract,
    Length,
    OffsetUnit,
    ScoredSentence,
    Sentence,
)
from nutgraf.summarizer.offsets import size
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.paragraphs import on_one_line
from nutgraf.summarizer.reading.words import count_words

DECIMALS = 6


def cost_and_budget(
    length: Length, sentences: Sequence[Sentence], articles: Sequence[CleanArticle], offset_unit: OffsetUnit
) -> tuple[Callable[[Sentence], int], int]:
    """Returns the cost of a sentence, as a function, and the budget for a summary of this length.

    Both are in the unit of the length: sentences, characters in `offset_unit`, or words. A ratio is converted to words of
    all `sentences`.
    """

    def words(sentence: Sentence) -> int:
        return count_words(sentence.text, articles[sentence.article].language)

    if length.unit == "sentences":
        return lambda sentence: 1, int(length.value)
    if length.unit == "characters":
        # Every sentence is counted with one space; the budget has one more character, because the first has no space.
        return lambda sentence: size(on_one_line(sentence.text), offset_unit) + 1, int(length.value) + 1
    if length.unit == "ratio":
        # The addition undoes the rounding of floats: 0.29 * 100 is 28.999999999999996, which must not become 28.
        return words, int(length.value * sum(map(words, sentences)) + 1e-9)
    return words, int(length.value)


def build_extract(
    order: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    corroboration: Corroboration,
    articles: Sequence[CleanArticle],
) -> Extract:
    """Returns the extract of the sentences at the positions in `order`, in that order.

    `scores` are indexed by sentence position.
    """
    chosen = [sentences[position] for position in order]
    return Extract(
        text=" ".join(on_one_line(sentence.text) for sentence in chosen),
        words=sum(count_words(sentence.text, articles[sentence.article].language) for sentence in chosen),
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
    also_in = corroboration.of(order)
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
    words: Counter[int] = Counter()
    for sentence in cluster.all_sentences:
        words[sentence.article] += count_words(sentence.text, cluster.articles[sentence.article].language)
    return [
        ArticleReport(
            article.article,
            article.language,
            counts[position],
            words[position],
            tuple(article.removed),
            cluster.canonical[position],
            summaries.get(position),
            None
            if all_sentences is None
            else tuple(scored for scored in all_sentences if scored.sentence.article == position),
            "withheld" if article.killed and article.article.status == "usable" else article.article.status,
        )
        for position, article in enumerate(cluster.articles)
    ]


def latest_embargo(
    extracts: Iterable[Extract], other_positions: Iterable[int], articles: Sequence[Article]
) -> datetime | None:
    """Returns the latest embargo of all quoted articles, or None if none of them has an embargo.

    `other_positions` are those of articles that are quoted outside the extracts, in headlines or figures.
    """
    quoted = {scored.sentence.article for extract in extracts for scored in extract.sentences} | set(other_positions)
    embargoes = (articles[position].embargoed_until for position in quoted)
    return max((moment for moment in embargoes if moment), default=None)
