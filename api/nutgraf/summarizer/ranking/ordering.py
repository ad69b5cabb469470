"""Chosen sentences -> reading order."""

from collections import Counter
from collections.abc import Callable, Sequence

from nutgraf.summarizer.models import Article, Order, Sentence
from nutgraf.summarizer.reading.discourse import Form


def arrange(
    chosen: Sequence[int],
    sentences: Sequence[Sentence],
    forms: Sequence[Form],
    scores: Sequence[float],
    articles: Sequence[Article],
    order: Order,
) -> list[int]:
    """The chosen positions as they shall be read.

    `score` is best first; `as_given` by article and sentence; `published` the same with the earliest article
    first, the undated last; `auto` opens with the sentence that scores best and goes on as far as each stands into its
    article, and keeps a sentence that leans on the one before it behind that one.
    """
    if order == "auto":
        return _as_a_story(sorted(chosen), sentences, forms, scores)
    keys: dict[Order, Callable[[int], float]] = {
        "score": lambda at: -scores[at],
        "as_given": lambda at: 0.0,
        "published": lambda at: _moment(articles[sentences[at].article]),
    }
    return sorted(chosen, key=lambda at: (keys[order](at), at))


def _as_a_story(
    chosen: Sequence[int], sentences: Sequence[Sentence], forms: Sequence[Form], scores: Sequence[float]
) -> list[int]:
    passages: list[list[int]] = []
    for at in chosen:
        if passages and forms[at].depends_on_previous and passages[-1][-1] == at - 1:
            passages[-1].append(at)
        else:
            passages.append([at])
    if len({sentences[at].article for at in chosen}) < 2:
        return list(chosen)
    sizes = Counter(sentence.article for sentence in sentences)

    def depth(passage: Sequence[int]) -> tuple[float, float, int]:
        first = sentences[passage[0]]
        return first.index / sizes[first.article], -scores[passage[0]], passage[0]

    opening = max(passages, key=lambda passage: (scores[passage[0]], -passage[0]))
    rest = sorted((passage for passage in passages if passage is not opening), key=depth)
    return [at for passage in (opening, *rest) for at in passage]


def _moment(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else float("inf")
