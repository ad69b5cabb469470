"""Selected sentences -> reading order."""

from collections import Counter
from collections.abc import Callable, Sequence

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
    article first and undated articles last. `auto`: the opening of the summary first; then the sentences of all articles,
    merged by how far down their article they stand, with background as late as possible. `auto` keeps the order of each
    article, and keeps a sentence that depends on the previous one directly after it.
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
    passages = _passages(sorted(selection.chosen), readability)
    sizes = Counter(sentence.article for sentence in sentences)
    queues: dict[int, list[list[int]]] = {}
    for passage in passages:
        queues.setdefault(sentences[passage[0]].article, []).append(passage)

    def turn(article: int) -> tuple[bool, bool, float, int]:
        passage = queues[article][0]
        first = sentences[passage[0]]
        opens = not told and selection.opening is not None and article == sentences[selection.opening].article
        return not opens, readability.is_background(passage[0]), first.index / sizes[article], article

    told: list[int] = []
    while queues:
        article = min(queues, key=turn)
        told += queues[article].pop(0)
        if not queues[article]:
            del queues[article]
    return told


def _passages(chosen: Sequence[int], readability: Readability) -> list[list[int]]:
    """The selected sentences in groups that stay together: a sentence, and those after it that depend on it."""
    passages: list[list[int]] = []
    for position in chosen:
        if passages and passages[-1][-1] == position - 1 and readability.follows(position):
            passages[-1].append(position)
        else:
            passages.append([position])
    return passages


def _moment(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else float("inf")
