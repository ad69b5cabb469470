"""Groups the articles of a request into stories, the main story first.

Two articles belong to one story if their words are similar (the cosine of their tf-idf vectors), or if a chain of similar
articles connects them. Articles in different languages share too few words to compare them. So if there are several
languages, all articles count as one story.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.term_weights import TermWeights

# Two articles with at least this cosine similarity belong to one story. In a cluster about one event, 90% of the articles
# have another article at least this similar. If two clusters are mixed, 10 to 20% of the articles have one in the other
# cluster.
MIN_SIMILARITY = 0.1
# If one of two articles has fewer sentences, half of MIN_SIMILARITY is enough.
FEW_SENTENCES = 4
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {"story_similarity": MIN_SIMILARITY}
DECIMALS = 9


def group_by_story(sentences: Sequence[Sentence], weights: TermWeights, languages: Sequence[str]) -> list[frozenset[int]]:
    """Returns the positions of articles by story: the story with the most articles first.

    Among stories with equally many articles, those with an article of at least FEW_SENTENCES sentences come first, then the
    one whose first article comes first in the request. `languages` has the language of each article.
    """
    article_of = np.array([sentence.article for sentence in sentences])
    articles, row_of, sizes = np.unique(article_of, return_inverse=True, return_counts=True)
    if len(articles) < 2 or len({languages[article] for article in articles}) > 1:
        return [frozenset(articles.tolist())]
    membership = csr_matrix((np.ones(len(row_of)), (row_of, np.arange(len(row_of)))), (len(articles), len(row_of)))
    vectors = (membership @ weights.weights).tocsr()
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    similarity = np.round((vectors @ vectors.T).toarray() / np.outer(norms, norms), DECIMALS)
    limits = np.where(sizes < FEW_SENTENCES, MIN_SIMILARITY / 2, MIN_SIMILARITY)
    linked = similarity >= np.minimum.outer(limits, limits)
    groups: list[list[int]] = []
    unseen = list(range(len(articles)))
    while unseen:
        group, frontier = [unseen[0]], [unseen[0]]
        while frontier:
            here = frontier.pop()
            near = [row for row in unseen if linked[here, row] and row not in group]
            group += near
            frontier += near
        unseen = [row for row in unseen if row not in group]
        groups.append(sorted(group))
    groups.sort(key=lambda group: (-len(group), max(sizes[group]) < FEW_SENTENCES, group[0]))
    return [frozenset(articles[group].tolist()) for group in groups]
