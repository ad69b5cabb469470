"""Puts selected sentences into reading order."""

from collections import deque
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

from nutgraf.summarizer.interruption import check_for_interruption
from nutgraf.summarizer.models import Article, Order, Sentence
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.selection import Selection


def arrange(
    selection: Selection,
    sentences: Sequence[Sentence],
    readability: Readability,
    scores: Sequence[float],
    articles: Sequence[Article],
    order: Order,
) -> list[int]:
    """Returns the selected positions in reading order.

    `score`: the best sentence first. `as_given`: by article, then by position. `published`: the same, with the earliest
    article first and undated articles last. `auto`: the article that opens the summary first, then the others as given, with
    background as late as possible. `auto` keeps the order of each article, and keeps a sentence that depends on the previous
    one directly after it.
    """
    chosen = selection.chosen
    if order == "auto":
        return _as_a_story(selection, sentences, readability)
    keys: dict[Order, Callable[[int], float]] = {
        "score": lambda position: -scores[position],
        "as_given": lambda position: 0.0,
        "published": lambda position: _moment(articles[sentences[position].article]),
    }
    return sorted(chosen, key=lambda position: (keys[order](position), position))


def _as_a_story(selection: Selection, sentences: Sequence[Sentence], readability: Readability) -> list[int]:
    queues: dict[int, deque[list[int]]] = {}
    for passage in _passages(sorted(selection.chosen), readability):
        queues.setdefault(sentences[passage[0]].article, deque()).append(passage)
    opening = None if selection.opening is None else sentences[selection.opening].article

    def turn(article: int) -> tuple[bool, bool, int]:
        return readability.is_background(queues[article][0][0]), article != opening, article

    ordered: list[int] = [] if opening is None else [*queues[opening].popleft()]
    turns = [turn(article) for article, queue in queues.items() if queue]
    heapify(turns)
    while turns:
        check_for_interruption()
        _, _, article = heappop(turns)
        ordered += queues[article].popleft()
        if queues[article]:
            heappush(turns, turn(article))
    return ordered


def _passages(chosen: Sequence[int], readability: Readability) -> list[list[int]]:
    """The selected sentences in groups that stay together: a sentence, and those directly after it that depend on it.

    Background counts as dependent, because it may be about somebody whom only the first sentence names.
    """
    passages: list[list[int]] = []
    for position in chosen:
        follows = passages and passages[-1][-1] == position - 1
        if follows and (readability.follows(position) or readability.is_background(position)):
            passages[-1].append(position)
        else:
            passages.append([position])
    return passages


def _moment(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else float("inf")
