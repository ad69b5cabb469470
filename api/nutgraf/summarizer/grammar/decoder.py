"""Makes trees from scores: the best head of each word or, if these do not form a tree, the best tree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .network import ARC_UNIT, FORBIDDEN, Floats, Integers, Network


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence's labels as numbers (positions in the network's lists), heads (-1: the root) and margins."""

    tags: Integers
    heads: Integers
    relations: Integers
    margins: NDArray[np.float64]


def decode(network: Network, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
    """Returns the labels, heads and margins of each sentence, in order. Every result is a tree.

    `sentences` are their words, at least one in each; there is at least one sentence.
    """
    lengths = np.array([len(words) for words in sentences])
    ends = lengths.cumsum()
    starts = ends - lengths
    mask = np.arange(lengths.max()) < lengths[:, None]
    x = network.encode(network.embed(sentences), mask)
    scores = network.scores(x, mask)
    heads = scores.argmax(-1)
    for sentence in np.flatnonzero(~_are_trees(heads, starts, lengths)):
        words = slice(starts[sentence], ends[sentence])
        heads[words] = best_tree(scores[words, : lengths[sentence] + 1])
    margins = _margins(scores, heads)
    heads -= 1
    positions = np.arange(len(heads))
    tags = network.tag_numbers(x)
    relations = network.relation_numbers(x, positions, np.where(heads < 0, positions, heads + starts.repeat(lengths)))
    return [
        Parsed(tags[start:end], heads[start:end], relations[start:end], margins[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _margins(scores: Floats, heads: Integers) -> NDArray[np.float64]:
    """The score of each head minus that of the best other one, in logits: multiples of 1/1024. 0 if there is no other."""
    words = np.arange(len(heads))
    chosen = scores[words, heads].astype(np.float64)
    others = scores.copy()
    others[words, heads] = FORBIDDEN
    best = others.max(-1)
    return np.where(best > FORBIDDEN, chosen - best, 0) / ARC_UNIT


def _are_trees(heads: Integers, starts: Integers, lengths: Integers) -> NDArray[np.bool_]:
    """Which sentences' heads (0: the root, else position in the sentence + 1) make a tree with one root."""
    count = len(heads)
    is_root = heads == 0
    reached = np.append(np.where(is_root, count, heads - 1 + starts.repeat(lengths)), count)
    steps = 1
    while steps <= lengths.max():  # pointers that jump twice as far each time end at the last one, unless there is a cycle
        reached = reached[reached]
        steps *= 2
    trees: NDArray[np.bool_] = (np.add.reduceat(is_root, starts, dtype=int) == 1) & np.logical_and.reduceat(
        reached[:-1] == count, starts
    )
    return trees


def best_tree(scores: Floats) -> Integers:
    """The heads (0: the root, else position + 1) of the best tree under the best root.

    `scores`: words x (1 + words). The word is the one whose score under the root is highest beside that under its best other
    head; the tree is that with the highest sum (Chu and Liu 1965, Edmonds 1967). Of equal scores the first counts.
    """
    count = len(scores) + 1
    weights = np.full((count, count), -np.inf)  # dependent x head
    weights[1:] = np.where(scores > FORBIDDEN, scores.astype(np.float64), -np.inf)
    root = 1 if count == 2 else 1 + int((weights[1:, 0] - weights[1:, 1:].max(1)).argmax())
    weights[np.arange(count) != root, 0] = -np.inf
    weights[root, 1:] = -np.inf
    heads: Integers = _arborescence(weights)[1:]
    return heads


def _arborescence(weights: NDArray[np.float64]) -> Integers:
    """The heads of all nodes but 0, which is the root, in the heaviest arborescence."""
    heads: Integers = weights.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    count = len(weights)
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    # The cycle becomes one node, the last. Entering it at a node replaces that node's edge.
    entering = weights[cycle][:, outside] - weights[cycle, heads[cycle]][:, None]
    leaving = weights[outside][:, cycle]
    contracted = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    contracted[:-1, :-1] = weights[outside][:, outside]
    contracted[:-1, -1] = leaving.max(1)
    contracted[-1, :-1] = entering.max(0)
    chosen = _arborescence(contracted)
    result: Integers = heads.copy()
    for place, node in enumerate(outside[1:], 1):
        to_cycle = chosen[place] == len(outside)
        result[node] = cycle[leaving[place].argmax()] if to_cycle else outside[chosen[place]]
    entered = cycle[entering[:, chosen[-1]].argmax()]
    result[entered] = outside[chosen[-1]]
    return result


def _cycle(heads: Integers) -> Integers | None:
    """The nodes of a cycle, or None."""
    state = np.zeros(len(heads), np.int8)  # 1: on this path, 2: leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        node = start
        path = []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :])
        state[path] = 2
    return None
