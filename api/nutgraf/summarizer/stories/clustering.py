"""Finds clusters of articles by their similarities.

First, clusters whose articles are similar on average are joined, the most similar first (average linkage; Sokal and
Michener 1958). Then a cluster also joins a larger one that is less similar, if that is clearly the nearest to it: opinion
and background use other words than the news, but words of no other story.
"""

import heapq
from collections.abc import Iterable, Sequence

from nutgraf.summarizer.interruption import check_for_interruption, interruptible
from nutgraf.summarizer.stories.similarity import DECIMALS, Pairs

# Two clusters are one story if their average similarity is at least this. Chosen on NeuS, Multi-News and CSTNews for a
# precision of 0.95 (B-cubed): a wrong merge is worse than a story that appears twice.
SAME_STORY = 0.34
# A cluster also joins its nearest one with this similarity, if that is NEAREST_RATIO times the one with the second nearest.
NEAREST_STORY = 0.18
NEAREST_RATIO = 1.5
# Pairs below this share of a threshold are left out before their similarity is rounded: rounding cannot lift them to it.
_BELOW = 0.999
PARAMETERS = {"same_story": SAME_STORY, "nearest_story": NEAREST_STORY, "nearest_ratio": NEAREST_RATIO}


def clusters(count: int, pairs: Pairs, names: Sequence[str | None]) -> list[list[int]]:
    """Returns the positions of the articles of each cluster, in order; clusters in the order of their first articles.

    `count` is the number of articles. Articles with the same name of a story in `names` are in one cluster, and those with
    different names in different ones; None means that the article has no story yet. Articles that are equally similar are
    joined in their order.
    """
    linkage = _Linkage(count, names)
    for first, second, similarity in zip(*(column.tolist() for column in pairs), strict=True):
        linkage.add(first, second, similarity)
    _join_similar(linkage)
    while _join_nearest(linkage):
        check_for_interruption()
    return sorted(sorted(members) for members in linkage.members.values())


class _Linkage:
    """Clusters with the sums of the similarities between their articles. A cluster has the number of its first article."""

    def __init__(self, count: int, names: Sequence[str | None]) -> None:
        self.members: dict[int, list[int]] = {}
        self.sums: dict[int, dict[int, float]] = {}
        self.names: dict[int, str | None] = {}
        self._cluster_of: list[int] = []
        first_of: dict[str, int] = {}
        for position in range(count):
            name = names[position]
            cluster = position if name is None else first_of.setdefault(name, position)
            self._cluster_of.append(cluster)
            self.members.setdefault(cluster, []).append(position)
            self.sums.setdefault(cluster, {})
            self.names[cluster] = name

    def add(self, first: int, second: int, similarity: float) -> None:
        """Adds the similarity of two articles."""
        one, other = self._cluster_of[first], self._cluster_of[second]
        if one != other:
            for here, there in ((one, other), (other, one)):
                self.sums[here][there] = self.sums[here].get(there, 0.0) + similarity

    def similarity(self, one: int, other: int) -> float:
        """Returns the average similarity of the articles of two clusters; pairs that were not compared count as 0."""
        return round(self.sums[one][other] / (len(self.members[one]) * len(self.members[other])), DECIMALS)

    def may_join(self, one: int, other: int) -> bool:
        """Returns whether the two clusters do not have different names."""
        return self.names[one] is None or self.names[other] is None or self.names[one] == self.names[other]

    def join(self, one: int, other: int) -> int:
        """Joins two clusters and returns the number of the new one."""
        kept, gone = min(one, other), max(one, other)
        self.members[kept] += self.members.pop(gone)
        self.names[kept] = self.names[kept] or self.names[gone]
        for third, total in self.sums.pop(gone).items():
            del self.sums[third][gone]
            if third != kept:
                joined = self.sums[kept].get(third, 0.0) + total
                self.sums[kept][third] = self.sums[third][kept] = joined
        return kept


def _join_similar(linkage: _Linkage) -> None:
    """Joins the two most similar clusters as long as any two are similar enough."""
    versions = dict.fromkeys(linkage.members, 0)
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, others: Iterable[int]) -> None:
        sums, members = linkage.sums[one], linkage.members
        least = _BELOW * SAME_STORY * len(members[one])
        for other in others:
            if sums[other] < least * len(members[other]):
                continue
            similarity = linkage.similarity(one, other)
            if similarity >= SAME_STORY and linkage.may_join(one, other):
                low, high = sorted((one, other))
                heapq.heappush(queue, (-similarity, low, high, versions[low], versions[high]))

    for cluster in interruptible(linkage.sums):
        offer(cluster, (other for other in linkage.sums[cluster] if other > cluster))
    while queue:
        check_for_interruption()
        _, low, high, low_version, high_version = heapq.heappop(queue)
        if versions.get(low) != low_version or versions.get(high) != high_version:
            continue  # one of them has been joined since
        kept = linkage.join(low, high)
        versions[kept] += 1
        del versions[high]
        offer(kept, linkage.sums[kept])


def _join_nearest(linkage: _Linkage) -> bool:
    """Joins each cluster to its nearest one if that is clearly the nearest, the most similar pairs first.

    Returns whether any were joined. A cluster joins a larger one; of two of the same size, each must clearly be the nearest
    of the other. A cluster is joined at most once in a call, because joining changes its similarities.
    """
    nearest: dict[int, tuple[int, float]] = {}
    members = linkage.members
    for cluster, sums in interruptible(linkage.sums.items()):
        # A cluster below this can't be the nearest one, and can't be near enough to make another one's lead unclear.
        least = _BELOW * NEAREST_STORY / NEAREST_RATIO * len(members[cluster])
        near = [other for other, total in sums.items() if total >= least * len(members[other])]
        ranked = heapq.nlargest(2, ((linkage.similarity(cluster, other), -other) for other in near))
        if not ranked or ranked[0][0] < NEAREST_STORY:
            continue
        if len(ranked) == 1 or ranked[0][0] >= NEAREST_RATIO * ranked[1][0]:
            nearest[cluster] = -ranked[0][1], ranked[0][0]
    pairs = {
        (-similarity, min(cluster, other), max(cluster, other))
        for cluster, (other, similarity) in nearest.items()
        if linkage.may_join(cluster, other)
        and (len(linkage.members[cluster]) < len(linkage.members[other]) or nearest.get(other, (None,))[0] == cluster)
    }
    joined: set[int] = set()
    for _, cluster, other in sorted(pairs):
        if joined.isdisjoint((cluster, other)):
            linkage.join(cluster, other)
            joined |= {cluster, other}
    return bool(joined)
