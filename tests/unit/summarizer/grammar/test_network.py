"""The network's sums are exact, so that every processor computes the same tree."""

from collections.abc import Callable

import numpy as np
import pytest

from nutgraf.summarizer.grammar import network, parse
from nutgraf.summarizer.grammar.network import CLIPPED, LIMIT, Floats, distance_buckets
from nutgraf.summarizer.grammar.parser import _network
from tests.builders import NEWS
from tests.unit.summarizer.grammar.treebanks import LANGUAGES

EXACT = 2**24  # float32 holds all integers up to this
SENTENCES = [
    *NEWS.split(". "),
    "Yes",
    "GOVERNMENT SAYS IT WILL NOT PAY",
    "«No», disse, l'homme n'a rien; 5,5 % - das war's!",
]


def permuted_product(left: Floats, right: Floats) -> Floats:
    """A product that adds its terms in another order."""
    order = np.random.default_rng(left.shape[-1]).permutation(left.shape[-1])
    left, right = left[..., order], right[..., order, :]
    third = len(order) // 3
    parts: Floats = np.matmul(left[..., third:], right[..., third:, :]) + np.matmul(left[..., :third], right[..., :third, :])
    return parts


def checked_product(left: Floats, right: Floats) -> Floats:
    """A product that checks its factors: they must be integers whose sums are exact."""
    for values in (left, right):
        assert values.dtype == np.float32
        assert (values == np.rint(values)).all()
        assert np.abs(values).max() <= LIMIT
    assert left.shape[-1] * LIMIT**2 < EXACT
    product: Floats = np.matmul(left, right)
    return product


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", [permuted_product, checked_product])
def test_trees_do_not_depend_on_the_order_in_which_products_are_summed(
    language: str, product: Callable[[Floats, Floats], Floats], monkeypatch: pytest.MonkeyPatch
) -> None:
    trees = parse(SENTENCES, language)
    for _ in range(2):
        _network(language)._vectors_of.age()  # forgets the vectors of words: they are computed again
    monkeypatch.setattr(network, "product", product)
    assert parse(SENTENCES, language) == trees


def test_a_word_has_one_vector_whether_it_is_known_or_new_alone_or_among_others() -> None:
    english = _network("en")
    words = "A ferry that nobody had ever called the Quillfeather sank off Quillmouth".split()
    together = english.embed([words])
    assert (english.embed([words]) == together).all()
    for _ in range(2):
        english._vectors_of.age()
    alone = [english.embed([words[:1], [word]])[1] for word in words[1:]]  # as the first of its sentence
    assert (alone[0] != together[1]).any()
    for _ in range(2):
        english._vectors_of.age()
    assert (np.concatenate([english.embed([words[:number]])[-1:] for number in range(1, len(words) + 1)]) == together).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sums_are_exact_by_the_weights(language: str) -> None:
    for name, matrix in _network(language).matrices.items():
        assert (matrix == np.rint(matrix)).all(), name
        assert np.abs(matrix).sum(0).max() * LIMIT < EXACT, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_of_layer_norm_are_exact(language: str) -> None:
    width = len(_network(language).matrices["tag"])
    assert width * CLIPPED**2 < EXACT
    assert width & (width - 1) == 0  # to divide by a power of two does not round


def test_distances_have_a_bucket_for_each_side() -> None:
    buckets = distance_buckets(40)
    assert buckets[20].tolist() == [8] * 0 + [7] * 6 + [6] * 5 + [5] * 3 + [4] * 2 + [3, 2, 1, 0] + buckets[20, 20:].tolist()
    assert (buckets[20, 21:] == 9 + buckets[20, 19:0:-1][: len(buckets[20, 21:])]).all()
