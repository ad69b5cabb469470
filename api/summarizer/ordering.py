"""Chosen sentences -> reading order."""

from collections.abc import Callable, Sequence

from api.summarizer.models import Article, Order, Sentence


def arrange(
    chosen: Sequence[int],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    articles: Sequence[Article],
    order: Order,
) -> list[int]:
    """The chosen positions as they shall be read.

    `score` is best first; `as_given` by article and sentence; `published` the same with the earliest article
    first, the undated last; `auto` opens with the article of the best sentence and tells each article in its order.
    """
    keys: dict[Order, Callable[[int], tuple[float, ...]]] = {
        "score": lambda at: (-scores[at],),
        "as_given": lambda at: (),
        "published": lambda at: (_moment(articles[sentences[at].article]),),
        "auto": lambda at: (sentences[at].index / max(1, sizes[sentences[at].article]), -scores[at]),
    }
    sizes = [0] * len(articles)
    for sentence in sentences:
        sizes[sentence.article] += 1
    return sorted(chosen, key=lambda at: (*keys[order](at), at))


def _moment(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else float("inf")
