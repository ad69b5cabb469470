"""Chosen sentences -> extracts, and what became of each article."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from nutgraf.summarizer.models import (
    Article,
    ArticleReport,
    CleanArticle,
    CorroboratingSentence,
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


def measure(
    length: Length, sentences: Sequence[Sentence], articles: Sequence[CleanArticle], offset_unit: OffsetUnit
) -> tuple[Callable[[Sentence], int], int]:
    """What a sentence costs, and what may be spent, in the unit of the length; characters are counted in `offset_unit`."""

    def words(sentence: Sentence) -> int:
        return count_words(sentence.text, articles[sentence.article].language)

    if length.unit == "sentences":
        return lambda sentence: 1, int(length.value)
    if length.unit == "characters":  # each sentence brings the space before it, the first one does not
        return lambda sentence: size(on_one_line(sentence.text), offset_unit) + 1, int(length.value) + 1
    if length.unit == "ratio":
        return words, int(length.value * sum(map(words, sentences)) + 1e-9)
    return words, int(length.value)


def extract(
    order: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    said_elsewhere: Mapping[int, Sequence[CorroboratingSentence]],
    articles: Sequence[CleanArticle],
) -> Extract:
    """The sentences at the positions of `order`, with their scores and where else they are said."""
    told = [sentences[at] for at in order]
    return Extract(
        text=" ".join(on_one_line(sentence.text) for sentence in told),
        words=sum(count_words(sentence.text, articles[sentence.article].language) for sentence in told),
        sentences=scored(order, sentences, scores, said_elsewhere),
    )


def scored(
    order: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    said_elsewhere: Mapping[int, Sequence[CorroboratingSentence]],
) -> tuple[ScoredSentence, ...]:
    """The sentences at the positions of `order`, each with its score and where else it is said."""
    return tuple(
        ScoredSentence(sentences[at], round(scores[at], DECIMALS), tuple(said_elsewhere.get(at, ()))) for at in order
    )


def reports(
    cluster: Cluster, summaries: Mapping[int, Extract], every: Sequence[ScoredSentence] | None
) -> list[ArticleReport]:
    """What became of each article; `summaries` are those of single articles, by position, `every` all sentences or None."""
    counts = Counter(sentence.article for sentence in cluster.found)
    words: Counter[int] = Counter()
    for sentence in cluster.found:
        words[sentence.article] += count_words(sentence.text, cluster.articles[sentence.article].language)
    return [
        ArticleReport(
            article.article,
            article.language,
            counts[at],
            words[at],
            tuple(article.removed),
            cluster.canonical[at],
            summaries.get(at),
            None if every is None else tuple(each for each in every if each.sentence.article == at),
        )
        for at, article in enumerate(cluster.articles)
    ]


def latest_embargo(extracts: Iterable[Extract], others: Iterable[int], articles: Sequence[Article]) -> datetime | None:
    """The latest embargo of the articles that are quoted, in the extracts or otherwise; None where none has one."""
    quoted = {scored.sentence.article for each in extracts for scored in each.sentences} | set(others)
    embargoes = (articles[at].embargoed_until for at in quoted)
    return max((moment for moment in embargoes if moment), default=None)
