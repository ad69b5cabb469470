"""The parser's network: it computes scores of heads, tags and relations for words, on numpy alone.

Every processor gives the same result. Activations and weights are integers within ±127, held in float32. A sum of their
products stays below 2 ** 24, so it is exact in any order; a test computes the bound from the weights. All other operations
work on single numbers, and IEEE 754 defines their rounding: + - × ÷, square root, nearest integer.

Activations count in steps of 1/32. training/grammar/network.py has the same network in jax, with gradients.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text_cache import TextCache
from .features import KINDS, LONGEST_WORD, word_features

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]

STEP = 32.0
LIMIT = 127.0
CLIPPED = 360.0  # residuals: 128 squares of it stay below 2 ** 24
EPSILON = 1e-3
DILATIONS = (1, 2, 4, 2, 1)
POOLED = (1, 3)  # these layers also see what is anywhere before and after a word
ARC_UNIT = STEP * STEP  # scores of heads count in 1 / 1024 logits
NEAR_LIMIT = 2.0**20
FORBIDDEN = np.float32(-(2.0**23))
# Distances of a word and its head, 1 to 4 words and then by their upper ends; to the left and to the right.
DISTANCES = (1, 2, 3, 4, 6, 9, 14, 22)
BUCKETS = 2 * (len(DISTANCES) + 1)


@cache
def distance_buckets(length: int) -> Integers:
    """Words x possible heads: the number of their distance and side, 0 to BUCKETS - 1."""
    places = np.arange(length)
    distance = places[None, :] - places[:, None]
    bucket = np.searchsorted(DISTANCES, np.abs(distance))
    buckets: Integers = np.where(distance < 0, bucket, bucket + BUCKETS // 2)
    return buckets


def product(left: Floats, right: Floats) -> Floats:
    """The matrix product; exact, because all sums are integers below 2 ** 24."""
    sums: Floats = np.matmul(left, right)
    return sums


class Network:
    """A trained parser: vocabularies, tables and matrices of one language."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        about = json.loads(bytes(arrays["about"]))
        self.tags: list[str] = about["tags"]
        self.relations: list[str] = about["relations"]
        vocabulary = [bytes(arrays[f"vocabulary_{kind}"]).decode().split("\n") for kind in KINDS]
        self._rows = [dict(zip(strings, range(1, len(strings) + 1), strict=True)) for strings in vocabulary]
        # Of each word and whether it opens its sentence, which decide its vector, the bytes of that vector.
        self._vectors_of: TextCache[tuple[str, bool], bytes] = TextCache(lambda key: self._embed([key])[0])
        self._tables = [arrays[f"table_{kind}"] for kind in KINDS]
        self.matrices = {
            name.removeprefix("matrix_"): values.astype(np.float32)
            for name, values in arrays.items()
            if name.startswith("matrix_")
        }
        self._scales = {
            name.removeprefix("scale_"): values * np.float32(1)
            for name, values in arrays.items()
            if name.startswith("scale_")
        }
        self._vectors = {
            name.removeprefix("vector_"): values * np.float32(1)
            for name, values in arrays.items()
            if name.startswith("vector_")
        }

    @classmethod
    def read(cls, content: bytes) -> "Network":
        """Returns the network from the content of a model file (.npz). Other content raises the errors of `numpy.load`."""
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            return cls({name: arrays[name] for name in arrays.files})

    def embed(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """Words x width, in steps: the vector of each word without its context, one sentence after the other."""
        keys = [(word[:LONGEST_WORD], not place) for words in sentences for place, word in enumerate(words)]
        self._vectors_of.fill(keys, self._embed)
        joined = b"".join([self._vectors_of[key] for key in keys])
        return np.frombuffer(joined, np.int8).reshape(len(keys), -1).astype(np.float32)

    def _embed(self, keys: Sequence[tuple[str, bool]]) -> list[bytes]:
        return [vector.tobytes() for vector in self._first_layer(self._project(keys)).astype(np.int8)]

    def _project(self, keys: Sequence[tuple[str, bool]]) -> Floats:
        kinds = zip(*[word_features(*key) for key in keys], strict=True)
        joined = np.concatenate(
            [
                table[[rows.get(each, 0) for each in features]]
                for table, rows, features in zip(self._tables, self._rows, kinds, strict=True)
            ],
            -1,
        )
        return self._apply("project", joined.astype(np.float32)) + self._vectors["project"]

    def _first_layer(self, projected: Floats) -> Floats:
        return self._layer_norm(_round(_maxout(projected), CLIPPED), 0)

    def encode(self, embedded: Floats, mask: NDArray[np.bool_]) -> Floats:
        """Words x width, in steps: words in their sentences, from words by themselves.

        `mask` is sentences x the longest sentence's words: where there is a word.
        """
        count, width = embedded.shape
        sentence, place = mask.nonzero()
        after = mask.sum(1)[sentence] - place
        neighbors = {dilation: _neighbors(place, after, dilation) for dilation in set(DILATIONS)}
        padded = np.zeros((count + 1, width), np.float32)  # the last row is for positions without a word
        x = padded[:-1]
        x[:] = embedded
        for layer, dilation in enumerate(DILATIONS):
            near = padded.take(neighbors[dilation], axis=0)
            y = self._apply(f"layer{layer}", near.reshape(count, -1))
            y += self._vectors[f"layer{layer}"]
            if layer in POOLED:
                y += self._apply(f"pool{layer}", _running_maximum(x, mask))
            y = _round(_maxout(y), CLIPPED)
            y += x
            x[:] = self._layer_norm(y, layer + 1)
        return x

    def scores(self, x: Floats, mask: NDArray[np.bool_]) -> Floats:
        """Words x (1 + the longest sentence's words): scores of the root (column 0) and of each word as the head; integers.

        FORBIDDEN where the head is the word itself or no word of its sentence.
        """
        length = mask.shape[1]
        vectors = self._vectors
        dependent = _round(_maxout(self._apply("dependent", x) + vectors["dependent"]), LIMIT)
        head = _round(_maxout(self._apply("head", x) + vectors["head"]), LIMIT)
        near_dependent = _round(self._apply("near_dependent", x) + vectors["near_dependent"], NEAR_LIMIT)
        near_head = _pad(_round(self._apply("near_head", x), NEAR_LIMIT), mask)
        sentence, place = mask.nonzero()
        words = np.arange(len(x))
        buckets = distance_buckets(length)[place]
        scores = np.empty((len(x), 1 + length), np.float32)
        scores[:, 0] = product(dependent, self.matrices["root"])[:, 0] + near_dependent[:, BUCKETS]
        arcs = scores[:, 1:]
        arcs[:] = product(_pad(dependent, mask), _pad(head, mask).transpose(0, 2, 1))[mask]
        arcs += near_dependent.take(words[:, None] * (BUCKETS + 1) + buckets)
        arcs += near_head.take((sentence[:, None] * length + np.arange(length)) * BUCKETS + buckets)
        np.copyto(arcs, FORBIDDEN, where=~mask[sentence])
        arcs[words, place] = FORBIDDEN
        return scores

    def tag_numbers(self, x: Floats) -> Integers:
        """Positions in `tags`, for words x width."""
        numbers: Integers = (self._apply("tag", x) + self._vectors["tag"]).argmax(-1)
        return numbers

    def relation_numbers(self, x: Floats, words: Integers, heads: Integers) -> Integers:
        """Positions in `relations`; `words` and `heads` are places of the first axis of x (words of all sentences x width).

        A word that is its own head is a root: its relation is number 0, and no other word has that.
        """
        hidden = self._apply("relation_dependent", x)[words] + self._apply("relation_head", x)[heads]
        distance = heads - words
        bucket = np.searchsorted(DISTANCES, np.abs(distance))
        hidden += self._vectors["relation_near"][np.where(distance < 0, bucket, bucket + BUCKETS // 2)]
        np.maximum(hidden, 0, out=hidden)
        logits = self._apply("relation_out", _round(hidden, LIMIT)) + self._vectors["relation_out"]
        numbers: Integers = logits[:, 1:].argmax(-1) + 1
        numbers[distance == 0] = 0
        return numbers

    def _apply(self, name: str, x: Floats) -> Floats:
        y = product(x, self.matrices[name])
        y *= self._scales[name]
        return y

    def _layer_norm(self, z: Floats, layer: int) -> Floats:
        """Returns the layer norm. The sums are exact; the width is a power of two."""
        z.clip(-CLIPPED, CLIPPED, out=z)
        width = np.float32(z.shape[-1])
        mean = z.sum(-1, keepdims=True) / width
        variance = np.einsum("ij,ij->i", z, z)[:, None] / width - mean * mean
        z -= mean
        z *= 1 / np.sqrt(np.maximum(variance, 0) + np.float32(EPSILON * STEP * STEP))
        z *= self._vectors["norm_g"][layer]
        z += self._vectors["norm_b"][layer]
        return _round(z, LIMIT)


def _round(values: Floats, limit: float) -> Floats:
    """Rounds to integers within ±limit, in place."""
    np.rint(values, out=values)
    values.clip(-limit, limit, out=values)
    return values


def _maxout(values: Floats) -> Floats:
    """Returns the maximum of the two halves of the last axis."""
    half = values.shape[-1] // 2
    return np.maximum(values[..., :half], values[..., half:])


def _pad(values: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Converts words (x anything) to sentences x words (x anything), with zeros where there is no word."""
    padded = np.zeros((*mask.shape, *values.shape[1:]), np.float32)
    padded[mask] = values
    return padded


def _neighbors(place: Integers, after: Integers, dilation: int) -> Integers:
    """Returns the positions of the words `dilation` before each word, of the word, and `dilation` after it: words x 3.

    `place` says how many words of its sentence are before a word, `after` how many are left with it. The number of all words
    stands for no word.
    """
    count = len(place)
    neighbors = np.empty((count, 3), np.intp)
    neighbors[:, 1] = words = np.arange(count)
    neighbors[:, 0] = np.where(place >= dilation, words - dilation, count)
    neighbors[:, 2] = np.where(after > dilation, words + dilation, count)
    return neighbors


def _running_maximum(x: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Joins, for each word, the maximum of it and all words before it with the maximum of it and all words after it."""
    before = np.full((*mask.shape, x.shape[1]), -LIMIT, np.float32)
    before[mask] = x
    after = before.copy()
    by = 1
    while by < mask.shape[1]:  # each step doubles how far a word sees; numpy's accumulate is slower along this axis
        before[:, by:] = np.maximum(before[:, by:], before[:, :-by])
        after[:, :-by] = np.maximum(after[:, :-by], after[:, by:])
        by *= 2
    return np.concatenate([before[mask], after[mask]], -1)
