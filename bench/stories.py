"""Measures how well a feed is grouped, compared with TF-IDF and average linkage at the best threshold for that feed."""

import json
import random
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix

from nutgraf.summarizer import Article, group
from nutgraf.summarizer.reading.words import text_words

# The number of articles of a feed, as in a busy hour.
PAGE = 300
THRESHOLDS = tuple(step / 100 for step in range(60, 97, 2))

# The articles of a feed, each with the number of the cluster that editors put it into.
Feed = Sequence[tuple[int, Article]]


def table(files: Sequence[Path], *, page: int = PAGE, seed: int = 11) -> Iterator[str]:
    """Yields the lines of a table: B-cubed precision, recall and F1 of our grouping and of the peer's best one."""
    yield "| set | articles | clusters | precision | recall | F1 | TF-IDF at its best threshold: precision | recall | F1 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for file in files:
        with file.open(encoding="utf-8") as lines:
            feeds = list(mix_feeds(list(map(json.loads, lines)), page, seed))
        truth = {(number, place): cluster for number, feed in enumerate(feeds) for place, (cluster, _) in enumerate(feed)}
        ours = {
            (number, place): (number, story.id)
            for number, feed in enumerate(feeds)
            for story in group([article for _, article in feed]).stories
            for place in story.articles
        }
        yield (
            f"| {file.stem} | {len(truth)} | {len(set(truth.values()))} | {_scores(truth, ours)} | "
            f"{max((_scores(truth, peer) for peer in _peers(feeds)), key=lambda scores: scores.split()[-1])} |"
        )


def mix_feeds(clusters: Sequence[Mapping[str, Any]], page: int, seed: int) -> Iterator[Feed]:
    """Yields feeds of about `page` articles in an order drawn with `seed`; each cluster is in one feed."""
    chance = random.Random(seed)
    numbered = list(enumerate(clusters))
    chance.shuffle(numbered)
    feed: list[tuple[int, Article]] = []
    for number, row in numbered:
        articles = [
            (number, Article(each["text"], id=f"{number}.{place}", title=each.get("title") or None))
            for place, each in enumerate(row["articles"])
            if each["text"].strip()
        ]
        if feed and len(feed) + len(articles) > page:
            chance.shuffle(feed)
            yield feed
            feed = []
        feed += articles
    chance.shuffle(feed)
    yield feed


def b_cubed(truth: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> tuple[float, float]:
    """Returns B-cubed precision and recall (Bagga and Baldwin 1998); both arguments have the group of each item."""
    both = Counter((truth[item], found[item]) for item in truth)
    true_sizes, found_sizes = Counter(truth.values()), Counter(found[item] for item in truth)
    precision = sum(both[truth[item], found[item]] / found_sizes[found[item]] for item in truth) / len(truth)
    recall = sum(both[truth[item], found[item]] / true_sizes[truth[item]] for item in truth) / len(truth)
    return precision, recall


def _scores(truth: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> str:
    precision, recall = b_cubed(truth, found)
    return f"{precision:.3f} | {recall:.3f} | {2 * precision * recall / (precision + recall):.3f}"


def _peers(feeds: Sequence[Feed]) -> Iterator[dict[tuple[int, int], tuple[int, int]]]:
    """The groupings of TF-IDF and average linkage, one for each threshold."""
    trees = [linkage(_distances(feed), "average") for feed in feeds]
    for threshold in THRESHOLDS:
        yield {
            (number, place): (number, int(label))
            for number, tree in enumerate(trees)
            for place, label in enumerate(fcluster(tree, threshold, "distance"))
        }


def _distances(feed: Feed) -> np.ndarray[Any, np.dtype[np.float64]]:
    """One minus the cosine of the TF-IDF of each pair, in scipy's condensed form; frequencies are those of the feed."""
    counts = [Counter(text_words(f"{article.title or ''} {article.text}", "en")) for _, article in feed]
    documents = Counter(stem for each in counts for stem in each)
    columns = {stem: column for column, stem in enumerate(documents)}
    idf = {stem: np.log((1 + len(feed)) / (1 + count)) + 1 for stem, count in documents.items()}
    cells = [
        (place, columns[stem], (1 + np.log(count)) * idf[stem])
        for place, each in enumerate(counts)
        for stem, count in each.items()
    ]
    places, numbers, values = (np.array(part) for part in zip(*cells, strict=True))
    matrix = csr_matrix((values, (places.astype(int), numbers.astype(int))), (len(feed), len(columns)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    cosine = (matrix @ matrix.T).toarray() / np.maximum(np.outer(norms, norms), 1e-12)
    return np.asarray(np.maximum(0.0, 1 - cosine)[np.triu_indices(len(feed), 1)], np.float64)
