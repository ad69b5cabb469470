"""Heads make a tree, and the best one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nutgraf.summarizer.grammar.decoder import _are_trees, best_tree
from nutgraf.summarizer.grammar.network import FORBIDDEN, Floats


def is_tree(heads: tuple[int, ...]) -> bool:
    """Whether heads (0: the root, else position + 1) have one root and no cycle."""
    for word in range(len(heads)):
        seen = set()
        while word >= 0 and word not in seen:
            seen.add(word)
            word = heads[word] - 1
        if word >= 0:
            return False
    return heads.count(0) == 1


def forbid_own_heads(values: Floats) -> Floats:
    """Changes scores so that no word can be its own head, and returns them."""
    values[np.arange(len(values)), np.arange(len(values)) + 1] = FORBIDDEN
    return values


def total(scores: Floats, heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(8))
def test_no_tree_under_the_same_root_is_better(size: int, seed: int) -> None:
    scores = forbid_own_heads(np.random.default_rng(seed).integers(-20, 20, (size, size + 1)).astype(np.float32))
    heads = tuple(best_tree(scores).tolist())
    possible = [each for each in product(range(size + 1), repeat=size) if is_tree(each) and each.index(0) == heads.index(0)]
    assert heads in possible
    assert total(scores, heads) == max(total(scores, each) for each in possible if total(scores, each) > -1e6)


@given(st.integers(1, 40).flatmap(lambda size: arrays(np.float32, (size, size + 1), elements=st.integers(-9, 9))))
def test_all_scores_make_a_tree(scores: Floats) -> None:
    assert is_tree(tuple(best_tree(forbid_own_heads(scores)).tolist()))


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = forbid_own_heads(np.array([[1, 0, 9, 0], [0, 9, 0, 8], [5, 0, 0, 0]], np.float32))
    assert best_tree(scores).tolist() == [2, 3, 0]


@given(st.lists(st.integers(1, 5).flatmap(lambda size: st.lists(st.integers(0, size), min_size=size, max_size=size))))
def test_each_sentence_without_a_tree_is_found_among_several(sentences: list[list[int]]) -> None:
    sentences = [[0], *sentences]
    lengths = np.array([len(heads) for heads in sentences])
    found = _are_trees(np.concatenate([np.array(heads) for heads in sentences]), lengths.cumsum() - lengths, lengths)
    assert found.tolist() == [is_tree(tuple(heads)) for heads in sentences]
