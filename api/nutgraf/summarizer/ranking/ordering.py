"""Selected sentences -> reading order."""

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
    """Returns the chosen positions in reading order.

    `score` means best first; `as_given` by article and sentence; `published` the same with the earliest article first and
    undated articles last. `auto` begins with the best sentence, and sorts the others by their relative position in their
    articles. In `auto`, a sentence that depends on the previous one stays directly after it.
    """
    if order == "auto":
        return _as_a_story(sorted(chosen), sentences, forms, scores)
    keys: dict[Order, Callable[[int], float]] = {
        "score": lambda position: -scores[position],
        "as_given": lambda position: 0.0,
        "published": lambda position: _moment(articles[sentences[position].article]),
    }
    return sorted(chosen, key=lambda position: (keys[order](position), position))


def _as_a_story(
    chosen: Sequence[int], sentences: Sequence[Sentence], forms: Sequence[Form], scores: Sequence[float]
) -> list[int]:
    passages: list[list[int]] = []
    for position in chosen:
        if passages and forms[position].depends_on_previous and passages[-1][-1] == position - 1:
            passages[-1].append(position)
        else:
            passages.append([position])
    if len({sentences[position].article for position in chosen}) < 2:
        return list(chosen)
    sizes = Counter(sentence.article for sentence in sentences)

    def depth(passage: Sequence[int]) -> tuple[float, float, int]:
        first = sentences[passage[0]]
        return first.index / sizes[first.article], -scores[passage[0]], passage[0]

    opening = max(passages, key=lambda passage: (scores[passage[0]], -passage[0]))
    rest = sorted((passage for passage in passages if passage is not opening), key=depth)
    return [position for passage in (opening, *rest) for position in passage]


def _moment(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else float("inf")
